//! Explanations: what they name turns the order when it is made, whatever numbers have in common.

use crate::support::*;
use headstart::analysis::{Explanation, explain};
use headstart::sampler::Run;
use headstart::{Control, Scenario};

fn why(scenario: &Scenario, draws: u64) -> Explanation {
    explain(scenario, 0, 1, Run { draws, ..Run::default() }, Control::none()).unwrap()
}

/// Two areas on two factors.
fn two(scores: [&str; 4], weights: [&str; 2], rest: &str) -> Scenario {
    parse(&format!(
        "Scenario(title: \"test\", groups: [(id: \"g\"), (id: \"h\")],
         areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"h\")],
         factors: [
            (id: \"f\", weight: {}, scores: [{}, {}]),
            (id: \"k\", weight: {}, scores: [{}, {}]),
         ], {rest})",
        weights[0], scores[0], scores[1], weights[1], scores[2], scores[3]
    ))
}

/// Makes each edit that an explanation names, and runs the result with other draws: the order is as likely as not.
fn check(scenario: &Scenario, addresses: &[&str], correlated: &[&str]) {
    let n = 100_000;
    let why = why(scenario, n);
    let found: Vec<&str> = why.numbers.iter().map(|turn| turn.address.as_str()).collect();
    for address in addresses {
        assert!(found.contains(address), "{address} is not in {found:?}");
    }
    for turn in &why.numbers {
        let edit = format!("{} = Exact({})", turn.address, turn.to);
        // What is said to go together with something cannot be certain, but as good as that.
        let (low, high) = (turn.to - 1e-9, turn.to + 1e-9);
        let narrow = format!("{} = Uniform(min: {low}, max: {high})", turn.address);
        let is_stated = correlated.contains(&turn.address.as_str());
        let edit = if is_stated { narrow } else { edit };
        let there = scenario.with_edits(&[&edit]).unwrap_or_else(|why| panic!("{edit}: {why}")).scenario;
        let run = Run { draws: n, seed: 2, ..Run::default() };
        let p = headstart::analysis::summarize(&there, run, Control::none()).order.before[0][1].unwrap();
        // Both have an error.
        let error = (0.5 / n as f64).sqrt();
        assert!((p.probability - 0.5).abs() < BOUND * error, "{edit}: {p:?}, {turn:?}");
    }
}

#[test]
fn what_an_explanation_names_makes_even_odds() {
    let spread = "spread: (score: Triangular(half_width: 1.5), weight: Triangular(relative: 0.5))";
    let scale = "scale: (min: 1, max: 10)";
    let bare = ["6", "5", "5", "5.5"];
    let all = ["score.f.a", "score.f.b", "score.k.a", "score.k.b"];
    check(&two(bare, ["1", "1"], &format!("{spread}, {scale}")), &all, &[]);
    for shared_errors in ["area: 0.3", "factor: 0.5, area: -0.4, group: 0.3"] {
        check(
            &two(bare, ["1", "1"], &format!("{spread}, {scale}, shared_errors: ({shared_errors})")),
            &all,
            &[],
        );
    }
    let together = "correlations: [(between: [\"score.f.a\", \"score.k.a\"], rank: 0.6), (between: [\"score.f.a\", \"score.f.b\"], rank: -0.5)]";
    let stated = ["score.f.a", "score.k.a", "score.f.b"];
    check(&two(bare, ["1", "1"], &format!("{spread}, {scale}, {together}")), &all, &stated);
    // Without a scale twenty standard deviations on either side are looked at, and no cell of that grid is a result.
    check(
        &two(
            ["Normal(mean: 5.1, sd: 1)", "Normal(mean: 5, sd: 3)", "Uniform(min: 0, max: 1)", "Exact(0.4)"],
            ["2", "1"],
            "",
        ),
        &["score.f.a", "score.f.b"],
        &[],
    );
}

/// Of a number that depends on a world the edit is of its branch, and the other stays; shared inputs and discounts can be set; raters and
/// what is added to a shared number cannot, and are named.
#[test]
fn addresses_of_an_explanation_say_what_is_set() {
    let worlds = "worlds: [(id: \"w\", outcomes: [(\"dry\", 0.4), (\"wet\", 0.6)])]";
    let by_world = two(
        [
            "ByWorld(\"w\", {\"dry\": Normal(mean: 1.2, sd: 1), \"wet\": Normal(mean: 0.4, sd: 1)})",
            "Normal(mean: 0, sd: 1)",
            "Uniform(min: 0, max: 1)",
            "Uniform(min: 0, max: 1)",
        ],
        [
            "ByWorld(\"w\", {\"dry\": Uniform(min: 0.5, max: 2), \"wet\": 1})",
            "ByWorld(\"w\", {\"dry\": 0, \"wet\": 1})",
        ],
        worlds,
    );
    check(&by_world, &["score.f.a[wet]"], &[]);
    let found = why(&by_world, 10_000).numbers;
    assert!(found.iter().all(|turn| turn.address != "score.f.a" && turn.address != "weight.f"), "{found:?}");
    let shared = two(
        [
            "Ref(\"i\")",
            "Normal(mean: 5, sd: 1)",
            "Raters([(1, Normal(mean: 4, sd: 1)), (1, Normal(mean: 6, sd: 1))])",
            "Normal(mean: 5, sd: 1)",
        ],
        ["1", "1"],
        "inputs: [(id: \"i\", value: Normal(mean: 5.5, sd: 1))]",
    );
    check(&shared, &["input.i", "score.f.b", "score.k.b"], &[]);
    let untried = why(&shared, 1_000).untried;
    assert_eq!(untried, ["score.k.a[rater 1]", "score.k.a[rater 2]"]);
}

/// A factor that has no weight in a world favours nobody there, and is not asked about it: 0.75 of a uniform number is above 0.25. The error
/// of what two worlds share is that of one of them.
#[test]
fn factors_favour_where_they_have_weight() {
    let scenario = two(
        ["Uniform(min: 0, max: 1)", "Exact(0.25)", "Uniform(min: 0, max: 1)", "Exact(0.5)"],
        ["ByWorld(\"w\", {\"dry\": 1, \"wet\": 0})", "1"],
        "worlds: [(id: \"w\", outcomes: [(\"dry\", 0.2), (\"wet\", 0.8)])]",
    );
    let n = 40_000;
    let made = why(&scenario, n).factors;
    for (made, truth) in made.iter().zip([0.75, 0.5]) {
        let error = (truth * (1.0_f64 - truth) / n as f64).sqrt();
        assert!((made.favours.value - truth).abs() < BOUND * error, "{:?}, not {truth}", made.favours);
        assert!((made.favours.mcse / error - 1.0).abs() < 0.01, "{:?}, not {error}", made.favours);
    }
}
