//! Whole orders of all areas: which are frequent, in memory that does not grow with their number, and then how often each of
//! those happens, exactly.
//!
//! The first is a summary of frequent items by decrements: when there are too many orders, the weight of one in the middle is
//! taken off all, and those that have none left are forgotten. What was taken off in all bounds how much any order may be
//! short of its true weight.
//!
//! Source: Misra and Gries, Finding repeated elements, Science of Computer Programming 2 (1982); merging as in Agarwal et al.,
//! Mergeable summaries, ACM TODS 38 (2013).

use super::definition::Tally;
use super::rank_strip::RankStrip;
use super::sums::Sums;
use crate::batch::Batch;
use crate::real::Real;
use std::collections::HashMap;

/// An order: the areas from the first to the last.
pub type WholeOrder = Box<[u8]>;

/// The frequent ones among the full rankings of draws.
#[derive(Clone, Debug)]
pub struct Frequent {
    n_areas: usize,
    /// Shape `[n_worlds]`.
    probabilities: Vec<f64>,
    /// The number of orders that are kept; twice as many while draws are recorded.
    most: usize,
    weights: HashMap<WholeOrder, f64>,
    /// The most that was taken off each order.
    taken: f64,
    /// The weight of draws in which areas tie, so that there is no full ranking.
    tied: f64,
    /// Shape `[n_areas x n_areas]`, row-major: the weight of area i having exactly r areas strictly before it.
    ranks: Vec<f64>,
    strip: RankStrip,
}

impl Frequent {
    /// No draws yet; `most` orders are kept, and worlds have these probabilities. No more than 256 areas.
    #[must_use]
    pub fn new(n_areas: usize, probabilities: Vec<f64>, most: usize) -> Self {
        Self {
            n_areas,
            probabilities,
            most: most.max(1),
            weights: HashMap::new(),
            taken: 0.0,
            tied: 0.0,
            ranks: vec![0.0; n_areas * n_areas],
            strip: RankStrip::default(),
        }
    }

    /// The orders that are kept, the most frequent first, each with a weight that its true one is not below, and is above by
    /// no more than [`Frequent::taken`].
    #[must_use]
    pub fn rankings(&self) -> Vec<(WholeOrder, f64)> {
        let mut all: Vec<(WholeOrder, f64)> =
            self.weights.iter().map(|(order, weight)| (order.clone(), *weight)).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all
    }

    /// By how much the true weight of any order may be above the one that is kept, which for one that is not kept is 0.
    #[must_use]
    pub fn taken(&self) -> f64 {
        self.taken
    }

    /// The weight of the draws in which areas tie.
    #[must_use]
    pub fn tied(&self) -> f64 {
        self.tied
    }

    /// The weight of area i having exactly r areas strictly before it.
    #[must_use]
    pub fn rank(&self, area: usize, rank: usize) -> f64 {
        self.ranks[area * self.n_areas + rank]
    }

    /// Takes as much off all orders as leaves no more than are kept.
    fn compact(&mut self) {
        if self.weights.len() <= self.most {
            return;
        }
        let mut all: Vec<f64> = self.weights.values().copied().collect();
        let (_, &mut off, _) = all.select_nth_unstable_by(self.most, |a, b| b.total_cmp(a));
        self.weights.retain(|_, weight| {
            *weight -= off;
            *weight > 0.0
        });
        self.taken += off;
    }
}

impl<R: Real> Tally<R> for Frequent {
    const READS_INPUTS: bool = false;

    fn record(&mut self, batch: &Batch<R>) {
        let mut strip = std::mem::take(&mut self.strip);
        for draw in 0..batch.len() {
            let lane = strip.reach(batch, self.probabilities.len(), draw);
            for (world, &weight) in self.probabilities.iter().enumerate() {
                for (area, rank) in strip.ranks(world, lane).enumerate() {
                    self.ranks[area * self.n_areas + rank] += weight;
                }
                let Some(order) = strip.order(world, lane) else {
                    self.tied += weight;
                    continue;
                };
                if let Some(sum) = self.weights.get_mut(order) {
                    *sum += weight;
                } else if weight > 0.0 {
                    self.weights.insert(order.into(), weight);
                }
            }
            if self.weights.len() > 2 * self.most {
                self.compact();
            }
        }
        self.strip = strip;
    }

    fn merge(&mut self, later: &Self) {
        self.taken += later.taken;
        self.tied += later.tied;
        self.ranks.iter_mut().zip(&later.ranks).for_each(|(sum, more)| *sum += more);
        for (order, weight) in &later.weights {
            *self.weights.entry(order.clone()).or_insert(0.0) += weight;
        }
        self.compact();
    }
}

/// Counts of orders that are known beforehand, and sums of the ranks of the areas. Sums are over draws, of means over worlds.
#[derive(Clone, Debug)]
pub struct Whole {
    probabilities: Vec<f64>,
    /// The place at which each order is counted.
    places: HashMap<WholeOrder, usize>,
    /// Shape `[n_areas x n_areas]`, row-major: how surprising it is that area i has rank r.
    surprise: Vec<f64>,
    rankings: Vec<Sums>,
    ranks: Vec<Sums>,
    entropies: Vec<Sums>,
    /// Shape `[n_areas x n_areas]`, row-major: of the probability of the worlds in which area i has rank r.
    shares: Vec<Sums>,
    strip: RankStrip,
    /// Working room: the orders that a draw has, with their weights; the weights of ranks in the shape of `shares`, and where those are not 0.
    seen: Vec<(usize, f64)>,
    weights: Vec<f64>,
    held: Vec<usize>,
}

impl Whole {
    /// No draws yet. `surprise` says what each rank of each area adds to the area's entropy.
    #[must_use]
    pub fn new(n_areas: usize, probabilities: Vec<f64>, rankings: &[WholeOrder], surprise: Vec<f64>) -> Self {
        Self {
            probabilities,
            places: rankings.iter().cloned().enumerate().map(|(place, order)| (order, place)).collect(),
            surprise,
            rankings: vec![Sums::default(); rankings.len()],
            ranks: vec![Sums::default(); n_areas],
            entropies: vec![Sums::default(); n_areas],
            shares: vec![Sums::default(); n_areas * n_areas],
            strip: RankStrip::default(),
            seen: Vec::new(),
            weights: vec![0.0; n_areas * n_areas],
            held: Vec::new(),
        }
    }

    /// Returns the sums of each order: of the probability of the worlds in which it happens.
    #[must_use]
    pub fn rankings(&self) -> &[Sums] {
        &self.rankings
    }

    /// Returns the sums of the rank of each area, from 1: one more than the areas strictly before it.
    #[must_use]
    pub fn ranks(&self) -> &[Sums] {
        &self.ranks
    }

    /// Returns the sums of how surprising the rank of each area is.
    #[must_use]
    pub fn entropies(&self) -> &[Sums] {
        &self.entropies
    }

    /// Returns the sums of each rank of an area: of the probability of the worlds in which exactly so many areas are strictly before it.
    #[must_use]
    pub fn shares(&self, area: usize) -> &[Sums] {
        let n_areas = self.ranks.len();
        &self.shares[area * n_areas..][..n_areas]
    }
}

impl<R: Real> Tally<R> for Whole {
    const READS_INPUTS: bool = false;

    fn record(&mut self, batch: &Batch<R>) {
        let n_areas = self.ranks.len();
        let mut strip = std::mem::take(&mut self.strip);
        let (mut ranks, mut surprises) = (vec![0.0; n_areas], vec![0.0; n_areas]);
        for draw in 0..batch.len() {
            ranks.fill(0.0);
            surprises.fill(0.0);
            self.seen.clear();
            self.held.clear();
            let lane = strip.reach(batch, self.probabilities.len(), draw);
            for (world, &weight) in self.probabilities.iter().enumerate() {
                for (area, rank) in strip.ranks(world, lane).enumerate() {
                    ranks[area] += weight * (rank + 1) as f64;
                    let place = area * n_areas + rank;
                    surprises[area] += weight * self.surprise[place];
                    if self.weights[place] == 0.0 {
                        self.held.push(place);
                    }
                    self.weights[place] += weight;
                }
                if let Some(&place) = strip.order(world, lane).and_then(|order| self.places.get(order)) {
                    match self.seen.iter_mut().find(|(other, _)| *other == place) {
                        Some((_, sum)) => *sum += weight,
                        None => self.seen.push((place, weight)),
                    }
                }
            }
            for &(place, weight) in &self.seen {
                self.rankings[place].add(weight);
            }
            for &place in &self.held {
                self.shares[place].add(std::mem::take(&mut self.weights[place]));
            }
            self.ranks.iter_mut().zip(&ranks).for_each(|(sums, x)| sums.add(*x));
            self.entropies.iter_mut().zip(&surprises).for_each(|(sums, x)| sums.add(*x));
        }
        self.strip = strip;
    }

    fn merge(&mut self, later: &Self) {
        let parts = [
            (&mut self.rankings, &later.rankings),
            (&mut self.ranks, &later.ranks),
            (&mut self.entropies, &later.entropies),
            (&mut self.shares, &later.shares),
        ];
        for (sums, more) in parts {
            sums.iter_mut().zip(more).for_each(|(sums, more)| sums.merge(*more));
        }
    }
}
