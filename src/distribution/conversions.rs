//! Conversions of the families: into [`Dist`], and into what `rand_distr` samples.

use super::bits::uniform_from_bits;
use super::{
    Beta, Discrete, Dist, Exact, Exponential, Gamma, LogNormal, LogitNormal, Metalog, Mixture, Normal, Pert,
    Samples, StudentT, Triangular, Truncated, Uniform,
};
use rand::Rng;
use rand_distr::Distribution;

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
