//! `headstart check`: all that is wrong with a scenario.

use super::source::Source;
use super::{Outcome, terminal};
use clap::Args;
use headstart::model::Model;

/// Arguments of `check`.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
}

/// Says that the scenario is fine, and what it holds.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let scenario = options.source.read(terminal)?;
    let model = Model::new(&scenario);
    let counts = [
        (scenario.groups().len(), "group"),
        (scenario.areas().len(), "area"),
        (scenario.factors().len(), "factor"),
        (model.worlds().len(), "joint world"),
        (model.inputs().len(), "input"),
    ];
    let counts = counts.map(|(n, what)| format!("{n} {what}{}", if n == 1 { "" } else { "s" }));
    Ok(format!("{}: no problems; {}\n", options.source.scenario, counts.join(", ")).into())
}
