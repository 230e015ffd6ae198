//! Sensitivities against runs in which the number is held: the curve is what those give, and what it is worth to know a number is what
//! choosing by their mean gaps gains.

use super::asking::{asked_in, held_at, input};
use crate::support::*;
use headstart::analysis::{Detail, summarize};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

const N: u64 = 6_000;

/// Three areas on three factors, of which `b` is in units of its own, where less is better.
fn three(weights: [&str; 3], scores: [&str; 3], rest: &str) -> Scenario {
    parse(&format!(
        "Scenario(title: \"test\", scale: (min: 0, max: 10), groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"g\"), (id: \"z\", group: \"h\")],
         factors: [
            (id: \"a\", weight: {}, scores: [{}]),
            (id: \"b\", weight: {}, value: Linear(worst: 20, best: 0), scores: [{}]),
            (id: \"c\", weight: {}, scores: [{}]),
         ], {rest})",
        weights[0], scores[0], weights[1], scores[1], weights[2], scores[2]
    ))
}

const WEIGHTS: [&str; 3] =
    ["Triangular(min: 0.5, mode: 0.5, max: 6)", "Triangular(min: 0.2, mode: 1, max: 3)", "Exact(1)"];
const SCORES: [&str; 3] = [
    "Triangular(min: 3, mode: 4, max: 10), Exact(5), Uniform(min: 3, max: 8)",
    "Triangular(min: 1, mode: 18, max: 20), Uniform(min: 5, max: 20), Triangular(min: 4, mode: 5, max: 17)",
    "Exact(3), Uniform(min: 0, max: 10), Triangular(min: 0, mode: 2, max: 10)",
];

fn check(scenario: &Scenario, claim: &str, addresses: &[&str]) {
    const POINTS: usize = 16;
    let run = Run { draws: N, ..Run::default() };
    let answer = asked_in(scenario, claim, run, Detail::Full);
    let mut held = 0;
    for address in addresses {
        let Some(effect) = answer.inputs.iter().find(|input| input.address == *address) else { continue };
        held += 1;
        let edit = |value: f64| format!("{address} = Exact({value:?})");
        let curve = effect.curve.as_ref().unwrap_or_else(|| panic!("{address}: {:?}", effect.redrawn));
        for point in curve.points.iter().step_by(2) {
            // With other draws, or both would be wrong together.
            let alone = held_at(scenario, &edit(point.value), claim, Run { seed: 2, ..run });
            let error = point.probability.mcse.hypot(alone.mcse).max(1.5 / N as f64);
            let off = (point.probability.value - alone.probability).abs() / error;
            assert!(off <= BOUND, "{claim} with {address} at {}: {off:.1} errors", point.quantile);
        }
        if !answer.linear || address.starts_with("weight") {
            continue;
        }
        // By the means of the areas, which the same draws have.
        let coefficients = if claim.starts_with("mean") { [0.5, 0.5, -1.0] } else { [1.0, 0.0, -1.0] };
        let dist = &effect.dists[0].1;
        let few = Run { draws: 1_000, ..run };
        let gap = |u: f64| -> f64 {
            let there = scenario.with_edits(&[edit(dist.quantile(u))]).unwrap().scenario;
            let areas = summarize(&there, few, Control::none()).areas;
            coefficients.iter().zip(&areas).map(|(c, area)| c * area.overall.mean).sum()
        };
        let gaps: Vec<f64> = (0..POINTS).map(|k| gap((k as f64 + 0.5) / POINTS as f64)).collect();
        let mean = |f: fn(f64) -> f64| gaps.iter().map(|gap| f(*gap)).sum::<f64>() / POINTS as f64;
        let worth = mean(|gap| gap.max(0.0)) - mean(|gap| gap).max(0.0);
        let regret = effect.regret.unwrap();
        let error = regret.mcse * (1.0 + (N / 1_000) as f64).sqrt();
        assert!(
            (regret.value - worth).abs() <= BOUND * error + 2e-3,
            "{claim}, {address}: {} is not {worth} +- {error}",
            regret.value
        );
    }
    assert!(held > 1, "{claim}: {:?}", answer.inputs);
}

#[test]
fn weights_and_scores() {
    let all = ["weight.a", "weight.b", "score.a.x", "score.b.x", "score.b.y", "score.c.z"];
    for rest in [
        "",
        "residual: (sd: 0.8, group: 0.5)",
        "discounts: [(id: \"cut\", of: \"*\", by: Uniform(min: 0.6, max: 1)), (id: \"trust\", of: \"z\", by: Triangular(min: 0.7, mode: 1, max: 1))]",
    ] {
        let scenario = three(WEIGHTS, SCORES, rest);
        for claim in ["x before z", "mean(g)<mean(h)", "first(g)<first(h)"] {
            check(&scenario, claim, &all);
        }
    }
}

/// x is ahead by 2 where the weight counts and behind by 2 where 1 counts: the mean gap at a weight w is 2 (w - 1) / (w + 1).
#[test]
fn what_it_is_worth_to_know_a_weight() {
    let scenario = parse(
        "Scenario(title: \"test\", groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")], factors: [
            (id: \"a\", weight: Triangular(min: 0.2, mode: 0.2, max: 4.2), scores: [Uniform(min: 5, max: 7), Exact(4)]),
            (id: \"b\", weight: Exact(1), scores: [Exact(4), Uniform(min: 5, max: 7)]),
         ])",
    );
    let answer = asked_in(&scenario, "x before y", Run { draws: 20_000, ..Run::default() }, Detail::Full);
    let mean = |f: fn(f64) -> f64| {
        let of = |k: i32| {
            let w = 4.2 - 4.0 * (1.0 - (f64::from(k) + 0.5) / 10_000.0).sqrt();
            f(2.0 * (w - 1.0) / (w + 1.0))
        };
        (0..10_000).map(of).sum::<f64>() / 10_000.0
    };
    let gap = answer.gap.unwrap().mean;
    assert!((gap.value - mean(|gap| gap)).abs() < BOUND * gap.mcse, "{gap:?}");
    let worth = mean(|gap| gap.max(0.0)) - mean(|gap| gap).max(0.0);
    let regret = input(&answer, "weight.a").regret.unwrap();
    assert!((regret.value - worth).abs() < BOUND * regret.mcse && regret.mcse < 0.02 * worth, "{regret:?}");
}
