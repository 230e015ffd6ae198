//! A split model at one point of its shared numbers: what each area's overall score is there. All overall scores are scaled by
//! one number that the worlds have in common, so that their integrated numbers have the same coefficients in each.

use super::cell::CellLaw;
use super::given::ConditionalState;
use super::shape::{Weight, WeightedTerm};
use super::sobol::Sobol;
use super::split::Split;
use crate::distribution::{standard_cdf, uniform_from_bits};
use crate::model::{Affine, Derived, Source};

/// The areas at a point.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Shape `[n_columns]`: the shared columns.
    columns: Vec<f64>,
    /// Shape `[n_worlds]`: the sum of the weights.
    totals: Vec<f64>,
    /// The number that all overall scores times the sums of their weights are multiplied by.
    scale: f64,
    /// One an integrated number: what it is multiplied by.
    pub coefficients: Vec<f64>,
    /// One an integrated number: where it is, if its distribution depends on the point.
    pub given: Vec<ConditionalState>,
    /// Shape `[n_worlds * n_areas]`.
    pub laws: Vec<AreaAtPoint>,
}

/// An overall score at a point, scaled.
#[derive(Clone, Copy, Debug, Default)]
pub struct AreaAtPoint {
    /// The certain part, with the centres of what is not certain.
    pub constant: f64,
    /// The size of what is certain without those, of all its parts.
    pub size: f64,
    /// The least and the greatest value that it is taken to have.
    pub low: f64,
    pub high: f64,
    /// The probability of values beyond those.
    pub outside: f64,
    /// True if it has finitely many values.
    pub discrete: bool,
    /// Mean and variance, not scaled.
    pub mean: f64,
    pub variance: f64,
}

impl Frame {
    /// Room for a split model.
    pub fn new(split: &Split<'_>) -> Self {
        let n_columns = split.model.inputs().len() + split.model.derived().len();
        Self {
            columns: vec![0.0; n_columns],
            totals: vec![0.0; split.weights.len()],
            scale: 1.0,
            coefficients: vec![0.0; split.cells.len()],
            given: vec![ConditionalState::default(); split.cells.len()],
            laws: vec![AreaAtPoint::default(); split.laws.len()],
        }
    }

    /// AreaAtPoint a point, always the same.
    pub fn at_one_point(split: &Split<'_>) -> Self {
        let (mut frame, mut digits) = (Self::new(split), vec![0; split.dimensions.len()]);
        Sobol::scrambled(digits.len(), 0, 0).digits(0, &mut digits);
        frame.set_point(split, &digits);
        frame
    }

    /// The means of the areas, the worlds counting alike.
    pub fn centres(&self, split: &Split<'_>) -> Vec<f64> {
        let n_areas = split.model.n_areas();
        let n_worlds = (self.laws.len() / n_areas) as f64;
        let centre = |area: usize| {
            let laws = self.laws[area..].iter().step_by(n_areas);
            laws.map(|law| law.mean).sum::<f64>() / n_worlds
        };
        (0..n_areas).map(centre).collect()
    }

    /// Moves to the point with these binary digits.
    pub fn set_point(&mut self, split: &Split<'_>, digits: &[u64]) {
        for &(column, dimension) in &split.drawn {
            let u = uniform_from_bits(digits[dimension]);
            self.columns[column] = split.model.inputs()[column].dist.quantile(u);
        }
        for &column in &split.worked_out {
            self.columns[column] = self.evaluate_column(split, column);
        }
        for (total, weights) in self.totals.iter_mut().zip(&split.weights) {
            *total = weights.iter().map(|&weight| value(&self.columns, weight)).sum();
        }
        self.scale = 1.0 / self.totals.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        for (index, cell) in split.cells.iter().enumerate() {
            if cell.alike != index {
                self.coefficients[index] = self.coefficients[cell.alike];
                continue;
            }
            let left = self.discount_factor(&cell.discounts);
            self.coefficients[index] = left * self.scale * self.sum(&cell.parts);
            if let CellLaw::Given { given, known, .. } = &cell.law
                && self.coefficients[index] != 0.0
            {
                let known = self.combined(known);
                given.set_point(known, &mut self.given[index]);
            }
        }
        let n_areas = split.model.n_areas();
        for (index, law) in split.laws.iter().enumerate() {
            let (left, total) = (self.discount_factor(&law.discounts), self.totals[index / n_areas]);
            let floor = split.model.floor() * (1.0 - left) * total;
            let certain = left * self.sum(&law.parts) + floor;
            let size = left * self.size(&law.parts) + floor.abs();
            let (constant, size) = (certain * self.scale, size * self.scale);
            let mut at = AreaAtPoint { constant, size, discrete: true, ..AreaAtPoint::default() };
            (at.low, at.high, at.mean) = (at.constant, at.constant, at.constant);
            for &cell in &law.cells {
                let (c, law) = (self.coefficients[cell], &split.cells[cell].law);
                if c != 0.0 {
                    let ((low, high), outside, (mean, variance)) = law.at(&self.given[cell]);
                    at.constant += c * law.centre();
                    at.low += (c * low).min(c * high);
                    at.high += (c * low).max(c * high);
                    at.outside += outside;
                    at.discrete &= law.atom_probability() > 0.0;
                    at.mean += c * mean;
                    at.variance += c * c * variance;
                }
            }
            let unit = 1.0 / (self.scale * total);
            at.mean *= unit;
            at.variance *= unit * unit;
            self.laws[index] = at;
        }
    }

    /// Moves some shared columns alone.
    pub fn place(&mut self, split: &Split<'_>, columns: &[usize], values: &[f64]) {
        for (column, value) in columns.iter().zip(values) {
            self.columns[*column] = *value;
        }
        for &column in &split.worked_out {
            self.columns[column] = self.evaluate_column(split, column);
        }
    }

    /// Columns times loadings.
    pub fn combined(&self, loadings: &[(usize, f64)]) -> f64 {
        loadings.iter().map(|&(column, loading)| loading * self.columns[column]).sum()
    }

    fn evaluate_column(&self, split: &Split<'_>, column: usize) -> f64 {
        const LEAST: f64 = f64::EPSILON / 2.0;
        let inputs = split.model.inputs();
        if let Some(input) = inputs.get(column) {
            let Source::Score(loadings) = &input.source else { return 0.0 };
            let z = loadings.iter().map(|&(latent, loading)| loading * self.columns[latent]).sum();
            return input.dist.quantile(standard_cdf(z).clamp(LEAST, 1.0 - LEAST));
        }
        match &split.model.derived()[column - inputs.len()] {
            Derived::Sum(terms, constant) => {
                terms.iter().fold(*constant, |sum, &(column, c)| sum + c * self.columns[column])
            }
            Derived::Select(selector, options) => {
                value(&self.columns, options[self.columns[*selector] as usize])
            }
            Derived::Weight { simplex, first, corners } => {
                let corners = corners[self.columns[*simplex] as usize].iter();
                corners.zip(&self.columns[*first..]).map(|(corner, placing)| corner * placing).sum()
            }
        }
    }

    /// Returns what discounts leave.
    fn discount_factor(&self, discounts: &[Affine]) -> f64 {
        discounts.iter().map(|&discount| value(&self.columns, discount)).product()
    }

    /// Returns the sum of parts.
    pub fn sum(&self, parts: &[WeightedTerm]) -> f64 {
        self.terms(parts).fold(0.0, |sum, term| sum + term)
    }

    /// The size of the parts, before they cancel.
    fn size(&self, parts: &[WeightedTerm]) -> f64 {
        self.terms(parts).fold(0.0, |sum, term| sum + term.abs())
    }

    /// Returns what each part comes to that counts at the point.
    fn terms<'a>(&'a self, parts: &'a [WeightedTerm]) -> impl Iterator<Item = f64> + 'a {
        let counts = move |part: &&WeightedTerm| {
            part.when.is_none_or(|when| self.columns[when.selector] == when.index)
        };
        parts.iter().filter(counts).map(move |part| {
            let weight = match part.weight {
                Weight::Factor(weight) => value(&self.columns, weight),
                Weight::Total(world) => self.totals[world],
            };
            weight * part.factor * value(&self.columns, part.number)
        })
    }
}

fn value(columns: &[f64], number: Affine) -> f64 {
    number.value(|column| columns[column])
}
