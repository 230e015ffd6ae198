//! Histograms coarse enough for a picture.

use crate::tally::Histogram;

/// A histogram of bins of one width that reach from the least to the greatest value drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// Where the first one starts.
    pub low: f64,
    /// How wide each is.
    pub width: f64,
    /// How probable each is.
    pub shares: Vec<f64>,
}

/// The most bins.
const MOST: usize = 40;

/// An area's amenability where the worlds have these weights: neighbours among the bins that were counted go together, so no
/// bin is split.
pub fn bins(histogram: &Histogram, area: usize, weights: &[f64]) -> Bins {
    let (low, width, counts) = histogram.weighted(area, weights);
    let first = counts.iter().position(|count| *count > 0.0).unwrap_or(0);
    let last = counts.iter().rposition(|count| *count > 0.0).unwrap_or(first);
    let n = last - first + 1;
    // As many together as leave the last bin as full as the others, or it would look like a fall of the density.
    let few = n.div_ceil(MOST);
    let together = (few..=2 * few).min_by_key(|together| n.next_multiple_of(*together) - n).unwrap_or(few);
    let total: f64 = counts.iter().sum();
    let shares = counts[first..=last].chunks(together).map(|bins| bins.iter().sum::<f64>() / total).collect();
    Bins { low: low + first as f64 * width, width: width * together as f64, shares }
}
