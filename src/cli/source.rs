//! The scenario that a command is about: a file, and what is changed of it on the command line.

use super::{Failure, files, terminal};
use clap::Args;
use headstart::Scenario;

/// Arguments that name a scenario.
#[derive(Args)]
pub struct Source {
    /// The scenario file, or - for stdin
    pub scenario: String,
    /// Change a number first, e.g. 'weight.insight *= 2' or 'drop insight'; may be repeated
    #[arg(long, value_name = "EDIT")]
    edit: Vec<String>,
}

impl Source {
    /// Reads the scenario and makes the edits; what they could not do in full goes to stderr.
    pub fn read(&self, terminal: &terminal::Options) -> Result<Scenario, Failure> {
        self.edited(&files::scenario(&self.scenario)?, terminal)
    }

    /// A scenario after the edits.
    pub fn edited(&self, scenario: &Scenario, terminal: &terminal::Options) -> Result<Scenario, Failure> {
        let edited = scenario.with_named_edits(&self.edit).map_err(Failure::other)?;
        for warning in &edited.warnings {
            terminal.complain(&format!("warning: {warning}\n"));
        }
        Ok(edited.scenario)
    }
}
