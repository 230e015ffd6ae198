//! `headstart check`: all that is wrong with a scenario.

use super::formats::Json;
use super::source::Source;
use super::{Answer, End, Failure, Outcome, terminal};
use clap::{Args, ValueEnum};
use headstart::analysis::claim_lints;
use headstart::model::Model;
use headstart::report::{checked_json, problems_json};
use headstart::scenario::Lint;

/// Arguments of `check`.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    /// Exit with code 1 if there are warnings
    #[arg(long, value_enum)]
    deny: Option<Deny>,
    /// Print text for people, or JSON for programs: every problem and warning, with its place
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Output")]
    format: Format,
    #[command(flatten)]
    json: Json,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// Problems and warnings on stderr, a line about the scenario on stdout
    Text,
    /// JSON on stdout; the exit code is 2 if the scenario has problems
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Deny {
    /// All warnings that the scenario does not list under `allow`
    Warnings,
}

/// Says that the scenario is fine, and what it holds.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let scenario = match options.source.read(terminal) {
        Err(Failure::Scenario(problems)) if options.json.or(Format::Json, options.format) == Format::Json => {
            return Ok(Answer { end: End::Refused, ..problems_json(&problems).into() });
        }
        read => read?,
    };
    let model = Model::new(&scenario);
    let counts = [
        (scenario.groups().len(), "group"),
        (scenario.areas().len(), "area"),
        (scenario.factors().len(), "factor"),
        (model.worlds().len(), "joint world"),
        (model.stated_inputs().count(), "input"),
    ];
    let counts = counts.map(|(n, what)| format!("{n} {what}{}", if n == 1 { "" } else { "s" }));
    let lints: Vec<Lint> = scenario.lints().into_iter().chain(claim_lints(&scenario)).collect();
    let end = if options.deny.is_some() && !lints.is_empty() { End::Finding } else { End::Fine };
    if options.json.or(Format::Json, options.format) == Format::Json {
        return Ok(Answer { end, ..checked_json(&scenario, &model, lints).into() });
    }
    for Lint { code, place, message, remedy, .. } in &lints {
        terminal.complain(&format!("warning[{code}]: {message}\n  --> {place}\n  = help: {remedy}\n\n"));
    }
    let found = match lints.len() {
        0 => "no problems".to_owned(),
        1 => "no errors, 1 warning".into(),
        n => format!("no errors, {n} warnings"),
    };
    let text = format!("{}: {found} ({})\n", options.source.scenario, counts.join(", "));
    Ok(Answer { end, ..text.into() })
}
