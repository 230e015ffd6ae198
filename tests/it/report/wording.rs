//! What reports say in words, where the words of another case would be false.

use crate::support::{load, one_factor, parse, read, run_of};
use headstart::analysis::{Detail, RankingsAsked, rankings, sensitivity, summarize};
use headstart::report::{
    PageExtras, Sections, Style, html, json, markdown, rankings_text, run_text, sensitivity_text,
};
use headstart::{Control, Scenario};

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn said(scenario: &Scenario, draws: u64) -> String {
    flat(&run_text(
        scenario,
        &summarize(scenario, run_of(draws), Control::none()),
        &Sections::all(),
        Style::plain(80),
    ))
}

/// Orders that do not repeat are no ties: 14 areas alike have 14! of them, and none ties.
#[test]
fn orders_that_never_repeat_are_not_ties() {
    let asked = RankingsAsked { top: 5, threshold: 0.95 };
    let told = |scenario: &Scenario| {
        let found = rankings(scenario, run_of(100_000), asked, Control::none()).unwrap();
        (flat(&rankings_text(scenario, &found, Style::plain(80))), found)
    };
    let (text, found) = told(&parse(&read("tests/data/cases/09_fourteen_uniform.ron")));
    assert!(found.top.is_empty() && found.tied < 1e-3);
    assert!(!text.contains("areas tie"), "{text}");
    assert!(text.contains("No full ranking occurred often enough to be counted"), "{text}");
    assert!(text.contains("Every ranking has a probability of at most"), "{text}");
    let (text, _) = told(&one_factor(&["2", "2"], &["2"], ""));
    assert!(text.contains("There is no full ranking: areas tie in every draw."), "{text}");
}

/// Where only a world is uncertain, its probability is what is known beside the table.
#[test]
fn worlds_are_not_denied() {
    let text = said(&parse(&read("tests/data/cases/42_world_alone_caveat.ron")), 10_000);
    assert!(
        !text.contains("the order is fixed") && !text.contains("Every number in this scenario is exact"),
        "{text}"
    );
    assert!(text.contains("its probabilities are those of the world w."), "{text}");
    let text = said(&one_factor(&["2"], &["1"], ""), 10_000);
    assert!(text.contains("Every number in this scenario is exact, so the order is fixed"), "{text}");
}

/// A row that decides the order in each world, or in many draws, is not called one that can hardly order anything.
#[test]
fn powerful_rows_are_not_called_powerless() {
    let lints = |rest: &str, scores: &str| -> Vec<&str> {
        let scenario = parse(&format!(
            "Scenario(title: \"t\", scale: (min: 0, max: 10), groups: [(id: \"g\")],
             areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"g\")], {rest}
             factors: [(id: \"f\", weight: 2, scores: [{scores}]), (id: \"h\", weight: 1, scores: [1, 9])])"
        ));
        scenario.lints().iter().map(|lint| lint.code).filter(|code| ["L003", "L004"].contains(code)).collect()
    };
    let worlds = "worlds: [(id: \"w\", outcomes: [(\"up\", 0.5), (\"down\", 0.5)])],";
    let by_world = |up: &str, down: &str| format!("ByWorld(\"w\", {{\"up\": {up}, \"down\": {down}}})");
    assert_eq!(lints("", "5, 5.2"), ["L004"]);
    // On average both have 5; in each world one is eight points ahead.
    assert_eq!(lints(worlds, &format!("{}, {}", by_world("9", "1"), by_world("1", "9"))), [""; 0]);
    // Far apart from world to world, and never from each other.
    assert_eq!(lints(worlds, &format!("{}, {}", by_world("9", "1"), by_world("9.2", "1.2"))), ["L004"]);
    assert_eq!(lints("spread: (score: Triangular(half_width: 3)),", "5, 5.2"), [""; 0]);
    assert_eq!(lints("spread: (score: Triangular(half_width: 0.1)),", "5, 5.2"), ["L004"]);
    assert_eq!(lints("", "Uniform(min: 2, max: 8), Uniform(min: 2, max: 8)"), [""; 0]);
    // Equal scores times different discounts are not equal.
    assert_eq!(lints("", "5, 5"), ["L003"]);
    assert_eq!(lints("discounts: [(id: \"d\", of: \"a\", by: 0.5)],", "5, 5"), [""; 0]);
}

/// A negative gap is one group below the other, and not above it by a negative number.
#[test]
fn gaps_have_a_sign_and_no_direction() {
    let worlds = "worlds: [(id: \"w\", outcomes: [(\"s\", 0.5), (\"t\", 0.5)])]";
    let score = "ByWorld(\"w\", {\"s\": Normal(mean: 50, sd: 1), \"t\": Normal(mean: 48, sd: 1)})";
    let text = said(&one_factor(&[score], &["Normal(mean: 9, sd: 1)"], worlds), 10_000);
    assert!(text.contains("Mean overall score of y, less the mean of x: -4"), "{text}");
    assert!(text.contains(" -41.") || text.contains(" -40.9"), "{text}");
}

/// Of areas that tie no order is certain.
#[test]
fn ties_are_no_certain_order() {
    let scenario = one_factor(&["2"], &["2"], "");
    let told = |scenario: &Scenario| {
        let claim = scenario.proposition("x0 before y0").unwrap();
        let answers = sensitivity(scenario, &[claim], run_of(5_000), Detail::Full, Control::none()).unwrap();
        flat(&sensitivity_text(scenario, &answers, run_of(5_000), &Sections::all(), Style::plain(80)))
    };
    let text = told(&scenario);
    assert!(!text.contains("order is certain"), "{text}");
    assert!(text.contains("False in all 5,000 draws, because the two tie (95% upper bound"), "{text}");
    let text = told(&one_factor(&["3"], &["2"], ""));
    assert!(text.contains("True in all 5,000 draws (95% upper bound for the opposite: 3/5,000)"), "{text}");
}

/// Warnings that bear on the answer stand beside it, and not in `check` alone.
#[test]
fn warnings_stand_beside_the_answer() {
    let odd = parse(&read("tests/data/cases/52_impossible_claim.ron"));
    let summary = summarize(&odd, run_of(20_000), Control::none());
    let text = flat(&run_text(&odd, &summary, &Sections::all(), Style::plain(80)));
    let wanted = "the claim `aal_first` holds in none of 20000 draws (aal_first; L009).";
    assert!(text.contains(&format!("Warning: {wanted}")), "{text}");
    let page = flat(&html(&odd, &summary, &PageExtras::default()));
    assert!(page.contains("<strong>Warning:</strong> The claim"), "{page}");
    assert!(flat(&markdown(&odd, &summary, &Sections::all())).contains("**Warning:** the claim"));
    let report: serde_json::Value = serde_json::from_str(&json(&odd, &summary)).unwrap();
    let mut warnings = report["warnings"].as_array().unwrap().iter();
    assert!(warnings.any(|warning| warning["code"] == "L009" && warning["place"] == "aal_first"));
    // Where the scenario allows it, it is not said; nor of what is shipped, nor after few draws.
    let allowed = |codes: &str| {
        parse(&odd.to_ron().replace("    claims: [", &format!("    allow: [{codes}],\n    claims: [")))
    };
    let others = said(&allowed("\"L009\""), 20_000);
    // Two of its costs reach below the range of their value function in 6.7 and 9.9 % of draws.
    assert!(!others.contains("L009") && others.matches("L011").count() == 2, "{others}");
    assert!(!said(&allowed("\"L009\", \"L011\""), 20_000).contains("Warning"));
    assert!(!said(&odd, 1_000).contains("L009"));
    for name in ["takeoff", "wheat", "takeoff-simplex"] {
        assert!(!said(&load(name), 20_000).contains("Warning:"), "{name}");
    }
}
