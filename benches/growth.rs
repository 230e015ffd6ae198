//! What a draw costs against the size of a model and its kinds of numbers, and what other questions cost beside a run:
//! `cargo bench --bench growth` prints two tables in Markdown, of one thread and one run. Words select rows: `-- areas worlds`.
//!
//! A draw's time is the difference between a run and one of a quarter of its draws, so that what is done once stands apart.

#![allow(clippy::disallowed_methods)]

use headstart::Control;
use headstart::request::{About, How, Request, Show, Source};
use headstart::sampler::Arithmetic;
use std::fmt::Write as _;
use std::time::Instant;

/// Measurements of which the quickest counts.
const TIMES: usize = 3;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let is_asked = |label: &str| words.is_empty() || words.iter().any(|word| label.contains(word.as_str()));
    let base = Timing::of(&model(&Shape::default()), &Show::Run(How::default()), 1_000_000, Arithmetic::Auto);
    println!("| model | ns per draw | times the first | before the first draw, ms |\n|---|---|---|---|");
    for (label, text, draws) in models().into_iter().filter(|(label, ..)| is_asked(label)) {
        for (name, arithmetic) in [("", Arithmetic::Auto), (", in double precision", Arithmetic::Double)] {
            if !name.is_empty() && !label.starts_with("family") {
                continue;
            }
            let timing = Timing::of(&text, &Show::Run(How::default()), draws, arithmetic);
            println!(
                "| {label}{name} | {:.0} | {:.1} | {:.1} |",
                timing.per_draw * 1e9,
                timing.per_draw / base.per_draw,
                timing.before * 1e3
            );
        }
    }
    println!("\n| question about `takeoff.ron` | draws | ms | times a run |\n|---|---|---|---|");
    let takeoff = shipped("takeoff");
    let run = seconds(&takeoff, &Show::Run(How::default()), COMMANDS, Arithmetic::Auto);
    for (label, show) in questions().into_iter().filter(|(label, _)| is_asked(label)) {
        let time = seconds(&takeoff, &show, COMMANDS, Arithmetic::Auto);
        println!("| {label} | {COMMANDS} | {:.0} | {:.1} |", time * 1e3, time / run);
    }
}

/// Draws of the questions.
const COMMANDS: u64 = 1_000_000;

/// The time that a draw takes, and what is done before.
struct Timing {
    /// In seconds.
    per_draw: f64,
    /// In seconds.
    before: f64,
}

impl Timing {
    fn of(text: &str, show: &Show, draws: u64, arithmetic: Arithmetic) -> Self {
        let [few, many] = [draws / 4, draws].map(|draws| seconds(text, show, draws, arithmetic));
        let per_draw = ((many - few) / (draws - draws / 4) as f64).max(0.0);
        Self { per_draw, before: (few - per_draw * (draws / 4) as f64).max(0.0) }
    }
}

/// The seconds that an answer takes on one thread, reading included.
fn seconds(text: &str, show: &Show, draws: u64, arithmetic: Arithmetic) -> f64 {
    let once = |_| {
        let source = Source::Text { name: "growth.ron".into(), text: text.into() };
        let mut request = Request::new(source, show.clone());
        (request.draws, request.threads, request.arithmetic) = (draws, Some(1), arithmetic);
        let start = Instant::now();
        let answer = request.prepare().and_then(|ready| ready.answer(Control::default()));
        answer.unwrap_or_else(|error| panic!("{error}\n{text}"));
        start.elapsed().as_secs_f64()
    };
    (0..TIMES).map(once).fold(f64::INFINITY, f64::min)
}

fn shipped(name: &str) -> String {
    let path = format!("{}/scenarios/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The shape of a model whose numbers are all of one family.
struct Shape {
    areas: usize,
    factors: usize,
    worlds: usize,
    claims: usize,
    family: &'static str,
    /// Further fields of the scenario.
    more: String,
}

impl Default for Shape {
    fn default() -> Self {
        let family = "Triangular(min: {-2}, mode: {}, max: {+2})";
        Self { areas: 10, factors: 7, worlds: 1, claims: 0, family, more: String::new() }
    }
}

/// The scenario of a shape. In a family, `{}` stands for the middle, `{-2}` and `{+2}` for what is so much off it.
fn model(shape: &Shape) -> String {
    let score = |middle: f64| {
        let at = |off: f64| format!("{:.1}", middle + off);
        shape.family.replace("{-2}", &at(-2.0)).replace("{+2}", &at(2.0)).replace("{}", &at(0.0))
    };
    let list = |n: usize, one: &dyn Fn(usize) -> String| (0..n).map(one).collect::<Vec<_>>().join(", ");
    let area =
        |i: usize| format!(r#"(id: "a{i}", group: "{}")"#, if i.is_multiple_of(2) { "x" } else { "y" });
    let factor = |k: usize| {
        let weight = if k == 0 && shape.worlds > 1 {
            let of = |w: usize| format!(r#""w{w}": {}"#, 1.0 + w as f64 / shape.worlds as f64);
            format!(r#"ByWorld("world", {{{}}})"#, list(shape.worlds, &of))
        } else {
            "Uniform(min: 1, max: 2)".to_owned()
        };
        let scores = list(shape.areas, &|i| score(3.0 + ((i * 7 + k * 3) % 9) as f64 / 2.0));
        format!(r#"(id: "f{k}", weight: {weight}, scores: [{scores}])"#)
    };
    let mut text = String::from("Scenario(title: \"growth\", groups: [(id: \"x\"), (id: \"y\")],\n");
    if shape.worlds > 1 {
        let of = |w: usize| format!(r#"("w{w}", {})"#, 1.0 / shape.worlds as f64);
        let _ = writeln!(text, r#"worlds: [(id: "world", outcomes: [{}])],"#, list(shape.worlds, &of));
    }
    let _ = writeln!(text, "areas: [{}],", list(shape.areas, &area));
    let _ = writeln!(text, "factors: [{}],", list(shape.factors, &factor));
    if shape.claims > 0 {
        let claim = |c: usize| {
            let (i, j) = (c % shape.areas, (c * 3 + 1) % shape.areas);
            format!(
                r#"(id: "c{c}", text: "claim {c}", holds: Before(Area("a{i}"), Nth({}, "{}")))"#,
                1 + c % 3,
                if j.is_multiple_of(2) { "x" } else { "y" }
            )
        };
        let _ = writeln!(text, "claims: [{}],", list(shape.claims, &claim));
    }
    text + &shape.more + ")"
}

/// The models of the first table, the first of which the others are compared with: a label, the text, and draws.
fn models() -> Vec<(String, String, u64)> {
    let base = Shape::default;
    let mut rows = vec![("10 areas, 7 factors".to_owned(), model(&base()), 1_000_000)];
    for areas in [20, 50, 100, 200] {
        rows.push((format!("{areas} areas"), model(&Shape { areas, ..base() }), 100_000));
    }
    for factors in [20, 45, 90] {
        rows.push((format!("{factors} factors"), model(&Shape { factors, ..base() }), 200_000));
    }
    for worlds in [2, 8, 64] {
        rows.push((format!("{worlds} worlds"), model(&Shape { worlds, ..base() }), 200_000));
    }
    for claims in [10, 100] {
        rows.push((format!("{claims} claims"), model(&Shape { claims, ..base() }), 200_000));
    }
    for (areas, draws) in [(50, 100_000), (200, 100_000)] {
        let more = r#"correlations: [(between: ["score.f0.*"], rank: 0.5)],"#.to_owned();
        let shape = Shape { areas, more, ..base() };
        rows.push((format!("{areas} areas, one factor's scores correlated"), model(&shape), draws));
    }
    let more = "shared_errors: (group: 0.5),".to_owned();
    rows.push(("shared errors by group".to_owned(), model(&Shape { more, ..base() }), 200_000));
    for (name, family) in [
        ("Uniform", "Uniform(min: {-2}, max: {+2})"),
        ("Normal", "Normal(mean: {}, sd: 1)"),
        ("LogNormal", "LogNormal(mu: {}, sigma: 0.3)"),
        ("Pert", "Pert(min: {-2}, mode: {}, max: {+2})"),
        ("Quantiles", "Quantiles(points: [(0.1, {-2}), (0.5, {}), (0.9, {+2})])"),
        ("Discrete", "Discrete([({-2}, 0.3), ({}, 0.4), ({+2}, 0.3)])"),
        ("Mixture", "Mixture([(0.3, Normal(mean: {-2}, sd: 1)), (0.7, Normal(mean: {+2}, sd: 0.5))])"),
    ] {
        rows.push((format!("family {name}"), model(&Shape { family, ..base() }), 200_000));
    }
    for name in ["takeoff", "takeoff-raters", "takeoff-residual", "takeoff-simplex", "takeoff-group-bias"] {
        rows.push((format!("`{name}.ron`"), shipped_whole(name), 400_000));
    }
    rows
}

/// The text of a shipped scenario with what it is a variant of written out.
fn shipped_whole(name: &str) -> String {
    let path = format!("{}/scenarios/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    let scenario = headstart::Scenario::open(&path).unwrap_or_else(|error| panic!("{error}"));
    scenario.to_ron()
}

fn questions() -> Vec<(&'static str, Show)> {
    let claim = |claim: &str| Show::Sensitivity(About::Claim(claim.to_owned()));
    let vary = vec!["weight.insight = 0..=5".to_owned()];
    vec![
        ("`sensitivity` of a pair", claim("ai_control before pre_training")),
        ("`sensitivity` of an order", claim("three_capabilities_first")),
        ("`sensitivity --all-pairs`", Show::Sensitivity(About::AllPairs)),
        ("`sensitivity --central-weights`", Show::CentralWeights),
        ("`explain`", Show::Explain { a: "ai_control".into(), b: "pre_training".into() }),
        ("`rankings`", Show::Rankings { top: 10, threshold: 0.95 }),
        ("`levers`", Show::Levers),
        ("`sweep` of 11 points", Show::Sweep { vary, points: 11, pairs: false }),
    ]
}
