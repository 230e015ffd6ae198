//! Scenarios laid out side by side: the claims and the pairs of groups of each two that are compared, counted together on
//! the same draws.

use super::bits::{Bits, Counters};
use super::comparisons::Comparisons;
use super::definition::Tally;
use super::events::Events;
use super::order::OrderPlan;
use crate::batch::Batch;
use crate::kernel::{Kernel, dispatch};
use crate::real::Real;
use std::ops::Range;

/// The plan of what is to be counted.
#[derive(Clone, Debug, PartialEq)]
pub struct PairedPlan {
    /// Areas, means, claims and groups; its joint worlds are those of all scenarios, one scenario after the other.
    pub order: OrderPlan,
    /// Shape `[n_scenarios]`: how many joint worlds each has.
    pub worlds: Vec<usize>,
    /// The scenarios that are compared, by their indices; the same one twice is counted alone.
    pub pairs: Vec<(usize, usize)>,
}

/// The counts of two scenarios, or of one alone. Worlds are those of the first, then those of the second.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PairedCounts {
    /// Event `c`: claim c holds.
    pub claims: Events,
    /// One per pair of groups of the plan.
    pub credits: Vec<Credits>,
}

/// Of the pairs between two groups, those that have the area of the first ahead: two credits each, and one for a tie.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Credits {
    /// The number of pairs.
    pub of: usize,
    /// Shape `[n_worlds]`: the sum over draws.
    pub sums: Vec<u128>,
    /// Shape `[n_worlds x n_worlds]`, row-major: the sum of the products of those in two worlds.
    pub products: Vec<u128>,
}

/// Counts of scenarios side by side.
#[derive(Clone, Debug)]
pub struct Paired {
    plan: PairedPlan,
    counts: Vec<PairedCounts>,
    /// Working room, of no meaning between batches.
    comparisons: Comparisons,
    /// Shape `[n_worlds]`.
    bits: Vec<Bits>,
    /// The bits of the two scenarios at hand.
    both: Vec<Bits>,
    /// Shape `[n_worlds]`.
    credits: Vec<Counters>,
}

impl PairedPlan {
    /// The worlds of the scenarios of a pair: none of the second if that is the first.
    fn ranges(&self, from: usize, to: usize) -> (Range<usize>, Range<usize>) {
        let range = |index: usize| {
            let start = self.worlds[..index].iter().sum();
            start..start + self.worlds[index]
        };
        (range(from), if to == from { 0..0 } else { range(to) })
    }
}

impl Paired {
    /// No draws yet.
    #[must_use]
    pub fn new(plan: PairedPlan) -> Self {
        let OrderPlan { n_areas, n_worlds, means, claims, groups, .. } = &plan.order;
        let mut asked = Vec::new();
        for claim in claims {
            claim.pairs(&mut asked);
        }
        let counts = plan.pairs.iter().map(|&(from, to)| {
            let (from, to) = plan.ranges(from, to);
            let z = from.len() + to.len();
            let credits = groups.iter().map(|(a, b)| Credits {
                of: a.len() * b.len(),
                sums: vec![0; z],
                products: vec![0; z * z],
            });
            PairedCounts { claims: Events::new(claims.len(), z), credits: credits.collect() }
        });
        Self {
            counts: counts.collect(),
            comparisons: Comparisons::new(*n_areas, means.len(), plan.order.worlds(), &asked),
            bits: vec![Bits::NONE; *n_worlds],
            both: Vec::new(),
            credits: vec![Counters::default(); *n_worlds],
            plan,
        }
    }

    /// Returns the counts of each pair of the plan.
    #[must_use]
    pub fn counts(&self) -> &[PairedCounts] {
        &self.counts
    }

    #[inline(always)]
    fn record_claims(&mut self) {
        let (order, valid) = (&self.comparisons, self.comparisons.valid());
        for (index, claim) in self.plan.order.claims.iter().enumerate() {
            for (world, bits) in self.bits.iter_mut().enumerate() {
                *bits = claim.holds(order, world) & valid;
            }
            for (&(from, to), counts) in self.plan.pairs.iter().zip(&mut self.counts) {
                let (from, to) = self.plan.ranges(from, to);
                self.both.clear();
                self.both.extend_from_slice(&self.bits[from]);
                self.both.extend_from_slice(&self.bits[to]);
                counts.claims.record(index, &self.both);
            }
        }
    }

    #[inline(always)]
    fn record_groups(&mut self) {
        let (order, valid) = (&self.comparisons, self.comparisons.valid());
        for (index, (a, b)) in self.plan.order.groups.iter().enumerate() {
            // One credit for each pair that is ahead, and one for each that is not behind: the same where nothing ties.
            let each = if order.any_tie() { 1 } else { 2 };
            for (world, credits) in self.credits.iter_mut().enumerate() {
                credits.clear();
                order.count_ahead(credits, world, a, b);
                if each == 1 {
                    order.count_not_behind(credits, world, a, b);
                }
            }
            for (&(from, to), counts) in self.plan.pairs.iter().zip(&mut self.counts) {
                let (from, to) = self.plan.ranges(from, to);
                let z = from.len() + to.len();
                let Credits { sums, products, .. } = &mut counts.credits[index];
                for (one, world) in from.clone().chain(to.clone()).enumerate() {
                    sums[one] += u128::from(each * self.credits[world].sum(valid));
                    for (other, next) in from.clone().chain(to.clone()).enumerate().take(one + 1) {
                        let product = self.credits[world].dot(&self.credits[next], valid);
                        let product = u128::from(each * each * product);
                        products[one * z + other] += product;
                        if other != one {
                            products[other * z + one] += product;
                        }
                    }
                }
            }
        }
    }
}

struct RecordPaired<'a, R> {
    paired: &'a mut Paired,
    batch: &'a Batch<R>,
}

impl<R: Real> Kernel for RecordPaired<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { paired, batch } = self;
        paired.comparisons.fill(batch, &paired.plan.order.means);
        paired.record_claims();
        paired.record_groups();
    }
}

impl<R: Real> Tally<R> for Paired {
    const READS_INPUTS: bool = false;

    fn record(&mut self, batch: &Batch<R>) {
        dispatch(RecordPaired { paired: self, batch });
    }

    fn merge(&mut self, later: &Self) {
        for (counts, more) in self.counts.iter_mut().zip(&later.counts) {
            counts.claims.merge(&more.claims);
            for (credits, more) in counts.credits.iter_mut().zip(&more.credits) {
                credits.sums.iter_mut().zip(&more.sums).for_each(|(sum, more)| *sum += more);
                credits.products.iter_mut().zip(&more.products).for_each(|(sum, more)| *sum += more);
            }
        }
    }
}
