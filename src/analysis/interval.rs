//! Estimates of probabilities and their errors.

use super::bounded::{bounded_interval, unit_interval};
use crate::distribution::StudentT;
use crate::exact::{PointAverages, REPLICATES};
use crate::tally::Events;
use std::sync::OnceLock;

/// The 97.5 % quantile of the standard normal distribution: half of a 95 % interval, in standard errors.
pub const Z95: f64 = 1.959_963_984_540_054;

/// The origin of an estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Basis {
    /// Draws were counted.
    Counted {
        /// Number of draws that it rests on.
        n: u64,
        /// True if it was left to counting where others were integrated.
        is_left: bool,
        /// Uncertainty that rounding leaves: how much wider the interval is for it below and above.
        open: (f64, f64),
    },
    /// Points were averaged over, alone or with draws that were counted.
    Integrated,
}

impl Basis {
    /// Returns the basis of an estimate that rests on so many draws alone.
    #[must_use]
    pub const fn counted(n: u64) -> Self {
        Self::Counted { n, is_left: false, open: (0.0, 0.0) }
    }
}

/// A probability that was counted or integrated, and its error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate itself: 0 where the event never happened.
    pub probability: f64,
    /// Its Monte Carlo standard error: 0 where the event never or always happened.
    pub mcse: f64,
    /// The lower end of its interval; the ends are never both 0 nor both 1.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Origin of it: draws that were counted, or points.
    pub basis: Basis,
    /// Probability that the interval misses the truth: 5 % unless it was widened.
    pub level: f64,
    /// Number of looks at growing numbers of draws that it is one of, each of which could have been the last.
    pub looks: u32,
}

impl Estimate {
    /// A probability with its standard error, the ends of its 95 % interval and what it rests on.
    #[must_use]
    pub fn new(probability: f64, mcse: f64, (low, high): (f64, f64), basis: Basis) -> Self {
        Self { probability, mcse, low, high, basis, level: LEVEL, looks: 1 }
    }

    /// The probability of an event where the joint worlds have the given weights.
    ///
    /// In one draw the event contributes Y, the sum of the weights of the worlds in which it happens; the
    /// probability is the mean of Y, and its error comes from the variance of Y, because a draw draws its inputs
    /// once for all worlds. The interval is that of [`unit_interval`].
    #[must_use]
    pub fn of(events: &Events, event: usize, weights: &[f64], n: u64) -> Self {
        let size = n as f64;
        let (mut sum, mut variance) = (0.0, 0.0);
        // Most callers ask about one world, and there may be many.
        let present = || weights.iter().copied().enumerate().filter(|(_, weight)| *weight != 0.0);
        for (one, w) in present() {
            sum += w * events.count(event, one) as f64;
            for (other, v) in present() {
                let counts = [events.count(event, one), events.count(event, other)];
                variance += w * v * (covariance(n, events.joint(event, one, other), counts) / (size * size));
            }
        }
        // Weights that sum to 1 but for rounding make neither a certainty nor an uncertainty.
        let mut counts = weights.iter().enumerate().filter(|(_, w)| **w > 0.0);
        let always = counts.all(|(world, _)| events.count(event, world) == n);
        let probability = if always { 1.0 } else { (sum / size).clamp(0.0, 1.0 - f64::EPSILON) };
        Self::counted(probability, variance, n)
    }

    /// Returns an estimate from the sum over draws of what an event contributes, between 0 and 1, and the sum of its squares.
    #[must_use]
    pub fn of_sums(sum: f64, squares: f64, n: u64) -> Self {
        let size = n as f64;
        // Weights that sum to 1 but for rounding make neither a certainty nor an uncertainty.
        let probability = if sum >= size * (1.0 - 1e-12) { 1.0 } else { sum / size };
        Self::counted(probability, squares / size - probability * probability, n)
    }

    /// From the mean and the variance of what an event contributes in a draw.
    fn counted(probability: f64, variance: f64, n: u64) -> Self {
        let size = n as f64;
        let mcse = (variance.max(0.0) / size).sqrt();
        Self::new(
            probability,
            mcse,
            unit_interval(probability, mcse * mcse * size, size, LEVEL),
            Basis::counted(n),
        )
    }

    /// Returns true if the decisive interval lies on one side of 1/2: who stops the first time that an ordinary one does claims too much.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let (low, high) = self.decision_interval();
        low > 0.5 || high < 0.5
    }

    /// The ends of the interval that something is decided by: where there were several looks each spends its share of the error.
    #[must_use]
    pub fn decision_interval(&self) -> (f64, f64) {
        let wide = self.at_level(self.level / f64::from(self.looks));
        (wide.low, wide.high)
    }

    /// Returns the estimate with an interval that misses the truth with probability `level` only.
    #[must_use]
    pub fn at_level(&self, level: f64) -> Self {
        if level == self.level {
            return *self;
        }
        let (p, low, high) = (self.probability, self.low, self.high);
        match self.basis {
            Basis::Integrated => {
                let wider = t_quantile(1.0 - level / 2.0) / t_quantile(1.0 - self.level / 2.0);
                let low = (p - wider * (p - low)).max(0.0);
                Self { low, high: (p + wider * (high - p)).min(1.0), level, ..*self }
            }
            Basis::Counted { n, is_left, open } => {
                let size = n as f64;
                let (low, high) = unit_interval(p, self.mcse * self.mcse * size, size, level);
                let basis = Basis::Counted { n, is_left, open: (0.0, 0.0) };
                Self { low, high, basis, level, ..*self }.wider(open.0, open.1)
            }
        }
    }

    /// Returns the estimate with an interval that is wider, as rounding may have decided that many draws.
    #[must_use]
    pub fn wider(&self, below: f64, above: f64) -> Self {
        let basis = match self.basis {
            Basis::Counted { n, is_left, open } => {
                Basis::Counted { n, is_left, open: (open.0 + below, open.1 + above) }
            }
            Basis::Integrated => Basis::Integrated,
        };
        Self { low: (self.low - below).max(0.0), high: (self.high + above).min(1.0), basis, ..*self }
    }

    /// A probability that was averaged over scrambles: a t-interval over those, wider by what the average may be off besides.
    #[must_use]
    pub fn integrated(average: PointAverages) -> Self {
        let probability = average.mean.clamp(0.0, 1.0);
        Self::new(probability, average.mcse, integrated_ends(average, 1.0), Basis::Integrated)
    }

    /// Returns true if it was integrated, and no draw counted for it.
    #[must_use]
    pub fn is_integrated(&self) -> bool {
        self.basis == Basis::Integrated
    }

    /// Returns the number of draws that it rests on, and 0 if it was integrated.
    #[must_use]
    pub fn n(&self) -> u64 {
        match self.basis {
            Basis::Counted { n, .. } => n,
            Basis::Integrated => 0,
        }
    }

    /// Returns true if it was left to counting where others were integrated.
    #[must_use]
    pub fn is_left(&self) -> bool {
        matches!(self.basis, Basis::Counted { is_left: true, .. })
    }

    /// Marks one that was counted as left to that.
    pub(crate) fn leave(&mut self) {
        if let Basis::Counted { is_left, .. } = &mut self.basis {
            *is_left = true;
        }
    }

    /// Half of the width of its interval.
    #[must_use]
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

/// The share of intervals that miss the truth.
pub const LEVEL: f64 = 0.05;

/// The ends of a 95 % interval of an average over scrambles that lies between 0 and `most`: a t-interval, wider by what the average may
/// be off besides.
pub fn integrated_ends(average: PointAverages, most: f64) -> (f64, f64) {
    let spread = if average.mcse > 0.0 { t_quantile(1.0 - LEVEL / 2.0) * average.mcse } else { 0.0 };
    let (mean, reach) = (average.mean.clamp(0.0, most), spread + average.bound);
    ((mean - reach).max(0.0), (mean + reach).min(most))
}

/// Degrees of freedom of the spread of the scrambles.
pub const FREEDOM: f64 = (REPLICATES - 1) as f64;

/// A quantile of Student's t distribution for the spread of an average over the scrambles.
pub fn t_quantile(p: f64) -> f64 {
    static T: OnceLock<StudentT> = OnceLock::new();
    let new = || StudentT::new(0.0, 1.0, FREEDOM).expect("there are more than two scrambles");
    T.get_or_init(new).quantile(p)
}

/// An expected number between known bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Expected {
    /// The estimate.
    pub mean: f64,
    /// Its Monte Carlo standard error: 0 where all draws have the same number.
    pub mcse: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Expected {
    /// The mean over `n` draws of a number between two bounds, from its sum and the sum of its squares.
    #[must_use]
    pub fn of((sum, squares): (f64, f64), bounds: (f64, f64), n: u64) -> Self {
        let size = n as f64;
        let mean = sum / size;
        let variance = squares / size - mean * mean;
        // A value that is the same in all draws has no error, though the difference of two like numbers is rounded.
        let variance = if variance <= 8.0 * f64::EPSILON * squares / size { 0.0 } else { variance };
        let (low, high) = bounded_interval(bounds, mean, variance, size, LEVEL);
        Self { mean, mcse: (variance / size).sqrt(), low, high }
    }
}

/// The covariance of two counts of `n` draws times n squared: n times the joint count, less the product of the two. In integers, so
/// that what is the same in all draws has a variance of exactly 0.
fn covariance(n: u64, joint: u64, [one, other]: [u64; 2]) -> f64 {
    if n <= u64::from(u32::MAX >> 1) {
        let [n, joint, one, other] = [n, joint, one, other].map(u64::cast_signed);
        return (n * joint - one * other) as f64;
    }
    let [n, joint, one, other] = [n, joint, one, other].map(i128::from);
    (n * joint - one * other) as f64
}

/// A number with its error and its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The estimate.
    pub value: f64,
    /// Its Monte Carlo standard error.
    pub mcse: f64,
}

impl Measured {
    /// The ends of a 95 % interval.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        (self.value - Z95 * self.mcse, self.value + Z95 * self.mcse)
    }
}

/// Wilson's interval for a share `p` of `n` draws, `z` standard errors wide to each side; exactly 0 and 1 at the
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
