//! Numbers as people write them, in files and in edits: what is said holds the user's own numbers, and can be read.

use super::messages::GOOD;
use crate::support::parse;
use headstart::Scenario;

/// What is written, and what to write instead.
const WRITTEN: [(&str, &str); 16] = [
    ("6-8", "Uniform(min: 6, max: 8)"),
    ("6..8", "Uniform(min: 6, max: 8)"),
    ("6..=8", "Uniform(min: 6, max: 8)"),
    ("5 to 7", "Uniform(min: 5, max: 7)"),
    ("5\u{2013}7", "Uniform(min: 5, max: 7)"),
    ("7 (6-8)", "Triangular(min: 6, mode: 7, max: 8)"),
    ("4±1", "Triangular(min: 3, mode: 4, max: 5)"),
    ("4 +- 0.5", "Triangular(min: 3.5, mode: 4, max: 4.5)"),
    ("4 +/- 1", "Triangular(min: 3, mode: 4, max: 5)"),
    ("4,5", "4.5"),
    ("20%", "0.2"),
    ("about 6", "6"),
    ("~6", "6"),
    ("n/a", "Uniform(min: 1, max: 10)"),
    ("?", "Uniform(min: 1, max: 10)"),
    ("TBD", "Uniform(min: 1, max: 10)"),
];

#[test]
fn edits_say_what_to_write() {
    let scenario = parse(GOOD);
    for (written, instead) in WRITTEN {
        let why = scenario.with_edits(&[format!("score.f.p = {written}")]).unwrap_err().to_string();
        assert!(why.contains(&format!("write {instead}")) || why.contains(instead), "{written}: {why}");
        assert!(!why.contains("file") && !why.contains("not a scenario"), "{written}: {why}");
        if instead != "0.2" {
            scenario.with_edits(&[format!("score.f.p = {instead}")]).unwrap_or_else(|why| panic!("{why}"));
        }
    }
    let why = |edit: &str| scenario.with_edits(&[edit]).unwrap_err().to_string();
    assert!(
        why("score.f.p += 4,5").ends_with("`4,5` has a decimal comma; write 4.5"),
        "{}",
        why("score.f.p += 4,5")
    );
    assert!(why("score.f.p = 5 6").contains("expected one value, found `5 6`"), "{}", why("score.f.p = 5 6"));
    assert!(why("score.p.f = 5").contains("the factor comes before the area; write score.f.p"));
    assert!(
        scenario
            .with_edits(&["world.w.x = 20%"])
            .unwrap_err()
            .to_string()
            .contains("write it as a share, 0.2")
    );
}

#[test]
fn files_say_what_to_write() {
    for (written, instead) in WRITTEN {
        let problems =
            Scenario::from_ron("bad.ron", &GOOD.replacen("scores: [3,", &format!("scores: [{written},"), 1));
        let said = problems.expect_err(written).render(false);
        // Two numbers in a list are two scores.
        assert!(said.contains(instead), "{written}: {said}");
        assert!(said.contains("bad.ron:9:"), "{written}: {said}");
        if written != "4,5" {
            let weight = Scenario::from_ron(
                "bad.ron",
                &GOOD.replacen("weight: 2,", &format!("weight: {written},"), 1),
            );
            let said = weight.expect_err(written).render(false);
            assert!(said.contains(instead), "{written}: {said}");
        }
    }
    let weight = Scenario::from_ron("bad.ron", &GOOD.replacen("weight: 2,", "weight: 2,5,", 1)).unwrap_err();
    assert!(weight.render(false).contains("write 2.5"), "{weight}");
}

/// Nothing is said of what is right, or is wrong in another way.
#[test]
fn other_mistakes_keep_their_messages() {
    for (from, to, words) in [
        ("scores: [3,", "scores: [3.5.1,", "this is not a number"),
        ("scores: [3,", "scores: [8-6,", "this file is not valid RON"),
        ("(\"x\", 0.3)", "(\"x\", 3/10)", "fractions are not supported"),
        ("scores: [3,", "scores: [-,", "this sign has no number"),
    ] {
        let said = Scenario::from_ron("bad.ron", &GOOD.replacen(from, to, 1)).unwrap_err().render(false);
        assert!(said.contains(words), "{to}: {said}");
    }
}

/// One error, which says where the field belongs and what to write here.
#[test]
fn a_spread_is_no_distribution() {
    for (written, instead) in [
        ("Triangular(half_width: 1)", "Triangular(min: 3, mode: 4, max: 5)"),
        ("Uniform(half_width: 2)", "Uniform(min: 2, max: 6)"),
        ("Triangular(relative: 0.5)", "Triangular(min: 3, mode: 4, max: 5)"),
    ] {
        let bad = GOOD.replacen("Triangular(min: 1, mode: 2, max: 4)", written, 1);
        let problems = Scenario::from_ron("bad.ron", &bad).unwrap_err();
        let said = problems.render(false);
        assert_eq!(problems.problems().len(), 1, "{said}");
        assert!(said.contains("can be used only in `spread`") && said.contains(instead), "{said}");
    }
}
