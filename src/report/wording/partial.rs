//! Sentences about something that was stopped. Knows no format.

use crate::analysis::{Partial, PartialUnit};
use crate::report::wording::number::thousands;

/// Says where something was stopped.
pub fn stopped(partial: &Partial) -> String {
    let [done, of] = [partial.done, partial.of].map(thousands);
    format!("interrupted after {done} of {of} {}", partial.what)
}

/// Says how much there is of something that was stopped.
pub fn partial(partial: &Partial) -> String {
    let (stopped, done) = (stopped(partial), partial.done);
    match partial.what {
        PartialUnit::Draws => format!(
            "{stopped}. The results below use those draws only; they equal a run with --draws {done}."
        ),
        PartialUnit::Points => {
            format!("{stopped}. Finished points are complete; break-even values are omitted.")
        }
        PartialUnit::PointsAScramble if partial.done == 0 => {
            format!("{stopped}. The results below are sampled; they equal a run with --method sample.")
        }
        PartialUnit::PointsAScramble => format!(
            "{stopped}. The integrals below use those points only; they equal a run with --points {done}."
        ),
    }
}
