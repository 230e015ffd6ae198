//! The order of the areas: pairs, ranks, claims, and the number of pairs between two groups.

use super::bits::{Bits, Counters};
use super::claims::Circuit;
use super::comparisons::Comparisons;
use super::definition::Tally;
use super::events::Events;
use crate::batch::Batch;
use crate::kernel::{Kernel, dispatch};
use crate::real::Real;
use std::ops::Range;

/// The plan of what is to be counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OrderPlan {
    /// The number of areas.
    pub n_areas: usize,
    /// The number of joint worlds.
    pub n_worlds: usize,
    /// The joint world of a batch that is the first of them.
    pub first_world: usize,
    /// Lists of areas whose mean overall score is a column of its own: column `n_areas + m` is that of `means[m]`.
    pub means: Vec<Vec<usize>>,
    /// The claims.
    pub claims: Vec<Circuit>,
    /// Pairs of lists of areas, for which the pairs with the area of the first list ahead are counted.
    pub groups: Vec<(Vec<usize>, Vec<usize>)>,
}

impl OrderPlan {
    /// The joint worlds of a batch that are counted.
    pub(super) fn worlds(&self) -> Range<usize> {
        self.first_world..self.first_world + self.n_worlds
    }
}

/// Counts of everything that depends on the order alone.
#[derive(Clone, Debug)]
pub struct Order {
    plan: OrderPlan,
    pub(super) n: u64,
    pub(super) pairs: Events,
    pub(super) ranks: Events,
    /// Event `i`: no area is strictly after area i, and event `n_areas + i`: all others are strictly before it; where any areas tie.
    pub(super) tied_lasts: Events,
    pub(super) claims: Events,
    pub(super) claim_ties: Events,
    pub(super) groups: Vec<GroupCount>,
    /// Working room, of no meaning between batches.
    comparisons: Comparisons,
    /// Shape `[4 x n_worlds]`.
    bits: Vec<Bits>,
    /// Shape `[n_worlds]`.
    counters: Vec<Counters>,
    /// Shape `[n_worlds]`.
    credits: Vec<Counters>,
}

/// The count of pairs between two groups that have the area of the first ahead.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupCount {
    /// Event `u`: exactly `u` pairs have the area of the first group strictly before the other.
    pub pairs_ahead: Events,
    /// Shape `[n_worlds]`: the sum over draws of the credits, two for a pair that is ahead and one for a tie.
    pub credits: Vec<u128>,
    /// Shape `[n_worlds x n_worlds]`, row-major: the sum of the products of the credits in two worlds.
    pub products: Vec<u128>,
}

impl GroupCount {
    /// Returns how many pairs there are.
    #[must_use]
    pub fn of(&self) -> usize {
        self.pairs_ahead.n_events() - 1
    }
}

impl Order {
    /// No draws yet.
    #[must_use]
    pub fn new(plan: OrderPlan) -> Self {
        let (n, z) = (plan.n_areas, plan.n_worlds);
        let group = |(a, b): &(Vec<usize>, Vec<usize>)| GroupCount {
            pairs_ahead: Events::new(a.len() * b.len() + 1, z),
            credits: vec![0; z],
            products: vec![0; z * z],
        };
        let mut asked = Vec::new();
        plan.claims.iter().for_each(|claim| claim.pairs(&mut asked));
        Self {
            n: 0,
            pairs: Events::new(n * n, z),
            ranks: Events::new(n * n, z),
            tied_lasts: Events::new(2 * n, z),
            claims: Events::new(plan.claims.len(), z),
            claim_ties: Events::new(plan.claims.len(), z),
            groups: plan.groups.iter().map(group).collect(),
            comparisons: Comparisons::new(n, plan.means.len(), plan.worlds(), &asked),
            bits: vec![Bits::NONE; 4 * z],
            counters: vec![Counters::default(); z],
            credits: vec![Counters::default(); z],
            plan,
        }
    }

    /// Returns how many draws were recorded.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Event `i * n_areas + j`: area i is strictly before area j.
    #[must_use]
    #[doc(alias = "pairwise winning index")]
    pub fn pairs(&self) -> &Events {
        &self.pairs
    }

    /// Event `i * n_areas + r`: exactly r areas are strictly before area i.
    #[must_use]
    #[doc(alias = "rank acceptability index")]
    pub fn ranks(&self) -> &Events {
        &self.ranks
    }

    /// Event `i`: no area is strictly after area i. It is the last one, or shares the last place.
    #[must_use]
    pub fn lasts(&self) -> Events {
        let n = self.plan.n_areas;
        let mut lasts = Events::new(n, self.plan.n_worlds);
        for i in 0..n {
            lasts.set(i, |one, other| {
                let tied = |event: usize| self.tied_lasts.joint(event, one, other);
                self.ranks.joint(i * n + n - 1, one, other) - tied(n + i) + tied(i)
            });
        }
        lasts
    }

    /// Event `c`: claim c holds.
    #[must_use]
    pub fn claims(&self) -> &Events {
        &self.claims
    }

    /// Event `c`: it hangs on a tie whether claim c holds.
    #[must_use]
    pub fn claim_ties(&self) -> &Events {
        &self.claim_ties
    }

    /// Returns the counts of each pair of groups of the plan.
    #[must_use]
    pub fn groups(&self) -> &[GroupCount] {
        &self.groups
    }

    #[inline(always)]
    fn record_pairs_and_ranks(&mut self) {
        let (n, order, valid) = (self.plan.n_areas, &self.comparisons, self.comparisons.valid());
        for i in 0..n {
            for (world, counters) in self.counters.iter_mut().enumerate() {
                counters.clear();
                for j in (0..n).filter(|&j| j != i) {
                    counters.add(order.before(world, j, i));
                }
            }
            for j in (0..n).filter(|&j| j != i) {
                self.pairs.record(i * n + j, order.before_by_world(i, j));
            }
            self.ranks.record_values(i * n..(i + 1) * n, &self.counters, valid, &mut self.bits);
        }
        // Without ties the last place is a rank.
        if order.any_tie() {
            let bits = &mut self.bits[..self.plan.n_worlds];
            for i in 0..n {
                for (world, bits) in bits.iter_mut().enumerate() {
                    let others = (0..n).filter(|&j| j != i);
                    *bits = others.fold(valid, |last, j| last & !order.before(world, i, j));
                }
                self.tied_lasts.record(i, bits);
                for (world, bits) in bits.iter_mut().enumerate() {
                    let others = (0..n).filter(|&j| j != i);
                    *bits = others.fold(valid, |last, j| last & order.before(world, j, i));
                }
                self.tied_lasts.record(n + i, bits);
            }
        }
    }

    #[inline(always)]
    fn record_claims(&mut self) {
        let (order, valid) = (&self.comparisons, self.comparisons.valid());
        let bits = &mut self.bits[..self.plan.n_worlds];
        for (index, claim) in self.plan.claims.iter().enumerate() {
            for (world, bits) in bits.iter_mut().enumerate() {
                *bits = claim.holds(order, world) & valid;
            }
            self.claims.record(index, bits);
            if order.any_tie() {
                for (world, bits) in bits.iter_mut().enumerate() {
                    *bits = claim.ties(order, world) & valid;
                }
                self.claim_ties.record(index, bits);
            }
        }
    }

    #[inline(always)]
    fn record_groups(&mut self) {
        let (order, valid) = (&self.comparisons, self.comparisons.valid());
        let z = self.plan.n_worlds;
        for ((a, b), group) in self.plan.groups.iter().zip(&mut self.groups) {
            for (world, counters) in self.counters.iter_mut().enumerate() {
                counters.clear();
                order.count_ahead(counters, world, a, b);
            }
            group.pairs_ahead.record_values(0..a.len() * b.len() + 1, &self.counters, valid, &mut self.bits);
            let mut each = 2;
            self.credits.clone_from_slice(&self.counters);
            if order.any_tie() {
                // One credit for each pair that is ahead, and one for each that is not behind.
                each = 1;
                for (world, credits) in self.credits.iter_mut().enumerate() {
                    order.count_not_behind(credits, world, a, b);
                }
            }
            for (one, counters) in self.credits.iter().enumerate() {
                group.credits[one] += u128::from(each * counters.sum(valid));
                for (other, others) in self.credits[..=one].iter().enumerate() {
                    let product = u128::from(each * each * counters.dot(others, valid));
                    group.products[one * z + other] += product;
                    if other != one {
                        group.products[other * z + one] += product;
                    }
                }
            }
        }
    }
}

struct RecordOrder<'a, R> {
    order: &'a mut Order,
    batch: &'a Batch<R>,
}

impl<R: Real> Kernel for RecordOrder<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { order, batch } = self;
        order.comparisons.fill(batch, &order.plan.means);
        order.record_pairs_and_ranks();
        order.record_claims();
        order.record_groups();
    }
}

impl<R: Real> Tally<R> for Order {
    fn record(&mut self, batch: &Batch<R>) {
        self.n += batch.len() as u64;
        dispatch(RecordOrder { order: self, batch });
    }

    fn merge(&mut self, later: &Self) {
        self.n += later.n;
        self.pairs.merge(&later.pairs);
        self.ranks.merge(&later.ranks);
        self.tied_lasts.merge(&later.tied_lasts);
        self.claims.merge(&later.claims);
        self.claim_ties.merge(&later.claim_ties);
        for (group, more) in self.groups.iter_mut().zip(&later.groups) {
            group.pairs_ahead.merge(&more.pairs_ahead);
            group.credits.iter_mut().zip(&more.credits).for_each(|(sum, more)| *sum += more);
            group.products.iter_mut().zip(&more.products).for_each(|(sum, more)| *sum += more);
        }
    }
}
