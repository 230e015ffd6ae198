//! The answer as data: every number of a summary with its error, and how it was had.

use crate::analysis::answer::central::PointTable;
use crate::analysis::answer::correlation::SampledCorrelation;
use crate::analysis::answer::gap::GroupGap;
pub use crate::analysis::answer::order_shape::{
    AssertSummary, ClaimSummary, OrderSummary, PairsSummary, Verdict,
};
use crate::analysis::answer::partial::Partial;
use crate::analysis::answer::undecided::Undecided;
use crate::analysis::bins::Bins;
use crate::analysis::dates::Dates;
use crate::analysis::interval::Estimate;
use crate::sampler::Run;
use crate::scenario::JointWorld;

/// The answer of a run.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Summary {
    /// Run, in single or double precision.
    pub run: Run,
    /// Part of the run that was asked for, if that was stopped.
    pub partial: Option<Partial>,
    /// Method by which its probabilities were had.
    pub method: Method,
    /// True if the intervals of each order hold together, and not each on its own.
    pub simultaneous: bool,
    /// Precision, if the run was to be precise.
    pub precision: Option<PrecisionResult>,
    /// Result of both engines against each other, if both were asked for.
    pub cross_check: Option<CrossCheck>,
    /// Uncertainty that rounding leaves, where that is not next to nothing.
    pub undecided: Option<Undecided>,
    /// Number of inputs that were drawn per draw.
    pub n_inputs: usize,
    /// The scenario at its central numbers.
    pub point: PointTable,
    /// One an area.
    pub areas: Vec<AreaSummary>,
    /// Over all worlds.
    pub order: OrderSummary,
    /// One entry per joint world; none if the scenario has no worlds.
    pub worlds: Vec<WorldSummary>,
    /// Order of the same draws without the residual, if there is one.
    pub without_residual: Option<OrderSummary>,
    /// The stated correlations, and the achieved ones.
    pub correlations: Vec<SampledCorrelation>,
    /// Asserts of the scenario.
    pub asserts: Vec<AssertSummary>,
    /// The gap between two groups by world.
    pub gap: Option<GroupGap>,
    /// Claims at the ends of uncertain probabilities of outcomes.
    pub chances: Vec<UncertainProbabilityRange>,
    /// Dates, if the scenario has a clock.
    pub dates: Option<Box<Dates>>,
}

impl Summary {
    /// Returns the summary with dates, and with the assertions about them.
    #[must_use]
    pub fn with_dates(mut self, dates: Dates) -> Self {
        self.asserts.extend(dates.asserts.iter().cloned());
        self.dates = Some(Box::new(dates));
        self
    }
}

/// An area's overall score, over all worlds or in one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AreaSummary {
    /// Its distribution.
    pub overall: OverallScore,
    /// The Monte Carlo standard error of its mean.
    pub mcse: f64,
    /// The standard error of its standard deviation, where headstart integrated that.
    pub sd_mcse: Option<f64>,
    /// Width of the widest bin that a quantile was read from, which is off by less than that; 0 for values that are known exactly.
    pub resolution: f64,
    /// One entry per quantile: the ends of its 95 % interval.
    pub quantile_intervals: Vec<(f64, f64)>,
    /// True if a few draws make most of the spread, so that the mean and its standard error say less than they seem to.
    pub is_heavy: bool,
    /// Its histogram, for pictures.
    pub histogram: Bins,
}

/// The distribution of an area's overall score.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OverallScore {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Probabilities and the quantiles at them.
    pub quantiles: Vec<(f64, f64)>,
}

/// The answer in one joint world.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WorldSummary {
    /// The world.
    pub world: JointWorld,
    /// The order there.
    pub order: OrderSummary,
    /// One an area.
    pub areas: Vec<AreaSummary>,
}

/// The method by which the probabilities of an answer were had.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Method {
    /// Monte Carlo sampling.
    Sample,
    /// By integrating, but for what had to be sampled.
    Exact(Integrated),
}

/// The precision that a run is to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrecisionGoal {
    /// Half of the width that no interval is to exceed.
    pub half_width: f64,
    /// But no more draws than this, or points where they are integrated.
    pub most: u64,
    /// True if the intervals are to hold together: [`Summary::simultaneous`].
    pub together: bool,
}

/// The precision of a run that went on until it was precise, or could not go on.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PrecisionResult {
    /// Goal that was asked for.
    pub goal: PrecisionGoal,
    /// The widest interval.
    pub widest: WidestInterval,
}

impl PrecisionResult {
    /// Returns true if the widest interval is narrow enough.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.widest.half_width <= self.goal.half_width
    }
}

/// A probability and how wide its interval is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WidestInterval {
    /// Of what it is the probability, for people.
    pub what: String,
    /// Half of the width of its interval.
    pub half_width: f64,
}

/// The distance between the engines.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CrossCheck {
    /// Number of probabilities that were had in both ways, with enough counted to compare.
    pub compared: usize,
    /// The largest difference, in standard errors of the difference; those of few scrambles count as the normal ones that are as rare.
    pub largest: f64,
    /// Event that it is the probability of, in words.
    pub what: String,
}

/// The claims at the ends of an uncertain probability of an outcome: no new draws, since worlds are summed over.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UncertainProbabilityRange {
    /// Its address.
    pub address: String,
    /// Its 5% and 95% quantile.
    pub range: [f64; 2],
    /// One entry per claim: its probability at each of those.
    pub claims: Vec<[Estimate; 2]>,
}

/// The points that an integrated answer rests on.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Integrated {
    /// Number of shared numbers that were averaged over; with none nothing was drawn.
    pub dimensions: usize,
    /// Number of scrambles of Sobol' points.
    pub replicates: usize,
    /// Number of points of each.
    pub points: u64,
    /// Largest error of any probability for series and grids that end somewhere; a part of each interval.
    pub bound: f64,
    /// Events that had to be sampled all the same, and why.
    pub sampled: Vec<(String, &'static str)>,
    /// Number of probabilities that are averages of what was counted and what was integrated, weighted by how exact those are.
    pub weighted: usize,
}
