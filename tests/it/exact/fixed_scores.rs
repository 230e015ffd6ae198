//! Fixed scores under uncertain weights: probabilities of pairs and group means by the exact engine, against closed forms, other
//! algorithms, and what the sampler counts.

use crate::support::*;
use headstart::analysis::{Estimate, Summary, integrate, summarize};
use headstart::distribution::{Beta, standard_cdf};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

/// A scenario of two areas, of which each factor has a weight (nothing where a weight distribution makes them) and two scores.
fn two_areas(factors: &[(&str, f64, f64)], rest: &str) -> Scenario {
    let factor = |(k, (weight, x, y)): (usize, &(&str, f64, f64))| {
        let weight = if weight.is_empty() { String::new() } else { format!("weight: {weight}, ") };
        format!("(id: \"f{k}\", {weight}scores: [Exact({x:?}), Exact({y:?})])")
    };
    let factors: Vec<String> = factors.iter().enumerate().map(factor).collect();
    parse(&format!(
        "Scenario(title: \"t\", groups: [(id: \"g\"), (id: \"h\")], areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")],
         factors: [{}], {rest})",
        factors.join(", ")
    ))
}

/// Score differences under a distribution of all weights.
fn differences(d: &[f64], rest: &str) -> Scenario {
    let factors: Vec<(&str, f64, f64)> = d.iter().map(|&d| ("", d, 0.0)).collect();
    two_areas(&factors, rest)
}

/// Score differences under weights of their own.
fn weighted(factors: &[(&str, f64)]) -> Scenario {
    let factors: Vec<(&str, f64, f64)> = factors.iter().map(|&(weight, d)| (weight, d, 0.0)).collect();
    two_areas(&factors, "")
}

fn dirichlet(shapes: &[f64], d: &[f64]) -> Scenario {
    let shapes: Vec<String> = shapes.iter().map(|shape| format!("{shape:?}")).collect();
    let factors: Vec<(&str, f64, f64)> =
        shapes.iter().zip(d).map(|(shape, &d)| (shape.as_str(), d, 0.0)).collect();
    let total: f64 = shapes.iter().map(|shape| shape.parse::<f64>().unwrap()).sum();
    two_areas(&factors, &format!("weights: Dirichlet(concentration: {total:?})"))
}

fn exactly(scenario: &Scenario) -> Summary {
    let run = Run { draws: 1_000, ..Run::default() };
    let mut summary = summarize(scenario, run, Control::none());
    integrate(scenario, run, 2, &mut summary, Control::none()).unwrap();
    summary
}

/// No points: the interval is the bound alone, and the truth, which is as exact as `within`, is in it.
#[track_caller]
fn assert_closed(estimate: Estimate, truth: f64, within: f64, what: &str) {
    assert!(estimate.is_integrated() && estimate.mcse == 0.0, "{what}: {estimate:?}");
    assert!(estimate.half_width() <= within, "{what}: {estimate:?} is wider than {within:e}");
    let (low, high) = (estimate.low - within, estimate.high + within);
    assert!(low <= truth && truth <= high, "{what}: {estimate:?} for {truth}");
}

#[track_caller]
fn assert_pair(scenario: &Scenario, before: f64, within: f64, what: &str) {
    let order = exactly(scenario).order;
    assert_closed(order.before[0][1].unwrap(), before, within, what);
    assert_closed(order.before[1][0].unwrap(), 1.0 - before, within, what);
    assert_eq!(order.tie[0][1], Some(0.0), "{what}");
}

#[track_caller]
fn assert_tied(scenario: &Scenario, before: f64, after: f64, what: &str) {
    let order = exactly(scenario).order;
    assert_closed(order.before[0][1].unwrap(), before, 1e-12, what);
    assert_closed(order.before[1][0].unwrap(), after, 1e-12, what);
    let tie = order.tie[0][1].unwrap();
    assert!((tie - (1.0 - before - after)).abs() < 1e-12, "{what}: ties in {tie}");
}

/// Numbers that are the same on every machine, without a pattern.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// The formula whose terms cancel, and how far rounding may move it. Source: method of partial fractions; distinct values only.
fn partial_fractions(d: &[f64]) -> (f64, f64) {
    let power = d.len() as i32 - 1;
    let term = |k: usize| {
        let others = d.iter().enumerate().filter(|(l, _)| *l != k).map(|(_, x)| d[k] - x);
        d[k].powi(power) / others.product::<f64>()
    };
    let terms: Vec<f64> = (0..d.len()).filter(|&k| d[k] > 0.0).map(term).collect();
    (terms.iter().sum(), terms.iter().map(|term| term.abs()).sum::<f64>() * 1e-14)
}

/// Distinct whole numbers, apart from zero.
fn distinct(numbers: &mut Numbers, n: usize) -> Vec<f64> {
    let mut d: Vec<f64> = Vec::new();
    while d.len() < n {
        let next = numbers.next(61) as f64 - 30.0;
        if next != 0.0 && !d.contains(&next) {
            d.push(next);
        }
    }
    d
}

#[test]
fn simplex_weights_agree_with_partial_fractions() {
    let mut numbers = Numbers(1);
    for case in 0..60 {
        let d = distinct(&mut numbers, 2 + case % 7);
        let (truth, rounding) = partial_fractions(&d);
        let found = exactly(&differences(&d, "weights: Simplex")).order.before[0][1].unwrap();
        assert_closed(found, found.probability, 1e-12, "it is closed");
        assert!((found.probability - truth).abs() < 1e-12 + rounding, "{d:?}: {found:?} for {truth}");
    }
    for (id, within) in [("W1", 1e-12), ("W4", 1e-12)] {
        let d = if id == "W1" { vec![1.0, -1.0, 1.0] } else { vec![0.6, -0.2, 0.1, -0.35, 0.05] };
        let truth = case(id)[if id == "W1" { "P_A_before_B" } else { "P" }].as_f64().unwrap();
        assert_pair(&differences(&d, "weights: Simplex"), truth, within, id);
    }
}

/// The number of heads among so many coins that come up with probability `p` is at least `least`.
fn heads(n: usize, p: f64, least: usize) -> f64 {
    let mut probabilities = vec![1.0];
    for _ in 0..n {
        let mut next = vec![0.0; probabilities.len() + 1];
        for (k, q) in probabilities.iter().enumerate() {
            next[k] += q * (1.0 - p);
            next[k + 1] += q * p;
        }
        probabilities = next;
    }
    probabilities[least..].iter().sum()
}

/// Where differences are equal, or nearly so, partial fractions divide by nothing. Two sums of alike exponential numbers race as two runs of
/// a coin do.
#[test]
fn near_equal_differences_are_stable() {
    for (n_ahead, n_behind, ahead, behind) in
        [(1, 1, 2.0, 1.0), (6, 5, 1.0, 1.0), (3, 8, 2.0, 0.7), (20, 13, 0.3, 0.5)]
    {
        let truth = heads(n_ahead + n_behind - 1, ahead / (ahead + behind), n_behind);
        for apart in [0.0, 1e-13, 1e-10, 1e-6] {
            let mut d: Vec<f64> = (0..n_ahead).map(|k| ahead * (1.0 + apart * k as f64)).collect();
            d.extend((0..n_behind).map(|k| -behind * (1.0 + apart * k as f64)));
            let found = exactly(&differences(&d, "weights: Simplex")).order.before[0][1].unwrap();
            // A factor that moves all coefficients of one side moves the probability by its logarithm times their number, at most.
            let moved = apart * 20.0 * 33.0;
            assert!(
                (found.probability - truth).abs() < 1e-13 + moved,
                "{n_ahead} and {n_behind}: {found:?} for {truth}"
            );
            assert!(found.half_width() < 1e-12, "{found:?}");
        }
    }
}

/// Ranked and Bounded are Simplex in other coordinates, where the running means and the shares are what counts.
#[test]
fn ranked_and_bounded_weights_agree_with_partial_fractions() {
    let all = "\"f0\", \"f1\", \"f2\", \"f3\", \"f4\"";
    let of = |id: &str| case(id)["P"].as_f64().unwrap();
    let chain = [-0.2, 0.1, 0.6, 0.05, -0.35];
    let bounds = "{\"f0\": 0.1, \"f1\": 0.05, \"f2\": 0.05, \"f3\": 0.1}";
    let d = [0.6, -0.2, 0.1, -0.35, 0.05];
    assert_pair(&differences(&chain, &format!("weights: Ranked([{all}])")), of("W5"), 1e-12, "W5");
    assert_pair(&differences(&d, &format!("weights: Bounded({bounds})")), of("W6"), 1e-12, "W6");
    // The same sets of weights as polytopes, cut into simplices.
    let order = "weights: Constrained([Order([\"f0\", \"f1\", \"f2\"]), Order([\"f2\", \"f3\", \"f4\"])])";
    assert_pair(&differences(&chain, order), of("W5"), 1e-10, "W5 as a polytope");
    let least = "weights: Constrained([AtLeast(\"f0\", 0.1), AtLeast(\"f1\", 0.05), AtLeast(\"f2\", 0.05), AtLeast(\"f3\", 0.1)])";
    assert_pair(&differences(&d, least), of("W6"), 1e-10, "W6 as a polytope");
    let mut numbers = Numbers(2);
    for n in [2, 3, 6, 9] {
        let d = distinct(&mut numbers, n);
        let means: Vec<f64> = (1..=n).map(|m| d[..m].iter().sum::<f64>() / m as f64).collect();
        let names: Vec<String> = (0..n).map(|k| format!("\"f{k}\"")).collect();
        let is_distinct = (0..n).all(|k| (0..k).all(|l| (means[k] - means[l]).abs() > 0.05));
        let (truth, rounding) = partial_fractions(&means);
        if is_distinct && rounding < 1e-11 {
            let scenario = differences(&d, &format!("weights: Ranked([{}])", names.join(", ")));
            let found = exactly(&scenario).order.before[0][1].unwrap();
            assert!((found.probability - truth).abs() < 1e-11 + rounding, "{d:?}: {found:?} for {truth}");
        }
    }
}

/// Polytopes whose shares are known by hand, and polytopes against the simplices that they are parts of.
#[test]
fn constrained_weights_agree_with_areas_and_lengths() {
    // The first weight is uniform on 0.3..0.9, and the areas are even at 0.5.
    let between = "weights: Constrained([AtLeast(\"f0\", 0.3), AtMost(\"f0\", 0.9)])";
    assert_pair(&differences(&[-1.0, 1.0], between), case("W11")["P"].as_f64().unwrap(), 1e-12, "W11");
    // Of three weights the first is at most a half: a trapezium of 3/4, of which the triangle with w1 > w0 + w2 is 1/4.
    let most = "weights: Constrained([AtMost(\"f0\", 0.5)])";
    assert_pair(&differences(&[-1.0, 1.0, -1.0], most), 1.0 / 3.0, 1e-12, "a trapezium");
    // The whole is the sum of its parts: any set of weights and its complement.
    let mut numbers = Numbers(3);
    for n in [3, 5, 8] {
        let d = distinct(&mut numbers, n);
        let part = |constraint: &str| {
            let scenario = differences(&d, &format!("weights: Constrained([{constraint}])"));
            exactly(&scenario).order.before[0][1].unwrap().probability
        };
        // P(w0 >= s) = (1 - s)^(n - 1).
        let share = 0.8_f64.powi(n as i32 - 1);
        let parts = share * part("AtLeast(\"f0\", 0.2)") + (1.0 - share) * part("AtMost(\"f0\", 0.2)");
        let whole = exactly(&differences(&d, "weights: Simplex")).order.before[0][1].unwrap().probability;
        assert!((parts - whole).abs() < 1e-10, "{d:?}: {parts} for {whole}");
    }
}

/// What ties on paper ties, though it may not in binary numbers.
#[test]
fn ties_come_out_as_ties() {
    for law in
        ["Simplex", "Dirichlet(concentration: 7.3)", "Ranked([\"f0\", \"f1\"])", "Bounded({\"f0\": 0.1})"]
    {
        let weight = if law.starts_with("Dirichlet") { "weight: 3, " } else { "" };
        // Means of 0.1 and 0.2, and of 0.3 and 0; in binary numbers 0.1 + 0.2 is more than 0.3.
        let scenario = parse(&format!(
            "Scenario(title: \"t\", groups: [(id: \"g\"), (id: \"h\")],
             areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"g\"), (id: \"c\", group: \"h\"), (id: \"d\", group: \"h\"), (id: \"e\", group: \"h\")],
             weights: {law},
             factors: [(id: \"f0\", {weight}scores: [0.1, 0.2, 0.3, 0, 0.15]), (id: \"f1\", {weight}scores: [0.7, 0.1, 0.4, 0.6, 0.2])])"
        ));
        let summary = exactly(&scenario);
        for id in ["mean(g)<mean(h)", "mean(h)<mean(g)"] {
            let Some(mean) = summary.order.claims.iter().find(|claim| claim.id == id) else { continue };
            assert_eq!((mean.estimate.probability, mean.tie), (0.0, 1.0), "{law}: {id}");
            assert!(mean.estimate.is_integrated());
        }
    }
    assert_tied(&differences(&[0.0, 0.0, 0.0], "weights: Simplex"), 0.0, 0.0, "no difference");
    // Half of the one is the other: the running means are 0.2 and 0, and the shares cancel.
    assert_pair(&differences(&[0.2, -0.2], "weights: Ranked([\"f0\", \"f1\"])"), 1.0, 1e-12, "running means");
    let one_point = "weights: Constrained([AtLeast(\"f0\", 0.25), AtMost(\"f0\", 0.25)])";
    assert_tied(&differences(&[0.3, -0.1], one_point), 0.0, 0.0, "a polytope of one point");
    let prefer = "weights: Constrained([Prefer(\"x\", \"y\"), Prefer(\"y\", \"x\")])";
    assert_tied(
        &differences(&[0.3, -0.1, 0.7, -0.45], prefer),
        0.0,
        0.0,
        "a polytope on which the two are even",
    );
    assert_pair(&differences(&[1.0, 0.0, 2.0], "weights: Simplex"), 1.0, 1e-12, "never behind");
    assert_pair(&differences(&[-1.0, 0.0, -2.0], "weights: Simplex"), 0.0, 1e-12, "never ahead");
}

/// Gamma numbers with two coefficients: their shares are a beta distribution. And the table of references.
#[test]
fn dirichlet_weights_agree_with_beta_distributions() {
    for (ahead, behind, p, q) in [
        (vec![8.0], vec![2.0], 1.0, 1.0),
        (vec![0.05], vec![0.06], 1.0, 3.0),
        (vec![0.3, 0.45], vec![0.7], 2.0, 1.0),
        (vec![0.5, 0.5, 0.25], vec![0.75, 0.9], 0.01, 3.0),
        (vec![1.5, 2.5], vec![7.25], 5.0, 2.0),
        (vec![300.5, 120.25], vec![400.0, 11.0], 1.0, 1.02),
    ] {
        let (a, b) = (ahead.iter().sum::<f64>(), behind.iter().sum::<f64>());
        let truth = Beta::new(a, b, 0.0, 1.0).unwrap().survival(q / (p + q));
        let d: Vec<f64> = ahead.iter().map(|_| p).chain(behind.iter().map(|_| -q)).collect();
        let shapes: Vec<f64> = ahead.iter().chain(&behind).copied().collect();
        // The incomplete beta function is within 1e-9 for shapes of thousands, and far better below.
        assert_pair(&dirichlet(&shapes, &d), truth, 1e-9, &format!("{shapes:?} times {d:?}"));
    }
    assert_pair(&dirichlet(&[8.0, 2.0], &[1.0, -1.0]), case("W8")["P"].as_f64().unwrap(), 1e-11, "W8");
    let numbers = |text: &str| -> Vec<f64> {
        text.split(['[', ']', ',']).filter_map(|number| number.trim().parse().ok()).collect()
    };
    let oracles = oracles();
    let cases = oracles["weights"]["dirichlet_general_fixed_scores"]["values"].as_object().unwrap();
    for (key, truth) in cases {
        let (shapes, d) = key.split_once("],").unwrap();
        let found = exactly(&dirichlet(&numbers(shapes), &numbers(d))).order.before[0][1].unwrap();
        // The references have eleven digits.
        assert!((found.probability - truth.as_f64().unwrap()).abs() < 1e-11, "{key}: {found:?}");
        assert!(found.half_width() < 1e-10, "{key}: {found:?}");
    }
}

/// Whole shapes race, and shapes that are not whole are integrated: just beside a whole shape both agree.
#[test]
fn dirichlet_weights_are_continuous_in_their_shapes() {
    let mut numbers = Numbers(4);
    for n in [3, 5, 8, 11] {
        let d = distinct(&mut numbers, n);
        let shapes: Vec<f64> = (0..n).map(|_| 1.0 + numbers.next(3) as f64).collect();
        let beside: Vec<f64> = shapes.iter().map(|shape| shape * (1.0 + 1e-11)).collect();
        let [whole, beside] =
            [shapes, beside].map(|shapes| exactly(&dirichlet(&shapes, &d)).order.before[0][1].unwrap());
        assert!((whole.probability - beside.probability).abs() < 1e-9, "{d:?}: {whole:?}, {beside:?}");
        assert!(whole.half_width().max(beside.half_width()) < 1e-9);
    }
}

/// The share of a cube below a plane, by inclusion and exclusion. Source: Barrow and Smith, Spline notation applied to a volume
/// problem, Amer. Math. Monthly 86 (1979).
fn cube_above(d: &[f64], constant: f64) -> f64 {
    let n = d.len();
    let scale: f64 = (1..=n).map(|k| k as f64).product::<f64>() * d.iter().map(|d| d.abs()).product::<f64>();
    // Negative coefficients count from the other side of the cube.
    let start = constant + d.iter().filter(|d| **d < 0.0).sum::<f64>();
    let below: f64 = (0..1_u32 << n)
        .map(|set| {
            let of_set = d.iter().enumerate().filter(|(k, _)| set >> k & 1 == 1);
            let rest = -start - of_set.map(|(_, d)| d.abs()).sum::<f64>();
            let sign = if set.count_ones() % 2 == 0 { 1.0 } else { -1.0 };
            sign * rest.max(0.0).powi(n as i32)
        })
        .sum();
    1.0 - below / scale
}

#[test]
fn uniform_weights_agree_with_cuts_of_a_cube() {
    let uniform = "Uniform(min: 0, max: 1)";
    assert_pair(&weighted(&[(uniform, 2.0), (uniform, -1.0)]), 0.75, 1e-9, "two");
    assert_pair(&weighted(&[(uniform, 2.0), ("0.5", -1.0)]), 0.75, 1e-12, "one and a certain weight");
    for d in [
        vec![1.0, 1.0, -1.0],
        vec![3.0, -1.0, -1.5],
        vec![1.0, 2.0, -1.5, -0.75],
        vec![1.0, -1.0, 0.5, -0.25, 2.0],
        vec![1.0, 1.0, 1.0, -1.0, -1.0, -1.25],
    ] {
        for constant in [0.0, 0.3, -0.4] {
            let mut factors: Vec<(&str, f64)> = d.iter().map(|&d| (uniform, d)).collect();
            factors.push(("0.1", 10.0 * constant));
            assert_pair(&weighted(&factors), cube_above(&d, constant), 1e-8, &format!("{d:?} + {constant}"));
        }
    }
}

/// Weights of other families, alone, by two, and more.
#[test]
fn independent_weights_agree_with_closed_forms() {
    let exponential = |mean: f64| format!("Exponential(rate: {})", 1.0 / mean);
    let race = weighted(&[(&exponential(1.0), 2.0), (&exponential(0.5), 3.0), (&exponential(4.0), -1.0)]);
    assert_pair(&race, partial_fractions(&[2.0, 1.5, -4.0]).0, 1e-12, "exponential weights");
    let later = weighted(&[(&exponential(1.0), 2.0), (&exponential(0.5), -4.0), ("1", -1.0)]);
    assert_pair(&later, (-0.5_f64).exp() / 2.0, 1e-12, "exponential weights, and one that is certain");
    let log_normal = |mu: f64, sigma: f64| format!("LogNormal(mu: {mu}, sigma: {sigma})");
    let two = weighted(&[(&log_normal(0.2, 0.5), 1.0), (&log_normal(0.0, 0.3), -2.0)]);
    let truth = standard_cdf((0.2 - 2.0_f64.ln()) / 0.34_f64.sqrt());
    assert_pair(&two, truth, 1e-8, "two log-normal weights");
    let oracles = oracles();
    for (key, truth) in oracles["pairwise"]["two_betas"]["values"].as_object().unwrap() {
        let (x, y) = key.split_once(" > ").unwrap();
        let [x, y] = [x, y].map(|text| {
            let (a, b) = text[5..text.len() - 1].split_once(',').unwrap();
            format!("Beta(alpha: {a}, beta: {b})")
        });
        assert_pair(&weighted(&[(&x, 1.0), (&y, -1.0)]), truth.as_f64().unwrap(), 1e-8, key);
    }
    let known = oracles["weights"]["two_triangular_weights_fixed_scores"]["values"].as_object().unwrap();
    let triangular =
        |ends: [f64; 3]| format!("Triangular(min: {}, mode: {}, max: {})", ends[0], ends[1], ends[2]);
    let (one, other) = (triangular([0.5, 1.0, 1.5]), triangular([1.25, 2.5, 3.75]));
    for (key, factors) in [
        ("w1~Tri(0.5, 1, 1.5), w2~Tri(1.25, 2.5, 3.75), delta=(2,-1)", [(&*one, 2.0), (&*other, -1.0)]),
        ("w1~Tri(0.5, 1, 1.5), w2~Tri(0.5, 1, 1.5), delta=(1,-1.2)", [(&*one, 1.0), (&*one, -1.2)]),
    ] {
        assert_pair(&weighted(&factors), known[key].as_f64().unwrap(), 1e-9, key);
    }
    // Heaped up at both ends, where no series converges; alike, so that either is as likely.
    let heaped = "Beta(alpha: 0.2, beta: 0.3)";
    assert_pair(&weighted(&[(heaped, 1.0), (heaped, -1.0)]), 0.5, 1e-8, "two heaped weights");
}

/// All values of discrete weights gone through, with ties of decimal numbers.
#[test]
fn discrete_weights_agree_with_all_their_values() {
    let die = "Samples([1, 2, 3, 4, 5, 6])";
    assert_tied(&weighted(&[(die, 1.0), (die, -1.0)]), 15.0 / 36.0, 15.0 / 36.0, "two dice");
    let tenths = "Discrete([(0.1, 0.5), (0.2, 0.25), (0.3, 0.25)])";
    // 0.1 + 0.2 = 0.3 in decimals alone.
    let (mut before, mut after) = (0.0, 0.0);
    let values = [(1, 0.5), (2, 0.25), (3, 0.25)];
    for (x, p) in values {
        for (y, q) in values {
            for (z, r) in values {
                let gap = x + y - z;
                before += p * q * r * f64::from(u8::from(gap > 0));
                after += p * q * r * f64::from(u8::from(gap < 0));
            }
        }
    }
    assert_tied(&weighted(&[(tenths, 1.0), (tenths, 1.0), (tenths, -1.0)]), before, after, "tenths");
    // So many values that only halves of them are listed: the sums of fourteen coins.
    let coin = "Discrete([(1, 0.5), (2, 0.5)])";
    let coins: Vec<(&str, f64)> = (0..14).map(|k| (coin, if k % 2 == 0 { 1.0 } else { -1.0 })).collect();
    let even = heads(14, 0.5, 7) - heads(14, 0.5, 8);
    assert_tied(&weighted(&coins), (1.0 - even) / 2.0, (1.0 - even) / 2.0, "fourteen coins");
    // With a density beside it nothing ties: P(U > die / 6) over six sides.
    let uniform = "Uniform(min: 0, max: 1)";
    let truth = (1..=6).map(|side| 1.0 - f64::from(side) / 6.0).sum::<f64>() / 6.0;
    assert_pair(&weighted(&[(uniform, 6.0), (die, -1.0)]), truth, 1e-9, "a die against a uniform weight");
}

/// Each world alone, then weighted.
#[test]
fn worlds_are_weighted_after_each_is_exact() {
    let scenario = parse(
        "Scenario(title: \"t\", groups: [(id: \"g\"), (id: \"h\")], areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")],
         worlds: [(id: \"w\", outcomes: [(\"one\", 0.3), (\"other\", 0.7)])],
         weights: Simplex,
         factors: [(id: \"f\", scores: [ByWorld(\"w\", {\"one\": 2, \"other\": 0}), 0]), (id: \"g\", scores: [0, 1])])",
    );
    let order = exactly(&scenario).order;
    assert_closed(order.before[0][1].unwrap(), 0.3 * 2.0 / 3.0, 1e-12, "worlds");
    assert_closed(order.before[1][0].unwrap(), 0.3 / 3.0 + 0.7, 1e-12, "worlds");
}

/// Value functions, discounts, groups of several areas and scores that cancel: what the sampler counts.
#[test]
fn whole_scenarios_agree_with_the_sampler() {
    let laws = [
        "weights: Simplex,",
        "weights: Ranked([\"c\", \"a\", \"d\", \"b\"]),",
        "weights: Bounded({\"a\": 0.1, \"d\": 0.2}),",
        "weights: Dirichlet(concentration: 6.5),",
        "weights: Constrained([AtMost(\"a\", 0.5), Ratio(of: \"b\", to: \"c\", min: 0.5, max: 4), Prefer(\"p\", \"s\")]),",
        "weights: Independent,",
    ];
    for law in laws {
        let weights = match law.split(['(', ' ', ',']).nth(1).unwrap() {
            "Dirichlet" => ["weight: 1, ", "weight: 2, ", "weight: 0.5, ", "weight: 3, "],
            "Independent" => [
                "weight: Triangular(min: 0.5, mode: 1, max: 3), ",
                "weight: Uniform(min: 0.5, max: 2.5), ",
                "weight: Ref(\"i\"), ",
                "weight: Pert(min: 1, mode: 2, max: 5), ",
            ],
            _ => [""; 4],
        };
        let inputs = if law.contains("Independent") {
            "inputs: [(id: \"i\", value: Gamma(shape: 2.5, scale: 0.5))],"
        } else {
            ""
        };
        let scenario = parse(&format!(
            "Scenario(title: \"t\", scale: (min: 1, max: 9), groups: [(id: \"g\"), (id: \"h\")],
             areas: [(id: \"p\", group: \"g\"), (id: \"q\", group: \"g\"), (id: \"r\", group: \"h\"), (id: \"s\", group: \"h\"), (id: \"t\", group: \"h\")],
             {law} {inputs}
             discounts: [(id: \"v\", of: \"{{q,s}}\", by: Exact(0.9))],
             factors: [
               (id: \"a\", {}scores: [Exact(7), Exact(3.5), Exact(5), Exact(6.25), Exact(2)]),
               (id: \"b\", {}scores: [Exact(4), Exact(8), Exact(6.5), Exact(2.5), Exact(5)]),
               (id: \"c\", {}value: Linear(worst: 9, best: 1), scores: [Exact(2), Exact(5.5), Exact(3), Exact(6), Exact(7)]),
               (id: \"d\", {}scores: [Exact(5.25), Exact(4), Exact(6), Exact(7), Exact(6.5)]),
             ])",
            weights[0], weights[1], weights[2], weights[3]
        ));
        let (sampled, exact) = (run(&scenario, 400_000), exactly(&scenario));
        for i in 0..5 {
            for j in (0..5).filter(|&j| j != i) {
                let (counted, found) =
                    (sampled.order.before[i][j].unwrap(), exact.order.before[i][j].unwrap());
                assert_closed(found, found.probability, 1e-7, law);
                assert_near(counted, found.probability, &format!("{law} {i} before {j}"));
            }
        }
        for id in ["mean(g)<mean(h)", "mean(h)<mean(g)"] {
            let Some(found) = exact.order.claims.iter().find(|claim| claim.id == id) else { continue };
            assert_closed(found.estimate, found.estimate.probability, 1e-7, id);
            assert_near(claim(&sampled, id), found.estimate.probability, &format!("{law} {id}"));
        }
    }
}

/// Thirty-five areas by eleven factors: all pairs add up, and none needs a point.
#[test]
fn many_areas_agree_with_their_mirror() {
    let mut numbers = Numbers(5);
    let areas: Vec<String> = (0..35).map(|i| format!("(id: \"a{i}\", group: \"g\")")).collect();
    let rows: Vec<Vec<f64>> =
        (0..11).map(|_| (0..35).map(|_| numbers.next(91) as f64 / 10.0 + 1.0).collect()).collect();
    let scenario = |sign: f64| {
        let factor = |(k, row): (usize, &Vec<f64>)| {
            let scores: Vec<String> = row.iter().map(|x| format!("Exact({:?})", sign * x)).collect();
            format!("(id: \"f{k}\", scores: [{}])", scores.join(", "))
        };
        let factors: Vec<String> = rows.iter().enumerate().map(factor).collect();
        parse(&format!(
            "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [{}], weights: Simplex, factors: [{}])",
            areas.join(", "),
            factors.join(", ")
        ))
    };
    let [one, mirror] = [1.0, -1.0].map(|sign| exactly(&scenario(sign)).order);
    for i in 0..35 {
        for j in (0..35).filter(|&j| j != i) {
            let (before, mirrored) = (one.before[i][j].unwrap(), mirror.before[j][i].unwrap());
            assert_closed(before, mirrored.probability, 1e-12, &format!("{i} before {j}"));
        }
    }
}

/// The mean of a smooth function over a range, by Simpson's rule.
fn mean(low: f64, high: f64, of: impl Fn(f64) -> f64) -> f64 {
    const PARTS: u32 = 2_000;
    let at = |k: u32| {
        let times = if k == 0 || k == PARTS {
            1.0
        } else if k % 2 == 1 {
            4.0
        } else {
            2.0
        };
        times * of(low + (high - low) * f64::from(k) / f64::from(PARTS))
    };
    (0..=PARTS).map(at).sum::<f64>() / (3.0 * f64::from(PARTS))
}

/// One uncertain score under gamma weights: the mean over its values of what fixed scores give.
#[test]
fn uncertain_scores_under_gamma_weights_agree_with_means_over_fixed_ones() {
    let scenario = |shapes: &[f64], (low, high): (f64, f64), others: &[f64]| {
        let weight = |k: usize| shapes.get(k).map_or(String::new(), |shape| format!("weight: {shape:?}, "));
        let fixed = |(k, d): (usize, &f64)| {
            format!("(id: \"f{k}\", {}scores: [Exact({d:?}), Exact(0)])", weight(k + 1))
        };
        let fixed: Vec<String> = others.iter().enumerate().map(fixed).collect();
        let total: f64 = shapes.iter().sum();
        let law = if shapes.is_empty() {
            "Simplex".to_owned()
        } else {
            format!("Dirichlet(concentration: {total:?})")
        };
        parse(&format!(
            "Scenario(title: \"t\", groups: [(id: \"g\"), (id: \"h\")], areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"h\")],
             weights: {law},
             factors: [(id: \"u\", {}scores: [Uniform(min: {low:?}, max: {high:?}), Exact(0)]), {}])",
            weight(0),
            fixed.join(", ")
        ))
    };
    for (range, others) in [
        ((0.2, 1.4), vec![0.1, -1.0, -0.4]),
        ((-1.0, 1.5), vec![2.0, -1.25]),
        ((-0.3, 0.9), vec![1.7, -0.7, 3.0, -2.0, -5.0, 4.0]),
    ] {
        let of = |u: f64| partial_fractions(&[&[u], &others[..]].concat()).0;
        let truth = mean(range.0, range.1, of);
        assert_pair(&scenario(&[], range, &others), truth, 1e-7, &format!("{range:?} and {others:?}"));
    }
    for (shapes, range, d) in [([12.5, 9.25], (0.2, 2.0), -1.5), ([40.0, 33.5], (0.5, 3.0), -1.75)] {
        let beta = Beta::new(shapes[0], shapes[1], 0.0, 1.0).unwrap();
        let truth = mean(range.0, range.1, |u| beta.survival(-d / (u - d)));
        assert_pair(&scenario(&shapes, range, &[d]), truth, 1e-7, &format!("shapes {shapes:?}"));
    }
}

/// A shipped scenario whose weights are all alike: every pair without points, and as the sampler counts.
#[test]
fn all_weightings_of_uncertain_scores_agree_with_the_sampler() {
    let scenario = load("takeoff-simplex");
    let (sampled, exact) = (run(&scenario, 200_000), exactly(&scenario));
    for i in 0..10 {
        for j in (0..10).filter(|&j| j != i) {
            let (counted, found) = (sampled.order.before[i][j].unwrap(), exact.order.before[i][j].unwrap());
            assert_closed(found, found.probability, 1e-7, "no points");
            assert_near(counted, found.probability, &format!("{i} before {j}"));
        }
    }
}
