//! The model language against closed forms: laws of weights, dependence, worlds, edits and variants.

use crate::support::*;
use headstart::Scenario;
use headstart::scenario::{FileError, FoundFile, Strength, WeightDistribution};
use serde_json::Value;

const N: u64 = 1_000_000;

/// Two areas whose certain scores differ by `d` on factors a, b, c …, with laws of weights in `rest`.
fn differences(d: &[f64], rest: &str) -> Scenario {
    let factor =
        |(k, d): (usize, &f64)| format!("(id: \"{}\", scores: [{d}, 0]),", char::from(b'a' + k as u8));
    let factors: Vec<String> = d.iter().enumerate().map(factor).collect();
    parse(&format!(
        "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"g\")],
         factors: [{}], {rest})",
        factors.join(" ")
    ))
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn whole_case(id: &str) -> Value {
    let cases: Vec<Value> = serde_json::from_str(&read("tests/data/closed_form.json")).unwrap();
    cases.into_iter().find(|case| case["id"] == id).unwrap()
}

#[test]
fn ordered_and_bounded_weights() {
    for (id, law) in [
        ("W4", "weights: Simplex".to_owned()),
        ("W5", "weights: Ranked([\"a\", \"b\", \"c\", \"d\", \"e\"])".to_owned()),
        ("W5", "weights: Constrained([Order([\"a\", \"b\", \"c\"]), Order([\"c\", \"d\", \"e\"])])".to_owned()),
        ("W6", "weights: Bounded({\"a\": 0.1, \"b\": 0.05, \"c\": 0.05, \"d\": 0.1})".to_owned()),
        ("W6", "weights: Constrained([AtLeast(\"a\", 0.1), AtLeast(\"b\", 0.05), AtLeast(\"c\", 0.05), AtLeast(\"d\", 0.1)])".to_owned()),
    ] {
        let case = whole_case(id);
        let estimate = first_before_second(&differences(&numbers(&case["d"]), &law), N);
        assert_near(estimate, case["expected"]["P"].as_f64().unwrap(), &law);
    }
    // A factor that is not in the order is free: with d = (1, -1, 0) only the first two matter.
    let free = differences(&[1.0, -1.0, 0.0], "weights: Ranked([\"a\", \"b\"])");
    assert!(matches!(free.weight_law(), WeightDistribution::Constrained(..)));
    assert!(first_before_second(&free, 10_000).probability == 1.0);
}

/// The mean weight of each factor is the overall score of an area that scores 1 there and 0 elsewhere.
#[test]
fn mean_weights_are_overall_scores_of_single_scores() {
    let truth = numbers(&case("W7")["mean"]);
    let ids = ["a", "b", "c", "d", "e", "f"];
    let (areas, rows): (Vec<String>, Vec<String>) = ids
        .iter()
        .enumerate()
        .map(|(k, id)| {
            let row: Vec<String> = (0..6).map(|i| if i == k { "1" } else { "0" }.to_owned()).collect();
            (format!("(id: \"{id}\", group: \"g\")"), format!("(id: \"{id}\", scores: [{}])", row.join(", ")))
        })
        .unzip();
    let summary = run(
        &parse(&format!(
            "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [{}], factors: [{}],
             weights: Ranked([\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]))",
            areas.join(", "),
            rows.join(", ")
        )),
        N,
    );
    for (drawn, truth) in summary.areas.iter().zip(&truth) {
        assert!((drawn.overall.mean - truth).abs() < BOUND * drawn.mcse, "{}", drawn.overall.mean);
    }
    for (point, truth) in summary.point.weights.iter().zip(truth) {
        assert!((point - truth).abs() < 1e-15, "the table shows the mean weights");
    }
}

#[test]
fn dirichlet_weights_match_closed_forms() {
    let scenario = |weights: &[f64], d: &[f64]| {
        let factors = weights
            .iter()
            .zip(d)
            .enumerate()
            .map(|(k, (weight, d))| format!("(id: \"f{k}\", weight: {weight}, scores: [{d}, 0]),"));
        parse(&format!(
            "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"g\")],
             weights: Dirichlet(concentration: {}), factors: [{}])",
            weights.iter().sum::<f64>(),
            factors.collect::<String>()
        ))
    };
    assert_near(
        first_before_second(&scenario(&[8.0, 2.0], &[0.5, -0.5]), N),
        case("W8")["P"].as_f64().unwrap(),
        "W8",
    );
    let oracles = oracles();
    let values = oracles["weights"]["dirichlet_general_fixed_scores"]["values"].as_object().unwrap();
    for (key, truth) in values {
        let lists: Vec<Vec<f64>> = key
            .split(['[', ']'])
            .filter(|part| part.contains(", "))
            .map(|part| part.split(", ").map(|x| x.parse().unwrap()).collect())
            .collect();
        assert_near(first_before_second(&scenario(&lists[0], &lists[1]), N), truth.as_f64().unwrap(), key);
    }
}

#[test]
fn correlated_scores_match_a_closed_form() {
    let pair = |one: &str, other: &str, strength: &str| {
        one_factor(
            &[one],
            &[other],
            &format!("correlations: [(between: [\"score.f.x0\", \"score.f.y0\"], {strength})]"),
        )
    };
    let normals = pair("Normal(mean: 1, sd: 2)", "Normal(mean: 0, sd: 1)", "normal: 0.5");
    assert_near(first_before_second(&normals, N), case("S1")["P"].as_f64().unwrap(), "S1");
    let oracles = oracles();
    for (key, truth) in oracles["pairwise"]["two_normals"]["values"].as_object().unwrap() {
        let parts: Vec<f64> = key
            .split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
            .filter_map(|n| n.parse().ok())
            .collect();
        let [m1, s1, m2, s2, rho] = parts[..] else { panic!("{key}") };
        let normal = |mean, sd| format!("Normal(mean: {mean}, sd: {sd})");
        let scenario = pair(&normal(m1, s1), &normal(m2, s2), &format!("normal: {rho}"));
        assert_near(first_before_second(&scenario, N), truth.as_f64().unwrap(), key);
    }
    for (key, truth) in oracles["pairwise"]["gaussian_copula_triangulars"]["values"].as_object().unwrap() {
        let rho = key.trim_start_matches("rho=");
        let one = "Triangular(min: 2.38, mode: 3.88, max: 5.38)";
        let other = "Triangular(min: 2.88, mode: 4.38, max: 5.88)";
        let scenario = pair(one, other, &format!("normal: {rho}"));
        assert_near(first_before_second(&scenario, N), truth.as_f64().unwrap(), key);
    }
    // What is stated comes out, as a rank correlation, whatever the families.
    let rank = pair("Exponential(rate: 1)", "Beta(alpha: 0.5, beta: 2)", "rank: 0.6");
    let achieved = &run(&rank, 100_000).correlations[0];
    let rank = achieved.rank.unwrap();
    assert!((rank.value - 0.6).abs() < BOUND * rank.mcse, "{achieved:?}");
    assert!(rank.mcse < 0.004);
    let table = &oracles["correlation"]["spearman_kendall_to_normal_scale"]["values"]["spearman"];
    for (rho, truth) in table.as_object().unwrap() {
        let r = Strength::Rank(rho.parse().unwrap()).normal();
        assert!((r - truth.as_f64().unwrap()).abs() < 1e-14, "{rho}");
    }
}

/// The published matrix that is positive definite as ranks and is not as normal scores is refused, and named.
#[test]
fn correlations_that_clash() {
    let oracles = oracles();
    let matrix = &oracles["correlation"]["spearman_psd_but_normal_scale_not"]["params"]["spearman"];
    let mut stated = String::new();
    for i in 0..5 {
        for j in 0..i {
            stated += &format!("(between: [\"input.i{i}\", \"input.i{j}\"], rank: {}), ", matrix[i][j]);
        }
    }
    let inputs: String = (0..5).map(|i| format!("(id: \"i{i}\", value: Normal(mean: 0, sd: 1)), ")).collect();
    let text = |stated: &str| {
        format!(
            "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"g\")],
             inputs: [{inputs}], correlations: [{stated}],
             factors: [(id: \"f\", weight: 1, scores: [Ref(\"i0\"), Ref(\"i1\")])])"
        )
    };
    let problems = Scenario::from_ron("t.ron", &text(&stated)).unwrap_err().render(false);
    assert!(problems.contains("are inconsistent") && problems.contains("input.i"), "{problems}");
    let eigenvalue =
        &oracles["correlation"]["spearman_psd_but_normal_scale_not"]["values"]["eig_normal_scale"][0];
    assert!(
        problems.contains(&format!("would have variance {:.4}", eigenvalue.as_f64().unwrap())),
        "{problems}"
    );
    // As correlations of normal scores they are what they are as ranks: positive definite.
    assert!(Scenario::from_ron("t.ron", &text(&stated.replace("rank:", "normal:"))).is_ok());
}

/// A shared baseline cancels: S2.
#[test]
fn a_shared_baseline() {
    let scenario = one_factor(
        &["Relative(to: \"z\", by: Normal(mean: 0.3, sd: 1))"],
        &["Relative(to: \"z\", by: Normal(mean: 0, sd: 1))"],
        "inputs: [(id: \"z\", value: Normal(mean: 0, sd: 10))]",
    );
    let summary = run(&scenario, N);
    assert_near(summary.order.before[0][1].unwrap(), case("S2")["P"].as_f64().unwrap(), "S2");
    assert!(
        (summary.areas[0].overall.sd - 101_f64.sqrt()).abs() < 0.05,
        "and yet each is as uncertain as both"
    );
}

/// Of n factors with equal certain weights, a group bias of loading g on normal scores moves the difference of two
/// areas of different groups as n independent biases: the variance of the difference stays what it is, but the means of
/// two groups of m areas differ with the variance 2 (g^2 + (1 - g^2) / m) / n in units of a score's.
#[test]
fn a_shared_error_widens_the_gap_of_two_groups() {
    let scenario = |shared_errors: &str| {
        one_factor(
            &["Normal(mean: 5.5, sd: 1)", "Normal(mean: 5.5, sd: 1)", "Normal(mean: 5.5, sd: 1)"],
            &["Normal(mean: 5, sd: 1)", "Normal(mean: 5, sd: 1)", "Normal(mean: 5, sd: 1)"],
            shared_errors,
        )
    };
    let phi = |z: f64| headstart::distribution::standard_cdf(z);
    for (shared_errors, [pair, within, mean]) in [
        ("", [2.0, 2.0, 2.0 / 3.0]),
        ("shared_errors: (factor: 0.6)", [2.0 * 0.64, 2.0 * 0.64, 2.0 / 3.0 * 0.64]),
        ("shared_errors: (area: 0.6)", [2.0, 2.0, 2.0 / 3.0]),
        ("shared_errors: (group: 0.6)", [2.0, 2.0 * 0.64, 2.0 * (0.36 + 0.64 / 3.0)]),
    ] {
        let summary = run(&scenario(shared_errors), N);
        assert_near(summary.order.before[0][3].unwrap(), phi(0.5 / f64::sqrt(pair)), shared_errors);
        assert_near(summary.order.before[0][1].unwrap(), 0.5, shared_errors);
        assert_near(claim(&summary, "mean(x)<mean(y)"), phi(0.5 / f64::sqrt(mean)), shared_errors);
        let _ = within;
    }
}

/// A weighted mean of two differences under all weightings: M1, an integral over the weight.
#[test]
fn uncertain_scores_under_uncertain_weights() {
    let scenario = parse(
        "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"g\")],
         weights: Simplex, factors: [
            (id: \"a\", scores: [Normal(mean: 0.5, sd: 1), Exact(0)]),
            (id: \"b\", scores: [Normal(mean: -0.3, sd: 0.7071067811865476), Exact(0)]),
         ])",
    );
    assert_near(first_before_second(&scenario, N), case("M1")["P"].as_f64().unwrap(), "M1");
}

/// Normal residuals on certain scores: P = Phi(gap / (sd sqrt 2)) for areas apart, and the group's part cancels within.
#[test]
fn residual_matches_closed_form() {
    let scenario = one_factor(&["5.5", "5.3"], &["5"], "residual: (sd: 0.7, all: 0.3, group: 0.6)");
    let summary = run(&scenario, N);
    let phi =
        |gap: f64, share: f64| headstart::distribution::standard_cdf(gap / (0.7 * (2.0 * share).sqrt()));
    assert_near(summary.order.before[0][2].unwrap(), phi(0.5, 0.91), "across groups");
    assert_near(summary.order.before[0][1].unwrap(), phi(0.2, 0.55), "within a group");
    let without = summary.without_residual.unwrap();
    assert_eq!(without.before[0][2].unwrap().probability, 1.0, "the answer without it stands beside");
}

/// One rater a row: the two areas are scored by the same one, so the order is that of the rater, by votes.
#[test]
fn one_rater_a_row() {
    let scenario = one_factor(
        &["Raters([(5, Exact(3)), (1, Exact(1)), (1, Exact(4)), (1, Exact(2))])"],
        &["Raters([(5, Exact(2)), (1, Exact(6)), (1, Exact(5)), (1, Exact(2))])"],
        "",
    );
    let summary = run(&scenario, N);
    assert_near(summary.order.before[0][1].unwrap(), 5.0 / 8.0, "the first rater");
    assert_near(summary.order.before[1][0].unwrap(), 2.0 / 8.0, "two of the others");
    assert!(
        (summary.point.overall_scores[0] - (15.0 + 7.0) / 8.0).abs() < 1e-15,
        "the table has the average"
    );
}

#[test]
fn worlds_given_worlds() {
    let scenario = one_factor(
        &["ByWorld(\"v\", {\"up\": 2, \"down\": 0})"],
        &["1"],
        "worlds: [
            (id: \"w\", outcomes: [(\"a\", Beta(alpha: 2, beta: 6)), (\"b\", Rest)]),
            (id: \"v\", given: \"w\", outcomes: {\"a\": [(\"up\", 0.9), (\"down\", 0.1)], \"b\": [(\"up\", 0.2), (\"down\", 0.8)]}),
         ]",
    );
    let summary = run(&scenario, 1_000);
    let up = 0.25 * 0.9 + 0.75 * 0.2;
    assert!((summary.order.before[0][1].unwrap().probability - up).abs() < 1e-12, "worlds are not sampled");
    let probabilities: Vec<f64> = scenario.joint_worlds().iter().map(|world| world.probability).collect();
    for (p, truth) in probabilities.iter().zip([0.225, 0.025, 0.15, 0.6]) {
        assert!((p - truth).abs() < 1e-15);
    }
}

/// A veto leaves an area at the floor; a share of what is above it otherwise.
#[test]
fn discounts_scale_what_is_above_the_floor() {
    let scenario = one_factor(
        &["9", "5"],
        &["4"],
        "scale: (min: 1, max: 10), worlds: [(id: \"w\", outcomes: [(\"veto\", 0.25), (\"none\", 0.75)])],
         discounts: [(id: \"d\", of: \"@x\", by: ByWorld(\"w\", {\"veto\": 0, \"none\": Uniform(min: 0.5, max: 1)}))]",
    );
    let summary = run(&scenario, N);
    let veto = &summary.worlds[0];
    assert_eq!(veto.areas[0].overall.mean, 1.0);
    assert_eq!(veto.order.tie[0][1].unwrap(), 1.0, "all that is vetoed ties");
    // 1 + 8 m > 4 always, and 1 + 4 m > 4 where m > 3/4.
    assert!((summary.order.before[0][2].unwrap().probability - 0.75).abs() < 1e-12);
    assert_near(summary.worlds[1].order.before[1][2].unwrap(), 0.5, "half of the shares");
}

/// A variant is its expansion, on bits, and so is a scenario after edits.
#[test]
fn a_variant_is_its_expansion() {
    for name in library() {
        let scenario = load(&name);
        let expanded = parse(&scenario.to_ron());
        assert_eq!(expanded, scenario, "{name}");
        assert_eq!(expanded.hash(), scenario.hash());
        assert_eq!(run(&expanded, 3_000), run(&scenario, 3_000), "{name}");
    }
}

/// Every scenario of the library still comes to what it asserts.
#[test]
fn the_library_holds() {
    for name in library() {
        let summary = run(&load(&name), 200_000);
        for assert in &summary.asserts {
            assert_eq!(assert.verdict, headstart::analysis::Verdict::Holds, "{name}: {assert:?}");
        }
    }
}

#[test]
fn edits_do_what_they_say() {
    let base = shipped("takeoff");
    let number = |edits: &[&str], k: usize, i: usize| {
        let edited = base.with_edits(edits).unwrap_or_else(|why| panic!("{why}"));
        edited.scenario.central(&edited.scenario.factors()[k].scores[i])
    };
    assert_eq!(number(&["score.insight.ai_control += 1"], 1, 3), 7.06);
    assert_eq!(number(&["score.insight.* *= 0.5"], 1, 4), 3.78);
    assert_eq!(number(&["score.insight.@capabilities = 3"], 1, 9), 3.0);
    assert_eq!(number(&["score.*.{ai_control, post_training} = 2"], 6, 6), 2.0);
    let clamped = base.with_edits(&["score.compute_vs_labour.alignment_theory += 1"]).unwrap();
    assert_eq!(clamped.scenario, base, "10 is the end of the scale");
    assert!(
        clamped.warnings[0].contains("score.compute_vs_labour.alignment_theory"),
        "{:?}",
        clamped.warnings
    );
    // The five are 7.88, 10, 6.75, 8.12 and 7.62.
    let stopped = |by: f64| base.stopped(&[format!("score.compute_vs_labour.@safety += {by}")]).unwrap();
    assert!(stopped(1.0).unwrap().starts_with("1 of the 5 numbers"), "{:?}", stopped(1.0));
    assert!(stopped(2.2).unwrap().starts_with("3 of the 5 numbers"), "{:?}", stopped(2.2));
    assert_eq!(stopped(-1.0), None);
    // An edit of a weight by world leaves what is absent absent.
    let doubled = base.with_edits(&["weight.* *= 2"]).unwrap().scenario;
    assert_eq!(doubled.central(&doubled.factors()[5].weight), 0.3 * 1.6);
    let honest = base.with_edits(&["weight.scheming_risk[honest] = 0.5"]).unwrap().scenario;
    assert!((honest.central(&honest.factors()[5].weight) - (0.3 * 0.8 + 0.7 * 0.5)).abs() < 1e-15);
    let world = base.with_edits(&["world.scheming.scheming = 0.5"]).unwrap().scenario;
    assert_eq!(world.joint_worlds()[1].probability, 0.5, "the other outcome has the rest");
    let uncertain = base.with_edits(&["world.scheming.scheming = Beta(alpha: 2, beta: 3)"]).unwrap().scenario;
    assert!((uncertain.joint_worlds()[0].probability - 0.4).abs() < 1e-15);
    let dropped = base.with_edits(&["drop insight"]).unwrap().scenario;
    assert_eq!(dropped.factors().len(), 6);
    assert_eq!(dropped.levers().len(), base.levers().len() - 1, "a lever on nothing else goes with it");
    let ranked = differences(&[1.0, 2.0, 3.0], "weights: Ranked([\"c\", \"a\", \"b\"])");
    let ranked = ranked.with_edits(&["drop a"]).unwrap().scenario;
    assert_eq!(*ranked.weight_law(), WeightDistribution::Ranked(vec![1, 0]));
    let constrained = differences(&[1.0, 2.0, 3.0], "weights: Constrained([AtLeast(\"a\", 0.1)])");
    assert!(constrained.with_edits(&["drop b"]).is_err());
    let moved = base.with_edits(&["group.ai_control = capabilities"]).unwrap().scenario;
    assert_eq!((moved.members(0).len(), moved.members(1).len()), (4, 6));
    let wide = base.with_edits(&["spread.score *= 2"]).unwrap().scenario;
    assert_eq!(wide.score_spread().unwrap().to_string(), "Triangular(half_width: 3)");
    assert_eq!(base.with_edits(&["residual = 0.5"]).unwrap().scenario.residual().unwrap().sd, 0.5);
    // A distribution that is added is one number for all that is addressed, and moves no order among those.
    let shared = base.with_edits(&["score.insight.* += Normal(mean: 0, sd: 5)"]).unwrap().scenario;
    let (with, without) = (run(&shared, 20_000), run(&base, 20_000));
    assert_eq!(shared.inputs().len(), 1);
    assert!(with.areas[0].overall.sd > without.areas[0].overall.sd + 0.2);
    let (a, b) = (with.order.before[3][8].unwrap(), without.order.before[3][8].unwrap());
    assert!((a.probability - b.probability).abs() < 0.02, "{a:?} {b:?}");
    // An edit that changes nothing changes no bit, and an edit of one number moves nobody else's draws.
    assert_eq!(base.with_edits(&["score.insight.ai_control += 0"]).unwrap().scenario, base);
}

#[test]
fn edits_that_cannot_be_made() {
    let base = shipped("takeoff");
    for (edit, says) in [
        ("weight.insihgt *= 2", "did you mean `insight`"),
        ("score.insight.ai_contrl = 3", "did you mean `ai_control`"),
        ("score.insight.@safty = 3", "did you mean `safety`"),
        ("score.insight = 3", "is not an address"),
        ("weight.insight", "expected `<address> = <value>`"),
        ("weight.insight = ", "expected `<address> = <value>`"),
        ("weight.insight == 2", "expected `<address> = <value>`"),
        ("weight.insight = -1", "negative"),
        ("weight.insight *= -1", "would be -1.5"),
        ("weight.insight += x", "unknown distribution `x`"),
        ("weight.insight *= x", "expected a number, found `x`"),
        ("weight.insight *= inf", "not finite"),
        ("weight.insight += Normal(mean: 0, sd: 1)", "scores only"),
        ("weight.insight = Triangular(min: 3, mode: 2, max: 1)", "Triangular"),
        ("weight.insight[honest] = 1", "has no branch `honest`"),
        ("weight.scheming_risk[maybe] = 1", "unknown outcome `maybe`"),
        ("world.scheming.scheming = 1.5", "between 0 and 1"),
        ("world.scheming.schemin = 0.5", "did you mean `scheming`"),
        ("spread.score += 1", "multiplied or set"),
        ("spread.score *= -1", "above 0"),
        ("spread.score = Trangular(half_width: 1)", "did you mean `Triangular`"),
        ("residual = -1", "would be -1"),
        ("group.ai_control = nobody", "expected a group"),
        ("drop insihgt", "did you mean `insight`"),
        ("input.nothing = 1", "unknown input"),
    ] {
        match base.with_edits(&[edit]) {
            Ok(edited) => {
                let warned = edited.warnings.iter().any(|warning| warning.contains(says));
                assert!(warned, "{edit} was made: {:?}", edited.warnings);
            }
            Err(why) => {
                let why = why.to_string();
                assert!(why.contains(says) && why.contains(edit.trim()), "{edit}: {why}");
            }
        }
    }
    let all: Vec<String> = base.factors().iter().map(|factor| format!("drop {}", factor.id)).collect();
    assert!(base.with_edits(&all).is_err(), "some factor has to stay");
}

#[test]
fn variants_that_cannot_be_read() {
    let files = |path: &str, _from: &std::path::Path| {
        let base = read("scenarios/takeoff.ron");
        let found = |text: String| Ok(FoundFile { path: path.into(), text });
        match path {
            "base.ron" => found(base),
            "broken.ron" => found(base.replace("group: \"safety\"", "group: \"saftey\"")),
            "loop.ron" => found("Variant(base: \"other.ron\")".into()),
            "other.ron" => found("Variant(base: \"loop.ron\")".into()),
            _ => Err(FileError::Refused("no such file".into())),
        }
    };
    let load = |text: &str| Scenario::load("variant.ron", text, &files);
    for (text, says) in [
        ("Variant(base: \"none.ron\")", "no such file"),
        ("Variant(base: \"broken.ron\")", "has problems, the first: unknown group `saftey`"),
        ("Variant(base: \"loop.ron\")", "has problems"),
        ("Variant(title: \"t\")", "has no `base`"),
        ("Variant(base: \"base.ron\", edits: [\"weight.insihgt = 1\"])", "did you mean `insight`"),
        (
            "Variant(base: \"base.ron\", areas: [(id: \"new\", group: \"safety\", scores: [1, 2])])",
            "2 scores for 7 factors",
        ),
        (
            "Variant(base: \"base.ron\", factors: [(id: \"new\", weight: 1, scores: [1, 2])])",
            "2 scores for 10 areas",
        ),
        (
            "Variant(base: \"base.ron\", factors: [(id: \"insight\", weight: 1, scores: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])])",
            "two factors have the id `insight`",
        ),
        ("Variant(base: \"base.ron\", groups: [(id: \"new\")])", "no area belongs to the group `new`"),
        ("Variant(base: \"base.ron\", colour: 1)", "has no field `colour`"),
    ] {
        let problems = load(text).unwrap_err().render(false);
        assert!(problems.contains(says), "{text}\n{problems}");
    }
    assert!(
        Scenario::from_ron("variant.ron", "Variant(base: \"base.ron\")").is_err(),
        "no files to read from"
    );
    let added = load(
        "Variant(base: \"base.ron\", title: \"t\",
         groups: [(id: \"new\", name: \"New\")],
         areas: [(id: \"extra\", group: \"new\", scores: [1, 2, 3, 4, 5, 6, 7])],
         factors: [(id: \"more\", weight: 1, scores: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1])],
         edits: [\"score.more.extra = 9\"])",
    )
    .unwrap();
    assert_eq!((added.groups().len(), added.areas().len(), added.factors().len()), (3, 11, 8));
    assert_eq!(added.central(&added.factors()[7].scores[10]), 9.0);
    assert_eq!(added.central(&added.factors()[6].scores[10]), 7.0);
    // A variant of a variant.
    let twice = load("Variant(base: \"base.ron\", edits: [\"drop insight\", \"drop task_length\"])").unwrap();
    assert_eq!(twice.factors().len(), 5);
}

/// The weights of a Dirichlet law are edited as they were stated, and not as the shares that they come to; other laws have none to be edited.
#[test]
fn edits_of_weights_under_a_law() {
    let with = |law: &str, weights: [&str; 2]| {
        let factor = |id: &str, weight: &str| format!("(id: \"{id}\", {weight} scores: [1, 2])");
        parse(&format!(
            "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"p\", group: \"g\"), (id: \"q\", group: \"g\")],
             weights: {law}, factors: [{}, {}])",
            factor("f", weights[0]),
            factor("h", weights[1])
        ))
    };
    let stated = with("Dirichlet(concentration: 20)", ["weight: 2,", "weight: 6,"]);
    for (edit, there) in [("weight.f *= 3", 6.0), ("weight.f += 1", 3.0), ("weight.f = 5", 5.0)] {
        let wanted = with("Dirichlet(concentration: 20)", [&format!("weight: {there},"), "weight: 6,"]);
        assert_eq!(stated.with_edits(&[edit]).unwrap().scenario.to_ron(), wanted.to_ron(), "{edit}");
    }
    for law in ["Simplex", "Ranked([\"f\", \"h\"])", "Bounded({\"f\": 0.2})"] {
        let why = with(law, ["", ""]).with_edits(&["weight.f *= 2"]).unwrap_err().to_string();
        assert!(why.contains("the weights share one distribution"), "{why}");
    }
}
