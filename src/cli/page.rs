//! `headstart page`: a page that answers back.

use super::answering::{answer, prepare, request};
use super::content::Content;
use super::sampling::SamplingOptions;
use super::source::Source;
use super::{Answer, ExitStatus, Failure, Outcome, files, terminal};
use clap::Args;
use headstart::report::Plain;
use headstart::request::{Format, How, Show, View};
use std::path::PathBuf;

/// Arguments of `page`.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    /// File to write, which ends in .html
    #[arg(long, short = 'o', visible_alias = "export", value_name = "FILE", help_heading = "Output")]
    output: PathBuf,
    /// Add a claim, e.g. 'ai_control before post_training' (repeatable)
    #[arg(long, value_name = "CLAIM", help_heading = "Model")]
    claim: Vec<String>,
    #[command(flatten)]
    sampling: SamplingOptions,
}

/// Draws the published answer and writes it with the engine into one file.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let path = &options.output;
    // So that no scenario is overwritten by a slip.
    if path.extension().is_none_or(|ending| ending != "html") {
        return Err(Failure::Other(format!(
            "cannot write {}: expected a file that ends in .html",
            files::shown(path)
        )));
    }
    files::check_writable(path)?;
    let mut how = How::default();
    how.page = true;
    let asked = request(options.source.open()?, &options.sampling, &options.claim, Show::Run(how));
    let prepared = prepare(options.source.edits(asked), terminal)?;
    let found = answer(prepared, &options.sampling, true, terminal)?;
    if found.is_stopped() {
        return Ok(Answer { end: ExitStatus::Interrupted, ..Plain::default().into() });
    }
    let view = View::new(terminal.style());
    files::write(path, Content::pieces(|out| found.write(out, Format::Page, &view)))?;
    Ok(Plain::lines(format!("{}: a page that answers back; open it in a browser\n", files::shown(path)))
        .into())
}
