//! Bits of the draws of a block, and counters made of them. Knows no columns.

use crate::batch::BLOCK;
use crate::kernel::COMPARED;
use std::ops::{BitAnd, BitOr, BitOrAssign, BitXor, Not};

/// Words side by side, so that the compiler can work on them in vector registers.
pub const LANES: usize = BLOCK / COMPARED;

/// One bit a draw of a block, the first in the lowest bit of the first word.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[repr(align(64))]
pub struct Bits(pub [u64; LANES]);

impl Bits {
    pub const NONE: Self = Self([0; LANES]);
    pub const ALL: Self = Self([u64::MAX; LANES]);

    /// The bits of the first `len` draws.
    pub fn first(len: usize) -> Self {
        Self(std::array::from_fn(|word| match len.saturating_sub(word * COMPARED) {
            left @ 0..COMPARED => (1 << left) - 1,
            _ => u64::MAX,
        }))
    }

    /// Returns how many bits are set.
    #[inline(always)]
    pub fn count(self) -> u64 {
        let mut sum = 0;
        for word in self.0 {
            sum += u64::from(word.count_ones());
        }
        sum
    }

    #[inline(always)]
    fn zip(self, other: Self, with: impl Fn(u64, u64) -> u64) -> Self {
        let mut out = Self::NONE;
        for lane in 0..LANES {
            out.0[lane] = with(self.0[lane], other.0[lane]);
        }
        out
    }
}

macro_rules! operator {
    ($($name:ident $method:ident $op:tt),*) => {$(
        impl $name for Bits {
            type Output = Self;

            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                self.zip(other, |a, b| a $op b)
            }
        }
    )*};
}
operator!(BitAnd bitand &, BitOr bitor |, BitXor bitxor ^);

impl BitOrAssign for Bits {
    #[inline(always)]
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

impl Not for Bits {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        self ^ Self::ALL
    }
}

/// Counters side by side, one a draw, kept as the planes of their binary digits.
#[derive(Clone, Debug, Default)]
pub struct Counters {
    planes: [Bits; Self::PLANES],
    /// The number of planes that are in use.
    n: usize,
    /// The number of additions, which is how far the counters may have come.
    added: usize,
}

impl Counters {
    /// Enough to count to 65,535.
    const PLANES: usize = 16;

    /// Back to zero.
    #[inline(always)]
    pub fn clear(&mut self) {
        (self.n, self.added) = (0, 0);
    }

    /// Adds one where the bit is set.
    #[inline(always)]
    pub fn add(&mut self, bits: Bits) {
        let mut carry = bits;
        for plane in &mut self.planes[..self.n] {
            (*plane, carry) = (*plane ^ carry, *plane & carry);
        }
        self.added += 1;
        if self.added.is_power_of_two() && self.n < Self::PLANES {
            self.planes[self.n] = carry;
            self.n += 1;
        }
    }

    /// Returns the draws in which the count is `4 quarter`, where it is one more, and so on: what the four have in common is worked out once.
    #[inline(always)]
    pub fn equal_to_four(&self, quarter: usize) -> [Bits; 4] {
        let mut all = if (4 * quarter) >> self.n.max(2) == 0 { Bits::ALL } else { Bits::NONE };
        for digit in 2..self.n {
            // The plane, or its complement where the digit of the value is 0.
            let flip = (quarter >> (digit - 2) & 1) as u64;
            all = all & (self.planes[digit] ^ Bits([flip.wrapping_sub(1); LANES]));
        }
        let ones = if self.n > 0 { self.planes[0] } else { Bits::NONE };
        let twos = if self.n > 1 { self.planes[1] } else { Bits::NONE };
        let (low, high) = (all & !twos, all & twos);
        [low & !ones, low & ones, high & !ones, high & ones]
    }

    /// Returns the draws in which the count is at least `value`.
    #[inline(always)]
    pub fn at_least(&self, value: usize) -> Bits {
        if value >> self.n != 0 {
            return Bits::NONE;
        }
        let (mut greater, mut equal) = (Bits::NONE, Bits::ALL);
        for (digit, &plane) in self.planes[..self.n].iter().enumerate().rev() {
            if value >> digit & 1 == 1 {
                equal = equal & plane;
            } else {
                greater |= equal & plane;
                equal = equal & !plane;
            }
        }
        greater | equal
    }

    /// The sum of the counts where `valid`.
    #[inline(always)]
    pub fn sum(&self, valid: Bits) -> u64 {
        let mut sum = 0;
        for (digit, &plane) in self.planes[..self.n].iter().enumerate() {
            sum += (plane & valid).count() << digit;
        }
        sum
    }

    /// The sum of the products with other counts where `valid`.
    #[inline(always)]
    pub fn dot(&self, other: &Self, valid: Bits) -> u64 {
        let mut sum = 0;
        for (i, &one) in self.planes[..self.n].iter().enumerate() {
            let one = one & valid;
            for (j, &other) in other.planes[..other.n].iter().enumerate() {
                sum += (one & other).count() << (i + j);
            }
        }
        sum
    }
}
