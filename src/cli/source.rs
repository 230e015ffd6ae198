//! The scenario that a command is about: a file, what else may be read, and what is changed of it on the command line.

use super::answering::prepare;
use super::failure::Failure;
use super::{files, terminal};
use clap::Args;
use headstart::report::quoted;
use headstart::request::{self, Prepared, Request, Show};
use headstart::scenario::ReadPolicy;
use std::path::PathBuf;

/// Arguments that name a scenario.
#[derive(Args)]
pub struct Source {
    #[command(flatten)]
    pub named: Named,
    #[command(flatten)]
    pub reading: Reading,
}

/// A scenario and its edits.
#[derive(Args)]
#[command(next_help_heading = "Model")]
pub struct Named {
    /// Scenario file (`-` reads stdin; a report written by headstart also works)
    pub scenario: PathBuf,
    /// Change the scenario before running, e.g. 'weight.insight *= 2' or 'drop insight' (repeatable)
    #[arg(long, value_name = "EDIT")]
    edit: Vec<String>,
}

/// Arguments on the files that a scenario names.
#[derive(Args)]
#[command(next_help_heading = "Model")]
pub struct Reading {
    /// Let the scenario name files in or below DIR too, not only in or below its own folder (repeatable)
    #[arg(long, value_name = "DIR")]
    allow_read: Vec<PathBuf>,
}

impl Reading {
    /// Returns the policy that is asked for.
    pub fn policy(&self) -> Result<ReadPolicy, Failure> {
        self.allow_read.iter().try_fold(ReadPolicy::default(), |policy, folder| {
            let refuse =
                |why| Failure::Other(format!("cannot use --allow-read {}: {why}", files::shown(folder)));
            policy.allow(folder).map_err(refuse)
        })
    }
}

impl Named {
    /// Reads the scenario, for a request that makes the edits.
    pub fn open(&self, reading: &Reading) -> Result<request::Source, Failure> {
        let scenario = Box::new(files::scenario(&self.scenario, &reading.policy()?)?);
        Ok(request::Source::Open { name: self.scenario.to_string_lossy().into_owned(), scenario })
    }

    /// Puts the edits into a request.
    pub fn edits(&self, mut request: Request) -> Request {
        request.edits.clone_from(&self.edit);
        request
    }
}

impl Source {
    /// Asks a question about the scenario that takes no draws, and says what the edits could not do in full.
    pub fn ask(&self, show: Show, terminal: &terminal::Options) -> Result<Prepared, Failure> {
        prepare(self.edits(Request::new(self.open()?, show)), terminal)
    }

    /// Reads the scenario, for a request that makes the edits.
    pub fn open(&self) -> Result<request::Source, Failure> {
        self.named.open(&self.reading)
    }

    /// Returns the source as it is typed again; nothing if it was read from stdin or cannot be typed.
    pub fn retyped(&self) -> Option<String> {
        let edits = self.named.edit.iter().map(|edit| Some(format!(" --edit {}", quoted(edit))));
        let folders = self.reading.allow_read.iter();
        let folders = folders.map(|folder| Some(format!(" --allow-read {}", quoted(folder.to_str()?))));
        let scenario = self.named.scenario.to_str().filter(|path| *path != "-")?;
        edits.chain(folders).try_fold(quoted(scenario), |typed, more| Some(typed + &more?))
    }

    /// Puts the edits into a request.
    pub fn edits(&self, request: Request) -> Request {
        self.named.edits(request)
    }
}
