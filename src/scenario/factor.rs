//! Factors: what areas are scored on, and what the scores are worth.

use super::Value;

/// The range of the scores.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Scale {
    /// The least score, finite.
    pub min: f64,
    /// The greatest score, finite and above the least.
    pub max: f64,
}

/// An aspect on which areas are scored.
#[doc(alias = "criterion")]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Factor {
    /// Id in the file.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Weight, nowhere negative. Under a law for all weights, its mean there.
    pub weight: Value,
    /// Worth of its scores; nothing if they are on the scale themselves.
    pub value: Option<ValueFunction>,
    /// One score an area, in the order of the areas.
    pub scores: Vec<Value>,
}

/// The worth of a score in natural units: linear, and going on beyond the two ends.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct ValueFunction {
    /// The score that is worth the least: the lower end of the scale, or 0 where there is none.
    pub worst: f64,
    /// The score that is worth the most: the upper end of the scale, or 1 where there is none.
    pub best: f64,
    /// Worth of a score of 0.
    offset: f64,
    /// Worth that one unit of score adds.
    slope: f64,
}

impl ValueFunction {
    /// Returns what a score is worth.
    #[must_use]
    pub fn apply(&self, score: f64) -> f64 {
        self.offset + self.slope * score
    }

    /// Returns the worth that one unit of score adds.
    #[must_use]
    pub fn slope(&self) -> f64 {
        self.slope
    }

    /// The line through the two ends; `worst` and `best` differ.
    pub(super) fn new(worst: f64, best: f64, scale: Option<Scale>) -> Self {
        let (low, high) = scale.map_or((0.0, 1.0), |scale| (scale.min, scale.max));
        let slope = (high - low) / (best - worst);
        Self { worst, best, offset: low - slope * worst, slope }
    }
}
