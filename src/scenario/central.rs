//! Central numbers and means of values.

use super::{Scenario, Value};
use crate::distribution::Dist;

/// Why there is an average of everything.
const LEAF: &str = "what is no ByWorld, Ref, Relative or Raters has a distribution";

impl Scenario {
    /// The central number of a value, averaged over the worlds and raters: of a bare number that number itself,
    /// wherever its spread was clipped.
    #[must_use]
    pub fn central(&self, value: &Value) -> f64 {
        self.average(value, &|leaf| match leaf {
            Value::Central { number, .. } => Some(*number),
            leaf => leaf.dist().map(Dist::central),
        })
    }

    /// The mean of a value over its distribution, the worlds and the raters.
    #[must_use]
    pub fn mean(&self, value: &Value) -> f64 {
        self.average(value, &|leaf| leaf.dist().map(Dist::mean))
    }

    /// The average of what `of` gives for the distributions of a value.
    fn average(&self, value: &Value, of: &dyn Fn(&Value) -> Option<f64>) -> f64 {
        let shared = |input: usize| of(&Value::Written(self.inputs[input].dist.clone())).expect(LEAF);
        match value {
            Value::ByWorld { .. } => {
                let worlds = self.joint_worlds().into_iter();
                worlds.map(|w| w.probability * self.average(value.resolve(&w.outcomes).value, of)).sum()
            }
            Value::Ref(input) => shared(*input),
            Value::Relative { to, by } => shared(*to) + self.average(by, of),
            Value::Raters(raters) => {
                let total: f64 = raters.iter().map(|(weight, _)| weight).sum();
                raters.iter().map(|(weight, value)| weight / total * self.average(value, of)).sum()
            }
            leaf => of(leaf).expect(LEAF),
        }
    }
}
