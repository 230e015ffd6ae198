//! The data that the steps of a sensitivity hand on: sums of a joint world, switches, gaps, and their errors.

use crate::batch::{Batch, Column, Grain};
use crate::model::{Affine, Term};

/// The sums that a joint world makes an area's overall score of, times the sum of the weights.
#[derive(Clone, Debug)]
pub struct World {
    /// The factors; areas whose sums are the same for certain have the same scores.
    pub parts: Vec<Term>,
    /// Shape `[n_areas]`: what tells the areas apart.
    pub grains: Vec<Grain>,
    /// Shape `[n_areas]`.
    pub residuals: Vec<Affine>,
    /// Shape `[n_areas]`.
    pub discounts: Vec<Vec<Affine>>,
    /// Overall score that a discount leaves standing.
    pub floor: f64,
}

/// The values of a number over a block.
#[derive(Clone, Copy)]
pub enum Values<'a> {
    /// One value, equal everywhere.
    Exact(f64),
    /// One value per draw.
    Drawn(&'a Column),
}

impl<'a> Values<'a> {
    /// Returns those of the column that a number of the model is a line in, or of a certain number.
    pub fn of(batch: &'a Batch, number: Affine) -> Self {
        match number.column {
            None => Self::Exact(number.offset),
            Some(column) => Self::Drawn(batch.input(column)),
        }
    }

    /// That in a draw of the block.
    #[inline(always)]
    pub fn at(self, n: usize) -> f64 {
        match self {
            Self::Exact(x) => x,
            Self::Drawn(column) => column[n],
        }
    }
}

/// The place of a column that enters an area's overall score once, as it is, and nothing else acts on that.
#[derive(Clone, Copy, Debug)]
pub enum Simple {
    /// A score: the index of its part, and what one unit of it is worth.
    Score(usize, f64),
    /// A weight: the score.
    Weight(Affine),
}

/// Counts for one question and one input. A draw counts in each joint world with that world's probability.
#[derive(Clone, Debug)]
pub struct Switches {
    /// Shape `[2 halves][n_cells + 2]`: switches from false to true as the input rises; place 0 stands for those that
    /// are true from the start.
    pub up: [Vec<f64>; 2],
    /// Switches from true to false, in the same shape.
    pub down: [Vec<f64>; 2],
    /// The sum of G (1 - G), G being the probability of the claim as this input alone is drawn again, and of its square; left to
    /// the counts where the quick way finds them.
    pub spread: [f64; 2],
    /// The most switches of a draw, without the one that stands for a claim that is true from the start.
    pub most: usize,
    /// One entry per path, the worlds after one another: the sum of the slope of the gap in units of overall score.
    pub slopes: Vec<f64>,
    /// One entry per path that moves weights: the sums of the gap with the input held at each of [`NODES`] of its quantiles.
    pub nodes: Vec<[f64; NODES]>,
}

/// Quantiles at which the mean gap is worked out where it is no straight line: the middles of as many equal parts.
pub const NODES: usize = 16;

/// Sums of a gap in units of overall score.
#[derive(Clone, Debug, Default)]
pub struct Gaps {
    /// Shape `[n_worlds]`.
    pub by_world: Vec<f64>,
    /// Over the worlds, each with its probability: of the square, and of what is above 0.
    pub squares: f64,
    /// Sum over the worlds of what is above 0.
    pub above: f64,
}

impl Gaps {
    /// Returns true if it is above 0 on average.
    pub fn is_ahead(&self, probabilities: &[f64]) -> bool {
        self.by_world.iter().zip(probabilities).map(|(sum, p)| sum * p).sum::<f64>() > 0.0
    }
}

impl Switches {
    /// No switches yet, on a grid of `n_cells`; slopes are kept of `n_paths`.
    pub fn new(n_cells: usize, n_paths: usize) -> Self {
        let empty = || vec![0.0; n_cells + 2];
        Self {
            up: [empty(), empty()],
            down: [empty(), empty()],
            spread: [0.0; 2],
            most: 0,
            slopes: vec![0.0; n_paths],
            nodes: vec![[0.0; NODES]; n_paths],
        }
    }

    /// Adds those of later draws.
    pub fn merge(&mut self, later: &Self) {
        let add = |sums: &mut [f64], more: &[f64]| sums.iter_mut().zip(more).for_each(|(a, b)| *a += b);
        for half in 0..2 {
            add(&mut self.up[half], &later.up[half]);
            add(&mut self.down[half], &later.down[half]);
        }
        add(&mut self.spread, &later.spread);
        add(&mut self.slopes, &later.slopes);
        self.nodes.iter_mut().zip(&later.nodes).for_each(|(sums, more)| add(sums, more));
        self.most = self.most.max(later.most);
    }
}

/// The errors of an input as far as they are known: variances over those of drawn worlds, and covariances with the claim, of one draw.
#[derive(Clone, Debug)]
pub struct Errors {
    /// Of the mean of G (1 - G).
    pub spread: f64,
    /// Its covariance.
    pub spread_with: f64,
    /// Of the variance of the curve.
    pub first: f64,
    /// Its covariance.
    pub first_with: f64,
    /// The mean square of what the curves of two draws have in common.
    pub common: f64,
    /// Of the bar.
    pub bar: f64,
    /// Of the gradient.
    pub gradient: f64,
    /// Of the probabilities at the points.
    pub points: Vec<f64>,
    /// Of the mean gap at the values that change the choice.
    pub regret: f64,
}

/// Coefficients of the quantities of a draw in the mean gap over some values of an input, in one joint world.
#[derive(Clone, Debug)]
pub struct Held {
    /// The gap as it is drawn.
    pub gap: f64,
    /// One per path.
    pub paths: Vec<HeldPath>,
}

/// Coefficients of one path.
#[derive(Clone, Debug)]
pub enum HeldPath {
    /// The slope of the gap.
    Slope(f64),
    /// The gap with the input held at each node.
    Nodes([f64; NODES]),
}

/// Variances of one draw of a gap in units of overall score.
#[derive(Clone, Copy, Debug)]
pub struct GapErrors {
    /// Of its mean over worlds.
    pub mean: f64,
    /// Of what is lost to who takes it for what it is on average.
    pub lost: f64,
}
