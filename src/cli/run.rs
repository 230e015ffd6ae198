//! `headstart run`: the main job.

use super::source::Source;
use super::{Answer, Failure, Outcome, files, terminal};
use clap::{Args, ValueEnum};
use headstart::Scenario;
use headstart::analysis::{Summary, Verdict, summarize};
use headstart::report::{Style, csv, json, markdown, run_text};
use headstart::sampler::Run;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Arguments of `run`.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
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
    /// Write the result to a file as well, in the format of its ending: txt, json, csv or md; may be repeated
    #[arg(long, value_name = "FILE", value_parser = export)]
    export: Vec<Export>,
    /// Another claim, e.g. 'ai_control before post_training' or 'Before(Nth(2, "safety"), First("capabilities"))'; may be
    /// repeated
    #[arg(long, value_name = "CLAIM")]
    claim: Vec<String>,
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
    /// For tools that filter and plot: one number with its error a line
    Csv,
    /// For a post
    Md,
}

impl Format {
    fn write(self, scenario: &Scenario, summary: &Summary, all_pairs: bool, style: Style) -> String {
        match self {
            Self::Text => run_text(scenario, summary, all_pairs, style),
            Self::Json => json(scenario, summary),
            Self::Csv => csv(scenario, summary),
            Self::Md => markdown(scenario, summary),
        }
    }
}

/// A file to be written, and in which format.
#[derive(Clone, Debug)]
struct Export {
    path: PathBuf,
    format: Format,
}

fn export(text: &str) -> Result<Export, String> {
    let path = PathBuf::from(text);
    let format = match path.extension().and_then(|ending| ending.to_str()) {
        Some("txt") => Format::Text,
        Some("json") => Format::Json,
        Some("csv") => Format::Csv,
        Some("md") => Format::Md,
        _ => return Err("expected a file that ends in .txt, .json, .csv or .md".into()),
    };
    Ok(Export { path, format })
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
    let mut scenario = options.source.read(terminal)?;
    for claim in &options.claim {
        let refuse = |why: String| Failure::Other(format!("the claim `{claim}` cannot be read: {why}"));
        scenario = scenario.with_claim(claim).map_err(refuse)?;
    }
    let run =
        Run { instances: options.instances, seed: options.seed, threads: options.threads.map(usize::from) };
    let bar = Bar::new(run.instances, options.quiet)?;
    let summary = summarize(&scenario, run, &|n| bar.advance(n));
    bar.finish();
    let plain = Style { width: terminal::WIDTH, colour: false };
    for Export { path, format } in &options.export {
        files::write(path, &format.write(&scenario, &summary, options.all_pairs, plain))?;
    }
    let text = options.format.write(&scenario, &summary, options.all_pairs, terminal.style());
    Ok(Answer { text, finding: summary.asserts.iter().any(|assert| assert.verdict != Verdict::Holds) })
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
