//! Analyses: what is asked of a run, answered in numbers with their errors. Knows nothing of how they are shown.

mod beside;
mod correlation;
mod gap;
mod interval;
mod lint;
mod point;
mod summary;

pub use beside::{AssertSummary, ChanceSummary, Verdict};
pub use correlation::Achieved;
pub use gap::Gap;
pub use interval::{Estimate, Z95, wilson};
pub use lint::claim_lints;
pub use point::{PointTable, point_table};
pub use summary::{
    Amenability, AreaSummary, ClaimSummary, OrderSummary, PairsSummary, Summary, WorldSummary, summarize,
};
