//! One block of instances as arrays. Knows neither where the numbers come from nor what is asked of them.

use std::ops::{Deref, DerefMut};

/// Instances a block. Part of the value contract: an input's numbers are drawn block by block.
pub const BLOCK: usize = 1024;

/// One number an instance of a block.
pub type Column = [f64; BLOCK];

/// A column that starts where a line of the cache does, so that no vector of it lies across two.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Aligned(Column);

impl Aligned {
    /// All zeros.
    pub const ZERO: Self = Self([0.0; BLOCK]);
}

impl Deref for Aligned {
    type Target = Column;

    #[inline(always)]
    fn deref(&self) -> &Column {
        &self.0
    }
}

impl DerefMut for Aligned {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Column {
        &mut self.0
    }
}

/// A block of instances: the inputs, drawn once, and what the areas come to in each joint world.
///
/// All columns are full; of the last block of a run only the first [`Batch::len`] instances count.
#[derive(Clone, Debug)]
pub struct Batch {
    len: usize,
    n_areas: usize,
    n_worlds: usize,
    /// Shape `[n_inputs x BLOCK]`, row-major: `inputs[input][instance]`; or, if they are not kept, fewer columns to work in.
    inputs: Vec<Aligned>,
    keeps_inputs: bool,
    /// Shape `[n_worlds * n_areas x BLOCK]`, row-major: `amenabilities[world * n_areas + area][instance]`.
    amenabilities: Vec<Aligned>,
}

impl Batch {
    /// Room for a block of instances.
    #[must_use]
    pub fn new(n_inputs: usize, n_areas: usize, n_worlds: usize) -> Self {
        Self {
            len: BLOCK,
            n_areas,
            n_worlds,
            inputs: vec![Aligned::ZERO; n_inputs],
            keeps_inputs: true,
            amenabilities: vec![Aligned::ZERO; n_areas * n_worlds],
        }
    }

    /// The same for amenabilities alone, with some columns to work in that inputs take turns in.
    #[must_use]
    pub fn without_inputs(n_columns: usize, n_areas: usize, n_worlds: usize) -> Self {
        Self { keeps_inputs: false, ..Self::new(n_columns, n_areas, n_worlds) }
    }

    /// How many of the instances count, from the first on; at most [`BLOCK`].
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether no instance counts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Lets only the first `len` instances count.
    pub fn set_len(&mut self, len: usize) {
        self.len = len.min(BLOCK);
    }

    /// How many areas there are.
    #[must_use]
    pub fn n_areas(&self) -> usize {
        self.n_areas
    }

    /// How many joint worlds there are.
    #[must_use]
    pub fn n_worlds(&self) -> usize {
        self.n_worlds
    }

    /// The values of an input, one an instance.
    ///
    /// # Panics
    /// Where the inputs are not kept.
    #[must_use]
    pub fn input(&self, input: usize) -> &Column {
        assert!(self.keeps_inputs, "a tally that reads inputs must say so");
        &self.inputs[input]
    }

    /// The values of an input, to be written.
    pub fn input_mut(&mut self, input: usize) -> &mut Column {
        &mut self.inputs[input]
    }

    /// The amenability of an area in a joint world, one an instance.
    #[must_use]
    pub fn amenability(&self, world: usize, area: usize) -> &Column {
        &self.amenabilities[world * self.n_areas + area]
    }

    /// The inputs and the amenabilities, both to be written; shapes as in [`Batch`].
    pub fn parts_mut(&mut self) -> (&mut [Aligned], &mut [Aligned]) {
        (&mut self.inputs, &mut self.amenabilities)
    }
}
