//! The triangular distribution: a density that rises straight to its mode and falls straight from it.

use super::ParameterError;
use super::parameter::{ordered, range};
use super::shown::shown;
use crate::real::Real;
use std::fmt;

/// The triangular distribution on `min..max` with the given mode, which may be either end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Triangular {
    /// Finite, with min <= mode <= max and min < max.
    min: f64,
    mode: f64,
    max: f64,
}

impl Triangular {
    /// The triangular distribution on `min..max` with its peak at `mode`.
    ///
    /// # Errors
    /// A parameter that is infinite or NaN, a mode outside the range, an empty range.
    pub fn new(min: f64, mode: f64, max: f64) -> Result<Self, ParameterError> {
        range("min", min, "max", max)?;
        ordered("min", min, "mode", mode)?;
        ordered("mode", mode, "max", max)?;
        Ok(Self { min, mode, max })
    }

    /// The inverse of the cdf, one square root and no branch.
    ///
    /// Source: Kotz and van Dorp, Beyond Beta (2004), eq. 1.7.
    #[must_use]
    #[inline(always)]
    pub fn quantile(&self, p: f64) -> f64 {
        let width = self.max - self.min;
        let (rise, fall) = (self.mode - self.min, self.max - self.mode);
        let rising = p * width < rise;
        let step = (f64::select(rising, p, 1.0 - p) * f64::select(rising, rise, fall) * width).sqrt();
        f64::select(rising, self.min, self.max) + f64::select(rising, step, -step)
    }

    /// The probability of a value at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        let width = self.max - self.min;
        if x <= self.min {
            0.0
        } else if x >= self.max {
            1.0
        } else if x <= self.mode {
            // A mode at the lower end leaves nothing to rise, and x > min excludes this branch there.
            (x - self.min) / width * ((x - self.min) / (self.mode - self.min))
        } else {
            1.0 - (self.max - x) / width * ((self.max - x) / (self.max - self.mode))
        }
    }

    /// The probability of a value above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        // The mirror image of the cdf.
        Self { min: -self.max, mode: -self.mode, max: -self.min }.cdf(-x)
    }

    /// (min + mode + max) / 3.
    #[must_use]
    pub fn mean(&self) -> f64 {
        (self.min + self.mode + self.max) / 3.0
    }

    /// ((mode - min)^2 + (mode - min)(max - mode) + (max - mode)^2) / 18, the usual formula in the two sides.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let (rise, fall) = (self.mode - self.min, self.max - self.mode);
        (rise * rise + rise * fall + fall * fall) / 18.0
    }

    /// The least and the greatest value.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }

    /// The mode.
    #[must_use]
    pub fn central(&self) -> f64 {
        self.mode
    }
}

impl fmt::Display for Triangular {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let min = shown(self.min, f);
        let mode = shown(self.mode, f);
        let max = shown(self.max, f);
        write!(f, "Triangular(min: {min}, mode: {mode}, max: {max})")
    }
}
