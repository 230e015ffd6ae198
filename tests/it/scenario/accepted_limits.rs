//! How much is accepted, and in which precision what is compared is drawn.

use crate::support::*;
use headstart::Control;
use headstart::analysis::{RankingsAsked, Vary, compare_all, points, rankings};
use headstart::sampler::{Arithmetic, Run};

/// Ten thousand points are not too many, and one more is. There is no such score, but what is too much is not tried.
#[test]
fn ten_thousand_points_are_not_too_many() {
    let scenario = one_factor(&["Exact(1)"], &["Exact(2)"], "");
    let refused = |x: usize, y: usize| {
        let x = Vary::new("score.f.nobody = 0..=1", x).unwrap();
        points(&scenario, &[x, Vary::new("score.f.y0 = 0..=1", y).unwrap()]).unwrap_err().to_string()
    };
    assert!(refused(100, 100).contains("nobody"), "{}", refused(100, 100));
    assert_eq!(refused(73, 137), "too many points: 10001 (at most 10000)");
}

/// Of a scenario of many numbers, of 200 bytes each, fewer points are accepted: a gigabyte of them, and not
/// one more.
#[test]
fn a_large_scenario_has_fewer_points() {
    let ids: Vec<String> = (0..150).map(|n| format!("(id: \"a{n}\", group: \"g\")")).collect();
    let factor = |n: usize| format!("(id: \"f{n}\", weight: 1, scores: [{}])", ["7"; 150].join(", "));
    let scenario = parse(&format!(
        "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [{}], factors: [{}])",
        ids.join(", "),
        [0, 1, 2, 3].map(factor).join(", ")
    ));
    // 600 scores and four weights.
    let most = (1 << 30) / (200 * 604);
    let refused = |n: usize| {
        let vary = Vary::new("score.f0.nobody = 0..=1", n).unwrap();
        points(&scenario, &[vary]).unwrap_err().to_string()
    };
    let too_much = |n: usize| format!("{n} points of so large a scenario are too much; {most} are accepted");
    assert_eq!(refused(9_999), too_much(9_999));
    assert_eq!(refused(most + 1), too_much(most + 1));
    assert!(refused(most).contains("nobody"), "{}", refused(most));
}

/// A change to numbers that single precision cannot tell apart is drawn in double, as is what it is compared
/// with.
#[test]
fn changes_are_drawn_in_a_precision_that_suits_both() {
    let uniform = "Uniform(min: 400, max: 600)";
    let scenario = one_factor(&[uniform], &[uniform], "scale: (min: 0, max: 2000)");
    let narrow = "Uniform(min: 500, max: 500.001)";
    let edits = [format!("score.f.x0 = {narrow}"), format!("score.f.y0 = {narrow}")];
    let edited = scenario.with_edits(&edits).unwrap().scenario;
    let compared = |arithmetic: Arithmetic| {
        let run = Run { draws: 20_000, arithmetic, ..Run::default() };
        compare_all(&scenario, vec![(String::new(), edited.clone())], run, Control::none()).unwrap()
    };
    let of_ties = |arithmetic| {
        let claims = compared(arithmetic).remove(0).claims;
        claims.iter().map(|claim| claim.to.probability).collect::<Vec<f64>>()
    };
    // Of some thirty numbers two are often the same.
    assert!(of_ties(Arithmetic::Single) != of_ties(Arithmetic::Double));
    assert_eq!(compared(Arithmetic::Auto), compared(Arithmetic::Double));
    let unchanged = vec![(String::new(), scenario.clone()), (String::new(), edited.clone())];
    let run = Run { draws: 20_000, ..Run::default() };
    assert_eq!(
        compare_all(&scenario, unchanged, run, Control::none()).unwrap()[1],
        compared(Arithmetic::Double)[0]
    );
}

/// Whole orders say in which precision they were drawn.
#[test]
fn orders_tell_their_precision() {
    let asked = RankingsAsked { top: 3, threshold: 0.9 };
    for (x, truth) in [
        ("Uniform(min: 1, max: 3)", Arithmetic::Single),
        ("Uniform(min: 5, max: 5.000001)", Arithmetic::Double),
    ] {
        let scenario = one_factor(&[x], &[x], "");
        let run = Run { draws: 100, ..Run::default() };
        assert_eq!(rankings(&scenario, run, asked, Control::none()).unwrap().run.arithmetic, truth, "{x}");
    }
}
