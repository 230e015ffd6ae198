//! `headstart run`: the main job.

use super::answering::{answer_under, deliver, prepare, request};
use super::exports::{Chosen, Exports};
#[cfg(feature = "parquet")]
use super::files;
use super::how::How;
use super::keeping::Keeping;
use super::sampling::SamplingOptions;
use super::source::Source;
use super::{Answer, End, Failure, Outcome, interrupt, terminal};
use clap::{Args, ValueEnum};
use headstart::analysis::{CrossCheck, Verdict};
#[cfg(feature = "parquet")]
use headstart::model::LaidOut;
#[cfg(feature = "parquet")]
use headstart::report::write_samples;
use headstart::report::{matrix_svg, ranks_svg, scores_svg, worlds_svg};
use headstart::request::{self, Found, Prepared, Show, View};
use headstart::{Control, Scenario};
#[cfg(feature = "parquet")]
use std::path::Path;
use std::path::PathBuf;

/// Arguments of `run`.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    sampling: SamplingOptions,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    exports: Exports,
    /// Write every drawn draw, its inputs and overall scores, into a Parquet file
    #[cfg(feature = "parquet")]
    #[arg(long, value_name = "FILE.parquet")]
    samples: Option<PathBuf>,
    /// Another claim, e.g. 'ai_control before post_training' or 'Before(Nth(2, "safety"), First("capabilities"))'; may be
    /// repeated
    #[arg(long, value_name = "CLAIM")]
    claim: Vec<String>,
    /// Show all areas by all, not the first group by the second
    #[arg(long)]
    all_pairs: bool,
    #[command(flatten)]
    how: How,
    /// Keep what is drawn in this file, again and again, and go on from what it holds; it is refused if that is of another run
    #[arg(long, value_name = "FILE", conflicts_with_all = ["precision", "cross_check"])]
    checkpoint: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: everything, by world as well
    Json,
    /// For tools that filter and plot: one number with its error a line
    Csv,
    /// For a post
    Md,
    /// For a reader: one page with pictures, and the scenario in it, so that it can be run again
    Html,
}

/// Documents that can be written to files.
const DOCUMENTS: [&str; 9] = [
    "answer.txt",
    "answer.json",
    "answer.csv",
    "answer.md",
    "report.html",
    "matrix.svg",
    "ranks.svg",
    "scores.svg",
    "worlds.svg",
];

impl From<Format> for request::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::Json => Self::Json,
            Format::Csv => Self::Csv,
            Format::Md => Self::Markdown,
            Format::Html => Self::Html,
        }
    }
}

/// Runs the scenario and lays out the answer.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let page = matches!(options.format, Format::Html) || options.exports.asks_for("report.html");
    let show = Show::Run(options.how.asked(page));
    let request = request(options.source.open()?, &options.sampling, &options.claim, show);
    let prepared = prepare(options.source.edits(request), terminal)?;
    let wanted = wanted(options, prepared.scenario())?;
    #[cfg(feature = "parquet")]
    options.samples.iter().try_for_each(|path| could_hold_samples(path))?;
    let mut keeping = options.keeping(&prepared)?;
    let control = Control { stop: Some(interrupt::hear()), ..Control::none() };
    let found = match &mut keeping {
        Some(keeping) => {
            let (scenario, run) = (prepared.scenario().clone(), prepared.run());
            let job = |control: Control<'_, _>| answer_under(prepared, &options.sampling, control, terminal);
            keeping.over(&scenario, run, control, job)?
        }
        None => answer_under(prepared, &options.sampling, control.anew(), terminal)?,
    };
    let mut failures: Vec<Failure> = keeping.and_then(|keeping| keeping.trouble).into_iter().collect();
    #[cfg(feature = "parquet")]
    if let Some(path) = &options.samples {
        failures.extend(options.write_samples(path, &found.scenario).err());
    }
    let end = end(&found);
    let view = View { style: terminal.style(), all_pairs: options.all_pairs, top: 0 };
    let mut answer = deliver(found, &wanted, (options.format.into(), view), |answer, document| {
        picture(answer, document, options.all_pairs)
    });
    failures.append(&mut answer.failures);
    Ok(Answer { end, failures, ..answer })
}

/// A picture of a run.
fn picture(answer: &request::Answer, document: &str, all_pairs: bool) -> Option<String> {
    let (scenario, Found::Run(summary)) = (&answer.scenario, &answer.found) else { return None };
    Some(match document {
        "matrix.svg" => matrix_svg(scenario, summary, all_pairs),
        "ranks.svg" => ranks_svg(scenario, summary),
        "scores.svg" => scores_svg(scenario, summary),
        _ => worlds_svg(scenario, summary).unwrap_or_default(),
    })
}

/// How a run ends: what was asked to hold may fail.
fn end(answer: &request::Answer) -> End {
    let Found::Run(summary) = &answer.found else { return End::Fine };
    let fails = summary.asserts.iter().any(|assert| assert.verdict == Verdict::Fails);
    let apart = summary.cross_check.as_ref().is_some_and(CrossCheck::fails);
    let vague = summary.precision.as_ref().is_some_and(|precision| !precision.is_reached());
    if answer.is_stopped() {
        End::Interrupted
    } else if fails || apart || vague {
        End::Finding
    } else {
        End::Fine
    }
}

impl Options {
    /// Returns the file that the run is kept in, if one is asked for.
    fn keeping(&self, prepared: &Prepared) -> Result<Option<Keeping>, Failure> {
        let Some(path) = &self.checkpoint else { return Ok(None) };
        if !self.how.samples() {
            return Err(Failure::Other("--checkpoint keeps what is sampled; leave out --method".into()));
        }
        Keeping::begin(path, prepared.scenario(), prepared.run()).map(Some)
    }
}

/// Finds out whether a file can be written that bears the name of what goes into it, so that no scenario is overwritten by a slip.
#[cfg(feature = "parquet")]
fn could_hold_samples(path: &Path) -> Result<(), Failure> {
    if path.extension().is_some_and(|ending| ending == "parquet") {
        return files::could_write(path);
    }
    Err(Failure::Other(format!("cannot write {}: expected a file that ends in .parquet", path.display())))
}

#[cfg(feature = "parquet")]
impl Options {
    /// Draws the draws once more and writes each into a file.
    fn write_samples(&self, path: &Path, scenario: &LaidOut) -> Result<(), Failure> {
        let run = self.sampling.run();
        let bar = self.sampling.bar(run.draws)?;
        let advance = |n| bar.advance(n);
        let control = Control { stop: Some(interrupt::hear()), progress: Some(&advance), resume: None };
        files::write_with(path, |file| {
            write_samples(scenario, run, file, control).map_err(|error| error.to_string())
        })?;
        bar.finish();
        Ok(())
    }
}

/// The files that are asked for and that the scenario has something for.
fn wanted<'a>(options: &Options, scenario: &Scenario) -> Result<Chosen<'a>, Failure> {
    let has_worlds = !scenario.worlds().is_empty();
    let documents: Vec<&str> =
        DOCUMENTS.into_iter().filter(|document| has_worlds || *document != "worlds.svg").collect();
    options.exports.chosen(&documents)
}
