//! Analyses: what is asked of a run, answered in numbers with their errors. Knows nothing of how they are shown.

mod beside;
mod bins;
mod blend;
mod bounded;
mod break_even;
mod central;
mod compare;
mod correlation;
mod cross_check;
mod diff;
mod ends;
mod estimates;
mod explain;
mod gap;
mod integrated;
mod interval;
mod kept;
mod levers;
mod lint;
mod majority;
mod orders;
mod over;
mod paired;
mod partial;
mod plain;
mod plan;
mod point;
mod precise;
mod quantiles;
mod selftest;
mod sensitivity;
mod spill;
mod summary;
mod sweep;
mod throughput;
mod undecided;

pub use beside::{AssertSummary, ChanceSummary, Verdict};
pub use bins::Bins;
pub use bounded::{bounded_interval, unit_interval};
pub use break_even::{BreakEven, CurvePoint, break_even, crossings};
pub use central::{Central, Favoured, central_weights};
pub use compare::{Change, ClaimChange, Compared, PairsChange, against, compare};
pub use correlation::Achieved;
pub use cross_check::{CrossCheck, cross_check};
pub use diff::{Difference, StepEffect, diff};
pub use ends::{lever_ends, sweep_ends};
pub use estimates::Event;
pub use explain::{Contribution, Explanation, OutcomeTurn, explain};
pub use gap::Gap;
pub use integrated::{
    Effort, Integrated, Method, POINTS, integrable, integrate, integrate_alone, integrate_on,
};
pub use interval::{Estimate, Expected, LEVEL, Measured, Z95, wilson};
pub use kept::Kept;
pub use levers::pulled;
pub use lint::{claim_lints, claim_lints_in};
pub use majority::{Cycle, alike, cycles};
pub use orders::{AreaRank, ListedOrder, Orders, OrdersAsked, orders};
pub use paired::{OVERFLOWS, in_common};
pub use partial::{Part, Partial};
pub use plain::{Counted, Plain};
pub use plan::order_plan;
pub use point::{PointTable, point_table};
pub use precise::{Goal, Precision, Widest, summarize_precisely};
pub use selftest::{Check, selftest};
pub use sensitivity::{
    BreakEvenValue, CurveSummary, Depth, GroupEffect, InputEffect, MOST_SDS, MOST_TIMES, MeanGap,
    OneWayPoint, PartShare, SHOWN, Sensitivity, TOLD, Turn, sensitivity,
};
pub use spill::{MOST_SPILL, Worth, WorthNothing, worth, worth_runs};
pub use summary::{
    Amenability, AreaSummary, ClaimSummary, OrderSummary, PairsSummary, Summary, WorldSummary, summarize,
    summarize_on,
};
pub use sweep::{Points, Vary, add_between, points, sweep, sweep_each};
pub use throughput::{Rate, Throughput, n_steps, throughput};
pub use undecided::Undecided;
