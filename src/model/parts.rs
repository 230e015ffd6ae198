//! What amenabilities are made of, for those who ask how they depend on an input. Knows nothing of why they ask.

use super::derive::Number;
use super::{Cell, Model};
use crate::scenario::ValueFunction;

/// One factor in one joint world.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its weight.
    pub weight: Number,
    /// Shape `[n_areas]`; exact ones already as what they are worth.
    pub scores: Vec<Number>,
    /// What drawn scores are worth.
    pub value: Option<ValueFunction>,
}

impl From<Cell> for Number {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Exact(x) => Self::Exact(x),
            Cell::Input(column) => Self::Column(column),
        }
    }
}

impl Model {
    /// The factors that have weight in a joint world, in their order.
    #[must_use]
    pub fn parts(&self, world: usize) -> Vec<Part> {
        let part = |term: &super::Term| Part {
            weight: term.weight.into(),
            scores: term.scores.iter().map(|score| (*score).into()).collect(),
            value: term.value,
        };
        self.terms[world].iter().map(part).collect()
    }

    /// What the factors miss of an area in a joint world.
    #[must_use]
    pub fn residual(&self, world: usize, area: usize) -> Number {
        self.residuals[world * self.n_areas + area].into()
    }

    /// The shares that discounts leave of an area in a joint world.
    #[must_use]
    pub fn discounts(&self, world: usize, area: usize) -> Vec<Number> {
        self.discounts[world * self.n_areas + area].iter().map(|share| (*share).into()).collect()
    }

    /// What a discount of everything leaves.
    #[must_use]
    pub fn floor(&self) -> f64 {
        self.floor
    }
}
