//! The scenario of a request: its text read, its edits made.

use crate::report::embedded_scenario;
use crate::request::ask::Source;
use crate::request::error::Error;
use crate::scenario::Scenario;

impl Source {
    /// Returns what it is called, and the scenario.
    pub(super) fn open(self) -> Result<(String, Scenario), Error> {
        match self {
            Self::Open { name, scenario } => Ok((name, *scenario)),
            Self::Edited { source, edits } => {
                let (name, scenario) = source.open()?;
                Ok((name, edited(&scenario, &edits, &mut Vec::new())?))
            }
            Self::Text { name, text } => {
                let scenario = match embedded_scenario(&text) {
                    Some(held) => Scenario::from_ron(&format!("the scenario in {name}"), &held)?,
                    // A file of a scenario in JSON starts with a brace, one in RON does not.
                    None if text.trim_start().starts_with('{') => Scenario::from_json(&name, &text)?,
                    None => Scenario::from_ron(&name, &text)?,
                };
                Ok((name, scenario))
            }
        }
    }
}

/// Makes edits, and adds what they could not do in full.
pub(super) fn edited(
    scenario: &Scenario,
    edits: &[String],
    warnings: &mut Vec<String>,
) -> Result<Scenario, Error> {
    let edited = scenario.with_named_edits(edits).map_err(Error::Edit)?;
    warnings.extend(edited.warnings);
    Ok(edited.scenario)
}
