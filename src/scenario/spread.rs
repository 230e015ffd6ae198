//! Spreads: what turns a bare number into a distribution around it.

use crate::distribution::{Beta, Dist, Exact, Normal, ParameterError, Pert, Triangular, Truncated, Uniform};
use std::fmt;

/// The distribution that a bare number stands for, the number being its centre.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Spread {
    /// A family with its mode or middle at the number.
    Around(SpreadFamily, Width),
    /// A beta distribution over the scale with its mean at the number: the more concentrated, the closer to it.
    BetaMean {
        /// The sum of its two shapes, above 0.
        concentration: f64,
    },
}

/// The families of spreads that have a width.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SpreadFamily {
    /// Triangular, its support clipped and its mode kept.
    Triangular,
    /// PERT, its support clipped and its mode kept.
    Pert,
    /// Uniform, its support clipped.
    Uniform,
    /// Normal, truncated; its width is the standard deviation before that.
    Normal,
}

impl SpreadFamily {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Triangular, Self::Pert, Self::Uniform, Self::Normal];

    /// Returns its name in a scenario.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Triangular => "Triangular",
            Self::Pert => "Pert",
            Self::Uniform => "Uniform",
            Self::Normal => "Normal",
        }
    }

    /// Returns the name in a scenario of its width in the units of the number.
    #[must_use]
    pub fn width(self) -> &'static str {
        if self == Self::Normal { "sd" } else { "half_width" }
    }
}

/// The width of a spread.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Width {
    /// In the units of the number; at least 0.
    Absolute(f64),
    /// As a share of the number; at least 0.
    Relative(f64),
}

impl Spread {
    /// Returns true if it would make every weight negative somewhere.
    #[must_use]
    pub fn reaches_below_zero(self) -> bool {
        matches!(self, Self::Around(family, Width::Relative(share)) if family != SpreadFamily::Normal && share > 1.0)
    }

    /// The spread with its width, or what stands for it, multiplied.
    #[must_use]
    pub fn widened(self, factor: f64) -> Self {
        match self {
            Self::Around(family, Width::Absolute(x)) => Self::Around(family, Width::Absolute(x * factor)),
            Self::Around(family, Width::Relative(x)) => Self::Around(family, Width::Relative(x * factor)),
            // The variance goes as 1 / (concentration + 1).
            Self::BetaMean { concentration } => {
                Self::BetaMean { concentration: (concentration + 1.0) / (factor * factor) - 1.0 }
            }
        }
    }

    /// The distribution around `central` between `min` and `max`, which may be infinite.
    ///
    /// A centre of exactly 0 with a relative width, or a width of 0, is exact.
    ///
    /// # Errors
    /// A centre outside `min..max`, or one so large that the ends of the support are not finite; a beta spread without
    /// bounds, or one that reaches the bounds with shapes that are too small.
    pub fn around(self, central: f64, (min, max): (f64, f64)) -> Result<Dist, ParameterError> {
        let (family, width) = match self {
            Self::Around(family, width) => (family, width),
            Self::BetaMean { .. } if central == min || central == max => {
                return Ok(Exact::new(central)?.into());
            }
            Self::BetaMean { concentration } => {
                return beta_mean(central, concentration, min, max).map(Dist::from);
            }
        };
        let half = match width {
            Width::Absolute(half) => half,
            Width::Relative(share) => share * central.abs(),
        };
        if half == 0.0 {
            return Ok(Exact::new(central)?.into());
        }
        let (low, high) = ((central - half).max(min), (central + half).min(max));
        if family != SpreadFamily::Normal && low == high {
            return Ok(Exact::new(central)?.into());
        }
        let finite = |bound: f64| Some(bound).filter(|bound| bound.is_finite());
        Ok(match family {
            SpreadFamily::Triangular => Triangular::new(low, central, high)?.into(),
            SpreadFamily::Pert => Pert::new(low, central, high, 4.0)?.into(),
            SpreadFamily::Uniform => Uniform::new(low, high)?.into(),
            SpreadFamily::Normal => {
                let normal = Normal::new(central, half)?.into();
                match (finite(min), finite(max)) {
                    (None, None) => normal,
                    (min, max) => Truncated::new(normal, min, max)?.into(),
                }
            }
        })
    }
}

/// The beta distribution over `min..max` with the given mean and sum of shapes.
///
/// # Errors
/// Bounds that are not finite or not in order, a mean at or beyond them, shapes that are too small or too large.
pub fn beta_mean(mean: f64, concentration: f64, min: f64, max: f64) -> Result<Beta, ParameterError> {
    for (parameter, value) in [("min", min), ("max", max)] {
        if !value.is_finite() {
            return Err(ParameterError::NotFinite { parameter, value });
        }
    }
    if !(mean > min && mean < max) {
        return Err(ParameterError::Outside { parameter: "mean", value: mean, least: min, most: max });
    }
    let share = (mean - min) / (max - min);
    Beta::new(share * concentration, (1.0 - share) * concentration, min, max)
}

/// Writes the spread as a scenario does, e.g. `Triangular(half_width: 1.5)`.
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Around(family, Width::Absolute(x)) => {
                write!(f, "{}({}: {x})", family.name(), family.width())
            }
            Self::Around(family, Width::Relative(share)) => write!(f, "{}(relative: {share})", family.name()),
            Self::BetaMean { concentration } => write!(f, "BetaMean(concentration: {concentration})"),
        }
    }
}
