//! The trait of tallies. Knows none of them.

use crate::batch::Batch;
use crate::real::Real;

/// Something that is kept of every draw of a run, in memory that does not grow with their number.
///
/// The one trait for others to implement: a tally of their own runs through [`crate::sampler::sample`].
pub trait Tally<R: Real = f64>: Send + Sync {
    /// True if the inputs of a batch are read, and not its overall scores alone. If not, they need no memory.
    const READS_INPUTS: bool = true;

    /// True if the first block of a run has to be looked at before anything is recorded.
    const LOOKS: bool = false;

    /// Looks at the first block of the run: whole, even if the run has fewer draws, so that what is learnt of it is the same for any
    /// number of draws.
    fn look(&mut self, _first: &Batch<R>) {}

    /// Takes over what a tally that is made alike has learnt by looking.
    fn follow(&mut self, _looked: &Self) {}

    /// Adds the draws of a batch.
    fn record(&mut self, batch: &Batch<R>);

    /// Adds what a tally of later draws has kept.
    fn merge(&mut self, later: &Self);
}
