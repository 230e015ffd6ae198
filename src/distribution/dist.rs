//! The closed set of distributions: [`Dist`], and the two families that are made of other distributions.

use super::integral::LazyMoments;
use super::normal_columns::standard_cdfs;
use super::table::Tables;
use super::{
    Beta, Discrete, Exact, Exponential, Gamma, LogNormal, LogitNormal, Metalog, Normal, Pert, Samples,
    StudentT, Triangular, Uniform,
};
use std::sync::{Arc, OnceLock};

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
#[non_exhaustive]
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

/// A mixture of distributions.
///
/// Its quantile function is the inverse of its own cdf, so one uniform number draws it, and a draw is a monotone
/// function of that.
#[derive(Clone, Debug)]
pub struct Mixture {
    /// Probabilities, positive and with a sum of one, and what they are of; at least one.
    pub(super) parts: Arc<[(f64, Dist)]>,
    pub(super) tables: Arc<OnceLock<Tables>>,
}

/// A distribution given that its value lies in `min..=max`.
#[derive(Clone, Debug, PartialEq)]
pub struct Truncated {
    pub(super) of: Box<Dist>,
    /// The bounds as written; at least one.
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    /// The probability below the lower bound, and between the bounds.
    pub(super) below: f64,
    pub(super) kept: f64,
    /// There is no closed form of these for most families.
    pub(super) moments: LazyMoments,
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
            Self::Normal(d) => d.quantiles(column),
            Self::LogNormal(d) => d.quantiles(column),
            Self::Discrete(d) => d.quantiles(column),
            Self::Samples(d) => d.quantiles(column),
            _ => each!(self, d => {
                for u in column {
                    *u = d.quantile(*u);
                }
            }),
        }
    }

    /// Replaces each standard normal of `column` by the quantile at its cdf.
    pub fn at_normal_scores(&self, column: &mut [f64]) {
        match self {
            Self::Normal(d) => d.at_normal_scores(column),
            Self::LogNormal(d) => d.at_normal_scores(column),
            _ => {
                standard_cdfs(column);
                self.quantiles(column);
            }
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
