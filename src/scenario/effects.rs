//! Effects on areas beside their scores: shared inputs, shared errors, correlations, discounts, and a residual.

use super::{Address, Value};
use crate::distribution::Dist;

/// An uncertain number that is declared once and named in several places.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SharedInput {
    /// Id in the file.
    pub id: String,
    /// Its distribution.
    pub dist: Dist,
}

/// All that the scores have in common, as loadings on standard normal causes. A score's normal score is
/// `factor` u + `area` h + `group` v + the rest e, with u one a factor, h one an area, v one a factor and group,
/// and e its own; the squares of the loadings sum to at most one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SharedErrors {
    /// On the cause of its factor: a bias that all areas share on it, which nearly cancels in comparisons.
    pub factor: f64,
    /// On the cause of its area: a halo.
    pub area: f64,
    /// On the cause of its factor and group: a bias on a factor that a group shares.
    pub group: f64,
}

impl SharedErrors {
    /// Returns the loading that is left for the score alone.
    #[must_use]
    pub fn rest(self) -> f64 {
        (1.0 - self.factor * self.factor - self.area * self.area - self.group * self.group).max(0.0).sqrt()
    }

    /// Returns true if there are any.
    #[must_use]
    pub fn any(self) -> bool {
        self != Self::default()
    }
}

/// The strength with which two numbers go together.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Strength {
    /// Their rank correlation (Spearman's rho).
    Rank(f64),
    /// The correlation of their normal scores; of two normals their own correlation.
    Normal(f64),
}

impl Strength {
    /// The correlation of the normal scores.
    ///
    /// Source: Pearson (1907), for a Gaussian copula with continuous margins: r = 2 sin(pi rho / 6).
    #[must_use]
    pub fn normal(self) -> f64 {
        match self {
            Self::Rank(rho) => 2.0 * libm::sin(std::f64::consts::PI * rho / 6.0),
            Self::Normal(r) => r,
        }
    }
}

/// A stated correlation of two numbers.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Correlation {
    /// The one.
    pub one: Address,
    /// The other.
    pub other: Address,
    /// Strength with which they go together.
    pub strength: Strength,
}

/// A discount of an area's overall score A: it becomes floor + (A - floor) m, the floor being the lower end of the scale, or 0.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Discount {
    /// Id in the file.
    pub id: String,
    /// The indices of the areas.
    pub areas: Vec<usize>,
    /// The share m that is left, 0..=1; 0 is a veto.
    pub by: Value,
}

/// All that the factors miss: one normal number per area, added to its overall score.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Residual {
    /// Its standard deviation, positive.
    pub sd: f64,
    /// Its loading on a cause that all areas share, which cancels in comparisons.
    pub all: f64,
    /// Its loading on a cause that the areas of a group share.
    pub group: f64,
}
