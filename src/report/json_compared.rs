//! Comparisons as JSON: sweeps, levers, and two scenarios. A part of the same contract as the report of a run.

use super::json::SCHEMA;
use crate::analysis::{ClaimChange, Compared};
use crate::sampler::Run;
use crate::scenario::Scenario;
use schemars::JsonSchema;
use serde::Serialize;

/// Changed scenarios against one as it stands.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Comparisons {
    /// The number of the schema.
    pub schema: u32,
    /// The version of the program.
    pub version: &'static str,
    /// The title of the scenario as it stands.
    pub title: String,
    /// The SHA-256 of its canonical text.
    pub scenario_hash: String,
    /// The seed.
    pub seed: u64,
    /// How many joint draws.
    pub instances: u64,
    /// What is varied, as the beginning of the edits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub varied: Vec<String>,
    /// One a changed scenario.
    pub compared: Vec<Comparison>,
}

/// One changed scenario.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Comparison {
    /// What it is called.
    pub name: String,
    /// One value a number that is varied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<f64>,
    /// What it does to each claim.
    pub claims: Vec<Claim>,
}

/// What it does to one claim.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ClaimChange")]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Its probability as the scenario stands.
    pub from: f64,
    /// Its probability in the changed one.
    pub to: f64,
    /// The difference.
    pub change: f64,
    /// The standard error of the difference, the draws being the same.
    pub mcse: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Whether not one instance differs.
    pub inert: bool,
}

/// Comparisons as JSON.
#[must_use]
pub fn compared_json(scenario: &Scenario, run: Run, varied: &[String], compared: &[Compared]) -> String {
    let claim = |claim: &ClaimChange| Claim {
        id: claim.id.clone(),
        text: claim.text.clone(),
        from: claim.from.probability,
        to: claim.to.probability,
        change: claim.change.difference,
        mcse: claim.change.mcse,
        low: claim.change.low,
        high: claim.change.high,
        inert: claim.change.inert,
    };
    let comparison = |one: &Compared| Comparison {
        name: one.name.clone(),
        values: one.values.clone(),
        claims: one.claims.iter().map(claim).collect(),
    };
    super::json::pretty(&Comparisons {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        title: scenario.title().to_owned(),
        scenario_hash: scenario.hash(),
        seed: run.seed,
        instances: run.instances,
        varied: varied.to_vec(),
        compared: compared.iter().map(comparison).collect(),
    })
}
