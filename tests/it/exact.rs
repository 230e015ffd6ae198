//! The exact engine: closed forms where nothing is shared, and what the sampler counts where something is.

use super::support::*;
use headstart::Scenario;
use headstart::analysis::{Summary, integrate, summarize};
use headstart::sampler::Run;

fn exactly(scenario: &Scenario, points: u64) -> Summary {
    let run = Run { instances: 1_000, ..Run::default() };
    let mut summary = summarize(scenario, run, &|_| {});
    integrate(scenario, run, points, &mut summary).unwrap();
    summary
}

#[track_caller]
fn assert_pair(x: &str, y: &str, truth: f64, within: f64) {
    let before = exactly(&one_factor(&[x], &[y], ""), 1).order.before[0][1].unwrap();
    let off = (before.probability - truth).abs();
    assert!(
        off < within,
        "{x} > {y}: {} is {off:e} from {truth}, bound {:e}",
        before.probability,
        before.high - before.probability
    );
    assert!(
        before.mcse == 0.0 && before.low <= truth && truth <= before.high,
        "{x} > {y}: {before:?} for {truth}"
    );
}

#[test]
fn pairs_of_two_scores() {
    let oracles = oracles();
    let triangular = &oracles["pairwise"]["two_triangulars"]["values"];
    for (key, value) in triangular.as_object().unwrap() {
        let (x, y) = key.split_once(" > ").unwrap();
        let written = |text: &str| {
            let n: Vec<&str> = text[4..text.len() - 1].split(", ").collect();
            format!("Triangular(min: {}, mode: {}, max: {})", n[0], n[1], n[2])
        };
        assert_pair(&written(x), &written(y), value["value"].as_f64().unwrap(), 1e-9);
    }
    assert_pair("Normal(mean: 5.5, sd: 0.35)", "Normal(mean: 5.8, sd: 0.33)", 0.266_429_369_538_681, 1e-9);
}
