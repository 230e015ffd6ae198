//! The entropy of a rank against ranks whose probabilities are known.

use crate::support::*;
use headstart::analysis::{Expected, RankingsAsked, rankings};
use headstart::model::LaidOut;
use headstart::sampler::Run;
use headstart::{Control, Scenario};

/// Runs over which a share or a mean is taken.
fn n_runs() -> u64 {
    thorough(200, 400)
}

const DRAWS: u64 = 2_000;

/// An area among others at 2, 4 and 6, whose rank is first, second, third and last with these probabilities, and those in a world of 1 %.
fn ranked(p: [f64; 4], odd: Option<[f64; 4]>) -> Scenario {
    let discrete = |p: [f64; 4]| {
        let likely = [7, 5, 3, 1].into_iter().zip(p).filter(|(_, p)| *p > 0.0);
        let values: Vec<String> = likely.map(|(x, p)| format!("({x}, {p:?})")).collect();
        format!("Discrete([{}])", values.join(", "))
    };
    let (score, worlds) = match odd {
        None => (discrete(p), ""),
        Some(odd) => (
            format!("ByWorld(\"w\", {{\"odd\": {}, \"even\": {}}})", discrete(odd), discrete(p)),
            "worlds: [(id: \"w\", outcomes: [(\"odd\", 0.01), (\"even\", 0.99)])]",
        ),
    };
    one_factor(&[&score], &["Exact(2)", "Exact(4)", "Exact(6)"], worlds)
}

fn truth(p: [f64; 4], odd: Option<[f64; 4]>) -> f64 {
    let all = (0..4).map(|rank| odd.map_or(p[rank], |odd| 0.99 * p[rank] + 0.01 * odd[rank]));
    all.filter(|p| *p > 0.0).map(|p| -p * p.log2()).sum()
}

fn entropies(scenario: &Scenario) -> Vec<Expected> {
    let scenario = LaidOut::from(scenario.clone());
    let one = |seed: u64| {
        let run = Run { seed, draws: DRAWS, threads: Some(1), ..Run::default() };
        rankings(&scenario, run, RankingsAsked { top: 1, threshold: 0.95 }, Control::none()).unwrap().areas[0]
            .entropy
    };
    (0..n_runs()).map(one).collect()
}

/// Three standard deviations of a share of the runs.
fn by_chance(p: f64) -> f64 {
    3.0 * (p * (1.0 - p) / n_runs() as f64).sqrt()
}

/// Intervals contain the entropy in as many runs as they say, and more where a rank is expected in one or two draws; and none is much
/// wider than it has to be where ranks are frequent.
#[test]
fn intervals_contain_the_entropy() {
    let frequent = [
        ([0.28, 0.26, 0.24, 0.22], None),
        ([0.7, 0.1, 0.1, 0.1], None),
        ([0.1, 0.2, 0.3, 0.4], None),
        ([0.4, 0.3, 0.2, 0.1], Some([0.1, 0.2, 0.3, 0.4])),
    ];
    // Also where no entropy can be greater, and where ranks were never seen that might be.
    let rare = [
        ([0.25, 0.25, 0.25, 0.25], None),
        ([0.5, 0.5, 0.0, 0.0], None),
        ([0.4996, 0.4996, 0.0008, 0.0], None),
        ([0.333, 0.333, 0.3335, 0.0005], Some([0.25, 0.25, 0.25, 0.25])),
        ([0.0, 0.0, 0.001, 0.999], Some([0.25, 0.25, 0.25, 0.25])),
        ([0.9999, 0.0001, 0.0, 0.0], None),
    ];
    for (n, (p, odd)) in frequent.into_iter().chain(rare).enumerate() {
        let (truth, found) = (truth(p, odd), entropies(&ranked(p, odd)));
        let held = found.iter().filter(|found| found.low <= truth && truth <= found.high).count();
        let held = held as f64 / n_runs() as f64;
        assert!(held >= 0.945 - by_chance(0.945), "{held} of {p:?} and {odd:?}");
        assert!(n >= frequent.len() || held <= 0.965 + by_chance(0.965), "{held} of {p:?} and {odd:?}");
    }
}

/// The entropy of the shares of a sample is too low by one half in a draw for each rank but the first; what is reported is not.
#[test]
fn the_entropy_has_no_bias() {
    for p in [[0.5, 0.5, 0.0, 0.0], [0.3, 0.3, 0.2, 0.2], [0.1, 0.2, 0.3, 0.4]] {
        let (truth, found) = (truth(p, None), entropies(&ranked(p, None)));
        let mean = found.iter().map(|found| found.mean).sum::<f64>() / n_runs() as f64;
        let squares = found.iter().map(|found| (found.mean - mean) * (found.mean - mean)).sum::<f64>();
        let mcse = squares.sqrt() / n_runs() as f64;
        assert!((mean - truth).abs() < BOUND * mcse, "{mean}, not {truth}, with an error of {mcse}");
    }
}

/// A rank that is the same in all draws has the entropy 0, and no more than a rank that was never seen may add.
#[test]
fn a_rank_that_was_always_the_same() {
    let found = entropies(&ranked([1.0, 0.0, 0.0, 0.0], Some([1.0, 0.0, 0.0, 0.0])));
    assert!(found.iter().all(|found| found.mean == 0.0 && found.mcse < 1e-9 && found.low == 0.0));
    // The entropy of what happens in so few draws that it is not seen in 2.5 % of runs.
    let rare = 3.7 / DRAWS as f64;
    let most = rare * (1.0 / rare).log2();
    assert!(
        found.iter().all(|found| found.high > most && found.high < 2.0 * most),
        "{:?}, not {most}",
        found[0]
    );
    let alone = parse(
        "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"x\", group: \"g\")],
         factors: [(id: \"f\", weight: 1, scores: [Normal(mean: 0, sd: 1)])])",
    );
    assert!(entropies(&alone).iter().all(|found| (found.mean, found.high) == (0.0, 0.0)));
}
