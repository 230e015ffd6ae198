//! The families of distributions: one family a file, and [`Dist`], the closed set of them.
//! Knows nothing of scenarios, streams or files.
//!
//! Every family is drawn by its **quantile function** from one uniform number, so that a draw is a monotone
//! function of its uniform: that is what makes runs of two scenarios comparable draw by draw.

mod beta;
mod cells;
mod discrete;
mod exact;
mod exponential;
mod family;
mod gamma;
mod integral;
mod linear;
mod log_normal;
mod logit_normal;
mod mass;
mod metalog;
mod mixture;
mod normal;
mod octaves;
mod parameter;
mod pert;
mod samples;
mod single;
mod special;
mod student_t;
mod table;
mod triangular;
mod truncated;
mod uniform;

pub use beta::Beta;
pub use cells::{Cells, Lookup, PIECE};
pub use discrete::Discrete;
pub use exact::Exact;
pub use exponential::Exponential;
pub use family::{FAMILIES, Family};
pub use gamma::Gamma;
pub(crate) use linear::as_decimal;
pub use log_normal::LogNormal;
pub use logit_normal::LogitNormal;
pub use mass::{Mass, within_given_rest};
pub use metalog::Metalog;
pub use mixture::Mixture;
pub use normal::{Normal, standard_cdf, standard_quantile};
pub use octaves::{Octaves, Placed, ROWS};
pub use parameter::ParameterError;
pub use pert::Pert;
pub use samples::Samples;
pub use single::{Single, Table, Triangle, probability, uniform};
pub use special::beta_tail;
pub use student_t::StudentT;
pub(crate) use table::{NODES, interpolate};
pub use triangular::Triangular;
pub use truncated::Truncated;
pub use uniform::Uniform;

use rand::Rng;
use rand_distr::Distribution;

/// A univariate distribution with a quantile function.
///
/// A closed set, dispatched once a column and not once a draw.
///
/// ```
/// use headstart::distribution::{Dist, Triangular};
///
/// let score = Dist::from(Triangular::new(7.62, 9.12, 10.0)?);
/// assert_eq!(score.support(), (7.62, 10.0));
/// assert!((score.cdf(score.quantile(0.3)) - 0.3).abs() < 1e-15);
/// # Ok::<(), headstart::distribution::ParameterError>(())
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
    /// The PERT distribution.
    Pert(Pert),
    /// The beta distribution on given bounds.
    Beta(Beta),
    /// The gamma distribution.
    Gamma(Gamma),
    /// Student's t distribution.
    StudentT(StudentT),
    /// The logit-normal distribution.
    LogitNormal(LogitNormal),
    /// The smooth distribution through stated quantiles.
    Metalog(Metalog),
    /// Finitely many values with their probabilities.
    Discrete(Discrete),
    /// Values that somebody has, all alike.
    Samples(Samples),
    /// A distribution between bounds.
    Truncated(Truncated),
    /// One of several distributions.
    Mixture(Mixture),
}

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
            Dist::Pert($family) => $call,
            Dist::Beta($family) => $call,
            Dist::Gamma($family) => $call,
            Dist::StudentT($family) => $call,
            Dist::LogitNormal($family) => $call,
            Dist::Metalog($family) => $call,
            Dist::Discrete($family) => $call,
            Dist::Samples($family) => $call,
            Dist::Truncated($family) => $call,
            Dist::Mixture($family) => $call,
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

    /// The probability of a value above `x`, with its own digits where it is small.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        each!(self, d => d.survival(x))
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
            Self::Discrete(d) if d.values().len() == 1 => d.values().first().copied(),
            _ => None,
        }
    }

    /// Replaces each uniform number of `column` by the quantile at it.
    pub fn quantiles(&self, column: &mut [f64]) {
        match self {
            Self::Beta(d) => d.quantiles(column),
            Self::Pert(d) => d.quantiles(column),
            Self::Gamma(d) => d.quantiles(column),
            Self::Mixture(d) => d.quantiles(column),
            _ => each!(self, d => {
                for u in column {
                    *u = d.quantile(*u);
                }
            }),
        }
    }

    /// Works out beforehand what the first draw would have to: the tables of families that need them.
    pub fn prepare(&self) {
        match self {
            Self::Beta(d) => d.prepare(),
            Self::Pert(d) => d.prepare(),
            Self::Gamma(d) => d.prepare(),
            Self::StudentT(d) => d.prepare(),
            Self::Truncated(d) => d.prepare(),
            Self::Mixture(d) => d.prepare(),
            _ => {}
        }
    }

    /// The values that have a probability of their own.
    #[must_use]
    pub fn atoms(&self) -> Vec<f64> {
        match self {
            Self::Exact(d) => vec![d.value()],
            Self::Discrete(d) => d.values().to_vec(),
            Self::Samples(d) => d.values().to_vec(),
            Self::Truncated(d) => d.within(d.of().atoms()),
            Self::Mixture(d) => d.parts().iter().flat_map(|(_, part)| part.atoms()).collect(),
            _ => Vec::new(),
        }
    }

    /// The values within the support at which the density is not smooth.
    #[must_use]
    pub fn knots(&self) -> Vec<f64> {
        match self {
            Self::Triangular(d) => vec![d.central()],
            Self::Truncated(d) => d.within(d.of().knots()),
            Self::Mixture(d) => {
                let of = |part: &Dist| part.knots().into_iter().chain([part.support().0, part.support().1]);
                d.parts().iter().flat_map(|(_, part)| of(part)).filter(|x| x.is_finite()).collect()
            }
            _ => self.atoms(),
        }
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
sampled_by_quantile!(
    Dist,
    Exact,
    Triangular,
    Uniform,
    Normal,
    LogNormal,
    Exponential,
    Pert,
    Beta,
    Gamma,
    StudentT,
    LogitNormal,
    Metalog,
    Discrete,
    Samples,
    Truncated,
    Mixture
);

macro_rules! into_dist {
    ($($family:ident),*) => {$(
        impl From<$family> for Dist {
            fn from(family: $family) -> Self {
                Self::$family(family)
            }
        }
    )*};
}
into_dist!(
    Exact,
    Triangular,
    Uniform,
    Normal,
    LogNormal,
    Exponential,
    Pert,
    Beta,
    Gamma,
    StudentT,
    LogitNormal,
    Metalog,
    Discrete,
    Samples,
    Truncated,
    Mixture
);
