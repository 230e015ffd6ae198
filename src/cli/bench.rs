//! `headstart bench`: how fast this machine draws a scenario.

use super::answering::{answer, prepare, request, written};
use super::formats::Json;
use super::sampling::SamplingOptions;
use super::source::Reading;
use super::{Outcome, files, terminal};
use clap::{Args, ValueEnum};
use headstart::request::{self, Show, Source, View};
use std::path::PathBuf;

/// Arguments of `bench`.
#[derive(Args)]
pub struct Options {
    /// Scenario file (`-` reads stdin) [default: the bundled ten-area model]
    scenario: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    sampling: SamplingOptions,
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Output")]
    format: Format,
    #[command(flatten)]
    json: Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Human-readable report
    Text,
    /// For programs
    Json,
}

const SHIPPED: &str = include_str!("../../scenarios/takeoff.ron");

impl From<Format> for request::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::Json => Self::Json,
        }
    }
}

/// Measures.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let source = match &options.scenario {
        Some(path) => Source::Open {
            name: path.to_string_lossy().into_owned(),
            scenario: Box::new(files::scenario(path, &options.reading.policy()?)?),
        },
        None => Source::Text { name: "takeoff.ron".into(), text: SHIPPED.into() },
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let on_threads: Vec<usize> = match options.sampling.run().threads {
        Some(n) => vec![n],
        // Doubling up to all processors.
        None => (0..16).map(|n| 1 << n).filter(|&n| n < cores).chain([cores]).collect(),
    };
    let request = request(source, &options.sampling, &[], Show::Throughput { on_threads });
    let answer = answer(prepare(request, terminal)?, &options.sampling, false, terminal)?;
    Ok(written(answer, options.json.or(Format::Json, options.format).into(), View::new(terminal.style())))
}
