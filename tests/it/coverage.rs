//! Errors that mean what they say: intervals hold the truth as often as they claim, over many seeds.

use super::support::*;
use headstart::analysis::{Z95, summarize, wilson};
use headstart::sampler::Run;

#[test]
fn wilson_as_tabulated() {
    let oracles = oracles();
    for (key, intervals) in oracles["intervals"]["binomial_95"]["values"].as_object().unwrap() {
        let (hits, n) = key.split_once('/').unwrap();
        let (hits, n): (f64, f64) = (hits.parse().unwrap(), n.parse().unwrap());
        let (low, high) = wilson(hits / n, n, Z95);
        let expected = |end: usize| intervals["wilson"][end].as_f64().unwrap();
        assert!((low - expected(0)).abs() < 1e-11, "{key}: {low}");
        assert!((high - expected(1)).abs() < 1e-11, "{key}: {high}");
    }
    let (low, high) = wilson(7.0 / 20.0, 20.0, Z95);
    let expected = case("E3");
    assert!((low - expected["lo"].as_f64().unwrap()).abs() < 1e-6);
    assert!((high - expected["hi"].as_f64().unwrap()).abs() < 1e-6);
}

/// How often the interval of `pick` holds the truth, over seeds.
fn coverage(
    scenario: &headstart::Scenario,
    instances: u64,
    truth: f64,
    pick: impl Fn(&headstart::analysis::Summary) -> headstart::analysis::Estimate,
) -> f64 {
    let held = |seed| {
        let estimate =
            pick(&summarize(scenario, Run { instances, seed, threads: None, ..Run::default() }, &|_| {}));
        u32::from(estimate.low <= truth && truth <= estimate.high)
    };
    f64::from((0..SEEDS).map(held).sum::<u32>()) / SEEDS as f64
}

const SEEDS: u64 = 2_000;

#[track_caller]
fn assert_covers(coverage: f64) {
    // Over 2,000 seeds a share of 0.95 has a standard error of 0.0049. Discreteness may add half a percent.
    let error = (0.95 * 0.05 / SEEDS as f64).sqrt();
    assert!((coverage - 0.95).abs() < BOUND * error, "covers {coverage}");
}

/// Worlds that share their draws: the error for independent strata would be 12 to 24 % too small here.
#[test]
fn worlds_share_their_draws() {
    // Within a world the gap is normal with a standard deviation of sqrt(2) / 2.
    let scenario = one_factor(
        &["ByWorld(\"w\", {\"a\": Normal(mean: 5.3, sd: 0.5), \"b\": Normal(mean: 5, sd: 0.5)})"],
        &["Normal(mean: 5.1, sd: 0.5)"],
        "worlds: [(id: \"w\", outcomes: [(\"a\", 0.4), (\"b\", 0.6)])]",
    );
    let normal = headstart::dist::Normal::new(0.0, 0.5_f64.sqrt()).unwrap();
    let truth = 0.4 * normal.cdf(0.2) + 0.6 * normal.cdf(-0.1);
    assert_covers(coverage(&scenario, 2_000, truth, |summary| summary.order.before[0][1].unwrap()));
}

#[test]
fn one_world() {
    let scenario = one_factor(&["Uniform(min: 0, max: 1)"], &["Exact(0.8)"], "");
    assert_covers(coverage(&scenario, 1_000, 0.2, |summary| summary.order.before[0][1].unwrap()));
}

/// A rare event that can happen in an improbable world only: the interval has to stay honest with a handful seen.
#[test]
fn rare_events() {
    let scenario = one_factor(
        &["ByWorld(\"w\", {\"a\": Uniform(min: 0, max: 1), \"b\": 0})"],
        &["Exact(0.99)"],
        "worlds: [(id: \"w\", outcomes: [(\"a\", 0.1), (\"b\", 0.9)])]",
    );
    let share = coverage(&scenario, 1_000, 0.001, |summary| summary.order.before[0][1].unwrap());
    // With ten events expected the count is coarse, so the share may exceed what is claimed, but not fall short.
    assert!(share > 0.95 - BOUND * (0.95 * 0.05 / SEEDS as f64).sqrt(), "covers {share}");
}

/// The same where the probable world has a share in it that mostly goes unseen.
#[test]
fn rare_events_not_seen_in_the_probable_world() {
    let scenario = one_factor(
        &["ByWorld(\"w\", {\"a\": Uniform(min: 0, max: 1), \"b\": Uniform(min: 0, max: 0.991)})"],
        &["Exact(0.99)"],
        "worlds: [(id: \"w\", outcomes: [(\"a\", 0.1), (\"b\", 0.9)])]",
    );
    let truth = 0.1 * 0.01 + 0.9 * 0.001 / 0.991;
    let share = coverage(&scenario, 1_000, truth, |summary| summary.order.before[0][1].unwrap());
    assert!(share > 0.95 - BOUND * (0.95 * 0.05 / SEEDS as f64).sqrt(), "covers {share}");
}

/// Nothing seen is no proof: the interval reaches to 3.84 / N, Wilson's end for a count of 0.
#[test]
fn never_seen() {
    let scenario = one_factor(&["Uniform(min: 0, max: 1)"], &["Exact(2)"], "");
    let summary = run(&scenario, 10_000);
    let (never, always) = (summary.order.before[0][1].unwrap(), summary.order.before[1][0].unwrap());
    let z2 = Z95 * Z95;
    let end = z2 / (10_000.0 + z2);
    assert_eq!((never.probability, never.low), (0.0, 0.0));
    assert!((never.high - end).abs() < 1e-12, "{}", never.high);
    assert_eq!((always.probability, always.high), (1.0, 1.0));
    assert!((always.low - (1.0 - end)).abs() < 1e-12, "{}", always.low);
}
