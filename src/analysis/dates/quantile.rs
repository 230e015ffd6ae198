//! Numbers in bins of equal width, and the quantiles that are read from them.

/// Numbers in bins: counts per joint world, and for each bin the one value that it holds, as long as it holds no other.
#[derive(Clone, Debug)]
pub struct DateBins {
    low: f64,
    width: f64,
    n_worlds: usize,
    /// Shape `[n_bins x n_worlds]`, row-major.
    counts: Vec<u64>,
    /// Shape `[n_bins]`: infinite for an empty bin, and no number for one with several values.
    values: Vec<f64>,
}

/// A number that was read from bins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BinValue {
    /// The number, in the unit of the bins where it is interpolated.
    pub value: f64,
    /// True if the bin holds this value alone.
    pub is_exact: bool,
}

impl DateBins {
    /// Empty bins of equal width between two numbers; the upper end of each belongs to it.
    pub fn new((low, high): (f64, f64), n_bins: usize, n_worlds: usize) -> Self {
        Self {
            low,
            width: (high - low) / n_bins as f64,
            n_worlds,
            counts: vec![0; n_bins * n_worlds],
            values: vec![f64::INFINITY; n_bins],
        }
    }

    /// Adds a value, in the bin of its place.
    #[inline]
    pub fn record(&mut self, world: usize, place: f64, value: f64) {
        let bin = ((place - self.low) / self.width).ceil() as usize;
        let bin = bin.saturating_sub(1).min(self.values.len() - 1);
        self.counts[bin * self.n_worlds + world] += 1;
        let known = &mut self.values[bin];
        if *known != value {
            *known = if *known == f64::INFINITY { value } else { f64::NAN };
        }
    }

    /// Adds later values.
    pub fn merge(&mut self, later: &Self) {
        for (count, more) in self.counts.iter_mut().zip(&later.counts) {
            *count += more;
        }
        for (value, later) in self.values.iter_mut().zip(&later.values) {
            if *value == f64::INFINITY {
                *value = *later;
            } else if *later != f64::INFINITY && *value != *later {
                *value = f64::NAN;
            }
        }
    }

    /// Returns how much of the weight of the worlds each bin has.
    fn weights<'a>(&'a self, weights: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        let of = move |counts: &[u64]| counts.iter().zip(weights).map(|(n, w)| *n as f64 * w).sum();
        self.counts.chunks(self.n_worlds).map(of)
    }

    /// Returns the weight of all values.
    pub fn total(&self, weights: &[f64]) -> f64 {
        self.weights(weights).sum()
    }

    /// Returns the least number that has `wanted` of the weight at or below it; nothing if there is less in all.
    pub fn at(&self, wanted: f64, weights: &[f64]) -> Option<BinValue> {
        let mut sum = 0.0;
        for (bin, weight) in self.weights(weights).enumerate() {
            if weight > 0.0 && sum + weight >= wanted * (1.0 - 1e-12) {
                let value = self.values[bin];
                if value.is_finite() {
                    return Some(BinValue { value, is_exact: true });
                }
                let share = ((wanted - sum) / weight).clamp(0.0, 1.0);
                let value = self.low + self.width * (bin as f64 + share);
                return Some(BinValue { value, is_exact: false });
            }
            sum += weight;
        }
        None
    }

    /// Returns the weight of all values at or below a number, those in its bin spread evenly.
    pub fn below(&self, x: f64, weights: &[f64]) -> f64 {
        let place = (x - self.low) / self.width;
        let of_bin = |(bin, weight): (usize, f64)| {
            let value = self.values[bin];
            if value.is_finite() {
                return if value <= x { weight } else { 0.0 };
            }
            weight * (place - bin as f64).clamp(0.0, 1.0)
        };
        self.weights(weights).enumerate().map(of_bin).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_values_are_exact_and_others_lie_in_their_bin() {
        let mut bins = DateBins::new((0.0, 20.0), 1280, 1);
        for n in 0..8 {
            let date = [2.0, 6.0, 6.0, 12.0][n % 4];
            bins.record(0, date, date);
        }
        let at = |p: f64| bins.at(8.0 * p, &[1.0]).unwrap();
        assert_eq!([0.1, 0.25, 0.5, 0.75, 0.9].map(|p| at(p).value), [2.0, 2.0, 6.0, 6.0, 12.0]);
        assert!(at(0.5).is_exact);
        assert_eq!((bins.below(6.0, &[1.0]), bins.below(5.99, &[1.0])), (6.0, 2.0));
        bins.record(0, 6.001, 6.001);
        bins.record(0, 6.002, 6.002);
        let read = bins.at(7.0, &[1.0]).unwrap();
        assert!(!read.is_exact && (read.value - 6.0).abs() < 1.0 / 64.0);
    }
}
