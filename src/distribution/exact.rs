//! The certain number: all probability at one value. Takes part in no draw.

use super::ParameterError;
use super::parameter::finite;
use super::shown::shown;
use std::fmt;

/// One value, with certainty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exact {
    /// Finite.
    value: f64,
}

impl Exact {
    /// The certain number `value`.
    ///
    /// # Errors
    /// An infinite or NaN value.
    pub fn new(value: f64) -> Result<Self, ParameterError> {
        finite("value", value)?;
        Ok(Self { value })
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.value
    }

    /// The value, whatever `p`.
    #[must_use]
    pub fn quantile(&self, _p: f64) -> f64 {
        self.value
    }

    /// 0 below the value, 1 from it on.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        if x < self.value { 0.0 } else { 1.0 }
    }

    /// The probability of a value above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        if x < self.value { 1.0 } else { 0.0 }
    }

    /// The value.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.value
    }

    /// 0.
    #[must_use]
    pub fn variance(&self) -> f64 {
        0.0
    }

    /// The value, twice.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        (self.value, self.value)
    }

    /// The value.
    #[must_use]
    pub fn central(&self) -> f64 {
        self.value
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = shown(self.value, f);
        write!(f, "Exact({value})")
    }
}
