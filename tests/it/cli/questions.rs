//! `sensitivity` and `explain` as a user runs them: text that says what to do, JSON and CSV that parse, bad questions refused.

use crate::support::binary::{output, printed};
use serde_json::Value;

const PAIR: [&str; 7] = [
    "sensitivity",
    "scenarios/takeoff.ron",
    "--pair",
    "dangerous_capability_evals",
    "post_training",
    "-n",
    "60000",
];

fn with<'a>(arguments: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    arguments.iter().chain(more).copied().collect()
}

/// The page has the tornado, the table and the scenario; of central weights there is none.
#[test]
fn drivers_have_a_page() {
    let page = printed(&with(&PAIR, &["--format", "html"]));
    for part in [
        "<title id=\"tornado-1-title\">",
        "<caption>Probability at the 5%",
        "break-even",
        "<pre id=\"scenario\">",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains("What drives “Dangerous Capability Evals"), "the title says which claim");
    let refused = output(&["sensitivity", "scenarios/wheat.ron", "--central-weights", "--format", "html"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(2) && said.contains("--central-weights has no page"), "{said}");
}

#[test]
fn what_drives_a_pair_at_a_glance() {
    let text = printed(&with(&PAIR, &["--show", "all"]));
    for part in [
        "Tornado: probability at the 5% and 95% quantile of each input",
        "Break-even values",
        "Groups of inputs",
        "Inputs most worth researching",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 84), "fits a terminal");
    let end = text.split("most worth researching").nth(1).unwrap();
    assert!(end.contains("1. The weight of Feedback quality (weight.feedback_quality)"), "{end}");
    assert_eq!(text, printed(&with(&PAIR, &["--show", "all", "--threads", "1"])), "threads change nothing");
    let screen = printed(&PAIR);
    assert!(screen.contains("Inputs most worth researching") && screen.contains("Tornado"), "{screen}");
    assert!(!screen.contains("Break-even values") && !screen.contains("Groups of inputs"), "{screen}");
    assert!(screen.lines().count() <= 45, "{screen}");
}

/// A value at which a pair is a coin stands inside of its own interval as they are printed, with as many digits; and the shares that are
/// said to be 100 % together are.
#[test]
fn what_is_printed_holds() {
    let all = printed(&["sensitivity", "scenarios/takeoff-group-bias.ron", "--all-pairs", "-n", "20000"]);
    let all = all.split_whitespace().collect::<Vec<_>>().join(" ");
    let decimals = |number: &str| number.split('.').nth(1).map_or(0, str::len);
    let (mut whole, mut open) = (0, 0);
    for part in all.split("50% at ").skip(1) {
        let (value, rest) = part.split_once(" (").unwrap();
        let interval = rest.split_once(')').unwrap().0;
        let number = |text: &str| -> f64 { text.parse().unwrap_or_else(|_| panic!("{text} in {part}")) };
        let (low, high) = match interval.split_once(" to ") {
            Some(ends) => ends,
            None => interval.strip_prefix("at most ").map_or_else(
                || (interval.strip_prefix("at least ").unwrap_or(value), value),
                |high| (value, high),
            ),
        };
        assert!(number(low) <= number(value) && number(value) <= number(high), "{part}");
        assert!(decimals(low) == decimals(value) && decimals(value) == decimals(high), "{part}");
        if interval.contains(" to ") { whole += 1 } else { open += 1 }
    }
    // Where it lies farther out than the draws show, the bound alone is said.
    for part in ["50% above ", "50% below "].into_iter().flat_map(|word| all.split(word).skip(1)) {
        let bound = part.split([' ', ';']).next().unwrap().trim_end_matches('.');
        assert!(bound.parse::<f64>().is_ok(), "{part}");
        open += 1;
    }
    assert!(whole > 20 && open > 0 && !all.contains("(?"), "{whole} intervals, and {open} with an open end");
    for name in ["takeoff", "takeoff-group-bias"] {
        let said = printed(&with(
            &["sensitivity", &format!("scenarios/{name}.ron"), "--show", "groups"],
            &PAIR[2..],
        ));
        let part = said
            .split("Sources of uncertainty (Shapley effects)")
            .nth(1)
            .unwrap()
            .split("Average share")
            .next()
            .unwrap();
        let shares: Vec<&str> = part.split_whitespace().filter_map(|word| word.strip_suffix('%')).collect();
        let sum: f64 = shares.iter().map(|share| share.parse::<f64>().unwrap()).sum();
        assert!(shares.len() >= 4 && (sum - 100.0).abs() < 1e-9, "{part}");
        assert!(shares.iter().all(|share| decimals(share) == decimals(shares[0])), "{part}");
    }
}

#[test]
fn sensitivity_json_and_csv_parse() {
    let json: Value = serde_json::from_str(&printed(&with(&PAIR, &["--format", "json"]))).unwrap();
    assert_eq!(json["schema"], 2);
    assert_eq!(json["manifest"]["draws"], 60_000);
    let answer = &json["sensitivity"][0];
    assert_eq!(answer["id"], "dangerous_capability_evals before post_training");
    assert_eq!((answer["method"].as_str(), answer["certain"].as_bool()), (Some("pivot"), Some(false)));
    let inputs = answer["inputs"].as_array().unwrap();
    assert_eq!(inputs.len(), 21);
    for input in inputs {
        assert!(input["s1"]["mcse"].as_f64().unwrap() > 0.0 && input["st"]["mcse"].as_f64().unwrap() > 0.0);
        assert_eq!(input["curve"].as_array().unwrap().len(), 5);
    }
    let csv =
        printed(&["sensitivity", "scenarios/takeoff.ron", "--all-pairs", "-n", "20000", "--format", "csv"]);
    let mut table = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(table.headers().unwrap().len(), 15);
    assert_eq!(table.records().map(Result::unwrap).count(), 45 * 21);
    let central = printed(&[
        "sensitivity",
        "scenarios/takeoff.ron",
        "--central-weights",
        "-n",
        "20000",
        "--format",
        "json",
    ]);
    let central: Value = serde_json::from_str(&central).unwrap();
    let shares = central["central_weights"][8]["weights"].as_array().unwrap();
    let sum: f64 = shares.iter().map(|weight| weight["share"].as_f64().unwrap()).sum();
    assert!((sum - 1.0).abs() < 1e-9);
    assert!(central["central_weights"][1]["weights"].is_null(), "never first");
}

#[test]
fn an_explanation_in_sentences() {
    let arguments =
        ["explain", "scenarios/takeoff.ron", "dangerous_capability_evals", "post_training", "-n", "60000"];
    let text = printed(&arguments);
    for part in [
        "Contribution to the gap by factor",
        "By world",
        "(order flips).",
        "One score: ",
        "One weight: ",
        "One probability of a world: ",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    let json: Value = serde_json::from_str(&printed(&with(&arguments, &["--format", "json"]))).unwrap();
    assert_eq!(json["factors"].as_array().unwrap().len(), 7);
    assert_eq!(json["flips"]["outcomes"].as_array().unwrap().len(), 2);
}

/// Scores that a lever or a sweep moves beyond the scale stop there, and that is said.
#[test]
fn what_stops_at_the_end_of_the_scale() {
    let said = |arguments: &[&str]| {
        let output = output(&with(arguments, &["-n", "1000"]));
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    // 10 is one of the five scores that compute moves by 1; scheming has 8.88 and more.
    let levers = said(&["levers", "scenarios/takeoff.ron"]);
    assert!(levers.contains("warning: the lever `compute`: 1 of the 5 numbers"), "{levers}");
    assert!(!levers.contains("`adoption`"), "{levers}");
    let sweep =
        said(&["sweep", "scenarios/takeoff.ron", "--vary", "score.feedback_quality.@capabilities += 0..=2"]);
    assert!(sweep.starts_with("warning: `score.feedback_quality.@capabilities += 2`: 1 of the 5"), "{sweep}");
    assert_eq!(said(&["sweep", "scenarios/takeoff.ron", "--vary", "weight.insight = 0..=5"]), "");
}

#[test]
fn every_shipped_scenario_can_be_asked() {
    for name in crate::support::library() {
        let path = format!("scenarios/{name}.ron");
        let scenario = crate::support::load(&name);
        let (one, other) = (&scenario.areas()[0].id, &scenario.areas().last().unwrap().id);
        let said = printed(&["sensitivity", &path, "--pair", one, other, "-n", "3000"]);
        assert!(said.contains("Inputs most worth researching") || said.contains("95% upper bound"), "{said}");
        assert!(printed(&["explain", &path, one, other, "-n", "3000"]).contains("Contribution to the gap"));
        assert!(
            printed(&["sensitivity", &path, "--central-weights", "-n", "3000"]).contains("confidence factor")
        );
    }
}

#[test]
fn bad_questions_are_refused() {
    let takeoff = "scenarios/takeoff.ron";
    for (arguments, said) in [
        (vec!["sensitivity", takeoff], "--pair A B"),
        (vec!["sensitivity", takeoff, "--pair", "ai_control", "ai_contrl"], "unknown area `ai_contrl`"),
        (vec!["sensitivity", takeoff, "--pair", "ai_control", "ai_control"], "compare two different areas"),
        (vec!["sensitivity", takeoff, "--claim", "nonsense"], "nonsense"),
        (vec!["explain", takeoff, "ai_control", "@safety"], "more than one area"),
        (vec!["explain", takeoff, "ai_control", "ai_control"], "compare two different areas"),
        (vec!["explain", takeoff, "ai_control"], "required"),
    ] {
        let output = output(&arguments);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && stderr.contains(said), "{arguments:?}: {stderr}");
    }
}
