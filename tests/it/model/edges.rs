//! Numbers at the edge: huge and tiny weights, scores that differ in their last digit, shapes near what a family can be, improbable worlds. Each is
//! right by a law or a closed form, or refused with a reason, and nothing prints a number that is none.

use crate::support::{assert_near, checks, first_before_second, one_factor, parse, run};
use headstart::Scenario;
use headstart::analysis::Estimate;
use statrs::distribution::{self as judge, ContinuousCDF};

const N: u64 = 100_000;

/// Holds in every format, and gives the probability that the first area is before the second.
fn first(text: &str) -> Estimate {
    checks::scenario(text);
    first_before_second(&parse(text), N)
}

fn two_areas(factors: &str) -> String {
    format!(
        "Scenario(title: \"t\", groups: [(id: \"x\"), (id: \"y\")],
         areas: [(id: \"p\", group: \"x\"), (id: \"q\", group: \"y\")], factors: [{factors}])"
    )
}

/// Equal to the last bit is a tie; one bit apart is none.
#[test]
fn the_last_bit() {
    let before = |p: f64, q: f64| {
        let text = two_areas(&format!("(id: \"f\", weight: 1, scores: [{p:e}, {q:e}])"));
        let order = run(&parse(&text), 2_000).order;
        checks::scenario(&text);
        (order.before[0][1].unwrap().probability, order.tie[0][1].unwrap())
    };
    for x in [0.3, 1.0, 1e99, 1e-99, -7.0, 12_345.678_9] {
        assert_eq!(before(x, x), (0.0, 1.0));
        assert_eq!(before(x.next_up(), x), (1.0, 0.0), "{x}");
        assert_eq!(before(x, x.next_up()), (0.0, 0.0), "{x}");
    }
    assert_eq!(before(0.1 + 0.2, 0.3), (1.0, 0.0));
    assert_eq!(before(0.0, -0.0), (0.0, 1.0));
}

/// All weights times a number, however large or small, are the same weights.
#[test]
fn weights_times_any_number_are_the_same_weights() {
    let at = |scale: f64| {
        let weights = [0.7, 1.3].map(|w| w * scale);
        let [a, b] = weights;
        first(&two_areas(&format!(
            "(id: \"f\", weight: Uniform(min: {a:e}, max: {b:e}), scores: [Uniform(min: 0, max: 3), 1]),
             (id: \"g\", weight: {b:e}, scores: [1, Uniform(min: 0, max: 2)])"
        )))
    };
    let one = at(1.0);
    for scale in [1e-95, 1e-30, 1e30, 1e95] {
        let there = at(scale);
        let both = one.mcse.hypot(there.mcse);
        assert!((there.probability - one.probability).abs() < 5.0 * both, "{scale:e}: {there:?} and {one:?}");
    }
    // A power of two changes no bit but the exponent's.
    assert_eq!(at(2f64.powi(200)).probability, at(2f64.powi(-200)).probability);
    for weight in ["1e-300", "1e300", "1e101", "5e-324"] {
        let text = two_areas(&format!("(id: \"f\", weight: {weight}, scores: [1, 2])"));
        let problems = Scenario::from_ron("edge.ron", &text).unwrap_err().render(false);
        assert!(problems.contains("too far from 1"), "{problems}");
    }
}

/// What weighs 1e190 times as much decides, and where it says nothing the other does.
#[test]
fn a_heavy_factor_decides() {
    let scores = |f: &str, g: &str| {
        first(&two_areas(&format!(
            "(id: \"f\", weight: 1e95, scores: [{f}]), (id: \"g\", weight: 1e-95, scores: [{g}])"
        )))
    };
    let apart = scores("Uniform(min: 0, max: 1), 0.25", "0, 1");
    assert_near(apart, 0.75, "the heavy one");
    let tied = scores("0, 0", "Uniform(min: 0, max: 1), 0.25");
    assert_near(tied, 0.75, "the light one");
}

/// P(X > c) of families at the ends of their parameters, by statrs or a closed form.
#[test]
fn extreme_shapes_have_the_probabilities_of_another_library() {
    let above = |dist: &str, c: f64| {
        first(&two_areas(&format!("(id: \"f\", weight: 1, scores: [{dist}, Exact({c:e})])")))
    };
    let beta = |a: f64, b: f64| judge::Beta::new(a, b).unwrap();
    let gamma = |shape: f64, scale: f64| judge::Gamma::new(shape, 1.0 / scale).unwrap();
    let t = |df: f64| judge::StudentsT::new(0.0, 1.0, df).unwrap();
    for (dist, c, truth) in [
        ("Beta(alpha: 0.05, beta: 0.05)", 0.5, 0.5),
        ("Beta(alpha: 0.05, beta: 2)", 1e-6, beta(0.05, 2.0).sf(1e-6)),
        ("Beta(alpha: 100000, beta: 100000)", 0.501, beta(1e5, 1e5).sf(0.501)),
        ("Beta(alpha: 1, beta: 100000)", 1e-5, (1.0 - 1e-5f64).powi(100_000)),
        ("Pert(min: 0, mode: 0.5, max: 1, shape: 99999)", 0.5, 0.5),
        ("Pert(min: 0, mode: 0, max: 1, shape: 0.001)", 0.5, beta(1.0, 1.001).sf(0.5)),
        ("Gamma(shape: 0.05, scale: 1)", 1e-3, gamma(0.05, 1.0).sf(1e-3)),
        ("Gamma(shape: 100000, scale: 1)", 100_200.0, gamma(1e5, 1.0).sf(100_200.0)),
        ("Gamma(shape: 2, scale: 1e90)", 2e90, gamma(2.0, 1.0).sf(2.0)),
        ("StudentT(location: 0, scale: 1, df: 2.01)", 3.0, t(2.01).sf(3.0)),
        ("StudentT(location: 0, scale: 1, df: 199999)", 1.0, t(199_999.0).sf(1.0)),
        ("LogNormal(mu: 0, sigma: 15)", 1.0, 0.5),
        ("LogitNormal(mu: 0, sigma: 30)", 0.5, 0.5),
        ("Exponential(rate: 1e90)", 1e-90, (-1f64).exp()),
        ("Exponential(rate: 1e-90)", 1e90, (-1f64).exp()),
        ("Triangular(min: 0, mode: 0, max: 1e99)", 5e98, 0.25),
        ("Triangular(min: 1, mode: 1, max: 1.0000001)", 1.000_000_05, 0.25),
        ("Uniform(min: -1e99, max: 1e99)", 0.0, 0.5),
        ("Normal(mean: 1e6, sd: 1e-6)", 1e6, 0.5),
        ("Discrete([(0, 0.999999), (1, 0.000001)])", 0.5, 1e-6),
        ("Samples([-1e99, 1e99])", 0.0, 0.5),
        ("Truncated(of: Normal(mean: 0, sd: 1), min: 4)", 4.0, 1.0),
        ("Mixture([(0.000001, Exact(5)), (0.999999, Exact(1))])", 2.0, 1e-6),
    ] {
        assert_near(above(dist, c), truth, dist);
    }
    for (dist, why) in [
        ("Beta(alpha: 0.001, beta: 1)", "must lie between 0.05"),
        ("StudentT(location: 0, scale: 1, df: 0.1)", "must lie between 2.01"),
        ("Pert(min: 0, mode: 1, max: 2, shape: 1e12)", "must lie between 0 and 99999"),
        ("LogNormal(mu: 0, sigma: 20)", "more than 15.1658"),
        ("LogNormal(mu: 500, sigma: 1)", "too large to compute with"),
        ("Gamma(shape: 1e9, scale: 1)", "must lie between"),
        ("Truncated(of: Normal(mean: 0, sd: 1), min: 40)", "of the distribution lies between the bounds"),
        ("Normal(mean: 0, sd: 1e-320)", "too far from 1"),
    ] {
        let text = two_areas(&format!("(id: \"f\", weight: 1, scores: [{dist}, 1])"));
        let problems = Scenario::from_ron("edge.ron", &text).unwrap_err().render(false);
        assert!(problems.contains(why), "{dist}: {problems}");
    }
}

/// A world as improbable as 1e-12 counts for that much, and one of probability 0 for nothing.
#[test]
fn a_world_counts_for_its_probability_however_small() {
    for rare in [1e-12, 1e-9, 0.0] {
        let text = format!(
            "Scenario(title: \"t\", groups: [(id: \"x\"), (id: \"y\")],
             areas: [(id: \"p\", group: \"x\"), (id: \"q\", group: \"y\")],
             worlds: [(id: \"w\", outcomes: [(\"usual\", Rest), (\"rare\", {rare:e})])],
             factors: [(id: \"f\", weight: 1, scores: [ByWorld(\"w\", {{\"usual\": 1, \"rare\": 3}}), 2])])"
        );
        let summary = run(&parse(&text), N);
        let [up, down] = [(0, 1), (1, 0)].map(|(i, j): (usize, usize)| summary.order.before[i][j].unwrap());
        assert!((up.probability - rare).abs() <= 1e-12 * rare, "{up:?}");
        assert!((down.probability - (1.0 - rare)).abs() < 1e-15, "{down:?}");
        checks::scenario(&text);
    }
}

#[test]
fn one_of_everything_and_nothing_but_ties() {
    let alone = "Scenario(title: \"t\", groups: [(id: \"x\")], areas: [(id: \"p\", group: \"x\")],
        factors: [(id: \"f\", weight: 1, scores: [Uniform(min: 0, max: 1)])])";
    checks::scenario(alone);
    let summary = run(&parse(alone), 2_000);
    assert_eq!(summary.order.ranks[0][0].probability, 1.0);
    assert!((summary.areas[0].overall.mean - 0.5).abs() < 5.0 * summary.areas[0].mcse);

    let tied = one_factor(&["2", "2", "2"], &["2"], "");
    let order = run(&tied, 2_000).order;
    checks::answered(&tied);
    for i in 0..4 {
        for j in (0..4).filter(|&j| j != i) {
            assert_eq!((order.before[i][j].unwrap().probability, order.tie[i][j]), (0.0, Some(1.0)));
        }
        assert_eq!(order.ranks[i][0].probability, 1.0, "no area is before another");
    }
}

/// Fifty areas that are alike: each has each rank with 1/50, and is before each other with 1/2.
#[test]
fn fifty_areas_alike_share_all_ranks() {
    let same = ["Normal(mean: 0, sd: 1)"; 25];
    let order = run(&one_factor(&same, &same, ""), N).order;
    checks::holds(&run(&one_factor(&same, &same, ""), 3_000));
    for (i, ranks) in order.ranks.iter().enumerate() {
        for rank in ranks {
            assert_near(*rank, 1.0 / 50.0, &format!("a rank of {i}"));
        }
        for estimate in order.before[i].iter().flatten() {
            assert_near(*estimate, 0.5, &format!("{i} before another"));
        }
    }
}
