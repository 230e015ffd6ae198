//! A number of one area alone, whether its distribution is always the same or depends on what areas share.

use super::given::{ConditionalForm, ConditionalState};
use super::shape::WeightedTerm;
use super::spectrum::Spectrum;
use crate::model::Affine;
use std::sync::Arc;

/// A number of one area alone: how its characteristic function goes, and its coefficient in the overall score.
#[derive(Debug)]
pub struct OwnInput {
    pub law: CellLaw,
    /// Before discounts, a sum.
    pub parts: Vec<WeightedTerm>,
    pub discounts: Vec<Affine>,
    /// The first number with the same function and coefficient, maybe itself.
    pub alike: usize,
}

/// The distribution of a number once the shared numbers are known.
#[derive(Clone, Debug)]
pub enum CellLaw {
    /// As it is.
    Alone(Spectrum),
    /// With a normal score that is in part the sum of known columns times loadings; as a whole it is as it would be alone.
    Given { given: Arc<ConditionalForm>, known: Vec<(usize, f64)>, whole: Spectrum },
}

impl CellLaw {
    /// Returns true if it has the same function as another at every point.
    pub fn is_like(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Alone(one), Self::Alone(other)) if one.is_like(other))
    }

    /// Returns how far its characteristic function may be off.
    pub fn error(&self) -> f64 {
        match self {
            Self::Alone(spectrum) => spectrum.error(),
            Self::Given { given, .. } => given.error,
        }
    }

    /// Returns how much of the probability stands on single values.
    pub fn atom_probability(&self) -> f64 {
        match self {
            Self::Alone(spectrum) => spectrum.atom_probability(),
            Self::Given { .. } => 0.0,
        }
    }

    /// The probability of values that are left out, where that does not depend on the point.
    pub fn outside(&self) -> f64 {
        match self {
            Self::Alone(spectrum) => spectrum.outside,
            Self::Given { .. } => 0.0,
        }
    }

    /// Returns what angles are counted from.
    pub fn centre(&self) -> f64 {
        match self {
            Self::Alone(spectrum) => spectrum.centre,
            Self::Given { whole, .. } => whole.moments.0,
        }
    }

    /// The values from the centre on with their probabilities, if there are no others and they are always the same.
    pub fn atoms(&self) -> Option<Vec<(f64, f64)>> {
        match self {
            Self::Alone(spectrum) => spectrum.atoms(),
            Self::Given { .. } => None,
        }
    }

    /// Returns true if the function is real.
    #[inline(always)]
    pub fn is_even(&self) -> bool {
        matches!(self, Self::Alone(spectrum) if spectrum.is_even())
    }

    /// The function at some coefficient times several angles, which are positive and rise; `at` is where the number is given.
    #[inline(always)]
    pub fn fill<const N: usize>(
        &self,
        at: &ConditionalState,
        c: f64,
        angles: &[f64; N],
        terms: &mut [[f64; N]; 2],
    ) {
        match self {
            Self::Alone(spectrum) => spectrum.fill(c, angles, terms),
            Self::Given { given, .. } => given.fill(at, c, angles, terms),
        }
    }

    /// About the greatest size of the function from `s` on.
    #[inline(always)]
    pub fn size(&self, at: &ConditionalState, s: f64) -> f64 {
        match self {
            Self::Alone(spectrum) => spectrum.size(s),
            Self::Given { given, .. } => given.size(at, s),
        }
    }

    /// Returns true if the function cannot be worked out at `s`, though it may be more than nothing there.
    pub fn is_out_of_range(&self, at: &ConditionalState, s: f64) -> bool {
        const LITTLE: f64 = 1e-12;
        s.abs() > self.far() && self.size(at, s) > LITTLE
    }

    /// Up to which angle the function can be worked out.
    pub fn far(&self) -> f64 {
        match self {
            Self::Alone(spectrum) => spectrum.far(),
            Self::Given { given, .. } => given.far(),
        }
    }

    /// The least and the greatest value that it is taken to have, the probability beyond those, and mean and variance.
    pub fn at(&self, at: &ConditionalState) -> ((f64, f64), f64, (f64, f64)) {
        match self {
            Self::Alone(spectrum) => (spectrum.reach, spectrum.outside, spectrum.moments),
            Self::Given { whole, .. } => {
                let centre = whole.moments.0;
                let (reach, (mean, variance)) = (at.reach, at.moments);
                ((centre + reach.0, centre + reach.1), at.outside, (centre + mean, variance))
            }
        }
    }
}
