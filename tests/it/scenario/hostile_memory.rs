//! Memory is bounded before it is spent: files that ask for too much of anything are refused with what the bound is, in a process
//! that has little.

use crate::support::binary::folder;
use crate::support::parse;
use headstart::Scenario;
use headstart::analysis::{Vary, points};
use headstart::report::embedded_scenario;
use headstart::scenario::{SweepFile, TableHints, from_table};
use std::fmt::Write as _;

use std::process::Command;

/// So many times what `one` makes of each index.
fn list(n: usize, one: impl Fn(usize) -> String) -> String {
    (0..n).map(one).collect::<Vec<_>>().join(", ")
}

/// A scenario of one group.
fn of(n_areas: usize, rest: &str, factors: &str) -> String {
    let areas = list(n_areas, |i| format!("(id: \"a{i}\", group: \"g\")"));
    format!("Scenario(title: \"t\", groups: [(id: \"g\")], areas: [{areas}], {rest} factors: [{factors}])")
}

/// A scenario of so many areas and factors, every score uncertain.
fn table(n_areas: usize, n_factors: usize, rest: &str) -> String {
    let scores = list(n_areas, |_| "Uniform(min: 0, max: 1)".into());
    of(n_areas, rest, &list(n_factors, |k| format!("(id: \"f{k}\", weight: 1, scores: [{scores}])")))
}

fn one_score(score: &str) -> String {
    of(2, "", &format!("(id: \"f\", weight: 1, scores: [1, {score}])"))
}

/// Each text, and what is said of it.
fn hostile() -> Vec<(&'static str, String, &'static str)> {
    let plain = "(id: \"f\", weight: 1, scores: [1, 2])";
    let nested = |n: usize, open: &str, close: &str| format!("{}Exact(1){}", open.repeat(n), close.repeat(n));
    let fewest = "(id: \"f\", weight: 1, scores: [";
    let outcomes = list(64, |i| format!("(\"o{i}\", 0.015625)"));
    vec![
        ("100 MB", "x".repeat(100 << 20), "larger than the 64 MB"),
        ("5 MB", "x".repeat(5 << 20), "larger than the 4 MB"),
        ("a million parentheses", "(".repeat(1_000_000), "nested too deeply"),
        ("a million brackets", "[".repeat(1_000_000), "nested too deeply"),
        ("a million comments", "/*".repeat(1_000_000), "comment"),
        (
            "a raw text of a million marks",
            format!("Scenario(title: r{}\"x", "#".repeat(1_000_000)),
            "never closed",
        ),
        ("areas", of(100_000, "", &format!("{fewest}1])")), "too many areas: 100000 (at most 200)"),
        (
            "factors",
            of(2, "", &list(201, |k| plain.replace("\"f\"", &format!("\"f{k}\"")))),
            "too many factors: 201 (at most 200)",
        ),
        ("numbers", table(200, 101, ""), "(at most 20000)"),
        (
            "samples",
            one_score(&format!("Samples([{}])", "1,".repeat(1_000_000))),
            "too many values: 1000000 (at most 10000)",
        ),
        (
            "values",
            one_score(&format!("Discrete([{}])", "(1,1),".repeat(10_001))),
            "too many values: 10001 (at most 10000)",
        ),
        (
            "parts",
            one_score(&format!("Mixture([{}])", "(0.001, Exact(1)),".repeat(1_000))),
            "too many values: 1000 (at most 100)",
        ),
        ("mixtures in mixtures", one_score(&nested(12, "Mixture([(1, ", ")])")), "more than 8 deep"),
        ("deeper ones", one_score(&nested(1_000, "Mixture([(1, ", ")])")), "nested too deeply"),
        (
            "worlds",
            of(
                2,
                &format!("worlds: [{}],", list(7, |i| format!("(id: \"w{i}\", outcomes: [(\"x\", 1)])"))),
                plain,
            ),
            "too many worlds: 7 (at most 6)",
        ),
        (
            "joint worlds",
            of(
                2,
                &format!("worlds: [{}],", list(6, |i| format!("(id: \"w{i}\", outcomes: [{outcomes}])"))),
                plain,
            ),
            "too many joint worlds: 68719476736 (at most 64)",
        ),
        (
            "correlations of all",
            table(100, 150, "correlations: [(between: [\"score.*.*\"], rank: 0.1)],"),
            "more numbers are correlated than the 400",
        ),
        (
            "many correlations",
            table(
                100,
                10,
                &format!(
                    "correlations: [{}],",
                    list(10, |k| format!("(between: [\"score.f{k}.*\"], rank: 0.1)"))
                ),
            ),
            "more numbers are correlated than the 400",
        ),
        (
            "claims",
            of(
                2,
                &format!(
                    "claims: [{}],",
                    list(201, |i| format!(
                        "(id: \"c{i}\", text: \"c\", before: (Area(\"a0\"), Area(\"a1\")))"
                    ))
                ),
                plain,
            ),
            "too many claims: 201 (at most 200)",
        ),
        (
            "edits",
            of(
                2,
                &format!(
                    "levers: [{}],",
                    list(20, |i| format!(
                        "(id: \"l{i}\", edits: [{}])",
                        list(100, |_| "\"weight.f *= 2\"".into())
                    ))
                ),
                plain,
            ),
            "more than the 1000 edits",
        ),
        (
            "a name",
            of(2, "", &format!("(id: \"f\", name: \"{}\", weight: 1, scores: [1, 2])", "x".repeat(201))),
            "201 letters, more than the 200",
        ),
        (
            "a title",
            of(2, "", plain).replace("\"t\"", &format!("\"{}\"", "x".repeat(3_000_000))),
            "3000000 letters, more than the 1000",
        ),
        (
            "what it is about",
            of(2, &format!("about: \"{}\",", "x".repeat(20_001)), plain),
            "20001 letters, more than the 20000",
        ),
        ("fields", format!("Scenario({})", "a: 1, ".repeat(600_000)), "… and 975 more"),
        (
            "a table named often",
            table(100, 100, "")
                .replace("Uniform(min: 0, max: 1)", "Samples(file: \"limits.csv\", column: \"x\")"),
            "more than the 200000 values",
        ),
    ]
}

/// All of them, in a process that is given half a gigabyte.
#[cfg(unix)]
#[test]
fn little_memory_is_enough_to_refuse() {
    let folder = folder("limits");
    std::fs::write(folder.join("limits.csv"), format!("x\n{}", "1\n".repeat(9_000))).unwrap();
    for (what, text, words) in hostile() {
        std::fs::write(folder.join("hostile.ron"), text).unwrap();
        let output = Command::new("sh")
            .args(["-c", "ulimit -v 500000; exec \"$0\" check hostile.ron", env!("CARGO_BIN_EXE_headstart")])
            .current_dir(&folder)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{what}: {said:.2000}");
        assert!(output.stdout.is_empty() && said.contains(words), "{what}: «{words}»\n{said:.2000}");
        assert!(said.len() < 50_000, "{what}: a message of {} bytes", said.len());
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// What is refused at a bound is accepted below it.
#[test]
fn as_much_as_is_accepted() {
    let score = format!("Samples([{}])", "1,".repeat(10_000));
    let name = "x".repeat(200);
    let factors = format!("(id: \"f\", name: \"{name}\", weight: 1, scores: [1, {score}])");
    assert!(Scenario::from_ron("most.ron", &of(2, "", &factors)).is_ok());
    assert!(
        Scenario::from_ron(
            "most.ron",
            &table(200, 1, "correlations: [(between: [\"score.*.*\"], rank: 0.1)],")
        )
        .is_ok()
    );
}

#[test]
fn edits_and_sweeps() {
    let large = parse(&table(100, 100, ""));
    let edit = format!("score.*.* = Samples([{}])", "1,".repeat(9_000));
    let why = large.with_edits(&[edit]).unwrap_err().to_string();
    assert!(why.contains("for each of 10000 numbers are too much") && why.len() < 1_000, "{why}");
    let many = |n: usize| Vary::new("weight.f0 = 0..=1", n);
    assert!(many(1_000_000_000_000).unwrap_err().to_string().contains("2 to 10000 points"));
    let why = points(&large, &[many(10_000).unwrap()]).unwrap_err().to_string();
    assert!(why.contains("are accepted"), "{why}");
    let both = [many(5_000).unwrap(), many(5_000).unwrap()];
    assert!(
        points(&large, &both).unwrap_err().to_string().contains("too many points: 25000000 (at most 10000)")
    );
}

#[test]
fn too_large_sweeps_tables_and_reports_are_refused() {
    let message = |text: &str| SweepFile::from_ron("sweeps.ron", text).unwrap_err().render(false);
    assert!(message(&"x".repeat(5 << 20)).contains("larger than the 4 MB"));
    let sweeps = list(201, |i| format!("(id: \"s{i}\", vary: [\"weight.f = 0..=1\"])"));
    assert!(
        message(&format!("Sweeps(scenario: \"x\", sweeps: [{sweeps}])"))
            .contains("too many sweeps: 201 (at most 200)")
    );
    assert!(
        message("Sweeps(scenario: \"x\", sweeps: [(id: \"s\", vary: [\"w = 0..=1\"], points: 1e12)])")
            .contains("from 1 to 10000")
    );
    let table = |columns: usize, rows: usize| {
        let mut table = format!("factor,{}\n", list(columns, |i| format!("c{i}")).replace(' ', ""));
        for k in 0..rows {
            writeln!(table, "f{k}{}", ",1".repeat(columns)).unwrap();
        }
        from_table("t", &table, &TableHints::default()).map_err(|why| why.to_string())
    };
    assert!(table(300_000, 1).unwrap_err().contains("300000 areas"));
    assert!(table(2, 300).unwrap_err().contains("line 202: the table has more than the 200 factors"));
    assert!(table(200, 100).is_ok());
    // The rest of a report is passed over.
    let report = format!("{{\"numbers\": [{}0], \"scenario\": \"x\"}}", "0,".repeat(1_000_000));
    assert_eq!(embedded_scenario(&report).unwrap().as_deref(), Some("x"));
}
