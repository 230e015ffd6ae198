//! Supplementary results in the JSON report; a part of the same contract.

use crate::analysis::{
    AssertSummary, Estimate, SampledCorrelation, Summary, UncertainProbabilityRange, Verdict,
};
use crate::report::json::order::{OrderJson, order};
use crate::scenario::{Scenario, Strength};
use schemars::JsonSchema;
use serde::Serialize;

/// Each part is there where the scenario has a use for it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SupplementsJson {
    /// The order from the same draws without the residual.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_residual: Option<OrderJson>,
    /// The gap between two groups, one a joint world.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<GapJson>,
    /// The claims over the range of each uncertain probability of an outcome.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chances: Vec<ProbabilityRangeJson>,
    /// The stated correlations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub correlations: Vec<CorrelationJson>,
    /// Assertions of the scenario.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asserts: Vec<AssertJson>,
}

/// The mean overall score of the second group minus that of the first.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GapJson {
    /// Its mean, one a joint world.
    pub mean: Vec<f64>,
    /// Its standard deviation, one a joint world.
    pub sd: Vec<f64>,
    /// True if it has more than one hump.
    pub humps: bool,
}

/// An uncertain probability of an outcome.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProbabilityRangeJson {
    /// Its address.
    pub address: String,
    /// Its 5 % and 95 % quantile.
    pub range: [f64; 2],
    /// The probability of each claim at those, in the order of the claims.
    pub claims: Vec<[f64; 2]>,
}

/// A stated correlation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CorrelationJson {
    /// The addresses.
    pub between: [String; 2],
    /// `rank` or `normal`.
    pub kind: &'static str,
    /// Strength that the scenario states.
    pub stated: f64,
    /// The rank correlation in the draws; null if one of the two numbers is never drawn.
    pub rank: Option<f64>,
    /// The standard error of that.
    pub mcse: Option<f64>,
}

/// An assert.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AssertJson {
    /// As written.
    pub text: String,
    /// `holds`, `fails` or `unsettled`.
    pub verdict: &'static str,
    /// The probability that it is about.
    pub probability: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl SupplementsJson {
    /// Lays out what a summary has.
    pub(crate) fn new(scenario: &Scenario, summary: &Summary) -> Self {
        let probability = |estimate: &Estimate| estimate.probability;
        let chance = |chance: &UncertainProbabilityRange| ProbabilityRangeJson {
            address: chance.address.clone(),
            range: chance.range,
            claims: chance.claims.iter().map(|ends| ends.each_ref().map(probability)).collect(),
        };
        let correlation = |SampledCorrelation { stated, rank }: &SampledCorrelation| {
            let (kind, strength) = match stated.strength {
                Strength::Rank(x) => ("rank", x),
                Strength::Normal(x) => ("normal", x),
            };
            let between = [stated.one.to_string(), stated.other.to_string()];
            let (rank, mcse) = (rank.map(|rank| rank.value), rank.map(|rank| rank.mcse));
            CorrelationJson { between, kind, stated: strength, rank, mcse }
        };
        let assert = |assert: &AssertSummary| AssertJson {
            text: assert.text.clone(),
            verdict: match assert.verdict {
                Verdict::Holds => "holds",
                Verdict::Fails => "fails",
                Verdict::Unsettled => "unsettled",
            },
            probability: assert.estimate.probability,
            low: assert.estimate.low,
            high: assert.estimate.high,
        };
        Self {
            without_residual: summary.without_residual.as_ref().map(|without| order(scenario, without)),
            gap: summary.gap.as_ref().map(|gap| {
                let (mean, sd) = gap.worlds.iter().copied().unzip();
                GapJson { mean, sd, humps: gap.humps }
            }),
            chances: summary.chances.iter().map(chance).collect(),
            correlations: summary.correlations.iter().map(correlation).collect(),
            asserts: summary.asserts.iter().map(assert).collect(),
        }
    }
}
