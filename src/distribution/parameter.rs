//! Errors of the parameters of a family. Knows the names of the parameters, not where they stand.

use thiserror::Error;

/// A set of parameters for which a family is not defined.
///
/// Requirements are written as `!(wanted)`, so that NaN fails each of them.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum ParameterError {
    /// A parameter is infinite or not a number.
    #[error("`{parameter}` is {value}, not a finite number")]
    NotFinite {
        /// Its name.
        parameter: &'static str,
        /// Its value.
        value: f64,
    },
    /// A parameter must be greater than zero and is not.
    #[error("`{parameter}` is {value}, but must be greater than 0")]
    NotPositive {
        /// Its name.
        parameter: &'static str,
        /// Its value.
        value: f64,
    },
    /// A parameter that is outside what can be computed with.
    #[error("`{parameter}` is {value}, but must lie between {least} and {most}")]
    Outside {
        /// Its name.
        parameter: &'static str,
        /// Its value.
        value: f64,
        /// The least that is accepted.
        least: f64,
        /// The most that is accepted.
        most: f64,
    },
    /// A parameter for which the values would be too large to be computed with.
    #[error("`{parameter}` is {value}, but more than {most:.4} gives numbers too large to compute with")]
    TooLarge {
        /// Its name.
        parameter: &'static str,
        /// Its value.
        value: f64,
        /// The most that is accepted.
        most: f64,
    },
    /// Bounds between which too little of a distribution lies.
    #[error(
        "only a share of {kept} of the distribution lies between the bounds, and at least {least:e} must"
    )]
    LittleLeft {
        /// The share that lies between them.
        kept: f64,
        /// The least share that is accepted.
        least: f64,
    },
    /// A number of stated quantiles that is not accepted.
    #[error("{n} quantiles, where 2 to {most} are wanted")]
    Points {
        /// Number of them.
        n: usize,
        /// The most that are accepted.
        most: usize,
    },
    /// Stated quantiles that do not rise.
    #[error("after the quantile {} at {} comes {} at {}", .first.1, .first.0, .second.1, .second.0)]
    NotRising {
        /// A probability and the quantile at it.
        first: (f64, f64),
        /// The next ones.
        second: (f64, f64),
    },
    /// A median too close to one of the other two quantiles for a smooth distribution of this kind.
    #[error("the median {value} is too far to one side: it must lie between {least:.4} and {most:.4}")]
    Median {
        /// The median.
        value: f64,
        /// Bound that it must be above.
        least: f64,
        /// Bound that it must be below.
        most: f64,
    },
    /// Stated quantiles through which no distribution of this kind goes.
    #[error("the smooth curve through these quantiles falls between the probabilities {from:.3} and {to:.3}")]
    Falls {
        /// Place where it starts to fall.
        from: f64,
        /// Place where it has fallen.
        to: f64,
    },
    /// Quantiles that spread so far that the variance would be infinite.
    #[error("these quantiles spread so far that the variance would be infinite")]
    HeavyTail,
    /// Probabilities that do not sum to one.
    #[error("the probabilities sum to {sum}, not to 1")]
    NotOne {
        /// Sum of them.
        sum: f64,
    },
    /// A value that stands twice.
    #[error("the value {value} appears twice")]
    Twice {
        /// The value.
        value: f64,
    },
    /// Two parameters are out of order.
    #[error("`{low}` is {low_value}, above `{high}`, which is {high_value}")]
    OutOfOrder {
        /// The parameter that must not be greater.
        low: &'static str,
        /// Its value.
        low_value: f64,
        /// The parameter that must not be less.
        high: &'static str,
        /// Its value.
        high_value: f64,
    },
    /// The range holds a single point.
    #[error("`{low}` and `{high}` are both {value}, so the range is empty")]
    EmptyRange {
        /// The lower bound.
        low: &'static str,
        /// The upper bound.
        high: &'static str,
        /// Their value.
        value: f64,
    },
}

impl ParameterError {
    /// The parameter to mark, and the other one that it clashes with.
    #[must_use]
    pub fn parameters(&self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::NotOne { .. } => ("probability", None),
            Self::Twice { .. } => ("value", None),
            Self::LittleLeft { .. } => ("max", Some("min")),
            Self::Points { .. }
            | Self::NotRising { .. }
            | Self::Median { .. }
            | Self::Falls { .. }
            | Self::HeavyTail => ("points", None),
            Self::NotFinite { parameter, .. }
            | Self::NotPositive { parameter, .. }
            | Self::Outside { parameter, .. }
            | Self::TooLarge { parameter, .. } => (parameter, None),
            Self::OutOfOrder { low, high, .. } | Self::EmptyRange { low, high, .. } => (high, Some(low)),
        }
    }

    /// Says what to write instead.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self {
            Self::NotOne { .. } => "write probabilities that sum to 1".into(),
            Self::Twice { .. } => "write it once, with the sum of its probabilities".into(),
            Self::LittleLeft { .. } => "move the bounds to where the distribution is".into(),
            Self::Points { .. } => "for example points: [(0.1, 3), (0.5, 5), (0.9, 8)]".into(),
            Self::NotRising { .. } => "order the quantiles by probability, with rising values".into(),
            Self::Median { .. } => "move the median, or state only the two outer quantiles".into(),
            Self::Falls { .. } => "leave out a quantile, or move it towards its neighbours".into(),
            Self::HeavyTail => {
                "bring the quantiles closer together, or state a bound on the other side".into()
            }
            Self::NotFinite { parameter, .. } => format!("write `{parameter}` as a finite number"),
            Self::TooLarge { parameter, .. } => {
                format!("lower `{parameter}`, or change the unit of the numbers")
            }
            Self::Outside { parameter, least, most, .. } => {
                format!("write `{parameter}` from {least} to {most}")
            }
            Self::NotPositive { .. } => "write a positive number, or `Exact(x)` for a certain value".into(),
            Self::OutOfOrder { low, high, .. } => format!("order the parameters so that {low} <= {high}"),
            Self::EmptyRange { value, .. } => {
                format!("widen the range, or write `Exact({value})` for a certain value")
            }
        }
    }
}

/// Refuses a parameter that is infinite or not a number.
pub(super) fn finite(parameter: &'static str, value: f64) -> Result<(), ParameterError> {
    if value.is_finite() { Ok(()) } else { Err(ParameterError::NotFinite { parameter, value }) }
}

/// Refuses a parameter that is not a finite number above zero.
pub(super) fn positive(parameter: &'static str, value: f64) -> Result<(), ParameterError> {
    finite(parameter, value)?;
    if value > 0.0 { Ok(()) } else { Err(ParameterError::NotPositive { parameter, value }) }
}

/// Refuses a pair that is out of order; both must be finite.
pub(super) fn ordered(
    low: &'static str,
    low_value: f64,
    high: &'static str,
    high_value: f64,
) -> Result<(), ParameterError> {
    finite(low, low_value)?;
    finite(high, high_value)?;
    if low_value <= high_value {
        Ok(())
    } else {
        Err(ParameterError::OutOfOrder { low, low_value, high, high_value })
    }
}

/// Refuses a range whose ends are out of order or equal.
pub(super) fn range(
    low: &'static str,
    low_value: f64,
    high: &'static str,
    high_value: f64,
) -> Result<(), ParameterError> {
    ordered(low, low_value, high, high_value)?;
    if low_value < high_value {
        Ok(())
    } else {
        Err(ParameterError::EmptyRange { low, high, value: low_value })
    }
}

/// Refuses a parameter outside `least..=most`.
pub(super) fn within(
    parameter: &'static str,
    value: f64,
    least: f64,
    most: f64,
) -> Result<(), ParameterError> {
    finite(parameter, value)?;
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(ParameterError::Outside { parameter, value, least, most })
    }
}

/// Largest distance of the sum of probabilities from one.
const ROUNDING: f64 = 1e-9;

/// Refuses probabilities that are negative or do not sum to one.
pub(super) fn probabilities(all: impl Iterator<Item = f64>) -> Result<(), ParameterError> {
    let mut sum = 0.0;
    for value in all {
        within("probability", value, 0.0, 1.0)?;
        sum += value;
    }
    if (sum - 1.0).abs() <= ROUNDING { Ok(()) } else { Err(ParameterError::NotOne { sum }) }
}
