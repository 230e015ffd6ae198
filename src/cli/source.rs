//! The scenario that a command is about: a file, and what is changed of it on the command line.

use super::answering::prepare;
use super::failure::Failure;
use super::{files, terminal};
use clap::Args;
use headstart::report::quoted;
use headstart::request::{self, Prepared, Request, Show};

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
    /// Asks a question about the scenario that takes no draws, and says what the edits could not do in full.
    pub fn ask(&self, show: Show, terminal: &terminal::Options) -> Result<Prepared, Failure> {
        prepare(self.edits(Request::new(self.open()?, show)), terminal)
    }

    /// Reads the scenario, for a request that makes the edits.
    pub fn open(&self) -> Result<request::Source, Failure> {
        let scenario = Box::new(files::scenario(&self.scenario)?);
        Ok(request::Source::Open { name: self.scenario.clone(), scenario })
    }

    /// Returns the source as it is typed again; nothing if it was read from stdin.
    pub fn retyped(&self) -> Option<String> {
        let edits = self.edit.iter().map(|edit| format!(" --edit {}", quoted(edit)));
        (self.scenario != "-").then(|| edits.fold(quoted(&self.scenario), |typed, edit| typed + &edit))
    }

    /// Puts the edits into a request.
    pub fn edits(&self, mut request: Request) -> Request {
        request.edits.clone_from(&self.edit);
        request
    }
}
