//! Whether a model may be drawn in single precision: whether its rounding stays far below what tells the areas apart.

use super::range::Known;
use super::{Cell, Derived, Model, Source, Term};
use crate::batch::Grain;
use std::collections::HashMap;

/// Rounding may come to this share of the standard deviation of a gap between two areas. What lies so near to a tie that
/// it is decided by rounding has then a probability of a few millionths at most, and as rounding favours nobody, it moves
/// the probability of an order by less than one: `tests/it/single.rs` measures it at this limit.
const LIMIT: f64 = 5e-6;

/// What drawing in single precision moves any probability of an order by, at most, in a model that suits it.
pub const SINGLE_MOVES: f64 = 1e-6;

/// Half the distance from 1 to the next number in single precision.
const ROUNDING: f64 = f32::EPSILON as f64 / 2.0;

/// Numbers beyond these, or numbers and sums of weights that may be smaller, are left to double precision: squares, and widths over
/// 2^31, have to be numbers too.
const LARGEST: f64 = 1e12;
const LEAST: f64 = 1e-12;
/// And so are inputs with a smaller standard deviation.
const LEAST_SD: f64 = 1e-9;

impl Model {
    /// Whether drawing in single precision moves no probability of an order by as much as a millionth, by rounding and by drawing
    /// 31 random bits: no number is too large or too small, and the gap between each two areas, in each world, varies far more
    /// than it is rounded.
    #[must_use]
    pub fn suits_single(&self) -> bool {
        let (columns, grains) = (self.known(), self.grains::<f32>());
        let moderate = |known: &Known| known.low.abs() <= LARGEST && known.high.abs() <= LARGEST;
        let exact = |cell: Cell| match cell {
            Cell::Exact(x) => x.abs() <= LARGEST,
            Cell::Input(_) => true,
        };
        columns.iter().all(moderate)
            && self.inputs.iter().zip(&columns).all(|(_, known)| known.variance >= LEAST_SD * LEAST_SD)
            && self.terms.iter().flatten().all(|term| term.scores.iter().all(|&score| exact(score)))
            && self.terms.iter().enumerate().all(|(world, terms)| {
                let weights = terms.iter().map(|term| known(&columns, term.weight));
                let least: f64 = weights.clone().map(|w| w.low).sum();
                let total: f64 = weights.map(|w| w.mean).sum();
                least >= LEAST && total <= LARGEST && self.tells_apart(world, &columns, total, &grains)
            })
    }

    /// Whether the gaps between all areas in a world vary more than they are rounded.
    fn tells_apart(&self, world: usize, columns: &[Known], total: f64, grains: &[Grain]) -> bool {
        let areas: Vec<Area> = (0..self.n_areas).map(|area| self.area(world, area, columns, total)).collect();
        let grains = &grains[world * self.n_areas..];
        areas.iter().enumerate().all(|(i, one)| {
            areas[..i].iter().enumerate().all(|(j, other)| {
                let rounding = 2.0 * ROUNDING * (one.size + other.size);
                // Sums that are exact have the ties that they ought to have.
                if grains[i].step > 0.0 && grains[j].step > 0.0 {
                    return true;
                }
                // What each has for itself is enough mostly.
                if rounding * rounding <= LIMIT * LIMIT * (one.own + other.own) {
                    return true;
                }
                if [i, j].iter().any(|area| !self.discounts[world * self.n_areas + area].is_empty()) {
                    return false;
                }
                let (gap, variance, lumps) = self.gap(world, (i, j), columns, total);
                if lumps && variance == 0.0 {
                    return false;
                }
                if variance > 0.0 {
                    rounding <= LIMIT * variance.sqrt()
                } else {
                    self.is_the_same(world, i, j) || gap.abs() > 16.0 * rounding
                }
            })
        })
    }

    /// Whether two areas are worked out in the same way from the same numbers.
    fn is_the_same(&self, world: usize, i: usize, j: usize) -> bool {
        let [one, other] = [i, j].map(|area| world * self.n_areas + area);
        self.terms[world].iter().all(|term| term.scores[i] == term.scores[j])
            && self.residuals[one] == self.residuals[other]
            && self.discounts[one] == self.discounts[other]
    }

    /// What an area's amenability is rounded by, and varies by for reasons of its own that have a density: what comes in lumps may
    /// tie, however much it varies.
    fn area(&self, world: usize, area: usize, columns: &[Known], total: f64) -> Area {
        let place = world * self.n_areas + area;
        let origin = self.origin::<f32>();
        let mut sum = Area { size: self.size(columns, self.residuals[place]), own: 0.0 };
        for term in &self.terms[world] {
            let (weight, worth) = (known(columns, term.weight).mean / total, worth(columns, term, area));
            // Rounding sets in where a score is drawn, before it is a worth.
            let slope = term.value.map_or(1.0, |value| value.slope());
            let (score, drawn) = (term.scores[area], matches!(term.scores[area], Cell::Input(_)));
            let before = if drawn && (term.value.is_some() || !self.is_plain()) {
                slope.abs() * self.size(columns, score)
            } else {
                0.0
            };
            sum.size += weight * worth.linear(1.0, -origin).size().max(before);
            if let Cell::Input(input) = score
                && self.has_density(input)
                && self.inputs[input].source == Source::Stream
                && !term.scores.iter().enumerate().any(|(other, cell)| other != area && *cell == score)
            {
                sum.own += weight * weight * worth.variance;
            }
        }
        for &discount in &self.discounts[place] {
            // What is left may be this little of the gap, but is rounded beside the floor.
            let left = known(columns, discount).low.max(0.0);
            sum.own *= left * left;
            sum.size += (self.floors[world] - origin).abs();
        }
        sum
    }

    /// Whether a column is an input without values that have a probability of their own.
    fn has_density(&self, column: usize) -> bool {
        self.inputs.get(column).is_some_and(|input| input.dist.atoms().is_empty())
    }

    /// How large the parts of a number usually are at most.
    fn size(&self, columns: &[Known], cell: Cell) -> f64 {
        let parts = self.linear(cell);
        known(columns, cell)
            .size()
            .max(parts.iter().map(|&(column, c)| (c * columns[column].size()).abs()).sum())
    }

    /// Mean and variance of the gap between two areas in a world, the weighted mean linearised in its scores and weights: the variance
    /// of what has a density; and whether there is anything else that varies.
    fn gap(&self, world: usize, (i, j): (usize, usize), columns: &[Known], total: f64) -> (f64, f64, bool) {
        let mut mean = 0.0;
        let mut slopes: HashMap<usize, f64> = HashMap::new();
        let mut add = |cell: Cell, factor: f64| {
            for (input, slope) in self.linear(cell) {
                *slopes.entry(input).or_default() += slope * factor;
            }
        };
        for term in &self.terms[world] {
            let weight = known(columns, term.weight).mean / total;
            let slope = term.value.map_or(1.0, |value| value.slope());
            let difference = worth(columns, term, i).mean - worth(columns, term, j).mean;
            mean += weight * difference;
            add(term.scores[i], weight * slope);
            add(term.scores[j], -weight * slope);
            add(term.weight, difference / total);
        }
        for (area, sign) in [(i, 1.0), (j, -1.0)] {
            let residual = self.residuals[world * self.n_areas + area];
            mean += sign * known(columns, residual).mean;
            add(residual, sign);
        }
        let smooth = slopes.iter().filter(|(column, _)| self.has_density(**column));
        let variance =
            smooth.map(|(&input, slope)| slope * slope * columns[input].variance * self.own_share(input));
        let lumps = slopes.keys().any(|&column| !self.has_density(column));
        (mean, variance.sum(), lumps)
    }

    /// A cell as a sum of columns that are no sums themselves.
    fn linear(&self, cell: Cell) -> Vec<(usize, f64)> {
        let Cell::Input(column) = cell else { return Vec::new() };
        match column.checked_sub(self.inputs.len()).map(|derived| &self.derived[derived]) {
            Some(Derived::Sum(terms, _)) => terms
                .iter()
                .flat_map(|&(column, c)| {
                    self.linear(Cell::Input(column))
                        .into_iter()
                        .map(move |(column, slope)| (column, slope * c))
                })
                .collect(),
            _ => vec![(column, 1.0)],
        }
    }

    /// The share of the variance of a normal score that it has for itself, or else what it has in common with others may cancel.
    fn own_share(&self, column: usize) -> f64 {
        match self.inputs.get(column).map(|input| (&input.source, &input.address)) {
            Some((Source::Score(parts), address)) => parts
                .iter()
                .filter(|(latent, _)| self.inputs[*latent].address == *address)
                .map(|(_, loading)| loading * loading)
                .sum(),
            _ => 1.0,
        }
    }
}

/// What the amenability of an area is rounded by and varies by.
struct Area {
    /// The sum of the sizes of its terms.
    size: f64,
    /// The variance that comes of scores of its own.
    own: f64,
}

impl Known {
    /// How large the number usually is at most.
    fn size(self) -> f64 {
        self.mean.abs() + 3.0 * self.variance.sqrt()
    }
}

/// What is known of a cell.
pub(super) fn known(columns: &[Known], cell: Cell) -> Known {
    match cell {
        Cell::Exact(x) => Known::exact(x),
        Cell::Input(column) => columns[column],
    }
}

/// What the score of an area is worth; what is exact is as what it is worth already.
pub(super) fn worth(columns: &[Known], term: &Term, area: usize) -> Known {
    match (term.scores[area], term.value) {
        (cell @ Cell::Input(_), Some(value)) => known(columns, cell).linear(value.slope(), value.apply(0.0)),
        (cell, _) => known(columns, cell),
    }
}
