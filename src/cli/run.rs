//! `headstart run`: the main job.

use super::answering::{answer_under, prepare, request};
use super::checkpoint_file::CheckpointFile;
#[cfg(feature = "parquet")]
use super::files;
use super::method_options::MethodOptions;
use super::parts::{self, ShardOptions};
use super::sampling::SamplingOptions;
use super::shown::Shown;
use super::source::Source;
use super::{Failure, Outcome, interrupt, terminal};
use clap::Args;
use headstart::Control;
#[cfg(feature = "parquet")]
use headstart::model::LaidOut;
#[cfg(feature = "parquet")]
use headstart::report::write_samples;
use headstart::request::{Prepared, Show};
#[cfg(feature = "parquet")]
use std::path::Path;
use std::path::PathBuf;

/// Arguments of `run`.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    sampling: SamplingOptions,
    #[command(flatten)]
    shown: Shown,
    /// Write every draw, with its inputs and overall scores, to a Parquet file
    #[cfg(feature = "parquet")]
    #[arg(long, value_name = "FILE.parquet", help_heading = "Output")]
    samples: Option<PathBuf>,
    /// Add a claim, e.g. 'ai_control before post_training' (repeatable)
    #[arg(long, value_name = "CLAIM", help_heading = "Model")]
    claim: Vec<String>,
    #[command(flatten)]
    method: MethodOptions,
    #[command(flatten)]
    shard: ShardOptions,
    /// Save progress to FILE and resume from it; a checkpoint of a different run is rejected
    #[arg(long, value_name = "FILE", help_heading = "Sampling", conflicts_with_all = ["precision", "cross_check"])]
    checkpoint: Option<PathBuf>,
}

/// Runs the scenario and lays out the answer.
pub fn run(options: &Options, terminal: &terminal::Options) -> Outcome {
    let show = Show::Run(options.method.asked(options.shown.has_page()));
    let request = request(options.source.open()?, &options.sampling, &options.claim, show);
    let prepared = prepare(options.source.edits(request), terminal)?;
    warn_of_time(&prepared, terminal);
    if let Some(part) = options.shard.chosen() {
        return parts::draw(part, &prepared, &options.sampling, terminal);
    }
    let targets = options.shown.requested_exports(prepared.scenario())?;
    #[cfg(feature = "parquet")]
    options.samples.iter().try_for_each(|path| could_hold_samples(path, prepared.scenario()))?;
    let mut checkpoint = options.checkpoint(&prepared)?;
    let control = Control { stop: Some(interrupt::hear()), ..Control::none() };
    let found = match &mut checkpoint {
        Some(checkpoint) => {
            let (scenario, run) = (prepared.scenario().clone(), prepared.run());
            let job = |control: Control<'_, _>| answer_under(prepared, &options.sampling, control, terminal);
            checkpoint.over(&scenario, run, control, job)?
        }
        None => answer_under(prepared, &options.sampling, control.anew(), terminal)?,
    };
    let mut failures: Vec<Failure> =
        checkpoint.and_then(|mut checkpoint| checkpoint.trouble.take()).into_iter().collect();
    #[cfg(feature = "parquet")]
    if let Some(path) = &options.samples {
        failures.extend(options.write_samples(path, &found.scenario).err());
    }
    let next = if options.sampling.quiet() { None } else { options.source.retyped() };
    let mut answer = options.shown.write_outputs(found, &targets, next, terminal);
    failures.append(&mut answer.failures);
    answer.failures = failures;
    Ok(answer)
}

/// Says that a run takes minutes where there is no bar to show it.
fn warn_of_time(prepared: &Prepared, terminal: &terminal::Options) {
    let cost = prepared.cost();
    if cost.takes_longer_than(60.0) && !terminal::is_watched() {
        terminal.complain(&format!("note: this run takes {cost}\n"));
    }
}

impl Options {
    /// Returns the file that the run is kept in, if one is asked for.
    fn checkpoint(&self, prepared: &Prepared) -> Result<Option<CheckpointFile>, Failure> {
        let Some(path) = &self.checkpoint else { return Ok(None) };
        if !self.method.samples() {
            return Err(Failure::Other("--checkpoint keeps what is sampled; leave out --method".into()));
        }
        CheckpointFile::begin(path, prepared.scenario(), prepared.run()).map(Some)
    }
}

/// Finds out whether a file can be written that bears the name of what goes into it, so that no scenario is overwritten by a slip.
#[cfg(feature = "parquet")]
fn could_hold_samples(path: &Path, scenario: &LaidOut) -> Result<(), Failure> {
    if scenario.clock().is_some() {
        let why = "--samples does not write dates yet; add --edit \"drop clock\" for the draws of the order";
        return Err(Failure::Other(why.into()));
    }
    if path.extension().is_some_and(|ending| ending == "parquet") {
        return files::check_writable(path);
    }
    Err(Failure::Other(format!("cannot write {}: expected a file that ends in .parquet", files::shown(path))))
}

#[cfg(feature = "parquet")]
impl Options {
    /// Draws the draws once more and writes each into a file.
    fn write_samples(&self, path: &Path, scenario: &LaidOut) -> Result<(), Failure> {
        let run = self.sampling.run();
        let bar = self.sampling.bar(run.draws)?;
        let advance = |n| bar.advance(n);
        let control = Control { stop: Some(interrupt::hear()), progress: Some(&advance), resume: None };
        files::write_with(path, |file| Ok(write_samples(scenario, run, file, control)?))?;
        bar.finish();
        interrupt::answered();
        Ok(())
    }
}
