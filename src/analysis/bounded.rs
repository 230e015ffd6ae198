//! Intervals for the mean of a quantity between known bounds: a share of draws, a sum over worlds, an expected number, a change.

use crate::distribution::beta_tail;

/// From about so many draws' worth of variance on, an interval gives up half of the additional draw at each of its ends.
const FEW: f64 = 10.0;

/// The ends of an interval that misses the mean of a quantity in 0..=1 with probability `level`, from the mean and the variance of
/// `n` draws of it.
///
/// The interval of Clopper and Pearson for k of n draws has the quantiles of two beta distributions at its ends: that of k + 1 and n - k
/// above, which is one more draw at 1, and that of k and n - k + 1 below, which is one more draw at 0. Here too each end has one more draw,
/// and the beta distribution has the mean and the variance of these n + 1 draws. So a single draw with a small weight counts as little,
/// and an event that was never seen, whatever its weight, is allowed for. With an additional draw of weight 1 for few draws, and of weight
/// one half with the other half at the opposite end for many, the interval covers what it says or more for rare events, and on average
/// what it says for others.
///
/// Source: Clopper and Pearson, The use of confidence or fiducial limits, Biometrika 26 (1934); for weighted sums Fay and Feuer,
/// Confidence intervals for directly standardized rates, Statistics in Medicine 16 (1997); for the half Brown, Cai and DasGupta,
/// Interval estimation for a binomial proportion, Statistical Science 16 (2001).
#[must_use]
pub fn unit_interval(mean: f64, variance: f64, n: f64, level: f64) -> (f64, f64) {
    let spread = n * variance;
    let weight = 1.0 - 0.5 * spread / (spread + FEW);
    // The additional draw is at 1 with a share of it, and at 0 with the rest.
    let shapes = |share: f64| {
        let (below, above) = ((n * mean + share) / (n + 1.0), (n * (1.0 - mean) + 1.0 - share) / (n + 1.0));
        let apart = share - mean;
        let variance = (spread + share * (1.0 - share) + apart * apart * n / (n + 1.0)) / (n + 1.0);
        // No more than a share of 0 and 1 has, but for rounding.
        let size = ((n + 2.0) * (below * above / variance).max(1.0)) - 1.0;
        (below * size, above * size)
    };
    let is_never = mean <= 0.0;
    let is_always = mean >= 1.0;
    let low = if is_never { 0.0 } else { beta_tail(shapes(1.0 - weight), level / 2.0, false) };
    let high = if is_always { 1.0 } else { beta_tail(shapes(weight), level / 2.0, true) };
    (low, high)
}

/// Returns such an interval for a quantity between two bounds.
#[must_use]
pub fn bounded_interval(
    (least, most): (f64, f64),
    mean: f64,
    variance: f64,
    n: f64,
    level: f64,
) -> (f64, f64) {
    let width = most - least;
    if width <= 0.0 {
        return (least, most);
    }
    let share = ((mean - least) / width).clamp(0.0, 1.0);
    let (low, high) = unit_interval(share, variance / (width * width), n, level);
    (least + width * low, least + width * high)
}
