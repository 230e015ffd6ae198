//! `headstart show`: the scenario as it stands.

use super::{Outcome, files, terminal};
use clap::Args;
use headstart::analysis::point_table;
use headstart::model::Model;
use headstart::report::show_text;

/// Arguments of `show`.
#[derive(Args)]
pub struct Options {
    /// The scenario file, or - for stdin
    scenario: String,
}

/// Lays out the scenario.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let scenario = files::scenario(&options.scenario)?;
    Ok(show_text(&scenario, &Model::new(&scenario), &point_table(&scenario), terminal.style()))
}
