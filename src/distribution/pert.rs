//! The PERT distribution: a beta distribution by its bounds and its mode.

use super::parameter::{ordered, positive, range, within};
use super::shown::shown;
use super::special::GREATEST_SHAPE;
use super::{Beta, ParameterError};
use std::fmt;

/// The PERT distribution on `min..max` with the given mode.
#[derive(Clone, Debug, PartialEq)]
pub struct Pert {
    /// Within the bounds of `beta`.
    mode: f64,
    /// Positive.
    shape: f64,
    beta: Beta,
}

impl Pert {
    /// The PERT distribution on `min..max` with its peak at `mode`; `shape`, usually 4, is how strongly it gathers
    /// there: at 0 it would be uniform.
    ///
    /// Source: alpha = 1 + shape (mode - min) / (max - min), beta = 1 + shape (max - mode) / (max - min); Vose, Risk
    /// Analysis (2008), from Malcolm et al., Operations Research 7 (1959).
    ///
    /// # Errors
    /// A parameter that is infinite or NaN, a mode outside the range, an empty range, a shape that is not positive or
    /// is above 99,999.
    pub fn new(min: f64, mode: f64, max: f64, shape: f64) -> Result<Self, ParameterError> {
        range("min", min, "max", max)?;
        ordered("min", min, "mode", mode)?;
        ordered("mode", mode, "max", max)?;
        positive("shape", shape)?;
        within("shape", shape, 0.0, GREATEST_SHAPE - 1.0)?;
        let width = max - min;
        let beta =
            Beta::new(1.0 + shape * ((mode - min) / width), 1.0 + shape * ((max - mode) / width), min, max)?;
        Ok(Self { mode, shape, beta })
    }

    /// The beta distribution that it is.
    #[must_use]
    pub fn as_beta(&self) -> &Beta {
        &self.beta
    }

    /// The inverse of the cdf, as that of [`Beta`].
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        self.beta.quantile(p)
    }

    /// Replaces each probability by the quantile at it.
    pub fn quantiles(&self, column: &mut [f64]) {
        self.beta.quantiles(column);
    }

    /// Works out the table beforehand, which the first draw would do.
    pub fn prepare(&self) {
        self.beta.prepare();
    }

    /// The probability of a value at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.beta.cdf(x)
    }

    /// The probability of a value above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        self.beta.survival(x)
    }

    /// (min + shape mode + max) / (shape + 2).
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.beta.mean()
    }

    /// (mean - min) (max - mean) / (shape + 3).
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.beta.variance()
    }

    /// Returns how strongly it gathers at the mode.
    #[must_use]
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// The least and the greatest value.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        self.beta.support()
    }

    /// The mode.
    #[must_use]
    pub fn central(&self) -> f64 {
        self.mode
    }
}

/// The shape is written only if it is not the usual one.
impl fmt::Display for Pert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (min, max) = self.support();
        let [min, mode, max] = [min, self.mode, max].map(|x| shown(x, f));
        write!(f, "Pert(min: {min}, mode: {mode}, max: {max}")?;
        if self.shape != 4.0 {
            write!(f, ", shape: {}", shown(self.shape, f))?;
        }
        f.write_str(")")
    }
}
