//! Draws that rounding leaves open, in which the arithmetic cannot tell two areas apart, and what a precision that does not suit a
//! scenario may move. Intervals are wider by both.

use crate::analysis::interval::Estimate;
use crate::batch::Nearness;
use crate::model::Model;
use crate::sampler::Arithmetic;
use crate::tally::Order;

/// All that rounding leaves open in a run.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Undecided {
    /// Shape `[n_areas x n_areas]`, row-major: the pairs that never tie, so that a tie is one that rounding makes.
    untied: Vec<bool>,
    /// Amount by which the precision may move the probability of a pair.
    moves: f64,
    /// The greatest share of the draws in which rounding decides a pair, over all joint worlds.
    pub share: f64,
}

impl Undecided {
    /// Returns what rounding leaves open in a model; nothing if that is so little that no interval needs to say it.
    #[must_use]
    pub fn new(model: &Model, arithmetic: Arithmetic) -> Option<Self> {
        let n = model.n_areas();
        let none = || Self { untied: vec![false; n * n], moves: 0.0, share: 0.0 };
        if arithmetic == Arithmetic::Single {
            return (!model.suits_single()).then(|| Self { moves: model.single_moves(), ..none() });
        }
        let nearness = model.nearness()?;
        let untied = |pair: usize| {
            let worlds = 0..model.worlds().len();
            worlds.into_iter().any(|world| Nearness::is_untied(&nearness, world, pair / n, pair % n))
        };
        Some(Self { untied: (0..n * n).map(untied).collect(), ..none() })
    }

    /// Returns true if a tie of two areas is one that rounding makes.
    #[must_use]
    pub fn is_untied(&self, i: usize, j: usize, n_areas: usize) -> bool {
        self.untied[i * n_areas + j]
    }

    /// Returns what the precision may move the probability of a pair by, where it does not suit the scenario; 0 where it does.
    #[must_use]
    pub fn moves(&self) -> f64 {
        self.moves
    }

    /// A claim that was counted, with what rounding leaves open of its truth.
    pub(crate) fn of_claim(
        &self,
        order: &Order,
        claim: usize,
        weights: &[f64],
        estimate: Estimate,
    ) -> Estimate {
        let tie = Estimate::of(order.claim_ties(), claim, weights, order.n());
        let open = if tie.probability > 0.0 { tie.high } else { 0.0 } + self.moves * self.n_pairs();
        estimate.wider(open, open)
    }

    fn n_pairs(&self) -> f64 {
        let squares = self.untied.len() as f64;
        (squares - squares.sqrt()) / 2.0
    }
}

/// An order that was counted, with what rounding leaves open of it.
#[derive(Clone, Copy)]
pub(crate) struct CountedOrder<'a> {
    pub order: &'a Order,
    pub undecided: Option<&'a Undecided>,
}

impl CountedOrder<'_> {
    /// Returns the probability of a claim over worlds of these weights.
    pub fn claim(self, claim: usize, weights: &[f64]) -> Estimate {
        let Self { order, undecided } = self;
        let counted = Estimate::of(order.claims(), claim, weights, order.n());
        undecided.map_or(counted, |undecided| undecided.of_claim(order, claim, weights, counted))
    }
}
