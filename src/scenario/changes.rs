//! Changes of a scenario that every report of it names.

use super::{Edited, NamedClaim, Scenario};

impl Scenario {
    /// The claims that were added after the file was read. They are called by what they say, which no file needs to do.
    pub fn asked_claims(&self) -> impl Iterator<Item = &NamedClaim> {
        let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
        self.claims.iter().filter(move |claim| !claim.id.chars().all(is_id))
    }

    /// The scenario after edits that every report of it names. It has no asserts: what a file states about its own answer is not about
    /// another scenario.
    ///
    /// # Errors
    /// Returns the first edit that cannot be made, and why.
    pub fn with_named_edits<S: AsRef<str>>(&self, edits: &[S]) -> Result<Edited, String> {
        if edits.is_empty() {
            return Ok(Edited { scenario: self.clone(), warnings: Vec::new(), moved: 0 });
        }
        let Edited { scenario, warnings, moved } = self.with_edits(edits)?;
        let mut scenario = scenario.without_asserts();
        scenario.changes.edits.extend(edits.iter().map(|edit| edit.as_ref().trim().to_owned()));
        scenario.changes.dropped_asserts += self.asserts.len();
        Ok(Edited { scenario, warnings, moved })
    }
}
