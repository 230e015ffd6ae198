//! Counts of events: in how many draws each happened, in each world and in each two worlds together.

use super::bits::{Bits, Counters};
use std::ops::Range;

/// Counts of events that are true or false in each draw and each joint world.
///
/// A draw is scored in all worlds with the same draws, so what happens in one world tells of the others:
/// the joint counts are what the error of a sum over worlds rests on. All counts are integers, merged exactly.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Events {
    n_worlds: usize,
    /// Shape `[n_events x n_worlds (n_worlds + 1) / 2]`, row-major: for each event the counts of the pairs of
    /// worlds (0,0), (0,1), (1,1), (0,2), (1,2), (2,2) …
    pub(super) counts: Vec<u64>,
}

impl Events {
    /// No draws yet.
    #[must_use]
    pub fn new(n_events: usize, n_worlds: usize) -> Self {
        Self { n_worlds, counts: vec![0; n_events * n_worlds * (n_worlds + 1) / 2] }
    }

    /// Returns how many events are counted.
    #[must_use]
    pub fn n_events(&self) -> usize {
        self.counts.len() / (self.n_worlds * (self.n_worlds + 1) / 2)
    }

    /// Adds a block of draws of one event: one bit a draw, one set of bits a world.
    #[inline(always)]
    pub(crate) fn record(&mut self, event: usize, happened: &[Bits]) {
        let n_counts = self.n_worlds * (self.n_worlds + 1) / 2;
        let counts = &mut self.counts[event * n_counts..(event + 1) * n_counts];
        // The few worlds that there mostly are, without loops.
        match (happened, counts) {
            (&[there], [count]) => *count += there.count(),
            (&[one, other], [first, both, second]) => {
                *first += one.count();
                *both += (one & other).count();
                *second += other.count();
            }
            (_, counts) => {
                let mut counts = counts.iter_mut();
                for (z, &there) in happened.iter().enumerate() {
                    let others = happened[..z].iter().map(|&other| there & other);
                    // The counts second: a zip takes from its first before it sees that its second is at its end.
                    for (both, count) in others.chain([there]).zip(counts.by_ref()) {
                        *count += both.count();
                    }
                }
            }
        }
    }

    /// Adds a block of draws of as many events, which are that a counter is 0, 1, 2 … where `valid`: one set
    /// of counters a world, and room for four sets of bits for each.
    #[inline(always)]
    pub(super) fn record_values(
        &mut self,
        events: Range<usize>,
        counters: &[Counters],
        valid: Bits,
        room: &mut [Bits],
    ) {
        for quarter in 0..events.len().div_ceil(4) {
            for (world, counters) in counters.iter().enumerate() {
                let four = counters.equal_to_four(quarter);
                for value in 0..4 {
                    room[value * self.n_worlds + world] = four[value] & valid;
                }
            }
            for value in 0..4.min(events.len() - 4 * quarter) {
                self.record(
                    events.start + 4 * quarter + value,
                    &room[value * self.n_worlds..][..self.n_worlds],
                );
            }
        }
    }

    /// Sets the counts of an event: in how many draws it happened in both of two worlds, the first no later than the other.
    pub(super) fn set(&mut self, event: usize, joint: impl Fn(usize, usize) -> u64) {
        for other in 0..self.n_worlds {
            for one in 0..=other {
                self.counts
                    [event * self.n_worlds * (self.n_worlds + 1) / 2 + other * (other + 1) / 2 + one] =
                    joint(one, other);
            }
        }
    }

    /// Adds later draws.
    pub fn merge(&mut self, later: &Self) {
        for (count, more) in self.counts.iter_mut().zip(&later.counts) {
            *count += more;
        }
    }

    /// In how many draws an event happened in a world.
    #[must_use]
    pub fn count(&self, event: usize, world: usize) -> u64 {
        self.joint(event, world, world)
    }

    /// In how many draws an event happened in both of two worlds.
    #[must_use]
    pub fn joint(&self, event: usize, one: usize, other: usize) -> u64 {
        let (low, high) = (one.min(other), one.max(other));
        self.counts[event * self.n_worlds * (self.n_worlds + 1) / 2 + high * (high + 1) / 2 + low]
    }
}
