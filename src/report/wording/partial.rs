//! Sentences about something that was stopped. Knows no format.

use crate::analysis::{Partial, PartialUnit};
use crate::report::wording::number::thousands;

/// Says where something was stopped.
pub fn stopped(partial: &Partial) -> String {
    let [done, of] = [partial.done, partial.of].map(thousands);
    format!("stopped after {done} of {of} {}", partial.what)
}

/// Says how much there is of something that was stopped.
pub fn partial(partial: &Partial) -> String {
    let (stopped, done) = (stopped(partial), thousands(partial.done));
    match partial.what {
        PartialUnit::Draws => format!(
            "{stopped}. All that follows is of those alone, its errors too, and is what a run of {done} \
             draws gives."
        ),
        PartialUnit::Points => {
            format!("{stopped}. Each that is there is whole; where claims cross 50% is not said.")
        }
        PartialUnit::PointsAScramble if partial.done == 0 => {
            format!("{stopped}. All that follows is counted, and is what a run that samples gives.")
        }
        PartialUnit::PointsAScramble => format!(
            "{stopped}. What is averaged over points is so over those alone, its errors too, and is what a run of {done} points \
             gives."
        ),
    }
}
