//! Edits that are only tried: made on a copy, and taken back.

use super::edited::Edited;
use super::error::EditReason;
use crate::scenario::Scenario;
use crate::scenario::touched::Part;

/// A scenario and a copy of it on which edits are tried.
pub struct Trial<'s> {
    scenario: &'s Scenario,
    /// Nothing until an edit is tried.
    copy: Option<Edited>,
}

impl<'s> Trial<'s> {
    /// Starts with a scenario of which there is no copy yet.
    pub fn of(scenario: &'s Scenario) -> Self {
        Self { scenario, copy: None }
    }

    /// Finds out whether an edit can be made, without checking what it makes.
    ///
    /// # Errors
    /// The reason why it cannot be made.
    pub fn edit(&mut self, edit: &str) -> Result<(), EditReason> {
        let mut copy = self.copy.take().unwrap_or_else(|| Edited::of(self.scenario.clone()));
        let touched = copy.make(edit)?;
        // Scores are put back one by one; after any other edit the next one is tried on a new copy.
        if touched.any(|part| !matches!(part, Part::Score(..))) {
            return Ok(());
        }
        for (k, i) in touched.scores() {
            copy.scenario.factors[k].scores[i].clone_from(&self.scenario.factors[k].scores[i]);
        }
        copy.warnings.clear();
        self.copy = Some(copy);
        Ok(())
    }
}
