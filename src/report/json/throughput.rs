//! The speed at which a scenario is drawn, for programs.

use crate::analysis::{Rate, Throughput};
use crate::report::version::SCHEMA;
use crate::scenario::Scenario;
use serde::Serialize;

/// The report of a bench.
#[derive(Debug, Serialize)]
struct ThroughputJson {
    schema: u32,
    version: &'static str,
    scenario_hash: String,
    arithmetic: String,
    instructions: String,
    values_per_draw: usize,
    worlds: usize,
    runs: Vec<Runs>,
    plain_loop: Option<Speed>,
    stages: Vec<Stage>,
}

#[derive(Debug, Serialize)]
struct Runs {
    threads: usize,
    #[serde(flatten)]
    speed: Speed,
    values_per_second: f64,
}

#[derive(Debug, Serialize)]
struct Speed {
    /// The median.
    draws_per_second: f64,
    slowest: f64,
    fastest: f64,
}

#[derive(Debug, Serialize)]
struct Stage {
    stage: &'static str,
    nanoseconds_per_draw: f64,
}

/// The report of a bench as JSON.
#[must_use]
pub fn throughput_json(scenario: &Scenario, measured: &Throughput) -> String {
    let speed =
        |rate: &Rate| Speed { draws_per_second: rate.median, slowest: rate.least, fastest: rate.most };
    let runs = measured.runs.iter().map(|(threads, rate)| Runs {
        threads: *threads,
        speed: speed(rate),
        values_per_second: rate.median * measured.n_values as f64,
    });
    let stages = measured.stages.iter();
    let report = ThroughputJson {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        scenario_hash: scenario.hash(),
        arithmetic: measured.arithmetic.to_string(),
        instructions: measured.instructions.to_string(),
        values_per_draw: measured.n_values,
        worlds: measured.n_worlds,
        runs: runs.collect(),
        plain_loop: measured.plain.as_ref().map(speed),
        stages: stages.map(|&(stage, ns)| Stage { stage, nanoseconds_per_draw: ns }).collect(),
    };
    crate::report::json::write::pretty(&report)
}
