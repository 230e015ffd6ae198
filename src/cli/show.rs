//! `headstart show`: the scenario as it stands.

use super::answering::written;
use super::formats::Json;
use super::source::Source;
use super::{Answer, Outcome, terminal};
use clap::{Args, ValueEnum};
use headstart::Control;
use headstart::report::{Section, Sections};
use headstart::request::{self, Show, View};

/// Arguments of `show`.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    /// Print the full scenario after applying the base and all edits
    #[arg(long)]
    expand: bool,
    /// List the distribution of every input
    #[arg(long, conflicts_with = "expand", help_heading = "Output")]
    inputs: bool,
    /// Print text for people or JSON for programs; with --expand, the file in RON or in JSON
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Output")]
    format: Format,
    #[command(flatten)]
    json: Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Text, or the file in RON
    Text,
    /// JSON: each input with its distribution, and the addresses that --edit takes
    Json,
}

impl From<Format> for request::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::Json => Self::Json,
        }
    }
}

/// Lays out the scenario.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let format = options.json.or(Format::Json, options.format);
    let prepared = options.source.ask(Show::Scenario, terminal)?;
    if options.expand {
        let scenario = prepared.scenario();
        let text = match format {
            Format::Text => scenario.to_ron(),
            Format::Json => scenario.to_json(),
        };
        return Ok(Answer::document(text));
    }
    let answer = prepared.answer(Control::none())?;
    let shown = if options.inputs { Sections::of(&Section::OF_SHOW) } else { Sections::default() };
    let mut view = View::new(terminal.style());
    view.sections = shown;
    Ok(written(answer, format.into(), view))
}
