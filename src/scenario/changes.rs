//! What was changed in a scenario since its author published it, as far as its own text does not show it.

use super::{Edited, NamedClaim, Scenario};

/// Where a scenario comes from. The canonical text keeps this, so that a report that is run again still names it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The files that the scenario is a variant of, the nearest first.
    pub bases: Vec<String>,
    /// The edits that were made after the file was read.
    pub edits: Vec<String>,
    /// How many asserts of the file were dropped, because they are about another answer.
    pub dropped_asserts: usize,
}

impl Changes {
    /// Returns true if nothing was changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Scenario {
    /// What was changed.
    #[must_use]
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// The claims that were added after the file was read. They are called by what they say, which no file needs to do.
    pub fn asked_claims(&self) -> impl Iterator<Item = &NamedClaim> {
        self.claims.iter().filter(|claim| claim.is_asked())
    }

    /// The scenario after edits that every report of it names. It has no asserts: what a file states about its own answer is not about
    /// another scenario.
    ///
    /// # Errors
    /// Returns the first edit that cannot be made, and why.
    pub fn with_named_edits<S: AsRef<str>>(&self, edits: &[S]) -> Result<Edited, String> {
        if edits.is_empty() {
            return self.with_edits(edits);
        }
        let Edited { scenario, warnings, moved } = self.with_edits(edits)?;
        let mut scenario = scenario.without_asserts();
        scenario.changes.edits.extend(edits.iter().map(|edit| edit.as_ref().trim().to_owned()));
        scenario.changes.dropped_asserts += self.asserts.len();
        Ok(Edited { scenario, warnings, moved })
    }
}
