//! Parts of a run: tallies of some of its chunks, made apart and merged in any order.

use crate::analysis::answer::run_tally::RunTally;
use crate::control::{Control, Stopped};
use crate::model::Subject;
use crate::sampler::{Run, sample_part};
use crate::tally::Tally;
use std::ops::Range;

/// Draws some chunks of a run of a scenario, each of [`CHUNK_SIZE`](crate::sampler::CHUNK_SIZE) draws.
///
/// The tallies of parts that make a whole run, merged in any order, are the tally of the run to the last bit.
///
/// # Errors
/// Returns an error if the run was stopped: a part is whole or nothing.
pub fn tally_part<'a>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    chunks: Range<u64>,
    control: Control<'_>,
) -> Result<RunTally, Stopped> {
    let subject: &Subject<'a> = &scenario.into();
    let with_and_without = RunTally::drawn(subject.scenario());
    let laid_out = with_and_without.as_ref().unwrap_or(subject.model());
    let none = RunTally::new(subject.scenario(), subject.model());
    if chunks.is_empty() {
        return Ok(none);
    }
    sample_part(laid_out, run, chunks, &|| none.clone(), control)
}

impl RunTally {
    /// Returns the number of draws.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.order.n()
    }

    /// Adds the tally of another part of the same run.
    pub fn merge_part(&mut self, other: &Self) {
        if self.n() == 0 {
            *self = other.clone();
        } else if other.n() > 0 {
            Tally::<f64>::merge(self, other);
        }
    }
}
