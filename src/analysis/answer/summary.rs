//! The main answer: ordering probabilities, ranks, claims and overall scores, overall and in each joint world.

use crate::analysis::answer::central::point_table;
use crate::analysis::answer::correlation::achieved;
use crate::analysis::answer::gap::gap;
use crate::analysis::answer::partial::{Partial, PartialUnit};
use crate::analysis::answer::plan::all_claims;
use crate::analysis::answer::run_tally::RunTally;
use crate::analysis::answer::shape::{
    AreaSummary, ClaimSummary, Method, OrderSummary, OverallScore, PairsSummary, Summary, WorldSummary,
};
use crate::analysis::answer::supplements::{asserts, probability_ranges};
use crate::analysis::answer::undecided::{CountedOrder, Undecided};
use crate::analysis::bins::bins;
use crate::analysis::interval::{Estimate, Expected, Z95, wilson};
use crate::analysis::quantiles::Distribution;
use crate::control::Control;
use crate::model::Subject;
use crate::sampler::{Run, sample_resumable};
use crate::scenario::{JointWorld, NamedClaim, Scenario};
use crate::tally::Order;
use std::cell::RefCell;

/// The quantiles that are reported.
const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Runs a scenario and summarizes what was drawn. A run that was stopped is, to the bit, that of the draws made, and
/// says so.
///
/// ```
/// use headstart::{Control, Scenario, analysis::summarize, sampler::Run};
///
/// let text = std::fs::read_to_string("scenarios/takeoff.ron")?;
/// let scenario = Scenario::from_ron("takeoff.ron", &text)?;
/// let summary = summarize(&scenario, Run { draws: 10_000, ..Run::default() }, Control::default());
/// let control_before_scaffolding = summary.order.before[3][8].unwrap();
/// assert!(control_before_scaffolding.probability < 0.1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn summarize<'a>(scenario: impl Into<Subject<'a>>, run: Run, control: Control<'_, RunTally>) -> Summary {
    summarize_subject(&scenario.into(), run, control)
}

fn summarize_subject(subject: &Subject<'_>, run: Run, control: Control<'_, RunTally>) -> Summary {
    let (scenario, model) = (subject.scenario(), subject.model());
    let with_and_without = RunTally::drawn(scenario);
    let laid_out = with_and_without.as_ref().unwrap_or(model);
    let run = Run { arithmetic: run.arithmetic.of(laid_out), ..run.at_least_one() };
    let claims = all_claims(scenario);
    let n_claims = claims.len() - scenario.asserts().len();
    let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let none = RunTally::new(scenario, model);
    let (kept, drawn) = sample_resumable(laid_out, run, &|| none.clone(), control);
    let what = PartialUnit::Draws;
    let partial = (drawn < run.draws).then_some(Partial { done: drawn, of: run.draws, what });
    let run = Run { draws: drawn, ..run };

    let members =
        |group: usize| (0..model.n_areas()).filter(|&area| scenario.areas()[area].group == group).collect();
    let groups: Vec<Vec<usize>> = (0..scenario.groups().len()).map(members).collect();
    let undecided = RefCell::new(Undecided::new(laid_out, run.arithmetic));
    let order = |order: &Order, weights: &[f64]| {
        let known = undecided.borrow().clone();
        let counted = CountedOrder { order, undecided: known.as_ref() };
        let mut order = summarize_order(scenario, counted, &claims[..n_claims], weights);
        if let Some(undecided) = undecided.borrow_mut().as_mut() {
            widen(undecided, &mut order, &groups, run.draws);
        }
        order
    };
    let areas = 0..model.n_areas();
    let overall = areas.clone().map(|i| {
        let (moments, mcse) = (kept.moments.overall(i), kept.moments.mcse(i));
        let distribution = Distribution::new(&kept.histogram, i, &probabilities, run.draws);
        summarize_area(&distribution, moments, mcse, kept.moments.concentration(i))
    });
    let world = |(index, world): (usize, &JointWorld)| {
        let mut alone = vec![0.0; probabilities.len()];
        alone[index] = 1.0;
        let area = |i| area_in_world(&kept, index, i, &alone, run.draws);
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
    let counted = CountedOrder { order: &kept.order, undecided: undecided.as_ref() };
    Summary {
        run,
        partial,
        method: Method::Sample,
        simultaneous: false,
        precision: None,
        cross_check: None,
        n_inputs: model.n_values(),
        asserts: asserts(scenario, counted, n_claims, &probabilities),
        gap: gap(scenario, model, run),
        chances: probability_ranges(scenario, counted, n_claims),
        correlations: achieved(scenario, model, run),
        without_residual,
        point: point_table(scenario),
        areas: overall.collect(),
        order: all,
        worlds,
        undecided,
        dates: None,
    }
}

/// Summarizes an area in one joint world, whose weight alone is not 0.
fn area_in_world(kept: &RunTally, world: usize, area: usize, alone: &[f64], draws: u64) -> AreaSummary {
    let (mean, variance) = kept.moments.in_world(world, area);
    let mcse = (variance / draws as f64).sqrt();
    let distribution = Distribution::new(&kept.histogram, area, alone, draws);
    let concentration = kept.moments.concentration_in_world(world, area);
    summarize_area(&distribution, (mean, variance), mcse, concentration)
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
        overall: OverallScore {
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

/// Summarizes the counts of an order.
pub fn summarize_order(
    scenario: &Scenario,
    counted: CountedOrder<'_>,
    claims: &[NamedClaim],
    weights: &[f64],
) -> OrderSummary {
    let order = counted.order;
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
        estimate: counted.claim(index, weights),
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

/// Widens the intervals of pairs, ranks and numbers of pairs by what rounding leaves open of them, and takes down the greatest share.
fn widen(undecided: &mut Undecided, order: &mut OrderSummary, groups: &[Vec<usize>], n: u64) {
    let n_areas = order.before.len();
    let open = |i: usize, j: usize| {
        let tie = order.tie[i][j].filter(|_| undecided.is_untied(i, j, n_areas)).unwrap_or(0.0);
        if tie > 0.0 { wilson(tie, n as f64, Z95).1 } else { 0.0 }
    };
    let open: Vec<Vec<f64>> = (0..n_areas).map(|i| (0..n_areas).map(|j| open(i, j)).collect()).collect();
    for (i, row) in order.before.iter_mut().enumerate() {
        for (j, cell) in row.iter_mut().enumerate() {
            if let Some(estimate) = cell {
                *estimate = estimate.wider(undecided.moves(), undecided.moves() + open[i][j]);
            }
        }
    }
    for (row, open) in order.ranks.iter_mut().zip(&open) {
        let either = open.iter().sum::<f64>() + undecided.moves() * (n_areas - 1) as f64;
        for estimate in row {
            *estimate = estimate.wider(either, either);
        }
    }
    for pairs in &mut order.pairs {
        let of_one = |&i: &usize| groups[pairs.b].iter().map(|&j| open[i][j]).sum::<f64>();
        let either = groups[pairs.a].iter().map(of_one).sum::<f64>() + undecided.moves() * pairs.of as f64;
        for estimate in &mut pairs.distribution {
            *estimate = estimate.wider(either, either);
        }
    }
    let ties = order
        .tie
        .iter()
        .enumerate()
        .flat_map(|(i, row)| row.iter().enumerate().map(move |(j, tie)| (i, j, tie)));
    let open = ties.filter(|&(i, j, _)| undecided.is_untied(i, j, n_areas)).filter_map(|(.., tie)| *tie);
    undecided.share = open.fold(undecided.share, f64::max);
}

impl Summary {
    /// The largest standard error of any probability in it.
    #[must_use]
    pub fn largest_mcse(&self) -> f64 {
        self.largest_mcse_of(|_| true)
    }
}
