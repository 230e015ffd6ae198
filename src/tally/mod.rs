//! Tallies of the draws of a run. Knows batches, nothing of scenarios or of what is asked.

mod bits;
mod claims;
mod comparisons;
mod definition;
mod events;
mod exact_sum;
mod histogram;
mod layout;
mod moments;
mod order;
mod paired;
mod rank_strip;
mod state;
mod sums;
mod whole;

pub(crate) use bits::Bits;
pub use claims::{Circuit, Place};
pub use definition::Tally;
pub use events::Events;
pub use exact_sum::ExactSum;
pub use histogram::{Histogram, Piece, Pieces};
pub use moments::Moments;
pub use order::{GroupCount, Order, OrderPlan};
pub use paired::{Credits, Paired, PairedCounts, PairedPlan};
pub use state::{Number, State};
pub use sums::Sums;
pub use whole::{Frequent, Whole, WholeOrder};
