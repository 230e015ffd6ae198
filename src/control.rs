//! The controls of a run: to stop it, to hear how far it is, and to go on from what another one kept. Knows neither signals nor files.

use std::sync::atomic::{AtomicBool, Ordering};

/// The controls of something that takes a while. Without any of them it goes from its beginning to its end:
///
/// ```
/// use headstart::{Control, Scenario, analysis::summarize, sampler::Run};
/// use std::sync::atomic::AtomicBool;
///
/// let text = std::fs::read_to_string("scenarios/wheat.ron")?;
/// let scenario = Scenario::from_ron("wheat.ron", &text)?;
/// let run = Run { draws: 100_000, ..Run::default() };
/// let whole = summarize(&scenario, run, Control::default());
/// assert!(whole.partial.is_none());
///
/// let stop = AtomicBool::new(true);
/// let part = summarize(&scenario, run, Control { stop: Some(&stop), ..Control::default() });
/// assert_eq!(part.partial.unwrap().done, 32_768);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Control<'a, T = ()> {
    /// The flag that ends it early once it is set.
    pub stop: Option<&'a AtomicBool>,
    /// A function that is called, from any thread, with the number of draws or points that were just finished.
    pub progress: Option<&'a (dyn Fn(u64) + Sync)>,
    /// The beginning of a run that is known already, and a function that keeps how far it is.
    pub resume: Option<Resume<'a, T>>,
}

/// The beginning of a run that is known already, and a function that keeps how far it is.
pub struct Resume<'a, T> {
    /// The tally of the first draws, and how many those are: one of the numbers that `keep` was called with.
    pub begun: Option<(&'a T, u64)>,
    /// A function that is called, now and then, with the tally of the first so many draws; a run of more can begin there.
    pub keep: &'a (dyn Fn(&T, u64) + Sync),
}

impl<T> Clone for Control<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Control<'_, T> {}

impl<T> Clone for Resume<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Resume<'_, T> {}

impl<T> Default for Control<'_, T> {
    fn default() -> Self {
        Self::none()
    }
}

impl<'a, T> Control<'a, T> {
    /// Makes a control that neither stops nor hears anything.
    #[must_use]
    pub const fn none() -> Self {
        Self { stop: None, progress: None, resume: None }
    }

    /// Tells whether it is to stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    /// Ends what cannot be partial once it is to stop.
    ///
    /// # Errors
    /// It is to stop.
    pub fn go_on(&self) -> Result<(), Stopped> {
        if self.is_stopped() { Err(Stopped) } else { Ok(()) }
    }

    /// Says that so many more draws or points are finished.
    pub fn advance(&self, n: u64) {
        if let Some(progress) = self.progress {
            progress(n);
        }
    }

    /// Keeps how far it is.
    pub(crate) fn keep(&self, kept: &T, draws: u64) {
        if let Some(resume) = self.resume {
            (resume.keep)(kept, draws);
        }
    }

    /// Keeps the flag and the progress for something else, that begins at its beginning.
    #[must_use]
    pub fn anew<U>(self) -> Control<'a, U> {
        Control { stop: self.stop, progress: self.progress, resume: None }
    }

    /// Keeps the flag alone: for a part of the work that progress does not count.
    #[must_use]
    pub fn unseen<U>(self) -> Control<'a, U> {
        Control { stop: self.stop, progress: None, resume: None }
    }
}

/// The end of something that was stopped and has no partial result.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("interrupted; this command has no partial result")]
pub struct Stopped;
