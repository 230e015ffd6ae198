//! The main answer: ordering probabilities, ranks, claims and amenabilities, overall and in each joint world.

use super::beside::{AssertSummary, ChanceSummary, asserts, chances};
use super::bins::{Bins, bins};
use super::correlation::{Achieved, achieved};
use super::cross_check::CrossCheck;
use super::gap::{Gap, gap};
use super::integrated::Method;
use super::interval::{Estimate, Expected};
use super::kept::Kept;
use super::partial::{Part, Partial};
use super::plan::all_claims;
use super::point::{PointTable, point_table};
use super::precise::Precision;
use super::quantiles::Distribution;
use super::undecided::Undecided;
use crate::model::Model;
use crate::sampler::{Course, Run, sample_on};
use crate::scenario::{JointWorld, NamedClaim, Scenario};
use crate::tally::Order;
use std::cell::RefCell;
use std::sync::atomic::AtomicBool;

/// The quantiles that are reported.
const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// The answer of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// What was run, in single or double precision.
    pub run: Run,
    /// How much there is of the run that was asked for, if that was stopped.
    pub partial: Option<Partial>,
    /// How its probabilities were had.
    pub method: Method,
    /// Whether the intervals of each order hold together, and not each on its own.
    pub simultaneous: bool,
    /// How precise it was to be, if it was to be precise.
    pub precision: Option<Precision>,
    /// What comes of both engines against each other, if both were asked for.
    pub cross_check: Option<CrossCheck>,
    /// What rounding leaves open, where that is not next to nothing.
    pub undecided: Option<Undecided>,
    /// How many inputs were drawn an instance.
    pub n_inputs: usize,
    /// The scenario at its central numbers.
    pub point: PointTable,
    /// One an area.
    pub areas: Vec<AreaSummary>,
    /// Over all worlds.
    pub order: OrderSummary,
    /// One a joint world; none if the scenario has no worlds.
    pub worlds: Vec<WorldSummary>,
    /// The same draws without the residual, if there is one.
    pub without_residual: Option<OrderSummary>,
    /// The stated correlations, and what they come to.
    pub correlations: Vec<Achieved>,
    /// What the scenario asserts.
    pub asserts: Vec<AssertSummary>,
    /// The gap between two groups by world.
    pub gap: Option<Gap>,
    /// What uncertain probabilities of outcomes make of the claims.
    pub chances: Vec<ChanceSummary>,
}

/// An area's amenability, over all worlds or in one.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaSummary {
    /// Its distribution.
    pub amenability: Amenability,
    /// The Monte Carlo standard error of its mean.
    pub mcse: f64,
    /// The standard error of its standard deviation, where headstart integrated that.
    pub sd_mcse: Option<f64>,
    /// How wide the widest bin is that a quantile was read from, which is off by less than that; 0 for values that are known exactly.
    pub resolution: f64,
    /// One a quantile: the ends of its 95 % interval.
    pub quantile_intervals: Vec<(f64, f64)>,
    /// Whether a few draws make most of the spread, so that the mean and its standard error say less than they seem to.
    pub is_heavy: bool,
    /// Its histogram, for pictures.
    pub histogram: Bins,
}

/// The distribution of an area's amenability.
#[derive(Clone, Debug, PartialEq)]
pub struct Amenability {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Probabilities and the quantiles at them.
    pub quantiles: Vec<(f64, f64)>,
}

/// Everything that depends on the order alone.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderSummary {
    /// Shape `[n_areas x n_areas]`: i strictly before j; nothing on the diagonal.
    pub before: Vec<Vec<Option<Estimate>>>,
    /// Shape `[n_areas x n_areas]`: the probability that i and j tie.
    pub tie: Vec<Vec<Option<f64>>>,
    /// Shape `[n_areas x n_areas]`: exactly r areas are strictly before area i.
    pub ranks: Vec<Vec<Estimate>>,
    /// Shape `[n_areas]`: no area is after area i, which is the last one, or shares the last place.
    pub last: Vec<Estimate>,
    /// The claims that every scenario gets, then those that it states.
    pub claims: Vec<ClaimSummary>,
    /// One a pair of groups.
    pub pairs: Vec<PairsSummary>,
}

/// A claim and its probability.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimSummary {
    /// What other programs call it.
    pub id: String,
    /// A sentence without a full stop.
    pub text: String,
    /// Whether it comes to the same as another one, so that reports for people leave it out.
    pub redundant: bool,
    /// How probable it is.
    pub estimate: Estimate,
    /// How probable it is that its truth hangs on a tie.
    pub tie: f64,
}

/// The pairs of an area of one group and an area of another.
#[derive(Clone, Debug, PartialEq)]
pub struct PairsSummary {
    /// The index of the one group.
    pub a: usize,
    /// The index of the other.
    pub b: usize,
    /// How many pairs there are.
    pub of: usize,
    /// How many of them are expected to have the area of the one group ahead, a tie counting half.
    pub expected: f64,
    /// The Monte Carlo standard error of that.
    pub mcse: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Shape `[of + 1]`: exactly u pairs have it strictly ahead.
    pub distribution: Vec<Estimate>,
}

impl PairsSummary {
    /// The expected number with its error.
    #[must_use]
    pub fn number(&self) -> Expected {
        Expected { mean: self.expected, mcse: self.mcse, low: self.low, high: self.high }
    }
}

/// The answer in one joint world.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldSummary {
    /// The world.
    pub world: JointWorld,
    /// The order there.
    pub order: OrderSummary,
    /// One an area.
    pub areas: Vec<AreaSummary>,
}

/// Runs a scenario and summarizes what was drawn.
///
/// `progress` is called from any thread with the number of instances that it has just finished.
///
/// ```
/// use headstart::{Scenario, analysis::summarize, sampler::Run};
///
/// let text = std::fs::read_to_string("scenarios/takeoff.ron")?;
/// let scenario = Scenario::from_ron("takeoff.ron", &text)?;
/// let summary = summarize(&scenario, Run { instances: 10_000, ..Run::default() }, &|_| {});
/// let control_before_scaffolding = summary.order.before[3][8].unwrap();
/// assert!(control_before_scaffolding.probability < 0.1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn summarize(scenario: &Scenario, run: Run, progress: &(dyn Fn(u64) + Sync)) -> Summary {
    let stop = AtomicBool::new(false);
    let course = Course { begun: None, stop: &stop, between: &mut |_, _| {} };
    summarize_on(scenario, run, course, progress)
}

/// [`summarize`] for a run that may begin with what was kept of another one, and end early: then it is that of the instances that
/// were drawn, to the bit, and says so.
#[must_use]
pub fn summarize_on(
    scenario: &Scenario,
    run: Run,
    course: Course<'_, Kept>,
    progress: &(dyn Fn(u64) + Sync),
) -> Summary {
    let model = Model::new(scenario);
    let laid_out = Kept::drawn(scenario);
    let run = Run { arithmetic: run.arithmetic.of(&laid_out), ..run.at_least_one() };
    let claims = all_claims(scenario);
    let n_claims = claims.len() - scenario.asserts().len();
    let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let none = Kept::none(scenario, &model);
    let (kept, drawn) = sample_on(&laid_out, run, course, &|| none.clone(), progress);
    let what = Part::Instances;
    let partial = (drawn < run.instances).then_some(Partial { done: drawn, of: run.instances, what });
    let run = Run { instances: drawn, ..run };

    let members =
        |group: usize| (0..model.n_areas()).filter(|&area| scenario.areas()[area].group == group).collect();
    let groups: Vec<Vec<usize>> = (0..scenario.groups().len()).map(members).collect();
    let undecided = RefCell::new(Undecided::new(&laid_out, run.arithmetic));
    let order = |order: &Order, weights: &[f64]| {
        let claims = (&claims[..n_claims], undecided.borrow().clone());
        let mut order = summarize_order(scenario, order, (claims.0, claims.1.as_ref()), weights);
        if let Some(undecided) = undecided.borrow_mut().as_mut() {
            undecided.widen(&mut order, &groups, run.instances);
        }
        order
    };
    let areas = 0..model.n_areas();
    let overall = areas.clone().map(|i| {
        let (moments, mcse) = (kept.moments.overall(i), kept.moments.mcse(i));
        let distribution = Distribution::new(&kept.histogram, i, &probabilities, run.instances);
        summarize_area(&distribution, moments, mcse, kept.moments.concentration(i))
    });
    let world = |(index, world): (usize, &JointWorld)| {
        let mut alone = vec![0.0; probabilities.len()];
        alone[index] = 1.0;
        let area = |i| {
            let (mean, variance) = kept.moments.in_world(index, i);
            let mcse = (variance / run.instances as f64).sqrt();
            let distribution = Distribution::new(&kept.histogram, i, &alone, run.instances);
            let concentration = kept.moments.concentration_in_world(index, i);
            summarize_area(&distribution, (mean, variance), mcse, concentration)
        };
        WorldSummary {
            world: world.clone(),
            order: order(&kept.order, &alone),
            areas: areas.clone().map(area).collect(),
        }
    };
    let worlds = if scenario.worlds().is_empty() { &[][..] } else { model.worlds() };
    let (all, worlds) = (order(&kept.order, &probabilities), worlds.iter().enumerate().map(world).collect());
    let without_residual = kept.without_residual.as_ref().map(|without| order(without, &probabilities));
    let undecided = undecided.borrow().clone();
    let open = undecided.as_ref();
    Summary {
        run,
        partial,
        method: Method::Sample,
        simultaneous: false,
        precision: None,
        cross_check: None,
        n_inputs: model.n_draws(),
        asserts: asserts(scenario, (&kept.order, open), n_claims, &probabilities),
        gap: gap(scenario, &model, run),
        chances: chances(scenario, (&kept.order, open), n_claims),
        correlations: achieved(scenario, &model, run),
        without_residual,
        point: point_table(scenario),
        areas: overall.collect(),
        order: all,
        worlds,
        undecided,
    }
}

/// A mean is called heavy where its draws are as concentrated as this: a single one that makes a seventh of all squares would do. The
/// threshold is a choice: with 50,000 draws the interval of a log-normal mean covers 73 % for a sigma of 3 and about 95 % for a sigma of 2.
const HEAVY: f64 = 0.02;

fn summarize_area(
    distribution: &Distribution,
    (mean, variance): (f64, f64),
    mcse: f64,
    concentration: f64,
) -> AreaSummary {
    let read = QUANTILES.map(|p| distribution.quantile(p));
    AreaSummary {
        amenability: Amenability {
            mean,
            sd: variance.sqrt(),
            quantiles: QUANTILES.iter().zip(&read).map(|(p, read)| (*p, read.value)).collect(),
        },
        mcse,
        sd_mcse: None,
        resolution: read.iter().map(|read| read.resolution).fold(0.0, f64::max),
        quantile_intervals: read.iter().map(|read| read.interval).collect(),
        is_heavy: concentration > HEAVY,
        histogram: bins(distribution),
    }
}

fn summarize_order(
    scenario: &Scenario,
    order: &Order,
    (claims, undecided): (&[NamedClaim], Option<&Undecided>),
    weights: &[f64],
) -> OrderSummary {
    let n_areas = scenario.areas().len();
    let estimate = |events, event| Estimate::of(events, event, weights, order.n());
    let matrix = |cell: &dyn Fn(usize, usize) -> Estimate| -> Vec<Vec<Estimate>> {
        (0..n_areas).map(|i| (0..n_areas).map(|j| cell(i, j)).collect()).collect()
    };
    let before = matrix(&|i, j| estimate(order.pairs(), i * n_areas + j));
    let ranks = matrix(&|i, rank| estimate(order.ranks(), i * n_areas + rank));
    let lasts = order.lasts();
    let tie = |i: usize, j: usize| -> f64 {
        let untied =
            |world| order.pairs().count(i * n_areas + j, world) + order.pairs().count(j * n_areas + i, world);
        let tied = |world| (order.n() - untied(world)) as f64 / order.n() as f64;
        weights.iter().enumerate().map(|(world, weight)| weight * tied(world)).sum()
    };
    let off_diagonal = |i: usize, j: usize| (i != j).then_some(());
    let claims = claims.iter().enumerate().map(|(index, claim)| ClaimSummary {
        id: claim.id.clone(),
        text: claim.text.clone(),
        redundant: scenario.is_redundant(claim),
        estimate: claim_estimate((order, undecided), index, weights),
        tie: estimate(order.claim_ties(), index).probability,
    });
    OrderSummary {
        before: (0..n_areas)
            .map(|i| (0..n_areas).map(|j| off_diagonal(i, j).map(|()| before[i][j])).collect())
            .collect(),
        tie: (0..n_areas)
            .map(|i| (0..n_areas).map(|j| off_diagonal(i, j).map(|()| tie(i, j))).collect())
            .collect(),
        ranks,
        last: (0..n_areas).map(|i| estimate(&lasts, i)).collect(),
        claims: claims.collect(),
        pairs: scenario
            .group_pairs()
            .iter()
            .enumerate()
            .map(|(index, &(a, b))| summarize_pairs(order, index, (a, b), weights))
            .collect(),
    }
}

/// A claim that was counted, with what rounding leaves open of it.
pub(super) fn claim_estimate(
    (order, undecided): (&Order, Option<&Undecided>),
    claim: usize,
    weights: &[f64],
) -> Estimate {
    let counted = Estimate::of(order.claims(), claim, weights, order.n());
    undecided.map_or(counted, |undecided| undecided.of_claim(order, claim, weights, counted))
}

fn summarize_pairs(order: &Order, index: usize, (a, b): (usize, usize), weights: &[f64]) -> PairsSummary {
    let counts = &order.groups()[index];
    // A pair that is ahead has two credits, a tie one.
    let (mut sum, mut squares) = (0.0, 0.0);
    for (one, w) in weights.iter().enumerate() {
        sum += w * counts.credits[one] as f64 / 2.0;
        for (other, v) in weights.iter().enumerate() {
            squares += w * v * counts.products[one * weights.len() + other] as f64 / 4.0;
        }
    }
    let of = counts.of();
    let Expected { mean, mcse, low, high } = Expected::of((sum, squares), (0.0, of as f64), order.n());
    PairsSummary {
        a,
        b,
        of,
        expected: mean,
        mcse,
        low,
        high,
        distribution: (0..=of).map(|u| Estimate::of(&counts.pairs_ahead, u, weights, order.n())).collect(),
    }
}

impl Summary {
    /// The largest standard error of any probability in it.
    #[must_use]
    pub fn largest_mcse(&self) -> f64 {
        self.largest_mcse_of(|_| true)
    }
}
