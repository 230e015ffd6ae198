//! The addresses that edits take, each with the operators that it can be changed by, and with the reason where one is refused.

use super::edit::{EditReason, Edited, Move, spread_refusal};
use super::{Address, Scenario, StatedProbability, Value};

/// One address that an edit can name.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Editable {
    /// The address, e.g. `weight.insight` or `weight.scheming_risk[honest]`.
    pub address: String,
    /// Its value, as it stands behind the `=` of an edit that changes nothing; empty where there is none.
    pub value: String,
    /// The operators that it takes, of `=`, `+=` and `*=`.
    pub operators: Vec<&'static str>,
    /// The reason why the other operators are refused, if any is.
    pub refused: Option<EditReason>,
}

impl Editable {
    /// Makes one from the reasons against `+=` and `*=`.
    fn new(
        (address, value): (String, String),
        add: Option<EditReason>,
        multiply: Option<EditReason>,
    ) -> Self {
        let mut operators = vec!["="];
        operators.extend(add.is_none().then_some("+="));
        operators.extend(multiply.is_none().then_some("*="));
        Self { address, value, operators, refused: multiply.or(add) }
    }

    fn any(address: String, value: String) -> Self {
        Self::new((address, value), None, None)
    }
}

impl Scenario {
    /// Returns every address that an edit can name: weights, scores, probabilities of outcomes, shared inputs, discounts, spreads, the
    /// residual and groups of areas; of what depends on a world, each branch as well.
    ///
    /// An edit may still be refused for its value, as a negative weight is.
    #[must_use]
    pub fn editable(&self) -> Vec<Editable> {
        let (mut all, mut tried) = (Vec::new(), Edited::of(self.clone()));
        let mut add_value = |all: &mut Vec<Editable>, address: Address, value: &Value| {
            self.add_value(all, &mut tried, &address.to_string(), value);
        };
        for (k, factor) in self.factors.iter().enumerate() {
            let address = Address::Weight { factor: factor.id.clone() };
            match self.stated_weight(k) {
                Ok(weight) => add_value(&mut all, address, &weight),
                Err(why) => all.push(Editable {
                    address: address.to_string(),
                    value: String::new(),
                    operators: Vec::new(),
                    refused: Some(why),
                }),
            }
            for (area, score) in self.areas.iter().zip(&factor.scores) {
                let address = Address::Score { factor: factor.id.clone(), area: area.id.clone() };
                add_value(&mut all, address, score);
            }
        }
        for input in &self.inputs {
            add_value(&mut all, Address::Input(input.id.clone()), &Value::Written(input.dist.clone()));
        }
        for discount in &self.discounts {
            add_value(&mut all, Address::Discount(discount.id.clone()), &discount.by);
        }
        self.add_worlds(&mut all);
        for (address, spread) in [("spread.score", self.score_spread), ("spread.weight", self.weight_spread)]
        {
            let [add, multiply] = [Move::Add, Move::Multiply].map(|by| spread_refusal(spread, by));
            let value = spread.map_or(String::new(), |spread| spread.to_string());
            all.push(Editable::new((address.into(), value), add, multiply));
        }
        let residual = self.residual.map_or(0.0, |residual| residual.sd);
        all.push(Editable::any("residual".into(), residual.to_string()));
        let refused = Some(EditReason::GroupWithoutSize);
        all.extend(self.areas.iter().map(|area| Editable {
            address: format!("group.{}", area.id),
            value: self.groups[area.group].id.clone(),
            operators: vec!["="],
            refused: refused.clone(),
        }));
        all
    }

    /// Adds a value, and each branch of it.
    fn add_value(&self, all: &mut Vec<Editable>, tried: &mut Edited, address: &str, value: &Value) {
        let [add, multiply] = [Move::Add, Move::Multiply].map(|by| tried.refusal(value, by, address));
        all.push(Editable::new((address.to_owned(), self.value(value)), add, multiply));
        if let Value::ByWorld { world, branches } = value {
            for (outcome, branch) in self.worlds[*world].outcomes.iter().zip(branches) {
                self.add_value(all, tried, &format!("{address}[{outcome}]"), branch);
            }
        }
    }

    fn add_worlds(&self, all: &mut Vec<Editable>) {
        for world in &self.worlds {
            for (index, outcome) in world.outcomes.iter().enumerate() {
                let address = format!("world.{}.{outcome}", world.id);
                let value = |row: usize| match &world.chances[row][index].written {
                    StatedProbability::Uncertain(dist) => dist.to_string(),
                    // What is left by the others is no number of its own.
                    StatedProbability::Rest => String::new(),
                    StatedProbability::Number => world.chances[row][index].probability.to_string(),
                };
                if let Some(given) = world.given {
                    let rows = self.worlds[given].outcomes.iter().enumerate();
                    all.extend(rows.map(|(n, row)| Editable::any(format!("{address}[{row}]"), value(n))));
                }
                // Where another world decides, there is a probability in each of its outcomes.
                let value = if world.given.is_none() { value(0) } else { String::new() };
                all.push(Editable::any(address, value));
            }
        }
    }
}
