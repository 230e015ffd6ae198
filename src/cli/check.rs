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
    Ok(format!(
        "{}: no problems; {} areas in {} groups, {} factors, {} joint worlds, {} inputs\n",
        options.scenario,
        scenario.areas().len(),
        scenario.groups().len(),
        scenario.factors().len(),
        model.worlds().len(),
        model.inputs().len(),
    ))
}
