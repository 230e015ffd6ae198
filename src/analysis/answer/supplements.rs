//! Results beside the answer: asserts, and what uncertain probabilities of outcomes make of the claims.

use crate::analysis::answer::shape::{AssertSummary, UncertainProbabilityRange, Verdict};
use crate::analysis::answer::undecided::CountedOrder;
use crate::analysis::interval::Estimate;
use crate::scenario::{Assert, Bound, Scenario, StatedProbability, joint_worlds};

/// Decides whether the asserts hold; their claims stand after the `n_claims` others, and worlds have these probabilities.
pub fn asserts(
    scenario: &Scenario,
    counted: CountedOrder<'_>,
    n_claims: usize,
    probabilities: &[f64],
) -> Vec<AssertSummary> {
    let summarize = |(n, assert): (usize, &Assert)| {
        let estimate = counted.claim(n_claims + n, probabilities);
        AssertSummary { text: assert.text.clone(), verdict: verdict(assert, &estimate), estimate }
    };
    scenario.asserts().iter().enumerate().map(summarize).collect()
}

/// Decides whether an assert holds of an estimate.
pub fn verdict(assert: &Assert, estimate: &Estimate) -> Verdict {
    verdict_at(assert.side, assert.threshold, estimate)
}

/// Decides whether an estimate lies on one side of a number.
pub fn verdict_at(side: Bound, threshold: f64, estimate: &Estimate) -> Verdict {
    let (low, high) = estimate.decision_interval();
    match side {
        Bound::Above if low > threshold => Verdict::Holds,
        Bound::Below if high < threshold => Verdict::Holds,
        Bound::Above if high < threshold => Verdict::Fails,
        Bound::Below if low > threshold => Verdict::Fails,
        _ => Verdict::Unsettled,
    }
}

/// The claims at both ends of each probability that is uncertain, the other outcomes of its row scaled to the rest.
pub fn probability_ranges(
    scenario: &Scenario,
    counted: CountedOrder<'_>,
    n_claims: usize,
) -> Vec<UncertainProbabilityRange> {
    let mut all = Vec::new();
    for (w, world) in scenario.worlds().iter().enumerate() {
        for (r, row) in world.chances.iter().enumerate() {
            for (o, chance) in row.iter().enumerate() {
                let StatedProbability::Uncertain(dist) = &chance.written else { continue };
                let range = [0.05, 0.95].map(|p| dist.quantile(p));
                let weights = range.map(|p| {
                    let mut worlds = scenario.worlds().to_vec();
                    for (other, chance) in worlds[w].chances[r].iter_mut().enumerate() {
                        let rest = 1.0 - row[o].probability;
                        let share = if rest > 0.0 { (1.0 - p) / rest } else { 0.0 };
                        chance.probability = if other == o { p } else { chance.probability * share };
                    }
                    joint_worlds(&worlds).iter().map(|world| world.probability).collect::<Vec<f64>>()
                });
                let given = world
                    .given
                    .map_or(String::new(), |given| format!("[{}]", scenario.worlds()[given].outcomes[r]));
                let at = |claim: usize| [0, 1].map(|end| counted.claim(claim, &weights[end]));
                all.push(UncertainProbabilityRange {
                    address: format!("world.{}.{}{given}", world.id, world.outcomes[o]),
                    range,
                    claims: (0..n_claims).map(at).collect(),
                });
            }
        }
    }
    all
}
