//! The course of a run: where it begins, when it ends early, and who looks at it on the way. Knows neither signals nor files.

use std::sync::atomic::AtomicBool;

/// The course of a run that need not go from its first instance to its last.
pub struct Course<'a, T> {
    /// The tally of the first instances, if it is known already, and how many those are: one of the numbers that `between` was told of.
    pub begun: Option<(T, u64)>,
    /// Once this is set, no chunk of instances is begun but the first; what comes of the run is that of fewer instances.
    pub stop: &'a AtomicBool,
    /// Told, now and then, what is known of the first so many instances; a run of more could begin there.
    pub between: &'a mut (dyn FnMut(&T, u64) + Send),
}
