//! Dates as plain data.

use crate::analysis::answer::order_shape::{AssertSummary, ClaimSummary, OrderSummary};
use crate::analysis::interval::Estimate;
use crate::scenario::{DateTarget, Marker};

/// Dates of a run of a scenario with a clock.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Dates {
    /// Number of draws.
    pub draws: u64,
    /// Probabilities and the quantiles of the months that a point of the overall score is worth, before feedback.
    pub months: Vec<(f64, f64)>,
    /// One entry per threshold, in rising order.
    pub thresholds: Vec<ThresholdDates>,
    /// Claims of the scenario about dates.
    pub claims: Vec<ClaimSummary>,
    /// Assertions about dates.
    pub asserts: Vec<AssertSummary>,
    /// Probabilities of others, each beside the scenario's own.
    pub targets: Vec<(DateTarget, Estimate)>,
}

/// Dates at one threshold.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ThresholdDates {
    /// Speedup that is reached.
    pub at: f64,
    /// The order in which areas reach it. Ties are those from the start and of equal dates.
    pub order: OrderSummary,
    /// Shape `[n_areas x n_areas]`: the probability that neither area ever reaches it.
    pub neither: Vec<Vec<Option<f64>>>,
    /// Dates of areas, and of places in groups.
    pub places: Vec<PlaceDates>,
    /// One entry per pair of groups.
    pub leads: Vec<Lead>,
}

/// Dates of an area or of a place in a group.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PlaceDates {
    /// Place that has the dates.
    pub place: Marker,
    /// Probabilities and the quantiles at them, of all draws.
    pub quantiles: Vec<(f64, DateEstimate)>,
    /// Probability that it is there from the start.
    pub start: Estimate,
    /// Probability that it is never there.
    pub never: Estimate,
    /// Years, and the probability that it is there by then.
    pub by_year: Vec<(f64, f64)>,
}

/// A date, or what stands in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Instant {
    /// From the start of the clock.
    Start,
    /// A decimal year.
    Year(f64),
    /// Never, up to the end of the clock.
    Never,
}

/// A quantile of dates with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct DateEstimate {
    /// The date itself.
    pub date: Instant,
    /// The lower end.
    pub low: Instant,
    /// The upper end.
    pub high: Instant,
    /// True if it was read from no bin.
    pub is_exact: bool,
}

/// Lead of one group over another, in months between the dates of their middle areas.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Lead {
    /// The group that leads where the number is positive, and the other one.
    pub groups: (usize, usize),
    /// Probabilities and the quantiles at them, of the draws in which both reach the threshold.
    pub quantiles: Vec<(f64, f64)>,
    /// Probability that both reach it.
    pub both: f64,
}
