//! `headstart sweep`, `levers` and `diff`: a scenario against changed ones, on the same draws.

use super::draws::Draws;
use super::source::Source;
use super::{Failure, Outcome, files, terminal};
use clap::{Args, ValueEnum};
use headstart::Scenario;
use headstart::analysis::{Compared, Vary, against, points, pulled, sweep};
use headstart::report::{compared_csv, compared_json, compared_text, sweep_text};

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
}

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
    let run = options.asked.draws.run();
    let bar = options.asked.draws.bar(run.instances.saturating_mul(points.len() as u64))?;
    let swept = sweep(&scenario, points, run, &|n| bar.advance(n)).map_err(Failure::Other)?;
    bar.finish();
    let text = |compared: &[Compared]| sweep_text(&scenario, compared, &varied, terminal.style());
    Ok(options.asked.lay_out(&scenario, swept, &varied, text).into())
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
    options.asked.compare(&scenario, changed, "What each lever does", terminal)
}

/// Compares two scenarios.
pub fn diff_run(options: &DiffOptions, terminal: &terminal::Options) -> Outcome {
    let scenario = options.asked.with_claims(options.source.read(terminal)?)?;
    // Edits are made in both, so that only what differs between the files is seen.
    let other = options.source.edited(files::scenario(&options.other)?, terminal)?;
    let what = format!("What {} changes", options.other);
    options.asked.compare(&scenario, vec![(options.other.clone(), other)], &what, terminal)
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
        what: &str,
        terminal: &terminal::Options,
    ) -> Outcome {
        let run = self.draws.run();
        let bar = self.draws.bar(run.instances.saturating_mul(changed.len() as u64))?;
        let compared = against(scenario, changed, run, &|n| bar.advance(n)).map_err(Failure::Other)?;
        bar.finish();
        let text = |compared: &[Compared]| compared_text(scenario, compared, what, terminal.style());
        Ok(self.lay_out(scenario, compared, &[], text).into())
    }

    /// Keeps the claims that are asked for, and lays out the rest of the answer.
    fn lay_out(
        &self,
        scenario: &Scenario,
        mut compared: Vec<Compared>,
        varied: &[String],
        text: impl Fn(&[Compared]) -> String,
    ) -> String {
        if !self.claim.is_empty() {
            for one in &mut compared {
                one.claims.retain(|claim| self.claim.contains(&claim.id));
            }
        }
        match self.format {
            Format::Text => text(&compared),
            Format::Json => compared_json(scenario, self.draws.run(), varied, &compared),
            Format::Csv => compared_csv(&compared),
        }
    }
}
