//! `headstart schema`: what the JSON looks like, for other programs.

use super::{Answer, Outcome};
use clap::{Args, ValueEnum};
use headstart::report::{check_schema, compared_schema, run_schema, show_schema};

/// Arguments of `schema`.
#[derive(Args)]
pub struct Options {
    /// Which report
    #[arg(value_enum, default_value_t = Of::Run)]
    of: Of,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// Report of `run`
    Run,
    /// Report of `sweep`, `levers` and `diff`
    Compared,
    /// Report of `show`
    Show,
    /// Report of `check`
    Check,
}

/// Prints the schema.
#[expect(clippy::unnecessary_wraps, reason = "is called like the other commands")]
pub fn run(options: &Options) -> Outcome {
    let schema = match options.of {
        Of::Run => run_schema(),
        Of::Compared => compared_schema(),
        Of::Show => show_schema(),
        Of::Check => check_schema(),
    };
    Ok(Answer::document(schema))
}
