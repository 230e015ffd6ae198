//! What is worked out from the inputs of a block: numbers made of others, and what becomes of amenabilities after the
//! weighted mean.

use super::{Cell, Model};
use crate::batch::{BLOCK, Batch, Column};

/// A column that is worked out from earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Derived {
    /// A sum of columns times coefficients, and a constant.
    Sum(Vec<(usize, f64)>, f64),
    /// One of several numbers, by the index that a column holds.
    Select(usize, Vec<Number>),
    /// The weight of one factor in a polytope: the sum of the placing columns times that weight at the vertices of
    /// the simplex whose index a column holds.
    Weight {
        /// The column that holds the index.
        simplex: usize,
        /// The first of the placing columns, one a vertex.
        first: usize,
        /// Shape `[n_simplices x n_vertices]`: the weight at the vertices.
        corners: Vec<Vec<f64>>,
    },
}

/// A number that a column can be made of: certain, or a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A certain number.
    Exact(f64),
    /// The index of a column.
    Column(usize),
}

impl Derived {
    /// Fills a column from those before it.
    fn fill(&self, before: &[Column], out: &mut Column) {
        match self {
            Self::Sum(terms, constant) => {
                out.fill(*constant);
                for &(index, coefficient) in terms {
                    for (sum, x) in out.iter_mut().zip(&before[index]) {
                        *sum += coefficient * x;
                    }
                }
            }
            Self::Select(selector, options) => {
                for (n, (out, index)) in out.iter_mut().zip(&before[*selector]).enumerate() {
                    *out = match options[*index as usize] {
                        Number::Exact(x) => x,
                        Number::Column(column) => before[column][n],
                    };
                }
            }
            Self::Weight { simplex, first, corners } => {
                for (n, (out, index)) in out.iter_mut().zip(&before[*simplex]).enumerate() {
                    let corners = corners[*index as usize].iter().zip(&before[*first..]);
                    *out = corners.map(|(corner, placing)| corner * placing[n]).sum();
                }
            }
        }
    }
}

impl Model {
    /// Works out all derived columns of a batch, its inputs being drawn.
    pub fn derive(&self, batch: &mut Batch) {
        let first = self.inputs.len();
        for (index, derived) in self.derived.iter().enumerate() {
            let (before, rest) = batch.columns_mut().split_at_mut(first + index);
            derived.fill(before, &mut rest[0]);
        }
    }

    /// Adds the residuals to the amenabilities and takes the discounts off.
    pub(super) fn adjust(&self, batch: &mut Batch) {
        let (inputs, amenabilities) = batch.parts_mut();
        for ((area, residual), discounts) in
            amenabilities.iter_mut().zip(&self.residuals).zip(&self.discounts)
        {
            match *residual {
                Cell::Exact(0.0) => {}
                Cell::Exact(x) => area.iter_mut().for_each(|a| *a += x),
                Cell::Input(i) => area.iter_mut().zip(&inputs[i]).for_each(|(a, x)| *a += x),
            }
            for discount in discounts {
                let exact;
                let left = match *discount {
                    Cell::Exact(m) => {
                        exact = [m; BLOCK];
                        &exact
                    }
                    Cell::Input(i) => &inputs[i],
                };
                for (a, m) in area.iter_mut().zip(left) {
                    *a = self.floor + (*a - self.floor) * m;
                }
            }
        }
    }
}
