//! The history of a scenario: what was changed since its author published it, as far as its own text does not show it.

/// The origin of a scenario. The canonical text keeps this, so that a report that is run again still names it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Changes {
    /// The files that the scenario is a variant of, the nearest first.
    pub bases: Vec<String>,
    /// The edits that were made after the file was read.
    pub edits: Vec<String>,
    /// Number of asserts of the file that were dropped, because they are about another answer.
    pub dropped_asserts: usize,
}

impl Changes {
    /// Returns true if nothing was changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
