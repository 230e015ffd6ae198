//! Intervals that mean what they say when a run goes on until it is precise, and when many of them are read together.

use crate::support::*;
use headstart::Control;
use headstart::analysis::{
    Estimate, Method, OrderSummary, PrecisionGoal, Summary, summarize, summarize_until,
};
use headstart::sampler::Run;

const LOOKS: u32 = 6;

fn precisely(half_width: f64, most: u64, exact: bool) -> Summary {
    towards(PrecisionGoal { half_width, most, together: false }, exact)
}

fn towards(goal: PrecisionGoal, exact: bool) -> Summary {
    summarize_until(&shipped("takeoff"), Run::default(), (goal, exact), &mut |_, _| {}, Control::none())
        .unwrap()
}

/// The run stops where all intervals are narrow enough, and is then the run of its number of draws.
#[test]
fn a_run_stops_where_it_is_precise() {
    let summary = precisely(0.002, 1 << 24, false);
    let precision = summary.precision.clone().unwrap();
    assert!(precision.is_reached());
    assert!(precision.widest.half_width <= 0.002);
    // One half with 240,000 draws is that precise; and the sizes are doubled.
    assert_eq!(summary.run.draws, 1 << 18);
    let mut widest = 0.0_f64;
    for order in std::iter::once(&summary.order).chain(summary.worlds.iter().map(|world| &world.order)) {
        order.before.iter().flatten().flatten().for_each(|e| widest = widest.max(e.half_width()));
        order.ranks.iter().flatten().for_each(|e| widest = widest.max(e.half_width()));
        order.claims.iter().for_each(|claim| widest = widest.max(claim.estimate.half_width()));
        let ahead = order.pairs.iter().flat_map(|pairs| &pairs.distribution);
        ahead.for_each(|e| widest = widest.max(e.half_width()));
    }
    summary.asserts.iter().for_each(|assert| widest = widest.max(assert.estimate.half_width()));
    assert_eq!(widest, precision.widest.half_width);
    let plain = summarize(&shipped("takeoff"), summary.run, Control::none());
    assert_eq!(
        plain.order.before[0][5].unwrap().probability,
        summary.order.before[0][5].unwrap().probability
    );
}

/// What cannot be reached is said.
#[test]
fn a_run_says_that_it_is_not_precise() {
    let summary = precisely(0.0001, 100_000, false);
    assert!(!summary.precision.unwrap().is_reached());
    assert_eq!(summary.run.draws, 100_000);
}

/// With the exact engine the points are doubled too, and what is sampled is sampled on.
#[test]
fn an_integral_stops_where_it_is_precise() {
    let summary = precisely(0.002, 1 << 22, true);
    assert!(summary.precision.unwrap().is_reached());
    let Method::Exact(exact) = summary.method else { panic!("sampled") };
    assert!(exact.points > 16 && exact.points <= 1024, "{exact:?}");
}

/// A probability near one half that was looked at many times is not settled by an ordinary interval; and a single look is.
#[test]
fn looks_spend_their_error() {
    let n = 1_000_000;
    let share = |p: f64| Estimate::of_sums(p * n as f64, p * n as f64, n);
    let once = share(0.5012);
    assert!(once.is_settled());
    assert!(!Estimate { looks: 10, ..once }.is_settled());
    assert!(Estimate { looks: 10, ..share(0.502) }.is_settled());
}

/// Of runs that stop as soon as a probability of exactly one half looks settled, no more than a twentieth do so.
#[test]
fn decisions_over_many_looks_are_rarely_wrong() {
    let seeds = thorough(300, 2_000);
    let scenario = one_factor(&["Uniform(min: 0, max: 1)"], &["Exact(0.5)"], "");
    let (mut honest, mut peeking) = (0, 0);
    for seed in 0..seeds {
        let looks: Vec<Estimate> = (0..LOOKS)
            .map(|look| {
                let run = Run { draws: 256 << look, seed, threads: Some(1), ..Run::default() };
                summarize(&scenario, run, Control::none()).order.before[0][1].unwrap()
            })
            .collect();
        honest += u32::from(looks.iter().any(|e| Estimate { looks: LOOKS, ..*e }.is_settled()));
        peeking += u32::from(looks.iter().any(Estimate::is_settled));
    }
    let error = (0.05 * 0.95 / seeds as f64).sqrt();
    let share = |wrong: u32| f64::from(wrong) / seeds as f64;
    assert!(share(honest) < 0.05 + BOUND * error, "{}", share(honest));
    assert!(share(peeking) > 0.1, "{}", share(peeking));
}

/// Of runs of ten areas that are all alike, the share in which all pairs have the truth inside, and the same of intervals that hold
/// together.
fn held_at_once(score: &str, truth: f64, seeds: u64) -> [f64; 2] {
    let scenario = one_factor(&[score; 5], &[score; 5], "");
    let mut held = [0_u32; 2];
    for seed in 0..seeds {
        let run = Run { draws: 1_000, seed, threads: Some(1), ..Run::default() };
        let summary = summarize(&scenario, run, Control::none());
        for (held, summary) in held.iter_mut().zip([summary.clone(), summary.simultaneous()]) {
            let mut pairs = summary.order.before.iter().flatten().flatten();
            *held += u32::from(pairs.all(|e| e.low <= truth && truth <= e.high));
        }
    }
    held.map(|held| f64::from(held) / seeds as f64)
}

/// All pairs have the truth inside at once as often as they say: without ties 45 of them, and with ties 90, as a pair and its reverse are
/// then two numbers.
#[test]
fn simultaneous_intervals_cover_together() {
    let seeds = thorough(300, 2_000);
    let error = (0.05 * 0.95 / seeds as f64).sqrt();
    for (score, truth) in [("Uniform(min: 0, max: 1)", 0.5), ("Discrete([(0, 0.5), (1, 0.5)])", 0.25)] {
        let [alone, together] = held_at_once(score, truth, seeds);
        // Pairs go together, so Sidak's intervals hold a little more often than they say.
        assert!(together > 0.95 - BOUND * error, "{score}: {together}");
        assert!(alone < 0.6, "{score}: {alone}");
    }
}

/// A precision that is asked of intervals that hold together is theirs.
#[test]
fn intervals_that_hold_together_are_as_narrow_as_asked() {
    let summary = towards(PrecisionGoal { half_width: 0.002, most: 1 << 24, together: true }, false);
    assert!(summary.simultaneous && summary.precision.clone().unwrap().is_reached());
    let all = summary.rankings().flat_map(OrderSummary::estimates).map(|(_, estimate)| estimate.half_width());
    assert!(all.fold(0.0, f64::max) <= 0.002);
    // Which takes more draws than for each alone, and each is widened once.
    assert!(summary.run.draws > 1 << 18);
    let plain = summarize(&shipped("takeoff"), summary.run, Control::none()).simultaneous();
    let ends = |summary: &Summary| summary.order.before[0][5].map(|e| (e.low, e.high));
    assert_eq!(ends(&summary), ends(&plain));
}

/// The interval of a quantile holds it as often as it says, and more often for the bins that it is read from.
#[test]
fn intervals_of_quantiles_cover() {
    let seeds = thorough(300, 2_000);
    let scenario = one_factor(&["Normal(mean: 0, sd: 1)"], &["Exact(0)"], "");
    let truths = [0.05, 0.25, 0.5, 0.75, 0.95].map(headstart::distribution::standard_quantile);
    let mut held = [0_u32; 5];
    for seed in 0..seeds {
        let run = Run { draws: 1_000, seed, threads: Some(1), ..Run::default() };
        let area = &summarize(&scenario, run, Control::none()).areas[0];
        for ((held, truth), (low, high)) in held.iter_mut().zip(truths).zip(&area.quantile_intervals) {
            *held += u32::from(*low <= truth && truth <= *high);
        }
    }
    let error = (0.05 * 0.95 / seeds as f64).sqrt();
    for held in held {
        let share = f64::from(held) / seeds as f64;
        assert!(share > 0.95 - BOUND * error, "{share}");
    }
}
