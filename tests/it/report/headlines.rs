//! Headlines where areas tie: a tie is no loss, and who shares a place has it.

use crate::support::*;
use headstart::Scenario;
use headstart::report::{Sections, Style, run_text};

/// The answer in words, on one line.
fn answer(scenario: &Scenario) -> String {
    let text = run_text(scenario, &run(scenario, 100_000), &Sections::all(), Style::plain(4000));
    // The sentences after the first empty line, up to the next one.
    let sentences =
        text.lines().skip_while(|line| !line.is_empty()).skip(1).take_while(|line| !line.is_empty());
    sentences.collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn assert_says(scenario: &Scenario, says: &[&str], never: &[&str]) {
    let answer = answer(scenario);
    for part in says {
        assert!(answer.contains(part), "no “{part}” in: {answer}");
    }
    for part in never {
        assert!(!answer.contains(part), "“{part}” in: {answer}");
    }
}

const COIN: &str = "Discrete([(1, 0.5), (2, 0.5)])";

/// Three alike dice favour nobody.
#[test]
fn alike_areas_favour_no_group() {
    assert_says(
        &one_factor(&[COIN], &[COIN, COIN], ""),
        &["Neither group leads in any of the 2 pairs; 2 too close to call; 50% of pairs tie on average"],
        &["favour"],
    );
}

/// Whoever is before more often than after is ahead, however often they tie.
#[test]
fn a_tie_is_no_loss() {
    let rare = |p: f64| format!("Discrete([(0, {}), (1, {p})])", 1.0 - p);
    assert_says(
        &one_factor(&[&rare(0.1)], &[&rare(0.05), &rare(0.05)], ""),
        &["All 2 pairs favour x; 8", "Most likely first: x0"],
        &["Last: x0"],
    );
    assert_says(
        &parse(&format!(
            "Scenario(title: \"one group\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"g\"), (id: \"c\", group: \"g\")],
             factors: [(id: \"f\", weight: 1, scores: [{}, {}, 0])])",
            rare(0.2),
            rare(0.05)
        )),
        // Counted in each of 100,000 draws: what was never seen has less than 4 in 100,000.
        &["The a area is more likely to come before each other area than after it", "Last: c (>99.996%)"],
        &["more likely than not", "Last: a"],
    );
}

/// Two groups that are even are called for neither.
#[test]
fn even_groups_are_called_for_neither() {
    assert_says(
        &one_factor(&["4", "1"], &["3", "2"], ""),
        &["Neither group leads: 2 of 4 pairs each"],
        &["favour"],
    );
}

/// What always ties is named.
#[test]
fn what_always_ties_is_named() {
    assert_says(&one_factor(&["3", "3"], &["3", "3"], ""), &["All 4 pairs tie in every draw"], &["Closest"]);
    assert_says(&one_factor(&["3"], &["3"], ""), &["x0 and y0 tie in every draw"], &[]);
    assert_says(
        &one_factor(&["3", "5"], &["3", "4"], ""),
        &["1 tied in every draw", "Of the 4 pairs, 2 favour x"],
        &[],
    );
    assert_says(
        &one_factor(&[COIN], &["1.0"], ""),
        &["x0 before y0: 50%; y0 before x0: <", "; a tie: 50%"],
        &["comes before"],
    );
}

/// The last place is shared by all that no area is after, as often as counting says.
#[test]
fn last_counts_those_who_share_the_place() {
    let dist = |p: f64| format!("Discrete([(1, {p}), (2, {})])", 1.0 - p);
    let summary = run(&one_factor(&[&dist(0.3)], &[&dist(0.6), &dist(0.8)], ""), 200_000);
    // Last is who has a 1, and everybody where nobody has.
    let none = 0.7 * 0.4 * 0.2;
    for (last, p) in summary.order.last.iter().zip([0.3, 0.6, 0.8]) {
        assert_near(*last, p + none, "last");
    }
}
