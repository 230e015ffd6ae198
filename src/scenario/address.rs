//! Addresses: the one way to name a number of a scenario.

use std::fmt;

/// The name of one number of a scenario, e.g. `score.insight.ai_control`.
///
/// It is also what an input's stream of random numbers is keyed by, so that an edit of one number, or a new area,
/// moves nobody else's draws.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
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
    /// `input.<id>`: a shared input.
    Input(String),
    /// `discount.<id>`
    Discount(String),
    /// `residual.<area>`
    Residual(String),
    /// `rater.<factor>`: which rater is heard on a factor.
    Rater(String),
    /// `cause.<kind>.<ids>`: what scores or residuals have in common.
    SharedError(String),
    /// `weights.<part>`: what a law of all weights draws beside one number a factor.
    Weights(String),
    /// `clock.<field>`, or `clock.<field>.<areas>`: a number of the clock.
    Clock(String),
    /// `again.<address>`: the number at an address drawn once more, independently.
    Again(Box<Address>),
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weight { factor } => write!(f, "weight.{factor}"),
            Self::Score { factor, area } => write!(f, "score.{factor}.{area}"),
            Self::Input(id) => write!(f, "input.{id}"),
            Self::Discount(id) => write!(f, "discount.{id}"),
            Self::Residual(area) => write!(f, "residual.{area}"),
            Self::Rater(factor) => write!(f, "rater.{factor}"),
            Self::SharedError(shared_error) => write!(f, "shared_error.{shared_error}"),
            Self::Weights(part) => write!(f, "weights.{part}"),
            Self::Clock(field) => write!(f, "clock.{field}"),
            Self::Again(address) => write!(f, "again.{address}"),
        }
    }
}
