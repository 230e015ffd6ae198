//! Analyses: what is asked of a run, answered in numbers with their errors. Knows nothing of how they are shown.

mod correlation;
mod interval;
mod point;
mod summary;

pub use correlation::Achieved;
pub use interval::{Estimate, Z95, wilson};
pub use point::{PointTable, point_table};
pub use summary::{
    Amenability, AreaSummary, AssertSummary, ClaimSummary, OrderSummary, PairsSummary, Summary, Verdict,
    WorldSummary, summarize,
};
