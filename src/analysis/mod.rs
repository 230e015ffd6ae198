//! Analyses: what is asked of a run, answered in numbers with their errors. Knows nothing of how they are shown.

mod beside;
mod compare;
mod correlation;
mod gap;
mod interval;
mod levers;
mod lint;
mod plain;
mod point;
mod summary;
mod sweep;
mod throughput;

pub use beside::{AssertSummary, ChanceSummary, Verdict};
pub use compare::{Change, ClaimChange, Compared, compare};
pub use correlation::Achieved;
pub use gap::Gap;
pub use interval::{Estimate, Z95, wilson};
pub use levers::{against, pulled};
pub use lint::claim_lints;
pub use plain::{Counted, Plain};
pub use point::{PointTable, point_table};
pub use summary::{
    Amenability, AreaSummary, ClaimSummary, OrderSummary, PairsSummary, Summary, WorldSummary, order_plan,
    summarize,
};
pub use sweep::{BreakEven, Vary, break_even, points, sweep};
pub use throughput::{Rate, Throughput, n_steps, throughput};
