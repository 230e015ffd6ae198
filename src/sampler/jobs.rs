//! Several runs, on all threads: side by side where each is too short to keep them busy, one after the other where not.

use super::run::Run;
use crate::batch::BLOCK;
use crate::threads::{on_threads, usual_threads};
use rayon::prelude::*;

/// A run with fewer blocks a thread than this leaves threads without work at its ends.
const BLOCKS_A_THREAD: u64 = 64;

/// Returns how many threads a run has.
#[must_use]
pub fn threads(run: Run) -> usize {
    run.threads.unwrap_or_else(usual_threads).max(1)
}

/// Returns true if runs of so many draws are better made side by side than one after the other.
#[must_use]
pub fn fits_one_thread(run: Run) -> bool {
    run.draws.div_ceil(BLOCK as u64) < BLOCKS_A_THREAD * threads(run) as u64
}

/// Makes `n` runs; `job` makes one, and `finished` is called with each in their order, soon after it is made.
///
/// # Errors
/// The first that `finished` returns; no more runs are begun then.
pub fn run_all<T: Send, E>(
    n: usize,
    run: Run,
    job: &(dyn Fn(usize, Run) -> T + Sync),
    finished: &mut dyn FnMut(usize, T) -> Result<(), E>,
) -> Result<(), E> {
    if !fits_one_thread(run) {
        return (0..n).try_for_each(|index| finished(index, job(index, run)));
    }
    // As many at a time as there are threads, so that not many results wait for the first to be finished.
    let at_once = threads(run);
    let inside = Run { threads: None, ..run };
    let mut start = 0;
    while start < n {
        let wave = start..n.min(start + at_once);
        let work = || wave.clone().into_par_iter().map(|index| job(index, inside)).collect::<Vec<T>>();
        let made = on_threads(run.threads, work);
        for (index, made) in wave.clone().zip(made) {
            finished(index, made)?;
        }
        start = wave.end;
    }
    Ok(())
}
