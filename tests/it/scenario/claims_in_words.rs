//! Claims in words: the same in files, options and asserts, with ids or names.

use crate::support::*;
use headstart::scenario::ClaimError;

const ALIKE: &str = "Uniform(min: 0, max: 1)";

/// Of three alike areas each is first, and last, in a third of the draws.
#[test]
fn first_and_last_of_three_alike_areas_have_a_third_each() {
    let scenario = one_factor(&[ALIKE, ALIKE], &[ALIKE], "claims: [
        (id: \"first\", text: \"first\", holds: \"x0 is first\"), (id: \"last\", text: \"last\", holds: \"x1 is last\"),
        (id: \"pair\", text: \"pair\", holds: \"x0 before y0\")]");
    let summary = run(&scenario, 200_000);
    for (id, truth) in [("first", 1.0 / 3.0), ("last", 1.0 / 3.0), ("pair", 0.5)] {
        assert_near(claim(&summary, id), truth, id);
    }
    // Without ties, to be first is to have the first rank, and to be last the last one, draw by draw.
    let rank = |area: usize, rank: usize| summary.order.ranks[area][rank].probability;
    assert!((claim(&summary, "first").probability - rank(0, 0)).abs() < 1e-12);
    assert!((claim(&summary, "last").probability - rank(1, 2)).abs() < 1e-12);
}

/// An area that ties for the first place is not first.
#[test]
fn an_area_that_ties_is_neither_first_nor_last() {
    let scenario = one_factor(&["Exact(1)", "Exact(1)"], &["Exact(0)"], "");
    let asked = ["x0 is first", "x0 is last", "y0 is last"];
    let asked = asked.iter().fold(scenario, |scenario, text| scenario.with_claim(text).unwrap());
    let summary = run(&asked, 1_000);
    let found = ["x0 is first", "x0 is last", "y0 is last"].map(|id| claim(&summary, id).probability);
    assert_eq!(found, [0.0, 0.0, 1.0]);
}

#[test]
fn areas_are_found_by_id_and_by_name() {
    let text = |second: &str| {
        parse(&format!(
            "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"a\", name: \"New York\", group: \"g\"),
             (id: \"b\", name: \"{second}\", group: \"g\")], factors: [(id: \"f\", weight: 1, scores: [1, 2])])"
        ))
    };
    let scenario = text("Old Town");
    let by_id = scenario.proposition("a before b").unwrap();
    for words in ["New York before Old Town", "new york before b", "a before OLD TOWN"] {
        assert_eq!(scenario.proposition(words).unwrap().claim, by_id.claim, "{words}");
    }
    assert_eq!(scenario.area_named("Old Town"), Ok(1));
    let assert = scenario.assert("P(New York before Old Town) < 0.5").unwrap();
    assert_eq!(assert.claim, by_id.claim);
    // A name of two areas names neither.
    let several = text("new york").proposition("New York is first").unwrap_err();
    assert!(matches!(several, ClaimError::SeveralAreas { .. }), "{several}");
    assert!(several.to_string().contains("a, b"), "{several}");
    assert!(matches!(scenario.proposition("a before A"), Err(ClaimError::UnknownArea { .. })));
    assert_eq!(scenario.proposition("a before new york").unwrap_err(), ClaimError::Itself);
}

/// Groups stand in claims as their first, last or mean area; the claim is that of the generated one.
#[test]
fn groups_stand_in_words_too() {
    let scenario = one_factor(&[ALIKE, ALIKE], &[ALIKE, ALIKE], "");
    let known = scenario.generated_claims();
    let claim = |text: &str| scenario.proposition(text).unwrap_or_else(|why| panic!("{text}: {why}")).claim;
    for (words, id) in [
        ("first x before first y", "first(x)<first(y)"),
        ("x is first", "first(x)<first(y)"),
        ("last y before first x", "last(y)<first(x)"),
        ("Mean x before mean y", "mean(x)<mean(y)"),
        ("first(x) < first(y)", "first(x)<first(y)"),
        (" last(x) <first(y)", "last(x)<first(y)"),
    ] {
        assert_eq!(claim(words), known.iter().find(|known| known.id == id).unwrap().claim, "{words}");
    }
    assert!(scenario.proposition("first x before y0").is_ok(), "a group and an area");
    let why = |text: &str| scenario.proposition(text).unwrap_err().to_string();
    assert!(why("x before y0").starts_with("`x` is a group; write `first x`"), "{}", why("x before y0"));
    assert!(why("first z before y0").contains("unknown area"));
    assert_eq!(scenario.proposition("first x before first x").unwrap_err(), ClaimError::Itself);
    for (other, instead) in
        [("x0 beats y0", "x0 before y0"), ("X0 is the best", "X0 is first"), ("y1 comes last", "y1 is last")]
    {
        assert_eq!(why(other), format!("unknown claim `{other}`; write `{instead}`"));
        assert!(scenario.proposition(instead).is_ok());
        assert!(scenario.with_claim(other).unwrap_err().to_string().contains(instead), "{other}");
    }
    let area = headstart::Scenario::from_ron(
        "t.ron",
        &scenario.to_ron().replacen(
            "factors:",
            "claims: [(id: \"c\", text: \"c\", before: (Area(\"x\"), First(\"y\")))],\nfactors:",
            1,
        ),
    );
    let said = area.unwrap_err().render(false);
    assert!(said.contains("`x` is a group") && said.contains("write First(\"x\")"), "{said}");
}

/// A claim in words has itself for an id, and comes back from the canonical text.
#[test]
fn claims_in_words_come_back_from_the_canonical_text() {
    let scenario = load("takeoff").with_claim("ai_control is first").unwrap();
    let again = headstart::Scenario::from_ron("again", &scenario.to_ron()).unwrap();
    assert_eq!(again.hash(), scenario.hash());
    assert!(again.claims().iter().any(|claim| claim.id == "ai_control is first"));
}

/// A field by its old name is answered with the new one.
#[test]
fn old_names_of_fields_are_answered_with_the_new_ones() {
    let rest = "factors: [(id: \"f\", weight: 1, scores: [1, 2])])";
    for (old, new) in [
        ("causes: (factor: 0.5),", "`causes` is now called `shared_errors`"),
        (
            "levers: [(id: \"l\", edits: [\"score.f.a += 1\"], spill: [])],",
            "`spill` is now called `spillover`",
        ),
    ] {
        let text = format!(
            "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"g\")], {old} {rest}"
        );
        let said = headstart::Scenario::from_ron("old.ron", &text).unwrap_err().render(false);
        assert!(said.contains(new), "{said}");
    }
}
