//! The exact engine: closed forms where nothing is shared, what the sampler counts where something is, and points that are as evenly
//! spread as they should be.

use crate::support::*;
use headstart::analysis::{
    Basis, Estimate, Method, Summary, cross_check, integrable, integrate_alone, summarize,
};
use headstart::distribution::{standard_cdf, standard_quantile, uniform_from_bits};
use headstart::exact::{MAX_DIMENSIONS, Sobol};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

const SEEDS: u64 = 2_000;

fn with(scenario: &Scenario, points: u64, seed: u64) -> Summary {
    let run = Run { draws: 1_000, seed, threads: None, ..Run::default() };
    let mut summary = summarize(scenario, run, Control::none());
    integrate_alone(scenario, run, points, &mut summary, Control::none()).unwrap();
    summary
}

fn exactly(scenario: &Scenario) -> Summary {
    with(scenario, 64, 1)
}

/// Nothing is shared, so nothing is drawn, and the interval is the bound alone.
#[track_caller]
fn assert_exact(estimate: Estimate, truth: f64, within: f64, what: &str) {
    let off = (estimate.probability - truth).abs();
    assert!(off < within, "{what}: {} is {off:e} from {truth}", estimate.probability);
    assert_eq!(estimate.mcse, 0.0, "{what}");
    assert!(
        estimate.low - 1e-12 <= truth && truth <= estimate.high + 1e-12,
        "{what}: {estimate:?} for {truth}"
    );
}

#[track_caller]
fn assert_pair(x: &str, y: &str, truth: f64, within: f64) {
    let before = exactly(&one_factor(&[x], &[y], "")).order.before[0][1].unwrap();
    assert_exact(before, truth, within, &format!("{x} > {y}"));
}

#[test]
fn pairs_of_two_triangulars() {
    let oracles = oracles();
    for (key, value) in oracles["pairwise"]["two_triangulars"]["values"].as_object().unwrap() {
        let (x, y) = key.split_once(" > ").unwrap();
        let written = |text: &str| {
            let n: Vec<&str> = text[4..text.len() - 1].split(", ").collect();
            format!("Triangular(min: {}, mode: {}, max: {})", n[0], n[1], n[2])
        };
        assert_pair(&written(x), &written(y), value["value"].as_f64().unwrap(), 1e-9);
    }
}

#[test]
fn pairs_of_two_betas_and_perts() {
    let oracles = oracles();
    for (key, value) in oracles["pairwise"]["two_betas"]["values"].as_object().unwrap() {
        let (x, y) = key.split_once(" > ").unwrap();
        let written = |text: &str| {
            let (a, b) = text[5..text.len() - 1].split_once(',').unwrap();
            format!("Beta(alpha: {a}, beta: {b})")
        };
        // Their quantiles come from tables that are within 1e-9; with densities that jump, or have no bounds, the series is slow.
        let jumps = key.contains("(1,") || key.contains(",1)") || key.contains("0.5,0.5");
        let within = if jumps { 1e-4 } else { 3e-9 };
        let before = exactly(&one_factor(&[&written(x)], &[&written(y)], "")).order.before[0][1].unwrap();
        let truth = value.as_f64().unwrap();
        assert!((before.probability - truth).abs() < within, "{key}: {before:?} for {truth}");
        assert!(before.low - 1e-8 <= truth && truth <= before.high + 1e-8, "{key}: {before:?} for {truth}");
    }
    for (key, value) in oracles["pairwise"]["two_perts"]["values"].as_object().unwrap() {
        let (x, y) = key.split_once(" > ").unwrap();
        let written = |text: &str| {
            let n: Vec<&str> = text[5..text.len() - 1].split(", ").collect();
            format!("Pert(min: {}, mode: {}, max: {})", n[0], n[1], n[2])
        };
        let before = exactly(&one_factor(&[&written(x)], &[&written(y)], "")).order.before[0][1].unwrap();
        let truth = value["value"].as_f64().unwrap();
        // A density that ends in a jump has a slow series.
        let within = if key.contains("(1, 1,") || key.contains("10, 10)") { 1e-6 } else { 3e-9 };
        assert!((before.probability - truth).abs() < within, "{key}: {before:?} for {truth}");
        assert!(before.low - 1e-8 <= truth && truth <= before.high + 1e-8, "{key}: {before:?} for {truth}");
    }
}

#[test]
fn pairs_of_other_families() {
    let normal = |mean: f64, sd: f64| format!("Normal(mean: {mean}, sd: {sd})");
    assert_pair(&normal(1.0, 1.0), &normal(0.0, 1.0), 0.760_249_938_906_523, 1e-9);
    assert_pair(&normal(5.5, 0.35), &normal(5.8, 0.33), 0.266_429_369_538_681, 1e-9);
    // Far out, where a million draws see nothing: the standard normal's tail beyond five, and beyond six.
    assert_pair(&normal(0.0, 0.6), &normal(5.0, 0.8), 2.866_515_718_791_939e-7, 1e-12);
    assert_pair(&normal(0.0, 0.6), &normal(6.0, 0.8), 9.865_876_450_376_98e-10, 1e-12);
    assert_pair("Exponential(rate: 1)", "Exponential(rate: 3)", 0.75, 1e-8);
    let logs = ["LogNormal(mu: 0, sigma: 0.5)", "LogNormal(mu: 0.2, sigma: 0.3)"];
    assert_pair(logs[0], logs[1], case("S9")["P"].as_f64().unwrap(), 1e-9);
    let mixture = "Mixture([(0.7, Normal(mean: 0, sd: 1)), (0.3, Normal(mean: 3, sd: 0.5))])";
    assert_pair(mixture, &normal(1.0, 1.0), case("S14")["P"].as_f64().unwrap(), 1e-9);
    // Uniform on the same range as a gamma is the probability that an integral gives: 1 - E min(X, 1).
    assert_pair("Uniform(min: 0, max: 1)", "Exponential(rate: 1)", 1.0 / 1.0_f64.exp(), 2e-6);
    assert_pair("Exact(0.3)", "Uniform(min: 0, max: 1)", 0.3, 2e-5);
}

/// Ties are kept apart, and numbers with finitely many values are gone through.
#[test]
fn ties_are_kept_apart_by_integration() {
    let x = "Discrete([(1, 0.2), (2, 0.5), (3, 0.3)])";
    let y = "Discrete([(1, 0.1), (2, 0.4), (3, 0.3), (4, 0.2)])";
    let order = exactly(&one_factor(&[x], &[y], "")).order;
    assert_exact(order.before[0][1].unwrap(), 0.2, 1e-12, "before");
    assert_exact(order.before[1][0].unwrap(), 0.49, 1e-12, "after");
    assert!((order.tie[0][1].unwrap() - 0.31).abs() < 1e-12);
    let expected = case("S8");
    let die = "Samples([1, 2, 3, 4, 5, 6])";
    let order = exactly(&one_factor(&[die], &[die], "")).order;
    assert_exact(order.before[0][1].unwrap(), expected["P_strict"].as_f64().unwrap(), 1e-12, "a die");
    assert!((order.tie[0][1].unwrap() - expected["P_tie"].as_f64().unwrap()).abs() < 1e-12);
}

/// A shared world is summed over, and nothing is drawn.
#[test]
fn shared_worlds_are_summed_over() {
    let order = exactly(&shipped("wheat")).order;
    assert_exact(order.before[0][1].unwrap(), 0.428_137_657_405_623, 1e-9, "the first pair of wheat");
}

/// Ten normals: all ranks, the claims about whole groups, and the pairs.
#[test]
fn ranks_and_groups_of_ten_normals() {
    let oracles = oracles();
    let known = &oracles["ranks"]["ten_independent_normals"];
    let numbers = |key: &str| -> Vec<f64> {
        known["params"][key].as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
    };
    let scores: Vec<String> = numbers("mu")
        .iter()
        .zip(numbers("sd"))
        .map(|(mean, sd)| format!("Normal(mean: {mean}, sd: {sd})"))
        .collect();
    let scores: Vec<&str> = scores.iter().map(String::as_str).collect();
    let summary = exactly(&one_factor(&scores[..5], &scores[5..], ""));
    for (i, row) in known["values"]["rank_matrix"].as_array().unwrap().iter().enumerate() {
        for (rank, truth) in row.as_array().unwrap().iter().enumerate() {
            // The oracle's own quadrature has some ten digits.
            let found = summary.order.ranks[i][rank].probability;
            assert!(
                (found - truth.as_f64().unwrap()).abs() < 2e-9,
                "rank {rank} of {i}: {found} for {truth}"
            );
        }
    }
    for (id, key) in [
        ("last(y)<first(x)", "P_all_last5_above_all_first5"),
        ("last(x)<first(y)", "P_all_first5_above_all_last5"),
        ("first(x)<first(y)", "P_max_first5_above_max_last5"),
    ] {
        let truth = known["values"][key].as_f64().unwrap();
        assert!(
            (claim(&summary, id).probability - truth).abs() < 1e-9,
            "{id}: {:?} for {truth}",
            claim(&summary, id)
        );
    }
    let means = |from: usize| numbers("mu")[from..from + 5].iter().sum::<f64>() / 5.0;
    let sd = numbers("sd").iter().map(|sd| sd * sd / 25.0).sum::<f64>().sqrt();
    let normal = headstart::distribution::Normal::new(0.0, sd).unwrap();
    let truth = normal.cdf(means(0) - means(5));
    assert_exact(claim(&summary, "mean(x)<mean(y)"), truth, 1e-9, "means");
}

/// Areas alike: everything follows from counting orders.
#[test]
fn ten_areas_alike() {
    let score = "Triangular(min: 1, mode: 3, max: 10)";
    let claims = "claims: [
        (id: \"second\", text: \"t\", before: (Nth(2, \"x\"), First(\"y\"))),
        (id: \"top\", text: \"t\", holds: InTop(k: 3, group: \"x\", at_least: 3)),
        (id: \"none\", text: \"t\", holds: Not(InTop(k: 3, group: \"x\", at_least: 1))),
        (id: \"within\", text: \"t\", before: (First(\"x\"), Area(\"x0\"))),
        (id: \"mean\", text: \"t\", before: (Area(\"x0\"), Mean(\"x\"))),
    ]";
    let text = two_factors(&[score; 5], &[score; 5], claims);
    let summary = exactly(&text);
    assert!(matches!(&summary.method, Method::Exact(exact) if exact.dimensions == 0));
    for row in &summary.order.ranks {
        for rank in row {
            assert_exact(*rank, 0.1, 1e-8, "rank");
        }
    }
    // Of the three first, two of x; all three of x; none; a certain area not the first of its group.
    assert_exact(claim(&summary, "second"), 2.0 / 9.0, 1e-8, "two of x before the first of y");
    assert_exact(claim(&summary, "top"), 1.0 / 12.0, 1e-8, "all of the first three");
    assert_exact(claim(&summary, "none"), 1.0 / 12.0, 1e-8, "none of the first three");
    assert_exact(claim(&summary, "within"), 0.8, 1e-8, "another of the group first");
    assert_exact(claim(&summary, "first(x)<first(y)"), 0.5, 1e-8, "first");
    assert_exact(claim(&summary, "last(x)<first(y)"), 1.0 / 252.0, 1e-8, "every one");
    assert_exact(claim(&summary, "first(x)<last(y)"), 251.0 / 252.0, 1e-8, "at least one");
}

/// A scenario of two certain factors alike.
fn two_factors(x: &[&str], y: &[&str], rest: &str) -> Scenario {
    let area = |group: &str, index: usize| format!("(id: \"{group}{index}\", group: \"{group}\")");
    let areas: Vec<String> =
        (0..x.len()).map(|i| area("x", i)).chain((0..y.len()).map(|i| area("y", i))).collect();
    let scores: Vec<&str> = x.iter().chain(y).copied().collect();
    let factor = |id: &str| format!("(id: \"{id}\", weight: 1, scores: [{}])", scores.join(", "));
    parse(&format!(
        "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")], areas: [{}],
         factors: [{}, {}], {rest})",
        areas.join(", "),
        factor("f"),
        factor("g"),
    ))
}

/// Weights are averaged over: a closed form with uncertain weights lies in the interval over many seeds as often as it says.
#[test]
fn intervals_over_points_cover() {
    // Case M1: w uniform, score differences normal. From a tenth on the weights are no gamma numbers, so that points are needed.
    const LEAST: f64 = 0.1;
    let from = |least: f64| {
        const STEPS: i32 = 2_000;
        let middles = (0..STEPS).map(|k| least + (1.0 - least) * (f64::from(k) + 0.5) / f64::from(STEPS));
        let at = |w: f64| {
            let variance = w * w + 0.5 * (1.0 - w) * (1.0 - w);
            standard_cdf((0.5 * w - 0.3 * (1.0 - w)) / variance.sqrt())
        };
        middles.map(at).sum::<f64>() / f64::from(STEPS)
    };
    assert!((from(0.0) - case("M1")["P"].as_f64().unwrap()).abs() < 1e-6);
    let truth = from(LEAST);
    let scenario = parse(&format!(
        "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")],
         areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"y\")], weights: Bounded({{\"f\": {LEAST}}}), factors: [
         (id: \"f\", scores: [Normal(mean: 0.5, sd: 1), 0]), (id: \"g\", scores: [Normal(mean: -0.3, sd: 0.7071067811865476), 0])])"
    ));
    let held = |seed| {
        let before = with_one(&scenario, seed);
        assert!((before.probability - truth).abs() < 0.02);
        u32::from(before.low <= truth && truth <= before.high)
    };
    let seeds = thorough(600, 2_000);
    let share = f64::from((0..seeds).map(held).sum::<u32>()) / seeds as f64;
    // With scrambles of a few points the average of each is not normal; half a percent for that.
    let error = (0.95 * 0.05 / seeds as f64).sqrt();
    assert!((share - 0.95).abs() < BOUND * error + 0.005, "covers {share}");
}

/// The pair of a model, with 16 points a scramble; without the rest of a summary.
fn with_one(scenario: &Scenario, seed: u64) -> Estimate {
    use headstart::exact::{Engine, Integral};
    use headstart::model::Model;
    use headstart::tally::OrderPlan;
    let model = Model::new(scenario);
    let plan = OrderPlan { n_areas: 2, n_worlds: 1, ..OrderPlan::default() };
    let engine = Engine::new(&model, &plan, false).unwrap();
    let mut integral = Integral::new(&engine, seed);
    integral.extend(16, Some(1), Control::none());
    Estimate::integrated(integral.before(0, 1, &[1.0]))
}

#[test]
fn same_bits_on_any_number_of_threads_and_instructions() {
    // Of several chunks a scramble, and with series that are longer at some points than at others.
    for (name, points) in [("takeoff", 32), ("takeoff-simplex", 256)] {
        let scenario = load(name);
        let one = |threads| {
            let run = Run { draws: 1_000, seed: 3, threads: Some(threads), ..Run::default() };
            let mut summary = summarize(&scenario, run, Control::none());
            integrate_alone(&scenario, run, points, &mut summary, Control::none()).unwrap();
            summary.run = Run::default();
            summary
        };
        let first = one(1);
        assert_eq!(first, one(3), "{name}");
        headstart::kernel::with_each_set(|set| assert_eq!(first, one(2), "{name}, {set:?}"));
    }
}

/// The first points as published, in the order of Gray's code.
#[test]
fn sobol_points_as_published() {
    let known: serde_json::Value = serde_json::from_str(&read("tests/data/sobol.json")).unwrap();
    let sobol = Sobol::unscrambled(MAX_DIMENSIONS);
    let mut digits = vec![0; MAX_DIMENSIONS];
    for (k, point) in (0_u64..).zip(known["points"].as_array().unwrap()) {
        sobol.digits(k ^ (k >> 1), &mut digits);
        for (dimension, x) in known["dimensions"].as_array().unwrap().iter().zip(point.as_array().unwrap()) {
            let dimension = dimension.as_u64().unwrap() as usize;
            let found = digits[dimension - 1] as f64 / 2.0_f64.powi(64);
            assert_eq!(found, x.as_f64().unwrap(), "point {k}, dimension {dimension}");
        }
    }
}

/// Every scramble puts one of the first 2^m points in each of 2^m equal intervals of every dimension, and in each box of a half by 2^(1-m)
/// of the first two; and each point alone is uniform.
#[test]
fn scrambles_are_even_and_uniform() {
    for replicate in 0..4 {
        let sobol = Sobol::scrambled(MAX_DIMENSIONS, 7, replicate);
        let mut digits = vec![0; MAX_DIMENSIONS];
        let mut seen = vec![[false; 64]; MAX_DIMENSIONS];
        let mut boxes = [false; 64];
        for number in 0..64 {
            sobol.digits(number, &mut digits);
            for (seen, digits) in seen.iter_mut().zip(&digits) {
                seen[(digits >> 58) as usize] = true;
            }
            boxes[((digits[0] >> 63 << 5) | digits[1] >> 59) as usize] = true;
        }
        assert!(seen.iter().flatten().all(|seen| *seen));
        assert!(boxes.iter().all(|seen| *seen));
    }
    let mut digits = [0; 3];
    let mut sums = [0.0; 3];
    for seed in 0..SEEDS {
        Sobol::scrambled(3, seed, 0).digits(5, &mut digits);
        for (sum, digits) in sums.iter_mut().zip(digits) {
            *sum += uniform_from_bits(digits);
        }
    }
    for sum in sums {
        let error = (1.0 / 12.0 / SEEDS as f64).sqrt();
        assert!((sum / SEEDS as f64 - 0.5).abs() < BOUND * error);
    }
}

/// Two areas, each the first of its group, on factors of weight 1 with normal scores.
fn two_areas(scores: &[[&str; 2]], rest: &str) -> Scenario {
    let factor = |(k, [x, y]): (usize, &[&str; 2])| format!("(id: \"f{k}\", weight: 1, scores: [{x}, {y}])");
    let factors: Vec<String> = scores.iter().enumerate().map(factor).collect();
    parse(&format!(
        "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")],
         areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"y\")], factors: [{}], {rest})",
        factors.join(", ")
    ))
}

/// With normal scores a gap is normal whatever goes together, and its variance follows from the loadings.
#[test]
fn shared_errors_and_correlations_of_normals() {
    let normal = |mean: f64, sd: f64| headstart::distribution::Normal::new(mean, sd).unwrap();
    let two = ["Normal(mean: 5.5, sd: 0.4)", "Normal(mean: 5.2, sd: 0.3)"];
    let check = |scenario: Scenario, mean: f64, variance: f64, what: &str| {
        let truth = normal(0.0, variance.sqrt()).cdf(mean);
        assert_exact(exactly(&scenario).order.before[0][1].unwrap(), truth, 1e-8, what);
    };
    // A bias of the factor: a covariance of 0.36 times the deviations; of the group: none.
    check(two_areas(&[two], "shared_errors: (factor: 0.6)"), 0.3, 0.25 - 2.0 * 0.36 * 0.12, "factor");
    check(two_areas(&[two], "shared_errors: (group: 0.6)"), 0.3, 0.25, "group");
    // A halo of the area on two factors: each area's scores have a covariance.
    let variance = 2.0 * 0.25 + 2.0 * 0.25 * (0.16 + 0.09);
    check(two_areas(&[two, two], "shared_errors: (area: 0.5)"), 0.6, variance, "area");
    let of = |kind: &str, r: f64| {
        format!("correlations: [(between: [\"score.f0.a\", \"score.f0.b\"], {kind}: {r})]")
    };
    check(two_areas(&[two], &of("normal", 0.7)), 0.3, 0.25 - 1.4 * 0.12, "correlated");
    check(two_areas(&[two], &of("normal", -0.9)), 0.3, 0.25 + 1.8 * 0.12, "opposite");
    let r = 2.0 * (std::f64::consts::PI / 12.0).sin();
    check(two_areas(&[two], &of("rank", 0.5)), 0.3, 0.25 - 2.0 * r * 0.12, "by rank");
}

/// Uniform scores with a normal copula: the two differ from one half by the angle of their correlation; and values that are single
/// ones are drawn, with their ties.
#[test]
fn correlated_scores_that_are_not_normal() {
    let correlated = |scores: [&str; 2], points: u64| {
        let rest = "correlations: [(between: [\"score.f0.a\", \"score.f0.b\"], normal: 0.5)]";
        with(&two_areas(&[scores], rest), points, 1).order
    };
    let coin = "Discrete([(0, 0.5), (1, 0.5)])";
    let order = correlated([coin, coin], 1024);
    let before = order.before[0][1].unwrap();
    // Sheppard's quadrants: a quarter less asin(r) over two pi.
    let truth = 0.25 - 0.5_f64.asin() / (2.0 * std::f64::consts::PI);
    assert!((before.probability - truth).abs() < BOUND * before.mcse, "{before:?} for {truth}");
    assert!(before.mcse < 1e-3);
    assert!((order.tie[0][1].unwrap() - (1.0 - 2.0 * truth)).abs() < 2.0 * BOUND * before.mcse);
    // Two triangulars: the one's normal score known, the other is below it where what is left of its own is below a threshold.
    let (one, other) = ((1.0, 2.0, 4.0), (1.0, 3.0, 3.5));
    let written = |(a, c, b): (f64, f64, f64)| format!("Triangular(min: {a}, mode: {c}, max: {b})");
    let dist = |(a, c, b): (f64, f64, f64)| headstart::distribution::Triangular::new(a, c, b).unwrap();
    let (n, mut truth) = (20_000, 0.0);
    for k in 0..n {
        let z = 16.0 * ((f64::from(k) + 0.5) / f64::from(n) - 0.5);
        let threshold = standard_quantile(dist(other).cdf(dist(one).quantile(standard_cdf(z))));
        let density = (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
        truth += 16.0 / f64::from(n) * density * standard_cdf((threshold - 0.5 * z) / 0.75_f64.sqrt());
    }
    let before = correlated([&written(one), &written(other)], 1024).before[0][1].unwrap();
    assert!((before.probability - truth).abs() < BOUND * before.mcse + 1e-6, "{before:?} for {truth}");
    assert!(before.mcse < 1e-4);
}

/// Weights that are independent need no points: a pair and the means of groups against many points of the same, with errors of their own.
#[test]
fn independent_weights_need_no_points() {
    let summary = with(&shipped("takeoff"), 2, 1);
    for (i, row) in summary.order.before.iter().enumerate() {
        for (j, estimate) in row.iter().enumerate() {
            if let Some(estimate) = estimate {
                assert_eq!(estimate.mcse, 0.0, "{i} {j}");
                assert!(estimate.high - estimate.low < 1e-7, "{i} {j}: {estimate:?}");
            }
        }
    }
    assert_eq!(claim(&summary, "mean(safety)<mean(capabilities)").mcse, 0.0);
    // Two areas on two factors with weights w and v, by hand over both.
    let text = "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")],
         areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"y\")], factors: [
         (id: \"f\", weight: Uniform(min: 1, max: 3), scores: [Normal(mean: 1, sd: 0.5), 0]),
         (id: \"g\", weight: Uniform(min: 0, max: 2), scores: [0, Normal(mean: 1, sd: 0.3)])])";
    let (n, mut truth) = (1_000, 0.0);
    let place = |k: i32| 2.0 * (f64::from(k) + 0.5) / f64::from(n);
    for (k, l) in (0..n).flat_map(|k| (0..n).map(move |l| (k, l))) {
        let (w, v) = (1.0 + place(k), place(l));
        truth += standard_cdf((w - v) / (0.25 * w * w + 0.09 * v * v).sqrt()) / f64::from(n * n);
    }
    let before = with(&parse(text), 2, 1).order.before[0][1].unwrap();
    // The midpoint rule is good to a few parts in ten million.
    assert!((before.probability - truth).abs() < 5e-7 && before.mcse == 0.0, "{before:?} for {truth}");
}

/// Where densities jump, the bound of a series is that of their variation: 1/4, 19/40 and what follows, by areas under lines.
#[test]
fn densities_that_jump() {
    let one = "Uniform(min: 0, max: 1)";
    let gap = "Mixture([(0.5, Uniform(min: 0, max: 0.1)), (0.5, Uniform(min: 1.9, max: 2))])";
    assert_pair(one, "Uniform(min: 0, max: 2)", 0.25, 1e-9);
    let before = exactly(&one_factor(&[one], &[gap], "")).order.before[0][1].unwrap();
    assert_exact(before, 0.475, 1e-9, "a gap");
    assert!(before.high - before.low < 1e-4, "{before:?}");
}

/// What cannot be integrated is refused with what it is.
#[test]
fn refusals_name_the_cause() {
    let mixed = one_factor(
        &["Mixture([(0.5, Exact(1)), (0.5, Uniform(min: 0, max: 2))])"],
        &["Uniform(min: 0, max: 1)"],
        "",
    );
    let why = integrable(&mixed).unwrap_err();
    assert!(why.to_string().contains("point mass"), "{why}");
}

/// A difference in errors of sixteen scrambles counts as the normal one that is as rare: 2.1314 as 1.96, in the table of Student's t.
#[test]
fn differences_count_as_normal_ones() {
    let scenario = one_factor(&["Normal(mean: 0, sd: 1)"], &["Normal(mean: 0.2, sd: 1)"], "");
    let counted = summarize(&scenario, Run { draws: 1_000, ..Run::default() }, Control::none());
    let (mut one, mut other) = (counted.clone(), counted);
    let mut set = |integral: f64, count: f64| {
        let estimate = one.order.before[0][1].unwrap();
        one.order.before[0][1] =
            Some(Estimate { probability: 0.5 + 2.131_449_546 * 0.001, mcse: count, ..estimate });
        other.order.before[0][1] = Some(Estimate::new(0.5, integral, (0.0, 1.0), Basis::Integrated));
        cross_check(&scenario, &one, &other)
    };
    let check = set(0.001, 0.0);
    assert_eq!(check.compared, 1);
    assert!((check.largest - 1.959_964).abs() < 1e-5, "{check:?}");
    // Where counting is all of the error it is normal.
    assert!((set(1e-9, 0.001).largest - 2.131_450).abs() < 1e-5);
}

/// Where the first of five weights, all weightings alike, has to exceed a share: (1 - share)^4. A discount that both areas have changes no
/// order, but leaves the gap to points.
fn rare_weights(share: f64) -> (Scenario, f64) {
    let rest: Vec<String> = (2..6).map(|k| format!("(id: \"f{k}\", scores: [0, {share}])")).collect();
    let text = format!(
        "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")], weights: Simplex,
         areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"y\")],
         discounts: [(id: \"both\", of: \"{{a,b}}\", by: Uniform(min: 0.5, max: 1))],
         factors: [(id: \"f1\", scores: [1, {share}]), {}])",
        rest.join(", ")
    );
    (parse(&text), (1.0 - share).powi(4))
}

/// What few points carry stays counted, above all what none has met; with enough points it is integrated.
#[test]
fn what_few_points_carry_is_counted() {
    for (share, points, integrated) in
        [(0.9, 16, false), (0.75, 256, false), (0.02, 64, false), (0.5, 1024, true)]
    {
        let (scenario, truth) = rare_weights(share);
        let summary = with(&scenario, points, 1);
        for (i, j) in [(0, 1), (1, 0)] {
            let before = summary.order.before[i][j].unwrap();
            assert_eq!(before.is_integrated(), integrated, "{share}: {before:?}");
            let truth = if i == 0 { truth } else { 1.0 - truth };
            assert!(before.low <= truth && truth <= before.high, "{share}: {before:?} for {truth}");
        }
        let Method::Exact(exact) = &summary.method else { panic!("sampled") };
        assert_eq!(exact.sampled.iter().any(|(_, why)| why.contains("few points")), !integrated);
    }
}

/// Over seeds, what is integrated is off by its stated error: a probability that hardly enough points carry.
#[test]
fn stated_errors_are_those_over_seeds() {
    const SEEDS: u64 = 40;
    let (scenario, truth) = rare_weights(0.6);
    let (mut squares, mut sum) = (0.0, 0.0);
    for seed in 0..SEEDS {
        let before = with(&scenario, 1024, seed).order.before[0][1].unwrap();
        assert!(before.is_integrated());
        let z = (before.probability - truth) / before.mcse;
        (sum, squares) = (sum + z, squares + z * z);
    }
    // Of Student's t with 15 degrees of freedom the variance is 15/13, and the fourth moment 3 * 15^2 / (13 * 11).
    let (n, variance, fourth) = (SEEDS as f64, 15.0 / 13.0, 675.0 / 143.0);
    assert!((sum / n).abs() < BOUND * (variance / n).sqrt(), "mean {}", sum / n);
    let off = (squares / n - variance).abs();
    assert!(off < BOUND * ((fourth - variance * variance) / n).sqrt(), "square {}", squares / n);
}

/// Four areas on four factors, the last with a certain weight.
fn weighed(weights: [&str; 3]) -> Scenario {
    let weights = [weights[0], weights[1], weights[2], "Exact(2)"];
    let factor = |k: usize| {
        let means =
            [[5.0, 4.4, 4.7, 5.2], [4.1, 5.3, 4.9, 4.6], [5.1, 4.2, 5.6, 4.8], [4.5, 5.0, 4.3, 5.4]][k];
        let scores = means.map(|mean| format!("Normal(mean: {mean}, sd: 0.4)")).join(", ");
        format!("(id: \"f{k}\", weight: {}, scores: [{scores}])", weights[k])
    };
    parse(&format!(
        "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")],
         areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"x\"), (id: \"c\", group: \"y\"), (id: \"d\", group: \"y\")],
         factors: [{}])",
        [0, 1, 2, 3].map(factor).join(", ")
    ))
}

/// Pairs are known without points there, and what they tell of ranks and claims makes those no surer than they are: over seeds they are off
/// by their stated errors from what the eight certain weightings come to, each without a point.
#[test]
fn ranks_and_claims_by_what_pairs_tell() {
    const SEEDS: u64 = 40;
    let numbers = |summary: &Summary| {
        let ranks = &summary.order.ranks;
        [ranks[0][0], ranks[1][3], ranks[2][1], claim(summary, "first(x)<first(y)")]
    };
    let mut truth = [0.0; 4];
    for which in 0..8 {
        let heavy = [0, 1, 2].map(|k| which >> k & 1 == 1);
        let p: f64 = heavy.iter().map(|&heavy| if heavy { 0.7 } else { 0.3 }).product();
        let summary = exactly(&weighed(heavy.map(|heavy| if heavy { "Exact(3)" } else { "Exact(1)" })));
        truth.iter_mut().zip(numbers(&summary)).for_each(|(sum, found)| *sum += p * found.probability);
    }
    let scenario = weighed(["Discrete([(1, 0.3), (3, 0.7)])"; 3]);
    let (mut sums, mut squares, mut off, mut errors) = ([0.0; 4], [0.0; 4], 0.0, 0.0);
    for seed in 0..SEEDS {
        let summary = with(&scenario, 64, seed);
        for (index, found) in numbers(&summary).iter().enumerate() {
            assert!(found.is_integrated() && found.mcse > 0.0);
            let z = (found.probability - truth[index]) / found.mcse;
            (sums[index], squares[index]) = (sums[index] + z, squares[index] + z * z);
        }
        // How many areas are expected before one is a sum of pairs, so little is left of its error.
        let order = &summary.order;
        assert_eq!(order.before[1][0].unwrap().mcse, 0.0);
        let expected: f64 = (1..4).map(|j| order.before[j][0].unwrap().probability).sum();
        let of_ranks: f64 = (0..4).map(|r| r as f64 * order.ranks[0][r].probability).sum();
        off += (of_ranks - expected) * (of_ranks - expected);
        errors += order.ranks[0].iter().map(|rank| rank.mcse * rank.mcse).sum::<f64>();
    }
    assert!(off < 0.5 * errors, "{off} beside {errors}");
    // Of Student's t with 15 degrees of freedom, as above.
    let (n, variance, fourth) = (SEEDS as f64, 15.0 / 13.0, 675.0 / 143.0);
    for (sum, square) in sums.iter().zip(squares) {
        assert!((sum / n).abs() < BOUND * (variance / n).sqrt(), "mean {}", sum / n);
        let off = (square / n - variance).abs();
        assert!(off < BOUND * ((fourth - variance * variance) / n).sqrt(), "square {}", square / n);
    }
}
