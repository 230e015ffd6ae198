//! The independent numbers that weights under a law are made of.

use super::{Address, Scenario, WeightDistribution};
use crate::distribution::{Discrete, Dist, Exponential, Gamma, ParameterError};

/// Weights by what they are made of: independent numbers, each with an address, and how the weights come from them.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WeightScheme {
    /// The numbers.
    pub generators: Vec<(Address, Dist)>,
    /// Map from them to the weights.
    pub map: WeightMap,
}

/// The map from generators to weights.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum WeightMap {
    /// Each weight is its generator.
    Each,
    /// Each weight is a sum of generators. Shape `[n_factors x n_generators]`.
    Linear(Vec<Vec<f64>>),
    /// The first generator is the index of a simplex, the others place a point in it: each weight is the sum of
    /// the other generators times that weight at the vertices.
    Polytope(Vec<Vec<Vec<f64>>>),
}

impl Scenario {
    /// Returns what the weights are made of, or nothing if each factor has its own.
    ///
    /// # Errors
    /// A Dirichlet law with parameters that are too small or too large.
    pub fn weighting(&self) -> Result<Option<WeightScheme>, ParameterError> {
        let n = self.factors.len();
        let of = |k: usize| Address::Weight { factor: self.factors[k].id.clone() };
        let unit = || Exponential::new(1.0).map(Dist::from);
        let each = |order: &mut dyn Iterator<Item = usize>| -> Result<Vec<(Address, Dist)>, ParameterError> {
            order.map(|k| Ok((of(k), unit()?))).collect()
        };
        Ok(Some(match &self.weight_law {
            WeightDistribution::Independent => return Ok(None),
            // Source: Devroye, Non-Uniform Random Variate Generation (1986), section V.2.
            WeightDistribution::Simplex => {
                WeightScheme { generators: each(&mut (0..n))?, map: WeightMap::Each }
            }
            // Source: the same, section V.3: the spacings of exponential order statistics.
            WeightDistribution::Ranked(order) => {
                let mut rows = vec![vec![0.0; n]; n];
                for (rank, &k) in order.iter().enumerate() {
                    for (m, cell) in rows[k].iter_mut().enumerate().skip(rank) {
                        *cell = 1.0 / (m + 1) as f64;
                    }
                }
                WeightScheme { generators: each(&mut order.iter().copied())?, map: WeightMap::Linear(rows) }
            }
            WeightDistribution::Dirichlet { means, concentration } => {
                let total: f64 = means.iter().sum();
                let gamma = |(k, mean): (usize, &f64)| -> Result<(Address, Dist), ParameterError> {
                    Ok((of(k), Gamma::new(concentration * mean / total, 1.0)?.into()))
                };
                let generators = means.iter().enumerate().map(gamma).collect::<Result<_, _>>()?;
                WeightScheme { generators, map: WeightMap::Each }
            }
            WeightDistribution::Bounded(lower) => {
                let free = 1.0 - lower.iter().sum::<f64>();
                let row = |k: usize| (0..n).map(|j| lower[k] + if j == k { free } else { 0.0 }).collect();
                WeightScheme {
                    generators: each(&mut (0..n))?,
                    map: WeightMap::Linear((0..n).map(row).collect()),
                }
            }
            WeightDistribution::Constrained(_, polytope) => {
                let shares: Vec<(f64, f64)> = polytope
                    .simplices()
                    .iter()
                    .enumerate()
                    .map(|(s, simplex)| (s as f64, simplex.share))
                    .collect();
                let mut generators =
                    vec![(Address::Weights("simplex".into()), Discrete::new(&shares)?.into())];
                for vertex in 0..=polytope.dimension() {
                    generators.push((Address::Weights(vertex.to_string()), unit()?));
                }
                let corners = polytope.simplices().iter().map(|simplex| {
                    simplex.vertices.iter().map(|&vertex| polytope.vertices()[vertex].clone()).collect()
                });
                WeightScheme { generators, map: WeightMap::Polytope(corners.collect()) }
            }
        }))
    }
}
