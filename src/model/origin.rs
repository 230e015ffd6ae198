//! The place that scores are measured from: what all areas have taken off changes no order, and leaves more digits.

use super::shape::Model;
use crate::real::Real;

impl Model {
    /// Returns what overall scores in such numbers are measured from.
    pub(super) fn origin<R: Real>(&self) -> f64 {
        // A number that single precision has.
        if R::IS_SHORT { f64::from(self.middle as f32) } else { self.densest }
    }

    /// Returns the place from which double precision measures scores: where most of those of the first worlds heap up, or 0. Those are the
    /// worlds of the first scenario, so that the place does not depend on what is laid out after it.
    pub(super) fn densest_place(&self, n_first: usize) -> f64 {
        if !self.is_plain() || self.terms.iter().flatten().any(|term| term.value.is_some()) {
            return 0.0;
        }
        let mut places: Vec<(f64, usize)> = Vec::new();
        for input in self.terms[..n_first]
            .iter()
            .flatten()
            .flat_map(|term| &term.scores)
            .filter_map(|score| score.column)
        {
            let Some(heap) = self.inputs[input].dist.heap() else { continue };
            match places.iter_mut().find(|(place, _)| *place == heap) {
                Some((_, times)) => *times += 1,
                None => places.push((heap, 1)),
            }
        }
        // The first of those that are as frequent.
        let most = places.iter().map(|(_, times)| *times).max();
        places.iter().find(|(_, times)| Some(*times) == most).map_or(0.0, |(place, _)| *place)
    }
}
