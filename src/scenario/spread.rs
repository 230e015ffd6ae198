//! Spreads: what turns a bare number into a distribution around it.

use crate::dist::{Dist, Exact, ParameterError, Triangular, Uniform};
use std::fmt;

/// The distribution that a bare number stands for, the number being its centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// A triangular distribution with its mode at the number.
    Triangular(Width),
    /// A uniform distribution around the number.
    Uniform(Width),
}

/// How far a spread reaches to each side of its centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Width {
    /// In the units of the number; at least 0.
    Half(f64),
    /// As a share of the number; at least 0.
    Relative(f64),
}

impl Spread {
    /// The width as a share of the number, if that is how it is given.
    #[must_use]
    pub fn relative(self) -> Option<f64> {
        match self {
            Self::Triangular(Width::Relative(share)) | Self::Uniform(Width::Relative(share)) => Some(share),
            _ => None,
        }
    }

    /// The distribution around `central`, its support clipped to `min..max` and its mode kept.
    ///
    /// A centre of exactly 0 with a relative width, or a width of 0, is exact.
    ///
    /// # Errors
    /// A centre outside `min..max`, or one so large that the ends of the support are not finite.
    pub fn around(self, central: f64, (min, max): (f64, f64)) -> Result<Dist, ParameterError> {
        let (Self::Triangular(width) | Self::Uniform(width)) = self;
        let half = match width {
            Width::Half(half) => half,
            Width::Relative(share) => share * central.abs(),
        };
        let (low, high) = ((central - half).max(min), (central + half).min(max));
        if low == high {
            return Ok(Exact::new(central)?.into());
        }
        match self {
            Self::Triangular(_) => Ok(Triangular::new(low, central, high)?.into()),
            Self::Uniform(_) => Ok(Uniform::new(low, high)?.into()),
        }
    }
}

/// Writes the spread as a scenario does, e.g. `Triangular(half_width: 1.5)`.
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (family, width) = match self {
            Self::Triangular(width) => ("Triangular", width),
            Self::Uniform(width) => ("Uniform", width),
        };
        match width {
            Width::Half(half) => write!(f, "{family}(half_width: {half})"),
            Width::Relative(share) => write!(f, "{family}(relative: {share})"),
        }
    }
}
