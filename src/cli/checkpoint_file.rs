//! `headstart run --checkpoint`: a run that is kept in a file while it is under way, so that it can go on from there.

use super::files::Held;
use super::{Failure, files};
use headstart::analysis::RunTally;
use headstart::model::LaidOut;
use headstart::report::RunCheckpoint;
use headstart::sampler::{CHUNK_SIZE, Run};
use headstart::{Control, Resume};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// It is kept no more often than this, and no more often than takes a twentieth of the time.
const PATIENCE: Duration = Duration::from_millis(500);
const SHARE: u32 = 20;

/// A run and its file.
pub struct CheckpointFile {
    path: PathBuf,
    /// The file, so that no other run keeps its draws in it; replaced with each that is put in its place.
    held: Mutex<Held>,
    begun: Option<(RunTally, u64)>,
    /// Why it could not be kept any more; the run went on without.
    pub trouble: Option<Failure>,
}

impl CheckpointFile {
    /// Looks at what a file holds; if there is none, the run begins at its beginning.
    ///
    /// # Errors
    /// It holds something else, or cannot be written to.
    pub fn begin(path: &Path, scenario: &LaidOut, run: Run) -> Result<Self, Failure> {
        let refuse = |why: String| {
            let remedy = "remove it, or name another file";
            Failure::Other(format!("cannot resume from {}: {why}; {remedy}", files::shown(path)))
        };
        files::check_writable(path)?;
        let read = |held: &Held| {
            let text = files::report_of(held).map_err(|why| why.to_string())?;
            RunCheckpoint::read(&text, scenario, run).map_err(|why| why.to_string())
        };
        let locked = files::lock(path).map_err(|why| files::refused(path, &why))?;
        let Some(held) = locked else {
            let remedy = "wait until that ends, or name another file";
            let shown = files::shown(path);
            return Err(Failure::Other(format!(
                "cannot resume from {shown}: another run holds it; {remedy}"
            )));
        };
        // One without letters was just made.
        let is_new = path.metadata().is_ok_and(|there| there.len() == 0);
        let begun = if is_new { None } else { Some(read(&held).map_err(refuse)?) };
        Ok(Self { path: path.to_owned(), held: Mutex::new(held), begun, trouble: None })
    }

    /// Does a job that goes on from what the file holds, and keeps how far it is.
    pub fn over<T>(
        &mut self,
        scenario: &LaidOut,
        run: Run,
        control: Control<'_>,
        job: impl FnOnce(Control<'_, RunTally>) -> T,
    ) -> T {
        let begun = self.begun.take();
        let trouble = self.trouble.take();
        let state = Mutex::new((Instant::now(), Duration::ZERO, trouble));
        let keep = |kept: &RunTally, draws: u64| {
            let (last, cost, trouble) = &mut *state.lock().unwrap_or_else(PoisonError::into_inner);
            let is_due = last.elapsed() > PATIENCE.max(*cost * SHARE);
            // What is not a whole chunk at the end is drawn again by whoever goes on.
            let is_last = draws + CHUNK_SIZE > run.draws || control.is_stopped();
            if trouble.is_none() && (is_due || is_last) {
                let start = Instant::now();
                let text = RunCheckpoint::new(scenario, run, kept, draws).to_json();
                match files::write_locked(&self.path, text) {
                    Ok(file) => *self.held.lock().unwrap_or_else(PoisonError::into_inner) = file,
                    Err(why) => *trouble = Some(files::refused(&self.path, &why)),
                }
                (*last, *cost) = (Instant::now(), start.elapsed());
            }
        };
        let begun = begun.as_ref().map(|(kept, draws)| (kept, *draws));
        let done = job(Control { resume: Some(Resume { begun, keep: &keep }), ..control.anew() });
        (_, _, self.trouble) = state.into_inner().unwrap_or_else(PoisonError::into_inner);
        done
    }
}

/// A run that kept nothing leaves nothing.
impl Drop for CheckpointFile {
    fn drop(&mut self) {
        if self.path.metadata().is_ok_and(|there| there.len() == 0) {
            files::remove(&self.path);
        }
    }
}
