//! Areas that tie whatever the weights are: with certain scores and weights that hang together, such as two that are one input.
//!
//! Their sums are the same number, and rounding would tell them apart; so they are worked out in the same way.

use super::affine::Affine;
use super::shape::{Derived, Model, Term};
use std::collections::BTreeMap;

/// The share of its parts below which a sum is 0 but for rounding.
const CLOSE: f64 = 1e-13;

/// A gap: its coefficient of each column, `None` standing for what is certain, and the sizes that it is made of.
type Form = BTreeMap<Option<usize>, (f64, f64)>;

/// A factor, and the size of what it is a difference of.
#[derive(Clone, Copy)]
struct Scaled {
    times: f64,
    size: f64,
}

impl Model {
    /// Shape `[n_worlds x n_areas]`, row-major: for each area the first whose sum of weights times scores is the same for certain, mostly
    /// itself.
    #[must_use]
    pub fn twins(&self) -> Vec<usize> {
        let of = |terms: &Vec<Term>| {
            let certain = |area: usize| terms.iter().all(|term| term.scores[area].column.is_none());
            // What is certain altogether is a matter of decimals.
            let drawn = terms.iter().any(|term| term.weight.column.is_some());
            let mut twins: Vec<usize> = (0..self.n_areas).collect();
            let certain: Vec<usize> = twins.iter().copied().filter(|&area| drawn && certain(area)).collect();
            let sums = self.sums(terms, &certain);
            for (index, &area) in certain.iter().enumerate() {
                let before = certain[..index].iter().zip(&sums);
                let near = before.filter(|(other, sum)| {
                    let apart = (sums[index].0 - sum.0).abs();
                    twins[**other] == **other && apart <= CLOSE * (sums[index].1 + sum.1)
                });
                let other = near.map(|(other, _)| *other).find(|&other| self.is_twin(terms, area, other));
                if let Some(other) = other {
                    twins[area] = other;
                }
            }
            twins
        };
        self.terms.iter().flat_map(of).collect()
    }

    /// The sums of weights times scores of areas whose scores are certain, at weights of no meaning, and the sizes that they are made of:
    /// twins have the same.
    fn sums(&self, terms: &[Term], areas: &[usize]) -> Vec<(f64, f64)> {
        /// The golden ratio, whose multiples have nothing to do with each other.
        const TURN: f64 = 0.618_033_988_749_894_9;
        let at =
            |column: Option<usize>| column.map_or(1.0, |column| 1.0 + (TURN * (column + 1) as f64).fract());
        let weights: Vec<f64> = terms
            .iter()
            .filter(|_| !areas.is_empty())
            .map(|term| {
                let mut form = Form::new();
                self.add(&mut form, term.weight, Scaled { times: 1.0, size: 1.0 }, 0);
                form.into_iter().map(|(column, (coefficient, _))| coefficient * at(column)).sum()
            })
            .collect();
        let sum = |area: &usize| {
            let score =
                |term: &Term| term.scores[*area].as_exact().expect("scores of these areas are certain");
            let parts = terms.iter().zip(&weights).map(|(term, weight)| weight * score(term));
            parts.fold((0.0, 0.0), |(sum, size), part| (sum + part, size + part.abs()))
        };
        areas.iter().map(sum).collect()
    }

    fn is_twin(&self, terms: &[Term], one: usize, other: usize) -> bool {
        let simplices = terms.iter().map(|term| self.n_simplices(term.weight)).max().unwrap_or(1);
        (0..simplices).all(|simplex| {
            let mut form = Form::new();
            for term in terms {
                let [Some(x), Some(y)] = [one, other].map(|area| term.scores[area].as_exact()) else {
                    return false;
                };
                // What is left of a difference is no more exact than the two.
                self.add(&mut form, term.weight, Scaled { times: x - y, size: x.abs() + y.abs() }, simplex);
            }
            form.values().all(|(sum, size)| sum.abs() <= CLOSE * size)
        })
    }

    /// Returns how many simplices a weight is drawn from.
    fn n_simplices(&self, weight: Affine) -> usize {
        match weight.column.and_then(|column| self.derived_at(column)) {
            Some(Derived::Weight { corners, .. }) => corners.len(),
            _ => 1,
        }
    }

    /// Adds a weight times a number, in terms of what is independent.
    fn add(&self, form: &mut Form, weight: Affine, scaled: Scaled, simplex: usize) {
        let Scaled { times, size } = scaled;
        let mut put = |column: Option<usize>, coefficient: f64| {
            let (sum, sizes) = form.entry(column).or_default();
            *sum += times * coefficient;
            *sizes += size * coefficient.abs();
        };
        let Some(column) = weight.column else { return put(None, weight.offset) };
        match self.derived_at(column) {
            Some(Derived::Sum(terms, constant)) => {
                put(None, *constant);
                for &(column, c) in terms {
                    let scaled = Scaled { times: times * c, size: size * c.abs() };
                    self.add(form, Affine::bare(column), scaled, simplex);
                }
            }
            Some(Derived::Weight { first, corners, .. }) => {
                for (vertex, &corner) in corners[simplex % corners.len()].iter().enumerate() {
                    put(Some(first + vertex), corner);
                }
            }
            Some(Derived::Select(..)) | None => put(Some(column), 1.0),
        }
    }
}
