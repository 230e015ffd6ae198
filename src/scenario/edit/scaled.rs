//! Edits made larger or smaller, as when one asks how much of a side effect there may be.

use super::error::EditReason;
use super::text::{Operator, split};
use crate::scenario::Scenario;

impl Scenario {
    /// An edit that does `times` as much: `+= x` adds so many times x, `*= x` multiplies by that power of x. Nothing where
    /// it does nothing at all.
    ///
    /// # Errors
    /// The edit is of a kind that does not come in sizes, or its size is no number and no distribution that can be scaled.
    pub fn scaled_edit(&self, edit: &str, times: f64) -> Result<Option<String>, EditReason> {
        let whole = || EditReason::WithoutSize(edit.to_owned());
        if edit.trim().starts_with("drop ") {
            return Err(whole());
        }
        let (address, operator, value) = split(edit)?;
        let number = value.parse::<f64>().ok();
        let scaled = match (operator, number) {
            (Operator::Set, _) => return Err(whole()),
            _ if times == 0.0 => return Ok(None),
            (Operator::Add, Some(x)) => format!("{address} += {}", times * x),
            (Operator::Multiply, Some(x)) if x > 0.0 => format!("{address} *= {}", libm::pow(x, times)),
            (Operator::Add, None) => {
                let dist = self.read_dist(value)?;
                let scaled =
                    dist.linear(times, 0.0).ok_or_else(|| EditReason::CannotScale(value.to_owned()))?;
                format!("{address} += {}", scaled?)
            }
            (Operator::Multiply, _) => return Err(whole()),
        };
        Ok(Some(scaled))
    }
}
