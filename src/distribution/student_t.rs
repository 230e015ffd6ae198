//! Student's t distribution, moved and stretched: a normal with heavier tails.

use super::parameter::{finite, positive, within};
use super::shown::shown;
use super::{Beta, ParameterError};
use std::fmt;

/// Student's t distribution with `df` degrees of freedom around `location`, stretched by `scale`.
#[derive(Clone, Debug, PartialEq)]
pub struct StudentT {
    /// Finite.
    location: f64,
    /// Finite and positive.
    scale: f64,
    /// Above 2, so that there is a variance.
    df: f64,
    /// That of df / (df + t^2), t the standard variable.
    beta: Beta,
}

impl StudentT {
    /// Student's t distribution.
    ///
    /// # Errors
    /// A parameter that is infinite or NaN, a scale that is not positive, degrees of freedom below 2.01, at 2 of which
    /// the variance is infinite, or above 199,999.
    pub fn new(location: f64, scale: f64, df: f64) -> Result<Self, ParameterError> {
        finite("location", location)?;
        positive("scale", scale)?;
        within("df", df, 2.01, 199_999.0)?;
        Ok(Self { location, scale, df, beta: Beta::new(df / 2.0, 0.5, 0.0, 1.0)? })
    }

    /// The inverse of the cdf, through that of a beta distribution: t = sqrt(df (1 - y) / y).
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let (t, sign) = if p < 0.5 { (p, -1.0) } else { (1.0 - p, 1.0) };
        let (y, rest) = self.beta.unit_quantile(2.0 * t);
        self.location + sign * self.scale * (self.df * rest / y).sqrt()
    }

    /// Works out the table beforehand, which the first draw would do.
    pub fn prepare(&self) {
        self.beta.prepare();
    }

    /// Location, scale and degrees of freedom.
    pub(super) fn parameters(&self) -> (f64, f64, f64) {
        (self.location, self.scale, self.df)
    }

    /// The probability of a value at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        if x < self.location { self.tail(x) } else { 1.0 - self.tail(x) }
    }

    /// The probability of a value above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        if x < self.location { 1.0 - self.tail(x) } else { self.tail(x) }
    }

    /// The probability beyond `x`, away from the location.
    ///
    /// Source: Abramowitz and Stegun 26.7.1.
    fn tail(&self, x: f64) -> f64 {
        let z = (x - self.location) / self.scale;
        let square = z * z;
        // As the distance from 1 where that is the smaller part.
        let both = if square < self.df {
            1.0 - self.beta.unit_upper(square / (self.df + square))
        } else {
            self.beta.cdf(self.df / (self.df + square))
        };
        both / 2.0
    }

    /// The location.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.location
    }

    /// scale^2 df / (df - 2).
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.scale * self.scale * (self.df / (self.df - 2.0))
    }

    /// The scale and the degrees of freedom.
    pub(super) fn scale_and_df(&self) -> (f64, f64) {
        (self.scale, self.df)
    }

    /// The whole line.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    /// The location.
    #[must_use]
    pub fn central(&self) -> f64 {
        self.location
    }
}

impl fmt::Display for StudentT {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [location, scale, df] = [self.location, self.scale, self.df].map(|x| shown(x, f));
        write!(f, "StudentT(location: {location}, scale: {scale}, df: {df})")
    }
}
