//! Explanations as JSON. A part of the same contract as the report of a run.

use crate::analysis::{self, Contribution, Explanation, SmallestChange};
use crate::model::Subject;
use crate::report::json::sensitivity::{NumberJson, SensitivityManifest};
use crate::report::version::SCHEMA;
use crate::sampler::Run;
use crate::scenario::JointWorld;
use serde::Serialize;
use std::collections::BTreeMap;

/// Why one area comes before another.
#[derive(Debug, Serialize)]
pub struct Why {
    /// The number of the schema.
    pub schema: u32,
    /// The run.
    pub manifest: SensitivityManifest,
    /// The id of the one area.
    pub a: String,
    /// The id of the other.
    pub b: String,
    /// The probability that a comes before b.
    pub probability: f64,
    /// Its standard error.
    pub mcse: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// By how much a is ahead on average, in points of overall score.
    pub gap: NumberJson,
    /// Parts that it is made of, by factor.
    pub factors: Vec<FactorJson>,
    /// Part of it that discounts and residuals make, where there are any.
    pub rest: Option<NumberJson>,
    /// One entry per joint world.
    pub worlds: Vec<WorldGapJson>,
    /// Single changes that make the probability one half.
    pub flips: Flips,
}

/// Contribution of one factor to the gap.
#[derive(Debug, Serialize)]
pub struct FactorJson {
    /// Its id.
    pub id: String,
    /// At central numbers.
    pub central: f64,
    /// On average.
    pub mean: f64,
    /// The standard error of that.
    pub mcse: f64,
    /// The standard deviation.
    pub sd: f64,
    /// The probability that it favours a, in the worlds in which it has weight.
    pub favours: f64,
}

/// One joint world.
#[derive(Debug, Serialize)]
pub struct WorldGapJson {
    /// The outcome of each world.
    pub outcomes: BTreeMap<String, String>,
    /// Its probability.
    pub probability: f64,
    /// The probability that a comes before b there.
    pub before: f64,
    /// The standard error of that.
    pub mcse: f64,
}

/// Single changes that make the probability one half, the smallest first.
#[derive(Debug, Serialize)]
pub struct Flips {
    /// Of numbers that have a distribution.
    pub numbers: Vec<NumberFlip>,
    /// Of the probabilities of outcomes.
    pub outcomes: Vec<OutcomeFlipJson>,
    /// The addresses of uncertain numbers that were not tried, since no edit sets them alone.
    pub untried: Vec<String>,
}

/// A value of a number that makes the probability one half, were it certain.
#[derive(Debug, Serialize)]
pub struct NumberFlip {
    /// Its address.
    pub address: String,
    /// Its mean.
    pub from: f64,
    /// The value.
    pub to: f64,
    /// The lower end of its 95 % interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// The size of the change in standard deviations of the number.
    pub standard_deviations: f64,
    /// True if the scenario holds that value possible.
    pub possible: bool,
}

/// A probability of an outcome that makes the probability one half.
#[derive(Debug, Serialize)]
pub struct OutcomeFlipJson {
    /// Its address.
    pub address: String,
    /// The probability as it stands.
    pub from: f64,
    /// That which it takes.
    pub to: f64,
    /// The standard error of that.
    pub mcse: f64,
}

/// An explanation as JSON.
#[must_use]
pub fn explain_json<'a>(scenario: impl Into<Subject<'a>>, why: &Explanation, run: Run) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let factor = |made: &Contribution| FactorJson {
        id: scenario.factors()[made.factor].id.clone(),
        central: made.point,
        mean: made.mean.value,
        mcse: made.mean.mcse,
        sd: made.sd,
        favours: made.favours.value,
    };
    let world = |(world, estimate): &(JointWorld, analysis::Estimate)| WorldGapJson {
        outcomes: world
            .named(scenario)
            .map(|(world, outcome)| (world.to_owned(), outcome.to_owned()))
            .collect(),
        probability: world.probability,
        before: estimate.probability,
        mcse: estimate.mcse,
    };
    let number = |turn: &SmallestChange| NumberFlip {
        address: turn.address.clone(),
        from: turn.from,
        to: turn.to,
        low: turn.interval[0],
        high: turn.interval[1],
        standard_deviations: turn.size(),
        possible: turn.possible,
    };
    let outcome = |turn: &analysis::OutcomeFlip| OutcomeFlipJson {
        address: turn.address.clone(),
        from: turn.from,
        to: turn.to,
        mcse: turn.mcse,
    };
    crate::report::json::write::pretty(&Why {
        schema: SCHEMA,
        manifest: SensitivityManifest::new(scenario, run),
        a: scenario.areas()[why.one].id.clone(),
        b: scenario.areas()[why.other].id.clone(),
        probability: why.estimate.probability,
        mcse: why.estimate.mcse,
        low: why.estimate.low,
        high: why.estimate.high,
        gap: why.gap.into(),
        factors: why.factors.iter().map(factor).collect(),
        rest: why.rest.map(NumberJson::from),
        worlds: why.worlds.iter().map(world).collect(),
        flips: Flips {
            numbers: why.numbers.iter().map(number).collect(),
            outcomes: why.outcomes.iter().map(outcome).collect(),
            untried: why.untried.clone(),
        },
    })
}
