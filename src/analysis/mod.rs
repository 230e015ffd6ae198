//! Analyses: what is asked of a run, answered in numbers with their errors. Knows nothing of how they are shown.

mod answer;
mod bins;
mod bounded;
mod checks;
mod comparison;
mod dates;
mod error;
mod explanation;
mod interval;
mod quantiles;
mod rankings;
mod sensitivity;

pub use answer::central::{PointTable, point_table};
pub use answer::correlation::SampledCorrelation;
pub use answer::cross_check::cross_check;
pub use answer::estimates::Event;
pub use answer::gap::GroupGap;
pub use answer::integrated::{Effort, POINTS, integrable, integrate, integrate_alone, integrate_resumable};
pub use answer::part::tally_part;
pub use answer::partial::{Partial, PartialUnit};
pub use answer::plan::order_plan;
pub use answer::precision::summarize_until;
pub use answer::run_tally::{CountsError, RunTally};
pub use answer::shape::{
    AreaSummary, AssertSummary, ClaimSummary, CrossCheck, Integrated, Method, OrderSummary, OverallScore,
    PairsSummary, PrecisionGoal, PrecisionResult, Summary, UncertainProbabilityRange, Verdict,
    WidestInterval, WorldSummary,
};
pub use answer::summary::summarize;
pub use answer::undecided::Undecided;
pub use bins::Bins;
pub use bounded::{bounded_interval, unit_interval};
pub use checks::claim_warnings::{CLAIM_DRAWS, claim_lints, claim_lints_in};
pub use checks::reference_loop::{ReferenceLoop, ReferenceResult};
pub use checks::selftest::{Check, selftest};
pub use checks::throughput::{Rate, Throughput, n_steps, throughput};
pub use comparison::break_even::{BreakEven, CurvePoint, break_even, crossings};
pub use comparison::change::{Change, ClaimChange, PairsChange, ScenarioChange};
pub use comparison::compare::{compare, compare_all};
pub use comparison::diff::{Difference, EditEffect, diff};
pub use comparison::lever_value::{
    LeverValue, MAX_SPILLOVER, SpilloverBreakEven, lever_values, n_lever_value_runs,
};
pub use comparison::levers::lever_scenarios;
pub use comparison::scale_ends::{clipping_warnings_levers, clipping_warnings_sweep};
pub use comparison::sweep::{Sweep, SweepPoints, Vary, add_between, points, sweep, sweep_each};
pub use dates::{DateEstimate, Dates, Instant, Lead, PlaceDates, ThresholdDates, dates};
pub use error::Error;
pub use explanation::{Contribution, Explanation, OutcomeFlip, explain};
pub use interval::{Basis, Estimate, Expected, LEVEL, Measured, Z95, wilson};
pub use rankings::full::{AreaRank, ListedOrder, Rankings, RankingsAsked, rankings};
pub use rankings::majority::{Cycle, cycles, unresolved_runs};
pub use sensitivity::central_weights::{CentralWeightTable, CentralWeights, central_weights};
pub use sensitivity::{
    BreakEvenValue, CURVE_QUANTILES, CurveSummary, Detail, GroupEffect, InputEffect, MAX_SDS, MAX_TIMES,
    MeanGap, OneWayPoint, REPORTED_RANGE, Sensitivity, ShapleyShare, SmallestChange, n_draws_of_sensitivity,
    sensitivity,
};
