//! The logit-normal distribution: a number between bounds whose log-odds are normal.

use super::ParameterError;
use super::integral::LazyMoments;
use super::normal::Normal;
use super::parameter::range;
use super::shown::shown;
use std::fmt;

/// The logit-normal distribution: ln((x - min) / (max - x)) is normal with mean `mu` and standard deviation `sigma`.
#[derive(Clone, Debug, PartialEq)]
pub struct LogitNormal {
    mu: f64,
    sigma: f64,
    logit: Normal,
    /// Finite, and the minimum below the maximum.
    min: f64,
    max: f64,
    /// There is no closed form of these.
    moments: LazyMoments,
}

impl LogitNormal {
    /// The logit-normal distribution on `min..max`.
    ///
    /// # Errors
    /// A parameter that is infinite or NaN, a sigma that is not positive, an empty range.
    pub fn new(mu: f64, sigma: f64, min: f64, max: f64) -> Result<Self, ParameterError> {
        let logit = Normal::named(("mu", mu), ("sigma", sigma))?;
        range("min", min, "max", max)?;
        Ok(Self { mu, sigma, logit, min, max, moments: LazyMoments::default() })
    }

    /// min + (max - min) / (1 + exp(-z)), z the quantile of the log-odds; measured from the nearer end, where that has more digits.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let (z, width) = (self.logit.quantile(p), self.max - self.min);
        if z > 0.0 {
            self.max - width / (1.0 + libm::exp(z))
        } else {
            self.min + width / (1.0 + libm::exp(-z))
        }
    }

    /// The probability of a value at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.logit.cdf(self.log_odds(x))
    }

    /// The probability of a value above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        self.logit.survival(self.log_odds(x))
    }

    fn log_odds(&self, x: f64) -> f64 {
        let (below, above) = ((x - self.min).max(0.0), (self.max - x).max(0.0));
        libm::log(below / above)
    }

    /// The mean, integrated.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.moments.of(|p| self.quantile(p)).0
    }

    /// The variance, integrated.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.moments.of(|p| self.quantile(p)).1
    }

    /// Mean and standard deviation of the log-odds.
    pub(super) fn parameters(&self) -> (f64, f64) {
        (self.mu, self.sigma)
    }

    /// The least and the greatest value.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }

    /// The median.
    #[must_use]
    pub fn central(&self) -> f64 {
        self.quantile(0.5)
    }
}

impl fmt::Display for LogitNormal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [mu, sigma, min, max] = [self.mu, self.sigma, self.min, self.max].map(|x| shown(x, f));
        write!(f, "LogitNormal(mu: {mu}, sigma: {sigma}, min: {min}, max: {max})")
    }
}
