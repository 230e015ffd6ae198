//! A finite distribution: some values, each with a probability.

use super::ParameterError;
use super::parameter::{finite, probabilities};
use super::shown::shown;
use crate::kernel::{Kernel, dispatch};
use std::fmt;

/// Finitely many values with their probabilities.
#[derive(Clone, Debug, PartialEq)]
pub struct Discrete {
    /// Finite and strictly increasing; at least one.
    values: Vec<f64>,
    /// Positive; they sum to one.
    probabilities: Vec<f64>,
    /// The probability of at most each value; exactly 1 at the last.
    cumulative: Vec<f64>,
}

impl Discrete {
    /// The distribution of values with probabilities, in any order. A value of probability 0 is left out.
    ///
    /// # Errors
    /// No values, a value or probability that is not finite, a negative probability, a value that stands twice,
    /// probabilities whose sum is further than 1e-9 from 1.
    pub fn new(pairs: &[(f64, f64)]) -> Result<Self, ParameterError> {
        for (value, _) in pairs {
            finite("value", *value)?;
        }
        probabilities(pairs.iter().map(|(_, probability)| *probability))?;
        let mut pairs: Vec<(f64, f64)> = pairs.iter().copied().filter(|(_, p)| *p > 0.0).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        if let Some(twice) = pairs.windows(2).find(|two| two[0].0 == two[1].0) {
            return Err(ParameterError::Twice { value: twice[0].0 });
        }
        let probabilities: Vec<f64> = pairs.iter().map(|(_, p)| *p).collect();
        let mut cumulative: Vec<f64> = probabilities
            .iter()
            .scan(0.0, |below, p| {
                *below += p;
                Some(*below)
            })
            .collect();
        if let Some(last) = cumulative.last_mut() {
            *last = 1.0;
        }
        Ok(Self { values: pairs.into_iter().map(|(value, _)| value).collect(), probabilities, cumulative })
    }

    /// The least value whose cumulative probability reaches `p`.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let index = self.cumulative.partition_point(|below| *below < p);
        self.values[index.min(self.values.len() - 1)]
    }

    /// Replaces each probability of a column by the quantile at it.
    pub(super) fn quantiles(&self, column: &mut [f64]) {
        if self.values.len() > FEW {
            for p in column {
                *p = self.quantile(*p);
            }
            return;
        }
        dispatch(Steps { dist: self, column });
    }

    /// The probability of a value at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        match self.values.partition_point(|value| *value <= x) {
            0 => 0.0,
            n => self.cumulative[n - 1],
        }
    }

    /// The probability of a value above `x`.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        let above = self.values.partition_point(|value| *value <= x);
        self.probabilities[above..].iter().sum()
    }

    /// The values, in rising order.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The sum of the values times their probabilities.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.expected(|x| x)
    }

    /// The mean square of the distance from the mean.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.expected(|x| (x - mean) * (x - mean))
    }

    /// The values with their probabilities.
    pub fn pairs(&self) -> impl Iterator<Item = (f64, f64)> {
        self.values.iter().copied().zip(self.probabilities.iter().copied())
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

    fn expected(&self, f: impl Fn(f64) -> f64) -> f64 {
        self.values.iter().zip(&self.probabilities).map(|(x, p)| p * f(*x)).sum()
    }
}

/// So many values are compared one after the other, for many draws at once; among more it is quicker to search.
const FEW: usize = 24;

/// Quantiles that are looked for together.
const PIECE: usize = 32;

struct Steps<'a> {
    dist: &'a Discrete,
    column: &'a mut [f64],
}

impl Kernel for Steps<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { dist: Discrete { values, cumulative, .. }, column } = self;
        let (pieces, rest) = column.as_chunks_mut::<PIECE>();
        let mut last = [0.0; PIECE];
        last[..rest.len()].copy_from_slice(rest);
        for piece in pieces.iter_mut().chain([&mut last]) {
            let mut found = [values[0]; PIECE];
            for (below, &value) in cumulative.iter().zip(&values[1..]) {
                for lane in 0..PIECE {
                    found[lane] = if piece[lane] > *below { value } else { found[lane] };
                }
            }
            *piece = found;
        }
        rest.copy_from_slice(&last[..rest.len()]);
    }
}

impl fmt::Display for Discrete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs = self.values.iter().zip(&self.probabilities);
        let pairs: Vec<String> =
            pairs.map(|(x, p)| format!("({}, {})", shown(*x, f), shown(*p, f))).collect();
        write!(f, "Discrete([{}])", pairs.join(", "))
    }
}
