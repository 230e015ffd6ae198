//! `headstart run`: the main job.

use super::draws::Draws;
use super::how::How;
use super::source::Source;
use super::{Answer, Failure, Outcome, files, terminal};
use clap::{Args, ValueEnum};
use headstart::Scenario;
use headstart::analysis::{Summary, Verdict};
use headstart::report::{Style, csv, json, markdown, run_text};
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
    /// Write the result to a file as well, in the format of its ending: txt, json, csv or md; may be repeated
    #[arg(long, value_name = "FILE", value_parser = export)]
    export: Vec<Export>,
    /// Another claim, e.g. 'ai_control before post_training' or 'Before(Nth(2, "safety"), First("capabilities"))'; may be
    /// repeated
    #[arg(long, value_name = "CLAIM")]
    claim: Vec<String>,
    /// Show all areas by all, not the first group by the second
    #[arg(long)]
    all_pairs: bool,
    #[command(flatten)]
    how: How,
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
}

impl Format {
    fn write(self, scenario: &Scenario, summary: &Summary, all_pairs: bool, style: Style) -> String {
        match self {
            Self::Text => run_text(scenario, summary, all_pairs, style),
            Self::Json => json(scenario, summary),
            Self::Csv => csv(scenario, summary),
            Self::Md => markdown(scenario, summary),
        }
    }
}

/// A file to be written, and in which format.
#[derive(Clone, Debug)]
struct Export {
    path: PathBuf,
    format: Format,
}

fn export(text: &str) -> Result<Export, String> {
    let path = PathBuf::from(text);
    let format = match path.extension().and_then(|ending| ending.to_str()) {
        Some("txt") => Format::Text,
        Some("json") => Format::Json,
        Some("csv") => Format::Csv,
        Some("md") => Format::Md,
        _ => return Err("expected a file that ends in .txt, .json, .csv or .md".into()),
    };
    Ok(Export { path, format })
}

/// Runs the scenario and lays out the answer.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let mut scenario = options.source.read(terminal)?;
    for claim in &options.claim {
        let refuse = |why: String| Failure::Other(format!("the claim `{claim}` cannot be read: {why}"));
        scenario = scenario.with_claim(claim).map_err(refuse)?;
    }
    let summary = options.how.summarize(&scenario, &options.draws, terminal)?;
    let plain = Style { width: terminal::WIDTH, colour: false };
    for Export { path, format } in &options.export {
        files::write(path, &format.write(&scenario, &summary, options.all_pairs, plain))?;
    }
    let text = options.format.write(&scenario, &summary, options.all_pairs, terminal.style());
    let fails = summary.asserts.iter().any(|assert| assert.verdict == Verdict::Fails);
    let apart = summary.cross_check.is_some_and(|check| check.fails());
    let vague = summary.precision.is_some_and(|precision| !precision.is_reached());
    Ok(Answer { text, finding: fails || apart || vague })
}
