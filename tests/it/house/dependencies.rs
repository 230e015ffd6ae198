//! The crates that the program is made of: docs/dev/dependencies.md names those that were chosen. Their licences, sources and doubles are judged by
//! `cargo deny` in the gate.

use crate::support::read;
use std::collections::BTreeSet;

/// The table has every crate of Cargo.toml, and nothing else.
#[test]
fn the_table_of_dependencies() {
    let manifest = read("Cargo.toml");
    let mut chosen = BTreeSet::new();
    let mut part = "";
    for line in manifest.lines() {
        if line.starts_with('[') {
            part = line;
        } else if part.ends_with("dependencies]")
            && let Some((name, _)) = line.split_once(" = ")
        {
            chosen.insert(name.to_owned());
        }
    }
    let table = read("docs/dev/dependencies.md");
    let mut named = BTreeSet::new();
    for line in table.lines().filter(|line| line.starts_with("| `")) {
        // The first column, and what stands beside it as `name`: in the second.
        let first = line.split('|').nth(1).unwrap();
        let beside = line.split("; `").skip(1).filter_map(|rest| rest.split_once("`:"));
        let names = first.split('`').skip(1).step_by(2).chain(beside.map(|(name, _)| name));
        named.extend(names.map(str::to_owned));
    }
    // Features stand beside the crates that they bring.
    for feature in ["parquet", "png"] {
        named.remove(feature);
        chosen.remove(feature);
    }
    assert_eq!(named, chosen);
}
