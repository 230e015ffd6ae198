//! The data of a model: inputs, columns made of them, and one set of terms per joint world. Knows not what is done with them.

use super::affine::Affine;
use crate::batch::Nearness;
use crate::distribution::Dist;
use crate::scenario::{Address, JointWorld, ValueFunction};
use std::sync::{Arc, OnceLock};

/// One scalar random variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The number of the scenario that it stands for. The branches of a `ByWorld` and the raters of a cell share the
    /// address of their cell, and so the uniform numbers that they are drawn with: in one draw they sit at the
    /// same quantile.
    pub address: Address,
    /// The branch of the cell, as outcomes or raters in square brackets; empty for a cell that is the same
    /// everywhere.
    pub branch: String,
    /// Its distribution; of a number that goes together with others, that of the number alone.
    pub dist: Dist,
    /// The origin of the uniform number that its quantile is taken at.
    pub source: Source,
}

/// The origin of an input's uniform number.
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
    /// Returns true for a normal score, which goes together with others.
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

/// A column that is worked out from earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Derived<C = usize> {
    /// A sum of columns times coefficients, and a constant.
    Sum(Vec<(C, f64)>, f64),
    /// One of several numbers, by the index that a column holds. Those that are not certain are columns as they are.
    Select(C, Vec<Affine<C>>),
    /// The weight of one factor in a polytope: the sum of the placing columns times that weight at the vertices of
    /// the simplex whose index a column holds.
    Weight {
        /// The column that holds the index.
        simplex: C,
        /// The first of the placing columns, one per vertex.
        first: C,
        /// Shape `[n_simplices x n_vertices]`: the weight at the vertices.
        corners: Vec<Vec<f64>>,
    },
}

impl<C: Copy> Derived<C> {
    /// Returns the column in terms of other columns. Those that place a point stay side by side, from the new first one on.
    pub(super) fn map<D>(&self, to: impl Fn(C) -> D) -> Derived<D> {
        match self {
            Self::Sum(terms, constant) => {
                Derived::Sum(terms.iter().map(|&(column, c)| (to(column), c)).collect(), *constant)
            }
            Self::Select(selector, options) => {
                Derived::Select(to(*selector), options.iter().map(|option| option.map(&to)).collect())
            }
            Self::Weight { simplex, first, corners } => {
                Derived::Weight { simplex: to(*simplex), first: to(*first), corners: corners.clone() }
            }
        }
    }
}

/// One factor in one joint world: absent if its weight is exactly 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Term<C = usize> {
    /// The index of the factor.
    pub factor: usize,
    /// The weight: certain, or a column as it is.
    pub weight: Affine<C>,
    /// Shape `[n_areas]`: what the scores are worth.
    pub scores: Vec<Affine<C>>,
    /// The value function that is in the scores: its ends are decimals, and its slope mostly is none.
    pub(super) value: Option<ValueFunction>,
}

impl<C: Copy> Term<C> {
    /// Returns the term in terms of other columns.
    pub(super) fn map<D>(&self, to: impl Fn(C) -> D) -> Term<D> {
        Term {
            factor: self.factor,
            weight: self.weight.map(&to),
            scores: self.scores.iter().map(|score| score.map(&to)).collect(),
            value: self.value,
        }
    }
}

/// A scenario as arrays.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    pub(super) n_areas: usize,
    pub(super) inputs: Vec<Input>,
    /// The columns that are worked out from the inputs; in a batch they stand after those of the inputs.
    pub(super) derived: Vec<Derived>,
    pub(super) worlds: Vec<JointWorld>,
    /// Shape `[n_worlds]`; in each world at least one term.
    pub(super) terms: Vec<Vec<Term>>,
    /// Shape `[n_worlds x n_areas]`, row-major: what the factors miss.
    pub(super) residuals: Vec<Affine>,
    /// Shape `[n_worlds x n_areas]`, row-major: the shares that are left of the area's overall score, one per discount.
    pub(super) discounts: Vec<Vec<Affine>>,
    /// Shape `[n_worlds]`: what a discount of everything leaves.
    pub(super) floors: Vec<f64>,
    /// The middle of the scale, which scores can be measured from: that takes the same off all overall scores.
    pub(super) middle: f64,
    /// The place where most scores heap up, which double precision measures them from; 0 if they do not.
    pub(super) densest: f64,
    /// Bounds on rounding that somebody asked for.
    pub(super) bounds: KnownBounds,
}

/// Bounds on rounding that were worked out. A copy of a model, which may be changed, begins without.
#[derive(Debug, Default)]
pub(super) struct KnownBounds {
    pub suits_single: OnceLock<bool>,
    pub single_moves: OnceLock<f64>,
    pub nearness: OnceLock<Option<Arc<Nearness>>>,
}

impl Clone for KnownBounds {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for KnownBounds {
    /// They follow from the rest of the model.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Model {
    /// Returns the number of areas.
    #[must_use]
    pub fn n_areas(&self) -> usize {
        self.n_areas
    }

    /// Returns the inputs.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// Returns the inputs that the scenario states, without the standard normals that some are made of.
    pub fn stated_inputs(&self) -> impl Iterator<Item = &Input> {
        self.inputs.iter().filter(|input| input.source != Source::Latent)
    }

    /// Returns what is worked out from the inputs.
    #[must_use]
    pub fn derived(&self) -> &[Derived] {
        &self.derived
    }

    /// Returns the joint worlds, at least one.
    #[must_use]
    pub fn worlds(&self) -> &[JointWorld] {
        &self.worlds
    }

    /// Returns how many numbers are drawn per draw.
    #[must_use]
    pub fn n_values(&self) -> usize {
        self.inputs.iter().filter(|input| !matches!(input.source, Source::Score(_))).count()
    }

    /// Returns how many columns there are, those of the inputs and derived ones.
    pub(super) fn n_columns(&self) -> usize {
        self.inputs.len() + self.derived.len()
    }

    /// Returns what a column is worked out from, if it is no input.
    pub(super) fn derived_at(&self, column: usize) -> Option<&Derived> {
        column.checked_sub(self.inputs.len()).map(|derived| &self.derived[derived])
    }
}
