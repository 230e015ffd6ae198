//! What the program is made of: sources, licences and doubles of the crates, and that ARCHITECTURE names those that were chosen.

use super::support::{read, root};
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Licences that ask for no more than to be named.
const LICENCES: [&str; 11] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unlicense",
    "0BSD",
    "Unicode-3.0",
    "BSL-1.0",
];

/// Crates that are built in more than one version, because others are not of one mind yet.
const DOUBLES: [&str; 2] = ["getrandom", "syn"];

/// Name, version and licence of each crate that is built on this machine, from what is here already.
fn packages() -> BTreeSet<(String, String, String)> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--edges", "normal,build,dev", "--prefix", "none"])
        .args(["--format", "{p}\t{l}"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let package = |line: &str| {
        let (package, licence) = line.split_once('\t')?;
        let (name, rest) = package.split_once(" v")?;
        let version = rest.split(' ').next()?;
        Some((name.to_owned(), version.to_owned(), licence.trim_end_matches(" (*)").to_owned()))
    };
    String::from_utf8(output.stdout).unwrap().lines().filter_map(package).collect()
}

/// Whether one of the licences that somebody may choose from is among ours, `AND` taken as all of its parts.
fn is_free(licence: &str) -> bool {
    let one = |part: &str| LICENCES.contains(&part.trim_matches(|c| c == '(' || c == ')' || c == ' '));
    let all =
        |part: &str| part.split(" AND ").all(|part| part.replace(['(', ')'], "").split(" OR ").any(one));
    all(licence) || licence.replace('/', " OR ").split(" OR ").any(|part| part.split(" AND ").all(one))
}

#[test]
fn licences() {
    let packages = packages();
    assert!(packages.len() > 50);
    for (name, _, licence) in &packages {
        assert!(is_free(licence), "{name} is under {licence}");
    }
    assert!(is_free("(MIT OR Apache-2.0) AND Unicode-3.0") && is_free("MIT/Apache-2.0"));
    assert!(!is_free("GPL-3.0") && !is_free("MIT AND GPL-3.0") && !is_free("none"));
}

/// Every crate that any platform may take is from the one registry, by its checksum.
#[test]
fn sources() {
    let lock = read("Cargo.lock");
    let mut n = 0;
    for package in lock.split("[[package]]").skip(1) {
        if package.contains("name = \"headstart\"") {
            continue;
        }
        let registry = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
        assert!(package.contains(registry) && package.contains("checksum = \""), "{package}");
        n += 1;
    }
    assert!(n > 100);
}

#[test]
fn doubles() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, version, _) in packages() {
        versions.entry(name).or_default().insert(version);
    }
    let doubles: Vec<&str> =
        versions.iter().filter(|(_, versions)| versions.len() > 1).map(|(name, _)| name.as_str()).collect();
    assert_eq!(doubles, DOUBLES);
}

/// The table of ARCHITECTURE has every crate of Cargo.toml, and nothing else.
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
    let architecture = read("ARCHITECTURE.md");
    let table = architecture.split("## Dependencies").nth(1).unwrap();
    let mut named = BTreeSet::new();
    for line in table.lines().filter(|line| line.starts_with("| `")) {
        // The first column, and what stands beside it as `name`: in the second.
        let first = line.split('|').nth(1).unwrap();
        let beside = line.split("; `").skip(1).filter_map(|rest| rest.split_once("`:"));
        let names = first.split('`').skip(1).step_by(2).chain(beside.map(|(name, _)| name));
        named.extend(names.map(str::to_owned));
    }
    named.remove("parquet");
    chosen.remove("parquet");
    assert_eq!(named, chosen);
}
