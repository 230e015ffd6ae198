//! The two kinds of numbers that draws can be drawn in: single and double precision. Knows nothing of what they mean.

use crate::kernel::{COMPARED, Registers};
use std::fmt::Debug;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

/// A floating-point number that the loops over columns are compiled for.
///
/// A closed set: `f32` and `f64`. All operations are those of IEEE 754, rounded to the nearest, so that all processors
/// give the same bits.
pub trait Real:
    Copy
    + Debug
    + Default
    + PartialOrd
    + Send
    + Sync
    + 'static
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + From<f32>
    + Into<f64>
{
    /// True if care is taken to keep digits: overall scores are measured from the middle of the scale then.
    const IS_SHORT: bool;

    /// The least number that has all digits.
    const LEAST: Self;

    /// The number that is nearest to `x`.
    fn nearest(x: f64) -> Self;

    /// The whole number that is nearest to this one, which is no larger than a quarter of what has whole numbers only.
    #[must_use]
    fn whole(self) -> Self;

    /// One or the other by a mask: where there could be a branch the compiler makes one, and gives up vectors for it.
    #[must_use]
    fn select(condition: bool, yes: Self, no: Self) -> Self;

    /// Compares numbers with those beside them: a word for each 64, one bit per number from the lowest on, set where it is greater.
    /// Returns true if any two are equal.
    fn compare(
        registers: impl Registers,
        a: &[[Self; COMPARED]],
        b: &[[Self; COMPARED]],
        greater: &mut [u64],
    ) -> bool;

    /// For a place `t`, which bin from 0 on it lies in if each octave of `1 + |t|` has 2 to the power of `fine` equal ones; for a negative
    /// place the same from -1 downwards.
    fn octave_bin(place: Self, fine: u32) -> i32;
}

impl Real for f64 {
    const IS_SHORT: bool = false;
    const LEAST: Self = Self::MIN_POSITIVE;

    #[inline(always)]
    fn nearest(x: f64) -> Self {
        x
    }

    #[inline(always)]
    fn whole(self) -> Self {
        // Beside this number others are whole.
        const LARGE: f64 = 1.5 * (1_u64 << 52) as f64;
        self + LARGE - LARGE
    }

    #[inline(always)]
    fn select(condition: bool, yes: Self, no: Self) -> Self {
        let mask = u64::from(condition).wrapping_neg();
        Self::from_bits(yes.to_bits() & mask | no.to_bits() & !mask)
    }

    #[inline(always)]
    fn compare(
        registers: impl Registers,
        a: &[[Self; COMPARED]],
        b: &[[Self; COMPARED]],
        greater: &mut [u64],
    ) -> bool {
        registers.compare_doubles(a, b, greater)
    }

    #[inline(always)]
    fn octave_bin(place: Self, fine: u32) -> i32 {
        // Exponent and first digits of the fraction are the bin, read without a conversion; a negative one is its complement.
        let bin = ((1.0 + place.abs()).to_bits() >> (52 - fine)) as i32 - (1023 << fine);
        bin ^ (place.to_bits() as i64 >> 63) as i32
    }
}

impl Real for f32 {
    const IS_SHORT: bool = true;
    const LEAST: Self = Self::MIN_POSITIVE;

    #[inline(always)]
    fn nearest(x: f64) -> Self {
        x as Self
    }

    #[inline(always)]
    fn whole(self) -> Self {
        const LARGE: f32 = 1.5 * (1_u32 << 23) as f32;
        self + LARGE - LARGE
    }

    #[inline(always)]
    fn select(condition: bool, yes: Self, no: Self) -> Self {
        let mask = u32::from(condition).wrapping_neg();
        Self::from_bits(yes.to_bits() & mask | no.to_bits() & !mask)
    }

    #[inline(always)]
    fn compare(
        registers: impl Registers,
        a: &[[Self; COMPARED]],
        b: &[[Self; COMPARED]],
        greater: &mut [u64],
    ) -> bool {
        registers.compare_singles(a, b, greater)
    }

    #[inline(always)]
    fn octave_bin(place: Self, fine: u32) -> i32 {
        let bin = ((1.0 + place.abs()).to_bits() >> (23 - fine)) as i32 - (127 << fine);
        bin ^ (place.to_bits() as i32 >> 31)
    }
}
