//! Analyses: what is asked of a run, answered in numbers with their errors. Knows nothing of how they are shown.

mod beside;
mod bins;
mod compare;
mod correlation;
mod gap;
mod interval;
mod levers;
mod lint;
mod point;
mod summary;
mod sweep;

pub use beside::{AssertSummary, ChanceSummary, Verdict};
pub use bins::Bins;
pub use compare::{Change, ClaimChange, Compared, compare};
pub use correlation::Achieved;
pub use gap::Gap;
pub use interval::{Estimate, Z95, wilson};
pub use levers::{against, pulled};
pub use lint::claim_lints;
pub use point::{PointTable, point_table};
pub use summary::{
    Amenability, AreaSummary, ClaimSummary, OrderSummary, PairsSummary, Summary, WorldSummary, summarize,
};
pub use sweep::{BreakEven, Vary, break_even, points, sweep};
