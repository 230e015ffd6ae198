//! Joint worlds by the names of their outcomes.

use super::{JointWorld, Scenario};

impl JointWorld {
    /// Iterates over the ids of the worlds, each with the outcome that it has.
    pub fn named<'a>(&'a self, scenario: &'a Scenario) -> impl Iterator<Item = (&'a str, &'a str)> {
        let outcomes = scenario.worlds().iter().zip(&self.outcomes);
        outcomes.map(|(world, &outcome)| (world.id.as_str(), world.outcomes[outcome].as_str()))
    }

    /// Writes the outcomes as a text, e.g. `scheming = honest`.
    #[must_use]
    pub fn title(&self, scenario: &Scenario) -> String {
        let parts: Vec<String> =
            self.named(scenario).map(|(world, outcome)| format!("{world} = {outcome}")).collect();
        parts.join(", ")
    }
}
