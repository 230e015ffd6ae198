//! Histograms coarse enough for a picture.

use super::quantiles::Distribution;

/// A histogram of bins of one width.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Bins {
    /// Start of the first one.
    pub low: f64,
    /// Width of each.
    pub width: f64,
    /// Probability of each.
    pub shares: Vec<f64>,
    /// The probability of values that are too far out to be shown.
    pub beyond: f64,
}

/// Number of bins.
const BINS: usize = 40;

/// Values farther than so many widths of the middle 90 % from that are not shown: the rest would be a single bar.
const REACH: f64 = 3.0;

/// Bins from the least to the greatest value drawn, but for what is very far out.
pub fn bins(distribution: &Distribution) -> Bins {
    let [q05, q95] = [0.05, 0.95].map(|p| distribution.value(p));
    let (least, most) = distribution.ends();
    let reach = if q95 > q05 { REACH * (q95 - q05) } else { most - least };
    let (low, high) = (least.max(q05 - reach), most.min(q95 + reach));
    // One value is one bar.
    let n = if high > low { BINS } else { 1 };
    let width = (high - low) / n as f64;
    let shares = distribution.parts(low, width, n);
    let beyond = (1.0 - shares.iter().sum::<f64>()).max(0.0);
    Bins { low, width, shares, beyond }
}
