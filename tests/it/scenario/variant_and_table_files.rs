//! Variants and tables that stand beside a scenario: how many of them, how long, and what a variant adds.

use headstart::Scenario;
use headstart::scenario::{FileError, FoundFile, WeightDistribution};

type Found = Result<FoundFile, FileError>;

/// What is wrong with a text that may name other files.
fn said(text: &str, files: &dyn Fn(&str) -> String) -> Vec<String> {
    let find = |path: &str, _from: &std::path::Path| -> Found {
        Ok(FoundFile { path: path.into(), text: files(path) })
    };
    let Err(found) = Scenario::load("first", text, &find) else { return Vec::new() };
    assert!(!found.problems().is_empty(), "refused without a word");
    found.problems().iter().map(|problem| problem.message.clone()).collect()
}

fn two(weights: &str) -> String {
    format!(
        "Scenario(title: \"t\", groups: [(id: \"x\")],
            areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"x\")],
            {weights}
            factors: [(id: \"f\", weight: 2, scores: [1, 2]), (id: \"g\", weight: 6, scores: [2, 1])])"
    )
}

#[test]
fn variants_of_variants() {
    // So many variants, each based on the next one, and a scenario.
    let of = |n: usize| {
        let files = move |path: &str| {
            let k: usize = path.parse().unwrap();
            if k < n { format!("Variant(base: \"{}\")", k + 1) } else { two("") }
        };
        said("Variant(base: \"1\")", &files)
    };
    assert_eq!(of(16), [""; 0]);
    let found = of(17);
    assert!(
        found.len() == 1 && found[0].contains("more than 16 variants are based on each other"),
        "{found:?}"
    );
}

/// A factor that is added to a Dirichlet law has a weight as those have that are there.
#[test]
fn a_variant_adds_to_a_dirichlet_law() {
    let variant = "Variant(base: \"b\", factors: [(id: \"h\", weight: 4, scores: [1, 1])])";
    let find = |path: &str, _from: &std::path::Path| -> Found {
        Ok(FoundFile { path: path.into(), text: two("weights: Dirichlet(concentration: 3),") })
    };
    let scenario = Scenario::load("first", variant, &find).unwrap();
    let WeightDistribution::Dirichlet { means, concentration } = scenario.weight_law() else {
        panic!("another law")
    };
    let total: f64 = means.iter().sum();
    assert_eq!(*concentration, 3.0);
    for (mean, share) in means.iter().zip([2.0 / 12.0, 6.0 / 12.0, 4.0 / 12.0]) {
        assert!((mean / total - share).abs() < 1e-12, "{means:?}");
    }
    assert_eq!(means.len(), 3);
}

/// A scenario of one group, whose score number i is the column `x` of the file i.
fn columns(n: usize) -> String {
    let list = |one: &dyn Fn(usize) -> String| (0..n).map(one).collect::<Vec<_>>().join(", ");
    format!(
        "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [{}],
            factors: [(id: \"f\", weight: 1, scores: [{}])])",
        list(&|i| format!("(id: \"a{i}\", group: \"g\")")),
        list(&|i| format!("Samples(file: \"{i}\", column: \"x\")"))
    )
}

fn column(n: usize) -> String {
    format!("x\n{}", "1\n2\n".repeat(n / 2) + ["", "1\n"][n % 2])
}

#[test]
fn numbers_of_a_column() {
    let of = |n: usize| said(&columns(1), &|_| column(n));
    assert_eq!(of(10_000), [""; 0]);
    assert_eq!(of(10_001), ["no samples from `0`: it has more than the 10000 values that are accepted"]);
}

#[test]
fn numbers_of_all_columns() {
    let of = |n: usize| {
        let files = move |path: &str| column((n - 10_000 * path.parse::<usize>().unwrap()).min(10_000));
        said(&columns(n.div_ceil(10_000)), &files)
    };
    assert_eq!(of(200_000), [""; 0]);
    let more = "all lists together have more than the 200000 values that are accepted";
    assert_eq!(of(200_001), [more]);
    // Said once, though another one follows.
    assert_eq!(of(210_001), [more]);
}

/// Tables that are as much as is accepted are read, and none after those that are more.
#[test]
fn bytes_of_all_tables() {
    const MOST: usize = 512 << 20;
    // Zeros cost no memory until they are written.
    let table = |length: usize| {
        let mut bytes = vec![0; length];
        bytes[..4].copy_from_slice(b"y\n1\n");
        String::from_utf8(bytes).unwrap()
    };
    let of = |first: usize| {
        let files = move |path: &str| if path == "0" { table(first) } else { column(3) };
        said(&columns(2), &files)
    };
    let none = "no samples from `0`: unknown column `x`; there are y";
    assert_eq!(of(MOST), [none]);
    let full = "no samples from `1`: the tables that were read before it are as much as is accepted";
    assert_eq!(of(MOST + 1), [none, full]);
}
