//! The scenario that a command is about: a file, and what is changed of it on the command line.

use super::failure::Failure;
use super::{files, terminal};
use clap::Args;
use headstart::Scenario;
use headstart::request::{self, Request};

/// Arguments that name a scenario.
#[derive(Args)]
#[command(next_help_heading = "Model")]
pub struct Source {
    /// Scenario file (`-` reads stdin; a report written by headstart also works)
    pub scenario: String,
    /// Change the scenario before running, e.g. 'weight.insight *= 2' or 'drop insight' (repeatable)
    #[arg(long, value_name = "EDIT")]
    edit: Vec<String>,
}

impl Source {
    /// Reads the scenario and makes the edits; what they could not do in full goes to stderr.
    pub fn read(&self, terminal: &terminal::Options) -> Result<Scenario, Failure> {
        let edited = files::scenario(&self.scenario)?.with_named_edits(&self.edit).map_err(Failure::other)?;
        for warning in &edited.warnings {
            terminal.complain(&format!("warning: {warning}\n"));
        }
        Ok(edited.scenario)
    }

    /// Reads the scenario, for a request that makes the edits.
    pub fn open(&self) -> Result<request::Source, Failure> {
        let scenario = Box::new(files::scenario(&self.scenario)?);
        Ok(request::Source::Open { name: self.scenario.clone(), scenario })
    }

    /// Puts the edits into a request.
    pub fn edits(&self, mut request: Request) -> Request {
        request.edits.clone_from(&self.edit);
        request
    }
}
