//! What edits do to worlds, laws of weights, shared inputs, discounts and what hangs on a factor; the ways between such scenarios.

use crate::support::*;
use headstart::Scenario;
use headstart::scenario::WeightDistribution;

fn edited(scenario: &Scenario, edit: &str) -> Scenario {
    scenario.with_edits(&[edit]).unwrap_or_else(|why| panic!("{why}")).scenario
}

#[track_caller]
fn refused(scenario: &Scenario, edit: &str, says: &str) {
    let why = scenario.with_edits(&[edit]).map(|edited| edited.scenario.to_ron()).unwrap_err().to_string();
    assert!(why.contains(says), "{edit}: {why}");
}

fn weather() -> Scenario {
    one_factor(
        &["ByWorld(\"w\", {\"wet\": 4, \"dry\": 6, \"icy\": 1})"],
        &["ByWorld(\"v\", {\"up\": 5, \"down\": 2})"],
        "scale: (min: 0, max: 10), worlds: [
            (id: \"w\", outcomes: [(\"wet\", 0.2), (\"dry\", 0.5), (\"icy\", 0.3)]),
            (id: \"v\", given: \"w\", outcomes: {
                \"wet\": [(\"up\", 0.9), (\"down\", 0.1)], \"dry\": [(\"up\", 0.5), (\"down\", 0.5)], \"icy\": [(\"up\", 0), (\"down\", 1)] }),
         ]",
    )
}

#[track_caller]
fn chances(scenario: &Scenario, world: usize, rows: &[&[f64]]) {
    let there = &scenario.worlds()[world].chances;
    assert_eq!(there.len(), rows.len());
    for (row, truth) in there.iter().zip(rows) {
        let row: Vec<f64> = row.iter().map(|chance| chance.probability).collect();
        let near = row.len() == truth.len() && row.iter().zip(*truth).all(|(p, q)| (p - q).abs() < 1e-14);
        assert!(near, "{row:?}, not {truth:?}");
    }
}

/// An outcome gets the probability that is asked for, and the others keep their proportions.
#[test]
fn probabilities_of_outcomes() {
    let base = weather();
    chances(&edited(&base, "world.w.wet = 0.6"), 0, &[&[0.6, 0.25, 0.15]]);
    chances(&edited(&base, "world.w.dry += 0.1"), 0, &[&[0.16, 0.6, 0.24]]);
    chances(&edited(&base, "world.w.icy *= 2"), 0, &[&[0.4 * 2.0 / 7.0, 0.4 * 5.0 / 7.0, 0.6]]);
    // What was certain leaves the same to each of the others, which have no proportions.
    let certain = edited(&base, "world.w.dry = 1");
    chances(&certain, 0, &[&[0.0, 1.0, 0.0]]);
    chances(&edited(&certain, "world.w.dry = 0.4"), 0, &[&[0.3, 0.4, 0.3]]);
    // One row of a world that depends on another, or all of them.
    chances(&edited(&base, "world.v.up[dry] = 0.25"), 1, &[&[0.9, 0.1], &[0.25, 0.75], &[0.0, 1.0]]);
    chances(&edited(&base, "world.v.up *= 0.5"), 1, &[&[0.45, 0.55], &[0.25, 0.75], &[0.0, 1.0]]);
    let uncertain = edited(&base, "world.v.down[wet] = Beta(alpha: 1, beta: 3)");
    chances(&uncertain, 1, &[&[0.75, 0.25], &[0.5, 0.5], &[0.0, 1.0]]);
    refused(&base, "world.w.wet = Beta(alpha: 1, beta: 3)", "only where there are two outcomes");
    refused(&base, "world.v.up[hail] = 0.5", "unknown outcome `hail`");
    refused(&base, "world.w.wet[up] = 0.5", "depends on no other");
    refused(&base, "world.w.wet *= x", "expected a number");
    refused(&base, "world.w.wet += Uniform(min: 0, max: 0.1)", "expected a number");
    let beyond = base.with_edits(&["world.w.wet *= 9"]).unwrap();
    chances(&beyond.scenario, 0, &[&[1.0, 0.0, 0.0]]);
    assert!(beyond.warnings[0].contains("world.w.wet would be 1.8000"), "{:?}", beyond.warnings);
    assert!(base.with_edits(&["world.w.wet *= 5"]).unwrap().warnings.is_empty(), "1 is a probability");
}

#[test]
fn a_single_outcome_stays_certain() {
    let scenario = one_factor(
        &["ByWorld(\"w\", {\"sure\": 4})"],
        &["3"],
        "worlds: [(id: \"w\", outcomes: [(\"sure\", 1)])]",
    );
    assert_eq!(edited(&scenario, "world.w.sure = 1"), scenario);
    refused(&scenario, "world.w.sure = 0.5", "is the only outcome");
}

fn three_factors(rest: &str, weights: [&str; 3]) -> Scenario {
    let [a, b, c] = weights;
    parse(&format!(
        "Scenario(title: \"test\", scale: (min: 0, max: 10), groups: [(id: \"g\")],
         areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"g\")],
         factors: [
            (id: \"a\", {a} scores: [Uniform(min: 1, max: 5), Uniform(min: 2, max: 6)]),
            (id: \"b\", {b} scores: [Uniform(min: 3, max: 4), Normal(mean: 5, sd: 1)]),
            (id: \"c\", {c} scores: [Exact(3), Uniform(min: 2, max: 9)]),
         ], {rest})"
    ))
}

/// A factor takes with it what is about it alone, and nothing else.
#[test]
fn what_goes_with_a_factor() {
    let weights = ["weight: Uniform(min: 1, max: 2),", "weight: 2,", "weight: Uniform(min: 0, max: 4),"];
    let correlated = |one: &str, other: &str| {
        let text = format!("correlations: [(between: [\"{one}\", \"{other}\"], rank: 0.5)]");
        three_factors(&text, weights)
    };
    for (one, other) in [("score.a.x", "score.b.y"), ("weight.a", "weight.c"), ("score.c.y", "score.a.y")] {
        let scenario = correlated(one, other);
        for factor in ["a", "b", "c"] {
            let about = [one, other].iter().any(|address| address.split('.').nth(1) == Some(factor));
            let left = edited(&scenario, &format!("drop {factor}")).correlations().len();
            assert_eq!(left, usize::from(!about), "{one} and {other} without {factor}");
        }
    }
    let stated =
        three_factors("weights: Dirichlet(concentration: 20)", ["weight: 1,", "weight: 2,", "weight: 5,"]);
    let WeightDistribution::Dirichlet { means, concentration } =
        edited(&stated, "drop b").weight_law().clone()
    else {
        panic!("still a Dirichlet law")
    };
    assert!(
        (means[0] / means[1] - 0.2).abs() < 1e-15 && means.len() == 2 && concentration == 20.0,
        "{means:?}"
    );
    let bounded = three_factors("weights: Bounded({\"a\": 0.1, \"c\": 0.3})", ["", "", ""]);
    assert_eq!(*edited(&bounded, "drop a").weight_law(), WeightDistribution::Bounded(vec![0.0, 0.3]));
    assert_eq!(*edited(&bounded, "drop b").weight_law(), WeightDistribution::Bounded(vec![0.1, 0.3]));
    // What bounds nothing is not written, so that it makes no other hash.
    assert!(edited(&bounded, "drop a").to_ron().contains("Bounded({\"c\": 0.3})"));
}

/// Shared inputs, discounts, and distributions that are written out.
#[test]
fn edits_change_inputs_discounts_and_distributions() {
    let scenario = one_factor(
        &["Ref(\"base\")", "Exact(3)"],
        &["Relative(to: \"base\", by: Uniform(min: 1, max: 2))"],
        "scale: (min: 0, max: 10), inputs: [(id: \"base\", value: Normal(mean: 5, sd: 1))],
         worlds: [(id: \"w\", outcomes: [(\"veto\", 0.25), (\"none\", 0.75)])],
         discounts: [(id: \"d\", of: \"@x\", by: ByWorld(\"w\", {\"veto\": Exact(0.2), \"none\": Uniform(min: 0.5, max: 0.7)}))]",
    );
    assert!(scenario.lints().iter().all(|lint| lint.code != "L005"), "all that is declared is used");
    let base = |edit: &str| edited(&scenario, edit).inputs()[0].dist.to_string();
    assert_eq!(base("input.base += 1.5"), "Normal(mean: 6.5, sd: 1)");
    assert_eq!(base("input.base *= 2"), "Normal(mean: 10, sd: 2)");
    assert_eq!(base("input.base = Uniform(min: 2, max: 3)"), "Uniform(min: 2, max: 3)");
    let writes = |edit: &str, text: &str| {
        let there = edited(&scenario, edit).to_ron();
        assert!(there.contains(text), "{edit}: {there}");
    };
    writes("score.f.x1 += 1", "Exact(4)");
    // A number can be multiplied by 0, a distribution cannot.
    writes("score.f.x1 *= 0", "Exact(0)");
    writes("score.f.y0 += 1", "Relative(to: \"base\", by: Uniform(min: 2, max: 3))");
    writes("discount.d *= 0.5", "{\"veto\": Exact(0.1), \"none\": Uniform(min: 0.25, max: 0.35)}");
    writes("discount.d[veto] = Exact(0.9)", "{\"veto\": Exact(0.9), \"none\": Uniform(min: 0.5, max: 0.7)}");
    refused(&scenario, "input.base *= 0", "only by a number above 0");
    refused(&scenario, "input.base *= -1", "only by a number above 0");
    refused(&scenario, "score.f.x0 += 1", "refers to a shared input");
    // An input is one distribution, and depends on nothing.
    refused(&scenario, "input.base = Ref(\"base\")", "expected a number or a distribution");
    refused(
        &scenario,
        "input.base = ByWorld(\"w\", {\"veto\": 1, \"none\": 2})",
        "expected a number or a distribution",
    );
    refused(&scenario, "input.base += Normal(mean: 0, sd: 1)", "can be added to scores only");
}

/// What the factors miss is set, moved and stretched, and keeps what groups share of it.
#[test]
fn edits_set_move_and_stretch_the_residual() {
    let scenario = one_factor(&["5"], &["4"], "residual: (sd: 0.5, group: 0.25)");
    for (edit, sd) in [("residual = 2", 2.0), ("residual += 0.25", 0.75), ("residual *= 3", 1.5)] {
        let there = edited(&scenario, edit).residual().unwrap();
        assert_eq!((there.sd, there.group), (sd, 0.25), "{edit}");
    }
    assert!(edited(&scenario, "residual *= 0").residual().is_none());
    refused(&scenario, "residual += -0.75", "would be -0.25");
}

/// The steps from one scenario to another, and that each edit among them makes the scenario that it is said to.
#[track_caller]
fn way(from: &Scenario, to: &Scenario, steps: &[&str]) {
    let path = from.path_to(to).unwrap();
    let texts: Vec<&str> = path.steps.iter().map(|step| step.text.as_str()).collect();
    assert_eq!(texts, steps);
    let mut before = from.clone();
    for step in &path.steps {
        if step.is_edit {
            assert_eq!(edited(&before, &step.text).to_ron(), step.scenario.to_ron(), "{}", step.text);
        }
        before = step.scenario.clone();
    }
    assert_eq!(before.to_ron(), to.to_ron(), "it ends there");
}

#[test]
fn ways_between_worlds_and_inputs() {
    let base = weather();
    way(&base, &edited(&base, "world.v.up[dry] = 0.25"), &["world.v.up[dry] = 0.25"]);
    let wetter = base.path_to(&edited(&base, "world.w.wet = 0.6")).unwrap();
    assert_eq!(wetter.steps.len(), 1);
    // Of three outcomes one edit would not say what the others get.
    assert!(!wetter.steps[0].is_edit && wetter.steps[0].text.contains("0.6"), "{}", wetter.steps[0].text);
    assert_eq!(wetter.steps[0].scenario.worlds(), edited(&base, "world.w.wet = 0.6").worlds());
    let shared = |base: &str, by: &str, of: &str| {
        one_factor(
            &["Ref(\"base\")"],
            &["Relative(to: \"other\", by: Uniform(min: 1, max: 2))"],
            &format!(
                "scale: (min: 0, max: 10), inputs: [(id: \"base\", value: {base}), (id: \"other\", value: Uniform(min: 1, max: 4))],
                 discounts: [(id: \"d\", of: \"{of}\", by: {by})]"
            ),
        )
    };
    let from = shared("Normal(mean: 5, sd: 1)", "Exact(0.5)", "@x");
    way(
        &from,
        &shared("Normal(mean: 6, sd: 1)", "Exact(0.5)", "@x"),
        &["input.base = Normal(mean: 6, sd: 1)"],
    );
    way(&from, &shared("Normal(mean: 5, sd: 1)", "Exact(0.7)", "@x"), &["discount.d = Exact(0.7)"]);
    way(&from, &shared("Normal(mean: 5, sd: 1)", "Exact(0.7)", "@y"), &["other discounts"]);
}

/// A weight that a shared input gives may be 0 only where something else has weight.
#[test]
fn weights_by_shared_inputs() {
    let scenario = |input: &str| {
        Scenario::from_ron(
            "test.ron",
            &format!(
                "Scenario(title: \"test\", groups: [(id: \"g\")], areas: [(id: \"x\", group: \"g\"), (id: \"y\", group: \"g\")],
                 inputs: [(id: \"i\", value: {input})], factors: [(id: \"f\", weight: Ref(\"i\"), scores: [1, 2])])"
            ),
        )
    };
    assert!(scenario("Uniform(min: 0, max: 1)").is_ok(), "0 has no probability");
    assert!(scenario("Uniform(min: 1, max: 2)").is_ok());
    let problems = scenario("Discrete([(0, 0.1), (1, 0.9)])").unwrap_err().to_string();
    assert!(problems.contains("all weights are 0"), "{problems}");
}

/// More changed scores than anybody reads are told by their number, a factor each; the scores there are the same.
#[test]
fn many_changed_scores() {
    let table = |moved: f64| {
        let n = 25;
        let areas: Vec<String> = (0..n).map(|i| format!("(id: \"a{i}\", group: \"g\")")).collect();
        let row = |k: usize| {
            let scores = (0..n).map(|i| (1.0 + ((i * (k + 3)) % 7) as f64 + moved * i as f64).to_string());
            format!("(id: \"f{k}\", weight: 1, scores: [{}])", scores.collect::<Vec<_>>().join(", "))
        };
        parse(&format!(
            "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [{}], factors: [{}, {}])",
            areas.join(", "),
            row(0),
            row(1)
        ))
    };
    // The first area of each row stays as it is.
    way(&table(0.0), &table(0.125), &["24 of score.f0.*", "24 of score.f1.*"]);
}

/// The usual scale that holds all scores of a table, or their own range, or one above what is all alike.
#[test]
fn scales_of_tables() {
    for (scores, scale) in [
        ("0,1", (0.0, 1.0)),
        ("0.5,2", (0.0, 10.0)),
        ("1,5", (1.0, 5.0)),
        ("1,5.5", (1.0, 10.0)),
        ("0,10", (0.0, 10.0)),
        ("3,100", (0.0, 100.0)),
        ("-2,7", (-2.0, 7.0)),
        ("20,101", (20.0, 101.0)),
        ("-3,-3", (-3.0, -2.0)),
    ] {
        let table = format!("factor,A,B\nx,{scores}\n");
        let made = headstart::scenario::from_table("t", &table, &headstart::scenario::TableHints::default())
            .unwrap();
        let there = parse(&made.ron).scale().unwrap();
        assert_eq!((there.min, there.max), scale, "{scores}");
    }
}

/// A law that is written in so many words, and spreads of weights that are widened.
#[test]
fn weights_of_their_own() {
    let stated = three_factors(
        "weights: Independent, spread: (weight: Triangular(relative: 0.25))",
        ["weight: 1,"; 3],
    );
    assert_eq!(*stated.weight_law(), WeightDistribution::Independent);
    let wide = edited(&stated, "spread.weight *= 2").weight_spread().unwrap();
    assert_eq!(wide.to_string(), "Triangular(relative: 0.5)");
}

/// Levers are pulled one by one, with their spillover where they have any, and together where there are several.
#[test]
fn levers_one_by_one() {
    let names = |levers: &str| -> Vec<String> {
        let scenario = three_factors(&format!("levers: [{levers}]"), ["weight: 1,"; 3]);
        headstart::analysis::lever_scenarios(&scenario).unwrap().into_iter().map(|(name, _)| name).collect()
    };
    let one = "(id: \"l\", name: \"L\", edits: [\"weight.a *= 2\"])";
    let spilling = "(id: \"m\", name: \"M\", edits: [\"weight.b *= 2\"], spillover: [\"weight.c *= 2\"])";
    assert_eq!(names(one), ["L"]);
    assert_eq!(names(spilling), ["M", "M, with its spillover"]);
    let all = "All together, with their spillover";
    assert_eq!(names(&format!("{one}, {spilling}")), ["L", "M", "M, with its spillover", all]);
}

/// What the factors miss is an edit where only its size differs, and is told in full where its shape does.
#[test]
fn ways_between_residuals() {
    let with = |residual: &str| one_factor(&["5"], &["4"], residual);
    let from = with("residual: (sd: 0.5, group: 0.25)");
    way(&from, &with("residual: (sd: 1, group: 0.25)"), &["residual = 1"]);
    way(&from, &with(""), &["residual = 0"]);
    way(&from, &with("residual: (sd: 0.5, group: 0.5)"), &["residual: (sd: 0.5, all: 0, group: 0.5)"]);
    way(
        &from,
        &with("residual: (sd: 0.5, all: 0.3, group: 0.25)"),
        &["residual: (sd: 0.5, all: 0.3, group: 0.25)"],
    );
    way(&with(""), &with("residual: (sd: 0.5)"), &["residual = 0.5"]);
    way(&with(""), &from, &["residual: (sd: 0.5, all: 0, group: 0.25)"]);
    way(&from, &from, &[]);
}

/// A shared input may be a plain number, which is certain.
#[test]
fn an_input_that_is_certain() {
    let scenario = |value: &str| {
        one_factor(
            &["Ref(\"i\")", "Relative(to: \"i\", by: Uniform(min: 1, max: 2))"],
            &["4"],
            &format!("inputs: [(id: \"i\", value: {value})]"),
        )
    };
    assert_eq!(scenario("3"), scenario("Exact(3)"));
    let model = headstart::model::Model::new(&scenario("3"));
    assert_eq!(model.n_values(), 1, "what is added to it");
    assert_near(first_before_second(&scenario("3"), 1_000), 0.0, "3 before more than 4");
}
