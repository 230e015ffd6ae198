//! What the tests share: scenarios from a few words, the oracles, and bounds in standard errors.

pub mod binary;
#[path = "../../fuzz/checks.rs"]
pub mod checks;
pub mod random;
pub mod source;

use headstart::analysis::{Estimate, Summary, summarize};
use headstart::sampler::Run;
use headstart::scenario::FoundFile;
use headstart::{Control, Scenario};
use serde_json::Value;
use std::path::PathBuf;

/// A failure of the program is off by more than this many standard errors; chance is, once in 1.7 million.
pub const BOUND: f64 = 5.0;

/// How far a test goes: in the suite as far as seconds allow, and by night (`tests/nightly.sh`) as far as it can prove something. Bounds are in
/// standard errors, so that they grow narrower with it.
pub fn thorough<T>(suite: T, by_night: T) -> T {
    if std::env::var_os("HEADSTART_NIGHTLY").is_some() { by_night } else { suite }
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A text as somebody has read it, word for word; `BLESS=1 cargo test` writes it anew. Elsewhere than where it was written, the target of the
/// program and the digest that it goes into are others.
#[track_caller]
pub fn assert_golden(path: &str, text: &str) {
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(root().join(path), text).unwrap();
    }
    let golden = read(path);
    let target =
        |text: &str| text.lines().find(|line| line.trim().starts_with("\"target\": ")).map(str::to_owned);
    let is_of_the_target =
        |line: &&str| ["\"target\": ", "\"digest\": "].iter().any(|start| line.trim().starts_with(start));
    let everywhere = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !is_of_the_target(line)).map(str::to_owned).collect()
    };
    if target(text) == target(&golden) {
        assert!(text == golden, "not as in {path}:\n{text}");
    } else {
        assert_eq!(everywhere(text), everywhere(&golden), "{path}");
    }
}

pub fn oracles() -> Value {
    serde_json::from_str(&read("tests/data/oracles.json")).unwrap()
}

/// The expected answers of a case of `closed_form.json`.
pub fn case(id: &str) -> Value {
    let cases: Vec<Value> = serde_json::from_str(&read("tests/data/closed_form.json")).unwrap();
    cases.into_iter().find(|case| case["id"] == id).unwrap()["expected"].take()
}

pub fn shipped(name: &str) -> Scenario {
    parse(&read(&format!("scenarios/{name}.ron")))
}

/// The names of all shipped scenarios.
pub fn library() -> Vec<String> {
    let files = std::fs::read_dir(root().join("scenarios")).unwrap();
    let mut names: Vec<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| Some(name.strip_suffix(".ron")?.to_owned()))
        // The sweeps of one are beside it.
        .filter(|name| !name.ends_with("-sweeps"))
        .collect();
    names.sort();
    assert!(names.len() > 10);
    names
}

/// A shipped scenario, which may be a variant.
pub fn load(name: &str) -> Scenario {
    let files = |path: &str, _from: &std::path::Path| {
        Ok(FoundFile { path: path.into(), text: read(&format!("scenarios/{path}")) })
    };
    let name = format!("{name}.ron");
    Scenario::load(&name, &read(&format!("scenarios/{name}")), &files)
        .unwrap_or_else(|problems| panic!("{problems}"))
}

#[track_caller]
pub fn parse(text: &str) -> Scenario {
    Scenario::from_ron("test.ron", text).unwrap_or_else(|problems| panic!("{problems}"))
}

/// JSMAA's default model.
pub const JSMAA: &str = r#"Scenario(
    title: "JSMAA default",
    groups: [(id: "one"), (id: "others")],
    areas: [(id: "a1", group: "one"), (id: "a2", group: "others"), (id: "a3", group: "others")],
    weights: Simplex,
    factors: [
        (id: "c1", value: Linear(worst: 1.412, best: 10), scores: [Exact(10), Exact(7), Normal(mean: 2, sd: 0.3)]),
        (id: "c2", value: Linear(worst: 3, best: 6), scores: [5, Uniform(min: 3, max: 6), Uniform(min: 3, max: 6)]),
    ],
)"#;

/// A scenario with two groups, `x` and `y`, whose areas have the given scores on one certain factor.
pub fn one_factor(x: &[&str], y: &[&str], rest: &str) -> Scenario {
    let area = |group: &str, index: usize| format!("(id: \"{group}{index}\", group: \"{group}\")");
    let areas: Vec<String> =
        (0..x.len()).map(|i| area("x", i)).chain((0..y.len()).map(|i| area("y", i))).collect();
    let scores: Vec<&str> = x.iter().chain(y).copied().collect();
    parse(&format!(
        "Scenario(title: \"test\", groups: [(id: \"x\"), (id: \"y\")], areas: [{}],
         factors: [(id: \"f\", weight: 1, scores: [{}])], {rest})",
        areas.join(", "),
        scores.join(", "),
    ))
}

pub fn run_of(draws: u64) -> Run {
    Run { draws, ..Run::default() }
}

pub fn run(scenario: &Scenario, draws: u64) -> Summary {
    summarize(scenario, run_of(draws), Control::none())
}

/// The probability that the first area comes before the second.
pub fn first_before_second(scenario: &Scenario, draws: u64) -> Estimate {
    run(scenario, draws).order.before[0][1].unwrap()
}

pub fn claim(summary: &Summary, id: &str) -> Estimate {
    summary
        .order
        .claims
        .iter()
        .find(|claim| claim.id == id)
        .unwrap_or_else(|| panic!("no claim {id}"))
        .estimate
}

/// Within five standard errors of the truth, the standard error being that of a plain count at the truth: worlds
/// that share their draws can only make it smaller.
#[track_caller]
pub fn assert_near(estimate: Estimate, truth: f64, what: &str) {
    let error = (truth * (1.0 - truth) / estimate.n() as f64).sqrt();
    let off = (estimate.probability - truth).abs();
    assert!(
        off <= BOUND * error + 1e-15,
        "{what}: {} is {:.1} errors from {truth}",
        estimate.probability,
        off / error
    );
}
