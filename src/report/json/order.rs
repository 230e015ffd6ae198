//! All that depends on the order alone in the JSON report; a part of the same contract.

use crate::analysis::{ClaimSummary, Estimate, OrderSummary};
use crate::scenario::Scenario;
use schemars::JsonSchema;
use serde::Serialize;

/// Everything that depends on the order alone.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OrderJson {
    /// `probability[i][j]`: area i strictly before area j; null on the diagonal.
    pub before: Before,
    /// `probability[i][r]`: exactly r areas are strictly before area i.
    pub ranks: RanksJson,
    /// The claims that every scenario gets, then those that it states.
    pub claims: Vec<ClaimJson>,
    /// Numbers of pairs, one per pair of groups.
    pub pairs: Vec<PairsJson>,
}

type Matrix = Vec<Vec<Option<f64>>>;

/// The ordering matrix.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Before {
    /// The estimates.
    pub probability: Matrix,
    /// Their standard errors.
    pub mcse: Matrix,
    /// The lower ends of their 95 % intervals.
    pub low: Matrix,
    /// The upper ends.
    pub high: Matrix,
    /// The probability that the two tie.
    pub tie: Matrix,
}

/// The rank probabilities.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RanksJson {
    /// The estimates.
    pub probability: Vec<Vec<f64>>,
    /// Their standard errors.
    pub mcse: Vec<Vec<f64>>,
}

/// One claim.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ClaimJson {
    /// Its id.
    pub id: String,
    /// Sentence of the claim.
    pub text: String,
    /// Probability of the claim.
    pub probability: f64,
    /// Probability that its truth hangs on a tie.
    pub tie: f64,
    /// The standard error.
    pub mcse: f64,
    /// The lower end of the 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// `exact` if it was integrated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<&'static str>,
}

/// The pairs between two groups.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PairsJson {
    /// The id of the one group.
    pub a: String,
    /// The id of the other.
    pub b: String,
    /// Expected number of pairs that have the area of `a` ahead, a tie counting half.
    pub expected: f64,
    /// Number of pairs.
    pub of: usize,
    /// The standard error of the expected number.
    pub mcse: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// `distribution[u]`: exactly u pairs have the area of `a` strictly ahead.
    pub distribution: Vec<f64>,
}

/// Lays out a claim.
pub(crate) fn claim(claim: &ClaimSummary) -> ClaimJson {
    ClaimJson {
        id: claim.id.clone(),
        text: claim.text.clone(),
        probability: claim.estimate.probability,
        tie: claim.tie,
        mcse: claim.estimate.mcse,
        low: claim.estimate.low,
        high: claim.estimate.high,
        method: claim.estimate.is_integrated().then_some("exact"),
    }
}

/// Lays out an order.
pub(crate) fn order(scenario: &Scenario, order: &OrderSummary) -> OrderJson {
    let matrix = |part: fn(&Estimate) -> f64| -> Matrix {
        order.before.iter().map(|row| row.iter().map(|cell| cell.as_ref().map(part)).collect()).collect()
    };
    let ranks = |part: fn(&Estimate) -> f64| -> Vec<Vec<f64>> {
        order.ranks.iter().map(|row| row.iter().map(part).collect()).collect()
    };
    OrderJson {
        before: Before {
            probability: matrix(|e| e.probability),
            mcse: matrix(|e| e.mcse),
            low: matrix(|e| e.low),
            high: matrix(|e| e.high),
            tie: order.tie.clone(),
        },
        ranks: RanksJson { probability: ranks(|e| e.probability), mcse: ranks(|e| e.mcse) },
        claims: order.claims.iter().map(claim).collect(),
        pairs: order
            .pairs
            .iter()
            .map(|pairs| PairsJson {
                a: scenario.groups()[pairs.a].id.clone(),
                b: scenario.groups()[pairs.b].id.clone(),
                expected: pairs.expected,
                of: pairs.of,
                mcse: pairs.mcse,
                low: pairs.low,
                high: pairs.high,
                distribution: pairs.distribution.iter().map(|e| e.probability).collect(),
            })
            .collect(),
    }
}
