//! `headstart verify`: a report is made again and compared to the last bit.

use super::answering::{Quiet, answer, prepare};
use super::sampling::default_memory;
use super::{Answer, ExitStatus, Failure, Outcome, files, terminal};
use clap::Args;
use headstart::report::Plain;
use headstart::request::{Reproduction, ReproductionError};
use std::path::PathBuf;

/// Arguments of `verify`.
#[derive(Args)]
pub struct Options {
    /// Report to verify: JSON or HTML written by headstart
    report: PathBuf,
    /// Number of threads [default: all processors]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Number of differences to list
    #[arg(long, default_value_t = 20)]
    top: usize,
}

/// Makes it again and says what is not the same.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let path = &options.report;
    let shown = files::shown(path);
    let refuse = |why: String| Failure::Other(format!("cannot verify {shown}: {why}"));
    let text = files::report(path).map_err(|why| refuse(why.to_string()))?;
    let refused = |why: ReproductionError| refuse(why.to_string());
    let (reproduction, mut request) = Reproduction::read(&shown, &text).map_err(refused)?;
    request.threads = options.threads.map(usize::from);
    request.max_memory = Some(default_memory());
    let prepared = prepare(request, terminal)?;
    let again = answer(prepared, Quiet(true), reproduction.can_be_partial(), terminal)?;
    if again.is_stopped() {
        return Ok(Answer { end: ExitStatus::Interrupted, ..Plain::default().into() });
    }
    let verified = reproduction.compare(&again).map_err(refused)?;
    let end = if verified.is_same() { ExitStatus::Fine } else { ExitStatus::Finding };
    Ok(Answer { end, ..verified.text(&shown, options.top).into() })
}
