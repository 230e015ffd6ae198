//! `headstart run`: the main job.

use super::answering::{answer_under, deliver, prepare, request};
use super::exports::{Chosen, Exports};
#[cfg(feature = "parquet")]
use super::files;
use super::formats::Json;
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
use headstart::report::{Section, SectionError, Sections, matrix_svg, ranks_svg, scores_svg, worlds_svg};
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
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Output")]
    format: Format,
    #[command(flatten)]
    json: Json,
    #[command(flatten)]
    exports: Exports,
    /// Write every draw, with its inputs and overall scores, to a Parquet file
    #[cfg(feature = "parquet")]
    #[arg(long, value_name = "FILE.parquet", help_heading = "Output")]
    samples: Option<PathBuf>,
    /// Add a claim, e.g. 'ai_control before post_training' (repeatable)
    #[arg(long, value_name = "CLAIM", help_heading = "Model")]
    claim: Vec<String>,
    /// Show every pair of areas, not only pairs across the two groups
    #[arg(long, help_heading = "Output")]
    all_pairs: bool,
    #[arg(long, value_name = "SECTIONS", default_value = "answer", value_parser = sections, help_heading = "Output",
        help = Section::help(&Section::OF_RUN), long_help = Section::long_help(&Section::OF_RUN))]
    show: Sections,
    #[command(flatten)]
    how: How,
    /// Save progress to FILE and resume from it; a checkpoint of a different run is rejected
    #[arg(long, value_name = "FILE", help_heading = "Sampling", conflicts_with_all = ["precision", "cross_check"])]
    checkpoint: Option<PathBuf>,
}

fn sections(text: &str) -> Result<Sections, SectionError> {
    Sections::parse(text, &Section::OF_RUN)
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Human-readable report
    Text,
    /// JSON with every result, overall and per world
    Json,
    /// CSV in long form: one estimate and its standard error per row
    Csv,
    /// Markdown for a blog post or an issue
    Md,
    /// Self-contained HTML page with charts; it embeds the scenario, so `headstart run` accepts it
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
    let mut view = View::new(terminal.style());
    view.sections = options.sections();
    let mut answer = deliver(
        found,
        &wanted,
        (options.json.or(Format::Json, options.format).into(), view),
        |answer, document| picture(answer, document, options.all_pairs),
    );
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

/// Returns the end of a run: an assertion or a precision that was asked for may fail.
fn end(answer: &request::Answer) -> End {
    let Found::Run(summary) = &answer.found else { return End::Fine };
    let fails = summary.asserts.iter().any(|assert| assert.verdict == Verdict::Fails);
    let apart = summary.cross_check.as_ref().is_some_and(CrossCheck::is_inconsistent);
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
    /// Returns the sections that are shown; commands to type next follow them on a terminal.
    fn sections(&self) -> Sections {
        let is_new = self.show.has(Section::Answer) && !self.show.is_all();
        let next =
            (is_new && terminal::is_terminal() && !self.sampling.quiet()).then(|| self.source.retyped());
        self.show.clone().with_all_pairs(self.all_pairs).with_next(next.flatten())
    }

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
        files::write_with(path, |file| Ok(write_samples(scenario, run, file, control)?))?;
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
