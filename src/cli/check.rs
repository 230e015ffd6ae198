//! `headstart check`: all that is wrong with a scenario.

use super::{Outcome, files};
use clap::Args;
use headstart::model::Model;

/// Arguments of `check`.
#[derive(Args)]
pub struct Options {
    /// The scenario file, or - for stdin
    scenario: String,
}

/// Says that the scenario is fine, and what it holds.
pub fn run(options: &Options) -> Outcome {
    let scenario = files::scenario(&options.scenario)?;
    let model = Model::new(&scenario);
    let counts = [
        (scenario.groups().len(), "group"),
        (scenario.areas().len(), "area"),
        (scenario.factors().len(), "factor"),
        (model.worlds().len(), "joint world"),
        (model.inputs().len(), "input"),
    ];
    let counts = counts.map(|(n, what)| format!("{n} {what}{}", if n == 1 { "" } else { "s" }));
    Ok(format!("{}: no problems; {}\n", options.scenario, counts.join(", ")))
}
