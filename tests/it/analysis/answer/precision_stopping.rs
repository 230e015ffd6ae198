//! Runs that go on until they are precise: how often they are looked at, how they grow, and what is left of
//! one that is stopped.

use crate::support::*;
use headstart::analysis::{
    Event, LEVEL, Method, OrderSummary, PartialUnit, PrecisionGoal, Summary, Z95, summarize_until, wilson,
};
use headstart::sampler::Run;
use headstart::{Control, Scenario};
use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The first look.
const FIRST: u64 = 1 << 16;

fn even() -> Scenario {
    one_factor(&["Uniform(min: 0, max: 1)"], &["Uniform(min: 0, max: 1)"], "")
}

/// The summary, and the draws of each look.
fn looked(scenario: &Scenario, half_width: f64, most: u64, exact: bool) -> (Summary, Vec<u64>) {
    let looks = RefCell::new(Vec::new());
    let goal = PrecisionGoal { half_width, most, together: false };
    let look = &mut |draws: u64, _: Option<&_>| looks.borrow_mut().push(draws);
    let run = Run { threads: Some(1), ..Run::default() };
    let summary = summarize_until(scenario, run, (goal, exact), look, Control::none()).unwrap();
    (summary, looks.into_inner())
}

/// Every size that could have been the last is a look: the first one, doubled up to the most, and the most
/// itself.
#[test]
fn each_size_that_could_be_the_last_is_a_look() {
    let scenario = one_factor(
        &["Uniform(min: 0, max: 1)"],
        &["Uniform(min: 0, max: 1)"],
        "asserts: [\"P(x0 before y0) < 0.9\"]",
    );
    for most in [1, 1_000, FIRST, FIRST + 1, 2 * FIRST, 3 * FIRST, 4 * FIRST, 5 * FIRST] {
        let mut size = FIRST.min(most);
        let mut truth = 1;
        while size < most {
            size = (2 * size).min(most);
            truth += 1;
        }
        let (summary, looks) = looked(&scenario, 0.6, most, false);
        assert_eq!(looks, [FIRST.min(most)], "all is precise enough at once");
        let estimates = summary.rankings().flat_map(OrderSummary::estimates).map(|(_, estimate)| estimate);
        let mut all = estimates.chain(summary.asserts.iter().map(|assert| &assert.estimate));
        assert!(all.all(|estimate| estimate.looks == truth), "{most}: not {truth}");
    }
}

/// Half of a width goes with the root of the size: a run that is three times too wide needs nine times as
/// many, and the next power of two that is enough is taken at once; one that is just precise enough needs no
/// more.
#[test]
fn a_run_grows_to_what_is_likely_to_do() {
    let scenario = even();
    let first = wilson(0.5, FIRST as f64, Z95);
    let half_width = (first.1 - first.0) / 2.0;
    assert_eq!(looked(&scenario, half_width / 3.0, 1 << 24, false).1, [FIRST, 16 * FIRST]);
    assert_eq!(looked(&scenario, half_width / 1.5, 1 << 24, false).1, [FIRST, 4 * FIRST]);
    assert_eq!(looked(&scenario, half_width / 3.0, 5 * FIRST, false).1, [FIRST, 5 * FIRST]);
    let (summary, _) = looked(&scenario, 0.6, FIRST, false);
    let widest = summary.precision.unwrap().widest.half_width;
    assert_eq!(looked(&scenario, widest, 1 << 24, false).1, [FIRST]);
}

/// Points come in sixteen scrambles, and in powers of two: from 32 as many as are no more than are accepted.
#[test]
fn points_grow_as_far_as_they_may() {
    // The weights are averaged over.
    let scenario = parse(
        "Scenario(title: \"t\", groups: [(id: \"x\"), (id: \"y\")], weights: Simplex,
         areas: [(id: \"x0\", group: \"x\"), (id: \"y0\", group: \"y\")], factors: [
         (id: \"f\", scores: [Normal(mean: 1, sd: 1), Normal(mean: 0, sd: 1)]),
         (id: \"g\", scores: [Normal(mean: 0, sd: 2), Normal(mean: 1, sd: 1)])])",
    );
    for (most, truth) in [(1_023, 32), (1_024, 64), (4_095, 128), (4_096, 256), (10_000, 512)] {
        let (summary, looks) = looked(&scenario, 1e-15, most, true);
        let Method::Exact(exact) = summary.method else { panic!("sampled") };
        assert!(exact.dimensions > 0);
        assert_eq!(exact.points, truth, "{most}");
        assert!(looks.iter().all(|&draws| draws == most), "{looks:?}");
        assert!(looks.len() <= 2, "the last at once: {looks:?}");
    }
}

/// A run that is stopped in its second look has what was drawn by then, and is looked at no more; one that is
/// stopped as soon as the second begins has the first.
#[test]
fn a_run_that_is_stopped_keeps_the_longest() {
    let scenario = even();
    for (stop_after, more) in [(FIRST + 8 * FIRST, true), (FIRST + 1, false)] {
        let (stop, done, looks) = (AtomicBool::new(false), AtomicU64::new(0), RefCell::new(Vec::new()));
        let progress = |n: u64| {
            if done.fetch_add(n, Ordering::Relaxed) + n >= stop_after {
                stop.store(true, Ordering::Relaxed);
            }
        };
        // A third of what the first look comes to.
        let goal = PrecisionGoal { half_width: 0.003_83 / 3.0, most: 64 * FIRST, together: false };
        let run = Run { threads: Some(1), ..Run::default() };
        let look = &mut |draws: u64, _: Option<&_>| looks.borrow_mut().push(draws);
        let control = Control { stop: Some(&stop), progress: Some(&progress), resume: None };
        let summary = summarize_until(&scenario, run, (goal, false), look, control).unwrap();
        assert_eq!(*looks.borrow(), [FIRST, 16 * FIRST]);
        let partial = summary.partial.unwrap();
        assert_eq!((partial.done, partial.of), (summary.run.draws, 16 * FIRST));
        assert_eq!(partial.what, PartialUnit::Draws);
        assert_eq!(partial.done > FIRST, more, "{partial:?}");
        assert!(partial.done >= FIRST && !summary.precision.unwrap().is_reached());
    }
}

/// So many of 95 % that hold together are each of 0.95 to one over their number: pairs, of which one and its
/// reverse count once where there are no ties, ranks, claims, and numbers of pairs that one group wins.
#[test]
fn intervals_that_hold_together_share_the_error() {
    for (score, ties) in [("Uniform(min: 0, max: 1)", false), ("Discrete([(0, 0.5), (1, 0.5)])", true)] {
        let scenario = one_factor(&[score; 2], &[score; 3], "");
        let order = run(&scenario, 2_000).simultaneous().order;
        let n_claims = order.claims.len();
        let mut seen = [0; 4];
        for (event, estimate) in order.estimates() {
            let (kind, number) = match event {
                Event::Before(..) => (0, if ties { 20 } else { 10 }),
                Event::Rank(..) => (1, 25),
                Event::Claim(_) => (2, n_claims),
                Event::Ahead(..) => (3, 7),
            };
            seen[kind] += 1;
            let level = 1.0 - (1.0 - LEVEL).powf(1.0 / number as f64);
            assert!((estimate.level - level).abs() < 1e-15, "{event:?}: {} for {level}", estimate.level);
        }
        assert_eq!(seen, [20, 25, n_claims, 7]);
    }
}

/// Whatever a probability is that of has a name.
#[test]
fn probabilities_are_named() {
    let scenario = one_factor(&["1", "2"], &["3"], "");
    let order = run(&scenario, 100).order;
    let claim = order.claims[0].id.clone();
    for (event, name) in [
        (Event::Before(0, 2), "x0 before y0".to_owned()),
        (Event::Rank(1, 0), "rank 1 of x1".into()),
        (Event::Claim(0), format!("the claim {claim}")),
        (Event::Ahead(0, 2), "2 of the 2 pairs having x before y".into()),
    ] {
        assert_eq!(order.name(&scenario, event), name);
    }
    let (summary, _) = looked(&even(), 0.6, 1_000, false);
    let widest = summary.precision.unwrap().widest.what;
    assert!(
        [" before ", "rank ", "the claim ", " of the 1 pairs"].iter().any(|words| widest.contains(words)),
        "{widest}"
    );
}
