//! The two kinds of numbers that instances can be drawn in: single and double precision. Knows nothing of what they mean.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

/// Instances that are compared at a time: one bit each makes a vector register of the widest kind.
pub const GROUP: usize = 512;

/// How many words those bits fill.
pub const WORDS: usize = GROUP / u64::BITS as usize;

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
    /// Whether it takes care to keep digits: amenabilities are measured from the middle of the scale then.
    const IS_SHORT: bool;

    /// The number that is nearest to `x`.
    fn nearest(x: f64) -> Self;

    /// One or the other by a mask: where there could be a branch the compiler makes one, and gives up vectors for it.
    #[must_use]
    fn select(condition: bool, yes: Self, no: Self) -> Self;

    /// Which of 512 numbers are strictly greater than those beside them, one bit each, and whether any two are equal. Which bit
    /// stands for which instance differs between the kinds of numbers.
    fn compare(a: &[Self; GROUP], b: &[Self; GROUP]) -> ([u64; WORDS], bool);

    /// For a place from 0 to 1, which of 1,024 equal bins it lies in; places beyond the ends count in the bins there.
    fn bin(place: Self) -> u32;
}

/// Rows of as many numbers as 512 bits hold. Each row pushes its comparisons on what is there, one lane beside the other, and with
/// masks in place of branches: so the compiler has no choice but to take the lanes of a row together.
macro_rules! compare {
    ($a:expr, $b:expr, $word:ty, $lanes:literal) => {{
        let (mut greater, mut equal): ([$word; $lanes], [$word; $lanes]) = ([0; $lanes], [0; $lanes]);
        for (a, b) in $a.as_chunks::<$lanes>().0.iter().zip($b.as_chunks::<$lanes>().0) {
            for lane in 0..$lanes {
                // All ones, which is minus one, where it holds.
                let is_greater = <$word>::from(a[lane] > b[lane]).wrapping_neg();
                let is_equal = <$word>::from(a[lane] == b[lane]).wrapping_neg();
                greater[lane] = (greater[lane] << 1).wrapping_sub(is_greater);
                equal[lane] |= is_equal;
            }
        }
        (greater, equal != [0; $lanes])
    }};
}

impl Real for f64 {
    const IS_SHORT: bool = false;

    #[inline(always)]
    fn nearest(x: f64) -> Self {
        x
    }

    #[inline(always)]
    fn select(condition: bool, yes: Self, no: Self) -> Self {
        let mask = u64::from(condition).wrapping_neg();
        Self::from_bits(yes.to_bits() & mask | no.to_bits() & !mask)
    }

    #[inline(always)]
    fn compare(a: &[Self; GROUP], b: &[Self; GROUP]) -> ([u64; WORDS], bool) {
        compare!(a, b, u64, 8)
    }

    #[inline(always)]
    fn bin(place: Self) -> u32 {
        // From 1 to just under 2, so that the bin stands in the first digits of the fraction, where it is read without a
        // conversion.
        let place = (1.0 + place).clamp(1.0, 2.0 - Self::EPSILON);
        (place.to_bits() >> (Self::MANTISSA_DIGITS - 11)) as u32 % 1024
    }
}

impl Real for f32 {
    const IS_SHORT: bool = true;

    #[inline(always)]
    fn nearest(x: f64) -> Self {
        x as Self
    }

    #[inline(always)]
    fn select(condition: bool, yes: Self, no: Self) -> Self {
        let mask = u32::from(condition).wrapping_neg();
        Self::from_bits(yes.to_bits() & mask | no.to_bits() & !mask)
    }

    #[inline(always)]
    fn compare(a: &[Self; GROUP], b: &[Self; GROUP]) -> ([u64; WORDS], bool) {
        let (greater, equal) = compare!(a, b, u32, 16);
        let mut words = [0; WORDS];
        for (lane, word) in words.iter_mut().enumerate() {
            *word = u64::from(greater[lane]) | u64::from(greater[lane + WORDS]) << 32;
        }
        (words, equal)
    }

    #[inline(always)]
    fn bin(place: Self) -> u32 {
        let place = (1.0 + place).clamp(1.0, 2.0 - Self::EPSILON);
        (place.to_bits() >> (Self::MANTISSA_DIGITS - 11)) % 1024
    }
}
