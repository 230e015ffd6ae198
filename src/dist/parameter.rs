//! What can be wrong with the parameters of a family. Knows the names of the parameters, not where they stand.

use thiserror::Error;

/// A set of parameters for which a family is not defined.
///
/// Requirements are written as `!(wanted)`, so that NaN fails each of them.
#[derive(Clone, Debug, Error, PartialEq)]
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
    /// Probabilities that do not sum to one.
    #[error("the probabilities sum to {sum}, not to 1")]
    NotOne {
        /// What they sum to.
        sum: f64,
    },
    /// A value that stands twice.
    #[error("the value {value} stands twice")]
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
            Self::NotFinite { parameter, .. }
            | Self::NotPositive { parameter, .. }
            | Self::TooLarge { parameter, .. } => (parameter, None),
            Self::OutOfOrder { low, high, .. } | Self::EmptyRange { low, high, .. } => (high, Some(low)),
        }
    }

    /// What to write instead.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self {
            Self::NotOne { .. } => "write probabilities that sum to 1".into(),
            Self::Twice { .. } => "write it once, with the sum of its probabilities".into(),
            Self::NotFinite { parameter, .. } => format!("write `{parameter}` as a finite number"),
            Self::TooLarge { parameter, .. } => {
                format!("lower `{parameter}`, or change the unit of the numbers")
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
