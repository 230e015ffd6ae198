//! `headstart show`: the scenario as it stands.

use super::source::Source;
use super::{Outcome, terminal};
use clap::Args;
use headstart::analysis::point_table;
use headstart::model::Model;
use headstart::report::show_text;

/// Arguments of `show`.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    /// Print the scenario in full instead, as a file: what a variant or edits come to
    #[arg(long)]
    expand: bool,
}

/// Lays out the scenario.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let scenario = options.source.read(terminal)?;
    if options.expand {
        return Ok(scenario.to_ron().into());
    }
    Ok(show_text(&scenario, &Model::new(&scenario), &point_table(&scenario), terminal.style()).into())
}
