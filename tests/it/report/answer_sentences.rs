//! The answer in sentences says what the numbers say, and no more.

use crate::support::{parse, run};
use headstart::report::{Sections, Style, run_text};

/// Two areas, of which one has a score of its own in the second world.
fn in_two_worlds(score: &str) -> String {
    let scenario = parse(&format!(
        "Scenario(title: \"t\", groups: [(id: \"x\"), (id: \"y\")],
         areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"y\")],
         worlds: [(id: \"w\", outcomes: [(\"wet\", 0.3), (\"dry\", 0.7)])],
         factors: [(id: \"f\", weight: 1, scores: [{score}, Uniform(min: 0, max: 10)])])"
    ));
    run_text(&scenario, &run(&scenario, 20_000), &Sections::all(), Style::plain(200))
}

/// A claim that is as likely in each world does not depend on it, and one that is not does.
#[test]
fn what_depends_on_the_world_is_named_only_if_it_does() {
    let same = in_two_worlds("Uniform(min: 2, max: 8)");
    assert!(same.contains("No claim differs between worlds by more than sampling error"), "{same}");
    assert!(!same.contains("Most sensitive to the world"), "{same}");
    let wet = "ByWorld(\"w\", {\"wet\": Uniform(min: 4, max: 8), \"dry\": Uniform(min: 2, max: 8)})";
    let other = in_two_worlds(wet);
    assert!(other.contains("Most sensitive to the world:"), "{other}");
    assert!(other.contains("% if w = dry") && other.contains("% if w = wet"), "{other}");
}
