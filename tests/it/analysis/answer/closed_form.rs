//! Probabilities against closed forms, within five standard errors; where nothing is sampled, to the last digits.

use crate::support::*;
use serde_json::Value;

const N: u64 = 1_000_000;

/// The numbers in a key such as `N(5.5,0.35) vs N(5.8,0.33) rho=0` or `Tri(1, 2, 4) > Tri(1, 2, 4)`.
fn numbers(key: &str) -> Vec<f64> {
    key.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
        .filter_map(|n| n.parse().ok())
        .collect()
}

#[test]
fn pair_of_normals_matches_closed_form() {
    let oracles = oracles();
    for (key, truth) in oracles["pairwise"]["two_normals"]["values"].as_object().unwrap() {
        let [m1, s1, m2, s2, rho] = numbers(key)[..] else { panic!("{key}") };
        if rho != 0.0 {
            continue;
        }
        let scenario = one_factor(
            &[&format!("Normal(mean: {m1}, sd: {s1})")],
            &[&format!("Normal(mean: {m2}, sd: {s2})")],
            "",
        );
        assert_near(first_before_second(&scenario, N), truth.as_f64().unwrap(), key);
    }
}

#[test]
fn pair_of_triangulars_matches_closed_form() {
    let oracles = oracles();
    let cases = oracles["pairwise"]["two_triangulars"]["values"].as_object().unwrap();
    assert_eq!(cases.len(), 10);
    for (key, truth) in cases {
        let [a, b, c, d, e, f] = numbers(key)[..] else { panic!("{key}") };
        let scenario = one_factor(
            &[&format!("Triangular(min: {a}, mode: {b}, max: {c})")],
            &[&format!("Triangular(min: {d}, mode: {e}, max: {f})")],
            "",
        );
        let estimate = first_before_second(&scenario, N);
        let truth = truth["value"].as_f64().unwrap();
        assert_near(estimate, truth, key);
        assert!(truth > 0.0 || estimate.high > 0.0, "never seen is not impossible");
    }
}

/// Of two families with a table each, and of a mixture: probabilities that need every part of the table.
#[test]
fn two_betas_and_two_perts() {
    let oracles = oracles();
    for (key, truth) in oracles["pairwise"]["two_betas"]["values"].as_object().unwrap() {
        let [a, b, c, d] = numbers(key)[..] else { panic!("{key}") };
        let beta = |a, b| format!("Beta(alpha: {a}, beta: {b})");
        let scenario = one_factor(&[&beta(a, b)], &[&beta(c, d)], "");
        assert_near(first_before_second(&scenario, N), truth.as_f64().unwrap(), key);
    }
    for (key, truth) in oracles["pairwise"]["two_perts"]["values"].as_object().unwrap() {
        let [a, b, c, d, e, f] = numbers(key)[..] else { panic!("{key}") };
        let pert = |min, mode, max| format!("Pert(min: {min}, mode: {mode}, max: {max})");
        let scenario = one_factor(&[&pert(a, b, c)], &[&pert(d, e, f)], "");
        assert_near(first_before_second(&scenario, N), truth["value"].as_f64().unwrap(), key);
    }
    for (id, [a, b, c, d]) in [("S3", [20, 116, 8, 121]), ("S4", [40, 96, 32, 97]), ("S5", [1, 135, 5, 124])]
    {
        let beta = |a, b| format!("Beta(alpha: {a}, beta: {b})");
        let scenario = one_factor(&[&beta(a, b)], &[&beta(c, d)], "");
        assert_near(first_before_second(&scenario, N), case(id)["P"].as_f64().unwrap(), id);
    }
    let mixture = "Mixture([(0.7, Normal(mean: 0, sd: 1)), (0.3, Normal(mean: 3, sd: 0.5))])";
    let scenario = one_factor(&[mixture], &["Normal(mean: 1, sd: 1)"], "");
    assert_near(first_before_second(&scenario, N), case("S14")["P"].as_f64().unwrap(), "S14");
    let dist = headstart::distribution::Triangular::new(0.0, 0.2, 1.0).unwrap();
    let truth = case("S13");
    assert!((dist.mean() - truth["mean"].as_f64().unwrap()).abs() < 1e-15);
    assert!((dist.variance() - truth["var"].as_f64().unwrap()).abs() < 1e-15);
}

/// Areas that are alike have every rank alike, and each comes before each other half of the time.
#[test]
fn five_identical_areas_share_ranks_equally() {
    let alike = ["Pert(min: 0, mode: 1, max: 4)"; 5];
    let summary = run(&one_factor(&alike[..2], &alike[2..], ""), N);
    for i in 0..5 {
        for r in 0..5 {
            assert_near(summary.order.ranks[i][r], case("S10")["ra"].as_f64().unwrap(), "rank");
        }
        for j in (0..5).filter(|&j| j != i) {
            assert_near(summary.order.before[i][j].unwrap(), case("S10")["pw"].as_f64().unwrap(), "pair");
        }
    }
}

/// An interval weight of two factors: the first area is before the second where that weight is below a half.
#[test]
fn an_interval_weight() {
    let scenario = parse(
        "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"g\")],
         factors: [
            (id: \"one\", weight: Uniform(min: 0.3, max: 0.9), scores: [0.2, 0.7]),
            (id: \"two\", weight: 0.5, scores: [0.9, 0.4]),
         ])",
    );
    // The second weight is fixed at a half, so that a is before b where 0.5 w1 < 0.25, as in the case.
    assert_near(first_before_second(&scenario, N), case("W11")["P"].as_f64().unwrap(), "W11");
}

#[test]
fn uncertain_weights_of_certain_scores() {
    let oracles = oracles();
    let cases = &oracles["weights"]["two_triangular_weights_fixed_scores"]["values"];
    for (key, truth) in cases.as_object().unwrap() {
        let (weights, differences) = key.split_once("delta=(").unwrap();
        let [_, a, b, c, _, d, e, f] = numbers(weights)[..] else { panic!("{key}") };
        let [first, second] = numbers(differences)[..] else { panic!("{key}") };
        let scenario = parse(&format!(
            "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"g\")],
             factors: [
                (id: \"one\", weight: Triangular(min: {a}, mode: {b}, max: {c}), scores: [{first}, 0]),
                (id: \"two\", weight: Triangular(min: {d}, mode: {e}, max: {f}), scores: [{second}, 0]),
             ])"
        ));
        assert_near(first_before_second(&scenario, N), truth.as_f64().unwrap(), key);
    }
}

/// The wheat scenario is the case of the oracles whose worlds are shared.
#[test]
fn a_shared_world_is_no_private_coin() {
    let oracles = oracles();
    let values = &oracles["pairwise"]["latent_world_shared_vs_independent"]["values"];
    let of = |key: &str| values[key].as_f64().unwrap();
    let shared = run(&shipped("wheat"), 4 * N);
    assert_near(shared.order.before[0][1].unwrap(), of("P_shared"), "shared");
    for (world, truth) in shared.worlds.iter().zip(values["P_given_world"].as_array().unwrap()) {
        assert_near(world.order.before[0][1].unwrap(), truth.as_f64().unwrap(), "in a world");
    }
    // Two worlds in place of one are what a coin a variety would be.
    let wheat = read("scenarios/wheat.ron");
    let coins = wheat
        .replace(
            "worlds: [(id: \"summer\", outcomes: [(\"dry\", 0.3), (\"wet\", 0.7)])]",
            "worlds: [(id: \"one\", outcomes: [(\"dry\", 0.3), (\"wet\", 0.7)]),
                      (id: \"two\", outcomes: [(\"dry\", 0.3), (\"wet\", 0.7)])]",
        )
        .replace("\"dry\": Normal(mean: 6.1", "\"dry\": Normal(mean: 6.1 ")
        .lines()
        .map(|line| {
            let brava = line.contains("mean: 6.1") || line.contains("mean: 5.05");
            line.replace("ByWorld(\"summer\"", if brava { "ByWorld(\"two\"" } else { "ByWorld(\"one\"" })
        })
        .collect::<Vec<_>>()
        .join("\n");
    let private = run(&parse(&coins), 4 * N);
    assert_near(private.order.before[0][1].unwrap(), of("P_if_world_drawn_per_area"), "a coin each");
    // The two differ by 0.0009, which is more than five of the standard errors of four million draws.
    let gap =
        shared.order.before[0][1].unwrap().probability - private.order.before[0][1].unwrap().probability;
    assert!(gap > 0.0005, "{gap}");
}

/// A certain score in each outcome of a world of one's own is a die: nothing is sampled, and ties are exact.
fn die(name: &str, faces: &[(f64, f64)]) -> (String, String) {
    let id = |index: usize| format!("o{index}");
    let outcomes: Vec<String> =
        faces.iter().enumerate().map(|(i, (_, p))| format!("(\"{}\", {p})", id(i))).collect();
    let scores: Vec<String> =
        faces.iter().enumerate().map(|(i, (x, _))| format!("\"{}\": Exact({x})", id(i))).collect();
    (
        format!("(id: \"{name}\", outcomes: [{}])", outcomes.join(", ")),
        format!("ByWorld(\"{name}\", {{{}}})", scores.join(", ")),
    )
}

fn dice(faces: &[&[(f64, f64)]]) -> headstart::analysis::Summary {
    let dice: Vec<(String, String)> =
        faces.iter().enumerate().map(|(i, faces)| die(&format!("w{i}"), faces)).collect();
    let worlds: Vec<&str> = dice.iter().map(|(world, _)| world.as_str()).collect();
    let scores: Vec<&str> = dice.iter().map(|(_, score)| score.as_str()).collect();
    run(&one_factor(&scores[..1], &scores[1..], &format!("worlds: [{}]", worlds.join(", "))), 1000)
}

fn assert_exact(estimate: f64, truth: &Value, what: &str) {
    let truth = truth.as_f64().unwrap();
    assert!((estimate - truth).abs() < 1e-12, "{what}: {estimate} is not {truth}");
}

#[test]
fn ties_are_kept_apart() {
    let coin: &[(f64, f64)] = &[(0.0, 0.5), (1.0, 0.5)];
    let sixth = 1.0 / 6.0;
    let six: Vec<(f64, f64)> = (1..=6).map(|x| (f64::from(x), sixth)).collect();
    for (id, faces) in [("S7", coin), ("S8", &six[..])] {
        let (summary, expected) = (dice(&[faces, faces]), case(id));
        let (before, tie) = (summary.order.before[0][1].unwrap(), summary.order.tie[0][1].unwrap());
        assert_exact(before.probability, &expected["P_strict"], id);
        assert_exact(tie, &expected["P_tie"], id);
        let claim = &summary.order.claims[0];
        assert_exact(claim.tie, &expected["P_tie"], "a claim carries its ties");
        let half_credit = summary.order.pairs[0].expected;
        assert!((half_credit - 0.5).abs() < 1e-12, "a tied pair counts half: {half_credit}");
        let first = summary.order.ranks[0][0].probability;
        assert!((first - before.probability - tie).abs() < 1e-12, "tied for the first place is first");
    }
    let oracles = oracles();
    let oracle = &oracles["pairwise"]["discrete_with_ties"]["values"];
    let summary =
        dice(&[&[(1.0, 0.2), (2.0, 0.5), (3.0, 0.3)], &[(1.0, 0.1), (2.0, 0.4), (3.0, 0.3), (4.0, 0.2)]]);
    assert_exact(summary.order.before[0][1].unwrap().probability, &oracle["P_gt"], "greater");
    assert_exact(summary.order.before[1][0].unwrap().probability, &oracle["P_lt"], "less");
    assert_exact(summary.order.tie[0][1].unwrap(), &oracle["P_tie"], "tie");
    assert_exact(summary.order.tie[1][0].unwrap(), &oracle["P_tie"], "tie");
}

#[test]
fn pairwise_probabilities_can_be_cyclic() {
    let third = 1.0 / 3.0;
    let faces = |x: [f64; 3]| x.map(|x| (x, third));
    let summary = dice(&[&faces([2.0, 4.0, 9.0]), &faces([1.0, 6.0, 8.0]), &faces([3.0, 5.0, 7.0])]);
    let expected = case("S12");
    for (i, j, key) in [(0, 1, "P_AB"), (1, 2, "P_BC"), (2, 0, "P_CA")] {
        assert_exact(summary.order.before[i][j].unwrap().probability, &expected[key], key);
    }
}

#[test]
fn ranks_of_three_normals() {
    let normal = |mean: f64| format!("Normal(mean: {mean}, sd: 1)");
    let summary = run(&one_factor(&[&normal(0.5)], &[&normal(0.2), &normal(0.0)], ""), N);
    for (i, truth) in case("S11")["P_first"].as_array().unwrap().iter().enumerate() {
        assert_near(summary.order.ranks[i][0], truth.as_f64().unwrap(), "first");
    }
}

#[test]
fn ten_normals_match_an_integral() {
    let oracles = oracles();
    let oracle = &oracles["ranks"]["ten_independent_normals"];
    let number = |key: &str, i: usize| oracle["params"][key][i].as_f64().unwrap();
    let scores: Vec<String> =
        (0..10).map(|i| format!("Normal(mean: {}, sd: {})", number("mu", i), number("sd", i))).collect();
    let scores: Vec<&str> = scores.iter().map(String::as_str).collect();
    let summary = run(&one_factor(&scores[..5], &scores[5..], ""), N);
    let values = &oracle["values"];
    for i in 0..10 {
        for j in 0..10 {
            assert_near(summary.order.ranks[i][j], values["rank_matrix"][i][j].as_f64().unwrap(), "rank");
            if i != j {
                let truth = values["pairwise"][i][j].as_f64().unwrap();
                assert_near(summary.order.before[i][j].unwrap(), truth, "pair");
            }
        }
    }
    let of = |key: &str| values[key].as_f64().unwrap();
    assert_near(claim(&summary, "last(y)<first(x)"), of("P_all_last5_above_all_first5"), "all last");
    assert_near(claim(&summary, "last(x)<first(y)"), of("P_all_first5_above_all_last5"), "all first");
    assert_near(claim(&summary, "first(x)<first(y)"), of("P_max_first5_above_max_last5"), "first");
    for (i, area) in summary.areas.iter().enumerate() {
        let (mean, sd) = (number("mu", i), number("sd", i));
        let error = sd / (N as f64).sqrt();
        assert!((area.overall.mean - mean).abs() < BOUND * error);
        assert!((area.mcse / error - 1.0).abs() < 0.01, "{} against {error}", area.mcse);
        // The standard error of a standard deviation of a normal sample is sd / sqrt(2 n).
        assert!((area.overall.sd - sd).abs() < BOUND * error / 2_f64.sqrt());
        for (p, x) in &area.overall.quantiles {
            let z = headstart::distribution::Normal::new(0.0, 1.0).unwrap().quantile(*p);
            let density = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
            let error = BOUND * (p * (1.0 - p) / N as f64).sqrt() / density * sd + area.resolution;
            assert!((x - mean - sd * z).abs() < error, "quantile {p}: {x}");
        }
    }
}

#[test]
fn ten_areas_alike() {
    let same = ["Normal(mean: 5, sd: 1)"; 5];
    let claims = "claims: [
        (id: \"top\", text: \"t\", holds: InTop(k: 3, group: \"x\", at_least: 3)),
        (id: \"third\", text: \"t\", before: (Nth(3, \"x\"), First(\"y\"))),
        (id: \"order\", text: \"t\", holds: All([Before(Area(\"x0\"), Area(\"x1\")), Before(Area(\"x1\"), Area(\"x2\"))])),
        (id: \"not\", text: \"t\", holds: Not(Any([Before(Area(\"x0\"), Area(\"x1\")), Before(Area(\"x0\"), Area(\"x2\"))]))),
    ]";
    let summary = run(&one_factor(&same, &same, claims), N);
    let oracles = oracles();
    let values = &oracles["ranks"]["iid_exchangeable_5v5"]["values"];
    let of = |key: &str| values[key].as_f64().unwrap();
    assert_near(claim(&summary, "last(x)<first(y)"), of("P_all_safety_before_all_capabilities"), "all");
    assert_near(claim(&summary, "first(x)<first(y)"), of("P_best_safety_before_best_capability"), "best");
    assert_near(
        claim(&summary, "first(x)<last(y)"),
        1.0 - of("P_all_safety_before_all_capabilities"),
        "some",
    );
    assert_near(claim(&summary, "mean(x)<mean(y)"), 0.5, "mean");
    assert_near(claim(&summary, "most(x<y)"), values["P_U_ge"]["13"].as_f64().unwrap(), "most");
    assert_near(claim(&summary, "most(y<x)"), values["P_U_ge"]["13"].as_f64().unwrap(), "most");
    assert_near(claim(&summary, "top"), of("P_top3_all_safety"), "top three");
    // Three of five come before the other five: (5 * 4 * 3) / (10 * 9 * 8), the same event.
    assert_near(claim(&summary, "third"), 1.0 / 12.0, "third");
    assert_near(claim(&summary, "order"), 1.0 / 6.0, "an order of three");
    assert_near(claim(&summary, "not"), 1.0 / 3.0, "last of three");
    for (u, estimate) in summary.order.pairs[0].distribution.iter().enumerate() {
        assert_near(*estimate, values["U_pmf"][u.to_string()].as_f64().unwrap(), "pairs ahead");
    }
    // The Mann-Whitney count has mean mn / 2 and variance mn (m + n + 1) / 12.
    let pairs = &summary.order.pairs[0];
    let error = (25.0 * 11.0 / 12.0 / N as f64).sqrt();
    assert!((pairs.expected - 12.5).abs() < BOUND * error);
    assert!((pairs.mcse / error - 1.0).abs() < 0.01);
}

#[test]
fn an_order_of_three_normals() {
    let oracles = oracles();
    let cases = oracles["ranks"]["three_normals_zero_mean_order"]["values"].as_object().unwrap();
    for (key, truth) in cases {
        let scores: Vec<String> =
            numbers(key).into_iter().map(|sd| format!("Normal(mean: 0, sd: {sd})")).collect();
        let claims = "claims: [(id: \"order\", text: \"t\", holds: All([
            Before(Area(\"x0\"), Area(\"x1\")), Before(Area(\"x1\"), Area(\"y0\"))]))]";
        let summary = run(&one_factor(&[&scores[0], &scores[1]], &[&scores[2]], claims), N);
        assert_near(claim(&summary, "order"), truth.as_f64().unwrap(), key);
    }
}

/// A point is at the number as it was written, whatever the scale clips, and there is one if all modes are 0.
#[test]
fn points_are_central() {
    let scenario = parse(
        "Scenario(title: \"t\", scale: (min: 1, max: 10), groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\")],
         spread: (score: Uniform(half_width: 1.5)),
         factors: [(id: \"f\", weight: Triangular(min: 0, mode: 0, max: 1), scores: [9.12])])",
    );
    let point = headstart::analysis::point_table(&scenario);
    assert_eq!(point.overall_scores, [9.12]);
    assert!((point.moved[0] - (f64::midpoint(7.62, 10.0) - 9.12)).abs() < 1e-12);
}

/// Where no draw differs from another, nothing is uncertain: no rounding of the worlds' probabilities shows.
#[test]
fn certainty_is_exact() {
    let world = |id: &str, p: f64, q: f64| format!("(id: \"{id}\", outcomes: [(\"x\", {p}), (\"y\", {q})])");
    let worlds = format!("worlds: [{}, {}]", world("v", 0.05, 0.95), world("w", 0.25, 0.75));
    let always = run(&one_factor(&["2"], &["1"], &worlds), 1_000_000).order.before[0][1].unwrap();
    assert_eq!((always.probability, always.high, always.mcse), (1.0, 1.0, 0.0));
    let worlds = "worlds: [(id: \"w\", outcomes: [(\"x\", 0.2), (\"y\", 0.3), (\"z\", 0.5)])]";
    let score = "ByWorld(\"w\", {\"x\": 2, \"y\": 0, \"z\": 2})";
    let sometimes = run(&one_factor(&[score], &["1"], worlds), 1_000_000).order.before[0][1].unwrap();
    assert_eq!((sometimes.probability, sometimes.mcse), (0.7, 0.0));
}

/// The post's own table.
#[test]
fn published_table_row_is_reproduced() {
    let scenario = shipped("takeoff-published");
    let point = headstart::analysis::point_table(&scenario);
    let published = [5.53, 4.04, 4.76, 5.78, 5.93, 5.37, 6.21, 6.22, 7.35, 7.09];
    for (overall, published) in point.overall_scores.iter().zip(published) {
        assert!((overall - published).abs() <= 0.005 + 1e-9, "{overall} against {published}");
    }
    for (average, published) in point.groups.iter().zip([5.21, 6.45]) {
        assert!((average - published).abs() <= 0.005 + 1e-9, "{average} against {published}");
    }
    assert!((point.total_weight() - 8.6).abs() < 1e-12);
    // A Triangular(7.62, 9.12, 10) has mean 8.9133, and feedback weighs 2.5 of 8.6; the same for the other scores.
    let moved = (2.5 * (26.74 / 3.0 - 9.12) + 0.4 * (26.5 / 3.0 - 9.0) + 0.5 * (26.74 / 3.0 - 9.12)) / 8.6;
    assert!((point.moved[9] - moved).abs() < 1e-12, "{} against {moved}", point.moved[9]);
    // The two that the post has the wrong way round: post-training is before data generation all the same.
    let before = run(&scenario, N).order.before[6][7].unwrap();
    assert!(before.low > 0.5, "{before:?}");
}

/// Fixed scores `a` against `b` on as many factors, with uniform weights on the simplex.
fn simplex(a: &[f64], b: &[f64], draws: u64) -> headstart::analysis::Summary {
    let factors: Vec<String> = a
        .iter()
        .zip(b)
        .enumerate()
        .map(|(k, (a, b))| format!("(id: \"f{k}\", scores: [{a}, {b}])"))
        .collect();
    let text = format!(
        "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"g\")],
         weights: Simplex, factors: [{}])",
        factors.join(", ")
    );
    run(&parse(&text), draws)
}

#[test]
fn simplex_weights_of_certain_scores() {
    let differences = |d: &[f64], truth: f64, what: &str| {
        let before = simplex(d, &vec![0.0; d.len()], N).order.before[0][1].unwrap();
        assert_near(before, truth, what);
    };
    let w1 = simplex(&[1.0, 0.0, 1.0], &[0.0, 1.0, 0.0], N);
    assert_near(w1.order.before[0][1].unwrap(), case("W1")["P_A_before_B"].as_f64().unwrap(), "W1");
    differences(&[0.6, -0.2, 0.1, -0.35, 0.05], case("W4")["P"].as_f64().unwrap(), "W4");
    // The wrong law, uniforms over their sum, gives 1/120 here.
    let w9 = simplex(&[1.0, 0.0, 0.0, 0.0, 0.0], &[0.5; 5], N);
    assert_near(w9.order.before[0][1].unwrap(), case("W9")["P"].as_f64().unwrap(), "W9");
    let oracles = oracles();
    let cases = oracles["weights"]["dirichlet_uniform_fixed_scores"]["values"].as_object().unwrap();
    for (key, truth) in cases {
        differences(&numbers(key), truth.as_f64().unwrap(), key);
    }
}

#[test]
fn ties_of_certain_scores_are_certain() {
    let summary = simplex(&[0.0; 3], &[0.0; 3], 1_000);
    let expected = case("W2");
    assert_exact(summary.order.before[0][1].unwrap().probability, &expected["P_strict_A"], "W2");
    assert_exact(summary.order.tie[0][1].unwrap(), &expected["P_tie"], "W2");
    for (i, truth) in expected["rank1_competition"].as_array().unwrap().iter().enumerate() {
        assert_exact(summary.order.ranks[i][0].probability, truth, "both are first");
    }
}

/// The weight of one factor of eight is Beta(1, 7): its overall score is that of an area that scores on it alone.
#[test]
fn a_weight_on_the_simplex() {
    let mut alone = [0.0; 8];
    alone[0] = 1.0;
    let summary = simplex(&alone, &[0.0; 8], N);
    let (drawn, expected) = (&summary.areas[0], case("W10"));
    let of = |key: &str| expected[key].as_f64().unwrap();
    let n = N as f64;
    assert!((drawn.overall.mean - of("mean")).abs() < BOUND * (of("var") / n).sqrt());
    // The fourth central moment of Beta(1, 7) is below 8 variances squared.
    let variance = drawn.overall.sd * drawn.overall.sd;
    assert!((variance - of("var")).abs() < BOUND * of("var") * (7.0 / n).sqrt());
    let (p, q95) = drawn.overall.quantiles[4];
    let density = 7.0 * (1.0 - of("q95")).powi(6);
    assert!((q95 - of("q95")).abs() < BOUND * (p * (1.0 - p) / n).sqrt() / density + drawn.resolution);
}

#[test]
fn two_log_normals() {
    let scenario = one_factor(&["LogNormal(mu: 0, sigma: 0.5)"], &["LogNormal(mu: 0.2, sigma: 0.3)"], "");
    assert_near(first_before_second(&scenario, N), case("S9")["P"].as_f64().unwrap(), "S9");
}

/// The earliest of three exponential times, each an area that is the more amenable the earlier it comes.
#[test]
fn a_race_of_exponentials() {
    let text = "Scenario(title: \"t\", groups: [(id: \"g\")],
        areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"g\"), (id: \"c\", group: \"g\")],
        factors: [(id: \"time\", weight: 1, value: Linear(worst: 1, best: 0),
            scores: [Exponential(rate: 1), Exponential(rate: 2), Exponential(rate: 3)])],
        claims: [(id: \"order\", text: \"t\", holds: All([Before(Area(\"c\"), Area(\"b\")), Before(Area(\"b\"), Area(\"a\"))]))])";
    let (summary, expected) = (run(&parse(text), N), case("S6"));
    let of = |key: &str| expected[key].as_f64().unwrap();
    assert_near(summary.order.before[0][1].unwrap(), of("P_1_before_2"), "1 before 2");
    assert_near(summary.order.before[1][2].unwrap(), of("P_2_before_3"), "2 before 3");
    assert_near(summary.order.before[0][2].unwrap(), of("P_1_before_3"), "1 before 3");
    assert_near(claim(&summary, "order"), of("P_order_3_2_1"), "3, 2, 1");
    for i in 0..3 {
        assert_near(summary.order.ranks[i][0], expected["P_first"][i].as_f64().unwrap(), "first");
    }
}

#[test]
fn jsmaa_default_model() {
    let expected: Value = serde_json::from_str(&read("tests/data/jsmaa_default.json")).unwrap();
    let expected = &expected["no_preference"];
    let theirs = expected["N"].as_f64().unwrap();
    let summary = run(&parse(JSMAA), 4 * N);
    let near = |ours: headstart::analysis::Estimate, truth: &Value, what: &str| {
        let truth = truth.as_f64().unwrap();
        let error = (truth * (1.0 - truth) * (1.0 / ours.n() as f64 + 1.0 / theirs)).sqrt();
        assert!(
            (ours.probability - truth).abs() < BOUND * error,
            "{what}: {} against {truth}",
            ours.probability
        );
    };
    for i in 0..3 {
        for j in 0..3 {
            near(summary.order.ranks[i][j], &expected["rank_acceptability"][i][j], "rank");
            if i != j {
                near(summary.order.before[i][j].unwrap(), &expected["pairwise_winning"][i][j], "pair");
            }
        }
        let drawn = &summary.areas[i];
        let (mean, sd) = (&expected["mean_value"][i], expected["sd_value"][i].as_f64().unwrap());
        let error = sd * (1.0 / (4.0 * N as f64) + 1.0 / theirs).sqrt();
        assert!((drawn.overall.mean - mean.as_f64().unwrap()).abs() < BOUND * error);
        assert!((drawn.overall.sd - sd).abs() < BOUND * error);
    }
}

/// The dice of the cases, sampled this time: with values in place of worlds.
#[test]
fn finite_distributions_match_enumeration() {
    let oracles = oracles();
    let oracle = &oracles["pairwise"]["discrete_with_ties"]["values"];
    let scenario = one_factor(
        &["Discrete([(1, 0.2), (2, 0.5), (3, 0.3)])"],
        &["Discrete([(1, 0.1), (2, 0.4), (3, 0.3), (4, 0.2)])"],
        "",
    );
    let summary = run(&scenario, N);
    assert_near(summary.order.before[0][1].unwrap(), oracle["P_gt"].as_f64().unwrap(), "greater");
    assert_near(summary.order.before[1][0].unwrap(), oracle["P_lt"].as_f64().unwrap(), "less");
    let (tie, truth) = (summary.order.tie[0][1].unwrap(), oracle["P_tie"].as_f64().unwrap());
    assert!((tie - truth).abs() < BOUND * (truth * (1.0 - truth) / N as f64).sqrt(), "{tie} against {truth}");
}
