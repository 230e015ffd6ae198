//! One block of draws as arrays, in single or double precision. Knows neither where the numbers come from nor what is asked
//! of them.

use crate::real::Real;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// Draws a block. Part of the value contract: an input's numbers are drawn block by block.
pub const BLOCK: usize = 1024;

/// Draws that are drawn side by side, so that the compiler can take them together.
pub const ROW: usize = 16;

/// One number a draw of a block.
pub type Column<R = f64> = [R; BLOCK];

/// A column that starts where a line of the cache does, so that no vector of it lies across two.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Aligned<R = f64>(Column<R>);

impl<R: Real> Default for Aligned<R> {
    /// All zeros.
    fn default() -> Self {
        Self([R::default(); BLOCK])
    }
}

impl<R> Deref for Aligned<R> {
    type Target = Column<R>;

    #[inline(always)]
    fn deref(&self) -> &Column<R> {
        &self.0
    }
}

impl<R> DerefMut for Aligned<R> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Column<R> {
        &mut self.0
    }
}

/// The numbers that tell two overall scores apart that can tie.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Grain {
    /// Overall scores that differ do so by at least this, where both areas have a grain; 0 for an area that has none.
    pub step: f64,
    /// A bound on how far means of overall scores may be off for rounding, with something to spare.
    pub rounding: f64,
    /// The greatest sum of the weights.
    pub total: f64,
}

impl Grain {
    /// Returns what means of some areas have to differ by to be different: more than rounding, and far less than two that differ. `parts` is a
    /// common denominator of the means' coefficients. 0 where an area has no grain, or the means cannot be told apart.
    #[must_use]
    pub fn slack(areas: impl Iterator<Item = Self>, parts: usize) -> f64 {
        let coarsest = areas.reduce(|one, other| Self {
            step: one.step.min(other.step),
            rounding: one.rounding.max(other.rounding),
            total: one.total,
        });
        let fine = |grain: &Self| 4.0 * grain.rounding * parts as f64 <= grain.step;
        coarsest.filter(fine).map_or(0.0, |grain| grain.rounding)
    }
}

/// A block of draws: the inputs, drawn once, and the overall scores of the areas in each joint world.
///
/// All columns are full; of the last block of a run only the first [`Batch::len`] draws count.
#[derive(Clone, Debug)]
pub struct Batch<R = f64> {
    len: usize,
    n_areas: usize,
    n_worlds: usize,
    origin: f64,
    /// Shape `[n_inputs x BLOCK]`, row-major: `inputs[input][draw]`; or, if they are not kept, fewer columns to work in.
    inputs: Vec<Aligned<R>>,
    keeps_inputs: bool,
    nearness: Option<Arc<Nearness>>,
    /// Shape `[n_worlds * n_areas x BLOCK]`, row-major: `overall scores[world * n_areas + area][draw]`.
    overall_scores: Vec<Aligned<R>>,
    /// Shape `[n_worlds * n_areas]`, or nothing where no area has a grain.
    grains: Vec<Grain>,
}

impl<R: Real> Batch<R> {
    /// Room for a block of draws.
    #[must_use]
    pub fn new(n_inputs: usize, n_areas: usize, n_worlds: usize) -> Self {
        Self {
            len: BLOCK,
            n_areas,
            n_worlds,
            origin: 0.0,
            inputs: vec![Aligned::default(); n_inputs],
            keeps_inputs: true,
            nearness: None,
            overall_scores: vec![Aligned::default(); n_areas * n_worlds],
            grains: Vec::new(),
        }
    }

    /// Makes room for overall scores alone, with some columns to work in that inputs take turns in.
    #[must_use]
    pub fn without_inputs(n_columns: usize, n_areas: usize, n_worlds: usize) -> Self {
        Self { keeps_inputs: false, ..Self::new(n_columns, n_areas, n_worlds) }
    }

    /// Returns how many of the draws count, from the first on; at most [`BLOCK`].
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Returns true if no draw counts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Lets only the first `len` draws count.
    pub fn set_len(&mut self, len: usize) {
        self.len = len.min(BLOCK);
    }

    /// Returns how many areas there are.
    #[must_use]
    pub fn n_areas(&self) -> usize {
        self.n_areas
    }

    /// Returns how many joint worlds there are.
    #[must_use]
    pub fn n_worlds(&self) -> usize {
        self.n_worlds
    }

    /// The values of an input, one a draw.
    ///
    /// # Panics
    /// If the inputs are not kept.
    #[must_use]
    pub fn input(&self, input: usize) -> &Column<R> {
        assert!(self.keeps_inputs, "a tally that reads inputs must say so");
        &self.inputs[input]
    }

    /// The values of an input, to be written.
    pub fn input_mut(&mut self, input: usize) -> &mut Column<R> {
        &mut self.inputs[input]
    }

    /// Returns what overall scores are measured from: 0, unless they are in single precision.
    #[must_use]
    pub fn origin(&self) -> f64 {
        self.origin
    }

    /// Measures overall scores from here on from `origin`.
    pub fn set_origin(&mut self, origin: f64) {
        self.origin = origin;
    }

    /// Returns how near two overall scores may be for rounding to decide their order; nothing where that hardly ever happens.
    #[must_use]
    pub fn nearness(&self) -> Option<&Arc<Nearness>> {
        self.nearness.as_ref()
    }

    /// Sets how near two overall scores may be for rounding to decide their order.
    pub fn set_nearness(&mut self, nearness: Option<Arc<Nearness>>) {
        self.nearness = nearness;
    }

    /// The overall score of an area in a joint world, one a draw, measured from [`Batch::origin`].
    #[must_use]
    pub fn overall(&self, world: usize, area: usize) -> &Column<R> {
        &self.overall_scores[world * self.n_areas + area]
    }

    /// Says what tells the overall scores apart; shape `[n_worlds * n_areas]`.
    pub fn set_grains(&mut self, grains: Vec<Grain>) {
        self.grains = grains;
    }

    /// Returns what means of some areas have to differ by in a joint world to be different: see [`Grain::slack`].
    #[must_use]
    pub fn slack(&self, world: usize, areas: impl Iterator<Item = usize>, parts: usize) -> f64 {
        if self.grains.is_empty() {
            return 0.0;
        }
        Grain::slack(areas.map(|area| self.grains[world * self.n_areas + area]), parts)
    }

    /// The inputs and the overall scores, both to be written; shapes as in [`Batch`].
    pub fn parts_mut(&mut self) -> (&mut [Aligned<R>], &mut [Aligned<R>]) {
        (&mut self.inputs, &mut self.overall_scores)
    }
}

/// The distances within which rounding decides the order of two overall scores of a draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearness {
    n_areas: usize,
    /// A share of the sizes of both, as measured from the origin.
    relative: f64,
    /// Shape `[n_worlds x n_areas]`: what is added to that share for each of the two.
    absolute: Vec<f64>,
    /// Shape `[n_worlds x n_areas x n_areas]`: the pairs of areas that come out equal with probability 0. Others may really tie.
    untied: Vec<bool>,
}

impl Nearness {
    /// The nearness with a relative part, an absolute part for each area of each joint world, and for each pair of areas of each joint world
    /// whether the two come out equal with probability 0.
    #[must_use]
    pub fn new(n_areas: usize, relative: f64, absolute: Vec<f64>, untied: Vec<bool>) -> Self {
        Self { n_areas, relative, absolute, untied }
    }

    /// Returns the relative part.
    #[must_use]
    pub fn relative(&self) -> f64 {
        self.relative
    }

    /// Returns true if rounding can make two areas look equal in a joint world that are not.
    #[must_use]
    pub fn is_untied(&self, world: usize, i: usize, j: usize) -> bool {
        self.untied[(world * self.n_areas + i) * self.n_areas + j]
    }

    /// The relative and the absolute part for two columns of a joint world, of which those after the areas are means of areas; nothing
    /// where the two may really tie.
    #[must_use]
    pub fn between(&self, world: usize, i: usize, j: usize) -> Option<(f64, f64)> {
        let n = self.n_areas;
        if i < n && j < n {
            let absolute = self.absolute[world * n + i] + self.absolute[world * n + j];
            return self.is_untied(world, i, j).then_some((self.relative, absolute));
        }
        let all = (0..n).flat_map(|i| (0..i).map(move |j| (i, j)));
        let most = self.absolute[world * n..(world + 1) * n].iter().copied().fold(0.0, f64::max);
        let is_untied = all.into_iter().all(|(i, j)| self.is_untied(world, i, j));
        is_untied.then_some((self.relative * (1.0 + n as f64 / 8.0), 2.0 * most))
    }
}
