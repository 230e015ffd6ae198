//! What is said besides the answer of a scenario whose answer is known: contributions, central weights,
//! correlations and gaps.

use crate::support::*;
use headstart::Control;
use headstart::analysis::{Method, central_weights, explain, integrate, point_table, summarize};
use headstart::sampler::Run;

/// A factor without weight in a world contributes nothing there, and the others what their share of the rest
/// is; whom it favours is asked where it has weight alone, and a factor of which both have the same favours neither.
#[test]
fn a_factor_contributes_where_it_has_weight() {
    let scenario = parse(
        "Scenario(title: \"t\", groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")],
         worlds: [(id: \"w\", outcomes: [(\"s\", 0.25), (\"t\", 0.75)])],
         factors: [
            (id: \"a\", weight: ByWorld(\"w\", {\"s\": Exact(0), \"t\": Exact(1)}),
             scores: [Exact(8), Exact(4)]),
            (id: \"b\", weight: Exact(3), scores: [Exact(2), Exact(3)]),
            (id: \"c\", weight: Exact(1), scores: [Exact(2), Exact(2)]),
         ])",
    );
    let why = explain(&scenario, 0, 1, Run { draws: 100, ..Run::default() }, Control::none()).unwrap();
    let truths = [0.75 * 4.0 / 5.0, -(0.25 * 3.0 / 4.0 + 0.75 * 3.0 / 5.0), 0.0];
    for ((found, truth), favours) in why.factors.iter().zip(truths).zip([1.0, 0.0, 0.0]) {
        assert!((found.mean.value - truth).abs() < 1e-12, "{found:?}, not {truth}");
        assert!((found.favours.value - favours).abs() < 1e-12, "{found:?}, not {favours}");
    }
    assert!((why.gap.value - truths.iter().sum::<f64>()).abs() < 1e-12, "{:?}", why.gap);
}

/// The probabilities of outcomes that would turn an order stand by how far they are from what is written, the
/// nearest first.
#[test]
fn the_smallest_change_of_an_outcome_stands_first() {
    let scenario = parse(
        "Scenario(title: \"t\", groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")],
         worlds: [(id: \"v\", outcomes: [(\"a\", 0.1), (\"b\", Rest)]),
                  (id: \"w\", outcomes: [(\"s\", 0.5), (\"t\", Rest)])],
         factors: [
            (id: \"f\", weight: Exact(1),
             scores: [ByWorld(\"v\", {\"a\": Exact(1), \"b\": Exact(-0.3)}), Exact(0)]),
            (id: \"g\", weight: Exact(1),
             scores: [ByWorld(\"w\", {\"s\": Exact(0.8), \"t\": Exact(-0.8)}), Exact(0)]),
            (id: \"h\", weight: Exact(1), scores: [Normal(mean: 0, sd: 1), Exact(0)]),
         ])",
    );
    let why = explain(&scenario, 0, 1, Run { draws: 50_000, ..Run::default() }, Control::none()).unwrap();
    let worlds: Vec<&str> = why.outcomes.iter().map(|turn| &turn.address[..7]).collect();
    assert_eq!(worlds, ["world.w", "world.w", "world.v", "world.v"]);
    let sizes: Vec<f64> = why.outcomes.iter().map(|turn| (turn.to - turn.from).abs()).collect();
    assert!(sizes[1] < sizes[2] - 0.01, "{sizes:?}");
}

/// Where nearly all weight is on the one factor or on the other, an area that has something of both is first
/// in no draw of a world where the others have all of one; with the mean of the weights, which is what it
/// has there, it is first, as it is in the other world.
#[test]
fn an_area_that_is_never_first_in_a_world_has_the_mean_weights_there() {
    let high = "ByWorld(\"w\", {\"s\": Exact(20), \"t\": Exact(5)})";
    let scenario = parse(&format!(
        "Scenario(title: \"t\", groups: [(id: \"g\")],
         areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"g\"), (id: \"z\", group: \"g\")],
         worlds: [(id: \"w\", outcomes: [(\"s\", 0.25), (\"t\", 0.75)])],
         factors: [
            (id: \"a\", weight: Discrete([(0.001, 0.5), (1000, 0.5)]), scores: [Exact(12), {high}, Exact(0)]),
            (id: \"b\", weight: Exact(1), scores: [Exact(12), Exact(0), {high}]),
         ])",
    ));
    let central =
        central_weights(&scenario, Run { draws: 20_000, ..Run::default() }, Control::none()).unwrap();
    // The others are first in the first world alone, with the weights that they are first with there, and
    // have no more than 5 elsewhere.
    for (one, confidence) in central.iter().zip([1.0, 0.25, 0.25]) {
        let favoured = one.favoured.as_ref().unwrap();
        assert!((favoured.confidence.value - confidence).abs() < 1e-12, "{one:?}");
        let sum: f64 = favoured.weights.iter().map(|weight| weight.value).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{one:?}");
    }
    assert_eq!(central[0].first.value, 0.75);
}

/// With one factor there is one weight, and an area is as surely first with it as without.
#[test]
fn one_factor_has_all_the_weight() {
    let scenario = one_factor(&["Normal(mean: 1, sd: 1)"], &["Exact(0)"], "");
    for draws in [0, 1, 5_000] {
        let central = central_weights(&scenario, Run { draws, ..Run::default() }, Control::none()).unwrap();
        let firsts: f64 = central.iter().map(|one| one.first.value).sum();
        assert!((firsts - 1.0).abs() < 1e-12, "{draws}: {central:?}");
        for one in central {
            let Some(favoured) = one.favoured else { continue };
            assert!((favoured.weights[0].value - 1.0).abs() < 1e-12, "{favoured:?}");
            assert!((favoured.confidence.value - one.first.value).abs() < 1e-12, "{favoured:?}");
        }
    }
}

/// Two pairs of scores are correlated, and each correlation is found again, also in a run that is longer than
/// what is looked at.
#[test]
fn a_correlation_is_that_of_its_pair() {
    let normal = "Normal(mean: 0, sd: 1)";
    let scenario = one_factor(
        &[normal; 3],
        &[normal; 2],
        "correlations: [(between: [\"score.f.x0\", \"score.f.y0\"], rank: 0.6),
         (between: [\"score.f.x1\", \"score.f.y1\"], rank: -0.3)]",
    );
    for draws in [20_000, 250_000] {
        let found = run(&scenario, draws).correlations;
        assert_eq!(found.len(), 2);
        // The error of a rank correlation of as many draws as are looked at lies about one over their root.
        let root = (draws.min(100_000) as f64).sqrt();
        for (found, truth) in found.iter().zip([0.6, -0.3]) {
            let found = found.rank.unwrap();
            assert!((found.value - truth).abs() < BOUND * found.mcse, "{draws}: {found:?}, not {truth}");
            assert!(found.mcse * root > 0.4 && found.mcse * root < 1.2, "{draws}: {found:?}");
        }
    }
}

/// Worlds make humps where they lie apart and are more probable than one in a hundred; also where there are
/// three.
#[test]
fn a_gap_of_three_worlds_has_three_humps() {
    let humps = |scores: [&str; 3], p: f64| {
        let [a, b, c] = scores;
        let scenario = one_factor(
            &["Exact(0)"],
            &[&format!("ByWorld(\"w\", {{\"a\": {a}, \"b\": {b}, \"c\": {c}}})")],
            &format!("worlds: [(id: \"w\", outcomes: [(\"a\", {p}), (\"b\", 0.5), (\"c\", Rest)])]"),
        );
        let gap = run(&scenario, 20_000).gap.unwrap();
        assert_eq!(gap.worlds.len(), 3);
        gap.humps
    };
    let far = "Normal(mean: 9, sd: 1)";
    let near = "Normal(mean: 0, sd: 1)";
    assert!(humps([far, near, near], 0.02));
    assert!(!humps([far, near, near], 0.01), "one in a hundred is not more");
    assert!(!humps([near; 3], 0.3));
    // Small ones that are small differences apart, in which the scale changes nothing.
    let [low, high] = [0.0, 0.25].map(|mean| format!("Normal(mean: {mean}, sd: 0.1)"));
    assert!(humps([&low, &low, &high], 0.3));
    assert!(!humps(["Exact(1)"; 3], 0.3), "what is certain and the same is one hump");
    assert!(humps(["Exact(1)", "Exact(1)", "Exact(2)"], 0.3));
}

/// The table has central weights where there are any, and not their means.
#[test]
fn the_table_has_central_weights() {
    let scenario = parse(
        "Scenario(title: \"t\", groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")], factors: [
         (id: \"a\", weight: Triangular(min: 0, mode: 1, max: 5), scores: [1, 2]),
         (id: \"b\", weight: Exact(3), scores: [2, 1])])",
    );
    assert_eq!(point_table(&scenario).weights, [1.0, 3.0]);
    let none = scenario.with_edits(&["weight.a = Triangular(min: 0, mode: 0, max: 6)", "drop b"]).unwrap();
    let weights = point_table(&none.scenario).weights;
    assert!((weights[0] - 2.0).abs() < 1e-12, "the mean where the central one is 0: {weights:?}");
}

/// Where the exact engine draws nothing, it has the means and the numbers of pairs too, and what these may be
/// off is its bound for each pair.
#[test]
fn what_is_integrated_has_no_error_of_sampling() {
    let [x, y] = ["Normal(mean: 1, sd: 1)", "Normal(mean: 0, sd: 1)"];
    let scenario = one_factor(&[x, x], &[y, y], "");
    let run = Run { draws: 100, ..Run::default() };
    let mut summary = summarize(&scenario, run, Control::none());
    integrate(&scenario, run, 32, &mut summary, Control::none()).unwrap();
    let Method::Exact(exact) = &summary.method else { panic!("sampled") };
    assert_eq!(exact.dimensions, 0);
    let pairs = &summary.order.pairs[0];
    let truth = 4.0 * headstart::distribution::standard_cdf(0.5_f64.sqrt());
    assert!((pairs.expected - truth).abs() < 1e-8, "{pairs:?}, not {truth}");
    assert!(exact.bound > 0.0 && (pairs.mcse - 4.0 * exact.bound).abs() < 1e-3 * exact.bound, "{pairs:?}");
    for (area, mean) in summary.areas.iter().zip([1.0, 1.0, 0.0, 0.0]) {
        assert!((area.overall.mean - mean).abs() < 1e-9, "{area:?}");
        assert!((area.overall.sd - 1.0).abs() < 1e-9 && area.mcse < 1e-9, "{area:?}");
    }
}
