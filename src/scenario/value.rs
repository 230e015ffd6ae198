//! Values: what may stand where a score or a weight stands.

use super::World;
use crate::dist::Dist;

/// A score or a weight.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A bare number, and what the scenario's spread makes of it.
    Central {
        /// The number as written.
        number: f64,
        /// The distribution around it.
        dist: Dist,
    },
    /// A distribution that the file writes out.
    Written(Dist),
    /// A value that depends on a shared world.
    ByWorld {
        /// The index of the world.
        world: usize,
        /// One value an outcome, in the order of the outcomes.
        branches: Vec<Value>,
    },
}

/// What a value is in one joint world.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved<'a> {
    /// The distribution there.
    pub dist: &'a Dist,
    /// The branches that lead to it, as in `weight.f[scheming]`: world and outcome.
    pub branch: Vec<(usize, usize)>,
}

impl Value {
    /// What the value is where world `w` has the outcome `outcomes[w]`.
    #[must_use]
    pub fn resolve(&self, outcomes: &[usize]) -> Resolved<'_> {
        let mut branch = Vec::new();
        let mut value = self;
        loop {
            match value {
                Self::Central { dist, .. } | Self::Written(dist) => return Resolved { dist, branch },
                Self::ByWorld { world, branches } => {
                    branch.push((*world, outcomes[*world]));
                    value = &branches[outcomes[*world]];
                }
            }
        }
    }

    /// How many distributions it holds.
    #[must_use]
    pub fn n_dists(&self) -> usize {
        match self {
            Self::Central { .. } | Self::Written(_) => 1,
            Self::ByWorld { branches, .. } => branches.iter().map(Self::n_dists).sum(),
        }
    }

    /// The central number, averaged over the worlds: of a bare number that number itself, wherever its spread
    /// was clipped.
    #[must_use]
    pub fn central(&self, worlds: &[World]) -> f64 {
        match self {
            Self::Central { number, .. } => *number,
            Self::Written(dist) => dist.central(),
            Self::ByWorld { .. } => self.over_worlds(worlds, Self::central),
        }
    }

    /// The mean over the distribution and the worlds.
    #[must_use]
    pub fn mean(&self, worlds: &[World]) -> f64 {
        match self {
            Self::Central { dist, .. } | Self::Written(dist) => dist.mean(),
            Self::ByWorld { .. } => self.over_worlds(worlds, Self::mean),
        }
    }

    fn over_worlds(&self, worlds: &[World], part: fn(&Self, &[World]) -> f64) -> f64 {
        let Self::ByWorld { world, branches } = self else { return part(self, worlds) };
        let shares = branches.iter().zip(&worlds[*world].outcomes);
        shares.map(|(branch, outcome)| outcome.probability * part(branch, worlds)).sum()
    }
}
