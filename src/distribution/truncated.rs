//! A distribution truncated: what is left of it where it is known to lie between bounds. This is conditioning, so the
//! shape between the bounds stays; nothing is piled up at them, as clipping would.

use super::integral::LazyMoments;
use super::parameter::{finite, range};
use super::shown::shown;
use super::{Dist, ParameterError, Truncated};
use std::fmt;

/// A smaller share of the whole than this has lost too many digits.
const LEAST_KEPT: f64 = 1e-6;

impl Truncated {
    /// The distribution `of` given that its value lies between the bounds that there are.
    ///
    /// # Errors
    /// A bound that is infinite or NaN, bounds out of order or equal, bounds with less than a millionth of the
    /// distribution between them.
    pub fn new(of: Dist, min: Option<f64>, max: Option<f64>) -> Result<Self, ParameterError> {
        match (min, max) {
            (Some(min), Some(max)) => range("min", min, "max", max)?,
            (Some(min), None) => finite("min", min)?,
            (None, Some(max)) => finite("max", max)?,
            (None, None) => {}
        }
        let below = min.map_or(0.0, |min| of.cdf(min.next_down()));
        let above = max.map_or(0.0, |max| of.survival(max));
        let kept = 1.0 - below - above;
        if kept.is_nan() || kept < LEAST_KEPT {
            return Err(ParameterError::LittleLeft { kept: kept.max(0.0), least: LEAST_KEPT });
        }
        Ok(Self { of: Box::new(of), min, max, below, kept, moments: LazyMoments::default() })
    }

    /// The quantile of the whole at `below + p kept`, within the bounds.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let (min, max) = self.support();
        if p <= 0.0 {
            min
        } else if p >= 1.0 {
            max
        } else {
            // Rounding must not make it the end of the whole.
            let within = (self.below + p * self.kept).min(1.0 - f64::EPSILON / 2.0);
            self.of.quantile(within).clamp(min, max)
        }
    }

    /// Works out beforehand what the first draw would have to.
    pub fn prepare(&self) {
        self.of.prepare();
    }

    /// Returns the distribution that is truncated.
    #[must_use]
    pub fn of(&self) -> &Dist {
        &self.of
    }

    /// The probability of a value at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        let (min, max) = self.support();
        if x < min {
            0.0
        } else if x >= max {
            1.0
        } else {
            ((self.of.cdf(x) - self.below) / self.kept).clamp(0.0, 1.0)
        }
    }

    /// The probability of a value above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        let (min, max) = self.support();
        if x < min {
            1.0
        } else if x >= max {
            0.0
        } else {
            let above = self.max.map_or(0.0, |max| self.of.survival(max));
            ((self.of.survival(x) - above) / self.kept).clamp(0.0, 1.0)
        }
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

    /// The probability between the bounds.
    pub(super) fn kept(&self) -> f64 {
        self.kept
    }

    /// The bounds as written.
    pub(super) fn bounds(&self) -> (Option<f64>, Option<f64>) {
        (self.min, self.max)
    }

    /// The least and the greatest value.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        let (min, max) = self.of.support();
        (self.min.map_or(min, |bound| bound.max(min)), self.max.map_or(max, |bound| bound.min(max)))
    }

    /// Those of some values that lie in the support.
    pub(super) fn within(&self, mut values: Vec<f64>) -> Vec<f64> {
        let (min, max) = self.support();
        values.retain(|x| (min..=max).contains(x));
        values
    }

    /// The central value of the whole, if it lies between the bounds, and else the nearer of them.
    #[must_use]
    pub fn central(&self) -> f64 {
        let (min, max) = self.support();
        self.of.central().clamp(min, max)
    }
}

impl fmt::Display for Truncated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Truncated(of: ")?;
        self.of.fmt(f)?;
        for (name, bound) in [("min", self.min), ("max", self.max)] {
            if let Some(bound) = bound {
                write!(f, ", {name}: {}", shown(bound, f))?;
            }
        }
        f.write_str(")")
    }
}
