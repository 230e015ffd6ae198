//! The seeds of the fuzz targets and every text that a target once broke on, checked without a fuzzer.

use crate::support::{checks, root};

fn each_seed(target: &str, check: fn(&str)) {
    let folder = root().join("tests/fuzz/seeds").join(target);
    let mut n = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        check(&text);
        n += 1;
    }
    assert!(n > 2, "{target}");
}

#[test]
fn scenario_seeds_break_nothing() {
    each_seed("scenario", checks::scenario);
}

#[test]
fn edit_seeds_break_nothing() {
    each_seed("edits", checks::edits);
}

#[test]
fn request_seeds_break_nothing() {
    each_seed("requests", checks::requests);
}

#[test]
fn checkpoint_seeds_break_nothing() {
    each_seed("checkpoint", checks::checkpoint);
}

#[test]
fn report_seeds_break_nothing() {
    each_seed("report", checks::report);
}

#[test]
fn table_seeds_break_nothing() {
    each_seed("tables", checks::tables);
}
