//! The place that scores are measured from: what all areas have taken off changes no order, and leaves more digits.

use super::score::kept;
use super::{Cell, Model};
use crate::real::Real;

impl Model {
    /// What amenabilities in such numbers are measured from.
    pub(super) fn origin<R: Real>(&self) -> f64 {
        // A number that single precision has.
        if R::IS_SHORT { f64::from(self.middle as f32) } else { self.densest }
    }

    /// Shape `[n_inputs]`: what is to be taken off each input where it is drawn, because it is a score that is added up as
    /// it is drawn.
    #[must_use]
    pub fn shifts<R: Real>(&self, keeps_inputs: bool) -> Vec<f64> {
        let mut shifts = vec![0.0; self.inputs.len()];
        if !keeps_inputs && self.is_plain() {
            let kept = kept(self);
            for term in self.terms.iter().flatten().filter(|term| term.value.is_none()) {
                for score in &term.scores {
                    if let Cell::Input(input) = *score
                        && kept[input].is_none()
                    {
                        shifts[input] = self.origin::<R>();
                    }
                }
            }
        }
        shifts
    }

    /// The place from which double precision measures scores: where most of them heap up, or 0.
    pub(super) fn densest_place(&self) -> f64 {
        if !self.is_plain() || self.terms.iter().flatten().any(|term| term.value.is_some()) {
            return 0.0;
        }
        let mut places: Vec<(f64, usize)> = Vec::new();
        for term in self.terms.iter().flatten() {
            for score in &term.scores {
                let Cell::Input(input) = *score else { continue };
                let Some(heap) = self.inputs[input].dist.heap() else { continue };
                match places.iter_mut().find(|(place, _)| *place == heap) {
                    Some((_, times)) => *times += 1,
                    None => places.push((heap, 1)),
                }
            }
        }
        // The first of those that are as frequent.
        let most = places.iter().map(|(_, times)| *times).max();
        places.iter().find(|(_, times)| Some(*times) == most).map_or(0.0, |(place, _)| *place)
    }
}
