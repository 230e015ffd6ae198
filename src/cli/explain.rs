//! `headstart explain`: why one area comes before another, and the smallest change that would turn it.

use super::draws::Draws;
use super::source::Source;
use super::{Failure, Outcome, terminal};
use clap::{Args, ValueEnum};
use headstart::analysis::explain;
use headstart::report::{Made, explain_json, explain_text};

/// Arguments of `explain`.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    /// The id of the one area
    a: String,
    /// The id of the other
    b: String,
    #[command(flatten)]
    draws: Draws,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: everything
    Json,
}

/// Explains the order of two areas.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let scenario = options.source.read(terminal)?;
    let area = |id: &String| match scenario.area_pattern(id).map_err(Failure::other)?[..] {
        [area] => Ok(area),
        _ => Err(Failure::Other(format!("`{id}` is more than one area; name one"))),
    };
    let (one, other) = (area(&options.a)?, area(&options.b)?);
    if one == other {
        return Err(Failure::Other("nothing comes before itself; name two areas".into()));
    }
    let run = options.draws.run_of(&scenario)?;
    let bar = options.draws.bar(run.instances)?;
    let why = bar.over(|control| explain(&scenario, one, other, run, control))?;
    Ok(match options.format {
        Format::Text => explain_text(&scenario, &why, run, terminal.style()),
        Format::Json => {
            let made = options.draws.made(Made::new("explain", &scenario), run.instances);
            let made = made.with("areas", [&options.a, &options.b]);
            made.stamp_json(&explain_json(&scenario, &why, run))
        }
    }
    .into())
}
