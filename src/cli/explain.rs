//! `headstart explain`: why one area comes before another, and the smallest change that would turn it.

use super::answering::{answer, prepare, printed, request};
use super::formats::Json;
use super::sampling::SamplingOptions;
use super::source::Source;
use super::{Outcome, terminal};
use clap::{Args, ValueEnum};
use headstart::request::{self, Show};

/// Arguments of `explain`.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    /// First area (id)
    a: String,
    /// Second area (id)
    b: String,
    #[command(flatten)]
    sampling: SamplingOptions,
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Output")]
    format: Format,
    #[command(flatten)]
    json: Json,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// Human-readable report
    Text,
    /// For programs: everything
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

/// Explains the order of two areas.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let show = Show::Explain { a: options.a.clone(), b: options.b.clone() };
    let request = request(options.source.open()?, &options.sampling, &[], show);
    let prepared = prepare(options.source.edits(request), terminal)?;
    let answer = answer(prepared, &options.sampling, false, terminal)?;
    Ok(printed(answer, options.json.or(Format::Json, options.format).into(), terminal))
}
