//! Whole orders: the most probable ones, what rank each area is expected to have, cycles, and which areas cannot be told apart.
//!
//! The draws are made twice, and are the same both times. The first pass finds orders that may be frequent, in bounded
//! memory; the second counts those exactly. So every number is exact for the sample, and what is not counted is bounded.

use crate::analysis::error::Error;
use crate::analysis::interval::{Estimate, Expected};
use crate::analysis::rankings::entropy::entropy_of_rank;
use crate::analysis::rankings::majority::{Cycle, cycles, unresolved_runs};
use crate::batch::Batch;
use crate::control::Control;
use crate::model::{Model, Subject};
use crate::real::Real;
use crate::sampler::{Run, sample};
use crate::tally::{Frequent, Order, OrderPlan, Sums, Tally, Whole, WholeOrder};

/// Orders that the first pass keeps, and of those the ones that the second counts.
const KEPT: usize = 32_768;
const COUNTED: usize = 4_096;
const BITS: f64 = std::f64::consts::LOG2_E;

/// The questions about full rankings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankingsAsked {
    /// Number of orders that are listed.
    pub top: usize,
    /// Probability that one area must have of being before another for them to be told apart.
    pub threshold: f64,
}

/// Results about full rankings.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Rankings {
    /// Run.
    pub run: Run,
    /// The most probable orders, the first first.
    pub top: Vec<ListedOrder>,
    /// No other order has more than this share of the draws.
    pub others_at_most: f64,
    /// Probability that some areas tie, so that there is no full ranking.
    pub tied: f64,
    /// Between which numbers the entropy of the order lies in the sample, in bits; of orders that were not counted the
    /// distribution is not known.
    pub entropy: [f64; 2],
    /// One an area, in the order of the scenario.
    pub areas: Vec<AreaRank>,
    /// Cycles of the relation "more often before than after".
    pub cycles: Vec<Cycle>,
    /// The areas by their expected rank.
    pub by_rank: Vec<usize>,
    /// Runs of areas by expected rank of which no two can be told apart.
    pub alike: Vec<Vec<usize>>,
    /// At which threshold.
    pub threshold: f64,
}

/// An order and its probability.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ListedOrder {
    /// The areas from the first to the last.
    pub areas: Vec<usize>,
    /// Probability.
    pub estimate: Estimate,
}

/// The rank of an area, from 1.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct AreaRank {
    /// Its expected rank: one more than the areas that are expected strictly before it.
    pub expected: Expected,
    /// The entropy of its rank in bits: 0 where it is certain in the sample.
    pub entropy: Expected,
    /// The 5% and the 95% quantile of its rank.
    pub range: [usize; 2],
}

/// Draws a scenario twice and asks for its full rankings; progress is of twice as many draws.
///
/// # Errors
/// The scenario has more areas than an order is kept of, or it was stopped.
pub fn rankings<'a>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    asked: RankingsAsked,
    control: Control<'_>,
) -> Result<Rankings, Error> {
    full_rankings(scenario.into().model(), run, asked, control)
}

fn full_rankings(
    model: &Model,
    run: Run,
    asked: RankingsAsked,
    control: Control<'_>,
) -> Result<Rankings, Error> {
    let run = Run { arithmetic: run.arithmetic.of(model), ..run.at_least_one() };
    let n_areas = model.n_areas();
    if n_areas > 256 {
        return Err(Error::TooManyAreas(n_areas));
    }
    let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let kept = asked.top.saturating_mul(4).clamp(KEPT, 1 << 20);
    let frequent = sample(model, run, &|| Frequent::new(n_areas, probabilities.clone(), kept), control)?;
    let size = run.draws as f64;
    let mut candidates = frequent.rankings();
    let counted = COUNTED.max(asked.top.saturating_add(1)).min(candidates.len());
    let left = candidates.get(counted).map_or(0.0, |(_, weight)| *weight) + frequent.taken();
    candidates.truncate(counted);
    let candidates: Vec<WholeOrder> = candidates.into_iter().map(|(order, _)| order).collect();
    let share = |area: usize, rank: usize| frequent.rank(area, rank) / size;
    let surprise = (0..n_areas * n_areas).map(|index| {
        let p = share(index / n_areas, index % n_areas);
        if p > 0.0 { -libm::log(p) * BITS } else { 0.0 }
    });
    let surprise: Vec<f64> = surprise.collect();
    let plan = OrderPlan { n_areas, n_worlds: probabilities.len(), ..OrderPlan::default() };
    let tally = || Kept {
        whole: Whole::new(n_areas, probabilities.clone(), &candidates, surprise.clone()),
        order: Order::new(plan.clone()),
    };
    let Kept { whole, order } = sample(model, run, &tally, control)?;

    let mut listed = listed(&whole, &candidates, run.draws);
    let tied = frequent.tied() / size;
    let entropy = entropy(&listed, tied, n_areas);
    let next = listed.get(asked.top).map_or(0.0, |order| order.estimate.probability);
    listed.truncate(asked.top);
    let rank = |sums: &Sums| Expected::of((sums.sum, sums.squares), (1.0, n_areas as f64), run.draws);
    let areas: Vec<AreaRank> = (0..n_areas)
        .map(|area| AreaRank {
            expected: rank(&whole.ranks()[area]),
            entropy: entropy_of_rank(whole.shares(area), &whole.entropies()[area], run.draws),
            range: [0.05, 0.95].map(|p| quantile(n_areas, p, |rank| share(area, rank))),
        })
        .collect();
    let before = pairs(&order, n_areas, &probabilities, run.draws);
    let mut by_rank: Vec<usize> = (0..n_areas).collect();
    by_rank.sort_by(|&i, &j| areas[i].expected.mean.total_cmp(&areas[j].expected.mean));
    Ok(Rankings {
        run,
        top: listed,
        others_at_most: next.max(left / size),
        tied,
        entropy,
        areas,
        cycles: cycles(&before),
        alike: unresolved_runs(&before, &by_rank, asked.threshold),
        by_rank,
        threshold: asked.threshold,
    })
}

/// Lists the orders that were counted, the likeliest first.
fn listed(whole: &Whole, candidates: &[WholeOrder], draws: u64) -> Vec<ListedOrder> {
    let estimates = whole.rankings().iter().map(|sums| Estimate::of_sums(sums.sum, sums.squares, draws));
    let mut listed: Vec<ListedOrder> = candidates
        .iter()
        .zip(estimates)
        .map(|(order, estimate)| ListedOrder {
            areas: order.iter().map(|&area| usize::from(area)).collect(),
            estimate,
        })
        .collect();
    let likelier = |one: &ListedOrder, other: &ListedOrder| {
        let by_share = other.estimate.probability.total_cmp(&one.estimate.probability);
        by_share.then_with(|| one.areas.cmp(&other.areas))
    };
    listed.sort_by(likelier);
    listed
}

/// Returns the rank, from 1, at which the probability of ranks up to it reaches `p`.
fn quantile(n_areas: usize, p: f64, share: impl Fn(usize) -> f64) -> usize {
    let mut sum = 0.0;
    let reached = |rank: &usize| {
        sum += share(*rank);
        // What sums to p but for rounding has reached it.
        sum >= p - 1e-12
    };
    (0..n_areas).find(reached).unwrap_or(n_areas - 1) + 1
}

/// Estimates the probability of each area before each other.
fn pairs(order: &Order, n_areas: usize, probabilities: &[f64], draws: u64) -> Vec<Vec<Option<Estimate>>> {
    (0..n_areas)
        .map(|i| {
            let cell = |j: usize| {
                let event = i * n_areas + j;
                (i != j).then(|| Estimate::of(order.pairs(), event, probabilities, draws))
            };
            (0..n_areas).map(cell).collect()
        })
        .collect()
}

/// The least and the greatest entropy, in bits, that an order can have with these probabilities, some that tie, and the rest
/// spread in some way over all other orders.
fn entropy(listed: &[ListedOrder], tied: f64, n_areas: usize) -> [f64; 2] {
    let bits = |p: f64| if p > 0.0 { -p * libm::log(p) * BITS } else { 0.0 };
    let counted: f64 = listed.iter().map(|order| order.estimate.probability).sum();
    let rest = (1.0 - counted - tied).max(0.0);
    // What is left of 1 after rounding is no order.
    let rest = if rest < 1e-9 { 0.0 } else { rest };
    let low =
        listed.iter().map(|order| bits(order.estimate.probability)).sum::<f64>() + bits(rest) + bits(tied);
    let all: f64 = (1..=n_areas).map(|n| libm::log(n as f64)).sum::<f64>() * BITS;
    [low, low + rest * all]
}

/// The tallies of the second pass.
struct Kept {
    whole: Whole,
    order: Order,
}

impl<R: Real> Tally<R> for Kept {
    const READS_INPUTS: bool = false;

    fn record(&mut self, batch: &Batch<R>) {
        self.whole.record(batch);
        self.order.record(batch);
    }

    fn merge(&mut self, later: &Self) {
        Tally::<R>::merge(&mut self.whole, &later.whole);
        Tally::<R>::merge(&mut self.order, &later.order);
    }
}
