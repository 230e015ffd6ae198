//! What an edit does to what it names: values, probabilities, spreads.

use super::{Change, Edited, Operator, number};
use crate::distribution::{Dist, Exact, as_decimal};
use crate::scenario::world::{Chance, World, Written};
use crate::scenario::{Address, Spread, Value, read};

impl Edited {
    /// Removes a factor, and with it what is about that factor alone: edits of levers and correlations.
    pub(super) fn drop_factor(&mut self, index: usize) -> Result<(), String> {
        let factor = self.scenario.factors.remove(index);
        self.scenario.weight_law = self.scenario.weight_law.without(index)?;
        let names = |address: &Address| match address {
            Address::Weight { factor: id } | Address::Score { factor: id, .. } => *id == factor.id,
            _ => false,
        };
        self.scenario.correlations.retain(|stated| !names(&stated.one) && !names(&stated.other));
        let mut levers = std::mem::take(&mut self.scenario.levers);
        for lever in &mut levers {
            for edits in [&mut lever.edits, &mut lever.spill] {
                edits.retain(|edit| self.scenario.edited(edit).is_ok());
            }
        }
        levers.retain(|lever| !lever.edits.is_empty());
        self.scenario.levers = levers;
        Ok(())
    }

    /// Changes a value, or the branch of it that is named by its outcomes.
    pub(super) fn change(
        &mut self,
        value: &mut Value,
        branch: &[String],
        change: &Change,
        bounds: (f64, f64),
        address: &Address,
    ) -> Result<(), String> {
        match (value, change) {
            (Value::ByWorld { world, branches }, change) if !branch.is_empty() => {
                let outcomes = &self.scenario.worlds[*world].outcomes;
                let index = outcomes.iter().position(|outcome| *outcome == branch[0]);
                let index = index.ok_or_else(|| format!("there is no outcome `{}`", branch[0]))?;
                self.change(&mut branches[index], &branch[1..], change, bounds, address)
            }
            (_, _) if !branch.is_empty() => Err(format!("{address} has no branch `{}`", branch[0])),
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
            (Value::Written(dist), change) => {
                self.moved += 1;
                let new = if let Some(number) = dist.exact() {
                    Exact::new(self.clamped(moved(number, change), bounds, address)).map(Dist::from)
                } else {
                    let (factor, constant) = match change {
                        Change::Multiply(factor) if *factor > 0.0 => (*factor, 0.0),
                        Change::Add(x) => (1.0, *x),
                        _ => return Err(format!("{address} can be multiplied only by a number above 0")),
                    };
                    dist.linear(factor, constant).ok_or_else(|| {
                        format!(
                            "{address} is {dist:.4}, a family that cannot be moved; write a new distribution"
                        )
                    })?
                };
                *dist = new.map_err(|error| error.to_string())?;
                Ok(())
            }
            (Value::Ref(_) | Value::Relative { .. }, _) => {
                Err(format!("{address} is made of a shared input; edit input.<id>, or write it anew"))
            }
        }
    }

    /// A number moved to the nearer end of its bounds, with a warning, if it lies outside.
    fn clamped(&mut self, x: f64, (min, max): (f64, f64), address: &Address) -> f64 {
        let inside = x.clamp(min, max);
        if inside != x {
            self.warnings
                .push(format!("{address} would be {x:.4} and stays at {inside}, the end of its range"));
        }
        inside
    }

    /// Sets or moves the probability of an outcome; the others keep their proportions.
    pub(super) fn world(
        &mut self,
        world: usize,
        outcome: usize,
        row: Option<usize>,
        operator: Operator,
        dist: &Dist,
    ) -> Result<(), String> {
        let World { id, outcomes, chances, .. } = &mut self.scenario.worlds[world];
        let address = format!("world.{id}.{}", outcomes[outcome]);
        for (index, row_of) in chances.iter_mut().enumerate() {
            if row.is_some_and(|row| row != index) {
                continue;
            }
            let old = row_of[outcome].probability;
            if let (Operator::Set, None) = (operator, dist.exact()) {
                let [_, _] = row_of[..] else {
                    return Err(format!(
                        "{address} can be uncertain by an edit only where there are two outcomes"
                    ));
                };
                row_of[outcome] =
                    Chance { probability: dist.mean(), written: Written::Uncertain(dist.clone()) };
                row_of[1 - outcome] = Chance { probability: 1.0 - dist.mean(), written: Written::Rest };
                continue;
            }
            let x = dist.exact().expect("only a number is added to a probability, or multiplies one");
            let p = operator.on(old, x);
            if operator == Operator::Set && !(0.0..=1.0).contains(&p) {
                return Err(format!("a probability lies between 0 and 1, and this is {p}"));
            }
            self.moved += usize::from(operator != Operator::Set);
            let inside = p.clamp(0.0, 1.0);
            if inside != p {
                self.warnings.push(format!("{address} would be {p:.4} and stays at {inside}"));
            }
            let n = row_of.len();
            if n == 1 && inside != 1.0 {
                return Err(format!("{address} is the only outcome"));
            }
            for (other, chance) in row_of.iter_mut().enumerate() {
                chance.written = Written::Number;
                if other == outcome {
                    chance.probability = inside;
                } else if old < 1.0 {
                    chance.probability *= (1.0 - inside) / (1.0 - old);
                } else {
                    chance.probability = (1.0 - inside) / (n - 1) as f64;
                }
            }
        }
        Ok(())
    }
}

fn moved(number: f64, change: &Change) -> f64 {
    match change {
        Change::Add(x) => as_decimal(number + x),
        Change::Multiply(x) => as_decimal(number * x),
        Change::Set(_) | Change::AddInput(_) => number,
    }
}

/// A spread after an edit.
pub fn spread(old: Option<Spread>, operator: Operator, value: &str) -> Result<Option<Spread>, String> {
    match (operator, old) {
        (Operator::Set, _) => read::spread(value).map(Some),
        (Operator::Multiply, Some(old)) => {
            let factor = number(value)?;
            if factor > 0.0 {
                Ok(Some(old.widened(factor)))
            } else {
                Err("a spread is widened by a number above 0".into())
            }
        }
        (Operator::Multiply, None) => Err("there is no spread to widen".into()),
        (Operator::Add, _) => Err("a spread can be multiplied or set, not added to".into()),
    }
}
