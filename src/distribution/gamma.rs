//! The gamma distribution: what Dirichlet weights are made of.

use super::ParameterError;
use super::parameter::{positive, within};
use super::shown::shown;
use super::special::{GREATEST_SHAPE, LEAST_SHAPE, incomplete_gamma, inverse};
use super::table::{QuantileTable, Tables, Tail};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// The gamma distribution with the given shape and scale; its mean is their product.
#[derive(Clone, Debug)]
pub struct Gamma {
    /// 0.05 to 100,000.
    shape: f64,
    /// Finite and positive.
    scale: f64,
    /// Of the distribution with scale 1.
    tables: Arc<OnceLock<Tables>>,
}

impl Gamma {
    /// The gamma distribution with the given shape and scale.
    ///
    /// # Errors
    /// A parameter that is infinite or NaN, a shape outside 0.05 to 100,000, a scale that is not positive.
    pub fn new(shape: f64, scale: f64) -> Result<Self, ParameterError> {
        within("shape", shape, LEAST_SHAPE, GREATEST_SHAPE)?;
        positive("scale", scale)?;
        Ok(Self { shape, scale, tables: Arc::default() })
    }

    /// The inverse of the cdf, from a table whose error is under 1e-9 of ten standard deviations and, in
    /// probability, under 1e-9.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let [lower, upper] = &self.tables().tails;
        let (table, is_upper, t) = if p < 0.5 { (lower, false, p) } else { (upper, true, 1.0 - p) };
        self.scale * table.place(t).unwrap_or_else(|| self.tail(is_upper).place(t, None))
    }

    /// Replaces each probability by the quantile at it.
    pub fn quantiles(&self, column: &mut [f64]) {
        let scale = self.scale;
        self.tables().quantiles(column, move |x, _| scale * x, |p| self.quantile(p));
    }

    /// Works out the table beforehand, which the first draw would do.
    pub fn prepare(&self) {
        self.tables();
    }

    fn tables(&self) -> &Tables {
        self.tables.get_or_init(|| {
            Tables::new([false, true].map(|up| QuantileTable::new(&self.tail(up), 10.0 * self.shape.sqrt())))
        })
    }

    fn tail(&self, upper: bool) -> GammaTail {
        GammaTail { shape: self.shape, upper }
    }

    /// Shape and scale.
    pub(super) fn parameters(&self) -> (f64, f64) {
        (self.shape, self.scale)
    }

    /// The probability of a value at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        incomplete_gamma(self.shape, x / self.scale).0
    }

    /// The probability of a value above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        incomplete_gamma(self.shape, x / self.scale).1
    }

    /// shape times scale.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.shape * self.scale
    }

    /// shape times the square of the scale.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.shape * self.scale * self.scale
    }

    /// The least and the greatest value.
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

impl PartialEq for Gamma {
    fn eq(&self, other: &Self) -> bool {
        (self.shape, self.scale) == (other.shape, other.scale)
    }
}

impl fmt::Display for Gamma {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gamma(shape: {}, scale: {})", shown(self.shape, f), shown(self.scale, f))
    }
}

/// One tail of the gamma distribution with scale 1, its places by their values.
struct GammaTail {
    shape: f64,
    upper: bool,
}

impl GammaTail {
    fn density(&self, x: f64) -> f64 {
        libm::exp((self.shape - 1.0) * libm::log(x) - x - libm::lgamma(self.shape))
    }
}

impl Tail for GammaTail {
    fn place(&self, t: f64, guess: Option<f64>) -> f64 {
        if t <= 0.0 {
            return if self.upper { f64::INFINITY } else { 0.0 };
        }
        let guess = guess.filter(|x| *x > 0.0).unwrap_or(self.shape);
        if self.upper {
            // As the lower tail of the reciprocal.
            let tail = |y: f64| (self.probability(1.0 / y), self.density(1.0 / y) / (y * y));
            1.0 / inverse(t, 1.0 / guess, (0.0, f64::INFINITY), tail)
        } else {
            inverse(t, guess, (0.0, f64::INFINITY), |x| (self.probability(x), self.density(x)))
        }
    }

    fn probability(&self, place: f64) -> f64 {
        let (below, above) = incomplete_gamma(self.shape, place);
        if self.upper { above } else { below }
    }
}
