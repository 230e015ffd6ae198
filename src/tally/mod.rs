//! Tallies: what is kept of the instances of a run. Knows batches, nothing of scenarios or of what is asked.

mod bits;
mod claims;
mod comparisons;
mod events;
mod histogram;
mod moments;
mod order;
mod paired;
mod state;
mod whole;

pub use claims::{Circuit, Place};
pub use events::Events;
pub use histogram::Histogram;
pub use moments::Moments;
pub use order::{GroupCount, Order, OrderPlan};
pub use paired::{Credits, Paired, PairedCounts, PairedPlan};
pub use state::{Number, State};
pub use whole::{Frequent, Sums, Whole, WholeOrder};

use crate::batch::Batch;
use crate::real::Real;

/// Something that is kept of every instance of a run, in memory that does not grow with their number.
///
/// The one trait for others to implement: a tally of their own runs through [`crate::sampler::sample`].
pub trait Tally<R: Real = f64>: Send {
    /// Whether the inputs of a batch are read, and not its amenabilities alone. If not, they need no memory.
    const READS_INPUTS: bool = true;

    /// Adds the instances of a batch.
    fn record(&mut self, batch: &Batch<R>);

    /// Adds what a tally of later instances has kept.
    fn merge(&mut self, later: &Self);
}
