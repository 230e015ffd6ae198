//! Gaps whose probabilities may be had without points, and what those are worked out with.

use super::apart::Rules;
use super::scaled::Scaled;
use super::shape::Sides;
use std::borrow::Cow;

/// A gap between the means of areas in a world, and its place among what is worked out.
pub struct AtOnce<'a> {
    pub place: usize,
    /// The place of the probability that it is zero.
    pub tie: usize,
    pub world: usize,
    pub one: Cow<'a, [usize]>,
    pub other: Cow<'a, [usize]>,
    /// True if it is the probability of its not being positive that is asked for.
    pub negated: bool,
}

impl AtOnce<'_> {
    pub fn sides(&self) -> Sides<'_> {
        Sides { one: &self.one, other: &self.other }
    }
}

/// Rules for gaps that need no points: one per shared number, and those for gamma weights.
#[derive(Debug, Default)]
pub struct Quadrature {
    pub rules: Rules,
    pub scaled: Option<Scaled>,
}
