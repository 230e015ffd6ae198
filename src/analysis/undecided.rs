//! What rounding leaves open: instances in which the arithmetic cannot tell two areas apart, and what a precision that does not suit a
//! scenario may move. Intervals are wider by both.

use super::interval::{Estimate, Z95, wilson};
use super::summary::OrderSummary;
use crate::batch::Nearness;
use crate::model::Model;
use crate::sampler::Arithmetic;
use crate::tally::Order;

/// What rounding leaves open in a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Undecided {
    /// Shape `[n_areas x n_areas]`, row-major: the pairs that never tie, so that a tie is one that rounding makes.
    untied: Vec<bool>,
    /// What the precision may move the probability of a pair by.
    moves: f64,
    /// The greatest share of the instances in which rounding decides a pair, over all joint worlds.
    pub share: f64,
}

impl Undecided {
    /// What rounding leaves open in a model; nothing if that is so little that no interval needs to say it.
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

    /// What the precision may move the probability of a pair by, where it does not suit the scenario; 0 where it does.
    #[must_use]
    pub fn moves(&self) -> f64 {
        self.moves
    }

    /// A claim that was counted, with what rounding leaves open of its truth.
    pub(super) fn of_claim(
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

    /// Widens the intervals of pairs, ranks and numbers of pairs.
    pub(super) fn widen(&mut self, order: &mut OrderSummary, groups: &[Vec<usize>], n: u64) {
        let n_areas = order.before.len();
        let open = |i: usize, j: usize| {
            let tie = order.tie[i][j].filter(|_| self.is_untied(i, j, n_areas)).unwrap_or(0.0);
            if tie > 0.0 { wilson(tie, n as f64, Z95).1 } else { 0.0 }
        };
        let open: Vec<Vec<f64>> = (0..n_areas).map(|i| (0..n_areas).map(|j| open(i, j)).collect()).collect();
        for (i, row) in order.before.iter_mut().enumerate() {
            for (j, cell) in row.iter_mut().enumerate() {
                if let Some(estimate) = cell {
                    *estimate = estimate.wider(self.moves, self.moves + open[i][j]);
                }
            }
        }
        for (row, open) in order.ranks.iter_mut().zip(&open) {
            let either = open.iter().sum::<f64>() + self.moves * (n_areas - 1) as f64;
            for estimate in row {
                *estimate = estimate.wider(either, either);
            }
        }
        for pairs in &mut order.pairs {
            let of_one = |&i: &usize| groups[pairs.b].iter().map(|&j| open[i][j]).sum::<f64>();
            let either = groups[pairs.a].iter().map(of_one).sum::<f64>() + self.moves * pairs.of as f64;
            for estimate in &mut pairs.distribution {
                *estimate = estimate.wider(either, either);
            }
        }
        let ties = order
            .tie
            .iter()
            .enumerate()
            .flat_map(|(i, row)| row.iter().enumerate().map(move |(j, tie)| (i, j, tie)));
        let undecided = ties.filter(|&(i, j, _)| self.is_untied(i, j, n_areas)).filter_map(|(.., tie)| *tie);
        self.share = undecided.fold(self.share, f64::max);
    }

    fn n_pairs(&self) -> f64 {
        let squares = self.untied.len() as f64;
        (squares - squares.sqrt()) / 2.0
    }
}
