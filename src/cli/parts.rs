//! `headstart run --shard`: a part of a run, kept in a file of its own until `headstart merge` puts the parts together.

use super::answering::under_bars;
use super::sampling::SamplingOptions;
use super::{Failure, Outcome, files, terminal};
use clap::Args;
use headstart::Control;
use headstart::report::{Plain, RunPart, Shard, ShardError};
use headstart::request::Prepared;
use std::path::{Path, PathBuf};

/// Arguments of a run in parts.
#[derive(Args)]
#[command(next_help_heading = "Sampling")]
pub struct ShardOptions {
    /// Draw part K of N only and keep it in --out; `headstart merge` puts the parts together
    #[arg(long, value_name = "K/N", value_parser = shard, requires = "out",
        conflicts_with_all = ["precision", "checkpoint", "export", "export_dir", "format", "json", "show"])]
    shard: Option<Shard>,
    /// Directory for the parts; a part that is there already is not drawn again
    #[arg(long, value_name = "DIR", requires = "shard")]
    out: Option<PathBuf>,
}

/// Reads a part, such as `3/64`.
pub fn shard(text: &str) -> Result<Shard, ShardError> {
    text.parse()
}

impl ShardOptions {
    /// Returns the part that is asked for, and its folder.
    pub fn chosen(&self) -> Option<(Shard, &Path)> {
        self.shard.zip(self.out.as_deref())
    }
}

/// ExitStatus of the names of parts.
pub const ENDING: &str = ".part.json";

/// Returns the place of a part; names sort by number.
fn place(folder: &Path, shard: Shard) -> PathBuf {
    let (index, of) = (shard.index(), shard.of().to_string());
    folder.join(format!("{index:0width$}-of-{of}{ENDING}", width = of.len()))
}

/// Draws a part and keeps it, unless it is there.
pub fn draw(
    (shard, folder): (Shard, &Path),
    prepared: &Prepared,
    sampling: &SamplingOptions,
    terminal: &terminal::Options,
) -> Outcome {
    files::folder(folder).map_err(Failure::other)?;
    let path = place(folder, shard);
    let shown = files::shown(&path);
    if path.exists() {
        return there(&path, prepared, shard);
    }
    files::check_writable(&path)?;
    // A part is whole or nothing, so that an interruption ends it at once.
    let part = under_bars(sampling, terminal, |advance, tell| {
        prepared.part(shard, Control { progress: Some(advance), ..Control::none() }, tell)
    })?;
    files::write(&path, part?.to_json())?;
    Ok(Plain::lines(format!("{shown}: part {shard}, written\n")).into())
}

/// Says that a part is there already, if it is one of this run.
fn there(path: &Path, prepared: &Prepared, shard: Shard) -> Outcome {
    let shown = files::shown(path);
    let refuse = |why: String| {
        Failure::Other(format!(
            "{shown} is not part {shard} of this run: {why}; remove it, or name another directory"
        ))
    };
    let text = files::report(path).map_err(|why| refuse(why.to_string()))?;
    let part = RunPart::read(&text).map_err(|why| refuse(why.to_string()))?;
    if part.shard() != shard {
        return Err(refuse(format!("it is part {}", part.shard())));
    }
    part.tally(prepared.scenario(), prepared.run()).map_err(|why| refuse(why.to_string()))?;
    Ok(Plain::lines(format!("{shown}: part {shard}, there already\n")).into())
}
