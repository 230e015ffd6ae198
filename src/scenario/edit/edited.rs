//! A scenario after edits.

use crate::scenario::Scenario;

/// A scenario after edits, with the numbers that stopped at the end of their range.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Edited {
    /// The scenario.
    pub scenario: Scenario,
    /// Numbers that an edit would have moved off the scale, and that stayed at its end, each with its address.
    pub warnings: Vec<String>,
    /// Number of numbers that were added to or multiplied, those with warnings among them.
    pub moved: usize,
}

impl Edited {
    /// Starts with a scenario as it is.
    pub(in crate::scenario) fn of(scenario: Scenario) -> Self {
        Self { scenario, warnings: Vec::new(), moved: 0 }
    }
}
