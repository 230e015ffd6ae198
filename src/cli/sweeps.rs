//! `headstart sweep --file`: many sweeps, each finished point a file of its own, so that what was interrupted can go on.

use super::content::Content;
use super::sampling::SamplingOptions;
use super::{Answer, End, Failure, Outcome, files, interrupt, terminal};
use headstart::analysis::{
    ScenarioChange, Sweep, SweepPoints, Vary, add_between, clipping_warnings_sweep, common_precision, points,
    sweep_each,
};
use headstart::report::{SavedError, Style, SweepCheckpoint, point_from_json, point_json};
use headstart::request::{Answer as Answered, Format, POINTS_OF_RANGE, Swept, View, keep_asked};
use headstart::sampler::Run;
use headstart::scenario::{FileError, SweepFile, SweepPlan};
use headstart::{Control, Scenario};
use std::fmt::Display;
use std::path::{Path, PathBuf};

/// A sweep that is ready to be made: nothing of it is wrong, and its points are known.
struct Ready {
    id: String,
    scenario: Scenario,
    run: Run,
    /// Sweep to be written; it has no points yet.
    swept: Swept,
    points: SweepPoints,
    /// Those that are finished, by their index.
    done: Vec<Option<ScenarioChange>>,
    folder: PathBuf,
}

/// Makes the sweeps of a file, all that is wrong with any of them being found before the first is begun.
pub fn run(file: &str, out: &Path, sampling: &SamplingOptions, terminal: &terminal::Options) -> Outcome {
    let text = files::text(file).map_err(|why| Failure::Other(format!("cannot read {file}: {why}")))?;
    let plans = SweepFile::from_ron(file, &text).map_err(Failure::Scenario)?.sweeps;
    let ready = plans.into_iter().map(|plan| prepare(file, plan, out, sampling, terminal));
    let mut ready: Vec<Ready> = ready.collect::<Result<_, _>>()?;
    let left = |sweep: &Ready| {
        let missing = sweep.done.iter().filter(|point| point.is_none()).count();
        sweep.run.draws.saturating_mul(missing as u64)
    };
    let bar = sampling.bar(ready.iter().map(left).fold(0, u64::saturating_add))?;
    let advance = |n| bar.advance(n);
    let control = Control { stop: Some(interrupt::hear()), progress: Some(&advance), resume: None };
    let mut answer = String::new();
    for sweep in &mut ready {
        let found = sweep.done.iter().flatten().count();
        sweep.make(control)?;
        let (n, finished) = (sweep.done.len(), sweep.done.iter().flatten().count());
        if finished < n {
            let kept = sweep.folder.display();
            answer += &format!(
                "{}: partial, {finished} of {n} points, which are kept in {kept}; the same command goes on there\n",
                sweep.id
            );
            return Ok(Answer { end: End::Interrupted, ..answer.into() });
        }
        let written = sweep.write(out, control)?;
        let before = if found > 0 { format!(", {found} of them made before") } else { String::new() };
        answer += &format!("{}: {n} points{before}; {written}\n", sweep.id);
    }
    bar.finish();
    Ok(answer.into())
}

/// Reads the scenario of a sweep, works out its points, and finds those that are finished.
fn prepare(
    file: &str,
    plan: SweepPlan,
    out: &Path,
    sampling: &SamplingOptions,
    terminal: &terminal::Options,
) -> Result<Ready, Failure> {
    let failure = |why: &dyn Display| Failure::Other(format!("the sweep `{}`: {why}", plan.id));
    let beside = Path::new(file).parent().unwrap_or(Path::new("")).join(&plan.scenario);
    let scenario = files::scenario(&beside.to_string_lossy())?;
    let edited = scenario.with_named_edits(&plan.edits).map_err(|why| failure(&why))?;
    for warning in &edited.warnings {
        terminal.complain(&format!("warning: {warning}\n"));
    }
    let scenario = edited.scenario.without_asserts();
    let asked = plan.claims.iter().try_fold(scenario, |scenario, claim| scenario.with_claim(claim));
    let scenario = asked.map_err(|why| failure(&why))?;
    let n_points = plan.points.unwrap_or(POINTS_OF_RANGE);
    let vary = plan.vary.iter().map(|text| Vary::new(text, n_points));
    let vary: Vec<Vary> = vary.collect::<Result<_, _>>().map_err(|why| failure(&why))?;
    let varied: Vec<String> = vary.iter().map(|vary| vary.edit.clone()).collect();
    let points = points(&scenario, &vary).map_err(|why| failure(&why))?;
    for end in clipping_warnings_sweep(&scenario, &varied, points.values().iter().map(Vec::as_slice)) {
        terminal.complain(&format!("warning: {end}\n"));
    }
    let asked = sampling.run_of(&scenario)?;
    let run =
        Run { draws: plan.draws.unwrap_or(asked.draws), seed: plan.seed.unwrap_or(asked.seed), ..asked };
    let run = common_precision(run, std::iter::once(scenario.clone()).chain(points.scenarios()));
    let checkpoint = SweepCheckpoint::new(&scenario, run, &varied, points.values().to_vec(), &plan.claims);
    let folder = out.join(format!("{}.points", plan.id));
    let done = resume(&folder, &checkpoint, points.values().len()).map_err(|why| failure(&why))?;
    Ok(Ready {
        id: plan.id.clone(),
        scenario,
        run,
        swept: Swept {
            vary: plan.vary,
            n_points,
            varied,
            claims: plan.claims,
            points: Vec::new(),
            partial: None,
        },
        points,
        done,
        folder,
    })
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
        if folder.exists() && files::entries(folder)? > 0 {
            return Err(ResumeError::OtherFiles { folder: folder.to_owned() });
        }
        files::folder(folder)?;
        files::try_write(&sweep, checkpoint.to_json())
            .map_err(|why| ResumeError::Write { path: sweep, why })?;
        return Ok(vec![None; n]);
    }
    let text = files::text(&sweep.to_string_lossy())
        .map_err(|why| ResumeError::Unreadable { folder: folder.to_owned(), why })?;
    let found = SweepCheckpoint::from_json(&text)
        .map_err(|why| ResumeError::NoSweep { folder: folder.to_owned(), why })?;
    let differences = found.differences(checkpoint);
    if !differences.is_empty() {
        return Err(ResumeError::OtherSweep { folder: folder.to_owned(), differences });
    }
    let mut points: Vec<Option<ScenarioChange>> = Vec::new();
    for index in 0..n {
        // A point that cannot be read is made again.
        let text = files::text(&point_path(folder, index).to_string_lossy()).ok();
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
    /// Makes the points that are not there yet, and writes each as soon as it is finished.
    fn make(&mut self, control: Control<'_>) -> Result<(), Failure> {
        let missing: Vec<usize> = (0..self.done.len()).filter(|&n| self.done[n].is_none()).collect();
        let points = self.points.only(&missing);
        let (done, folder) = (&mut self.done, &self.folder);
        let finished = &mut |n: usize, point: ScenarioChange| {
            let index = missing[n];
            let path = point_path(folder, index);
            files::write(&path, point_json(&point))?;
            done[index] = Some(point);
            Ok::<_, Failure>(())
        };
        sweep_each(&self.scenario, &points, self.run, control, finished)
    }

    /// Writes the results as text, JSON and CSV; says where they are.
    fn write(&mut self, out: &Path, control: Control<'_>) -> Result<String, Failure> {
        let mut swept = self.swept.clone();
        swept.points = self.done.drain(..).flatten().collect();
        keep_asked(&mut swept.points, &swept.claims);
        let Swept { claims, points, .. } = &mut swept;
        let keep = |point: &mut ScenarioChange| keep_asked(std::slice::from_mut(point), claims);
        let sweep = Sweep { scenario: &self.scenario, points: &self.points, run: self.run };
        add_between(&sweep, points, &keep, control)?;
        let answer = Answered::of_sweep(self.scenario.clone(), self.run, swept);
        let view = View::new(Style::plain(terminal::WIDTH));
        let formats = [(Format::Text, "txt"), (Format::Json, "json"), (Format::Csv, "csv")];
        for (format, ending) in formats {
            let content = Content::pieces(|to| answer.write(to, format, &view));
            files::write(&out.join(format!("{}.{ending}", self.id)), content)?;
        }
        let ends = formats.map(|(_, ending)| format!("{}.{ending}", out.join(&self.id).display()));
        Ok(ends.join(", "))
    }
}
