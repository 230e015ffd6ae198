//! A model with more joint worlds, in which some inputs are drawn again, or weights are fixed: the same engine then answers
//! what that does. Knows nothing of what is asked.

use super::affine::Affine;
use super::shape::{Input, KnownBounds, Model, Source, Term};
use crate::scenario::Address;

/// A set of numbers that are drawn again.
#[derive(Clone, Debug, PartialEq)]
pub struct Redraw {
    /// Shape `[n_inputs]`. What is made of shared errors follows those; a number whose correlations are stated is drawn again given
    /// those that are held.
    pub again: Vec<bool>,
    /// True if of a number whose correlations are stated only the own part is held.
    pub own: bool,
}

impl Model {
    /// The joint worlds, and after them as many for each set of inputs, in which those inputs are drawn again from streams
    /// of their own.
    ///
    /// The same input drawn again is the same in all of the sets.
    #[must_use]
    pub fn redrawn(&self, sets: &[Redraw]) -> Self {
        let n = self.inputs.len();
        let mut inputs = self.inputs.clone();
        // Once more all that have a stream, in their order.
        let mut again = vec![0; n];
        for (index, input) in self.inputs.iter().enumerate().filter(|(_, input)| !input.source.is_score()) {
            again[index] = inputs.len();
            inputs.push(Input { address: Address::Again(Box::new(input.address.clone())), ..input.clone() });
        }
        // Shape `[n_maps][n_columns]`: old columns to new ones.
        let mut maps: Vec<Vec<usize>> = vec![(0..n).collect()];
        let stated = self.stated();
        for Redraw { again: set, own } in sets {
            // The placing columns of a polytope need to stand together.
            let is_drawn = |i: usize| set[i] && !self.inputs[i].source.is_score();
            let mut columns: Vec<usize> = (0..n).map(|i| if is_drawn(i) { again[i] } else { i }).collect();
            let mut moved = stated.given(|input| set[input], *own, &again);
            for (index, input) in self.inputs.iter().enumerate().filter(|(index, _)| !self.is_stated(*index))
            {
                if let Source::Score(loadings) = &input.source {
                    moved.push((index, loadings.iter().map(|(i, c)| (columns[*i], *c)).collect()));
                }
            }
            for (index, loadings) in moved {
                let source = Source::Score(loadings);
                if source != self.inputs[index].source {
                    columns[index] = inputs.len();
                    inputs.push(Input { source, ..self.inputs[index].clone() });
                }
            }
            maps.push(columns);
        }
        let n_inputs = inputs.len();
        let mut derived = Vec::new();
        for map in &mut maps {
            for one in &self.derived {
                // Those that place a point in a polytope stand one after the other in every copy, as they are all drawn again or none is.
                derived.push(one.map(|column| map[column]));
                map.push(n_inputs + derived.len() - 1);
            }
        }
        let mut model = self.empty();
        (model.inputs, model.derived) = (inputs, derived);
        for map in &maps {
            let number = |number: &Affine| number.map(|column| map[column]);
            for (world, terms) in self.terms.iter().enumerate() {
                model.worlds.push(self.worlds[world].clone());
                model.floors.push(self.floors[world]);
                model.terms.push(terms.iter().map(|term| term.map(|column| map[column])).collect());
            }
            model.residuals.extend(self.residuals.iter().map(number));
            model
                .discounts
                .extend(self.discounts.iter().map(|all| all.iter().map(number).collect::<Vec<_>>()));
        }
        model
    }

    /// The joint worlds once for each list of weights, one weight a factor that has any there; shape of a list
    /// `[n_worlds][n_terms]`.
    #[must_use]
    pub fn at_weights(&self, lists: &[Vec<Vec<f64>>]) -> Self {
        let mut model = self.empty();
        (model.inputs, model.derived) = (self.inputs.clone(), self.derived.clone());
        for list in lists {
            for (world, terms) in self.terms.iter().enumerate() {
                model.worlds.push(self.worlds[world].clone());
                model.floors.push(self.floors[world]);
                let weights = list[world].iter();
                let term =
                    |(term, weight): (&Term, &f64)| Term { weight: Affine::exact(*weight), ..term.clone() };
                model.terms.push(terms.iter().zip(weights).map(term).collect());
            }
            model.residuals.extend_from_slice(&self.residuals);
            model.discounts.extend_from_slice(&self.discounts);
        }
        model
    }

    /// The model without joint worlds and columns.
    fn empty(&self) -> Self {
        Self {
            n_areas: self.n_areas,
            inputs: Vec::new(),
            derived: Vec::new(),
            worlds: Vec::new(),
            terms: Vec::new(),
            residuals: Vec::new(),
            discounts: Vec::new(),
            floors: Vec::new(),
            middle: self.middle,
            densest: self.densest,
            bounds: KnownBounds::default(),
        }
    }
}
