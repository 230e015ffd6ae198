//! Places for draws: a column, or right away into weighted sums. Knows not how they are drawn.

use crate::batch::{Column, ROW};
use crate::real::Real;

/// Something that takes the draws of a block row by row.
pub trait Put<R> {
    /// Takes row number `row`; to be marked `#[inline(always)]`.
    fn put(&mut self, row: usize, values: [R; ROW]);
}

/// Something that draws inputs.
pub trait InputDrawer<R> {
    /// InputDrawer an input's values of a block.
    fn draw(&mut self, input: usize, sink: impl Put<R>);
}

/// Keeps the draws in a column.
pub struct Store<'a, R>(pub &'a mut Column<R>);

impl<R: Real> Put<R> for Store<'_, R> {
    #[inline(always)]
    fn put(&mut self, row: usize, values: [R; ROW]) {
        self.0.as_chunks_mut::<ROW>().0[row] = values;
    }
}

/// Adds weights times what the draws are worth to sums.
pub(super) struct Add<'a, R, W, const N: usize> {
    pub sums: [&'a mut Column<R>; N],
    pub weights: [&'a Column<R>; N],
    pub worth: W,
}

impl<R: Real, W: Fn(R) -> R, const N: usize> Put<R> for Add<'_, R, W, N> {
    #[inline(always)]
    fn put(&mut self, row: usize, values: [R; ROW]) {
        for (sum, weight) in self.sums.iter_mut().zip(self.weights) {
            // On copies, of which the compiler sees that they are not the same place.
            let sums = &mut sum.as_chunks_mut::<ROW>().0[row];
            let (mut sum, weight) = (*sums, weight.as_chunks::<ROW>().0[row]);
            for lane in 0..ROW {
                sum[lane] += weight[lane] * (self.worth)(values[lane]);
            }
            *sums = sum;
        }
    }
}
