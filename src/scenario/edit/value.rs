//! Edits of a value: a score, a weight, a discount or an input.

use super::edited::Edited;
use super::error::EditReason;
use crate::distribution::{Dist, Exact, as_decimal};
use crate::scenario::Value;
use std::fmt::Display;

/// Effect of an edit on a value.
#[derive(Clone, Debug)]
pub enum Change {
    /// Puts another one in its place.
    Set(Value),
    /// Adds to it.
    Add(f64),
    /// Multiplies it.
    Multiply(f64),
    /// Adds a shared input (its index).
    AddInput(usize),
}

/// A way to move a value by an edit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Move {
    /// `+=`
    Add,
    /// `*=`
    Multiply,
}

impl Edited {
    /// Tries to move a value as an edit does, and returns the reason if that is refused.
    pub(in crate::scenario) fn refusal(
        &mut self,
        value: &Value,
        by: Move,
        address: &str,
    ) -> Option<EditReason> {
        // Changes that no number is too large for.
        let change = match by {
            Move::Add => Change::Add(1.0),
            Move::Multiply => Change::Multiply(0.5),
        };
        let everything = (f64::NEG_INFINITY, f64::INFINITY);
        self.change(&mut value.clone(), &[], &change, everything, &address).err()
    }

    /// Changes a value, or the branch of it that is named by its outcomes.
    pub(super) fn change(
        &mut self,
        value: &mut Value,
        branch: &[String],
        change: &Change,
        bounds: (f64, f64),
        address: &dyn Display,
    ) -> Result<(), EditReason> {
        match (value, change) {
            (Value::ByWorld { world, branches }, change) if !branch.is_empty() => {
                let outcomes = &self.scenario.worlds[*world].outcomes;
                let index = outcomes.iter().position(|outcome| *outcome == branch[0]);
                let index = index.ok_or_else(|| EditReason::NoOutcome(branch[0].clone()))?;
                self.change(&mut branches[index], &branch[1..], change, bounds, address)
            }
            (_, _) if !branch.is_empty() => {
                Err(EditReason::NoBranch { address: address.to_string(), branch: branch[0].clone() })
            }
            (value, Change::Set(new)) => {
                *value = new.clone();
                Ok(())
            }
            (Value::ByWorld { branches, .. }, change) => {
                for branch in branches {
                    // What is absent stays absent.
                    if branch.dist().and_then(Dist::exact) != Some(0.0) {
                        self.change(branch, &[], change, bounds, address)?;
                    }
                }
                Ok(())
            }
            (Value::Raters(raters), change) => {
                for (_, value) in raters {
                    self.change(value, &[], change, bounds, address)?;
                }
                Ok(())
            }
            (Value::Relative { by, .. }, Change::Add(_)) => {
                self.change(by, &[], change, (f64::NEG_INFINITY, f64::INFINITY), address)
            }
            (
                value @ (Value::Central { .. } | Value::Written(_) | Value::Relative { .. }),
                Change::AddInput(input),
            ) => {
                *value = Value::Relative { to: *input, by: Box::new(value.clone()) };
                Ok(())
            }
            (Value::Central { number, .. }, change) => {
                self.moved += 1;
                *number = self.clamped(moved(*number, change), bounds, address);
                Ok(())
            }
            (Value::Written(dist), change) => self.move_dist(dist, change, bounds, address),
            (Value::Ref(_) | Value::Relative { .. }, _) => {
                Err(EditReason::MadeOfInput { address: address.to_string() })
            }
        }
    }

    /// Moves a distribution.
    fn move_dist(
        &mut self,
        dist: &mut Dist,
        change: &Change,
        bounds: (f64, f64),
        address: &dyn Display,
    ) -> Result<(), EditReason> {
        self.moved += 1;
        let new = if let Some(number) = dist.exact() {
            Exact::new(self.clamped(moved(number, change), bounds, address)).map(Dist::from)
        } else {
            let (factor, constant) = match change {
                Change::Multiply(factor) if *factor > 0.0 => (*factor, 0.0),
                Change::Add(x) => (1.0, *x),
                _ => return Err(EditReason::NotPositive { address: address.to_string() }),
            };
            dist.linear(factor, constant).ok_or_else(|| EditReason::Immovable {
                address: address.to_string(),
                dist: Box::new(dist.clone()),
            })?
        };
        *dist = new?;
        Ok(())
    }

    /// A number moved to the nearer end of its bounds, with a warning, if it lies outside.
    fn clamped(&mut self, x: f64, (min, max): (f64, f64), address: &dyn Display) -> f64 {
        let inside = x.clamp(min, max);
        if inside != x {
            self.warnings
                .push(format!("{address} would be {x:.4} and stays at {inside}, the end of its range"));
        }
        inside
    }
}

/// Returns a number after a change.
fn moved(number: f64, change: &Change) -> f64 {
    match change {
        Change::Add(x) => as_decimal(number + x),
        Change::Multiply(x) => as_decimal(number * x),
        Change::Set(_) | Change::AddInput(_) => number,
    }
}
