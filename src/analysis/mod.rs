//! Analyses: what is asked of a run, answered in numbers with their errors. Knows nothing of how they are shown.

mod beside;
mod compare;
mod correlation;
mod cross_check;
mod gap;
mod integrated;
mod interval;
mod levers;
mod lint;
mod point;
mod precise;
mod selftest;
mod summary;
mod sweep;

pub use beside::{AssertSummary, ChanceSummary, Verdict};
pub use compare::{Change, ClaimChange, Compared, compare};
pub use correlation::Achieved;
pub use cross_check::{CrossCheck, cross_check};
pub use gap::Gap;
pub use integrated::{Integrated, Method, POINTS, integrable, integrate, summarize_exactly};
pub use interval::{Estimate, LEVEL, Z95, wilson};
pub use levers::{against, pulled};
pub use lint::claim_lints;
pub use point::{PointTable, point_table};
pub use precise::{Goal, Precision, Widest, summarize_precisely};
pub use selftest::{Check, selftest};
pub use summary::{
    Amenability, AreaSummary, ClaimSummary, OrderSummary, PairsSummary, Summary, WorldSummary, summarize,
};
pub use sweep::{BreakEven, Vary, break_even, points, sweep};
