//! Bounds on the probability that two areas come out close to each other: at most what one number that only one of them has, or all of those
//! together, leave for an interval.

use super::range::ValueRange;
use super::rounding::{AreaPair, SHARED, World};
use super::shape::{Model, Term};
use super::shares::{Share, generators, greatest};
use crate::distribution::within_given_rest;
use std::f64::consts::SQRT_2;

/// A number of its own that moves a score of one of two areas.
struct Own {
    /// A bound on the density of the score, whatever all else is; infinite where there is none.
    density: f64,
    /// The input that moves it, and its slope.
    input: (usize, f64),
    /// Those of other ways in which the score comes about.
    others: Vec<(usize, f64)>,
}

/// Two areas in a joint world, and how close to each other they may come.
pub(super) struct Pair<'w> {
    world: &'w World<'w>,
    areas: AreaPair,
    /// Shape `[n_terms][2]`.
    own: Vec<[Option<Own>; 2]>,
    /// A bound on the density of the gap; infinite where there is none.
    density: f64,
}

impl Pair<'_> {
    /// A bound on the probability that rounding decides which of the two comes first.
    pub fn near(&self) -> f64 {
        let (world, areas) = (self.world, self.areas);
        let error = world.gap_error(areas);
        if world.is_exact(areas)
            || world.is_same(areas)
            || world.is_apart(areas, error)
            || world.is_apart(areas.swapped(), error)
        {
            return 0.0;
        }
        self.concentration(error)
    }

    /// A bound on the probability that the gap between the two is not wider than `error`.
    pub fn concentration(&self, error: f64) -> f64 {
        let together = 2.0 * error * self.density;
        if together <= 1e-4 {
            return together;
        }
        let others = self.world.by_shares(&self.own, error).min(self.world.by_weights(self.areas, error));
        if together.is_nan() { others } else { together.min(others).min(1.0) }
    }
}

impl World<'_> {
    /// Two areas.
    pub fn pair(&self, areas: AreaPair) -> Pair<'_> {
        let own = |k: usize| areas.both().map(|area| self.own(k, area, areas));
        let own: Vec<[Option<Own>; 2]> = (0..self.terms().len()).map(own).collect();
        let density = self.density_of_gap(&own, areas);
        Pair { world: self, areas, own, density }
    }

    /// Returns a bound on how far rounding may move the probability that one of two areas comes before the other: by how probable it is that they are as
    /// near as their gap is rounded, and by what is wrong with the distributions of the inputs.
    pub fn moved(&self, near: f64, pair: AreaPair, distortions: &[f64]) -> f64 {
        if near == 0.0 && !self.is_exact(pair) {
            return 0.0;
        }
        let mut lists = [self.feeds.len() - 1, pair.one, pair.other].map(|of| &*self.feeds[of]);
        let mut sum = 0.0;
        // Each input of any of the lists once; they are sorted.
        while let Some(&next) = lists.iter().filter_map(|list| list.first()).min() {
            sum += distortions[next];
            for list in &mut lists {
                *list = list.strip_prefix(&[next]).unwrap_or(list);
            }
        }
        (near + sum).min(1.0)
    }

    /// Returns true if two areas come out equal with probability 0: a number that has a density moves one of them alone.
    pub fn is_continuous(&self, pair: AreaPair) -> bool {
        let is_there = |k: usize| match self.terms()[k].weight.column {
            None => self.terms()[k].weight.offset > 0.0,
            Some(column) => {
                self.rounding.columns[column].low > 0.0
                    || self
                        .rounding
                        .model
                        .inputs
                        .get(column)
                        .is_some_and(|input| input.dist.atoms().is_empty())
            }
        };
        let moves = |k: usize, area: usize| self.left[area].0 > 0.0 && self.own(k, area, pair).is_some();
        let by_score = (0..self.terms().len())
            .any(|k| is_there(k) && pair.both().into_iter().any(|area| moves(k, area)));
        by_score
            || !self.is_same(pair) && (self.own_residual(pair) > 0.0 || self.by_weights(pair, 1e-12) < 1.0)
    }

    /// Returns true if two areas are made of the same columns.
    fn is_same(&self, AreaPair { one: i, other: j }: AreaPair) -> bool {
        let (model, start) = (self.rounding.model, self.index * self.rounding.model.n_areas);
        self.terms().iter().all(|term| term.scores[i] == term.scores[j])
            && model.residuals[start + i] == model.residuals[start + j]
            && model.discounts[start + i] == model.discounts[start + j]
    }

    /// Returns true if the first of two areas is before the other by more than `error` whatever is drawn.
    fn is_apart(&self, AreaPair { one: i, other: j }: AreaPair, error: f64) -> bool {
        if !self.is_bare(i) || !self.is_bare(j) {
            return false;
        }
        let columns = &self.rounding.columns;
        let worth = |term: &Term, area: usize| ValueRange::of(columns, term.scores[area]);
        let behind = self.terms().iter().map(|term| worth(term, j).high - worth(term, i).low);
        let behind: Vec<f64> = behind.collect();
        // From the least, so that all are positive.
        let least = behind.iter().copied().fold(f64::INFINITY, f64::min);
        let above: Vec<f64> = behind.iter().map(|gap| gap - least).collect();
        least + greatest(&above, &self.shares) < -error
    }

    /// Returns true if an area has neither a residual nor discounts.
    fn is_bare(&self, area: usize) -> bool {
        let Model { n_areas, residuals, discounts, .. } = self.rounding.model;
        let place = self.index * n_areas + area;
        residuals[place].is_exactly(0.0) && discounts[place].is_empty()
    }

    /// Returns what a score has for itself beside all else that moves two areas.
    fn own(&self, k: usize, area: usize, pair: AreaPair) -> Option<Own> {
        let left = self.left[area].0;
        if left <= 0.0 {
            return None;
        }
        let mut found: Option<Own> = None;
        for way in &self.ways[k][area] {
            let own = way.iter().filter(|(input, slope)| *slope > 0.0 && self.is_own(*input, pair));
            let of =
                |&(input, slope): &(usize, f64)| (self.density(input) / (slope * left), input, slope * left);
            let best = own.map(of).min_by(|a, b| a.0.total_cmp(&b.0))?;
            match &mut found {
                None => found = Some(Own { density: best.0, input: (best.1, best.2), others: Vec::new() }),
                Some(own) => {
                    own.density = own.density.max(best.0);
                    own.others.push((best.1, best.2));
                }
            }
        }
        found
    }

    /// Returns true if an input without single values moves one score of one of two areas and nothing else of the two.
    fn is_own(&self, input: usize, pair: AreaPair) -> bool {
        let model = self.rounding.model;
        let alone = |input: usize| {
            let users = self.users[input].iter();
            users.filter(|&&user| user == pair.one || user == pair.other || user == SHARED).count() == 1
        };
        let is_latent_own = model.own_latent(input).is_none_or(|(latent, _)| alone(latent));
        let is_made = model.inputs[input].source.is_score() && model.own_latent(input).is_none();
        alone(input) && is_latent_own && !is_made && model.inputs[input].dist.atoms().is_empty()
    }

    /// A bound on the density of an input, whatever all else is.
    fn density(&self, input: usize) -> f64 {
        match self.rounding.model.own_latent(input) {
            Some(_) => f64::INFINITY,
            None => self.rounding.masses[input].density(),
        }
    }

    /// A bound on the probability that a score which is moved by an input of its own lies in an interval of a length.
    fn within(&self, own: &Own, length: f64) -> f64 {
        let of = |&(input, slope): &(usize, f64)| {
            let within = self.rounding.masses[input].within(length / slope);
            match self.rounding.model.own_latent(input) {
                Some((_, loading)) => within_given_rest(within, loading),
                None => within,
            }
        };
        own.others.iter().map(of).fold(of(&own.input), f64::max)
    }

    /// One over the square of the greatest density of the part of the residuals that one of two areas has for itself.
    fn own_residual(&self, pair: AreaPair) -> f64 {
        let model = self.rounding.model;
        let of = |area: usize| -> f64 {
            let parts = model.linear(model.residuals[self.index * model.n_areas + area].column);
            let own = parts.into_iter().filter(|&(column, c)| c != 0.0 && self.is_own(column, pair));
            own.map(|(column, c)| {
                let slope = c.abs() * self.left[area].0 / self.density(column);
                slope * slope
            })
            .sum()
        };
        of(pair.one) + of(pair.other)
    }

    /// A bound on the density of a gap, by all densities together. A sum of independent numbers with densities of at most m has one of at most the square root of
    /// 2 / sum(1 / m^2); times shares s that is 2 / sum((s / m)^2), and at least r^2 / sum(m^2) of that sum is there whatever the shares
    /// are, if those add up to at least r.
    ///
    /// Source: Rogozin, Theory of Probability and its Applications 32 (1987), and Ball, Proceedings of the AMS 97 (1986).
    fn density_of_gap(&self, own: &[[Option<Own>; 2]], pair: AreaPair) -> f64 {
        let square = |own: &Option<Own>| own.as_ref().map_or(0.0, |own| 1.0 / (own.density * own.density));
        let mut terms: Vec<(f64, Share)> = own
            .iter()
            .zip(&self.shares)
            .map(|([one, other], share)| (1.0 / (square(one) + square(other)), *share))
            .filter(|(m2, _)| m2.is_finite())
            .collect();
        terms.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut rest: f64 = self.shares.iter().map(|share| share.most).sum();
        let (mut sum, mut least) = (0.0, 0.0_f64);
        for (m2, share) in &terms {
            sum += m2;
            rest -= share.most;
            let there = (1.0 - rest.max(0.0)).max(0.0);
            least = least.max(there * there / sum);
        }
        let at_least: f64 = terms.iter().map(|(m2, share)| share.least * share.least / m2).sum();
        let total = least.max(at_least) + self.own_residual(pair);
        if total > 0.0 { SQRT_2 / total.sqrt() } else { f64::INFINITY }
    }

    /// By one score: whatever the weights are, one of some factors has at least its share of them.
    fn by_shares(&self, own: &[[Option<Own>; 2]], error: f64) -> f64 {
        let n = own.len() as f64;
        let within = |own: &[Option<Own>; 2], length: f64| {
            own.iter().flatten().map(|own| self.within(own, length)).fold(1.0, f64::min)
        };
        let surely = own.iter().zip(&self.shares).filter(|(_, share)| share.least > 0.0);
        let mut best = surely.map(|(own, share)| within(own, 2.0 * error / share.least)).fold(1.0, f64::min);
        // Shares that are as great as the factors are dense would do the same.
        let length = 2.0 * error * n;
        let mut dense: Vec<(f64, usize)> = own
            .iter()
            .enumerate()
            .map(|(k, own)| (within(own, length), k))
            .filter(|(within, _)| *within > 0.0 && *within < 1.0)
            .collect();
        dense.sort_by(|a, b| a.0.total_cmp(&b.0));
        let all: f64 = self.shares.iter().map(|share| share.most).sum();
        let step = dense.len().div_ceil(12).max(1);
        for n_taken in (1..=dense.len()).rev().step_by(step) {
            let taken = &dense[..n_taken];
            let there = 1.0 - (all - taken.iter().map(|(_, k)| self.shares[*k].most).sum::<f64>()).max(0.0);
            let sum = |t: f64| -> f64 { taken.iter().map(|(d, k)| self.shares[*k].most.min(d * t)).sum() };
            let (mut low, mut high) =
                (0.0, taken.iter().map(|(d, k)| self.shares[*k].most / d).fold(0.0, f64::max));
            if there <= 0.0 {
                continue;
            }
            for _ in 0..50 {
                let middle = f64::midpoint(low, high);
                if sum(middle) < there { low = middle } else { high = middle }
            }
            let at = |&(d, k): &(f64, usize)| within(&own[k], 2.0 * error / self.shares[k].most.min(d * low));
            best = best.min(taken.iter().map(at).fold(0.0, f64::max));
        }
        best
    }

    /// By one number that the weights are made of, where all scores are certain.
    ///
    /// The gap is a sum of m E over the sum of t E. In one E it lies between -e and e over a length of at most
    /// 2 e O (|m| + t d) / (m^2 - e^2 t^2), O the others' t E and d the greatest |m| / t; and the mean of O is enough, because the greatest
    /// mass of an interval, or twice that, is concave in its length.
    fn by_weights(&self, AreaPair { one: i, other: j }: AreaPair, error: f64) -> f64 {
        let Model { inputs, .. } = self.rounding.model;
        let exact = |k: usize, area: usize| self.terms()[k].scores[area].as_exact();
        let gaps: Option<Vec<f64>> =
            (0..self.terms().len()).map(|k| Some(exact(k, i)? - exact(k, j)?)).collect();
        let (Some(gaps), true) = (gaps, self.is_bare(i) && self.is_bare(j)) else { return 1.0 };
        let Some(made) = generators(self.rounding.model, self.terms()) else { return 1.0 };
        let of = |(input, parts): &(Option<usize>, Vec<f64>)| {
            let slope: f64 = parts.iter().zip(&gaps).map(|(c, gap)| c * gap).sum();
            (*input, slope, parts.iter().sum::<f64>())
        };
        let all: Vec<(Option<usize>, f64, f64)> = made.iter().map(of).collect();
        let mean = |input: Option<usize>| input.map_or(1.0, |input| self.rounding.columns[input].mean);
        let total: f64 = all.iter().map(|&(input, _, t)| t * mean(input)).sum();
        let farthest = all.iter().filter(|(.., t)| *t > 0.0).map(|(_, m, t)| m.abs() / t).fold(0.0, f64::max);
        let by = |&(input, m, t): &(Option<usize>, f64, f64)| -> Option<f64> {
            let input = input?;
            let is_free = inputs[input].dist.atoms().is_empty() && !inputs[input].source.is_score();
            if !is_free || m.abs() <= 2.0 * error * t {
                return None;
            }
            let others = total - t * mean(Some(input));
            let length = 2.0 * error * others * (m.abs() + t * farthest) / (m * m - error * error * t * t);
            let mass = &self.rounding.masses[input];
            Some(if mass.density().is_finite() { mass.density() * length } else { 2.0 * mass.within(length) })
        };
        all.iter().filter_map(by).fold(1.0, f64::min)
    }
}
