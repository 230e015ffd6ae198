//! The probabilities that random bits stand for, in double precision and in single.
//!
//! In single precision the upper 31 bits are a whole number m, and the draw lies at the probability (m + 1/2) / 2^31. Counted from the end that is
//! nearer, a whole number keeps its digits in both tails, which a fraction near 1 could not.

/// 2^31: the whole in which probabilities are counted.
pub const WHOLE: f64 = 2_147_483_648.0;

/// The probability that 32 bits stand for, in double precision.
#[must_use]
pub fn probability(bits: u32) -> f64 {
    (f64::from(bits >> 1) + 0.5) / WHOLE
}

/// The probability beyond a draw in its tail, in units of 2^-32: an odd number below 2^31; and all bits set above the median,
/// none below.
#[inline(always)]
pub fn tail(bits: u32) -> (i32, u32) {
    let above = (bits as i32 >> 31) as u32;
    (((bits ^ above) | 1) as i32, above)
}

/// The uniform number in (0, 1) that 64 random bits stand for: the middle of one of 2^52 equal cells.
///
/// Never 0 and never 1, and symmetric about 1/2: the least value is 2^-53 and the greatest 1 - 2^-53.
#[must_use]
#[inline(always)]
pub fn uniform_from_bits(bits: u64) -> f64 {
    // The top 52 bits as the fraction of a number in [1, 2); what is taken off leaves half a cell. Both steps are
    // exact, and unlike a conversion from u64 they exist in vector registers everywhere.
    const ONE: u64 = 0x3ff << 52;
    f64::from_bits(ONE | bits >> 12) - (1.0 - f64::EPSILON / 2.0)
}
