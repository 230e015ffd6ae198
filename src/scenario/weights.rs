//! Laws of weights: what all weights are together. An order depends only on the ratios of
//! the weights, so none of these divides by their sum.

use super::WithoutFactorError;
use super::polytope::Polytope;

/// Joint distribution of the weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum WeightDistribution {
    /// Each factor has a weight of its own, independent of the others.
    #[default]
    Independent,
    /// Uniform over all weightings: over all weights that are not negative and sum to one.
    Simplex,
    /// Uniform over all weightings in which the factors, all of them, have this order, the heaviest first.
    Ranked(Vec<usize>),
    /// Dirichlet around the stated weights.
    Dirichlet {
        /// The stated weights, one a factor, positive.
        means: Vec<f64>,
        /// The sum of the parameters: the greater, the closer to the stated weights.
        concentration: f64,
    },
    /// Uniform over all weightings in which each factor has at least a share of the whole weight.
    Bounded(Vec<f64>),
    /// Uniform over all weightings that satisfy linear constraints.
    Constrained(Vec<Constraint>, Box<Polytope>),
}

/// A linear constraint on the weights.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Constraint {
    /// The factors weigh no less than those after them.
    Order(Vec<usize>),
    /// The factor has at least this share of the whole weight.
    AtLeast(usize, f64),
    /// The factor has at most this share of the whole weight.
    AtMost(usize, f64),
    /// The one factor weighs between so many and so many times the other.
    Ratio {
        /// The one.
        of: usize,
        /// The other.
        to: usize,
        /// At least so many times, above 0.
        min: f64,
        /// At most so many times.
        max: Option<f64>,
    },
    /// The one area has at least the overall score of the other, at central scores.
    Prefer(usize, usize),
}

impl Constraint {
    /// The constraint as rows of coefficients, one a factor: the weights satisfy row . w >= 0.
    ///
    /// Shape of `scores`: `[n_factors x n_areas]`, what the central scores are worth.
    #[must_use]
    pub fn rows(&self, n: usize, scores: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let row = |entries: &[(usize, f64)], all: f64| {
            let mut row = vec![all; n];
            for (k, coefficient) in entries {
                row[*k] += coefficient;
            }
            row
        };
        match self {
            Self::Order(chain) => {
                chain.windows(2).map(|two| row(&[(two[0], 1.0), (two[1], -1.0)], 0.0)).collect()
            }
            Self::AtLeast(k, share) => vec![row(&[(*k, 1.0)], -share)],
            Self::AtMost(k, share) => vec![row(&[(*k, -1.0)], *share)],
            Self::Ratio { of, to, min, max } => {
                let least = row(&[(*of, 1.0), (*to, -min)], 0.0);
                let most = max.map(|max| row(&[(*of, -1.0), (*to, max)], 0.0));
                [least].into_iter().chain(most).collect()
            }
            Self::Prefer(one, other) => {
                vec![(0..n).map(|k| scores[k][*one] - scores[k][*other]).collect()]
            }
        }
    }
}

impl WeightDistribution {
    /// The mean of each weight as a share of the whole, if the law says so. `n` is the number of factors.
    #[must_use]
    pub fn means(&self, n: usize) -> Option<Vec<f64>> {
        match self {
            Self::Independent => None,
            Self::Simplex => Some(vec![1.0 / n as f64; n]),
            // Source: the rank-order centroid, Barron and Barrett, Management Science 42 (1996).
            Self::Ranked(order) => {
                let mut means = vec![0.0; n];
                for (rank, &k) in order.iter().enumerate() {
                    means[k] = (rank + 1..=n).map(|m| 1.0 / m as f64).sum::<f64>() / n as f64;
                }
                Some(means)
            }
            Self::Dirichlet { means, .. } => {
                let total: f64 = means.iter().sum();
                Some(means.iter().map(|mean| mean / total).collect())
            }
            Self::Bounded(lower) => {
                let free = 1.0 - lower.iter().sum::<f64>();
                Some(lower.iter().map(|bound| bound + free / n as f64).collect())
            }
            Self::Constrained(_, polytope) => Some(polytope.mean()),
        }
    }
}

impl WeightDistribution {
    /// The weights, where the law leaves one possibility only.
    #[must_use]
    pub fn only_weights(&self) -> Option<&[f64]> {
        /// Less of the whole weight than this is rounding.
        const LEAST: f64 = 1e-12;
        match self {
            Self::Bounded(lower) if 1.0 - lower.iter().sum::<f64>() <= LEAST => Some(lower),
            Self::Constrained(_, polytope) if polytope.dimension() == 0 => Some(&polytope.vertices()[0]),
            _ => None,
        }
    }

    /// The law of the other factors, if it says anything without this one.
    ///
    /// # Errors
    /// The law is made of constraints, which would say something else.
    pub fn without(&self, factor: usize) -> Result<Self, WithoutFactorError> {
        let others = |values: &[f64]| -> Vec<f64> {
            values.iter().enumerate().filter(|(k, _)| *k != factor).map(|(_, value)| *value).collect()
        };
        Ok(match self {
            Self::Independent => Self::Independent,
            Self::Simplex => Self::Simplex,
            Self::Ranked(order) => {
                let order = order.iter().filter(|k| **k != factor);
                Self::Ranked(order.map(|k| if *k > factor { k - 1 } else { *k }).collect())
            }
            Self::Dirichlet { means, concentration } => {
                Self::Dirichlet { means: others(means), concentration: *concentration }
            }
            Self::Bounded(lower) => Self::Bounded(others(lower)),
            Self::Constrained(..) => {
                return Err(WithoutFactorError::Constraints);
            }
        })
    }
}
