//! A model seen from outside the sampler: the columns that its overall scores are made of.

use super::affine::Affine;
use super::shape::{Model, Term};

impl Term {
    /// Returns the term with the score of another area for each.
    #[must_use]
    pub fn with_scores_of(&self, areas: &[usize]) -> Self {
        Self { scores: areas.iter().map(|&area| self.scores[area]).collect(), ..self.clone() }
    }
}

impl Model {
    /// Returns the factors that have weight in a joint world: an overall score is the weighted mean of the area's scores.
    #[must_use]
    pub fn weighted(&self, world: usize) -> &[Term] {
        &self.terms[world]
    }

    /// Returns what is added to the weighted mean of an area in a joint world.
    #[must_use]
    pub fn residual(&self, world: usize, area: usize) -> Affine {
        self.residuals[world * self.n_areas + area]
    }

    /// Returns the shares that are then left of what lies above the floor, one per discount.
    #[must_use]
    pub fn discounts(&self, world: usize, area: usize) -> &[Affine] {
        &self.discounts[world * self.n_areas + area]
    }

    /// Returns what a discount of everything leaves, in the first world.
    #[must_use]
    pub fn floor(&self) -> f64 {
        self.floors[0]
    }

    /// Returns the overall scores of one draw in a joint world, worked out one number after the other; of models whose inputs do not
    /// depend on each other, and whose overall scores are weighted means alone.
    pub(crate) fn plain_overall_scores(&self, world: usize, inputs: &[f64]) -> Vec<f64> {
        let value = |number: Affine| number.value(|input| inputs[input]);
        let terms = &self.terms[world];
        let total: f64 = terms.iter().map(|term| value(term.weight)).sum();
        let mut overall_scores = vec![0.0; self.n_areas];
        for term in terms {
            let share = value(term.weight) / total;
            for (sum, &score) in overall_scores.iter_mut().zip(&term.scores) {
                *sum += share * value(score);
            }
        }
        overall_scores
    }
}
