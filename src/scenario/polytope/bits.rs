//! Sets of small numbers as bits: which constraints a vertex lies on, which vertices a face has.

/// A set of numbers below a bound that is the same for all sets that meet; ordered as its words are.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// The empty set of numbers below `bound`.
    pub(super) fn none(bound: usize) -> Self {
        Self(vec![0; bound.div_ceil(64)])
    }

    /// The numbers below `bound` for which `holds`.
    pub(super) fn of(bound: usize, holds: impl Fn(usize) -> bool) -> Self {
        let mut set = Self::none(bound);
        (0..bound).filter(|&i| holds(i)).for_each(|i| set.insert(i));
        set
    }

    pub(super) fn insert(&mut self, i: usize) {
        self.0[i / 64] |= 1 << (i % 64);
    }

    pub(super) fn has(&self, i: usize) -> bool {
        self.0[i / 64] >> (i % 64) & 1 == 1
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Returns how many words the set takes: what an operation on it costs.
    pub(super) fn words(&self) -> usize {
        self.0.len()
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    pub(super) fn within(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a & !b == 0)
    }

    /// The numbers of the set, the least first.
    pub(super) fn ones(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.0.len() * 64).filter(|&i| self.has(i))
    }
}
