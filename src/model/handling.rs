//! The handling of each column of a model where its sums are added up: what the sampler takes off it, and where the scorer keeps it.

use super::affine::Affine;
use super::shape::Model;
use crate::real::Real;

/// The handling of the columns of a model.
#[derive(Clone, Debug)]
pub(super) struct Handling {
    /// True if all columns are kept; otherwise a score that is needed once is added up as it is drawn.
    pub keeps_all: bool,
    /// The number that is taken off all scores: here, or where those that are not kept are drawn.
    pub origin: f64,
    /// Shape `[n_inputs]`: what is taken off each input where it is drawn, because it is a score that is added up as it is drawn.
    pub shifts: Vec<f64>,
    /// Shape `[n_columns]`: the column of the batch that keeps each.
    pub places: Vec<Option<usize>>,
}

impl Model {
    /// Returns what becomes of the columns in such numbers, where the inputs are to be kept or not.
    pub(super) fn handling<R: Real>(&self, keeps_inputs: bool) -> Handling {
        // Inputs that are kept are measured from 0, and what reads them decides for itself.
        let origin = if keeps_inputs && !R::IS_SHORT { 0.0 } else { self.origin::<R>() };
        let mut shifts = vec![0.0; self.inputs.len()];
        // What others are made of has to be kept.
        let keeps_all = keeps_inputs || !self.is_plain();
        if keeps_all {
            return Handling { keeps_all, origin, shifts, places: (0..self.n_columns()).map(Some).collect() };
        }
        let places = self.needed_more_than_once();
        for score in self.terms.iter().flatten().flat_map(|term| &term.scores).filter(|score| score.is_bare())
        {
            if let Some(input) = score.column
                && places[input].is_none()
            {
                shifts[input] = origin;
            }
        }
        Handling { keeps_all, origin, shifts, places }
    }

    /// Returns a place for each input that is needed more than once: weights, and scores of several areas.
    fn needed_more_than_once(&self) -> Vec<Option<usize>> {
        let (mut uses, mut kept) = (vec![None; self.inputs.len()], vec![false; self.inputs.len()]);
        for term in self.terms.iter().flatten() {
            if let Some(weight) = term.weight.column {
                kept[weight] = true;
            }
            for (area, &score) in term.scores.iter().enumerate() {
                if let Some(input) = score.column {
                    // Scenarios that are laid out together may differ in what the same score is worth.
                    let here: (usize, usize, Affine) = (area, term.factor, score);
                    let first = *uses[input].get_or_insert(here);
                    kept[input] |= first != here;
                }
            }
        }
        let mut n = 0;
        let place = |kept: bool| {
            n += usize::from(kept);
            kept.then(|| n - 1)
        };
        kept.into_iter().map(place).collect()
    }
}
