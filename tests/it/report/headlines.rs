//! Headlines where areas tie: a tie is no loss, and who shares a place has it.

use crate::support::*;
use headstart::Scenario;
use headstart::report::{Style, run_text};

/// The answer in words, on one line.
fn answer(scenario: &Scenario) -> String {
    let text = run_text(scenario, &run(scenario, 100_000), false, Style::plain(4000));
    let line = text.lines().find(|line| line.starts_with("Answer:")).unwrap();
    line.trim_start_matches("Answer:").trim().to_owned()
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
        &[
            "Neither group is more likely to come first in any of 2 pairs of areas; 2 not told from even; 50% of pairs tie on average",
        ],
        &["more likely to come first in 2", "more likely to come first in 1"],
    );
}

/// Whoever is before more often than after is ahead, however often they tie.
#[test]
fn a_tie_is_no_loss() {
    let rare = |p: f64| format!("Discrete([(0, {}), (1, {p})])", 1.0 - p);
    assert_says(
        &one_factor(&[&rare(0.1)], &[&rare(0.05), &rare(0.05)], ""),
        &["x is more likely to come first in 2 of 2 pairs of areas; 8", "x0 is the likeliest to be first"],
        &["x0 to be last"],
    );
    assert_says(
        &parse(&format!(
            "Scenario(title: \"one group\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"g\"), (id: \"c\", group: \"g\")],
             factors: [(id: \"f\", weight: 1, scores: [{}, {}, 0])])",
            rare(0.2),
            rare(0.05)
        )),
        // Counted in each of 100,000 draws: what was never seen has less than 3 in 100,000.
        &["a is more likely to come before each other area than after it", "c to be last (>99.997%)"],
        &["more likely than not", "a to be last"],
    );
}

/// Two groups that are even are called for neither.
#[test]
fn even_groups_are_called_for_neither() {
    assert_says(
        &one_factor(&["4", "1"], &["3", "2"], ""),
        &["Each group is more likely to come first in 2 of 4 pairs of areas"],
        &["x is more likely", "y is more likely"],
    );
}

/// What always ties is named.
#[test]
fn what_always_ties_is_named() {
    assert_says(
        &one_factor(&["3", "3"], &["3", "3"], ""),
        &["All 4 pairs of areas of the two groups tie in every draw"],
        &["closest"],
    );
    assert_says(&one_factor(&["3"], &["3"], ""), &["x0 and y0 tie in every draw"], &[]);
    assert_says(
        &one_factor(&["3", "5"], &["3", "4"], ""),
        &["1 tied in every draw", "x is more likely to come first in 2 of 4"],
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
