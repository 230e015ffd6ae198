//! `headstart run`: the main job.

use super::draws::Draws;
use super::exports::{Chosen, Exports};
use super::how::How;
use super::keeping::Keeping;
use super::source::Source;
use super::{Answer, End, Failure, Outcome, terminal};
#[cfg(feature = "parquet")]
use super::{files, interrupt};
use clap::{Args, ValueEnum};
use headstart::analysis::{Depth, Summary, Verdict, against, pulled, sensitivity};
#[cfg(feature = "parquet")]
use headstart::report::write_samples;
use headstart::report::{
    Beside, Made, Style, Tornado, amenability_svg, closest_pair, csv, html, json, markdown, matrix_svg,
    ranks_svg, run_text, worlds_svg,
};
use headstart::sampler::Run;
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
    draws: Draws,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    exports: Exports,
    /// Write every drawn instance, its inputs and amenabilities, into a Parquet file
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
    "amenability.svg",
    "worlds.svg",
];

/// Runs the scenario and lays out the answer.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let mut scenario = options.source.read(terminal)?;
    for claim in &options.claim {
        let refuse = |why| Failure::Other(format!("the claim `{claim}` cannot be read: {why}"));
        scenario = scenario.with_claim(claim).map_err(refuse)?;
    }
    let wanted = wanted(options, &scenario)?;
    #[cfg(feature = "parquet")]
    options.samples.iter().try_for_each(|path| could_hold_samples(path))?;
    let mut keeping = options.keeping(&scenario)?;
    let summary = options.how.summarize(&scenario, &options.draws, keeping.as_mut(), terminal)?;
    let mut failures: Vec<Failure> = keeping.and_then(|keeping| keeping.trouble).into_iter().collect();
    #[cfg(feature = "parquet")]
    if let Some(path) = &options.samples {
        failures.extend(options.write_samples(path, &scenario).err());
    }
    let plain = Style::plain(terminal::WIDTH);
    let made = options.how.made(Made::new("run", &scenario), &options.draws, &summary);
    let answer = Answered { scenario: &scenario, summary: &summary, all_pairs: options.all_pairs, made };
    failures.extend(wanted.write(|document| {
        Some(match document {
            "answer.txt" => answer.write(Format::Text, plain),
            "answer.json" => answer.write(Format::Json, plain),
            "answer.csv" => answer.write(Format::Csv, plain),
            "answer.md" => answer.write(Format::Md, plain),
            "report.html" => answer.write(Format::Html, plain),
            "matrix.svg" => matrix_svg(&scenario, &summary, options.all_pairs),
            "ranks.svg" => ranks_svg(&scenario, &summary),
            "amenability.svg" => amenability_svg(&scenario, &summary),
            _ => worlds_svg(&scenario, &summary).unwrap_or_default(),
        })
    }));
    let text = answer.write(options.format, terminal.style());
    let fails = summary.asserts.iter().any(|assert| assert.verdict == Verdict::Fails);
    let apart = summary.cross_check.is_some_and(|check| check.fails());
    let vague = summary.precision.is_some_and(|precision| !precision.is_reached());
    let end = match summary.partial {
        Some(_) => End::Interrupted,
        None if fails || apart || vague => End::Finding,
        None => End::Fine,
    };
    Ok(Answer { end, failures, ..text.into() })
}

impl Options {
    /// The file that the run is kept in, if one is asked for.
    fn keeping(&self, scenario: &Scenario) -> Result<Option<Keeping>, Failure> {
        let Some(path) = &self.checkpoint else { return Ok(None) };
        if !self.how.samples() {
            return Err(Failure::Other("--checkpoint keeps what is sampled; leave out --method".into()));
        }
        Keeping::begin(path, scenario, self.draws.run_of(scenario)?).map(Some)
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
    /// Draws the instances once more and writes each into a file.
    fn write_samples(&self, path: &Path, scenario: &Scenario) -> Result<(), Failure> {
        let run = self.draws.run();
        let bar = self.draws.bar(run.instances)?;
        let advance = |n| bar.advance(n);
        let control = Control { stop: Some(interrupt::hear()), progress: Some(&advance), resume: None };
        files::write_with(path, |file| {
            write_samples(scenario, run, file, control).map_err(|error| error.to_string())
        })?;
        bar.finish();
        Ok(())
    }
}

/// An answer to be laid out.
struct Answered<'a> {
    scenario: &'a Scenario,
    summary: &'a Summary,
    all_pairs: bool,
    made: Made,
}

/// Levers of a page are pulled on no more instances than these, to keep it as quick as the run itself.
const LEVER_INSTANCES: u64 = 100_000;

impl Answered<'_> {
    fn write(&self, format: Format, style: Style) -> String {
        let Self { scenario, summary, all_pairs, .. } = *self;
        match format {
            Format::Text => run_text(scenario, summary, all_pairs, style),
            Format::Json => self.made.clone().stamp_json(&json(scenario, summary)),
            Format::Csv => csv(scenario, summary),
            Format::Md => markdown(scenario, summary),
            Format::Html => self.made.clone().stamp_page(&html(scenario, summary, &self.beside())),
        }
    }

    /// Returns what a page shows beside the answer. Levers that change the claims themselves, as one that moves an area to another group
    /// does, cannot be compared and are left out.
    fn beside(&self) -> Beside {
        let run = Run { instances: self.summary.run.instances.min(LEVER_INSTANCES), ..self.summary.run };
        let changed = pulled(self.scenario).unwrap_or_default();
        let compared = against(self.scenario, changed, run, Control::none()).unwrap_or_default();
        let levers = (!compared.is_empty()).then_some((compared, run));
        Beside { levers, tornadoes: self.tornado(run).map(|tornado| (tornado, run)).into_iter().collect() }
    }

    /// Returns what drives the closest call.
    fn tornado(&self, run: Run) -> Option<Tornado> {
        let areas = self.scenario.areas();
        let (i, j) = closest_pair(self.scenario, &self.summary.order)?;
        let claim = self.scenario.proposition(&format!("{} before {}", areas[i].id, areas[j].id)).ok()?;
        let found = sensitivity(self.scenario, &[claim], run, Depth::Full, Control::none()).ok()?.pop()?;
        let tornado = Tornado::of(self.scenario, &found);
        (!tornado.bars.is_empty()).then_some(tornado)
    }
}

/// The files that are asked for and that the scenario has something for.
fn wanted<'a>(options: &Options, scenario: &Scenario) -> Result<Chosen<'a>, Failure> {
    let has_worlds = !scenario.worlds().is_empty();
    let documents: Vec<&str> =
        DOCUMENTS.into_iter().filter(|document| has_worlds || *document != "worlds.svg").collect();
    options.exports.chosen(&documents)
}
