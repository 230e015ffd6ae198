//! `headstart run`: the main job.

use super::{Failure, Outcome, files, terminal};
use clap::{Args, ValueEnum};
use headstart::analysis::summarize;
use headstart::report::{json, run_text};
use headstart::sampler::Run;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Arguments of `run`.
#[derive(Args)]
pub struct Options {
    /// The scenario file, or - for stdin
    scenario: String,
    /// How many instances to draw, e.g. 1000000 or 1e6
    #[arg(long, short = 'n', default_value_t = Run::default().instances, value_parser = instances, allow_negative_numbers = true)]
    instances: u64,
    /// The seed; equal seeds give equal answers
    #[arg(long, default_value_t = Run::default().seed, allow_negative_numbers = true)]
    seed: u64,
    /// How many threads, one a processor by default; the answer does not depend on it
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Show all areas by all, not the first group by the second
    #[arg(long)]
    all_pairs: bool,
    /// No progress bar
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: everything, by world as well
    Json,
}

/// More would take months.
const MOST_INSTANCES: u64 = 1_000_000_000_000;

fn instances(text: &str) -> Result<u64, String> {
    let plain = text.replace('_', "");
    let number = plain.parse::<u64>().ok().or_else(|| {
        let number: f64 = plain.parse().ok()?;
        (number.fract() == 0.0 && (0.0..=1e18).contains(&number)).then_some(number as u64)
    });
    match number {
        Some(n) if (1..=MOST_INSTANCES).contains(&n) => Ok(n),
        _ => Err("expected a whole number from 1 to 1e12, such as 1000000 or 1e6".into()),
    }
}

/// Runs the scenario and lays out the answer.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let scenario = files::scenario(&options.scenario)?;
    let run =
        Run { instances: options.instances, seed: options.seed, threads: options.threads.map(usize::from) };
    let bar = Bar::new(run.instances, options.quiet)?;
    let summary = summarize(&scenario, run, &|n| bar.advance(n));
    bar.finish();
    Ok(match options.format {
        Format::Text => run_text(&scenario, &summary, options.all_pairs, terminal.style()),
        Format::Json => json(&scenario, &summary),
    })
}

/// A progress bar on stderr that shows itself only on a terminal, and only if the run takes a while.
struct Bar {
    bar: ProgressBar,
    start: Instant,
    hidden: AtomicBool,
}

const PATIENCE: Duration = Duration::from_millis(300);

impl Bar {
    fn new(instances: u64, quiet: bool) -> Result<Self, Failure> {
        let template = "{bar:40} {percent}%  {per_sec}, {eta} left";
        let style =
            ProgressStyle::with_template(template).map_err(|error| Failure::Other(error.to_string()))?;
        let style =
            style.with_key("per_sec", |state: &indicatif::ProgressState, out: &mut dyn std::fmt::Write| {
                // A bar that cannot be drawn is no reason to stop.
                let _ = write!(out, "{:.1} M instances/s", state.per_sec() / 1e6);
            });
        let bar =
            ProgressBar::with_draw_target(Some(instances), ProgressDrawTarget::hidden()).with_style(style);
        Ok(Self { bar, start: Instant::now(), hidden: AtomicBool::new(!quiet) })
    }

    fn advance(&self, n: u64) {
        if self.start.elapsed() > PATIENCE && self.hidden.swap(false, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(n);
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
