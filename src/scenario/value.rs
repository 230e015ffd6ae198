//! Values: what may stand where a score or a weight stands.

use crate::distribution::Dist;

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
    /// A shared input (its index).
    Ref(usize),
    /// A shared input and a value of its own on top.
    Relative {
        /// The index of the shared input.
        to: usize,
        /// Value that is added to it: a bare number, a distribution, or another shared input with something on top.
        by: Box<Value>,
    },
    /// Values of several raters, one of whom is drawn once for the whole row.
    Raters(Vec<(f64, Value)>),
}

/// A value in one joint world.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Resolved<'a> {
    /// The value there, which is no [`Value::ByWorld`].
    pub value: &'a Value,
    /// The branches that lead to it, as in `weight.f[scheming]`: world and outcome.
    pub branch: Vec<(usize, usize)>,
}

impl Value {
    /// Returns what the value is where world `w` has the outcome `outcomes[w]`.
    #[must_use]
    pub fn resolve(&self, outcomes: &[usize]) -> Resolved<'_> {
        let mut branch = Vec::new();
        let mut value = self;
        while let Self::ByWorld { world, branches } = value {
            branch.push((*world, outcomes[*world]));
            value = &branches[outcomes[*world]];
        }
        Resolved { value, branch }
    }

    /// The distribution, if that is all that it is.
    #[must_use]
    pub fn dist(&self) -> Option<&Dist> {
        match self {
            Self::Central { dist, .. } | Self::Written(dist) => Some(dist),
            _ => None,
        }
    }

    /// Returns how many distributions it holds.
    #[must_use]
    pub fn n_dists(&self) -> usize {
        match self {
            Self::Central { .. } | Self::Written(_) | Self::Ref(_) => 1,
            Self::Relative { by, .. } => 1 + by.n_dists(),
            Self::ByWorld { branches, .. } => branches.iter().map(Self::n_dists).sum(),
            Self::Raters(raters) => 1 + raters.iter().map(|(_, value)| value.n_dists()).sum::<usize>(),
        }
    }

    /// Calls `f` with this value and all that it is made of.
    pub(super) fn visit<'a>(&'a self, f: &mut dyn FnMut(&'a Self)) {
        f(self);
        match self {
            Self::Relative { by, .. } => by.visit(f),
            Self::ByWorld { branches, .. } => branches.iter().for_each(|branch| branch.visit(f)),
            Self::Raters(raters) => raters.iter().for_each(|(_, value)| value.visit(f)),
            Self::Central { .. } | Self::Written(_) | Self::Ref(_) => {}
        }
    }
}
