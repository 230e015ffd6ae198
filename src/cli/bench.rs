//! `headstart bench`: how fast this machine draws a scenario.

use super::formats::Json;
use super::sampling::{SamplingOptions, Steps};
use super::{Failure, Outcome, files, terminal};
use clap::{Args, ValueEnum};
use headstart::analysis::{n_steps, throughput};
use headstart::report::{throughput_json, throughput_text};
use headstart::{Control, Scenario};

/// Arguments of `bench`.
#[derive(Args)]
pub struct Options {
    /// Scenario file (`-` reads stdin) [default: the bundled ten-area model]
    scenario: Option<String>,
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

/// Measures.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let scenario = match &options.scenario {
        Some(path) => files::scenario(path)?,
        None => Scenario::from_ron("takeoff.ron", SHIPPED).map_err(Failure::Scenario)?,
    };
    let run = options.sampling.run_of(&scenario)?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads: Vec<usize> = match run.threads {
        Some(n) => vec![n],
        // Doubling up to all processors.
        None => (0..16).map(|n| 1 << n).filter(|&n| n < cores).chain([cores]).collect(),
    };
    let steps = Steps::new(n_steps(threads.len()), options.sampling.quiet());
    let advance = |n| steps.advance(n);
    let control = Control { progress: Some(&advance), ..Control::none() };
    let measured = throughput(&scenario, run, &threads, control)?;
    steps.finish();
    Ok(match options.json.or(Format::Json, options.format) {
        Format::Text => throughput_text(&scenario, &measured, terminal.style()),
        Format::Json => throughput_json(&scenario, &measured),
    }
    .into())
}
