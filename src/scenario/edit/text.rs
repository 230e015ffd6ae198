//! The text of an edit: `<address> = <value>`, `+= x` or `*= x`.

use super::error::EditReason;
use crate::scenario::TextError;
use crate::scenario::plain_numbers::meant;

/// Operation of an edit on the number behind it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Operator {
    /// `=`
    Set,
    /// `+=`
    Add,
    /// `*=`
    Multiply,
}

impl Operator {
    /// Returns what it makes of a number with another one.
    pub fn on(self, old: f64, x: f64) -> f64 {
        match self {
            Self::Set => x,
            Self::Add => old + x,
            Self::Multiply => old * x,
        }
    }
}

/// Splits an edit into its address, its operator and its value.
pub fn split(edit: &str) -> Result<(&str, Operator, &str), EditReason> {
    let at = edit.find('=').ok_or(EditReason::Form)?;
    let (before, value) = (&edit[..at], edit[at + 1..].trim());
    if value.is_empty() || value.starts_with('=') {
        return Err(EditReason::Form);
    }
    if value.starts_with("+ ") || value.starts_with('*') {
        let operator = if value.starts_with('+') { '+' } else { '*' };
        let (address, value) = (before.trim().to_owned(), value[1..].trim().to_owned());
        return Err(EditReason::OperatorReversed { operator, address, value });
    }
    if before.ends_with('-') {
        let address = before.trim_end_matches('-').trim().to_owned();
        return Err(EditReason::Subtracts { address, value: value.to_owned() });
    }
    if before.ends_with('/') {
        return Err(EditReason::Divides);
    }
    let (address, operator) = match (before.strip_suffix('+'), before.strip_suffix('*')) {
        (Some(address), _) => (address, Operator::Add),
        // The star of `weight.* = 1` is no operator: one stands behind a blank or a name.
        (_, Some(address)) if !address.trim_end().ends_with('.') => (address, Operator::Multiply),
        _ => (before, Operator::Set),
    };
    Ok((address.trim(), operator, value))
}

/// Reads a finite number.
pub fn number(text: &str) -> Result<f64, EditReason> {
    let no_number = |_| match meant(text) {
        Some(problem) => EditReason::Text(TextError::new(vec![problem])),
        None => EditReason::NoNumber(text.to_owned()),
    };
    let number: f64 = text.parse().map_err(no_number)?;
    if number.is_finite() { Ok(number) } else { Err(EditReason::NotFinite(text.to_owned())) }
}
