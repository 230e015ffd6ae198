//! Messages about clocks: every domain, claims and edits.

use super::{PLAIN, two};
use headstart::Scenario;

/// The first message about a scenario.
fn problem(text: &str) -> String {
    match Scenario::from_ron("test.ron", text) {
        Ok(_) => "nothing".into(),
        Err(problems) => problems.to_string(),
    }
}

fn of_clock(fields: &str) -> String {
    problem(&two("5, 6", fields))
}

#[test]
fn every_domain_has_its_message() {
    let changed = |from: &str, to: &str| {
        assert!(PLAIN.contains(from), "{from}");
        of_clock(&PLAIN.replace(from, to))
    };
    let cases = [
        ("until: 2046", "until: 2020", "the clock must end after its start, 2026"),
        ("until: 2046", "until: 20460", "within 10,000 years"),
        ("start: 2026", "start: \"2026-13\"", "`2026-13` is not a date"),
        ("thresholds: [3, 10]", "thresholds: [3, 3]", "thresholds must rise"),
        ("thresholds: [3, 10]", "thresholds: [1]", "thresholds must rise, each above 1"),
        ("thresholds: [3, 10]", "thresholds: [2,3,4,5,6,7,8,9,10]", "too many thresholds: 9 (at most 8)"),
        (
            "automated: 0.9",
            "automated: 1",
            "the automated share of the anchor must be between 0 and 1, both excluded; found 1",
        ),
        ("automated: 0.9", "automated: Uniform(min: 0.5, max: 1.5)", "which can be from 0.5 to 1.5"),
        ("after: 6", "", "the anchor needs either `after`"),
        ("after: 6", "after: 6, date: 2032", "the anchor needs either `after`"),
        ("doubling: 6", "doubling: 0", "the doubling time in months must be above 0; found 0"),
        ("doubling: 6", "doubling: Normal(mean: 6, sd: 1)", "the doubling time in months must be above 0"),
        ("rise: 14", "rise: -1", "the rise in doublings must be above 0; found -1"),
        ("per_point: 2", "per_point: -1", "`per_point` must be at least 0; found -1"),
        ("per_point: 2", "per_points: 2", "the clock has no field `per_points`"),
        ("amenability: 6.45", "amenability: Mean(\"safty\")", "unknown group `safty`"),
        ("per_point: 2", "per_point: 2, human: 1.5", "the human share must be between 0 and 1; found 1.5"),
        ("per_point: 2", "per_point: 2, human: {\"c\": 0.1}", "unknown area `c`"),
        (
            "per_point: 2",
            "per_point: 2, human: {\"a\": 0.1, \"@safety\": 0.2}",
            "the area `a` is in both `a` and `@safety`",
        ),
        (
            "per_point: 2",
            "per_point: 2, lag: 2000",
            "the lag in months must be between -1200 and 1200; found 2000",
        ),
        (
            "per_point: 2",
            "per_point: 2, feedback: (share: 2)",
            "the share of the feedback must be between 0 and 1; found 2",
        ),
        (
            "per_point: 2",
            "per_point: 2, feedback: (share: 0.5, ceiling: 1)",
            "the ceiling of the feedback must be between 1 and 10000",
        ),
    ];
    for (from, to, wanted) in cases {
        let found = changed(from, to);
        assert!(found.contains(wanted), "{to}: {found}");
    }
}

#[test]
fn claims_about_dates_are_checked() {
    let claim = |fields: &str| {
        let text = two("5, 6", PLAIN);
        problem(&text.replacen(
            "Scenario(",
            &format!("Scenario(claims: [(id: \"c\", text: \"C\", {fields})],"),
            1,
        ))
    };
    assert_eq!(claim("reached: Area(\"a\"), at: 3, on: 2030"), "nothing");
    assert_eq!(claim("before: (Area(\"a\"), Area(\"b\")), at: 3, by: 12"), "nothing");
    assert_eq!(
        claim("holds: All([Before(Area(\"a\"), Area(\"b\")), Reached(place: Area(\"a\"), on: \"2031-12\")])"),
        "nothing"
    );
    let cases = [
        ("reached: Area(\"a\"), at: 3", "a claim with `reached` has a date"),
        ("reached: Area(\"a\"), at: 3, on: 2060", "the clock runs from 2026 to 2046; found 2060"),
        ("reached: Mean(\"safety\"), at: 3, on: 2030", "a mean has no date"),
        ("reached: Area(\"a\"), at: 0.5, on: 2030", "`at` must be a speedup above 1"),
        ("reached: Area(\"a\"), at: Automated(1), on: 2030", "the automated share must be between 0 and 1"),
        ("speedup: Mean(\"safety\"), on: 2030", "a claim about a speedup has no `at_least`"),
        ("speedup: Area(\"a\"), at_least: 0.5, on: 2030", "`at` must be a speedup above 1"),
        ("reached: Area(\"a\"), on: 2030, at_least: 2", "`at_least` belongs to a claim with `speedup`"),
        ("reached: Area(\"a\"), on: 2030, given: \"d\"", "unknown claim `d`"),
        ("before: (Area(\"a\"), Area(\"b\")), by: 12", "a claim with `by` says at which speedup"),
        ("before: (Area(\"a\"), Area(\"b\")), at: 3, by: -1", "`by` must be a number of months"),
        (
            "before: (Area(\"a\"), Area(\"b\")), at: 3, on: 2030",
            "`on` says nothing about a claim with `before`",
        ),
    ];
    for (fields, wanted) in cases {
        let found = claim(fields);
        assert!(found.contains(wanted), "{fields}: {found}");
    }
    let without = two("5, 6", PLAIN).replace(&format!(", clock: ({PLAIN})"), "");
    let found = problem(&without.replacen(
        "Scenario(",
        "Scenario(claims: [(id: \"c\", text: \"C\", holds: Reached(place: Area(\"a\"), on: 2030))],",
        1,
    ));
    assert!(found.contains("the scenario has no clock"), "{found}");
}

#[test]
fn edits_of_the_clock_are_made_or_refused() {
    let scenario = Scenario::from_ron("test.ron", &two("5, 6", PLAIN)).unwrap();
    let edited = |edits: &[&str]| match scenario.with_edits(edits) {
        Ok(edited) => {
            let text = edited.scenario.to_ron();
            text.lines().find(|line| line.contains("clock:")).unwrap_or("no clock").trim().to_owned()
        }
        Err(why) => why.to_string(),
    };
    assert!(edited(&["clock.lag.@safety += -1"]).contains("lag: {\"@safety\": -1}"));
    assert!(edited(&["clock.lag = 3", "clock.lag.a += 1"]).contains("lag: {\"a\": 4, \"*\": 3}"));
    assert!(edited(&["clock.doubling *= 0.5"]).contains("doubling: 3,"));
    assert!(
        edited(&["clock.anchor.after = Uniform(min: 2, max: 9)"]).contains("after: Uniform(min: 2, max: 9)")
    );
    assert!(edited(&["clock.feedback.share = 0.5"]).contains("feedback: (share: 0.5)"));
    assert_eq!(edited(&["drop clock"]), "no clock");
    for (edit, wanted) in [
        ("clock.doubling = 0", "must be above 0"),
        ("clock.human.a = 2", "must be between 0 and 1"),
        ("clock.lags.a = 2", "is not an address"),
        ("clock.lag.c = 2", "unknown area `c`"),
    ] {
        let found = edited(&[edit]);
        assert!(found.contains(wanted), "{edit}: {found}");
    }
}
