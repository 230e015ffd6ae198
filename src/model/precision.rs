//! Bounds on how far rounding may move an order: for single precision, and for the draws that not even double precision decides.

use super::affine::Affine;
use super::range::ValueRange;
use super::rounding::{AreaPair, Rounding, World};
use super::shape::{Derived, Model, Source, Term};
use crate::batch::Nearness;
use std::sync::Arc;

/// The most that single precision may move the order of two areas by in a model that is drawn in it without being asked to: a fifth of the
/// sampling error of a million draws.
const LIMIT: f64 = 1e-4;

/// As many ties may rounding make where there are none.
const LEAST_TIES: f64 = 1e-6;

/// Numbers beyond these, or numbers and sums of weights that may be smaller, are left to double precision: squares, and widths over
/// 2^31, have to be numbers too.
const LARGEST: f64 = 1e12;
const LEAST: f64 = 1e-12;
/// And so are inputs with a smaller standard deviation.
const LEAST_SD: f64 = 1e-9;

/// Sums of products up to here are numbers in single precision.
const LARGEST_SUM: f64 = 1e37;

/// Sums of products up to here are numbers in double precision.
const LARGEST_DOUBLE: f64 = 1e300;

impl Model {
    /// Returns true if single precision provably changes the order of two areas in fewer than one draw in 10,000, and makes fewer
    /// ties than one in a million.
    ///
    /// No number is too large or too small then, and no number is made of normal scores.
    #[must_use]
    pub fn suits_single(&self) -> bool {
        *self.bounds.suits_single.get_or_init(|| self.is_moderate() && self.rounding_suits())
    }

    /// Returns true if no number is too large or too small for single precision, and none is made of normal scores.
    fn is_moderate(&self) -> bool {
        let moderate = |known: &ValueRange| known.low.abs() <= LARGEST && known.high.abs() <= LARGEST;
        let exact = |number: &Affine| number.as_exact().is_none_or(|x| x.abs() <= LARGEST);
        let columns = self.known();
        columns.iter().all(moderate)
            && self.inputs.iter().zip(&columns).all(|(_, known)| known.variance >= LEAST_SD * LEAST_SD)
            && self.terms.iter().flatten().all(|term| term.scores.iter().all(exact))
            && self.terms.iter().all(|terms| {
                let weights = terms.iter().map(|term| ValueRange::of(&columns, term.weight));
                let least: f64 = weights.clone().map(|w| w.low).sum();
                let total: f64 = weights.map(|w| w.mean).sum();
                least >= LEAST && total <= LARGEST
            })
            && !self.inputs.iter().any(|input| input.source.is_score())
    }

    /// Returns true if rounding to single precision keeps all pairs of areas within the limits.
    fn rounding_suits(&self) -> bool {
        let rounding = Rounding::single(self);
        let worlds: Vec<World<'_>> = rounding.worlds().collect();
        let mut nears = Vec::new();
        for world in &worlds {
            for pair in pairs(self.n_areas) {
                let two = world.pair(pair);
                let near = two.near();
                let suits =
                    near == 0.0 || near <= LIMIT && two.concentration(world.grain(pair) / 2.0) <= LEAST_TIES;
                if !suits {
                    return false;
                }
                nears.push(near);
            }
        }
        // What it takes to find out how well each input is drawn is done only now.
        let moved = self.moved(&worlds, &nears, &rounding.distortions());
        let _ = self.bounds.single_moves.set(self.most_moved(&moved));
        moved.into_iter().all(|moved| moved <= LIMIT)
    }

    /// Returns a bound on how far drawing in single precision moves the probability that one area comes before another, in any joint
    /// world. The probability of a rank or a claim moves by no more than the sum of that over the pairs that it compares.
    ///
    /// The bound is the probability that two areas are so close that rounding may decide, and besides, for each input of the two, how
    /// far its drawn distribution is from the stated one. 1 where nothing is known.
    #[must_use]
    pub fn single_moves(&self) -> f64 {
        *self.bounds.single_moves.get_or_init(|| {
            let rounding = Rounding::single(self);
            let worlds: Vec<World<'_>> = rounding.worlds().collect();
            let of = |world: &World<'_>| -> Vec<f64> {
                pairs(self.n_areas).map(|pair| world.pair(pair).near()).collect()
            };
            let nears: Vec<f64> = worlds.iter().flat_map(of).collect();
            self.most_moved(&self.moved(&worlds, &nears, &rounding.distortions()))
        })
    }

    /// Returns for each joint world the most that rounding moves any pair by; `nears` has shape `[n_worlds x n_pairs]`.
    fn moved(&self, worlds: &[World<'_>], nears: &[f64], distortions: &[f64]) -> Vec<f64> {
        let n_pairs = pairs(self.n_areas).count();
        let of = |(index, world): (usize, &World<'_>)| {
            let nears = &nears[index * n_pairs..][..n_pairs];
            let moved =
                pairs(self.n_areas).zip(nears).map(|(pair, near)| world.moved(*near, pair, distortions));
            moved.fold(0.0, f64::max)
        };
        worlds.iter().enumerate().map(of).collect()
    }

    /// Returns the most of what rounding moves in each joint world. Of products that are too small the last digits are lost.
    fn most_moved(&self, moved: &[f64]) -> f64 {
        let of = |(world, most): (usize, &f64)| (most + self.vanishing(world)).min(1.0);
        moved.iter().enumerate().map(of).fold(0.0, f64::max)
    }

    /// Returns a bound on the probability that the weights of a joint world are all so small that single precision has few digits for them.
    fn vanishing(&self, world: usize) -> f64 {
        const LEAST_DIGITS: f64 = 1e-30;
        let below = |term: &Term| match term.weight.column {
            None => f64::from(u8::from(term.weight.offset < LEAST_DIGITS)),
            Some(column) => self.inputs.get(column).map_or(0.0, |input| input.dist.cdf(LEAST_DIGITS)),
        };
        self.terms[world].iter().map(below).fold(1.0, f64::min)
    }

    /// Returns true if numbers of the model may be too large for single precision, so that the sums of a draw are no numbers.
    #[must_use]
    pub fn overflows_single(&self) -> bool {
        self.overflows(LARGEST_SUM)
    }

    /// Returns true if sums of a draw may be larger than a number.
    fn overflows(&self, largest: f64) -> bool {
        let columns = self.known();
        // Of a score the number that is drawn, and what it is worth.
        let drawn = |number: Affine| ValueRange::of_column(&columns, number).size();
        let worth = |number: Affine| ValueRange::of(&columns, number).size();
        let is_beyond = |x: f64, most: f64| x.is_nan() || x > most;
        let sums = self.terms.iter().any(|terms| {
            let weights: f64 = terms.iter().map(|term| drawn(term.weight)).sum();
            let scores = terms.iter().flat_map(|term| &term.scores);
            let scores = scores.map(|&score| worth(score).max(drawn(score)));
            let most = scores.fold(1.0, f64::max);
            is_beyond(weights.max(1.0) * (most + self.middle.abs()), largest)
        });
        let after = self.residuals.iter().chain(self.discounts.iter().flatten());
        sums || columns.iter().any(|known| is_beyond(known.size(), largest))
            || after.map(|number| drawn(*number)).any(|x| is_beyond(x, largest.sqrt()))
    }

    /// Returns how near two overall scores may be for double precision not to tell them apart, in a model where that happens in more than one
    /// draw in a million.
    #[must_use]
    pub fn nearness(&self) -> Option<Arc<Nearness>> {
        self.bounds.nearness.get_or_init(|| self.find_nearness().map(Arc::new)).clone()
    }

    fn find_nearness(&self) -> Option<Nearness> {
        let rounding = Rounding::double(self);
        let distortions = rounding.distortions();
        let n = self.n_areas;
        // What is no number has to be found too.
        let (mut untied, mut absolute, mut is_needed) =
            (Vec::new(), Vec::new(), self.overflows(LARGEST_DOUBLE));
        for world in rounding.worlds() {
            let start = untied.len();
            untied.resize(start + n * n, false);
            for pair in pairs(n).filter(|&pair| world.is_continuous(pair)) {
                let AreaPair { one: i, other: j } = pair;
                (untied[start + i * n + j], untied[start + j * n + i]) = (true, true);
                is_needed |= world.moved(world.pair(pair).near(), pair, &distortions) > LEAST_TIES;
            }
            absolute.extend((0..n).map(|area| world.absolute(area)));
        }
        is_needed.then(|| Nearness::new(n, rounding.relative(), absolute, untied))
    }

    /// Returns the part of its normal score that a number has for itself, where it is made of several: the input that this is, and its loading.
    pub(super) fn own_latent(&self, column: usize) -> Option<(usize, f64)> {
        let input = &self.inputs[column];
        let Source::Score(parts) = &input.source else { return None };
        let own = |(latent, _): &&(usize, f64)| self.inputs[*latent].address == input.address;
        parts.iter().find(own).map(|&(latent, loading)| (latent, loading.abs()))
    }

    /// Returns a column as a sum of columns that are no sums themselves; none of them without a column.
    pub(super) fn linear(&self, column: Option<usize>) -> Vec<(usize, f64)> {
        let Some(column) = column else { return Vec::new() };
        match self.derived_at(column) {
            Some(Derived::Sum(terms, _)) => terms
                .iter()
                .flat_map(|&(column, c)| {
                    self.linear(Some(column)).into_iter().map(move |(column, slope)| (column, slope * c))
                })
                .collect(),
            _ => vec![(column, 1.0)],
        }
    }
}

/// All pairs of areas, each once.
fn pairs(n: usize) -> impl Iterator<Item = AreaPair> + Clone {
    (0..n).flat_map(|one| (0..one).map(move |other| AreaPair { one, other }))
}
