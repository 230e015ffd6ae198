//! The metalog distribution: the smooth distribution through quantiles that somebody states.

use super::ParameterError;
use super::integral::LazyMoments;
use super::parameter::{finite, range};
use super::shown::shown;
use std::fmt;

/// The metalog distribution through given quantiles, between bounds if there are any.
#[derive(Clone, Debug, PartialEq)]
pub struct Metalog {
    /// Probabilities and the quantiles at them, both strictly rising.
    points: Vec<(f64, f64)>,
    /// Finite.
    min: Option<f64>,
    max: Option<f64>,
    /// One entry per point: the quantile function is the sum of these times the terms.
    coefficients: Vec<f64>,
    /// There is no closed form of these.
    moments: LazyMoments,
}

/// With more the terms can hardly be told apart.
const MOST_POINTS: usize = 8;

impl Metalog {
    /// The metalog distribution that has the value `x` at each probability `p` of `points`.
    ///
    /// With bounds it is the distribution of a number whose logarithm (one bound) or log-odds (two) are a metalog.
    ///
    /// Source: Keelin, The Metalog Distributions, Decision Analysis 13 (2016), eqs. 6 and 13-15; as many terms as points.
    ///
    /// # Errors
    /// Fewer than two or more than eight points, a probability outside 0..1, probabilities or values that do not
    /// rise, a value outside the bounds, points through which no metalog goes because its quantile function would fall.
    pub fn new(points: &[(f64, f64)], min: Option<f64>, max: Option<f64>) -> Result<Self, ParameterError> {
        if let (Some(min), Some(max)) = (min, max) {
            range("min", min, "max", max)?;
        }
        if !(2..=MOST_POINTS).contains(&points.len()) {
            return Err(ParameterError::Points { n: points.len(), most: MOST_POINTS });
        }
        for &(p, x) in points {
            finite("value", x)?;
            if !(p > 0.0 && p < 1.0) {
                return Err(ParameterError::Outside {
                    parameter: "probability",
                    value: p,
                    least: 0.0,
                    most: 1.0,
                });
            }
            if min.is_some_and(|min| x <= min) || max.is_some_and(|max| x >= max) {
                let (least, most) = (min.unwrap_or(f64::NEG_INFINITY), max.unwrap_or(f64::INFINITY));
                return Err(ParameterError::Outside { parameter: "value", value: x, least, most });
            }
        }
        if let Some(two) = points.windows(2).find(|two| two[0].0 >= two[1].0 || two[0].1 >= two[1].1) {
            return Err(ParameterError::NotRising { first: two[0], second: two[1] });
        }
        let moments = LazyMoments::default();
        let mut dist = Self { points: points.to_vec(), min, max, coefficients: Vec::new(), moments };
        let n = points.len();
        let unit = |term: usize| -> Vec<f64> { (0..n).map(|i| if i == term { 1.0 } else { 0.0 }).collect() };
        let row = |p: f64| -> Vec<f64> { (0..n).map(|term| combination(&unit(term), p)).collect() };
        let rows: Vec<Vec<f64>> = points.iter().map(|(p, _)| row(*p)).collect();
        let right = points.iter().map(|(_, x)| dist.unbounded(*x)).collect();
        dist.coefficients = solve(rows, right);
        dist.check()?;
        Ok(dist)
    }

    /// Refuses coefficients with which the quantile function falls anywhere, or the variance is infinite.
    fn check(&self) -> Result<(), ParameterError> {
        // Towards an end without a bound opposite to one, x goes as a power of the odds.
        let power = |middle: f64| -> f64 {
            let odd = self.coefficients.iter().enumerate().filter(|(i, _)| *i == 2 || i % 2 == 1 && *i != 3);
            odd.map(|(i, a)| a * (0..i / 2).fold(1.0, |product, _| product * middle)).sum()
        };
        let heavy = match (self.min, self.max) {
            (Some(_), None) => power(0.5),
            (None, Some(_)) => power(-0.5),
            _ => 0.0,
        };
        if heavy > 0.45 {
            return Err(ParameterError::HeavyTail);
        }
        if let [(low_p, low), (0.5, middle), (high_p, high)] = self.points[..]
            && (low_p + high_p - 1.0).abs() < 1e-12
        {
            // Three symmetric points have a closed form: the middle one must stand well between the others.
            let k = 0.5 * (1.0 - 1.66711 * (0.5 - low_p));
            let [y_low, y_middle, y_high] = [low, middle, high].map(|x| self.unbounded(x));
            let r = (y_middle - y_low) / (y_high - y_low);
            if k < r && r < 1.0 - k {
                return Ok(());
            }
            let at = |share: f64| self.bounded(y_low + share * (y_high - y_low));
            return Err(ParameterError::Median { value: middle, least: at(k), most: at(1.0 - k) });
        }
        let mut last = (0.0, f64::NEG_INFINITY);
        for step in -1200_i32..=1200 {
            let p = 1.0 / (1.0 + libm::exp(-f64::from(step) / 40.0));
            let y = self.latent(p);
            if y <= last.1 {
                return Err(ParameterError::Falls { from: last.0, to: p });
            }
            last = (p, y);
        }
        Ok(())
    }

    /// The quantile before it is brought between the bounds.
    fn latent(&self, p: f64) -> f64 {
        combination(&self.coefficients, p)
    }

    fn unbounded(&self, x: f64) -> f64 {
        match (self.min, self.max) {
            (None, None) => x,
            (Some(min), None) => libm::log(x - min),
            (None, Some(max)) => -libm::log(max - x),
            (Some(min), Some(max)) => libm::log((x - min) / (max - x)),
        }
    }

    fn bounded(&self, y: f64) -> f64 {
        match (self.min, self.max) {
            (None, None) => y,
            (Some(min), None) => min + libm::exp(y),
            (None, Some(max)) => max - libm::exp(-y),
            // From the nearer end, where that has more digits.
            (Some(min), Some(max)) if y > 0.0 => max - (max - min) / (1.0 + libm::exp(y)),
            (Some(min), Some(max)) => min + (max - min) / (1.0 + libm::exp(-y)),
        }
    }

    /// The sum of the terms, brought between the bounds.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let (min, max) = self.support();
        if p <= 0.0 {
            min
        } else if p >= 1.0 {
            max
        } else {
            self.bounded(self.latent(p))
        }
    }

    /// The probability of a value at most `x`, solved for by halves in the log-odds of p.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        let (min, max) = self.support();
        if x <= min {
            return 0.0;
        }
        if x >= max {
            return 1.0;
        }
        let y = self.unbounded(x);
        let (mut low, mut high) = (-40.0, 40.0);
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if self.latent(expit(middle)) < y { low = middle } else { high = middle }
        }
        expit(f64::midpoint(low, high))
    }

    /// The probability of a value above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        1.0 - self.cdf(x)
    }

    /// The mean, integrated.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.moments.of(|p| self.quantile(p)).0
    }

    /// The variance, integrated.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.moments.of(|p| self.quantile(p)).1
    }

    /// Probabilities and the quantiles at them.
    pub(crate) fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// The least and the greatest value.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        (self.min.unwrap_or(f64::NEG_INFINITY), self.max.unwrap_or(f64::INFINITY))
    }

    /// The median.
    #[must_use]
    pub fn central(&self) -> f64 {
        self.quantile(0.5)
    }
}

impl fmt::Display for Metalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let points = self.points.iter().map(|(p, x)| format!("({}, {})", shown(*p, f), shown(*x, f)));
        write!(f, "Quantiles(points: [{}]", points.collect::<Vec<_>>().join(", "))?;
        for (name, bound) in [("min", self.min), ("max", self.max)] {
            if let Some(bound) = bound {
                write!(f, ", {name}: {}", shown(bound, f))?;
            }
        }
        f.write_str(")")
    }
}

fn expit(y: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-y))
}

/// The sum of the terms at `p`: 1, L, (p - 1/2) L, p - 1/2, and then by turns the next power of p - 1/2 alone and
/// times L, the log-odds.
fn combination(coefficients: &[f64], p: f64) -> f64 {
    let (log_odds, middle) = (libm::log(p / (1.0 - p)), p - 0.5);
    let (mut sum, mut power) = (0.0, middle);
    for (index, a) in coefficients.iter().enumerate() {
        sum += a * match index {
            0 => 1.0,
            1 => log_odds,
            2 => middle * log_odds,
            3 => middle,
            _ if index % 2 == 0 => {
                power *= middle;
                power
            }
            _ => power * log_odds,
        };
    }
    sum
}

/// Solves a small system of linear equations by elimination with row pivots.
fn solve(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = rows.len();
    for column in 0..n {
        let largest = (column..n).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()));
        let pivot = largest.unwrap_or(column);
        rows.swap(column, pivot);
        right.swap(column, pivot);
        let pivot = rows[column].clone();
        for row in column + 1..n {
            let factor = rows[row][column] / pivot[column];
            for (cell, above) in rows[row].iter_mut().zip(&pivot) {
                *cell -= factor * above;
            }
            right[row] -= factor * right[column];
        }
    }
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|k| rows[row][k] * right[k]).sum();
        right[row] = (right[row] - known) / rows[row][row];
    }
    right
}
