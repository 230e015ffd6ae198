//! A gap between fixed scores as a sum of coefficients times independent numbers.

use super::super::shape::{Sides, kept};
use super::decimal;
use super::sign::ROUNDING;
use crate::model::{Affine, Derived, Model, Source, Term};
use std::collections::BTreeMap;

/// A coefficient and how far rounding may have moved it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Coefficient {
    pub value: f64,
    error: f64,
}

/// A gap, up to a positive factor.
#[derive(Debug, Default)]
pub struct Line {
    pub constant: Coefficient,
    /// Inputs, which are independent, with their coefficients.
    pub terms: Vec<(usize, Coefficient)>,
    /// Instead of both, where the weights are drawn from a polytope: the column that selects a simplex, and the score difference per
    /// weight column.
    pub over_pieces: Option<(usize, Vec<(usize, Coefficient)>)>,
}

impl Coefficient {
    /// A number that is as exact as a double.
    fn exact(value: f64) -> Self {
        Self { value, error: 0.0 }
    }

    /// The value, or zero where rounding alone may have moved it from there.
    pub fn settled(self) -> f64 {
        if self.value.abs() <= self.error { 0.0 } else { self.value }
    }

    /// Returns how far the value may be off as a share of it.
    pub fn relative_error(self) -> f64 {
        self.error / self.value.abs() + ROUNDING
    }

    /// Adds a coefficient times a number.
    pub fn add(&mut self, times: f64, Self { value, error }: Self) {
        if times == 0.0 || (value == 0.0 && error == 0.0) {
            return;
        }
        if self.value == 0.0 && self.error == 0.0 {
            (self.value, self.error) = (times * value, times.abs() * error);
            if times.abs() != 1.0 {
                self.error += ROUNDING * self.value.abs();
            }
            return;
        }
        let size = self.value.abs() + (times * value).abs();
        self.value += times * value;
        self.error += times.abs() * error + ROUNDING * size;
    }
}

impl Line {
    /// The gap between the means of some areas and of others in a world, if the scores are fixed and the weights are made of independent
    /// numbers.
    pub fn new(model: &Model, world: usize, areas: Sides<'_>) -> Option<Self> {
        let side = |areas: &[usize]| -> Option<Vec<Kept>> {
            let of = |&area: &usize| {
                let untouched = model.residual(world, area).is_exactly(0.0);
                untouched.then_some(())?;
                Some(Kept { area, share: kept(model.discounts(world, area))? })
            };
            areas.iter().map(of).collect()
        };
        let (one, other) = (side(areas.one)?, side(areas.other)?);
        let mut line = Self::default();
        let mut terms = BTreeMap::new();
        for term in model.weighted(world) {
            let difference = difference(model, term, &one, &other)?;
            line.add(model, term.weight, difference, &mut terms)?;
        }
        line.terms = terms.into_iter().collect();
        line.is_of_independent(model).then_some(line)
    }

    /// Adds a weight times a coefficient.
    fn add(
        &mut self,
        model: &Model,
        weight: Affine,
        coefficient: Coefficient,
        terms: &mut BTreeMap<usize, Coefficient>,
    ) -> Option<()> {
        let n_inputs = model.inputs().len();
        match weight.column {
            None => self.constant.add(weight.offset, coefficient),
            Some(column) if column < n_inputs => {
                let is_independent = model.inputs()[column].source == Source::Stream;
                is_independent.then_some(())?;
                terms.entry(column).or_default().add(1.0, coefficient);
            }
            Some(column) => match &model.derived()[column - n_inputs] {
                Derived::Sum(parts, constant) => {
                    self.constant.add(*constant, coefficient);
                    for &(part, times) in parts {
                        let mut scaled = Coefficient::default();
                        scaled.add(times, coefficient);
                        self.add(model, Affine::bare(part), scaled, terms)?;
                    }
                }
                Derived::Weight { simplex, .. } => {
                    let (_, differences) = self.over_pieces.get_or_insert((*simplex, Vec::new()));
                    differences.push((column, coefficient));
                }
                Derived::Select(..) => return None,
            },
        }
        Some(())
    }

    /// Returns true if no two terms are drawn together.
    fn is_of_independent(&self, model: &Model) -> bool {
        if self.over_pieces.is_some() {
            return self.terms.is_empty() && self.constant == Coefficient::default();
        }
        let address = |(input, _): &(usize, Coefficient)| &model.inputs()[*input].address;
        let mut addresses: Vec<_> = self.terms.iter().map(address).collect();
        addresses.sort();
        addresses.windows(2).all(|two| two[0] != two[1])
    }
}

/// An area, and the share that its discounts keep of it.
#[derive(Clone, Copy)]
struct Kept {
    area: usize,
    share: f64,
}

/// The difference between the means of two groups of scores on a factor, times the numbers of areas in both; nothing if it is uncertain.
fn difference(model: &Model, term: &Term, one: &[Kept], other: &[Kept]) -> Option<Coefficient> {
    let (n_one, n_other) = (one.len() as i64, other.len() as i64);
    let ahead = one.iter().map(|kept| (n_other, kept));
    let behind = other.iter().map(|kept| (-n_one, kept));
    // How often each certain score is counted, and how often each column.
    let mut certain: Vec<(i64, f64)> = Vec::new();
    let mut columns: BTreeMap<usize, f64> = BTreeMap::new();
    let mut difference = Coefficient::default();
    for (times, &Kept { area, share: kept }) in ahead.chain(behind) {
        let (score, x) = (term.scores[area], term.scores[area].offset);
        match score.column {
            None if kept == 1.0 => certain.push((times, x)),
            None => {
                let mut left = Coefficient::exact(kept * x);
                left.add(1.0 - kept, Coefficient::exact(model.floor()));
                left.error += ROUNDING * (x.abs() + model.floor().abs());
                difference.add(times as f64, left);
            }
            Some(column) if kept == 1.0 => *columns.entry(column).or_default() += times as f64,
            Some(_) => return None,
        }
    }
    if columns.values().any(|times| *times != 0.0) {
        return None;
    }
    if let Some(sum) = decimal::sum(&certain) {
        difference.add(1.0, Coefficient::exact(sum));
    } else {
        for (times, x) in certain {
            difference.add(times as f64, Coefficient::exact(x));
        }
    }
    Some(difference)
}
