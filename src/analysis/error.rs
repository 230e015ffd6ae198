//! The reasons for which a question about a scenario has no answer.

use crate::control::Stopped;
use crate::scenario::{EditError, EditReason};

/// The reason for which a question about a scenario has no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It was stopped, and what there is of it is no answer.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Two scenarios are compared that are about other areas, or about areas in other groups.
    #[error("the two scenarios have different areas or groups, so their claims cannot be compared")]
    OtherAreas,
    /// Single precision is asked for, and has no numbers for the scenario.
    #[error(
        "cannot draw the scenario in single precision: its numbers may be larger than single precision holds; \
         use `--arithmetic double`, or leave the option out"
    )]
    Overflows,
    /// The scenario has more areas than full rankings are kept of.
    #[error("at most 256 areas are supported for full rankings; this scenario has {0}")]
    TooManyAreas(usize),
    /// More values than are accepted of one number are asked for, or fewer than make a range.
    #[error("a range takes 2 to {most} points")]
    RangePoints {
        /// The most that are accepted.
        most: usize,
    },
    /// A sweep has more points than are accepted.
    #[error("too many points: {n} (at most {most})")]
    TooManyPoints {
        /// Number of them.
        n: usize,
        /// The most that are accepted.
        most: usize,
    },
    /// A sweep has more points than are accepted of so large a scenario.
    #[error("{n} points of so large a scenario are too much; {most} are accepted")]
    TooLarge {
        /// Number of them.
        n: usize,
        /// The most that are accepted.
        most: usize,
    },
    /// A range or a list of values is not written as it should be.
    #[error("expected `<address> = from..=to` or `= [value, ...]`, found `{0}`")]
    NoRange(String),
    /// A range is written as elsewhere.
    #[error("`{found}` is not a range of a sweep; write {instead}, or a list such as [0, 1, 2]")]
    OtherRange {
        /// The text that was written.
        found: String,
        /// The range as a sweep takes it.
        instead: String,
    },
    /// A value of what is to be varied is no number.
    #[error("expected a number, found `{0}`")]
    NoNumber(String),
    /// A value of what is to be varied is not finite.
    #[error("`{0}` is not finite")]
    NotFinite(String),
    /// A change of the scenario cannot be made.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// A change of the scenario cannot be made larger or smaller.
    #[error(transparent)]
    Size(EditReason),
}
