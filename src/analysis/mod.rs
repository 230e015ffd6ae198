//! Analyses: what is asked of a run, answered in numbers with their errors. Knows nothing of how they are shown.

mod answer;
mod bins;
mod bounded;
mod checks;
mod comparison;
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
pub use answer::gap::Gap;
pub use answer::integrated::{Effort, POINTS, integrable, integrate, integrate_alone, integrate_on};
pub use answer::partial::{Part, Partial};
pub use answer::plan::order_plan;
pub use answer::precision::summarize_until;
pub use answer::run_tally::Kept;
pub use answer::shape::{
    AreaSummary, AssertSummary, ClaimSummary, CrossCheck, Integrated, Method, OrderSummary, OverallScore,
    PairsSummary, Precision, PrecisionGoal, Summary, UncertainProbabilityRange, Verdict, WidestInterval,
    WorldSummary,
};
pub use answer::summary::summarize;
pub use answer::undecided::Undecided;
pub use bins::Bins;
pub use bounded::{bounded_interval, unit_interval};
pub use checks::claim_warnings::{claim_lints, claim_lints_in};
pub use checks::reference_loop::{Counted, Plain};
pub use checks::selftest::{Check, selftest};
pub use checks::throughput::{Rate, Throughput, n_steps, throughput};
pub use comparison::break_even::{BreakEven, CurvePoint, break_even, crossings};
pub use comparison::change::{Change, ClaimChange, PairsChange, ScenarioChange};
pub use comparison::compare::{against, compare};
pub use comparison::diff::{Difference, EditEffect, diff};
pub use comparison::lever_value::{MAX_SPILLOVER, SpilloverBreakEven, Worth, n_lever_value_runs, worth};
pub use comparison::levers::pulled;
pub use comparison::paired::common_precision;
pub use comparison::scale_ends::{clipping_warnings_levers, clipping_warnings_sweep};
pub use comparison::sweep::{Points, Sweep, Vary, add_between, points, sweep, sweep_each};
pub use error::Error;
pub use explanation::{Contribution, Explanation, OutcomeFlip, explain};
pub use interval::{Basis, Estimate, Expected, LEVEL, Measured, Z95, wilson};
pub use rankings::full::{AreaRank, ListedOrder, Rankings, RankingsAsked, rankings};
pub use rankings::majority::{Cycle, alike, cycles};
pub use sensitivity::central_weights::{CentralWeightTable, CentralWeights, central_weights};
pub use sensitivity::{
    BreakEvenValue, CurveSummary, Detail, GroupEffect, InputEffect, MAX_SDS, MAX_TIMES, MeanGap, OneWayPoint,
    REPORTED_RANGE, SHOWN, Sensitivity, ShapleyShare, Turn, sensitivity,
};
