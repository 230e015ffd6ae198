//! The model: a scenario as arrays, and amenabilities from inputs. Knows no randomness.

mod score;

pub use score::Scorer;

use crate::batch::Batch;
use crate::dist::{Dist, uniform_from_bits};
use crate::scenario::{Address, JointWorld, Resolved, Scenario, Value, ValueFunction};
use std::collections::HashMap;

/// One scalar random variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The number of the scenario that it stands for. The branches of a `ByWorld` share the address of their cell,
    /// and so the uniform numbers that they are drawn with: in one instance they sit at the same quantile.
    pub address: Address,
    /// In which branch of the cell, as outcomes in square brackets; empty for a cell that is the same everywhere.
    pub branch: String,
    /// Its distribution.
    pub dist: Dist,
}

impl std::fmt::Display for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.address, self.branch)
    }
}

/// A number of the model: certain, or an input.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Cell {
    Exact(f64),
    Input(usize),
}

/// One factor in one joint world: absent if its weight is exactly 0.
#[derive(Clone, Debug, PartialEq)]
struct Term {
    weight: Cell,
    /// Shape `[n_areas]`; exact ones already as what they are worth.
    scores: Vec<Cell>,
    /// What drawn scores are worth.
    value: Option<ValueFunction>,
}

/// A scenario as arrays.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    n_areas: usize,
    inputs: Vec<Input>,
    worlds: Vec<JointWorld>,
    /// Shape `[n_worlds]`; in each world at least one term.
    terms: Vec<Vec<Term>>,
}

impl Model {
    /// Lays out a scenario. Cannot fail, because a scenario exists only checked.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let mut model = Self {
            n_areas: scenario.areas().len(),
            inputs: Vec::new(),
            worlds: scenario.joint_worlds(),
            terms: Vec::new(),
        };
        let worlds = model.worlds.clone();
        let mut known = HashMap::new();
        for world in &worlds {
            let terms = scenario.factors().iter().filter_map(|factor| {
                let weight = Address::Weight { factor: factor.id.clone() };
                let weight = model.cell(&mut known, scenario, weight, (&factor.weight, world));
                if weight == Cell::Exact(0.0) {
                    return None;
                }
                let scores = scenario.areas().iter().zip(&factor.scores).map(|(area, score)| {
                    let address = Address::Score { factor: factor.id.clone(), area: area.id.clone() };
                    match (model.cell(&mut known, scenario, address, (score, world)), factor.value) {
                        (Cell::Exact(x), Some(value)) => Cell::Exact(value.apply(x)),
                        (cell, _) => cell,
                    }
                });
                Some(Term { weight, scores: scores.collect(), value: factor.value })
            });
            let terms = terms.collect();
            model.terms.push(terms);
        }
        model
    }

    /// The cell at an address in a world, its input added to the list, and to those `known`, if it is new there.
    fn cell(
        &mut self,
        known: &mut HashMap<(Address, String), usize>,
        scenario: &Scenario,
        address: Address,
        (value, world): (&Value, &JointWorld),
    ) -> Cell {
        let Resolved { dist, branch } = value.resolve(&world.outcomes);
        if let Some(value) = dist.exact() {
            return Cell::Exact(value);
        }
        let branch: String = branch
            .into_iter()
            .map(|(world, outcome)| format!("[{}]", scenario.worlds()[world].outcomes[outcome].id))
            .collect();
        let index = *known.entry((address, branch)).or_insert_with_key(|(address, branch)| {
            self.inputs.push(Input { address: address.clone(), branch: branch.clone(), dist: dist.clone() });
            self.inputs.len() - 1
        });
        Cell::Input(index)
    }

    /// How many areas there are.
    #[must_use]
    pub fn n_areas(&self) -> usize {
        self.n_areas
    }

    /// The inputs.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The joint worlds, at least one.
    #[must_use]
    pub fn worlds(&self) -> &[JointWorld] {
        &self.worlds
    }

    /// A batch with room for a block of this model's instances.
    #[must_use]
    pub fn batch(&self) -> Batch {
        Batch::new(self.inputs.len(), self.n_areas, self.worlds.len())
    }

    /// Works out the amenabilities of a batch from its inputs: in each world the weighted mean of the scores of
    /// each area, the terms added in the order of the factors.
    pub fn score(&self, batch: &mut Batch) {
        Scorer::new(self, true).score(batch, |_, _| {});
    }

    /// A range that holds nearly all amenabilities of each area in all worlds, to lay a histogram over: the scores
    /// that can be drawn, but no more than ten standard deviations around the mean.
    ///
    /// A weighted mean lies between the least and the greatest of its scores. The standard deviation is that of
    /// the mean linearised in its scores and weights (the delta method).
    #[must_use]
    pub fn amenability_ranges(&self) -> Vec<(f64, f64)> {
        const REACH: f64 = 10.0;
        (0..self.n_areas)
            .map(|area| {
                let ranges = self.terms.iter().map(|terms| self.range(terms, area, REACH));
                ranges.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((0.0, 1.0))
            })
            .collect()
    }

    fn range(&self, terms: &[Term], area: usize, reach: f64) -> (f64, f64) {
        let moments = |cell| match cell {
            Cell::Exact(x) => (x, 0.0),
            Cell::Input(i) => (self.inputs[i].dist.mean(), self.inputs[i].dist.variance()),
        };
        let worth = |term: &Term| match (moments(term.scores[area]), term.value) {
            ((mean, variance), Some(value)) if variance > 0.0 => {
                (value.apply(mean), variance * value.slope() * value.slope())
            }
            (moments, _) => moments,
        };
        let extremes = |term: &Term| match term.scores[area] {
            Cell::Exact(x) => (x, x),
            Cell::Input(i) => {
                let dist = &self.inputs[i].dist;
                let ends = [0, u64::MAX].map(|bits| dist.quantile(uniform_from_bits(bits)));
                let [a, b] = ends.map(|x| term.value.map_or(x, |value| value.apply(x)));
                (a.min(b), a.max(b))
            }
        };
        let total: f64 = terms.iter().map(|term| moments(term.weight).0).sum();
        let mean: f64 = terms.iter().map(|t| moments(t.weight).0 / total * worth(t).0).sum();
        let variance: f64 = terms
            .iter()
            .map(|term| {
                let ((w, w_variance), (x, x_variance)) = (moments(term.weight), worth(term));
                let gap = x - mean;
                (w * w * x_variance + gap * gap * w_variance) / (total * total)
            })
            .sum();
        let drawn = terms.iter().map(extremes);
        let (low, high) = drawn.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((mean, mean));
        let reach = reach * variance.sqrt();
        (low.max(mean - reach), high.min(mean + reach))
    }
}
