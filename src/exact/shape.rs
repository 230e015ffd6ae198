//! The data that a split model is made of: weighted terms, and the areas on the two sides of a gap.

use crate::model::Affine;

/// A weight times a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightedTerm {
    pub weight: Weight,
    /// Certain, or a column as it is.
    pub number: Affine,
    pub factor: f64,
    /// The choice that it hangs on, if it does not always count.
    pub when: Option<Choice>,
}

/// A choice among several numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// The column that selects one of them.
    pub selector: usize,
    /// The value of that column at which it selects this one.
    pub index: f64,
}

/// The weight of a term.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Weight {
    /// The weight of its factor.
    Factor(Affine),
    /// All weights of a joint world.
    Total(usize),
}

impl WeightedTerm {
    /// A weight times a certain number.
    pub fn certain(weight: Weight, x: f64) -> Self {
        Self { weight, number: Affine::exact(x), factor: 1.0, when: None }
    }
}

/// The areas on the two sides of a gap, which is the mean of the one less the mean of the other.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'a> {
    pub one: &'a [usize],
    pub other: &'a [usize],
}

impl<'a> Sides<'a> {
    /// Returns the areas of each side with its sign.
    pub fn signed(self) -> [(&'a [usize], f64); 2] {
        [(self.one, 1.0), (self.other, -1.0)]
    }

    /// Returns true if an area is on both sides.
    pub fn share_areas(self) -> bool {
        self.one.iter().any(|area| self.other.contains(area))
    }
}

/// Returns the share that certain discounts leave.
pub fn kept(discounts: &[Affine]) -> Option<f64> {
    discounts.iter().try_fold(1.0, |kept, discount| Some(kept * discount.as_exact()?))
}
