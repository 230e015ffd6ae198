//! Roles of values: what a number is for, and where it may lie.

use super::node::Node;
use super::reader::Reader;
use crate::error::{Code, Problem};
use crate::scenario::{Bounds, Scale, Spread};

/// Sizes between which a number other than 0 must lie, so that sums and products of numbers stay finite.
const LEAST: f64 = 1e-100;
const GREATEST: f64 = 1e100;

/// Role of a value: its meaning, and the distribution that a bare number becomes.
#[derive(Clone, Copy, PartialEq)]
pub enum Role {
    /// Score of an area on a factor.
    Score {
        /// Spread that a bare number gets.
        spread: Option<Spread>,
        /// Scale that it has to lie on.
        scale: Option<Scale>,
    },
    /// Weight of a factor: nowhere negative.
    Weight {
        /// Spread that a bare number gets.
        spread: Option<Spread>,
    },
    /// A share of something, from 0 to 1; a bare number is exact.
    Share,
    /// A number of the clock; a bare number is exact.
    Clock(Bounds),
}

impl Role {
    /// Returns the role for scores that lie on no scale.
    pub fn without_scale(self) -> Self {
        match self {
            Self::Score { spread, .. } => Self::Score { spread, scale: None },
            other => other,
        }
    }

    /// Returns the bounds of its values, infinite where none are stated.
    pub fn bounds(self) -> (f64, f64) {
        match self {
            Self::Score { scale: Some(scale), .. } => (scale.min, scale.max),
            Self::Score { scale: None, .. } => (f64::NEG_INFINITY, f64::INFINITY),
            Self::Weight { .. } => (0.0, f64::INFINITY),
            Self::Share => (0.0, 1.0),
            Self::Clock(bounds) => (bounds.min, bounds.max),
        }
    }

    /// Returns the name of such a value.
    pub fn name(self) -> &'static str {
        match self {
            Self::Score { .. } => "a score",
            Self::Weight { .. } => "a weight",
            Self::Share => "a share",
            Self::Clock(bounds) => bounds.name,
        }
    }
}

/// Reports a number of the clock that lies outside its bounds.
pub fn outside(reader: &mut Reader, node: Node<'_>, bounds: Bounds, found: &str) {
    let message = format!("{} must be {}; found {found}", bounds.name, bounds.text());
    let help = format!("write a number that is {}", bounds.text());
    reader.report(Problem::new(Code::OutOfRange, node.span(), message).label("out of range").help(help));
}

/// A bare or exact score lies on the scale, a weight not below 0.
pub fn check_in_range(reader: &mut Reader, node: Node<'_>, number: f64, role: Role) -> Option<()> {
    if let Role::Clock(bounds) = role {
        if !bounds.hold(number) {
            outside(reader, node, bounds, &number.to_string());
            return None;
        }
        return Some(());
    }
    let (message, help) = match role {
        Role::Score { scale: Some(scale), .. } if !(scale.min..=scale.max).contains(&number) => (
            format!("the score {number} is outside the scale ({} to {})", scale.min, scale.max),
            "write a score on the scale, or widen the scale",
        ),
        Role::Weight { .. } if number < 0.0 => (
            format!("the weight {number} is negative"),
            "to make a factor count against an area, reverse its scores (for example 11 - x on a 1 to 10 scale)",
        ),
        Role::Share if !(0.0..=1.0).contains(&number) => (
            format!("a share lies between 0 and 1, and this is {number}"),
            "1 leaves everything as it is, 0 leaves nothing",
        ),
        _ => return Some(()),
    };
    reader.report(Problem::new(Code::OutOfRange, node.span(), message).label("out of range").help(help));
    None
}

/// Refuses numbers so large or so small that sums of their products would lose their meaning.
pub fn check_size(reader: &mut Reader, node: Node<'_>, numbers: &[f64]) -> Option<()> {
    let size = |x: &&f64| **x != 0.0 && !(LEAST..=GREATEST).contains(&x.abs());
    let Some(number) = numbers.iter().find(size) else { return Some(()) };
    let message = format!("{number:e} is too far from 1 to be computed with");
    let help = format!("change the unit so that all numbers lie between {LEAST:e} and {GREATEST:e}");
    reader.report(Problem::new(Code::OutOfRange, node.span(), message).label("out of range").help(help));
    None
}
