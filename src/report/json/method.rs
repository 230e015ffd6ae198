//! Methods behind the numbers of a run, in the manifest of the JSON report; a part of the same contract.

use crate::analysis::{Estimate, Method, Summary};
use schemars::JsonSchema;
use serde::Serialize;

/// Basis of an exact answer.
#[derive(Debug, JsonSchema, Serialize)]
pub struct ExactJson {
    /// Number of shared numbers that were averaged over.
    pub dimensions: usize,
    /// Number of scrambles of Sobol' points.
    pub replicates: usize,
    /// Number of points per scramble.
    pub points: u64,
    /// Bound on the error of probabilities from series that end; a part of each interval.
    pub bound: f64,
    /// The largest standard error of what was integrated.
    pub largest_mcse: f64,
    /// Answers that had to be sampled, each with the reason.
    pub sampled: Vec<(String, &'static str)>,
    /// Number of probabilities that are averages of what was counted and what was integrated, weighted by how exact each is.
    pub weighted: usize,
}

/// Share of a run that was finished.
#[derive(Debug, JsonSchema, Serialize)]
pub struct PartialJson {
    /// Units that were finished.
    pub done: u64,
    /// Units that were asked for.
    pub of: u64,
    /// `draws`, `points` (of a sweep) or `points a scramble`.
    pub what: String,
}

impl From<crate::analysis::Partial> for PartialJson {
    fn from(partial: crate::analysis::Partial) -> Self {
        Self { done: partial.done, of: partial.of, what: partial.what.to_string() }
    }
}

/// Precision that was asked for, and the widest interval.
#[derive(Debug, JsonSchema, Serialize)]
pub struct PrecisionJson {
    /// Half of the width that no interval was to exceed.
    pub half_width: f64,
    /// Half of the width of the widest interval.
    pub widest: f64,
    /// Event that the widest interval is about.
    pub of: String,
    /// True if that is narrow enough.
    pub reached: bool,
}

/// Both engines against each other.
#[derive(Debug, JsonSchema, Serialize)]
pub struct CrossCheckJson {
    /// Number of probabilities that were compared.
    pub compared: usize,
    /// The largest difference in standard errors.
    pub largest: f64,
    /// Of what.
    pub of: String,
}

impl ExactJson {
    /// Lays out the method of a summary, if it is exact.
    pub fn of(summary: &Summary) -> Option<Self> {
        let Method::Exact(exact) = &summary.method else { return None };
        Some(Self {
            dimensions: exact.dimensions,
            replicates: exact.replicates,
            points: exact.points,
            bound: exact.bound,
            largest_mcse: summary.largest_mcse_of(Estimate::is_integrated),
            sampled: exact.sampled.clone(),
            weighted: exact.weighted,
        })
    }
}

impl PrecisionJson {
    /// Lays out the precision of a summary, if one was asked for.
    pub fn of(summary: &Summary) -> Option<Self> {
        let precision = summary.precision.as_ref()?;
        Some(Self {
            half_width: precision.goal.half_width,
            widest: precision.widest.half_width,
            of: precision.widest.what.clone(),
            reached: precision.is_reached(),
        })
    }
}

impl CrossCheckJson {
    /// Lays out the check of a summary, if one was asked for.
    pub fn of(summary: &Summary) -> Option<Self> {
        let check = summary.cross_check.as_ref()?;
        Some(Self { compared: check.compared, largest: check.largest, of: check.what.clone() })
    }
}
