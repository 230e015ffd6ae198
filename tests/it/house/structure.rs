//! The house: who may import whom, and what may stand where.

use crate::support::root;
use std::collections::BTreeMap;
use std::path::Path;

/// Each room of the library and the rooms that it may import from.
const ALLOWED: [(&str, &[&str]); 12] = [
    ("kernel", &[]),
    ("real", &["kernel"]),
    ("error", &[]),
    ("distribution", &["kernel", "real"]),
    ("batch", &["real"]),
    ("scenario", &["distribution", "error"]),
    ("model", &["batch", "distribution", "kernel", "real", "scenario"]),
    ("tally", &["batch", "kernel", "real"]),
    // The streams make uniform numbers, and what those are is said once, beside the quantiles.
    ("sampler", &["batch", "distribution", "kernel", "model", "real", "tally"]),
    // Claims come to it as the circuits that a tally counts by.
    ("exact", &["distribution", "kernel", "model", "scenario", "tally"]),
    // Where claims switch is worked out in columns, as what is drawn is.
    (
        "analysis",
        &["batch", "distribution", "exact", "kernel", "model", "real", "sampler", "scenario", "tally"],
    ),
    ("report", &["analysis", "error", "model", "sampler", "scenario"]),
];

fn sources(folder: &Path, out: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(root().join("src")).unwrap().to_string_lossy().replace('\\', "/");
            out.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn all_sources() -> Vec<(String, String)> {
    let mut out = Vec::new();
    sources(&root().join("src"), &mut out);
    assert!(out.len() > 30);
    out
}

/// The text without comments, whose links may point anywhere.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn room(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

#[test]
fn imports_go_one_way() {
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.into_iter().collect();
    let mut seen = 0;
    for (file, text) in all_sources() {
        let room = room(&file);
        if matches!(room, "lib" | "main") {
            continue;
        }
        for part in code(&text).split("crate::").skip(1) {
            let import = part.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap();
            assert!(room != "cli", "{file}: the command line uses the public library, not crate::{import}");
            // `Scenario` is re-exported at the root.
            let import = if import == "Scenario" { "scenario" } else { import };
            if import != room {
                seen += 1;
                assert!(allowed[room].contains(&import), "{file} imports {import}");
            }
        }
    }
    assert!(seen > 20);
}

#[test]
fn each_thing_has_one_place() {
    let places: [(&str, &[&str]); 14] = [
        ("unsafe", &["kernel/x86.rs"]),
        ("target_feature", &["kernel/x86.rs"]),
        ("rayon", &["sampler/run.rs", "sampler/jobs.rs", "exact/integral.rs"]),
        ("clap", &["cli/"]),
        ("indicatif", &["cli/"]),
        ("std::io::stdout", &["cli/terminal.rs"]),
        ("std::fs", &["cli/files", "scenario/files.rs"]),
        ("serde_json", &["report/json/report.rs", "report/provenance/", "scenario/read/json_text.rs"]),
        ("derive(Debug, Serialize)", &["report/"]),
        ("csv::Writer", &["report/tables/csv.rs"]),
        ("tempfile", &["cli/files"]),
        ("signal", &["cli/interrupt.rs"]),
        ("exit(", &["cli/interrupt.rs"]),
        ("RawValue", &["scenario/read/ron_text.rs"]),
    ];
    for (file, text) in all_sources() {
        let code = code(&text);
        for (thing, allowed) in places {
            let there = allowed.iter().any(|place| file.starts_with(place));
            assert!(there || !code.contains(thing), "{thing} in {file}");
        }
        assert!(
            !code.contains("mul_add"),
            "a fused multiply-add in {file} would change bits between processors"
        );
    }
}

#[test]
fn files_stay_small() {
    for (file, text) in all_sources() {
        let lines = text.lines().count();
        assert!(lines <= 400, "{file} has {lines} lines");
    }
}

/// Every module says first what it is.
#[test]
fn modules_introduce_themselves() {
    for (file, text) in all_sources() {
        assert!(text.starts_with("//! "), "{file}");
    }
}
