//! Sensitivity from one ordinary run: what drives the probability of a claim, what would flip it, and which numbers are
//! worth estimating better.
//!
//! In each instance, and for each input, it is worked out where the claim switches as that input alone is moved (the
//! pivot). Those places are counted on a grid of the input's quantiles, and everything else is read from the counts.

pub(crate) mod central_weights;
mod crossing;
mod curve;
mod effect;
mod errors;
mod grid;
mod groups;
mod lookup;
mod pair;
mod plan;
mod question;
mod shape;
mod shapley;
mod simple;
mod slope;
mod solve;
mod tally;
pub(crate) mod turn;
mod value;

pub use curve::Measured;
pub use turn::{MOST_SDS, MOST_TIMES, Turn};
pub use value::MeanGap;

use crate::analysis::answer::plan::order_plan;
use crate::analysis::interval::Estimate;
use crate::distribution::Dist;
use crate::model::Model;
use crate::sampler::{Run, sample, sample_in};
use crate::scenario::{NamedClaim, Scenario};
use crate::tally::{Order, OrderPlan};
use curve::Curve;
use effect::{Asked, Share, effect, moments, named, twice, world_names};
use grid::{COARSE, FINE};
use groups::{groups, redraw};
use plan::{Plan, Solved, because, drivers};
use question::{Kind, Question};
use shape::{Switches, World};
use tally::{Pivots, Task};

/// Indices are told only where the probability lies between these: elsewhere they are about the rare cases alone.
pub const TOLD: [f64; 2] = [0.02, 0.98];

/// The quantiles at which curves are told.
pub const SHOWN: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// What drives a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// The claim.
    pub claim: NamedClaim,
    /// Its probability.
    pub estimate: Estimate,
    /// In how many instances it was worked out where it switches.
    pub instances: u64,
    /// Whether it was the same in all instances and worlds.
    pub certain: bool,
    /// Whether it is about a gap, whose sign is solved for; otherwise each crossing of two areas is.
    pub linear: bool,
    /// One an input that it depends on, in the order of the model.
    pub inputs: Vec<InputEffect>,
    /// Groups of inputs, and the worlds, with their shares.
    pub groups: Vec<GroupEffect>,
    /// Whose uncertainty it is: shares of the variance that add up to one, of parts that do not overlap.
    #[doc(alias = "Shapley effects")]
    pub parts: Vec<PartShare>,
    /// The gap, if it is about one.
    pub gap: Option<MeanGap>,
}

/// What one input does to a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct InputEffect {
    /// Its address.
    pub address: String,
    /// Its distribution, or those of its branches, with what stands behind the address.
    pub dists: Vec<(String, Dist)>,
    /// Whether it is a standard normal that numbers are made of, or a residual: what several have in common, or the own part of one,
    /// which is what is left of it once those that it is correlated with, or the causes that it shares, are known.
    pub latent: bool,
    /// What holding it at each of its values does; nothing if that cannot be solved for.
    pub curve: Option<CurveSummary>,
    /// Why there is no curve.
    pub redrawn: Option<String>,
    /// The share of the variance of the claim that is gone once this input is known; nothing near 0 and 1.
    #[doc(alias = "first-order Sobol index")]
    pub first: Option<Measured>,
    /// The share that is left while only this input is unknown.
    #[doc(alias = "total Sobol index")]
    pub total: Option<Measured>,
    /// The probability that drawing it again changes the truth of the claim.
    pub flips: Measured,
    /// What learning it is worth under the Brier loss.
    pub brier: Measured,
    /// What learning it is worth in units of amenability, to who has to say which comes first.
    pub regret: Option<Measured>,
}

/// The curve of a probability over one input.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveSummary {
    /// At [`SHOWN`].
    pub points: Vec<OneWayPoint>,
    /// P(at its 95 % quantile) - P(at its 5 % quantile).
    pub bar: Measured,
    /// The lowest and the highest probability that it can bring about.
    pub range: [f64; 2],
    /// Where the probability is one half.
    pub break_even: Vec<BreakEvenValue>,
    /// By how much one unit more of it, everywhere, moves the probability at the margin.
    pub gradient: Option<Measured>,
}

/// A point of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneWayPoint {
    /// The quantile of the input.
    pub quantile: f64,
    /// Its value there; of several branches, that of the first.
    pub value: f64,
    /// The probability there.
    pub probability: Measured,
}

/// A value of an input at which the probability is one half.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakEvenValue {
    /// The quantile of the input.
    pub quantile: f64,
    /// Its value there: of an input that jumps past one half the first value on the other side. Nothing where it lies beyond all
    /// values at which the probability is known, and only the end of the interval is.
    pub value: Option<f64>,
    /// The ends of its 95 % interval; nothing where that goes beyond what the input can be.
    pub interval: [Option<f64>; 2],
    /// Whether the input has no value at which the probability is one half: it passes one half after the one end of the interval and
    /// up to the other.
    pub jumps: bool,
}

/// The share of a group of inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupEffect {
    /// What other programs call it.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The share of the variance that is gone once all of it is known.
    pub first: Option<Measured>,
    /// The share that is left while only it is unknown.
    pub total: Option<Measured>,
}

/// The share of a part of all that is uncertain.
#[derive(Clone, Debug, PartialEq)]
pub struct PartShare {
    /// What other programs call it.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What knowing it takes away of the variance, on average over all orders in which the parts may become known.
    pub share: Measured,
}

/// How much is worked out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Depth {
    /// Everything. The shares of groups of inputs cost another run for each claim, and what it is worth in units of amenability
    /// to know an input as much as all the rest.
    Full,
    /// Without those.
    Curves,
    /// Without those, and from fewer instances: for many claims at a time. The probabilities of the claims are from all.
    Screen,
}

impl Depth {
    /// From how many of those instances the errors are.
    fn moments(self, instances: u64) -> u64 {
        instances.min(if self == Self::Screen { errors::MOST_SCREENED } else { errors::MOST_INSTANCES })
    }

    /// In how many instances of a run it is worked out where claims switch.
    #[must_use]
    pub fn instances(self, run: Run) -> u64 {
        /// One in so many instances is screened, and no more than are worth the memory that counts of several blocks take.
        const SCREENED: u64 = 8;
        const MOST: u64 = 125_000;
        match self {
            Self::Full | Self::Curves => run.instances,
            Self::Screen => run.instances.div_ceil(SCREENED).min(MOST),
        }
    }
}

/// What drives each of some claims of a scenario, from one run; `progress` is told of its instances, and of those in which it is
/// worked out where claims switch.
///
/// ```
/// use headstart::{Scenario, analysis::{Depth, sensitivity}, sampler::Run};
///
/// let text = std::fs::read_to_string("scenarios/takeoff.ron")?;
/// let scenario = Scenario::from_ron("takeoff.ron", &text)?;
/// let claim = scenario.proposition("ai_control before pre_training")?;
/// let run = Run { instances: 20_000, ..Run::default() };
/// let answer = &sensitivity(&scenario, &[claim], run, Depth::Curves, &|_| {})[0];
/// let strongest = answer.inputs.iter().max_by(|a, b| a.flips.value.total_cmp(&b.flips.value)).unwrap();
/// assert_eq!(strongest.address, "weight.compute_vs_labour");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn sensitivity(
    scenario: &Scenario,
    claims: &[NamedClaim],
    run: Run,
    depth: Depth,
    progress: &(dyn Fn(u64) + Sync),
) -> Vec<Sensitivity> {
    let run = run.at_least_one();
    let in_full = depth == Depth::Full;
    let parts = if depth == Depth::Screen { COARSE } else { FINE };
    let model = Model::new(scenario);
    let worlds = World::all(&model);
    let drivers = drivers(&model, parts);
    let questions: Vec<Question> =
        claims.iter().map(|claim| Question::new(scenario, &model, claim)).collect();
    let plans = questions.iter().map(|question| Plan::new(&model, &worlds, &drivers, question)).collect();
    let task = Task::new(&model, worlds, questions, plans, in_full);
    let order = OrderPlan { groups: Vec::new(), ..order_plan(scenario, &model, claims) };
    let order = sample(&model, run, &|| Order::new(order.clone()), progress);
    let n = depth.instances(run);
    let kept = sample_in::<f64, _>(&model, Run { instances: n, ..run }, &|| Pivots::new(&task), progress);
    let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let answer = |(index, claim): (usize, &NamedClaim)| {
        let (question, plan) = (&task.questions[index], &task.plans[index]);
        let events = order.claims();
        let estimate = Estimate::of(events, index, &probabilities, run.instances);
        let counts =
            (0..probabilities.len()).filter(|&z| probabilities[z] > 0.0).map(|z| events.count(index, z));
        let certain =
            counts.clone().all(|count| count == 0) || counts.clone().all(|count| count == run.instances);
        let curves = plan.solved.iter().zip(&kept.switches[index]);
        let curves: Vec<Curve> =
            curves.map(|(solved, switches)| Curve::new(&solved.grid, switches, n)).collect();
        let ahead = kept.gaps[index].is_ahead(&probabilities);
        let all = Run { instances: depth.moments(n), ..run };
        let (errors, of_gap) = moments((&task, index), &drivers, &curves, (all, certain, ahead));
        let gap = (in_full && matches!(question.kind, Kind::Gap(_)))
            .then(|| value::mean_gap(&kept.gaps[index], &probabilities, (n, of_gap)));
        let share = Share::new(&estimate);
        let solved = |((solved, switches), (curve, errors)): ((&Solved, &Switches), (&Curve, &Asked))| {
            let mut effect = effect(&model, &drivers, solved, (curve, errors), share);
            let gaps = &kept.gaps[index];
            effect.regret = gap.and_then(|gap| value::regret(&model, solved, switches, (gaps, gap), n));
            effect
        };
        let each = plan.solved.iter().zip(&kept.switches[index]).zip(curves.iter().zip(&errors));
        let mut inputs: Vec<InputEffect> = each.map(solved).collect();
        let mut shares = Vec::new();
        if !certain && (in_full || !plan.redrawn.is_empty()) {
            let known = if in_full { groups(scenario, &model, &question.areas()) } else { Vec::new() };
            let alone = |(driver, _): &(usize, &str)| {
                let address = &model.inputs()[drivers[*driver].members[0]].address;
                model.inputs().iter().map(|input| input.address == *address).collect::<Vec<bool>>()
            };
            let groups: Vec<Vec<bool>> = known.iter().map(|group| group.members.clone()).collect();
            let singles: Vec<Vec<bool>> = plan.redrawn.iter().map(alone).collect();
            let (redrawn, worlds) = redraw(&model, question, estimate.probability, (&groups, &singles), run);
            shares.extend(known.iter().zip(&redrawn).map(|(group, redrawn)| GroupEffect {
                id: group.id.clone(),
                name: group.name.clone(),
                first: share.of(redrawn.first),
                total: share.of(redrawn.total),
            }));
            if in_full && probabilities.len() > 1 {
                let (first, total) = (share.of(worlds.first), share.of(worlds.total));
                let (id, name) = world_names();
                shares.push(GroupEffect { id, name, first, total });
            }
            for ((driver, why), redrawn) in plan.redrawn.iter().zip(&redrawn[known.len()..]) {
                inputs.push(InputEffect {
                    redrawn: Some(because(why)),
                    first: share.of(redrawn.first),
                    total: share.of(redrawn.total),
                    flips: twice(redrawn.total.measured),
                    brier: redrawn.first.measured,
                    ..named(&model, &drivers[*driver])
                });
            }
        }
        let mut parts = Vec::new();
        if in_full && !certain && share.is_told() {
            let known = shapley::parts(scenario, &model, &question.areas());
            let due = shapley::shapley(&model, question, estimate.probability, &known, run);
            let mut names: Vec<(String, String)> =
                known.into_iter().map(|part| (part.id, part.name)).collect();
            names.push(world_names());
            let equal = 1.0 / due.len() as f64;
            let named = names.into_iter().zip(due);
            parts.extend(named.filter_map(|((id, name), due)| {
                let Measured { value, mcse } = share.of(due)?;
                Some(PartShare { id, name, share: Measured { value: equal + value, mcse } })
            }));
        }
        Sensitivity {
            parts,
            claim: claim.clone(),
            estimate,
            instances: n,
            certain,
            linear: matches!(question.kind, Kind::Gap(_)),
            inputs,
            groups: shares,
            gap,
        }
    };
    claims.iter().enumerate().map(answer).collect()
}
