//! The number of draws, their seed and threads; and the bar that shows how far that is.

use super::failure::{Expected, Failure};
use clap::{Args, ValueEnum};
use headstart::sampler::{Arithmetic, Run};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Arguments of every command that draws.
#[derive(Args)]
#[command(next_help_heading = "Sampling")]
pub struct SamplingOptions {
    /// Number of draws, e.g. 1e6
    #[arg(long, short = 'n', alias = "instances", default_value_t = Run::default().draws, value_parser = draws, allow_negative_numbers = true)]
    draws: u64,
    /// Random seed; the same seed gives the same result, on any number of threads
    #[arg(long, default_value_t = Run::default().seed, allow_negative_numbers = true)]
    seed: u64,
    /// Number of threads [default: all processors]; the result does not depend on it
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Floating-point precision
    #[arg(long, value_enum, default_value_t = Numbers::Auto)]
    arithmetic: Numbers,
    /// Refuse a question that would take more memory than this, e.g. 500M or 4G [default: 2G, or half of the machine's]
    #[arg(long, value_name = "BYTES", value_parser = bytes)]
    max_memory: Option<u64>,
    /// Hide the progress bar
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Numbers {
    /// Single precision where rounding provably changes the order of two areas in under 1 of 10,000 draws, else double
    Auto,
    /// 32-bit floats
    Single,
    /// 64-bit floats
    Double,
}

impl SamplingOptions {
    /// Returns what is to be drawn.
    pub fn run(&self) -> Run {
        let arithmetic = match self.arithmetic {
            Numbers::Auto => Arithmetic::Auto,
            Numbers::Single => Arithmetic::Single,
            Numbers::Double => Arithmetic::Double,
        };
        let threads = self.threads.map(usize::from);
        Run { draws: self.draws, seed: self.seed, threads, arithmetic }
    }

    /// Returns the most memory that an answer may take.
    pub fn max_memory(&self) -> u64 {
        self.max_memory.unwrap_or_else(default_memory)
    }

    /// Returns true if the bar is hidden.
    pub fn quiet(&self) -> bool {
        self.quiet
    }

    /// Returns a bar for so many draws in all.
    pub fn bar(&self, draws: u64) -> Result<Bar, Failure> {
        Bar::of_draws(draws, self.quiet)
    }
}

/// The most memory where nothing else is asked for: 2 GiB, or half of the machine's where that is less.
pub fn default_memory() -> u64 {
    const MOST: u64 = 2 << 30;
    super::files::machine_memory().map_or(MOST, |all| MOST.min(all / 2))
}

/// Reads an amount of memory, such as `500M` or `4G`.
fn bytes(text: &str) -> Result<u64, Expected> {
    let upper = text.trim_end_matches(['b', 'B', 'i']).to_uppercase();
    let (digits, unit) = match upper.char_indices().last() {
        Some((at, 'K')) => (&upper[..at], 1 << 10),
        Some((at, 'M')) => (&upper[..at], 1 << 20),
        Some((at, 'G')) => (&upper[..at], 1 << 30),
        Some((at, 'T')) => (&upper[..at], 1 << 40),
        _ => (&upper[..], 1),
    };
    let n = digits.parse::<u64>().ok().filter(|n| *n > 0).and_then(|n| n.checked_mul(unit));
    n.ok_or(Expected("a number of bytes, such as 500M or 4G"))
}

/// More would take months.
const MAX_DRAWS: u64 = 1_000_000_000_000;

/// Reads a number of draws.
pub fn draws(text: &str) -> Result<u64, Expected> {
    let plain = text.replace('_', "");
    let number = plain.parse::<u64>().ok().or_else(|| {
        let number: f64 = plain.parse().ok()?;
        (number.fract() == 0.0 && (0.0..=1e18).contains(&number)).then_some(number as u64)
    });
    match number {
        Some(n) if (1..=MAX_DRAWS).contains(&n) => Ok(n),
        _ => Err(Expected("a whole number from 1 to 1e12, such as 1000000 or 1e6")),
    }
}

/// A progress bar on stderr that shows itself only on a terminal, and only if the run takes a while.
pub struct Bar {
    bar: ProgressBar,
    start: Instant,
    hidden: AtomicBool,
}

const PATIENCE: Duration = Duration::from_millis(300);

impl Bar {
    /// Returns a bar for so many draws in all.
    pub fn of_draws(draws: u64, quiet: bool) -> Result<Self, Failure> {
        Self::new(draws, quiet, |per_second| format!("{:.1} M draws/s", per_second / 1e6))
    }

    /// Returns a bar for so many points that are averaged over.
    pub fn of_points(points: u64, quiet: bool) -> Result<Self, Failure> {
        Self::new(points, quiet, |per_second| format!("{per_second:.0} points/s"))
    }

    /// Returns a bar for so many steps that are measured.
    pub fn of_steps(steps: u64, quiet: bool) -> Result<Self, Failure> {
        Self::new(steps, quiet, |per_second| format!("{per_second:.1} steps/s"))
    }

    fn new(length: u64, quiet: bool, rate: fn(f64) -> String) -> Result<Self, Failure> {
        let template = "{bar:40} {percent}%  {per_sec}, {eta} left  {msg}";
        let style =
            ProgressStyle::with_template(template).map_err(|error| Failure::Other(error.to_string()))?;
        let style = style.with_key(
            "per_sec",
            move |state: &indicatif::ProgressState, out: &mut dyn std::fmt::Write| {
                // A bar that cannot be drawn is no reason to stop.
                let _ = out.write_str(&rate(state.per_sec()));
            },
        );
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden()).with_style(style);
        Ok(Self { bar, start: Instant::now(), hidden: AtomicBool::new(!quiet) })
    }

    pub fn advance(&self, n: u64) {
        if self.start.elapsed() > PATIENCE && self.hidden.swap(false, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(n);
    }

    /// Starts over for another run of so many draws, with a word on what the last one came to.
    pub fn next(&self, draws: u64, message: String) {
        self.bar.reset();
        self.bar.set_length(draws);
        self.bar.set_message(message);
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
