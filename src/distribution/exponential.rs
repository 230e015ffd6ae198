//! The exponential distribution: what uniform weights on the simplex are made of.

use super::ParameterError;
use super::parameter::positive;
use super::shown::shown;
use std::fmt;

/// The exponential distribution with the given rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    /// Finite and positive.
    rate: f64,
}

impl Exponential {
    /// The exponential distribution with the given rate, whose mean is one over it.
    ///
    /// # Errors
    /// A rate that is infinite, NaN or not positive.
    pub fn new(rate: f64) -> Result<Self, ParameterError> {
        positive("rate", rate)?;
        Ok(Self { rate })
    }

    /// -ln(1 - p) / rate.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        -libm::log1p(-p) / self.rate
    }

    /// The probability of a value at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { -libm::expm1(-self.rate * x) }
    }

    /// The probability of a value above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        if x <= 0.0 { 1.0 } else { libm::exp(-self.rate * x) }
    }

    /// 1 / rate.
    #[must_use]
    pub fn mean(&self) -> f64 {
        1.0 / self.rate
    }

    /// 1 / rate^2.
    #[must_use]
    pub fn variance(&self) -> f64 {
        1.0 / (self.rate * self.rate)
    }

    /// From 0 on.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    /// The mean.
    #[must_use]
    pub fn central(&self) -> f64 {
        self.mean()
    }
}

impl fmt::Display for Exponential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate = shown(self.rate, f);
        write!(f, "Exponential(rate: {rate})")
    }
}
