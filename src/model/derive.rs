//! Columns that are worked out from the inputs of a block: numbers made of others, and what becomes of overall scores after the
//! weighted mean.

use super::shape::{Derived, Input, Model, Source};
use super::sink::{InputDrawer, Store};
use crate::batch::{Aligned, Column};
use crate::kernel::{Kernel, dispatch};
use crate::real::Real;

impl Derived {
    /// Fills a column from those before it.
    fn fill<R: Real>(&self, before: &[Aligned<R>], out: &mut Column<R>) {
        match self {
            Self::Sum(terms, constant) => {
                out.fill(R::nearest(*constant));
                for &(index, coefficient) in terms {
                    let coefficient = R::nearest(coefficient);
                    for (sum, x) in out.iter_mut().zip(before[index].iter()) {
                        *sum += coefficient * *x;
                    }
                }
            }
            Self::Select(selector, options) => {
                for (n, (out, index)) in out.iter_mut().zip(before[*selector].iter()).enumerate() {
                    let option = &options[whole(*index)];
                    *out = option.column.map_or(R::nearest(option.offset), |column| before[column][n]);
                }
            }
            Self::Weight { simplex, first, corners } => {
                for (n, (out, index)) in out.iter_mut().zip(before[*simplex].iter()).enumerate() {
                    *out = R::default();
                    for (corner, placing) in corners[whole(*index)].iter().zip(&before[*first..]) {
                        *out += R::nearest(*corner) * placing[n];
                    }
                }
            }
        }
    }
}

impl Model {
    /// Returns true if every column is an input of its own stream, and overall scores are the weighted means alone: then columns can
    /// be drawn just when they are needed.
    pub(crate) fn is_plain(&self) -> bool {
        let alone = |input: &Input| matches!(input.source, Source::Stream);
        let untouched = self.residuals.iter().all(|residual| residual.is_exactly(0.0));
        self.derived.is_empty()
            && self.inputs.iter().all(alone)
            && untouched
            && self.discounts.iter().all(Vec::is_empty)
    }

    /// Fills all columns of a block, in their order: those that have a stream are drawn, the others made of those before.
    pub(super) fn fill<R: Real>(&self, columns: &mut [Aligned<R>], drawer: &mut impl InputDrawer<R>) {
        for (index, input) in self.inputs.iter().enumerate() {
            let (before, rest) = columns.split_at_mut(index);
            if let Source::Score(loadings) = &input.source {
                let mut column = normal_scores(before, loadings);
                input.dist.at_normal_scores(&mut column[..]);
                for (out, x) in rest[0].iter_mut().zip(column.iter()) {
                    *out = R::nearest(*x);
                }
            } else {
                drawer.draw(index, Store(&mut rest[0]));
            }
        }
        for (index, derived) in self.derived.iter().enumerate() {
            let (before, rest) = columns.split_at_mut(self.inputs.len() + index);
            derived.fill(before, &mut rest[0]);
        }
    }

    /// Adds the residuals to the overall scores and takes the discounts off.
    pub(super) fn adjust<R: Real>(&self, inputs: &[Aligned<R>], overall_scores: &mut [Aligned<R>]) {
        let places = overall_scores.iter_mut().zip(&self.residuals).zip(&self.discounts);
        for (place, ((area, residual), discounts)) in places.enumerate() {
            let floor = R::nearest(self.floors[place / self.n_areas] - self.origin::<R>());
            match residual.column {
                None if residual.offset == 0.0 => {}
                None => area.iter_mut().for_each(|a| *a += R::nearest(residual.offset)),
                Some(i) => area.iter_mut().zip(inputs[i].iter()).for_each(|(a, x)| *a += *x),
            }
            for discount in discounts {
                let leave = |a: &mut R, m: R| *a = floor + (*a - floor) * m;
                match discount.column {
                    None => area.iter_mut().for_each(|a| leave(a, R::nearest(discount.offset))),
                    Some(i) => area.iter_mut().zip(inputs[i].iter()).for_each(|(a, m)| leave(a, *m)),
                }
            }
        }
    }
}

/// Returns the number that a column holds as an index.
fn whole<R: Real>(index: R) -> usize {
    let index: f64 = index.into();
    index as usize
}

/// Weighted sums of standard normals, in double precision, because numbers near 1 have few digits.
fn normal_scores<R: Real>(normals: &[Aligned<R>], loadings: &[(usize, f64)]) -> Aligned {
    let mut sum = Aligned::<f64>::default();
    for &(index, loading) in loadings {
        dispatch(AddLoaded { sum: &mut sum, normals: &normals[index], loading });
    }
    sum
}

struct AddLoaded<'a, R> {
    sum: &'a mut Column,
    normals: &'a Column<R>,
    loading: f64,
}

impl<R: Real> Kernel for AddLoaded<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (sum, &z) in self.sum.iter_mut().zip(self.normals) {
            let z: f64 = z.into();
            *sum += self.loading * z;
        }
    }
}
