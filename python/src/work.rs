//! Work of the library while Python waits: in a thread of its own, with the lock of the interpreter released, so that Ctrl-C and a
//! progress bar are served meanwhile; and what becomes of threads when a process forks.

use headstart::Control;
use headstart::request::Told;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// Python looks at signals and progress this often.
const PATIENCE: Duration = Duration::from_millis(50);

/// The process that the module was imported in, or that forked from it and has called it since.
static PROCESS: AtomicU32 = AtomicU32::new(0);
/// Calls under way in that process.
static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);
/// True in a process that forked: the threads of the pool stayed behind.
static IS_FORKED: AtomicBool = AtomicBool::new(false);
/// True in a process that forked during a call: locks of the library may be locked for ever.
static IS_STUCK: AtomicBool = AtomicBool::new(false);
static POOL: OnceLock<ThreadPool> = OnceLock::new();

/// Notes which process this is.
pub fn remember_process() {
    PROCESS.store(std::process::id(), Ordering::Relaxed);
}

/// Notices a fork. Its caller has the lock of the interpreter, so nobody else notices at the same time.
fn notice_fork() -> PyResult<()> {
    let now = std::process::id();
    if PROCESS.swap(now, Ordering::Relaxed) != now {
        IS_FORKED.store(true, Ordering::Relaxed);
        if UNDER_WAY.swap(0, Ordering::Relaxed) > 0 {
            IS_STUCK.store(true, Ordering::Relaxed);
        }
    }
    if IS_STUCK.load(Ordering::Relaxed) {
        return Err(PyRuntimeError::new_err(
            "this process forked while headstart was at work in another thread; start processes with the method \"spawn\"",
        ));
    }
    Ok(())
}

/// Threads for a call: those of the process, or new ones in a process that forked.
enum Threads {
    Shared(&'static ThreadPool),
    Own(ThreadPool),
}

impl Threads {
    fn new() -> PyResult<Self> {
        notice_fork()?;
        let new = || {
            let pool = ThreadPoolBuilder::new().thread_name(|n| format!("headstart-{n}")).build();
            pool.map_err(|why| PyRuntimeError::new_err(format!("cannot start threads: {why}")))
        };
        if IS_FORKED.load(Ordering::Relaxed) {
            return new().map(Self::Own);
        }
        if let Some(pool) = POOL.get() {
            return Ok(Self::Shared(pool));
        }
        let pool = new()?;
        Ok(Self::Shared(POOL.get_or_init(|| pool)))
    }

    fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match self {
            Self::Shared(pool) => pool.install(work),
            Self::Own(pool) => pool.install(work),
        }
    }
}

/// A call that is counted while it is under way.
struct UnderWay;

impl UnderWay {
    fn begin() -> Self {
        UNDER_WAY.fetch_add(1, Ordering::Relaxed);
        Self
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        UNDER_WAY.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What the work says to those who wait, and they to it.
#[derive(Debug, Default)]
pub struct News {
    stop: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
    unit: AtomicU8,
    is_finished: AtomicBool,
}

/// Units of progress, by their numbers in the news.
const UNITS: [&str; 3] = ["draws", "points", "steps"];

impl News {
    /// Returns the flag that ends the work early.
    pub fn stop(&self) -> &AtomicBool {
        &self.stop
    }

    /// Counts what is finished.
    pub fn advance(&self, n: u64) {
        self.done.fetch_add(n, Ordering::Relaxed);
    }

    /// Hears what is under way.
    pub fn told(&self, told: Told<'_>) {
        let (unit, total) = match told {
            Told::Draws(n) | Told::Look(n, _) => (0, n),
            Told::Points(n) => (1, n),
            Told::Steps(n) => (2, n),
            Told::NotIntegrated(_) => return,
        };
        self.begin(unit, total);
    }

    /// Begins a part of the work with so many draws.
    pub fn begin_draws(&self, total: u64) {
        self.begin(0, total);
    }

    fn begin(&self, unit: u8, total: u64) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        self.unit.store(unit, Ordering::Relaxed);
    }

    fn tell(&self, progress: &Bound<'_, PyAny>) -> PyResult<()> {
        let total = self.total.load(Ordering::Relaxed);
        if total > 0 {
            let done = self.done.load(Ordering::Relaxed).min(total);
            progress.call1((done, total, UNITS[usize::from(self.unit.load(Ordering::Relaxed))]))?;
        }
        Ok(())
    }
}

/// Does work in another thread and waits; returns its result, and the exception that a signal or the progress raised meanwhile, after
/// which the work was asked to stop.
pub fn watched<T: Send>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&News) -> T + Send,
) -> PyResult<(T, Option<PyErr>)> {
    let threads = Threads::new()?;
    let _under_way = UnderWay::begin();
    let (news, caller) = (News::default(), thread::current());
    let (news, threads) = (&news, &threads);
    thread::scope(|scope| {
        let job = move || {
            let finished = Finished(news, &caller);
            let result = threads.install(|| work(news));
            drop(finished);
            result
        };
        let worker = thread::Builder::new().spawn_scoped(scope, job)?;
        let mut raised = None;
        while !news.is_finished.load(Ordering::Acquire) {
            py.detach(|| thread::park_timeout(PATIENCE));
            let told = py.check_signals().and_then(|()| progress.map_or(Ok(()), |one| news.tell(one)));
            if let Err(why) = told {
                news.stop.store(true, Ordering::Relaxed);
                raised.get_or_insert(why);
            }
        }
        match py.detach(|| worker.join()) {
            Ok(result) => Ok((result, raised)),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Says that the work is at its end, in whatever way it came there.
struct Finished<'a>(&'a News, &'a thread::Thread);

impl Drop for Finished<'_> {
    fn drop(&mut self) {
        self.0.is_finished.store(true, Ordering::Release);
        self.1.unpark();
    }
}

/// The controls of work that is watched.
pub fn control<'a, T>(news: &'a News, advance: &'a (dyn Fn(u64) + Sync)) -> Control<'a, T> {
    Control { stop: Some(news.stop()), progress: Some(advance), resume: None }
}
