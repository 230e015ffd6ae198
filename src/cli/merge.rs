//! `headstart merge`: the parts of a run, put together into its answer.

use super::answering::{prepare, under_bars};
use super::parts::ENDING;
use super::shown::Shown;
use super::{Failure, Outcome, files, interrupt, terminal};
use clap::Args;
use headstart::Control;
use headstart::request::{Parts, Show};
use std::path::{Path, PathBuf};

/// Arguments of `merge`.
#[derive(Args)]
pub struct Options {
    /// Directory with the parts
    dir: PathBuf,
    #[command(flatten)]
    shown: Shown,
    /// Hide the progress bar
    #[arg(long, short, help_heading = "Output")]
    quiet: bool,
}

/// Merges the parts and lays out the answer.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let refuse = |why: &dyn std::fmt::Display| {
        Failure::Other(format!("cannot merge {}: {why}", files::shown(&options.dir)))
    };
    let parts = Parts::read(texts(&options.dir)?).map_err(|why| refuse(&why))?;
    let mut request = parts.request().map_err(|why| refuse(&why))?;
    if let Show::Run(how) = &mut request.show {
        how.page = options.shown.has_page();
    }
    request.max_memory = Some(super::sampling::default_memory());
    let prepared = prepare(request, terminal)?;
    let targets = options.shown.requested_exports(prepared.scenario())?;
    let answer = under_bars(options.quiet, terminal, |advance, tell| {
        let control = Control { stop: Some(interrupt::hear()), progress: Some(advance), resume: None };
        prepared.answer_from_parts(&parts, control, tell)
    })?;
    Ok(options.shown.write_outputs(answer.map_err(|why| refuse(&why))?, &targets, None, terminal))
}

/// The parts in a folder, each with its name and its text.
fn texts(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let names = files::names(folder).map_err(Failure::other)?;
    let read = |name: String| {
        let path = folder.join(&name);
        let text = files::report(&path);
        let text =
            text.map_err(|why| Failure::Other(format!("cannot read {}: {why}", files::shown(&path))))?;
        Ok((name, text))
    };
    names.into_iter().filter(|name| name.ends_with(ENDING)).map(read).collect()
}
