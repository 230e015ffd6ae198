//! The points that a report of a comparison shows.

use crate::analysis::{Partial, ScenarioChange};

/// Changed scenarios: the points of a sweep, or levers, or the steps of a difference.
#[derive(Clone, Copy, Debug)]
pub struct ComparedPoints<'a> {
    pub(super) points: &'a [ScenarioChange],
    pub(super) varied: &'a [String],
    pub(super) partial: Option<Partial>,
}

impl<'a> ComparedPoints<'a> {
    /// Makes the points of a comparison; `varied` are the beginnings of the edits that were varied, and `partial` is the share of the
    /// points that was finished, if not all were.
    #[must_use]
    pub fn new(points: &'a [ScenarioChange], varied: &'a [String], partial: Option<Partial>) -> Self {
        Self { points, varied, partial }
    }
}
