//! The addresses that edits take, each with the operators that it can be changed by, and with the reason where one is refused.

use super::edit::EditReason;
use super::{Address, Scenario, Value, WeightDistribution};
use crate::distribution::Dist;

/// One address that an edit can name.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Editable {
    /// The address, e.g. `weight.insight` or `weight.scheming_risk[honest]`.
    pub address: String,
    /// The operators that it takes, of `=`, `+=` and `*=`.
    pub operators: Vec<&'static str>,
    /// The reason why the other operators are refused, if any is.
    pub refused: Option<EditReason>,
}

impl Editable {
    /// Makes one from the reasons against `+=` and `*=`.
    fn new(address: String, add: Result<(), EditReason>, multiply: Result<(), EditReason>) -> Self {
        let mut operators = vec!["="];
        operators.extend(add.is_ok().then_some("+="));
        operators.extend(multiply.is_ok().then_some("*="));
        Self { address, operators, refused: multiply.err().or(add.err()) }
    }

    fn any(address: String) -> Self {
        Self::new(address, Ok(()), Ok(()))
    }
}

/// A way to move a value.
#[derive(Clone, Copy)]
enum Move {
    Add,
    Multiply,
}

impl Scenario {
    /// Returns every address that an edit can name: weights, scores, probabilities of outcomes, shared inputs, discounts, spreads, the
    /// residual and groups of areas; of what depends on a world, each branch as well.
    ///
    /// An edit may still be refused for its value, as a negative weight is.
    #[must_use]
    pub fn editable(&self) -> Vec<Editable> {
        let mut all = Vec::new();
        for factor in &self.factors {
            let address = Address::Weight { factor: factor.id.clone() }.to_string();
            match self.weight_law {
                WeightDistribution::Independent | WeightDistribution::Dirichlet { .. } => {
                    self.add_value(&mut all, &address, &factor.weight);
                }
                _ => all.push(Editable {
                    address,
                    operators: Vec::new(),
                    refused: Some(EditReason::DrawnWeights { law: self.law() }),
                }),
            }
            for (area, score) in self.areas.iter().zip(&factor.scores) {
                let address = Address::Score { factor: factor.id.clone(), area: area.id.clone() };
                self.add_value(&mut all, &address.to_string(), score);
            }
        }
        for input in &self.inputs {
            let address = Address::Input(input.id.clone()).to_string();
            self.add_value(&mut all, &address, &Value::Written(input.dist.clone()));
        }
        for discount in &self.discounts {
            self.add_value(&mut all, &Address::Discount(discount.id.clone()).to_string(), &discount.by);
        }
        self.add_worlds(&mut all);
        for (address, spread) in [("spread.score", self.score_spread), ("spread.weight", self.weight_spread)]
        {
            let add = Err(EditReason::AddsToSpread);
            let multiply = spread.map(|_| ()).ok_or(EditReason::NoSpread);
            all.push(Editable::new(address.into(), add, multiply));
        }
        all.push(Editable::any("residual".into()));
        let refused = Some(EditReason::GroupWithoutSize);
        all.extend(self.areas.iter().map(|area| Editable {
            address: format!("group.{}", area.id),
            operators: vec!["="],
            refused: refused.clone(),
        }));
        all
    }

    /// Adds a value, and each branch of it.
    fn add_value(&self, all: &mut Vec<Editable>, address: &str, value: &Value) {
        let moved = |by| moves(value, address, by);
        all.push(Editable::new(address.to_owned(), moved(Move::Add), moved(Move::Multiply)));
        if let Value::ByWorld { world, branches } = value {
            for (outcome, branch) in self.worlds[*world].outcomes.iter().zip(branches) {
                self.add_value(all, &format!("{address}[{outcome}]"), branch);
            }
        }
    }

    fn add_worlds(&self, all: &mut Vec<Editable>) {
        for world in &self.worlds {
            for outcome in &world.outcomes {
                let address = format!("world.{}.{outcome}", world.id);
                if let Some(given) = world.given {
                    let rows = self.worlds[given].outcomes.iter();
                    all.extend(rows.map(|row| Editable::any(format!("{address}[{row}]"))));
                }
                all.push(Editable::any(address));
            }
        }
    }
}

/// Returns the reason why a value cannot be moved, if it cannot.
fn moves(value: &Value, address: &str, by: Move) -> Result<(), EditReason> {
    match (value, by) {
        (Value::ByWorld { branches, .. }, _) => branches
            .iter()
            .filter(|branch| branch.dist().and_then(Dist::exact) != Some(0.0))
            .try_for_each(|branch| moves(branch, address, by)),
        (Value::Raters(raters), _) => raters.iter().try_for_each(|(_, value)| moves(value, address, by)),
        (Value::Relative { by: own, .. }, Move::Add) => moves(own, address, by),
        (Value::Ref(_) | Value::Relative { .. }, _) => {
            Err(EditReason::MadeOfInput { address: address.to_owned() })
        }
        (Value::Central { .. }, _) => Ok(()),
        (Value::Written(dist), _) if dist.exact().is_some() => Ok(()),
        (Value::Written(dist), by) => {
            let (factor, constant) = match by {
                Move::Add => (1.0, 1.0),
                Move::Multiply => (2.0, 0.0),
            };
            match dist.linear(factor, constant) {
                Some(_) => Ok(()),
                None => {
                    Err(EditReason::Immovable { address: address.to_owned(), dist: Box::new(dist.clone()) })
                }
            }
        }
    }
}
