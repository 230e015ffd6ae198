//! Who is before whom in 64 instances at a time, one bit an instance; and arithmetic on such bits.

use crate::batch::{Batch, Column};

/// Instances a word of bits.
pub const WORD: usize = 64;

/// For 64 instances and all worlds, which of two columns is strictly greater. Columns are the areas, and after
/// them the means of groups.
#[derive(Clone, Debug)]
pub struct Comparisons {
    n_columns: usize,
    n_areas: usize,
    /// One bit an instance that counts.
    valid: u64,
    /// Shape `[n_worlds x n_columns x n_columns]`, row-major: `before[world][i][j]`, i before j.
    before: Vec<u64>,
    /// Whether any two areas are equal in any of the instances that count.
    any_tie: bool,
}

impl Comparisons {
    pub fn new(n_areas: usize, n_means: usize, n_worlds: usize) -> Self {
        let n_columns = n_areas + n_means;
        let before = vec![0; n_worlds * n_columns * n_columns];
        Self { n_columns, n_areas, valid: 0, before, any_tie: false }
    }

    /// How many of the columns are areas: the first ones.
    pub fn n_areas(&self) -> usize {
        self.n_areas
    }

    /// Compares the instances `64 word ..` of a batch, each two columns.
    ///
    /// `means[world][mean]` are the columns of the means.
    pub fn fill(&mut self, batch: &Batch, word: usize, means: &[Vec<Column>]) {
        let left = batch.len() - word * WORD;
        self.valid = if left >= WORD { u64::MAX } else { (1 << left) - 1 };
        self.any_tie = false;
        let n_areas = self.n_areas;
        let at = word * WORD;
        for (world, means) in means.iter().enumerate() {
            let column = |i: usize| match i.checked_sub(n_areas) {
                None => &batch.amenability(world, i)[at..at + WORD],
                Some(mean) => &means[mean][at..at + WORD],
            };
            let n = self.n_columns;
            let before = &mut self.before[world * n * n..(world + 1) * n * n];
            for i in 0..n {
                for j in 0..i {
                    let (a, b) = (column(i), column(j));
                    let (greater, less) = (greater(a, b), greater(b, a));
                    before[i * n + j] = greater;
                    before[j * n + i] = less;
                    self.any_tie |= (greater | less) & self.valid != self.valid;
                }
            }
        }
    }

    /// Where the instances count.
    pub fn valid(&self) -> u64 {
        self.valid
    }

    /// Whether two columns are equal anywhere.
    pub fn any_tie(&self) -> bool {
        self.any_tie
    }

    /// Where column `i` is strictly before column `j`.
    #[inline]
    pub fn before(&self, world: usize, i: usize, j: usize) -> u64 {
        self.before[(world * self.n_columns + i) * self.n_columns + j]
    }
}

/// One bit an instance: whether `a` is strictly greater than `b`.
#[inline]
fn greater(a: &[f64], b: &[f64]) -> u64 {
    a.iter().zip(b).enumerate().fold(0, |bits, (lane, (a, b))| bits | u64::from(a > b) << lane)
}

/// Sixty-four counters side by side, one an instance, kept as the planes of their binary digits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counters {
    planes: [u64; Self::PLANES],
    /// How many planes are in use.
    n: usize,
}

impl Counters {
    /// Enough to count to 65,535.
    const PLANES: usize = 16;

    /// Adds one where the bit is set.
    #[inline]
    pub fn add(&mut self, bits: u64) {
        let mut carry = bits;
        for plane in 0..self.n {
            (self.planes[plane], carry) = (self.planes[plane] ^ carry, self.planes[plane] & carry);
        }
        if carry != 0 && self.n < Self::PLANES {
            self.planes[self.n] = carry;
            self.n += 1;
        }
    }

    /// How often each instance was counted, by adding each of `bits`.
    pub fn of(bits: impl Iterator<Item = u64>) -> Self {
        let mut counters = Self::default();
        bits.for_each(|bits| counters.add(bits));
        counters
    }

    /// Where the count is `value`.
    #[inline]
    pub fn equals(&self, value: usize) -> u64 {
        if value >> self.n != 0 {
            return 0;
        }
        (0..self.n).fold(u64::MAX, |equal, plane| {
            equal & if value >> plane & 1 == 1 { self.planes[plane] } else { !self.planes[plane] }
        })
    }

    /// Where the count is at least `value`.
    #[inline]
    pub fn at_least(&self, value: usize) -> u64 {
        if value >> self.n != 0 {
            return 0;
        }
        let (mut greater, mut equal) = (0, u64::MAX);
        for plane in (0..self.n).rev() {
            if value >> plane & 1 == 1 {
                equal &= self.planes[plane];
            } else {
                greater |= equal & self.planes[plane];
                equal &= !self.planes[plane];
            }
        }
        greater | equal
    }

    /// The sum of the counts where `valid`.
    pub fn sum(&self, valid: u64) -> u64 {
        (0..self.n).map(|plane| u64::from((self.planes[plane] & valid).count_ones()) << plane).sum()
    }

    /// The sum of the products with other counts where `valid`.
    pub fn dot(&self, other: &Self, valid: u64) -> u64 {
        let rows = (0..self.n).map(|i| {
            let both = |j: usize| self.planes[i] & other.planes[j] & valid;
            (0..other.n).map(|j| u64::from(both(j).count_ones()) << (i + j)).sum::<u64>()
        });
        rows.sum()
    }
}
