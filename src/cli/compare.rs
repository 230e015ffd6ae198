//! `headstart sweep`, `levers` and `diff`: a scenario against changed ones, on the same draws.

use super::answering::{answer, prepare, request, write_outputs};
use super::exports::{ExportTargets, Exports};
use super::formats::{CompareFormat, Json};
use super::sampling::SamplingOptions;
use super::source::{Named, Reading, Source};
use super::{Answer, Failure, Outcome, files, sweeps, terminal};
use clap::Args;
use headstart::report::{Shard, diff_svg, levers_svg, sweep_svg};
use headstart::request::{self, Found, POINTS_OF_RANGE, Prepared, Show, View};
use std::path::PathBuf;

/// Arguments that all three have.
#[derive(Args)]
struct Asked {
    #[command(flatten)]
    sampling: SamplingOptions,
    /// Limit the report to these claims, by id or as 'a before b' (repeatable)
    #[arg(long, value_name = "CLAIM", help_heading = "Model")]
    claim: Vec<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t = CompareFormat::Text, help_heading = "Output")]
    format: CompareFormat,
    #[command(flatten)]
    json: Json,
    #[command(flatten)]
    exports: Exports,
}

/// Documents that can be written to files, beside the picture of a command.
const DOCUMENTS: [&str; 4] = ["answer.txt", "answer.json", "answer.csv", "report.html"];

/// Arguments of `sweep`.
#[derive(Args)]
pub struct SweepOptions {
    #[command(flatten)]
    named: Option<Named>,
    #[command(flatten)]
    reading: Reading,
    /// What to vary, e.g. 'weight.insight = 0..=5', 'spread.score *= 0.5..=2' or 'residual = [0, 1]'; give one or two
    #[arg(long, required_unless_present = "file", value_name = "EDIT")]
    vary: Vec<String>,
    /// Number of values per range
    #[arg(long, default_value_t = POINTS_OF_RANGE)]
    points: usize,
    /// Also track every pair of areas across two groups
    #[arg(long)]
    pairs: bool,
    /// Run the sweeps in this file instead of a single scenario
    #[arg(long, value_name = "SWEEPS", conflicts_with_all = ["scenario", "vary", "pairs", "edit", "claim"])]
    file: Option<PathBuf>,
    /// Directory for results; finished points found there are reused
    #[arg(long, value_name = "FOLDER", requires = "file")]
    out: Option<PathBuf>,
    /// With --file: make part K of N of the points only, e.g. in a job array; the command without it puts them together
    #[arg(long, value_name = "K/N", value_parser = super::parts::shard, requires = "file")]
    shard: Option<Shard>,
    #[command(flatten)]
    asked: Asked,
}

/// Arguments of `levers`.
#[derive(Args)]
pub struct LeverOptions {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    asked: Asked,
}

/// Arguments of `diff`.
#[derive(Args)]
pub struct DiffOptions {
    #[command(flatten)]
    source: Source,
    /// Scenario to compare with
    other: PathBuf,
    #[command(flatten)]
    asked: Asked,
}

/// Runs a sweep.
pub fn sweep_run(options: &SweepOptions, terminal: &terminal::Options) -> Outcome {
    if let (Some(file), Some(out)) = (&options.file, &options.out) {
        let policy = options.reading.policy()?;
        let from = sweeps::Files { file, policy: &policy, out };
        return sweeps::run(&from, options.shard, &options.asked.sampling, terminal);
    }
    if options.file.is_some() {
        return Err(Failure::Other("--file needs an output directory; add --out DIRECTORY".into()));
    }
    let Some(named) = &options.named else {
        return Err(Failure::Other("name a scenario, or use --file to run a file of sweeps".into()));
    };
    let show = Show::Sweep { vary: options.vary.clone(), points: options.points, pairs: options.pairs };
    let prepared = options.asked.prepare((named, &options.reading), show, terminal)?;
    let targets = options.asked.exports.requested_exports(&documents("sweep.svg"))?;
    let answer = answer(prepared, &options.asked.sampling, true, terminal)?;
    Ok(options.asked.write_outputs(answer, &targets, terminal))
}

/// Pulls every lever of a scenario.
pub fn levers_run(options: &LeverOptions, terminal: &terminal::Options) -> Outcome {
    let source = (&options.source.named, &options.source.reading);
    let prepared = options.asked.prepare(source, Show::Levers, terminal)?;
    let targets = options.asked.exports.requested_exports(&documents("levers.svg"))?;
    let answer = answer(prepared, &options.asked.sampling, false, terminal)?;
    Ok(options.asked.write_outputs(answer, &targets, terminal))
}

/// Compares two scenarios.
pub fn diff_run(options: &DiffOptions, terminal: &terminal::Options) -> Outcome {
    let source = options.source.open()?;
    let (name, scenario) = files::other_scenario(&options.other, &options.source.reading.policy()?)?;
    let other = request::Source::Open { name, scenario: Box::new(scenario) };
    let request = request(source, &options.asked.sampling, &options.asked.claim, Show::Diff { other });
    let prepared = prepare(options.source.edits(request), terminal)?;
    let targets = options.asked.exports.requested_exports(&documents("diff.svg"))?;
    let answer = answer(prepared, &options.asked.sampling, false, terminal)?;
    Ok(options.asked.write_outputs(answer, &targets, terminal))
}

impl Asked {
    fn prepare(
        &self,
        (named, reading): (&Named, &Reading),
        show: Show,
        terminal: &terminal::Options,
    ) -> Result<Prepared, Failure> {
        prepare(named.edits(request(named.open(reading)?, &self.sampling, &self.claim, show)), terminal)
    }

    /// Writes the files that are asked for, and lays out the answer.
    fn write_outputs(
        &self,
        answer: request::Answer,
        targets: &ExportTargets,
        terminal: &terminal::Options,
    ) -> Answer {
        let view = View::new(terminal.style());
        write_outputs(
            answer,
            targets,
            (self.json.or(CompareFormat::Json, self.format).into(), view),
            |answer, _| picture(answer),
        )
    }
}

/// The picture of a comparison; there is none of a part of a sweep.
fn picture(answer: &request::Answer) -> Option<String> {
    let (scenario, run) = (&answer.scenario, answer.run);
    match &answer.found {
        Found::Sweep(swept) if swept.partial.is_none() => {
            Some(sweep_svg(scenario, &swept.points, &swept.varied, run))
        }
        Found::Levers { compared, .. } => Some(levers_svg(scenario, compared, run)),
        Found::Diff(found) => Some(diff_svg(scenario, found, run)),
        _ => None,
    }
}

/// Lists the files that a command can write.
fn documents(picture: &str) -> Vec<&str> {
    DOCUMENTS.into_iter().chain([picture]).collect()
}
