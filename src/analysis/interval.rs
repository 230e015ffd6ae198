//! Estimates of probabilities and their errors.

use crate::tally::Events;

/// The 97.5 % quantile of the standard normal distribution: half of a 95 % interval, in standard errors.
pub const Z95: f64 = 1.959_963_984_540_054;

/// A probability that was sampled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate itself: 0 where the event never happened.
    pub probability: f64,
    /// Its Monte Carlo standard error: 0 where the event never or always happened.
    pub mcse: f64,
    /// The ends of a 95 % interval, which are never both 0 nor both 1.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// How many instances it rests on; 0 for one that was integrated, and not counted.
    pub n: u64,
}

impl Estimate {
    /// The probability of an event where the joint worlds have the given weights.
    ///
    /// In one instance the event contributes Y, the sum of the weights of the worlds in which it happens; the
    /// probability is the mean of Y, and its error comes from the variance of Y, because an instance draws its inputs
    /// once for all worlds. The interval is Wilson's at the sample size that would give a plain count the
    /// same error. That size is taken with one more instance at Y = 0 and one at Y = 1, so that a few events in an
    /// improbable world do not pass for certainty about the others.
    #[must_use]
    pub fn of(events: &Events, event: usize, weights: &[f64], n: u64) -> Self {
        let size = n as f64;
        let (mut sum, mut squares, mut variance) = (0.0, 0.0, 0.0);
        for (one, w) in weights.iter().enumerate() {
            sum += w * events.count(event, one) as f64;
            for (other, v) in weights.iter().enumerate() {
                let joint = events.joint(event, one, other);
                squares += w * v * joint as f64;
                // In integers, so that what is the same in all instances has a variance of exactly 0.
                let apart = i128::from(events.count(event, one)) * i128::from(events.count(event, other));
                variance += w * v * ((i128::from(n) * i128::from(joint) - apart) as f64 / (size * size));
            }
        }
        // Weights that sum to 1 but for rounding make neither a certainty nor an uncertainty.
        let mut counts = weights.iter().enumerate().filter(|(_, w)| **w > 0.0);
        let always = counts.all(|(world, _)| events.count(event, world) == n);
        let probability = if always { 1.0 } else { (sum / size).clamp(0.0, 1.0 - f64::EPSILON) };
        let mcse = (variance.max(0.0) / size).sqrt();
        let wide = (sum + 1.0) / (size + 2.0);
        let wide_variance = (squares + 1.0) / (size + 2.0) - wide * wide;
        let effective = size * (wide * (1.0 - wide) / wide_variance).max(1.0);
        let (low, high) = wilson(probability, effective, Z95);
        Self { probability, mcse, low, high, n }
    }

    /// Whether the interval lies on one side of 1/2.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.low > 0.5 || self.high < 0.5
    }
}

/// Wilson's interval for a share `p` of `n` instances, `z` standard errors wide to each side; exactly 0 and 1 at the
/// ends where the share is.
///
/// Source: Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927).
#[must_use]
pub fn wilson(p: f64, n: f64, z: f64) -> (f64, f64) {
    let z2 = z * z;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let reach = z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let low = if p <= 0.0 { 0.0 } else { (middle - reach).max(0.0) };
    let high = if p >= 1.0 { 1.0 } else { (middle + reach).min(1.0) };
    (low, high)
}
