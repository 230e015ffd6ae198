//! `headstart sweep`, `levers` and `diff`: a scenario against changed ones, on the same draws.

use super::draws::Draws;
use super::exports::Exports;
use super::source::Source;
use super::{Failure, Outcome, files, terminal};
use clap::{Args, ValueEnum};
use headstart::Scenario;
use headstart::analysis::{Compared, Vary, against, points, pulled, sweep};
use headstart::report::{
    Style, compared_csv, compared_json, compared_text, levers_svg, sweep_svg, sweep_text,
};

/// Arguments that all three have.
#[derive(Args)]
struct Asked {
    #[command(flatten)]
    draws: Draws,
    /// Only these claims, by id or in words such as 'ai_control before pre_training'; may be repeated
    #[arg(long, value_name = "CLAIM")]
    claim: Vec<String>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    exports: Exports,
}

/// What can be written to files, beside the picture of a command.
const DOCUMENTS: [&str; 3] = ["answer.txt", "answer.json", "answer.csv"];
/// Plain text, for files.
const PLAIN: Style = Style::plain(terminal::WIDTH);

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// One claim of one changed scenario a line
    Csv,
}

/// Arguments of `sweep`.
#[derive(Args)]
pub struct SweepOptions {
    #[command(flatten)]
    source: Source,
    /// What is varied: 'weight.insight = 0..=5', '*= 0.5..=2' or a list '= [1, 2, 4]'; one or two of them
    #[arg(long, required = true, value_name = "EDIT")]
    vary: Vec<String>,
    /// How many values a range takes
    #[arg(long, default_value_t = 11)]
    points: usize,
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
    /// The scenario that it is compared with
    other: String,
    #[command(flatten)]
    asked: Asked,
}

/// Runs a sweep.
pub fn sweep_run(options: &SweepOptions, terminal: &terminal::Options) -> Outcome {
    let scenario = options.asked.with_claims(options.source.read(terminal)?)?;
    if options.vary.len() > 2 {
        return Err(Failure::Other("at most two numbers are varied at once".into()));
    }
    let vary: Vec<Vary> = options
        .vary
        .iter()
        .map(|text| Vary::new(text, options.points))
        .collect::<Result<_, _>>()
        .map_err(Failure::Other)?;
    let varied: Vec<String> = vary.iter().map(|vary| vary.edit.clone()).collect();
    let points = points(&scenario, &vary).map_err(Failure::Other)?;
    options.asked.exports.chosen(&documents("sweep.svg"))?;
    let run = options.asked.draws.run();
    let bar = options.asked.draws.bar(run.instances.saturating_mul(points.len() as u64))?;
    let swept = sweep(&scenario, points, run, &|n| bar.advance(n)).map_err(Failure::Other)?;
    bar.finish();
    let text = |compared: &[Compared], style| sweep_text(&scenario, compared, &varied, style);
    let draw = |compared: &[Compared]| sweep_svg(&scenario, compared, &varied, run);
    Ok(options
        .asked
        .lay_out(&scenario, swept, &varied, (text, terminal.style()), ("sweep.svg", draw))?
        .into())
}

/// Pulls every lever of a scenario.
pub fn levers_run(options: &LeverOptions, terminal: &terminal::Options) -> Outcome {
    let scenario = options.asked.with_claims(options.source.read(terminal)?)?;
    if scenario.levers().is_empty() {
        let message = format!(
            "{} has no levers; add levers: [(id: \"…\", name: \"…\", edits: [\"score.… += 1\"])]",
            options.source.scenario
        );
        return Err(Failure::Other(message));
    }
    let changed = pulled(&scenario).map_err(Failure::Other)?;
    options.asked.compare(&scenario, changed, ("What each lever does", "levers.svg"), terminal)
}

/// Compares two scenarios.
pub fn diff_run(options: &DiffOptions, terminal: &terminal::Options) -> Outcome {
    let scenario = options.asked.with_claims(options.source.read(terminal)?)?;
    // Edits are made in both, so that only what differs between the files is seen.
    let other = options.source.edited(files::scenario(&options.other)?, terminal)?;
    let what = format!("What {} changes", options.other);
    options.asked.compare(&scenario, vec![(options.other.clone(), other)], (&what, "diff.svg"), terminal)
}

impl Asked {
    /// The scenario with the claims that are asked for in words.
    fn with_claims(&self, scenario: Scenario) -> Result<Scenario, Failure> {
        let add = |scenario: Scenario, claim: &String| scenario.with_claim(claim);
        self.claim.iter().try_fold(scenario, add).map_err(Failure::Other)
    }

    fn compare(
        &self,
        scenario: &Scenario,
        changed: Vec<(String, Scenario)>,
        (what, picture): (&str, &str),
        terminal: &terminal::Options,
    ) -> Outcome {
        let run = self.draws.run();
        self.exports.chosen(&documents(picture))?;
        let bar = self.draws.bar(run.instances.saturating_mul(changed.len() as u64))?;
        let compared = against(scenario, changed, run, &|n| bar.advance(n)).map_err(Failure::Other)?;
        bar.finish();
        let text = |compared: &[Compared], style| compared_text(scenario, compared, what, style);
        let draw = |compared: &[Compared]| levers_svg(scenario, compared, run);
        Ok(self.lay_out(scenario, compared, &[], (text, terminal.style()), (picture, draw))?.into())
    }

    /// Keeps the claims that are asked for, lays out the rest of the answer, and writes the files.
    fn lay_out(
        &self,
        scenario: &Scenario,
        mut compared: Vec<Compared>,
        varied: &[String],
        (text, style): (impl Fn(&[Compared], Style) -> String, Style),
        (picture, draw): (&str, impl Fn(&[Compared]) -> String),
    ) -> Result<String, Failure> {
        if !self.claim.is_empty() {
            for one in &mut compared {
                one.claims.retain(|claim| self.claim.contains(&claim.id));
            }
        }
        let write = |format: Format, style: Style| match format {
            Format::Text => text(&compared, style),
            Format::Json => compared_json(scenario, self.draws.run(), varied, &compared),
            Format::Csv => compared_csv(&compared),
        };
        for (path, document) in self.exports.chosen(&documents(picture))? {
            let content = match document {
                "answer.txt" => write(Format::Text, PLAIN),
                "answer.json" => write(Format::Json, PLAIN),
                "answer.csv" => write(Format::Csv, PLAIN),
                _ => draw(&compared),
            };
            files::write(&path, &content)?;
        }
        Ok(write(self.format, style))
    }
}

/// What a command can write to files.
fn documents(picture: &str) -> Vec<&str> {
    DOCUMENTS.into_iter().chain([picture]).collect()
}
