//! The answer of a run as it is shown: formats, sections, and files beside what is printed.

use super::answering::write_outputs;
use super::exports::{ExportTargets, Exports};
use super::formats::Json;
use super::{Answer, ExitStatus, Failure, terminal};
use clap::{Args, ValueEnum};
use headstart::Scenario;
use headstart::analysis::{CrossCheck, Verdict};
use headstart::report::{Section, SectionError, Sections, matrix_svg, ranks_svg, scores_svg, worlds_svg};
use headstart::request::{self, Found, View};

/// Arguments on how the answer of a run is shown.
#[derive(Args)]
#[command(next_help_heading = "Output")]
pub struct Shown {
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    json: Json,
    #[command(flatten)]
    exports: Exports,
    /// Show every pair of areas, not only pairs across the two groups
    #[arg(long)]
    all_pairs: bool,
    #[arg(long, value_name = "SECTIONS", default_value = "answer", value_parser = sections,
        help = Section::help(&Section::OF_RUN), long_help = Section::long_help(&Section::OF_RUN))]
    show: Sections,
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

impl Shown {
    /// Returns true if the answer is printed or written as a page.
    pub fn has_page(&self) -> bool {
        matches!(self.format, Format::Html) || self.exports.asks_for("report.html")
    }

    /// Returns the files that are asked for and that the scenario has something for; worlds that it has not are refused.
    pub fn requested_exports<'a>(&self, scenario: &Scenario) -> Result<ExportTargets<'a>, Failure> {
        self.show.check(scenario).map_err(Failure::other)?;
        let has_worlds = !scenario.worlds().is_empty();
        let documents: Vec<&str> =
            DOCUMENTS.into_iter().filter(|document| has_worlds || *document != "worlds.svg").collect();
        self.exports.requested_exports(&documents)
    }

    /// Lays out the answer of a run; commands to type next, about this source, follow it on a terminal.
    pub fn write_outputs(
        &self,
        answer: request::Answer,
        targets: &ExportTargets,
        next: Option<String>,
        terminal: &terminal::Options,
    ) -> Answer {
        let end = end(&answer);
        let mut view = View::new(terminal.style());
        view.sections = self.sections(next);
        let format = (self.json.or(Format::Json, self.format).into(), view);
        let delivered = write_outputs(answer, targets, format, |answer, document| {
            picture(answer, document, self.all_pairs)
        });
        Answer { end, ..delivered }
    }

    fn sections(&self, next: Option<String>) -> Sections {
        let is_new = self.show.has(Section::Answer) && !self.show.is_all();
        let next = if is_new && terminal::is_terminal() { next } else { None };
        self.show.clone().with_all_pairs(self.all_pairs).with_next(next)
    }
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
fn end(answer: &request::Answer) -> ExitStatus {
    let Found::Run(summary) = &answer.found else { return ExitStatus::Fine };
    let fails = summary.asserts.iter().any(|assert| assert.verdict == Verdict::Fails);
    let apart = summary.cross_check.as_ref().is_some_and(CrossCheck::is_inconsistent);
    let vague = summary.precision.as_ref().is_some_and(|precision| !precision.is_reached());
    if answer.is_stopped() {
        ExitStatus::Interrupted
    } else if fails || apart || vague {
        ExitStatus::Finding
    } else {
        ExitStatus::Fine
    }
}
