//! `headstart rankings`: full rankings, cycles, and what cannot be told apart.

use super::answering::{answer, prepare, request, write_outputs};
use super::exports::Exports;
use super::failure::Expected;
use super::formats::{CompareFormat, Json};
use super::sampling::SamplingOptions;
use super::source::Source;
use super::{Outcome, terminal};
use clap::Args;
use headstart::report::rankings_svg;
use headstart::request::{Found, Show, View};

/// Arguments of `rankings`.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    sampling: SamplingOptions,
    /// Number of rankings to list
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    top: u32,
    /// Probability above which one area counts as clearly ahead of another
    #[arg(long, alias = "confidence", default_value_t = 0.95, value_parser = threshold)]
    threshold: f64,
    /// Output format
    #[arg(long, value_enum, default_value_t = CompareFormat::Text, help_heading = "Output")]
    format: CompareFormat,
    #[command(flatten)]
    json: Json,
    #[command(flatten)]
    exports: Exports,
}

/// Documents that can be written to files.
const DOCUMENTS: [&str; 5] = ["answer.txt", "answer.json", "answer.csv", "report.html", "rankings.svg"];

fn threshold(text: &str) -> Result<f64, Expected> {
    match text.parse() {
        Ok(p) if (0.5..1.0).contains(&p) && p > 0.5 => Ok(p),
        _ => Err(Expected("a number between 0.5 and 1, such as 0.95")),
    }
}

/// Draws and lays out what is known of full rankings.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let show = Show::Rankings { top: options.top as usize, threshold: options.threshold };
    let request = request(options.source.open()?, &options.sampling, &[], show);
    let prepared = prepare(options.source.edits(request), terminal)?;
    let targets = options.exports.requested_exports(&DOCUMENTS)?;
    let answer = answer(prepared, &options.sampling, false, terminal)?;
    let format = options.json.or(CompareFormat::Json, options.format).into();
    Ok(write_outputs(answer, &targets, (format, View::new(terminal.style())), |answer, _| {
        match &answer.found {
            Found::Rankings(found) => Some(rankings_svg(&answer.scenario, found)),
            _ => None,
        }
    }))
}
