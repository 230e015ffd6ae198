//! A model seen from outside the sampler: which columns its amenabilities are made of, and how.

use super::derive::Number;
use super::{Cell, Model};
use crate::scenario::ValueFunction;

/// One factor in one joint world: its weight, and what is scored on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighted {
    /// The index of the factor.
    pub factor: usize,
    /// The weight.
    pub weight: Number,
    /// Shape `[n_areas]`; certain ones already as what they are worth.
    pub scores: Vec<Number>,
    /// What scores that are columns are worth.
    pub value: Option<ValueFunction>,
}

impl From<Cell> for Number {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Exact(x) => Self::Exact(x),
            Cell::Input(index) => Self::Column(index),
        }
    }
}

impl Model {
    /// The factors that have weight in a joint world: an amenability is the weighted mean of the area's scores.
    #[must_use]
    pub fn weighted(&self, world: usize) -> Vec<Weighted> {
        let number = |&cell: &Cell| Number::from(cell);
        let weighted = |term: &super::Term| Weighted {
            factor: term.factor,
            weight: number(&term.weight),
            scores: term.scores.iter().map(number).collect(),
            value: term.value,
        };
        self.terms[world].iter().map(weighted).collect()
    }

    /// What is added to the weighted mean of an area in a joint world.
    #[must_use]
    pub fn residual(&self, world: usize, area: usize) -> Number {
        self.residuals[world * self.n_areas + area].into()
    }

    /// The shares that are then left of what lies above the floor, one a discount.
    #[must_use]
    pub fn discounts(&self, world: usize, area: usize) -> Vec<Number> {
        self.discounts[world * self.n_areas + area].iter().map(|&cell| cell.into()).collect()
    }

    /// What a discount of everything leaves, in the first world.
    #[must_use]
    pub fn floor(&self) -> f64 {
        self.floors[0]
    }
}
