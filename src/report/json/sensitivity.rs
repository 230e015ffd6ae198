//! Sensitivities as JSON. A part of the same contract as the report of a run.

use crate::analysis::{InputEffect, Measured, Sensitivity};
use crate::model::Subject;
use crate::report::version::SCHEMA;
use crate::report::wording::changed::Changed;
use crate::sampler::Run;
use serde::Serialize;

/// The answers on what drives some claims.
#[derive(Debug, Serialize)]
pub struct Answers {
    /// The number of the schema.
    pub schema: u32,
    /// The run.
    pub manifest: SensitivityManifest,
    /// One entry per claim.
    pub sensitivity: Vec<SensitivityJson>,
}

/// All that it takes to run it again.
#[derive(Debug, Serialize)]
pub struct SensitivityManifest {
    /// The version of the program.
    pub version: &'static str,
    /// The title of the scenario.
    pub title: String,
    /// The SHA-256 of its canonical text.
    pub scenario_hash: String,
    /// The seed.
    pub seed: u64,
    /// Number of joint draws.
    pub draws: u64,
    /// Changes before the run, if there were any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<Changed>,
}

impl SensitivityManifest {
    /// The manifest of a run of a scenario.
    pub fn new(scenario: &Subject<'_>, run: Run) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            title: scenario.title().to_owned(),
            scenario_hash: scenario.hash(),
            seed: run.seed,
            draws: run.draws,
            changed: Changed::of(scenario, run),
        }
    }
}

/// The answer on what drives one claim.
#[derive(Debug, Serialize)]
pub struct SensitivityJson {
    /// Its id.
    pub id: String,
    /// Sentence that it says.
    pub text: String,
    /// Its probability.
    pub probability: f64,
    /// The standard error.
    pub mcse: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// In how many draws it was worked out where it switches: those that the errors of the inputs stand for.
    pub draws: u64,
    /// True if it was the same in all draws.
    pub certain: bool,
    /// `pivot`: the sign of a gap was solved for; `crossings`: every crossing of two areas was.
    pub method: &'static str,
    /// The mean gap in units of overall score, if it is about one.
    pub gap: Option<NumberJson>,
    /// The value of learning everything, in units of overall score.
    pub everything: Option<NumberJson>,
    /// One an input that it depends on.
    pub inputs: Vec<InputJson>,
    /// Groups of inputs.
    pub groups: Vec<GroupJson>,
    /// Shapley shares of parts that do not overlap, which add up to one; none where the probability is near 0 or 1.
    pub parts: Vec<ShapleyShareJson>,
}

/// A number with its standard error.
#[derive(Debug, Serialize)]
pub struct NumberJson {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub mcse: f64,
}

impl From<Measured> for NumberJson {
    fn from(Measured { value, mcse }: Measured) -> Self {
        Self { value, mcse }
    }
}

/// Effect of one input on a claim.
#[derive(Debug, Serialize)]
pub struct InputJson {
    /// Its address.
    pub address: String,
    /// True if it is a standard normal that numbers or residuals are made of: what several have in common, or what is left of one once
    /// those that it is correlated with, or the causes that it shares, are known. Its values are those of that normal.
    pub latent: bool,
    /// True if its effect was solved for in each draw; otherwise it was drawn again.
    pub solved: bool,
    /// The first-order index; null where the probability is near 0 or 1.
    pub s1: Option<NumberJson>,
    /// The total index.
    pub st: Option<NumberJson>,
    /// The probability that drawing it again changes the truth of the claim.
    pub flips: NumberJson,
    /// The value of learning it under the Brier loss.
    pub brier: NumberJson,
    /// Worth in units of overall score, to who has to say which comes first.
    pub regret: Option<NumberJson>,
    /// The probability with the input held at some of its quantiles.
    pub curve: Option<Vec<PointJson>>,
    /// The probability at its 95 % quantile less that at its 5 % quantile.
    pub swing: Option<NumberJson>,
    /// Values at which the probability is one half; empty: no value that is held possible makes it so; null: not known.
    pub break_even: Option<Vec<BreakEvenJson>>,
    /// Change of the probability at the margin with one unit more of it.
    pub gradient: Option<NumberJson>,
}

/// A point of a curve.
#[derive(Debug, Serialize)]
pub struct PointJson {
    /// The quantile of the input.
    pub quantile: f64,
    /// Its value.
    pub value: f64,
    /// The probability there.
    pub probability: f64,
    /// Its standard error.
    pub mcse: f64,
}

/// A value at which the probability is one half.
#[derive(Debug, Serialize)]
pub struct BreakEvenJson {
    /// The quantile of the input.
    pub quantile: f64,
    /// The value: of an input that jumps past one half, the first value on the other side. Null where only a bound of it is known, which is
    /// an end of the interval.
    pub value: Option<f64>,
    /// The lower end of its 95 % interval; null where that is not known to be possible.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// True if the input has no value at which the probability is one half, and jumps past it after `low` and up to `high`.
    pub jumps: bool,
}

/// The share of a group.
#[derive(Debug, Serialize)]
pub struct GroupJson {
    /// Its id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// The first-order index.
    pub s1: Option<NumberJson>,
    /// The total index.
    pub st: Option<NumberJson>,
}

/// The Shapley share of a part.
#[derive(Debug, Serialize)]
pub struct ShapleyShareJson {
    /// Its id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Its share of the variance.
    pub share: NumberJson,
}

/// Sensitivities as JSON.
#[must_use]
pub fn sensitivity_json<'a>(scenario: impl Into<Subject<'a>>, answers: &[Sensitivity], run: Run) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    crate::report::json::write::pretty(&Answers {
        schema: SCHEMA,
        manifest: SensitivityManifest::new(scenario, run),
        sensitivity: answers.iter().map(answer).collect(),
    })
}

fn answer(answer: &Sensitivity) -> SensitivityJson {
    let group = |group: &crate::analysis::GroupEffect| GroupJson {
        id: group.id.clone(),
        name: group.name.clone(),
        s1: group.first.map(NumberJson::from),
        st: group.total.map(NumberJson::from),
    };
    let part = |part: &crate::analysis::ShapleyShare| ShapleyShareJson {
        id: part.id.clone(),
        name: part.name.clone(),
        share: part.share.into(),
    };
    SensitivityJson {
        id: answer.claim.id.clone(),
        text: answer.claim.text.clone(),
        probability: answer.estimate.probability,
        mcse: answer.estimate.mcse,
        low: answer.estimate.low,
        high: answer.estimate.high,
        draws: answer.draws,
        certain: answer.certain,
        method: if answer.linear { "pivot" } else { "crossings" },
        gap: answer.gap.map(|gap| gap.mean.into()),
        everything: answer.gap.map(|gap| gap.everything.into()),
        inputs: answer.inputs.iter().map(input).collect(),
        groups: answer.groups.iter().map(group).collect(),
        parts: answer.parts.iter().map(part).collect(),
    }
}

fn input(effect: &InputEffect) -> InputJson {
    let curve = effect.curve.as_ref();
    let points = |curve: &crate::analysis::CurveSummary| {
        let point = |point: &crate::analysis::OneWayPoint| PointJson {
            quantile: point.quantile,
            value: point.value,
            probability: point.probability.value,
            mcse: point.probability.mcse,
        };
        curve.points.iter().map(point).collect()
    };
    let break_even = |curve: &crate::analysis::CurveSummary| {
        let value = |at: &crate::analysis::BreakEvenValue| BreakEvenJson {
            quantile: at.quantile,
            value: at.value,
            low: at.interval[0],
            high: at.interval[1],
            jumps: at.jumps,
        };
        curve.break_even.iter().map(value).collect()
    };
    InputJson {
        address: effect.address.clone(),
        latent: effect.latent,
        solved: curve.is_some(),
        s1: effect.first.map(NumberJson::from),
        st: effect.total.map(NumberJson::from),
        flips: effect.flips.into(),
        brier: effect.brier.into(),
        regret: effect.regret.map(NumberJson::from),
        curve: curve.map(points),
        swing: curve.map(|curve| curve.bar.into()),
        break_even: curve.map(break_even),
        gradient: curve.and_then(|curve| curve.gradient).map(NumberJson::from),
    }
}
