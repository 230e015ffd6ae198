//! Moments and ends of columns, without drawing them.

use super::affine::Affine;
use super::shape::{Derived, Model};
use crate::distribution::uniform_from_bits;

/// The moments and the ends of a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct ValueRange {
    pub mean: f64,
    pub variance: f64,
    /// The least and the greatest value that can be drawn.
    pub low: f64,
    pub high: f64,
}

impl ValueRange {
    pub fn exact(x: f64) -> Self {
        Self { mean: x, variance: 0.0, low: x, high: x }
    }

    /// Returns what is known of a number, given what is known of all columns.
    pub fn of(columns: &[Self], number: Affine) -> Self {
        number.column.map_or_else(
            || Self::exact(number.offset),
            |column| {
                if number.is_bare() {
                    columns[column]
                } else {
                    columns[column].linear(number.slope, number.offset)
                }
            },
        )
    }

    /// Returns what is known of the column that a number is a line in; of a certain number, of the number.
    pub fn of_column(columns: &[Self], number: Affine) -> Self {
        number.column.map_or_else(|| Self::exact(number.offset), |column| columns[column])
    }

    /// Returns the greatest size.
    pub fn size(self) -> f64 {
        self.low.abs().max(self.high.abs())
    }

    /// The number times a factor, and something added.
    pub fn linear(self, factor: f64, constant: f64) -> Self {
        let ends = [self.low * factor + constant, self.high * factor + constant];
        Self {
            mean: self.mean * factor + constant,
            variance: self.variance * factor * factor,
            low: ends[0].min(ends[1]),
            high: ends[0].max(ends[1]),
        }
    }

    /// The sum of independent numbers.
    fn plus(self, other: Self) -> Self {
        Self {
            mean: self.mean + other.mean,
            variance: self.variance + other.variance,
            low: self.low + other.low,
            high: self.high + other.high,
        }
    }
}

impl Model {
    /// Returns what is known of each column.
    pub(super) fn known(&self) -> Vec<ValueRange> {
        self.known_between([0, u64::MAX].map(uniform_from_bits))
    }

    /// Returns what is known of each column where the least and the greatest uniform number that inputs are drawn with are these.
    pub(super) fn known_between(&self, ends: [f64; 2]) -> Vec<ValueRange> {
        let mut columns: Vec<ValueRange> = Vec::new();
        for input in &self.inputs {
            let [low, high] = ends.map(|p| input.dist.quantile(p));
            columns.push(ValueRange { mean: input.dist.mean(), variance: input.dist.variance(), low, high });
        }
        for derived in &self.derived {
            let known = match derived {
                Derived::Sum(terms, constant) => {
                    let terms = terms.iter().map(|&(index, factor)| columns[index].linear(factor, 0.0));
                    terms.fold(ValueRange::exact(*constant), ValueRange::plus)
                }
                Derived::Select(_, options) => {
                    let options = options.iter().map(|option| ValueRange::of(&columns, *option));
                    // Wide enough whichever is selected.
                    let (low, high) = options
                        .clone()
                        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x.low), b.max(x.high)));
                    let mean = options.clone().map(|x| x.mean).sum::<f64>() / options.len() as f64;
                    let off = |x: ValueRange| x.variance + (x.mean - mean) * (x.mean - mean);
                    ValueRange { mean, variance: options.map(off).fold(0.0, f64::max), low, high }
                }
                Derived::Weight { first, corners, .. } => {
                    let of = |corners: &Vec<f64>| {
                        let placing = &columns[*first..*first + corners.len()];
                        corners
                            .iter()
                            .zip(placing)
                            .fold(ValueRange::exact(0.0), |sum, (c, e)| sum.plus(e.linear(*c, 0.0)))
                    };
                    let all: Vec<ValueRange> = corners.iter().map(of).collect();
                    let mean = all.iter().map(|x| x.mean).sum::<f64>() / all.len() as f64;
                    let off = |x: &ValueRange| x.variance + (x.mean - mean) * (x.mean - mean);
                    let high = all.iter().map(|x| x.high).fold(0.0, f64::max);
                    ValueRange { mean, variance: all.iter().map(off).fold(0.0, f64::max), low: 0.0, high }
                }
            };
            columns.push(known);
        }
        columns
    }
}
