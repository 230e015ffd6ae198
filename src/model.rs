//! The model: a scenario as arrays, and amenabilities from inputs. Knows no randomness.

mod build;
mod column;
mod derive;
mod fraction;
mod grid;
mod near;
mod origin;
mod plan;
mod precision;
mod range;
mod redraw;
mod rounding;
mod score;
mod shares;
mod sink;
mod stated;
mod sums;
mod twins;
mod view;

pub use derive::{Derived, Number};
pub use redraw::Redraw;
pub use score::Scorer;
pub use sink::{Draws, Put, Store};
pub use stated::{Latent, OwnPart};
pub use view::Weighted;

use crate::batch::Batch;
use crate::distribution::Dist;
use crate::scenario::{Address, JointWorld, ValueFunction};

/// One scalar random variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The number of the scenario that it stands for. The branches of a `ByWorld` and the raters of a cell share the
    /// address of their cell, and so the uniform numbers that they are drawn with: in one instance they sit at the
    /// same quantile.
    pub address: Address,
    /// In which branch of the cell, as outcomes or raters in square brackets; empty for a cell that is the same
    /// everywhere.
    pub branch: String,
    /// Its distribution; of a number that goes together with others, that of the number alone.
    pub dist: Dist,
    /// Where the uniform number comes from that its quantile is taken at.
    pub source: Source,
}

/// Where an input's uniform number comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// From the stream of its address.
    Stream,
    /// From the stream of its address, and it is a standard normal that others are made of.
    Latent,
    /// From a normal score: the sum of earlier inputs, which are standard normals, times loadings.
    Score(Vec<(usize, f64)>),
}

impl Source {
    /// Whether it is a normal score, that goes together with others.
    #[must_use]
    pub fn is_score(&self) -> bool {
        matches!(self, Self::Score(_))
    }
}

impl std::fmt::Display for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.address, self.branch)
    }
}

/// A number of the model: certain, or a column of the batch.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Cell {
    Exact(f64),
    Input(usize),
}

/// One factor in one joint world: absent if its weight is exactly 0.
#[derive(Clone, Debug, PartialEq)]
struct Term {
    /// The index of the factor.
    factor: usize,
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
    /// What is worked out from the inputs: columns of a batch after those of the inputs.
    derived: Vec<Derived>,
    worlds: Vec<JointWorld>,
    /// Shape `[n_worlds]`; in each world at least one term.
    terms: Vec<Vec<Term>>,
    /// Shape `[n_worlds x n_areas]`, row-major: what the factors miss.
    residuals: Vec<Cell>,
    /// Shape `[n_worlds x n_areas]`, row-major: the shares that are left of the area's amenability, one a discount.
    discounts: Vec<Vec<Cell>>,
    /// Shape `[n_worlds]`: what a discount of everything leaves.
    floors: Vec<f64>,
    /// The middle of the scale, which scores can be measured from: that takes the same off all amenabilities.
    middle: f64,
    /// The place where most scores heap up, which double precision measures them from; 0 if they do not.
    densest: f64,
}

impl Model {
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

    /// The inputs that the scenario states, without the standard normals that some are made of.
    pub fn stated_inputs(&self) -> impl Iterator<Item = &Input> {
        self.inputs.iter().filter(|input| input.source != Source::Latent)
    }

    /// What is worked out from the inputs.
    #[must_use]
    pub fn derived(&self) -> &[Derived] {
        &self.derived
    }

    /// The joint worlds, at least one.
    #[must_use]
    pub fn worlds(&self) -> &[JointWorld] {
        &self.worlds
    }

    /// How many numbers are drawn an instance.
    #[must_use]
    pub fn n_draws(&self) -> usize {
        self.inputs.iter().filter(|input| !matches!(input.source, Source::Score(_))).count()
    }

    /// The amenabilities of one instance in a joint world, worked out one number after the other; of models whose inputs do not
    /// depend on each other, and whose amenabilities are weighted means alone.
    pub(crate) fn plain_amenabilities(&self, world: usize, inputs: &[f64]) -> Vec<f64> {
        let number = |cell: Cell| match cell {
            Cell::Exact(x) => x,
            Cell::Input(input) => inputs[input],
        };
        let terms = &self.terms[world];
        let total: f64 = terms.iter().map(|term| number(term.weight)).sum();
        let mut amenabilities = vec![0.0; self.n_areas];
        for term in terms {
            let share = number(term.weight) / total;
            for (sum, &score) in amenabilities.iter_mut().zip(&term.scores) {
                let x = number(score);
                let worth = term.value.filter(|_| matches!(score, Cell::Input(_)));
                *sum += share * worth.map_or(x, |value| value.apply(x));
            }
        }
        amenabilities
    }

    /// A batch with room for a block of this model's instances.
    #[must_use]
    pub fn batch(&self) -> Batch {
        Batch::new(self.inputs.len() + self.derived.len(), self.n_areas, self.worlds.len())
    }

    /// Works out the amenabilities of a batch from its inputs: in each world the weighted mean of the scores of
    /// each area, the terms added in the order of the factors.
    pub fn score(&self, batch: &mut Batch) {
        Scorer::new(self, true).score(batch, &mut ());
    }
}
