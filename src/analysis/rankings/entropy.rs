//! The entropy of the rank of an area, from the shares of its ranks. Knows no draw.

use crate::analysis::bounded::bounded_interval;
use crate::analysis::interval::{Expected, LEVEL};
use crate::tally::Sums;

/// Expected number of draws of an event that is not seen once in 2.5 % of runs.
const UNSEEN: f64 = 3.7;
const BITS: f64 = std::f64::consts::LOG2_E;

/// Estimates the entropy of a rank in bits, from the sums of each rank and of how surprising the rank is over `n` draws.
///
/// The entropy of the shares p of a sample is too low, since it is a concave function of them: to the second order by the sum of
/// Var(p) / 2 p, which for r ranks in one world is (r - 1) / 2 n. That is added.
///
/// The error has two parts: that of the first order, the spread of the surprise; and that of the second, half of a quadratic form of the
/// errors of the shares, of which with t = the sum of n Var(p) / p the variance is at most t / 2 n^2: a chi-squared number of r - 1 degrees of
/// freedom in one world, and less in several that share their draws. What is measured of the first has twice the second in it, as the surprise
/// is known from the same draws.
///
/// A rank that was seen a few times or never adds to the entropy by how surprising it is. So the interval is that of a mean between the least
/// and the greatest surprise that a draw may have, with one more such draw at each of its ends, as for the share of an event.
///
/// Source: Miller, Note on the bias of information estimates, Information Theory in Psychology (1955), with the variance of Basharin, On a
/// statistical estimate for the entropy of a sequence of independent random variables, Theory of Probability and its Applications 4 (1959).
pub fn entropy_of_rank(shares: &[Sums], surprise: &Sums, n: u64) -> Expected {
    let size = n as f64;
    let most = libm::log2(shares.len() as f64);
    let (mut second, mut least, mut greatest) = (0.0, f64::INFINITY, 0.0_f64);
    for share in shares {
        let (p, variance) = share.moments(size);
        if p <= 0.0 {
            greatest = greatest.max(libm::log2(size));
            continue;
        }
        // A value that is the same in all draws has no error, though the difference of two like numbers is rounded.
        if variance > 8.0 * f64::EPSILON * p * p {
            second += variance / p;
        }
        greatest = greatest.max(-libm::log2(p));
        least = least.min(-libm::log2((p + UNSEEN / size).min(1.0)));
    }
    let (value, first) = surprise.mean(n);
    let mean = (value + second * BITS / (2.0 * size)).clamp(0.0, most);
    let second = second * (BITS / size) * (BITS / size) / 2.0;
    let variance = (first * first - second).max(second);
    let (low, high) = bounded_interval((least, greatest), mean, variance * size, size, LEVEL);
    Expected { mean, mcse: variance.sqrt(), low: low.min(mean), high: high.clamp(mean, most) }
}
