//! Changes of a scenario that every report of it names.

use super::{EditError, Edited, NamedClaim, Scenario};

impl Scenario {
    /// The claims that were added after the file was read. They are called by what they say, which no file needs to do.
    pub fn asked_claims(&self) -> impl Iterator<Item = &NamedClaim> {
        self.claims.iter().filter(|claim| claim.is_asked())
    }

    /// The scenario after edits that every report of it names. It has no asserts: what a file states about its own answer is not about
    /// another scenario.
    ///
    /// # Errors
    /// Returns the first edit that cannot be made, and why.
    pub fn with_named_edits<S: AsRef<str>>(&self, edits: &[S]) -> Result<Edited, EditError> {
        if edits.is_empty() {
            return self.with_edits(edits);
        }
        let Edited { scenario, warnings, moved } = self.with_edits(edits)?;
        let mut scenario = scenario.without_asserts();
        scenario.changes.edits.extend(edits.iter().map(|edit| edit.as_ref().trim().to_owned()));
        scenario.changes.dropped_asserts += self.asserts.len() + self.dated_asserts.len();
        Ok(Edited { scenario, warnings, moved })
    }
}
