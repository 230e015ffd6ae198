//! The uniform distribution: every value of a range alike.

use super::ParameterError;
use super::parameter::range;
use super::shown::shown;
use std::fmt;

/// The uniform distribution on `min..max`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform {
    /// Finite, with min < max.
    min: f64,
    max: f64,
}

impl Uniform {
    /// The uniform distribution on `min..max`.
    ///
    /// # Errors
    /// A parameter that is infinite or NaN, an empty range.
    pub fn new(min: f64, max: f64) -> Result<Self, ParameterError> {
        range("min", min, "max", max)?;
        Ok(Self { min, max })
    }

    /// min + p (max - min).
    #[must_use]
    #[inline(always)]
    pub fn quantile(&self, p: f64) -> f64 {
        self.min + p * (self.max - self.min)
    }

    /// The probability of a value at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        ((x - self.min) / (self.max - self.min)).clamp(0.0, 1.0)
    }

    /// The probability of a value above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        ((self.max - x) / (self.max - self.min)).clamp(0.0, 1.0)
    }

    /// The middle of the range.
    #[must_use]
    pub fn mean(&self) -> f64 {
        f64::midpoint(self.min, self.max)
    }

    /// (max - min)^2 / 12.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let width = self.max - self.min;
        width * width / 12.0
    }

    /// The least and the greatest value.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }

    /// The middle of the range.
    #[must_use]
    pub fn central(&self) -> f64 {
        self.mean()
    }
}

impl fmt::Display for Uniform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let min = shown(self.min, f);
        let max = shown(self.max, f);
        write!(f, "Uniform(min: {min}, max: {max})")
    }
}
