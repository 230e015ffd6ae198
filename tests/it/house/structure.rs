//! The house: who may import whom, and what may stand where.

use super::functions::functions_of;
use super::imports::{arrows, circles, told};
use super::known::{CIRCLES, LONG, WIDE};
use crate::support::source::{File, files};
use std::collections::{BTreeMap, BTreeSet};

/// Each room of the library and the rooms that it may import from.
const ALLOWED: [(&str, &[&str]); 17] = [
    ("control", &[]),
    ("kernel", &[]),
    ("real", &["kernel"]),
    ("plain", &[]),
    ("threads", &[]),
    ("error", &["plain"]),
    ("distribution", &["kernel", "real"]),
    ("batch", &["real"]),
    ("clock", &[]),
    ("scenario", &["distribution", "error", "plain"]),
    ("model", &["batch", "distribution", "kernel", "real", "scenario"]),
    ("tally", &["batch", "kernel", "real"]),
    // The streams make uniform numbers, and what those are is said once, beside the quantiles.
    ("sampler", &["batch", "control", "distribution", "kernel", "model", "real", "tally", "threads"]),
    // Claims come to it as the circuits that a tally counts by.
    ("exact", &["control", "distribution", "kernel", "model", "scenario", "tally", "threads"]),
    // Where claims switch is worked out in columns, as what is drawn is.
    (
        "analysis",
        &[
            "batch",
            "clock",
            "control",
            "distribution",
            "exact",
            "kernel",
            "model",
            "real",
            "sampler",
            "scenario",
            "tally",
        ],
    ),
    ("report", &["analysis", "control", "error", "model", "plain", "sampler", "scenario"]),
    (
        "request",
        &["analysis", "control", "error", "exact", "model", "plain", "report", "sampler", "scenario"],
    ),
];

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
    for File { name: file, text } in files() {
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
        ("rayon", &["threads.rs", "sampler/run.rs", "sampler/jobs.rs", "exact/integral.rs"]),
        ("clap", &["cli/"]),
        ("indicatif", &["cli/"]),
        ("std::io::stdout", &["cli/terminal.rs"]),
        ("std::fs", &["cli/files", "scenario/files.rs"]),
        ("serde_json", &["report/json/write.rs", "report/provenance/", "scenario/read/json_text.rs"]),
        ("derive(Debug, Serialize)", &["report/"]),
        ("csv::Writer", &["report/tables/csv.rs"]),
        ("tempfile", &["cli/files"]),
        ("signal", &["cli/interrupt.rs"]),
        ("exit(", &["cli/interrupt.rs", "cli/mod.rs"]),
        ("RawValue", &["scenario/read/ron_text.rs"]),
    ];
    for File { name: file, text } in files() {
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
    for File { name: file, text } in files() {
        let lines = text.lines().count();
        assert!(lines <= 400, "{file} has {lines} lines");
    }
}

/// Every module says first what it is.
#[test]
fn modules_introduce_themselves() {
    for File { name: file, text } in files() {
        assert!(text.starts_with("//! "), "{file}");
    }
}

/// Two files that name each other mean that what one of them only holds belongs below both.
#[test]
fn no_files_import_each_other_in_a_circle() {
    let arrows = arrows(&files());
    assert!(arrows.values().map(BTreeMap::len).sum::<usize>() > 500);
    let mut left: BTreeSet<&str> = CIRCLES.iter().copied().flatten().copied().collect();
    for circle in circles(&arrows) {
        let is_known = CIRCLES.iter().any(|known| circle.iter().all(|file| known.contains(&file.as_str())));
        assert!(is_known, "these files import each other in a circle:\n{}", told(&circle, &arrows));
        left.retain(|file| !circle.contains(*file));
    }
    assert!(
        left.is_empty(),
        "in no circle any more, so to be taken off the list in house/known.rs: {left:?}"
    );
}

#[test]
fn functions_stay_short_and_take_few_parameters() {
    let functions: Vec<_> = files().iter().flat_map(functions_of).collect();
    assert!(functions.len() > 1_000);
    let over = |is_over: fn(&(usize, usize)) -> bool| -> BTreeSet<&str> {
        let those = functions.iter().filter(|one| is_over(&(one.lines, one.parameters)));
        those.map(|one| one.place.as_str()).collect()
    };
    let long = over(|(lines, _)| *lines > 70);
    let wide = over(|(_, parameters)| *parameters > 5);
    // What is known may only become less.
    assert_eq!(
        long,
        LONG.iter().copied().collect(),
        "functions of more than 70 lines; known ones in house/known.rs"
    );
    assert_eq!(
        wide,
        WIDE.iter().copied().collect(),
        "functions of more than 5 parameters; known ones in house/known.rs"
    );
}

/// A small tree by hand: what is handed on is an arrow to its definer, and comments, texts and `pub use` are none.
#[test]
fn arrows_go_to_the_file_that_defines() {
    let file = |name: &str, text: &str| File { name: name.to_owned(), text: text.to_owned() };
    let files = [
        file("lib.rs", "pub mod a;\npub mod d;"),
        file("a/mod.rs", "mod b; mod c;\npub use b::{self as other, B};\npub(crate) use c::*;"),
        file("a/b.rs", "use super::c::C;\npub struct B(C); mod inner { const HERE: super::B = 1; }"),
        file(
            "a/c.rs",
            "use super::B; // crate::d::D\npub struct C<'a>(&'a str);\nconst TEXT: &str = \"crate::d::D { \";",
        ),
        file("d.rs", "use crate::a;\npub struct D;\nfn f() -> a::C<'static> { a::other::B::new('{') }"),
    ];
    let arrows = arrows(&files);
    let named = |from: &str, to: &str| arrows[from][to].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(arrows.keys().collect::<Vec<_>>(), ["a/b.rs", "a/c.rs", "d.rs"]);
    assert_eq!((named("a/b.rs", "a/c.rs"), named("a/c.rs", "a/b.rs")), (vec!["C"], vec!["B"]));
    assert_eq!((named("d.rs", "a/b.rs"), named("d.rs", "a/c.rs")), (vec!["B"], vec!["C"]));
    assert_eq!(circles(&arrows), [BTreeSet::from(["a/b.rs".to_owned(), "a/c.rs".to_owned()])]);
}

#[test]
fn lines_and_parameters_are_counted() {
    let text = "fn one<T: Fn(u8) -> [u8; 2]>(&self, (a, b): (T, U<V, W>), c: fn(d: u8) -> u8) -> [T; 3] {\n{}\n}\nfn two();\n";
    let file = File { name: "a.rs".to_owned(), text: text.to_owned() };
    let counted: Vec<_> =
        functions_of(&file).into_iter().map(|one| (one.place, one.lines, one.parameters)).collect();
    assert_eq!(counted, [("a.rs one".to_owned(), 3, 2), ("a.rs two".to_owned(), 1, 0)]);
}
