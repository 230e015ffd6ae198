//! Distributions moved and stretched.

use super::{
    Beta, Discrete, Dist, Exact, Exponential, Gamma, LogNormal, LogitNormal, Metalog, Mixture, Normal,
    ParameterError, Pert, Samples, StudentT, Triangular, Truncated, Uniform,
};

/// The decimal of few digits that a number differs from by the rounding of a few operations, if there is one: three times a tenth is 0.3.
#[must_use]
pub fn as_decimal(x: f64) -> f64 {
    match format!("{x:.11e}").parse::<f64>() {
        Ok(short) if (short - x).abs() <= 4.0 * f64::EPSILON * x.abs() => short,
        _ => x,
    }
}

impl Dist {
    /// The distribution of `factor` x + `constant`, `factor` positive; nothing if the family has no member that is
    /// that, as a log-normal that is moved.
    ///
    /// # Errors
    /// Numbers too large or too small for the family.
    pub fn linear(&self, factor: f64, constant: f64) -> Option<Result<Self, ParameterError>> {
        let to = |x: f64| as_decimal(factor * x + constant);
        let moved = constant != 0.0;
        Some(match self {
            Self::Exact(d) => Exact::new(to(d.value())).map(Self::from),
            Self::Triangular(d) => {
                let (min, max) = d.support();
                Triangular::new(to(min), to(d.central()), to(max)).map(Self::from)
            }
            Self::Uniform(d) => {
                let (min, max) = d.support();
                Uniform::new(to(min), to(max)).map(Self::from)
            }
            Self::Normal(d) => Normal::new(to(d.mean()), factor * d.variance().sqrt()).map(Self::from),
            Self::LogNormal(d) if !moved => {
                let (mu, sigma) = d.parameters();
                LogNormal::new(mu + libm::log(factor), sigma).map(Self::from)
            }
            Self::Exponential(d) if !moved => Exponential::new(1.0 / (factor * d.mean())).map(Self::from),
            Self::Pert(d) => {
                let (min, max) = d.support();
                Pert::new(to(min), to(d.central()), to(max), d.shape()).map(Self::from)
            }
            Self::Beta(d) => {
                let ((alpha, beta), (min, max)) = (d.shapes(), d.support());
                Beta::new(alpha, beta, to(min), to(max)).map(Self::from)
            }
            Self::Gamma(d) if !moved => {
                let scale = d.variance() / d.mean();
                Gamma::new(d.mean() / scale, factor * scale).map(Self::from)
            }
            Self::StudentT(d) => {
                let (scale, df) = d.scale_and_df();
                StudentT::new(to(d.mean()), factor * scale, df).map(Self::from)
            }
            Self::LogitNormal(d) => {
                let ((mu, sigma), (min, max)) = (d.parameters(), d.support());
                LogitNormal::new(mu, sigma, to(min), to(max)).map(Self::from)
            }
            Self::Metalog(d) => {
                let points: Vec<(f64, f64)> = d.points().iter().map(|(p, x)| (*p, to(*x))).collect();
                let (min, max) = d.support();
                let bound = |x: f64| Some(to(x)).filter(|x| x.is_finite());
                Metalog::new(&points, bound(min), bound(max)).map(Self::from)
            }
            Self::Discrete(d) => {
                let pairs: Vec<(f64, f64)> = d.pairs().map(|(x, p)| (to(x), p)).collect();
                Discrete::new(&pairs).map(Self::from)
            }
            Self::Samples(d) => {
                let values: Vec<f64> = d.values().iter().map(|x| to(*x)).collect();
                Samples::new(&values).map(Self::from)
            }
            Self::Truncated(d) => {
                let (min, max) = d.bounds();
                match d.of().linear(factor, constant)? {
                    Ok(of) => Truncated::new(of, min.map(to), max.map(to)).map(Self::from),
                    Err(error) => Err(error),
                }
            }
            Self::Mixture(d) => {
                let part =
                    |(p, part): &(f64, Self)| Some(part.linear(factor, constant)?.map(|part| (*p, part)));
                let parts: Option<Result<Vec<(f64, Self)>, ParameterError>> =
                    d.parts().iter().map(part).collect();
                parts?.and_then(Mixture::new).map(Self::from)
            }
            _ => return None,
        })
    }
}
