//! The families of distributions: one family a file, and [`Dist`], the closed set of them.
//! Knows nothing of scenarios, streams or files.
//!
//! Every family is drawn by its **quantile function** from one uniform number, so that a draw is a monotone
//! function of its uniform: that is what makes runs of two scenarios comparable draw by draw.

mod discrete;
mod exact;
mod exponential;
mod log_normal;
mod normal;
mod parameter;
mod triangular;
mod uniform;

pub use discrete::Discrete;
pub use exact::Exact;
pub use exponential::Exponential;
pub use log_normal::LogNormal;
pub use normal::Normal;
pub use parameter::ParameterError;
pub use triangular::Triangular;
pub use uniform::Uniform;

use rand::Rng;
use rand_distr::Distribution;

/// A univariate distribution with a quantile function.
///
/// A closed set, dispatched once a column and not once a draw.
///
/// ```
/// use headstart::dist::{Dist, Triangular};
///
/// let score = Dist::from(Triangular::new(7.62, 9.12, 10.0)?);
/// assert_eq!(score.support(), (7.62, 10.0));
/// assert!((score.cdf(score.quantile(0.3)) - 0.3).abs() < 1e-15);
/// # Ok::<(), headstart::dist::ParameterError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Dist {
    /// One value, with certainty.
    Exact(Exact),
    /// The triangular distribution.
    Triangular(Triangular),
    /// The uniform distribution.
    Uniform(Uniform),
    /// The normal distribution.
    Normal(Normal),
    /// The log-normal distribution.
    LogNormal(LogNormal),
    /// The exponential distribution.
    Exponential(Exponential),
    /// Finitely many values with their probabilities.
    Discrete(Discrete),
}

/// How a family is written in a scenario, and how it is built from its parameters.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// The name in a scenario, e.g. `Triangular`.
    pub name: &'static str,
    /// The names of the parameters, in the order that `build` takes them.
    pub parameters: &'static [&'static str],
    /// Makes the distribution from one number a parameter.
    pub build: fn(&[f64]) -> Result<Dist, ParameterError>,
}

/// The families that a scenario can name with numbers as parameters.
pub const FAMILIES: &[Family] = &[
    Family {
        name: "Triangular",
        parameters: &["min", "mode", "max"],
        build: |p| Ok(Triangular::new(p[0], p[1], p[2])?.into()),
    },
    Family { name: "Uniform", parameters: &["min", "max"], build: |p| Ok(Uniform::new(p[0], p[1])?.into()) },
    Family { name: "Normal", parameters: &["mean", "sd"], build: |p| Ok(Normal::new(p[0], p[1])?.into()) },
    Family {
        name: "LogNormal",
        parameters: &["mu", "sigma"],
        build: |p| Ok(LogNormal::new(p[0], p[1])?.into()),
    },
    Family { name: "Exponential", parameters: &["rate"], build: |p| Ok(Exponential::new(p[0])?.into()) },
];

/// Calls a method on whichever family it is.
macro_rules! each {
    ($dist:expr, $family:ident => $call:expr) => {
        match $dist {
            Dist::Exact($family) => $call,
            Dist::Triangular($family) => $call,
            Dist::Uniform($family) => $call,
            Dist::Normal($family) => $call,
            Dist::LogNormal($family) => $call,
            Dist::Exponential($family) => $call,
            Dist::Discrete($family) => $call,
        }
    };
}

impl Dist {
    /// The value below which the distribution has probability `p`.
    ///
    /// `p` lies in 0..=1; at the ends it gives the ends of the support, which may be infinite.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        each!(self, d => d.quantile(p))
    }

    /// The probability of a value at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        each!(self, d => d.cdf(x))
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        each!(self, d => d.mean())
    }

    /// The variance.
    #[must_use]
    pub fn variance(&self) -> f64 {
        each!(self, d => d.variance())
    }

    /// The least and the greatest value, infinite where there is none.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        each!(self, d => d.support())
    }

    /// The number that stands for the distribution in a table of points: the value of an exact number, the mode
    /// of a triangular, the middle of a symmetric family.
    #[must_use]
    pub fn central(&self) -> f64 {
        each!(self, d => d.central())
    }

    /// The value, if there is only one.
    #[must_use]
    pub fn exact(&self) -> Option<f64> {
        match self {
            Self::Exact(d) => Some(d.value()),
            _ => None,
        }
    }

    /// Replaces each uniform number of `column` by the quantile at it.
    pub fn quantiles(&self, column: &mut [f64]) {
        each!(self, d => {
            for u in column {
                *u = d.quantile(*u);
            }
        });
    }
}

/// Writes the family as a scenario does, e.g. `Triangular(min: 1, mode: 2, max: 4)`; with a precision, as in `{:.4}`,
/// each number with at most so many decimals.
impl std::fmt::Display for Dist {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        each!(self, d => d.fmt(f))
    }
}

/// The uniform number in (0, 1) that 64 random bits stand for: the middle of one of 2^52 equal cells.
///
/// Never 0 and never 1, and symmetric about 1/2: the least value is 2^-53 and the greatest 1 - 2^-53.
#[must_use]
#[inline(always)]
pub fn uniform_from_bits(bits: u64) -> f64 {
    // The top 52 bits as the fraction of a number in [1, 2); what is taken off leaves half a cell. Both steps are
    // exact, and unlike a conversion from u64 they exist in vector registers everywhere.
    const ONE: u64 = 0x3ff << 52;
    f64::from_bits(ONE | bits >> 12) - (1.0 - f64::EPSILON / 2.0)
}

/// A number as the formatter wants it: all its digits, or at most so many decimals and no zeros at the end.
fn shown(x: f64, f: &std::fmt::Formatter<'_>) -> String {
    match f.precision() {
        Some(decimals) if x.abs() < 1e9 && x.fract() != 0.0 => {
            format!("{x:.decimals$}").trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ => x.to_string(),
    }
}

/// Makes the families fit everywhere a `rand_distr` distribution fits: one uniform through the quantile.
macro_rules! sampled_by_quantile {
    ($($family:ident),*) => {$(
        impl Distribution<f64> for $family {
            fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
                self.quantile(uniform_from_bits(rng.next_u64()))
            }
        }
    )*};
}
sampled_by_quantile!(Dist, Exact, Triangular, Uniform, Normal, LogNormal, Exponential, Discrete);

macro_rules! into_dist {
    ($($family:ident),*) => {$(
        impl From<$family> for Dist {
            fn from(family: $family) -> Self {
                Self::$family(family)
            }
        }
    )*};
}
into_dist!(Exact, Triangular, Uniform, Normal, LogNormal, Exponential, Discrete);
