//! `headstart sensitivity`: what drives a claim, and what would flip it.

use super::answering::{answer, prepare, request, write_outputs};
use super::exports::Exports;
use super::formats::Json;
use super::sampling::SamplingOptions;
use super::source::Source;
use super::{Failure, Outcome, terminal};
use clap::{Args, ValueEnum};
use headstart::report::{Section, SectionError, Sections, Tornado, tornado_svg};
use headstart::request::{self, About, Found, Show, View};

/// Arguments of `sensitivity`.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    sampling: SamplingOptions,
    /// Analyse this pair of areas (two ids)
    #[arg(long, num_args = 2, value_names = ["A", "B"], conflicts_with = "all_pairs")]
    pair: Vec<String>,
    /// Analyse a claim: an id, 'a before b', or scenario-file syntax
    #[arg(long, value_name = "CLAIM", conflicts_with_all = ["pair", "all_pairs"])]
    claim: Option<String>,
    /// Analyse every pair of areas (uses the first eighth of the draws, at most 125,000)
    #[arg(long)]
    all_pairs: bool,
    /// Show which weights favour each area (central weights, confidence factors)
    #[arg(long, conflicts_with_all = ["pair", "claim", "all_pairs"])]
    central_weights: bool,
    /// Number of inputs to show; JSON and CSV list all
    #[arg(long, default_value_t = 12)]
    top: usize,
    #[arg(long, value_name = "SECTIONS", default_value = "answer", value_parser = sections, help_heading = "Output",
        help = Section::help(&Section::OF_SENSITIVITY), long_help = Section::long_help(&Section::OF_SENSITIVITY))]
    show: Sections,
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Output")]
    format: Format,
    #[command(flatten)]
    json: Json,
    #[command(flatten)]
    exports: Exports,
}

/// Documents that can be written to files.
const DOCUMENTS: [&str; 5] = ["answer.txt", "answer.json", "answer.csv", "report.html", "tornado.svg"];

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// Human-readable report
    Text,
    /// For programs: everything
    Json,
    /// CSV, one row per input and claim
    Csv,
    /// Self-contained HTML page with charts; it embeds the scenario, so every command accepts it
    Html,
}

fn sections(text: &str) -> Result<Sections, SectionError> {
    Sections::parse(text, &Section::OF_SENSITIVITY)
}

impl From<Format> for request::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::Json => Self::Json,
            Format::Csv => Self::Csv,
            Format::Html => Self::Html,
        }
    }
}

/// Runs the scenario and lays out what drives its claims.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let source = options.source.open()?;
    let request = request(source, &options.sampling, &[], options.show()?);
    let prepared = prepare(options.source.edits(request), terminal)?;
    if options.central_weights && options.format == Format::Html {
        return Err(Failure::Other("--central-weights has no page; use --format text, json or csv".into()));
    }
    let documents = match prepared.n_claims() {
        _ if options.central_weights => &DOCUMENTS[..3],
        // A picture is of one claim.
        1 => &DOCUMENTS[..],
        _ => &DOCUMENTS[..4],
    };
    let targets = options.exports.requested_exports(documents)?;
    let answer = answer(prepared, &options.sampling, false, terminal)?;
    let mut view = View::new(terminal.style());
    view.sections = options.sections();
    Ok(write_outputs(
        answer,
        &targets,
        (options.json.or(Format::Json, options.format).into(), view),
        |answer, _| match &answer.found {
            Found::Sensitivity(found) => {
                let found = found.first()?;
                Some(tornado_svg(&answer.scenario, &Tornado::of(&answer.scenario, found), answer.run))
            }
            _ => None,
        },
    ))
}

impl Options {
    /// Returns the sections that are shown; commands to type next follow them on a terminal.
    fn sections(&self) -> Sections {
        let is_new = self.show.has(Section::Answer) && !self.show.is_all();
        let next =
            (is_new && terminal::is_terminal() && !self.sampling.quiet()).then(|| self.source.retyped());
        self.show.clone().with_top(self.top).with_next(next.flatten())
    }

    /// Returns the question that is asked.
    fn show(&self) -> Result<Show, Failure> {
        let about = match (&self.pair[..], &self.claim) {
            _ if self.central_weights => return Ok(Show::CentralWeights),
            _ if self.all_pairs => About::AllPairs,
            ([one, other], _) => About::Claim(format!("{one} before {other}")),
            (_, Some(claim)) => About::Claim(claim.clone()),
            _ => {
                return Err(Failure::Other(
                    "choose what to analyse: --pair A B, --claim CLAIM, --all-pairs or --central-weights"
                        .into(),
                ));
            }
        };
        Ok(Show::Sensitivity(about))
    }
}
