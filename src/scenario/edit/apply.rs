//! Edits of the parts of a scenario, which are not checked here.

use super::edited::Edited;
use super::error::EditReason;
use super::text::{Operator, number, split};
use super::value::{Change, Move};
use crate::distribution::{Dist, Exact};
use crate::plain::shortened;
use crate::scenario::read::{self, Role};
use crate::scenario::suggest::suggest;
use crate::scenario::touched::{Part, Touched};
use crate::scenario::world::{OutcomeProbability, StatedProbability, WorldVariable};
use crate::scenario::{
    Address, AddressError, Residual, Scenario, SharedInput, Spread, Target, Value, WeightDistribution, limit,
};
use std::cell::RefCell;

/// Operation and value of an edit.
pub(super) struct Said<'e> {
    operator: Operator,
    value: &'e str,
    /// The index of the input that is added.
    added: Option<usize>,
    /// The value as it was read last, for numbers of this role.
    read: RefCell<Option<(Role, Value)>>,
}

impl Said<'_> {
    /// Returns what it does to a value.
    pub(super) fn change(&self, scenario: &Scenario, role: Role) -> Result<Change, EditReason> {
        match (self.operator, self.added) {
            (_, Some(added)) => Ok(Change::AddInput(added)),
            (Operator::Set, _) => Ok(Change::Set(self.read_as(scenario, role)?)),
            (Operator::Add, _) => Ok(Change::Add(number(self.value)?)),
            (Operator::Multiply, _) => Ok(Change::Multiply(number(self.value)?)),
        }
    }

    /// Reads the value, once for many numbers of a role.
    fn read_as(&self, scenario: &Scenario, role: Role) -> Result<Value, EditReason> {
        let mut last = self.read.borrow_mut();
        match &*last {
            Some((of, value)) if *of == role => Ok(value.clone()),
            _ => {
                let value = read::value(self.value, scenario, role)?;
                Ok(last.insert((role, value)).1.clone())
            }
        }
    }
}

/// The part of a scenario that a target is, or is a branch of.
fn part(target: &Target) -> Part {
    match *target {
        Target::Weight(k, _) => Part::Weight(k),
        Target::Score(k, i, _) => Part::Score(k, i),
        Target::Input(n) => Part::Input(n),
        Target::Discount(n, _) => Part::Discount(n),
        Target::World(world, ..) => Part::World(world),
        Target::ScoreSpread => Part::ScoreSpread,
        Target::WeightSpread => Part::WeightSpread,
        Target::Residual => Part::Residual,
        // Claims count the members of groups, and patterns of addresses name them.
        Target::Group(_) | Target::Clock(..) | Target::ClockOfAreas(..) => Part::Everything,
    }
}

impl Edited {
    /// Makes one edit, and returns what it touched, which is not checked yet.
    pub(super) fn make(&mut self, edit: &str) -> Result<Touched, EditReason> {
        let scenario = &self.scenario;
        if edit.trim() == "drop clock" {
            self.scenario.drop_clock()?;
            return Ok(Part::Everything.into());
        }
        if let Some(factor) = edit.trim().strip_prefix("drop ") {
            let Some(index) = scenario.factors.iter().position(|f| f.id == factor.trim()) else {
                let ids: Vec<&str> = scenario.factors.iter().map(|f| f.id.as_str()).collect();
                let help = suggest(factor.trim(), &ids, "there are");
                let unknown = AddressError::UnknownId { noun: "factor", id: shortened(factor.trim()), help };
                return Err(unknown.into());
            };
            self.drop_factor(index)?;
            return Ok(Part::Everything.into());
        }
        let (address, operator, value) = split(edit)?;
        let targets = scenario.targets(address)?;
        if targets.len() * value.len() > limit::BYTES {
            return Err(EditReason::TooLong { letters: value.len(), targets: targets.len() });
        }
        let mut touched: Touched = targets.iter().map(part).collect();
        // A distribution that is added is one input, shared by all that is addressed.
        let added = match operator {
            Operator::Add if value.parse::<f64>().is_err() => {
                let dist = scenario.read_dist(value)?;
                let input = self.scenario.add_input(dist);
                touched.insert(Part::Input(input));
                Some(input)
            }
            _ => None,
        };
        let said = Said { operator, value, added, read: RefCell::new(None) };
        for target in targets {
            self.apply(&target, &said)?;
        }
        if said.added.is_some() && self.scenario.nests_deeply() {
            touched.insert(Part::Everything);
        }
        Ok(touched)
    }

    fn apply(&mut self, target: &Target, said: &Said<'_>) -> Result<(), EditReason> {
        let Said { operator, value, .. } = *said;
        match target {
            Target::Weight(k, branch) => self.weight(*k, branch, said)?,
            Target::Score(k, i, branch) => self.score((*k, *i), branch, said)?,
            Target::Discount(n, branch) => {
                let change = said.change(&self.scenario, Role::Share)?;
                let address = Address::Discount(self.scenario.discounts[*n].id.clone());
                let mut new = self.scenario.discounts[*n].by.clone();
                self.change(&mut new, branch, &change, (0.0, 1.0), &address)?;
                self.scenario.discounts[*n].by = new;
            }
            Target::Input(n) => {
                let mut new = Value::Written(self.scenario.inputs[*n].dist.clone());
                let change = said.change(&self.scenario, Role::Score { spread: None, scale: None })?;
                if matches!(change, Change::AddInput(_)) {
                    return Err(EditReason::AddsDistribution);
                }
                let address = Address::Input(self.scenario.inputs[*n].id.clone());
                self.change(&mut new, &[], &change, (f64::NEG_INFINITY, f64::INFINITY), &address)?;
                // What else a value may be stands for no input: it names inputs itself, or worlds.
                let dist = new.dist().ok_or(EditReason::NoDistribution)?;
                self.scenario.inputs[*n].dist = dist.clone();
            }
            Target::World(world, outcome, branch) => self.probability(*world, *outcome, branch, said)?,
            Target::ScoreSpread => {
                self.scenario.score_spread = spread(self.scenario.score_spread, operator, value)?;
            }
            Target::WeightSpread => {
                self.scenario.weight_spread = spread(self.scenario.weight_spread, operator, value)?;
            }
            Target::Residual => {
                let old = self.scenario.residual.unwrap_or(Residual { sd: 0.0, all: 0.0, group: 0.0 });
                let sd = operator.on(old.sd, number(value)?);
                if sd < 0.0 {
                    return Err(EditReason::NegativeResidual(sd));
                }
                self.scenario.residual = (sd > 0.0).then_some(Residual { sd, ..old });
            }
            Target::Group(area) => {
                let (name, groups) = (value.trim_matches('"'), &self.scenario.groups);
                let group = groups.iter().position(|group| group.id == name);
                let (Some(group), Operator::Set) = (group, operator) else {
                    let ids: Vec<&str> = groups.iter().map(|group| group.id.as_str()).collect();
                    return Err(EditReason::NoGroup { help: suggest(name, &ids, "there are") });
                };
                self.scenario.areas[*area].group = group;
            }
            Target::Clock(field, branch) => self.clock_value(*field, branch, said)?,
            Target::ClockOfAreas(field, key, branch) => self.clock_of_areas(*field, key, branch, said)?,
        }
        Ok(())
    }

    fn weight(&mut self, k: usize, branch: &[String], said: &Said<'_>) -> Result<(), EditReason> {
        let scenario = &self.scenario;
        let change = said.change(scenario, Role::Weight { spread: scenario.weight_spread })?;
        if matches!(change, Change::AddInput(_)) {
            return Err(EditReason::AddsDistribution);
        }
        let address = Address::Weight { factor: scenario.factors[k].id.clone() };
        let mut new = scenario.stated_weight(k)?;
        self.change(&mut new, branch, &change, (0.0, f64::INFINITY), &address)?;
        if let WeightDistribution::Dirichlet { means, .. } = &mut self.scenario.weight_law {
            let exact = new.dist().and_then(Dist::exact);
            means[k] = exact.ok_or(EditReason::MeanShare { address })?;
        }
        self.scenario.factors[k].weight = new;
        Ok(())
    }

    fn score(
        &mut self,
        (k, i): (usize, usize),
        branch: &[String],
        said: &Said<'_>,
    ) -> Result<(), EditReason> {
        let scenario = &self.scenario;
        let factor = &scenario.factors[k];
        let scale = scenario.scale.filter(|_| factor.value.is_none());
        let change = said.change(scenario, Role::Score { spread: scenario.score_spread, scale })?;
        let address = Address::Score { factor: factor.id.clone(), area: scenario.areas[i].id.clone() };
        let bounds = scale.map_or((f64::NEG_INFINITY, f64::INFINITY), |scale| (scale.min, scale.max));
        let mut new = factor.scores[i].clone();
        self.change(&mut new, branch, &change, bounds, &address)?;
        self.scenario.factors[k].scores[i] = new;
        Ok(())
    }

    fn probability(
        &mut self,
        world: usize,
        outcome: usize,
        branch: &[String],
        said: &Said<'_>,
    ) -> Result<(), EditReason> {
        let scenario = &self.scenario;
        let given = scenario.worlds[world].given.map(|given| &scenario.worlds[given].outcomes);
        let row = match (branch, given) {
            ([], _) => None,
            ([name], Some(outcomes)) => {
                let row = outcomes.iter().position(|outcome| outcome == name);
                Some(row.ok_or_else(|| EditReason::NoOutcome(name.clone()))?)
            }
            _ => return Err(EditReason::NoOtherWorld),
        };
        let dist = if said.operator == Operator::Set {
            scenario.read_dist(said.value)?
        } else {
            Exact::new(number(said.value)?)?.into()
        };
        self.world(world, outcome, row, said.operator, &dist)
    }

    /// Removes a factor, and with it what is about that factor alone: edits of levers and correlations.
    fn drop_factor(&mut self, index: usize) -> Result<(), EditReason> {
        let factor = self.scenario.factors.remove(index);
        self.scenario.weight_law = self.scenario.weight_law.without(index)?;
        let names = |address: &Address| match address {
            Address::Weight { factor: id } | Address::Score { factor: id, .. } => *id == factor.id,
            _ => false,
        };
        self.scenario.correlations.retain(|stated| !names(&stated.one) && !names(&stated.other));
        let mut levers = std::mem::take(&mut self.scenario.levers);
        for lever in &mut levers {
            for edits in [&mut lever.edits, &mut lever.spillover] {
                edits.retain(|edit| self.scenario.edited(edit).is_ok());
            }
        }
        levers.retain(|lever| !lever.edits.is_empty());
        self.scenario.levers = levers;
        Ok(())
    }

    /// Sets or moves the probability of an outcome; the others keep their proportions.
    fn world(
        &mut self,
        world: usize,
        outcome: usize,
        row: Option<usize>,
        operator: Operator,
        dist: &Dist,
    ) -> Result<(), EditReason> {
        let WorldVariable { id, outcomes, chances, .. } = &mut self.scenario.worlds[world];
        let address = format!("world.{id}.{}", outcomes[outcome]);
        for (index, row_of) in chances.iter_mut().enumerate() {
            if row.is_some_and(|row| row != index) {
                continue;
            }
            let old = row_of[outcome].probability;
            if let (Operator::Set, None) = (operator, dist.exact()) {
                let [_, _] = row_of[..] else {
                    return Err(EditReason::SeveralOutcomes { address });
                };
                row_of[outcome] = OutcomeProbability {
                    probability: dist.mean(),
                    written: StatedProbability::Uncertain(dist.clone()),
                };
                row_of[1 - outcome] =
                    OutcomeProbability { probability: 1.0 - dist.mean(), written: StatedProbability::Rest };
                continue;
            }
            let x = dist.exact().expect("only a number is added to a probability, or multiplies one");
            let p = operator.on(old, x);
            if operator == Operator::Set && !(0.0..=1.0).contains(&p) {
                return Err(EditReason::Probability(p));
            }
            self.moved += usize::from(operator != Operator::Set);
            let inside = p.clamp(0.0, 1.0);
            if inside != p {
                self.warnings.push(format!("{address} would be {p:.4} and stays at {inside}"));
            }
            let n = row_of.len();
            if n == 1 && inside != 1.0 {
                return Err(EditReason::OnlyOutcome { address });
            }
            for (other, chance) in row_of.iter_mut().enumerate() {
                chance.written = StatedProbability::Number;
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

impl Scenario {
    /// Returns how many numbers an edit changes or has read again; 1 for an edit that cannot be made.
    pub(in crate::scenario) fn n_changes(&self, edit: &str) -> usize {
        let all = || self.factors.len() * (self.areas.len() + 1);
        if edit.trim().starts_with("drop ") {
            return all();
        }
        let of = |target: &Target| match target {
            Target::Group(_) | Target::ScoreSpread | Target::WeightSpread => all(),
            _ => 1,
        };
        let targets = split(edit).ok().and_then(|(address, ..)| self.targets(address).ok());
        targets.map_or(1, |targets| targets.iter().map(of).sum())
    }

    /// Adds an input of a distribution, and returns its index.
    fn add_input(&mut self, dist: Dist) -> usize {
        let index = self.inputs.len();
        let free = |n: &usize| self.inputs.iter().all(|input| input.id != format!("edit_{n}"));
        let number = (1..=index + 1).find(free).expect("one of so many is free");
        self.inputs.push(SharedInput { id: format!("edit_{number}"), dist });
        index
    }

    /// Returns what is stated of the weight of a factor, which is what an edit changes.
    pub(in crate::scenario) fn stated_weight(&self, k: usize) -> Result<Value, EditReason> {
        match &self.weight_law {
            WeightDistribution::Independent => Ok(self.factors[k].weight.clone()),
            // What a factor weighs on average is a share; what was stated need not be one.
            WeightDistribution::Dirichlet { means, .. } => Ok(Value::Written(Exact::new(means[k])?.into())),
            _ => Err(EditReason::DrawnWeights { law: self.law() }),
        }
    }

    /// Reads a distribution that depends on nothing.
    pub(super) fn read_dist(&self, text: &str) -> Result<Dist, EditReason> {
        let role = Role::Score { spread: None, scale: None };
        match read::value(text, self, role)? {
            Value::Written(dist) | Value::Central { dist, .. } => Ok(dist),
            _ => Err(EditReason::NoDistribution),
        }
    }

    /// Returns true if a score stands on so many shared inputs that its text may nest too deeply to be read.
    fn nests_deeply(&self) -> bool {
        /// A quarter of what RON takes.
        const MOST: usize = 16;
        let mut scores = self.factors.iter().flat_map(|factor| &factor.scores);
        scores.any(|score| {
            let mut n = 0;
            score.visit(&mut |value| n += usize::from(matches!(value, Value::Relative { .. })));
            n > MOST
        })
    }
}

/// Returns the reason for which a spread cannot be moved, if it cannot.
pub fn spread_refusal(old: Option<Spread>, by: Move) -> Option<EditReason> {
    let operator = match by {
        Move::Add => Operator::Add,
        Move::Multiply => Operator::Multiply,
    };
    spread(old, operator, "1").err()
}

/// Returns a spread after an edit.
fn spread(old: Option<Spread>, operator: Operator, value: &str) -> Result<Option<Spread>, EditReason> {
    match (operator, old) {
        (Operator::Set, _) => Ok(Some(read::spread(value)?)),
        (Operator::Multiply, Some(old)) => {
            let factor = number(value)?;
            if factor > 0.0 { Ok(Some(old.widened(factor))) } else { Err(EditReason::NarrowedSpread) }
        }
        (Operator::Multiply, None) => Err(EditReason::NoSpread),
        (Operator::Add, _) => Err(EditReason::AddsToSpread),
    }
}
