//! Addresses: the one way to name a number of a scenario.

use std::fmt;

/// The name of one number of a scenario, e.g. `score.insight.ai_control`.
///
/// It is also what an input's stream of random numbers is keyed by, so that an edit of one number, or a new area,
/// moves nobody else's draws.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Address {
    /// `weight.<factor>`
    Weight {
        /// The id of the factor.
        factor: String,
    },
    /// `score.<factor>.<area>`
    Score {
        /// The id of the factor.
        factor: String,
        /// The id of the area.
        area: String,
    },
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weight { factor } => write!(f, "weight.{factor}"),
            Self::Score { factor, area } => write!(f, "score.{factor}.{area}"),
        }
    }
}
