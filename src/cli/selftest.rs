//! `headstart selftest`: what the program knows the answer to.

use super::{Answer, ExitStatus, Outcome};
use clap::Args;
use headstart::Control;
use headstart::analysis::selftest;
use headstart::report::{Plain, selftest_text};

/// Arguments of `selftest`.
#[derive(Args)]
pub struct Options {
    /// Random seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Looks at everything.
pub fn run(options: &Options) -> Outcome {
    let checks = selftest(options.seed, Control::none())?;
    let end = if checks.iter().all(|check| check.passes) { ExitStatus::Fine } else { ExitStatus::Finding };
    Ok(Answer { end, ..Plain::lines(selftest_text(&checks)).into() })
}
