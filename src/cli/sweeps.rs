//! `headstart sweep --file`: many sweeps, each finished point a file of its own, so that what was interrupted can go on.

use super::answering::{self, request};
use super::content::Content;
use super::sampling::SamplingOptions;
use super::{Answer, ExitStatus, Failure, Outcome, files, interrupt, terminal};
use headstart::Control;
use headstart::analysis::ScenarioChange;
use headstart::report::{Plain, SavedError, Shard, Style, SweepCheckpoint, point_from_json, point_json};
use headstart::request::{
    Answer as Answered, Format, KeptPoints, POINTS_OF_RANGE, Prepared, Show, Source, View,
    open_named_scenario,
};
use headstart::scenario::{FileError, OpenError, ReadPolicy, SweepFile, SweepPlan};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A sweep that is ready to be made: nothing of it is wrong, and its points are known.
struct Ready {
    id: String,
    prepared: Prepared,
    /// Those that are finished, by their index.
    done: Vec<Option<ScenarioChange>>,
    folder: PathBuf,
}

/// A file of sweeps, what else may be read, and where results go.
pub struct Files<'a> {
    pub file: &'a Path,
    pub policy: &'a ReadPolicy,
    pub out: &'a Path,
}

/// Makes the sweeps of a file, all that is wrong with any of them being found before the first is begun.
pub fn run(
    from: &Files<'_>,
    shard: Option<Shard>,
    sampling: &SamplingOptions,
    terminal: &terminal::Options,
) -> Outcome {
    let shown = files::shown(from.file);
    let text = files::text(from.file).map_err(|why| Failure::Other(format!("cannot read {shown}: {why}")))?;
    let plans = SweepFile::from_ron(&shown, &text).map_err(Failure::Scenario)?.sweeps;
    let ready = plans.into_iter().map(|plan| prepare(from, plan, sampling, terminal));
    let ready: Vec<Ready> = ready.collect::<Result<_, _>>()?;
    files::clear(from.out);
    let left = |sweep: &Ready| {
        let missing = sweep.done[sweep.share(shard)].iter().filter(|point| point.is_none()).count();
        sweep.prepared.run().draws.saturating_mul(missing as u64)
    };
    let bar = sampling.bar(ready.iter().map(left).fold(0, u64::saturating_add))?;
    let advance = |n| {
        interrupt::begun(n);
        bar.advance(n);
    };
    let control = Control { stop: Some(interrupt::hear()), progress: Some(&advance), resume: None };
    let mut said = String::new();
    for sweep in ready {
        let (id, folder) = (sweep.id.clone(), sweep.folder.clone());
        let (n, found) = (sweep.done.len(), sweep.done.iter().flatten().count());
        let share = sweep.share(shard);
        let answer = sweep.make(share.clone(), control)?;
        if let (Some(shard), false) = (shard, control.is_stopped()) {
            let (n_share, kept) = (share.len(), folder.display());
            said += &format!("{id}: part {shard}, {n_share} of {n} points, which are kept in {kept}\n");
            continue;
        }
        if let Some(partial) = answer.partial() {
            interrupt::answered();
            let (finished, kept) = (partial.done, folder.display());
            said += &format!(
                "{id}: partial, {finished} of {n} points, which are kept in {kept}; the same command goes on there\n"
            );
            return Ok(Answer { end: ExitStatus::Interrupted, ..Plain::lines(said).into() });
        }
        let written = write(&answer, from.out, &id)?;
        let before = if found > 0 { format!(", {found} of them made before") } else { String::new() };
        said += &format!("{id}: {n} points{before}; {written}\n");
    }
    interrupt::answered();
    bar.finish();
    Ok(Plain::lines(said).into())
}

/// Makes a sweep ready, and finds the points of it that are finished.
fn prepare(
    from: &Files<'_>,
    plan: SweepPlan,
    sampling: &SamplingOptions,
    terminal: &terminal::Options,
) -> Result<Ready, Failure> {
    let SweepPlan { id, scenario, edits, vary, points, claims, draws, seed, .. } = plan;
    let of_sweep = |failure| match failure {
        Failure::Other(why) => Failure::Other(format!("the sweep `{id}`: {why}")),
        problems @ Failure::Scenario(_) => problems,
    };
    // A text from a pipe has no folder, so it may name no files.
    let named = if from.file.is_file() {
        open_named_scenario(&scenario, from.file, from.policy)
    } else {
        let error = FileError::NamesNone("sweeps from a pipe", "save them as a file beside the scenario");
        Err(OpenError::File { path: scenario.clone().into(), error })
    };
    let named = Box::new(named.map_err(Failure::from).map_err(of_sweep)?);
    let name = from.file.parent().unwrap_or(Path::new("")).join(&scenario).to_string_lossy().into_owned();
    let show = Show::Sweep { vary, points: points.unwrap_or(POINTS_OF_RANGE), pairs: false };
    let mut asked = request(Source::Open { name, scenario: named }, sampling, &claims, show);
    asked.edits = edits;
    (asked.draws, asked.seed) = (draws.unwrap_or(asked.draws), seed.unwrap_or(asked.seed));
    let prepared = answering::prepare(asked, terminal).map_err(of_sweep)?.kept_by_point();
    let checkpoint = prepared.checkpoint().expect("a sweep was asked for");
    let folder = from.out.join(format!("{id}.points"));
    let done = resume(&folder, &checkpoint, prepared.n_points()).map_err(Failure::other).map_err(of_sweep)?;
    Ok(Ready { id, prepared, done, folder })
}

/// The reason why a sweep cannot go on from what a folder has.
#[derive(Debug, thiserror::Error)]
enum ResumeError {
    /// It has other files.
    #[error("{} holds no sweep; name another folder with --out", folder.display())]
    OtherFiles { folder: PathBuf },
    /// Its file of the sweep cannot be read.
    #[error("cannot read {}: {why}", folder.display())]
    Unreadable { folder: PathBuf, why: FileError },
    /// Its file is no sweep.
    #[error("{} holds no sweep: {why}", folder.display())]
    NoSweep { folder: PathBuf, why: SavedError },
    /// It has points of another sweep.
    #[error(
        "{} holds points of another sweep, which differs in {}; remove that folder, or name another with --out",
        folder.display(),
        differences.join(", ")
    )]
    OtherSweep { folder: PathBuf, differences: Vec<&'static str> },
    /// The sweep cannot be kept in it.
    #[error("cannot write {}: {why}", path.display())]
    Write { path: PathBuf, why: files::WriteError },
    /// It cannot be made or looked at.
    #[error(transparent)]
    Folder(#[from] files::FolderError),
}

/// The points that a folder has of the sweep that a checkpoint is of; the folder is made if there is none.
fn resume(
    folder: &Path,
    checkpoint: &SweepCheckpoint,
    n: usize,
) -> Result<Vec<Option<ScenarioChange>>, ResumeError> {
    let sweep = folder.join("sweep.json");
    files::clear(folder);
    if !sweep.exists() {
        if folder.exists() && !files::names(folder)?.is_empty() {
            return Err(ResumeError::OtherFiles { folder: folder.to_owned() });
        }
        files::folder(folder)?;
        files::try_write(&sweep, checkpoint.to_json())
            .map_err(|why| ResumeError::Write { path: sweep, why })?;
        return Ok(vec![None; n]);
    }
    let text =
        files::text(&sweep).map_err(|why| ResumeError::Unreadable { folder: folder.to_owned(), why })?;
    let found = SweepCheckpoint::from_json(&text)
        .map_err(|why| ResumeError::NoSweep { folder: folder.to_owned(), why })?;
    let differences = found.differences(checkpoint);
    if !differences.is_empty() {
        return Err(ResumeError::OtherSweep { folder: folder.to_owned(), differences });
    }
    let mut points: Vec<Option<ScenarioChange>> = Vec::new();
    for index in 0..n {
        // A point that cannot be read is made again.
        let text = files::text(&point_path(folder, index)).ok();
        let mut point = text.and_then(|text| point_from_json(&text).ok());
        if let (Some(point), Some(first)) = (&mut point, points.iter().flatten().next()) {
            point.intern_claim_texts(first);
        }
        points.push(point);
    }
    Ok(points)
}

fn point_path(folder: &Path, index: usize) -> PathBuf {
    folder.join(format!("{index:05}.json"))
}

impl Ready {
    /// The points of a part of the sweep, or of all of it.
    fn share(&self, shard: Option<Shard>) -> Range<usize> {
        let n = self.done.len();
        shard.map_or(0..n, |shard| {
            let share = shard.share(n as u64);
            share.start as usize..share.end as usize
        })
    }

    /// Makes the points that are not there yet, and writes each as soon as it is finished.
    fn make(self, share: Range<usize>, control: Control<'_>) -> Result<Answered, Failure> {
        let Self { prepared, done, folder, .. } = self;
        let keep = &mut |index: usize, point: &ScenarioChange| {
            let path = point_path(&folder, index);
            Ok(files::try_write(&path, point_json(point)).map_err(|why| ResumeError::Write { path, why })?)
        };
        Ok(prepared.answer_from(KeptPoints { share: Some(share), begun: done, keep }, control)?)
    }
}

/// Writes the results as text, JSON and CSV; says where they are.
fn write(answer: &Answered, out: &Path, id: &str) -> Result<String, Failure> {
    let view = View::new(Style::plain(terminal::WIDTH));
    let formats = [(Format::Text, "txt"), (Format::Json, "json"), (Format::Csv, "csv")];
    for (format, ending) in formats {
        let content = Content::pieces(|to| answer.write(to, format, &view));
        files::write(&out.join(format!("{id}.{ending}")), content)?;
    }
    let ends = formats.map(|(_, ending)| format!("{}.{ending}", out.join(id).display()));
    Ok(ends.join(", "))
}
