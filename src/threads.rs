//! The threads that work is done on: as many as are asked for or, where the system has not so many to give, fewer. No result depends
//! on how many there are.

use rayon::{ThreadBuilder, ThreadPool, ThreadPoolBuilder};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// The threads that are used where no number is asked for, once they are started; nothing where none could be.
static USUAL: OnceLock<Option<ThreadPool>> = OnceLock::new();
/// The largest number of threads that could not be started, and how many were in its place.
static WANTED: AtomicUsize = AtomicUsize::new(0);
static STARTED: AtomicUsize = AtomicUsize::new(0);

/// Does something on as many threads as are asked for, or on the usual ones; on fewer where these cannot be started.
pub fn on_threads<T: Send>(threads: Option<usize>, work: impl FnOnce() -> T + Send) -> T {
    match threads {
        // On a thread of a pool it stays there.
        None if rayon::current_thread_index().is_some() => work(),
        None => match usual() {
            Some(pool) => pool.install(work),
            None => alone(work),
        },
        Some(n) => match started(n) {
            Some(pool) => pool.install(work),
            None => alone(work),
        },
    }
}

/// Returns the number of threads that are used where no number is asked for.
pub fn usual_threads() -> usize {
    if rayon::current_thread_index().is_some() {
        return rayon::current_num_threads();
    }
    usual().map_or(1, ThreadPool::current_num_threads)
}

/// Returns the number of threads that were to be started and that of those which could be, if these were fewer.
#[must_use]
pub fn missing_threads() -> Option<(usize, usize)> {
    let wanted = WANTED.load(Ordering::Relaxed);
    (wanted > 0).then(|| (wanted, STARTED.load(Ordering::Relaxed)))
}

fn usual() -> Option<&'static ThreadPool> {
    USUAL.get_or_init(|| started(0)).as_ref()
}

/// Starts so many threads, one per processor if that is 0, or as many as there can be.
fn started(n: usize) -> Option<ThreadPool> {
    let build = |n: usize| ThreadPoolBuilder::new().num_threads(n).spawn_handler(start).build().ok();
    if let Some(pool) = build(n) {
        return Some(pool);
    }
    let wanted = if n > 0 { n } else { std::thread::available_parallelism().map_or(1, usize::from) };
    let fewer = std::iter::successors(Some(wanted / 2), |n| Some(n / 2)).take_while(|n| *n > 0);
    let pool = fewer.into_iter().find_map(|n| {
        // Those that were started in vain take a moment to end.
        std::thread::sleep(Duration::from_millis(50));
        build(n)
    });
    let started = pool.as_ref().map_or(1, ThreadPool::current_num_threads);
    if started < wanted && wanted > WANTED.fetch_max(wanted, Ordering::Relaxed) {
        STARTED.store(started, Ordering::Relaxed);
    }
    pool
}

/// Starts a thread and waits until it runs. What it needs for itself it has by then; if many began at once, the last of them could lack that
/// and end the program.
fn start(thread: ThreadBuilder) -> std::io::Result<()> {
    let (begun, has_begun) = std::sync::mpsc::channel();
    let work = move || {
        let _ = begun.send(());
        thread.run();
    };
    std::thread::Builder::new().spawn(work)?;
    let _ = has_begun.recv();
    Ok(())
}

/// Does something on this thread alone, which becomes a pool of one.
fn alone<T>(work: impl FnOnce() -> T) -> T {
    if rayon::current_thread_index().is_none()
        && let Ok(pool) = ThreadPoolBuilder::new().num_threads(1).use_current_thread().build()
    {
        // The thread belongs to it from now on.
        std::mem::forget(pool);
    }
    work()
}
