//! A mixture: one of several distributions, each with a probability. The choice is made anew for each input that
//! is written as a mixture; what several inputs share is a world.

use super::parameter::probabilities;
use super::shown::shown;
use super::table::{QuantileTable, Tables, Tail};
use super::{Dist, Mixture, ParameterError};
use std::fmt;
use std::sync::Arc;

impl Mixture {
    /// The mixture of distributions with probabilities. A part of probability 0 is left out.
    ///
    /// # Errors
    /// No parts, a probability that is not finite or is negative, probabilities whose sum is further than 1e-9 from 1.
    pub fn new(parts: impl IntoIterator<Item = (f64, Dist)>) -> Result<Self, ParameterError> {
        let parts: Vec<(f64, Dist)> = parts.into_iter().collect();
        probabilities(parts.iter().map(|(probability, _)| *probability))?;
        let parts: Vec<(f64, Dist)> =
            parts.into_iter().filter(|(probability, _)| *probability > 0.0).collect();
        Ok(Self { parts: parts.into(), tables: Arc::default() })
    }

    /// The parts with their probabilities.
    #[must_use]
    pub fn parts(&self) -> &[(f64, Dist)] {
        &self.parts
    }

    /// The inverse of the cdf, from a table whose error is under 1e-9 of the range and, in probability, under 1e-9;
    /// solved for exactly at kinks, gaps and atoms.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let [lower, upper] = &self.tables().tails;
        let (table, upper, t) = if p < 0.5 { (lower, false, p) } else { (upper, true, 1.0 - p) };
        table.place(t).unwrap_or_else(|| MixtureTail { parts: &self.parts, upper }.place(t, None))
    }

    /// Replaces each probability by the quantile at it.
    pub fn quantiles(&self, column: &mut [f64]) {
        self.tables().quantiles(column, |x, _| x, |p| self.quantile(p));
    }

    /// Works out the table beforehand, which the first draw would do.
    pub fn prepare(&self) {
        for (_, part) in self.parts.iter() {
            part.prepare();
        }
        self.tables();
    }

    fn tables(&self) -> &Tables {
        self.tables.get_or_init(|| {
            let (low, high) = self.support();
            let far = |p: f64| self.parts.iter().map(move |(_, part)| part.quantile(p));
            let low = if low.is_finite() { low } else { far(1e-3).fold(f64::INFINITY, f64::min) };
            let high = if high.is_finite() { high } else { far(0.999).fold(f64::NEG_INFINITY, f64::max) };
            Tables::new(
                [false, true]
                    .map(|upper| QuantileTable::new(&MixtureTail { parts: &self.parts, upper }, high - low)),
            )
        })
    }

    /// The probability of a value at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.sum(|part| part.cdf(x))
    }

    /// The probability of a value above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        self.sum(|part| part.survival(x))
    }

    /// The mean of the means.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.sum(Dist::mean)
    }

    /// The mean of the variances and the variance of the means.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.sum(|part| part.variance() + (part.mean() - mean) * (part.mean() - mean))
    }

    /// The least and the greatest value.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        let supports = self.parts.iter().map(|(_, part)| part.support());
        supports.fold((f64::INFINITY, f64::NEG_INFINITY), |a, b| (a.0.min(b.0), a.1.max(b.1)))
    }

    /// The mean.
    #[must_use]
    pub fn central(&self) -> f64 {
        self.mean()
    }

    fn sum(&self, of: impl Fn(&Dist) -> f64) -> f64 {
        self.parts.iter().map(|(probability, part)| probability * of(part)).sum()
    }
}

impl PartialEq for Mixture {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
    }
}

impl fmt::Display for Mixture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mixture([")?;
        for (n, (probability, part)) in self.parts.iter().enumerate() {
            let comma = if n > 0 { ", " } else { "" };
            write!(f, "{comma}({}, ", shown(*probability, f))?;
            part.fmt(f)?;
            f.write_str(")")?;
        }
        f.write_str("])")
    }
}

/// One tail of a mixture, its places by their values.
struct MixtureTail<'a> {
    parts: &'a [(f64, Dist)],
    upper: bool,
}

impl MixtureTail<'_> {
    /// Returns true if the quantile at the probability that has `t` beyond it is at most `x`.
    fn reached(&self, x: f64, t: f64) -> bool {
        self.above(x, t) >= 0.0
    }

    /// Returns how far the cdf at `x` is above that probability.
    fn above(&self, x: f64, t: f64) -> f64 {
        if self.upper { t - self.probability(x) } else { self.probability(x) - t }
    }
}

impl Tail for MixtureTail<'_> {
    /// The least value that is reached: by false position, every third step by halves, down to neighbouring numbers.
    /// The quantile of a mixture lies between the least and the greatest of its parts' quantiles.
    fn place(&self, t: f64, guess: Option<f64>) -> f64 {
        let ends = self.parts.iter().map(|(_, part)| part.support());
        let (least, most) =
            ends.fold((f64::INFINITY, f64::NEG_INFINITY), |a, b| (a.0.min(b.0), a.1.max(b.1)));
        if t <= 0.0 {
            return if self.upper { most } else { least };
        }
        let p = if self.upper { 1.0 - t } else { t };
        let quantiles = self.parts.iter().map(|(_, part)| part.quantile(p));
        let (mut low, mut high) =
            quantiles.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
        if low == high || !low.is_finite() || !high.is_finite() {
            return if self.upper { high } else { low };
        }
        // The tables of the parts, and 1 - t, may be off by a little.
        let slack = 1e-8 * (high - low);
        if self.reached(low, t) {
            low = (low - slack).max(least);
        }
        if !self.reached(high, t) {
            high = (high + slack).min(most);
        }
        // An atom that holds the probability is its quantile.
        for (_, part) in self.parts {
            for x in part.atoms() {
                if self.reached(x, t) && !self.reached(x.next_down(), t) {
                    return x;
                }
            }
        }
        if let Some(guess) = guess {
            for near in [guess - slack, guess + slack] {
                if near > low && near < high {
                    if self.reached(near, t) { high = near } else { low = near }
                }
            }
        }
        let (mut below, mut above) = (self.above(low, t), self.above(high, t));
        for step in 1..300 {
            let close = (high - low) <= 1e-15 * high.abs().max(low.abs());
            if close || low.next_up() >= high {
                break;
            }
            let falsi = low + (high - low) * (below / (below - above));
            let halves = f64::midpoint(low, high);
            let x = if step % 3 == 0 || !(falsi > low && falsi < high) { halves } else { falsi };
            let there = self.above(x, t);
            if there >= 0.0 {
                (high, above) = (x, there);
                // So that both ends move: the Illinois variant.
                below /= 2.0;
            } else {
                (low, below) = (x, there);
                above /= 2.0;
            }
        }
        high
    }

    fn probability(&self, place: f64) -> f64 {
        let tail = |part: &Dist| if self.upper { part.survival(place) } else { part.cdf(place) };
        self.parts.iter().map(|(probability, part)| probability * tail(part)).sum()
    }
}
