//! The empirical distribution of values that somebody has: each of them as probable as any other.

use super::ParameterError;
use super::parameter::finite;
use super::shown::shown;
use crate::kernel::{Kernel, dispatch};
use std::fmt;
use std::sync::Arc;

/// An empirical distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    /// Finite and in rising order, as often as they were given; at least one.
    values: Arc<[f64]>,
}

impl Samples {
    /// The distribution of values given in any order.
    ///
    /// # Errors
    /// No values, a value that is infinite or NaN.
    pub fn new(values: &[f64]) -> Result<Self, ParameterError> {
        if values.is_empty() {
            return Err(ParameterError::NotOne { sum: 0.0 });
        }
        for value in values {
            finite("value", *value)?;
        }
        let mut values = values.to_vec();
        values.sort_by(f64::total_cmp);
        Ok(Self { values: values.into() })
    }

    /// The least value that at least a share `p` of the values does not exceed.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let n = self.values.len();
        let rank = (p * n as f64).ceil() as usize;
        self.values[rank.clamp(1, n) - 1]
    }

    /// Replaces each probability of a column by the quantile at it.
    pub(super) fn quantiles(&self, column: &mut [f64]) {
        dispatch(Ranks { values: &self.values, column });
    }

    /// The share of values at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.values.partition_point(|value| *value <= x) as f64 / self.values.len() as f64
    }

    /// The share of values above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        let n = self.values.len();
        (n - self.values.partition_point(|value| *value <= x)) as f64 / n as f64
    }

    /// The mean of the values.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.average(|x| x)
    }

    /// The mean square of the distance from the mean.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.average(|x| (x - mean) * (x - mean))
    }

    /// The least and the greatest value.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        (self.values[0], self.values[self.values.len() - 1])
    }

    /// The mean.
    #[must_use]
    pub fn central(&self) -> f64 {
        self.mean()
    }

    /// The values, in rising order.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    fn average(&self, of: impl Fn(f64) -> f64) -> f64 {
        self.values.iter().map(|x| of(*x)).sum::<f64>() / self.values.len() as f64
    }
}

struct Ranks<'a> {
    values: &'a [f64],
    column: &'a mut [f64],
}

impl Kernel for Ranks<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { values, column } = self;
        let n = values.len();
        for p in column {
            let rank = (*p * n as f64).ceil() as usize;
            *p = values[rank.clamp(1, n) - 1];
        }
    }
}

/// With a precision, as for people, a long list is cut.
impl fmt::Display for Samples {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown_values = if f.precision().is_some() { 8 } else { usize::MAX };
        let values: Vec<String> = self.values.iter().take(shown_values).map(|x| shown(*x, f)).collect();
        let rest = if self.values.len() > values.len() {
            format!(", … {} in all", self.values.len())
        } else {
            String::new()
        };
        write!(f, "Samples([{}{rest}])", values.join(", "))
    }
}
