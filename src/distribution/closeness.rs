//! The measures of how close a table is to the distribution that it is of. Knows no family.

use super::Dist;
use super::bits::WHOLE;

/// Returns the ends of what errors of a table are shares of: the range, or where it has no end what holds 998 of 1,000 draws.
pub fn reach(dist: &Dist) -> (f64, f64) {
    let (low, high) = dist.support();
    (
        if low.is_finite() { low } else { dist.quantile(1e-3) },
        if high.is_finite() { high } else { dist.quantile(0.999) },
    )
}

/// Returns how far the distribution of tabulated draws is from the one that is tabulated: the greatest difference of a probability at a grid of
/// draws that is much finer than the cells of any table, and twice that for what lies between.
pub fn distortion(dist: &Dist, at: impl Fn(u32) -> f32) -> f64 {
    const PARTS: u32 = 24;
    let mut most = 0.0_f64;
    for exponent in 0..31 {
        for part in 0..PARTS.min(1 << exponent) {
            let t = (1_u32 << exponent) + ((u64::from(part) << exponent) / u64::from(PARTS)) as u32;
            let p = f64::from(t | 1) / (2.0 * WHOLE);
            let below = dist.cdf(at(t).into());
            let above = dist.survival(at(!t).into());
            most = most.max((below - p).abs()).max((above - p).abs());
        }
    }
    // What is no number is as far off as can be.
    if most.is_nan() { 1.0 } else { 2.0 * most }
}
