//! `headstart show`: the scenario as it stands.

use super::formats::Json;
use super::source::Source;
use super::{Outcome, terminal};
use clap::{Args, ValueEnum};
use headstart::analysis::point_table;
use headstart::model::Model;
use headstart::report::{show_json, show_text};

/// Arguments of `show`.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    /// Print the full scenario after applying the base and all edits
    #[arg(long)]
    expand: bool,
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

/// Lays out the scenario.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let scenario = options.source.read(terminal)?;
    let text = match (options.json.or(Format::Json, options.format), options.expand) {
        (Format::Text, true) => scenario.to_ron(),
        (Format::Json, true) => scenario.to_json(),
        (format, false) => {
            let (model, point) = (Model::new(&scenario), point_table(&scenario));
            match format {
                Format::Text => show_text(&scenario, &model, &point, terminal.style()),
                Format::Json => show_json(&scenario, &model, &point),
            }
        }
    };
    Ok(text.into())
}
