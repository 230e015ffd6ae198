//! The log-normal distribution: a number whose logarithm is normal.

use super::ParameterError;
use super::normal::Normal;
use super::normal_columns::{exp, exps};
use super::shown::shown;
use std::fmt;

/// The distribution of exp(X), X normal with mean `mu` and standard deviation `sigma`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogNormal {
    mu: f64,
    sigma: f64,
    /// The distribution of the logarithm.
    log: Normal,
}

/// The logarithm of the greatest and the least number that is computed with.
const REACH: f64 = 230.0;

impl LogNormal {
    /// The log-normal distribution whose logarithm has mean `mu` and standard deviation `sigma`.
    ///
    /// # Errors
    /// A parameter that is infinite or NaN, a sigma that is not positive, parameters for which the draws would
    /// leave 1e-100 to 1e100 or have a greater standard deviation.
    pub fn new(mu: f64, sigma: f64) -> Result<Self, ParameterError> {
        let log = Normal::named(("mu", mu), ("sigma", sigma))?;
        // Uniform numbers reach 8.3 standard deviations to each side; the standard deviation is below exp(mu + sigma^2).
        if mu.abs() > REACH {
            return Err(ParameterError::TooLarge { parameter: "mu", value: mu, most: REACH });
        }
        let most = ((REACH - mu.abs()) / 8.3).min((REACH - mu).sqrt());
        if sigma > most {
            return Err(ParameterError::TooLarge { parameter: "sigma", value: sigma, most });
        }
        Ok(Self { mu, sigma, log })
    }

    /// exp of the normal quantile at `p`.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        exp(self.log.quantile(p))
    }

    /// Replaces each probability of a column by the quantile at it.
    pub(super) fn quantiles(&self, column: &mut [f64]) {
        self.log.quantiles(column);
        exps(column);
    }

    /// Replaces each standard normal of a column by the quantile at its cdf.
    pub(super) fn at_normal_scores(&self, column: &mut [f64]) {
        self.log.at_normal_scores(column);
        exps(column);
    }

    /// The probability of a value at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { self.log.cdf(libm::log(x)) }
    }

    /// The probability of a value above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        if x <= 0.0 { 1.0 } else { self.log.survival(libm::log(x)) }
    }

    /// exp(mu + sigma^2 / 2).
    #[must_use]
    pub fn mean(&self) -> f64 {
        libm::exp(self.mu + self.sigma * self.sigma / 2.0)
    }

    /// (exp(sigma^2) - 1) exp(2 mu + sigma^2).
    #[must_use]
    pub fn variance(&self) -> f64 {
        let square = self.sigma * self.sigma;
        libm::expm1(square) * libm::exp(2.0 * self.mu + square)
    }

    /// Mean and standard deviation of the logarithm.
    #[must_use]
    pub fn parameters(&self) -> (f64, f64) {
        (self.mu, self.sigma)
    }

    /// From 0 on.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    /// The median, exp(mu).
    #[must_use]
    pub fn central(&self) -> f64 {
        libm::exp(self.mu)
    }
}

impl fmt::Display for LogNormal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mu = shown(self.mu, f);
        let sigma = shown(self.sigma, f);
        write!(f, "LogNormal(mu: {mu}, sigma: {sigma})")
    }
}
