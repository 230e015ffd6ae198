//! A range for each area's amenability, to lay a histogram over.

use super::derive::Number;
use super::precision::{known, worth};
use super::{Cell, Derived, Model, Source, Term};
use crate::dist::uniform_from_bits;

/// What is known of a number without drawing it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub mean: f64,
    pub variance: f64,
    /// The least and the greatest value that can be drawn.
    pub low: f64,
    pub high: f64,
}

impl Known {
    pub fn exact(x: f64) -> Self {
        Self { mean: x, variance: 0.0, low: x, high: x }
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
    /// A range that holds nearly all amenabilities of each area in all worlds, to lay a histogram over: what can be
    /// drawn, but no more than ten standard deviations around the mean.
    ///
    /// A weighted mean lies between the least and the greatest of its scores. The standard deviation is that of
    /// the mean linearised in its scores and weights (the delta method); where numbers go together it may be too small,
    /// and the range is twice as wide.
    #[must_use]
    pub fn amenability_ranges(&self) -> Vec<(f64, f64)> {
        const REACH: f64 = 10.0;
        let alone = |source: &Source| matches!(source, Source::Stream);
        let apart = self.derived.is_empty() && self.inputs.iter().all(|input| alone(&input.source));
        let reach = if apart { REACH } else { 2.0 * REACH };
        let columns = self.known();
        (0..self.n_areas)
            .map(|area| {
                let ranges = self.terms.iter().enumerate().map(|(world, terms)| {
                    let place = world * self.n_areas + area;
                    let (low, high) = range(&columns, terms, (area, self.residuals[place]), reach);
                    // What is left of it after the discounts lies between that and the floor.
                    let discounted = !self.discounts[place].is_empty();
                    let floor = self.floors[world];
                    if discounted { (low.min(floor), high.max(floor)) } else { (low, high) }
                });
                ranges.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((0.0, 1.0))
            })
            .collect()
    }

    /// What is known of each column.
    pub(super) fn known(&self) -> Vec<Known> {
        self.known_between([0, u64::MAX].map(uniform_from_bits))
    }

    /// The same where the least and the greatest uniform number that inputs are drawn with are these.
    pub(super) fn known_between(&self, ends: [f64; 2]) -> Vec<Known> {
        let mut columns: Vec<Known> = Vec::new();
        for input in &self.inputs {
            let [low, high] = ends.map(|p| input.dist.quantile(p));
            columns.push(Known { mean: input.dist.mean(), variance: input.dist.variance(), low, high });
        }
        for derived in &self.derived {
            let known = match derived {
                Derived::Sum(terms, constant) => {
                    let terms = terms.iter().map(|&(index, factor)| columns[index].linear(factor, 0.0));
                    terms.fold(Known::exact(*constant), Known::plus)
                }
                Derived::Select(_, options) => {
                    let options = options.iter().map(|option| match option {
                        Number::Exact(x) => Known::exact(*x),
                        Number::Column(index) => columns[*index],
                    });
                    // Wide enough whichever is selected.
                    let (low, high) = options
                        .clone()
                        .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x.low), b.max(x.high)));
                    let mean = options.clone().map(|x| x.mean).sum::<f64>() / options.len() as f64;
                    let off = |x: Known| x.variance + (x.mean - mean) * (x.mean - mean);
                    Known { mean, variance: options.map(off).fold(0.0, f64::max), low, high }
                }
                Derived::Weight { first, corners, .. } => {
                    let of = |corners: &Vec<f64>| {
                        let placing = &columns[*first..*first + corners.len()];
                        corners
                            .iter()
                            .zip(placing)
                            .fold(Known::exact(0.0), |sum, (c, e)| sum.plus(e.linear(*c, 0.0)))
                    };
                    let all: Vec<Known> = corners.iter().map(of).collect();
                    let mean = all.iter().map(|x| x.mean).sum::<f64>() / all.len() as f64;
                    let off = |x: &Known| x.variance + (x.mean - mean) * (x.mean - mean);
                    let high = all.iter().map(|x| x.high).fold(0.0, f64::max);
                    Known { mean, variance: all.iter().map(off).fold(0.0, f64::max), low: 0.0, high }
                }
            };
            columns.push(known);
        }
        columns
    }
}

/// The range of one area in one world, before discounts.
fn range(columns: &[Known], terms: &[Term], (area, residual): (usize, Cell), reach: f64) -> (f64, f64) {
    let known = |cell| known(columns, cell);
    let worth = |term: &Term| worth(columns, term, area);
    let total: f64 = terms.iter().map(|term| known(term.weight).mean).sum();
    let mean: f64 = terms.iter().map(|term| known(term.weight).mean / total * worth(term).mean).sum();
    let variance: f64 = terms
        .iter()
        .map(|term| {
            let (w, x) = (known(term.weight), worth(term));
            let gap = x.mean - mean;
            (w.mean * w.mean * x.variance + gap * gap * w.variance) / (total * total)
        })
        .sum();
    let residual = known(residual);
    let (mean, reach) = (mean + residual.mean, reach * (variance + residual.variance).sqrt());
    let drawn = terms.iter().map(|term| (worth(term).low, worth(term).high));
    let (low, high) = drawn.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((mean, mean));
    ((low + residual.low).max(mean - reach), (high + residual.high).min(mean + reach))
}
