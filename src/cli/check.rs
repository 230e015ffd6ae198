//! `headstart check`: all that is wrong with a scenario.

use super::answering::written;
use super::formats::Json;
use super::source::Source;
use super::{Answer, ExitStatus, Failure, Outcome, files, terminal};
use clap::{Args, ValueEnum};
use headstart::Control;
use headstart::report::{Plain, checked_text, problems_json};
use headstart::request::{self, Found, Show, View};
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
    let prepared = match options.source.ask(Show::Check, terminal) {
        Err(Failure::Scenario(problems)) if options.json.or(Format::Json, options.format) == Format::Json => {
            return Ok(Answer { end: ExitStatus::Refused, ..Answer::document(problems_json(&problems)) });
        }
        prepared => prepared?,
    };
    let cost = format!("cost: a run of {} draws takes {}\n", prepared.run().draws, prepared.cost());
    let answer = prepared.answer(Control::none())?;
    let Found::Check(lints) = &answer.found else { unreachable!("a check was asked for") };
    let end =
        if options.deny.is_some() && !lints.is_empty() { ExitStatus::Finding } else { ExitStatus::Fine };
    if options.json.or(Format::Json, options.format) == Format::Json {
        return Ok(Answer { end, ..written(answer, request::Format::Json, View::new(terminal.style())) });
    }
    for Lint { code, place, message, remedy, .. } in lints {
        terminal.complain(&format!("warning[{code}]: {message}\n  --> {place}\n  = help: {remedy}\n\n"));
    }
    let unseen = answer.unseen_warnings();
    if !unseen.is_empty() {
        let codes = unseen.join(", ");
        terminal
            .complain(&format!("note: it would take more than a moment to look for the warnings {codes}\n"));
    }
    terminal.complain(&cost);
    let name = files::shown(&options.source.named.scenario);
    let text = format!("{name}: {}", checked_text(&answer.scenario, lints));
    Ok(Answer { end, ..Plain::lines(text).into() })
}
