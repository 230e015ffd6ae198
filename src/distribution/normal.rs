//! The normal distribution.

use super::ParameterError;
use super::normal_columns::{standard_quantile, standard_quantiles};
use super::parameter::{finite, positive};
use super::shown::shown;
use std::f64::consts::SQRT_2;
use std::fmt;

/// The normal distribution with the given mean and standard deviation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normal {
    /// Finite.
    mean: f64,
    /// Finite and positive.
    sd: f64,
}

impl Normal {
    /// The normal distribution with the given mean and standard deviation.
    ///
    /// # Errors
    /// A parameter that is infinite or NaN, a standard deviation that is not positive.
    pub fn new(mean: f64, sd: f64) -> Result<Self, ParameterError> {
        Self::named(("mean", mean), ("sd", sd))
    }

    /// Makes one for a family that calls its parameters something else.
    pub(super) fn named(
        (mean_name, mean): (&'static str, f64),
        (sd_name, sd): (&'static str, f64),
    ) -> Result<Self, ParameterError> {
        finite(mean_name, mean)?;
        positive(sd_name, sd)?;
        Ok(Self { mean, sd })
    }

    /// mean + sd z, z the standard normal quantile at `p`.
    #[must_use]
    #[inline(always)]
    pub fn quantile(&self, p: f64) -> f64 {
        self.mean + self.sd * standard_quantile(p)
    }

    /// Replaces each probability of a column by the quantile at it.
    pub(super) fn quantiles(&self, column: &mut [f64]) {
        standard_quantiles(column);
        self.at_normal_scores(column);
    }

    /// Replaces each standard normal of a column by the quantile at its cdf.
    pub(super) fn at_normal_scores(&self, column: &mut [f64]) {
        for z in column {
            *z = self.mean + self.sd * *z;
        }
    }

    /// The probability of a value at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        0.5 * libm::erfc((self.mean - x) / self.sd / SQRT_2)
    }

    /// The probability of a value above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        0.5 * libm::erfc((x - self.mean) / self.sd / SQRT_2)
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The square of the standard deviation.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.sd * self.sd
    }

    /// The whole line.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    /// The mean.
    #[must_use]
    pub fn central(&self) -> f64 {
        self.mean
    }
}

impl fmt::Display for Normal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mean = shown(self.mean, f);
        let sd = shown(self.sd, f);
        write!(f, "Normal(mean: {mean}, sd: {sd})")
    }
}
