//! `headstart init`: a scenario to start from.

use super::{Failure, Outcome, files};
use clap::Args;
use std::path::Path;

/// Arguments of `init`.
#[derive(Args)]
pub struct Options {
    /// The file to write, which must not exist yet, or - for stdout
    #[arg(default_value = "scenario.ron")]
    file: String,
}

const TEMPLATE: &str = include_str!("template.ron");

/// Writes the scenario, but over no file that is there.
pub fn run(options: &Options) -> Outcome {
    if options.file == "-" {
        return Ok(TEMPLATE.to_owned().into());
    }
    let path = Path::new(&options.file);
    if path.exists() {
        let message = format!("{} is there already, and is left as it is; name another file", options.file);
        return Err(Failure::Other(message));
    }
    files::write(path, TEMPLATE)?;
    Ok(format!("wrote {0}; change it, then: headstart check {0}, headstart run {0}\n", options.file).into())
}
