//! Twelve scenarios: shipped ones, and small ones with a difficulty each.

use headstart::Scenario;
use headstart::scenario::FoundFile;

/// A scenario and what is asked of it.
pub struct Case {
    /// Its name.
    pub name: &'static str,
    /// The scenario.
    pub scenario: Scenario,
    /// Draws per run.
    pub draws: u64,
    /// Lists of edits, each separated by semicolons.
    pub edits: &'static [&'static str],
    /// Numbers that are varied, with points.
    pub sweeps: &'static [(&'static str, usize)],
    /// Two areas to explain.
    pub pair: (usize, usize),
    /// A claim to find the drivers of.
    pub claim: &'static str,
    /// Single changes that are known by enumeration, since the long run knows a place where a curve jumps no better than a short one.
    pub jumps: &'static [(&'static str, f64)],
}

/// A scenario with two groups and two factors; `rest` is all that follows the areas.
fn small(areas: &[(&str, &str)], rest: &str) -> Scenario {
    let areas: Vec<String> =
        areas.iter().map(|(id, group)| format!("(id: \"{id}\", group: \"{group}\")")).collect();
    parse(&format!(
        "Scenario(title: \"t\", groups: [(id: \"g\"), (id: \"h\")], areas: [{}], {rest})",
        areas.join(", ")
    ))
}

fn parse(text: &str) -> Scenario {
    Scenario::from_ron("case.ron", text).unwrap_or_else(|problems| panic!("{problems}"))
}

fn shipped(name: &str) -> Scenario {
    let read = |name: &str| {
        let path = format!("{}/scenarios/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let file = format!("{name}.ron");
    let files = |path: &str, _from: &std::path::Path| Ok(FoundFile { path: path.into(), text: read(path) });
    Scenario::load(&file, &read(&file), &files).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A scenario from a file, without edits or sweeps.
pub fn own(path: String) -> Case {
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let scenario = Scenario::from_ron(&path, &text).unwrap_or_else(|problems| panic!("{problems}"));
    Case {
        name: path.leak(),
        scenario,
        draws: 2_000,
        edits: &[],
        sweeps: &[],
        pair: (0, 1),
        claim: "",
        jumps: &[],
    }
}

const FOUR: [(&str, &str); 4] = [("a", "g"), ("b", "g"), ("c", "h"), ("d", "h")];

/// All of them.
pub fn cases() -> Vec<Case> {
    let mut cases = from_files();
    cases.extend(laws());
    cases.extend(worlds());
    cases
}

fn from_files() -> Vec<Case> {
    const EDITS: &[&str] = &["weight.feedback_quality *= 1.2", "score.insight.ai_control += 1"];
    const WEIGHT: (&str, usize) = ("weight.feedback_quality = 0..=5", 11);
    const CLAIM: &str = "interpretability before pre_training";
    let case = |name, edits, sweeps| Case {
        name,
        scenario: shipped(name),
        draws: 2_000,
        edits,
        sweeps,
        pair: (0, 5),
        claim: CLAIM,
        jumps: &[],
    };
    let wheat = Case {
        edits: &["score.soil.corta += 0.2", "world.summer.dry = 0.4"],
        sweeps: &[("world.summer.dry = 0..=1", 6), ("weight.soil = 1..=6", 6)],
        pair: (0, 1),
        claim: "alta before brava",
        ..case("wheat", &[], &[])
    };
    vec![
        case("takeoff", &["weight.feedback_quality *= 1.2", "world.scheming.scheming = 0.31"], &[WEIGHT]),
        case("takeoff-raters", EDITS, &[WEIGHT]),
        case("takeoff-simplex", &["score.insight.ai_control += 1"], &[]),
        case("takeoff-residual", EDITS, &[]),
        wheat,
    ]
}

fn laws() -> Vec<Case> {
    let normal = small(
        &FOUR,
        "factors: [
            (id: \"x\", weight: 1, scores: [Normal(mean: 0, sd: 1), Normal(mean: 0.3, sd: 1), Normal(mean: 0.2, sd: 2), Normal(mean: 0.1, sd: 1)]),
            (id: \"y\", weight: Uniform(min: 0.2, max: 2), scores: [Uniform(min: 0, max: 1), Uniform(min: -0.5, max: 1), Normal(mean: 0.4, sd: 0.3), 0.5]),
         ]",
    );
    let dice = small(
        &FOUR,
        "factors: [
            (id: \"x\", weight: 1, scores: [Discrete([(1, 0.3), (2, 0.3), (3, 0.4)]), Discrete([(1, 0.3), (2, 0.4), (4, 0.3)]), Discrete([(2, 0.3), (3, 0.7)]), Discrete([(0, 0.4), (3, 0.6)])]),
            (id: \"y\", weight: Discrete([(1, 0.5), (2, 0.5)]), scores: [Discrete([(0, 0.5), (1, 0.5)]), 1, Discrete([(0, 0.6), (2, 0.4)]), Discrete([(1, 0.8), (2, 0.2)])]),
         ]",
    );
    let simplex = small(
        &FOUR,
        "weights: Simplex, factors: [
            (id: \"x\", scores: [Exact(4), Exact(2), Exact(3), Exact(1)]),
            (id: \"y\", scores: [Exact(1), Exact(3), Normal(mean: 2, sd: 0.5), Exact(3)]),
            (id: \"z\", scores: [Exact(2), Exact(2.5), Exact(2), Normal(mean: 2.6, sd: 0.4)]),
         ]",
    );
    let tails = small(
        &FOUR,
        "factors: [
            (id: \"x\", weight: 1, scores: [LogNormal(mu: 1.1, sigma: 0.5), LogNormal(mu: 1.15, sigma: 0.8), Gamma(shape: 2, scale: 2), Exponential(rate: 0.25)]),
            (id: \"y\", weight: Gamma(shape: 3, scale: 0.4), scores: [Uniform(min: 0, max: 3), 1, Normal(mean: 1, sd: 1), Uniform(min: 0, max: 2)]),
         ]",
    );
    let rare = small(
        &FOUR,
        "factors: [
            (id: \"x\", weight: 1, scores: [Normal(mean: 0, sd: 1), Normal(mean: 3.5, sd: 1), Normal(mean: 4, sd: 1), Normal(mean: 5, sd: 1)]),
            (id: \"y\", weight: 0.3, scores: [Uniform(min: 0, max: 1), Uniform(min: 0, max: 1), Uniform(min: 0, max: 1), Uniform(min: 0, max: 1)]),
         ]",
    );
    let case = |name, scenario| Case {
        name,
        scenario,
        draws: 2_000,
        edits: &["score.x.a += 0.2", "score.x.a += 0.005", "score.y.d = 0.9"],
        sweeps: &[("score.x.a = -1..=5", 7)],
        pair: (0, 2),
        claim: "a before c",
        jumps: &[],
    };
    vec![
        case("normal", normal),
        Case {
            sweeps: &[],
            edits: &["score.x.a = 3", "score.y.b = 0"],
            jumps: &[("score.x.a", 3.0), ("score.x.c", 2.0), ("score.y.a", 1.0), ("score.y.c", 0.0)],
            ..case("dice", dice)
        },
        case("simplex", simplex),
        Case {
            edits: &["score.y.b += 0.2", "score.y.b += 0.005", "score.y.d = 0.9"],
            sweeps: &[("score.x.a = 1..=8", 8)],
            ..case("tails", tails)
        },
        Case { claim: "c before d", pair: (2, 3), ..case("rare", rare) },
    ]
}

fn worlds() -> Vec<Case> {
    let rare = small(
        &FOUR,
        "worlds: [(id: \"w\", outcomes: [(\"odd\", 0.01), (\"even\", 0.99)])],
         factors: [
            (id: \"x\", weight: 1, scores: [ByWorld(\"w\", {\"odd\": Uniform(min: 0, max: 1), \"even\": Uniform(min: -2, max: 0)}), Uniform(min: 0, max: 1), Uniform(min: 0.2, max: 1.2), Normal(mean: 0.6, sd: 0.3)]),
            (id: \"y\", weight: 0.5, scores: [Uniform(min: 0, max: 0.5), Uniform(min: 0, max: 1), 0.3, Uniform(min: 0, max: 0.4)]),
         ]",
    );
    let two = small(
        &FOUR,
        "worlds: [(id: \"w\", outcomes: [(\"dry\", Uniform(min: 0.3, max: 0.5)), (\"wet\", Rest)]), (id: \"v\", outcomes: [(\"on\", 0.5), (\"off\", 0.5)])],
         factors: [
            (id: \"x\", weight: ByWorld(\"v\", {\"on\": 1, \"off\": Uniform(min: 0.2, max: 0.4)}), scores: [Uniform(min: 0, max: 4), Normal(mean: 2, sd: 1), ByWorld(\"w\", {\"dry\": 3, \"wet\": Uniform(min: 0, max: 3)}), Normal(mean: 2.2, sd: 1)]),
            (id: \"y\", weight: 1, scores: [Uniform(min: 0, max: 3), ByWorld(\"w\", {\"dry\": Normal(mean: 3, sd: 0.3), \"wet\": Normal(mean: 1, sd: 1)}), Uniform(min: 1, max: 3), Normal(mean: 1.9, sd: 0.5)]),
         ]",
    );
    let case = |name, scenario| Case {
        name,
        scenario,
        draws: 2_000,
        edits: &[],
        sweeps: &[("score.y.b = 0..=4", 9)],
        pair: (0, 2),
        claim: "a before c",
        jumps: &[],
    };
    vec![
        Case {
            edits: &["score.y.b += 0.1", "world.w.odd = 0.02"],
            claim: "b before c",
            pair: (1, 2),
            ..case("rare-world", rare)
        },
        Case { edits: &["score.y.b += 0.1", "world.v.on = 0.6"], ..case("two-worlds", two) },
    ]
}
