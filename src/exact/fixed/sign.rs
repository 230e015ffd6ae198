//! The sign of a gap: the probabilities that it is positive or zero, and what all ways to find them have in common.

use crate::distribution::Dist;

/// The probability that a gap is positive, that it is zero, and how far the first may be off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sign {
    pub before: f64,
    pub tie: f64,
    pub bound: f64,
}

/// A probability that may be off by more than this is left to other methods.
pub(super) const ENOUGH: f64 = 1e-7;

/// Relative rounding errors of a coefficient and of the sums it enters.
pub(super) const ROUNDING: f64 = 8.0 * f64::EPSILON;

impl Sign {
    /// The sign of a gap that is always the same.
    pub(super) fn certain(gap: f64) -> Self {
        Self { before: f64::from(u8::from(gap > 0.0)), tie: f64::from(u8::from(gap == 0.0)), bound: 0.0 }
    }

    /// The sign of a gap without ties.
    pub(super) fn of(before: f64, bound: f64) -> Self {
        Self { before: before.clamp(0.0, 1.0), tie: 0.0, bound }
    }

    pub(super) fn wider(self, more: f64) -> Self {
        Self { bound: self.bound + more, ..self }
    }
}

/// A gamma distribution.
#[derive(Clone, Copy, Debug)]
pub struct GammaLaw {
    pub shape: f64,
    pub scale: f64,
}

/// Returns a distribution as a gamma distribution, of which the exponential one is a case.
pub fn gamma(dist: &Dist) -> Option<GammaLaw> {
    match dist {
        Dist::Exponential(d) => Some(GammaLaw { shape: 1.0, scale: d.mean() }),
        Dist::Gamma(d) => {
            let scale = d.variance() / d.mean();
            Some(GammaLaw { shape: d.mean() / scale, scale })
        }
        _ => None,
    }
}
