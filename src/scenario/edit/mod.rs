//! Edits: one change to a scenario, `<address> = <value>`, `+= x`, `*= x`, or `drop <factor>`. A lever, a variant, a
//! sweep point and the command line all make the same edits.

mod change;
mod scaled;

use super::read::{self, Role};
use super::target::Target;
use super::{Address, NamedClaim, Residual, Scenario, SharedInput, Value, WeightLaw, limit};
use crate::distribution::{Dist, Exact};
use change::spread;

/// What an edit does to a value.
#[derive(Clone, Debug)]
enum Change {
    Set(Value),
    Add(f64),
    Multiply(f64),
    /// Adds a shared input (its index).
    AddInput(usize),
}

/// A scenario after edits, and what should be known of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// The scenario.
    pub scenario: Scenario,
    /// Numbers that an edit would have moved off the scale, and that stayed at its end, each with its address.
    pub warnings: Vec<String>,
    /// How many numbers were added to or multiplied, those among them.
    pub moved: usize,
}

impl Scenario {
    /// The scenario after edits, one after the other, checked again as if it had been written so.
    ///
    /// # Errors
    /// The first edit that cannot be made, and why.
    pub fn with_edits<S: AsRef<str>>(&self, edits: &[S]) -> Result<Edited, String> {
        let mut edited = Edited { scenario: self.clone(), warnings: Vec::new(), moved: 0 };
        for edit in edits {
            let edit = edit.as_ref();
            let explain =
                |why: String| format!("the edit `{}` cannot be made: {why}", shortened(edit.trim()));
            let next = edited.scenario.edited(edit).map_err(explain)?;
            edited.scenario = next.scenario.checked_again().map_err(explain)?;
            edited.warnings.extend(next.warnings);
            edited.moved += next.moved;
        }
        Ok(edited)
    }

    /// What should be said of edits that move numbers to the ends of the scale, where they stop: nothing if none does.
    ///
    /// # Errors
    /// The first edit that cannot be made, and why.
    pub fn stopped<S: AsRef<str>>(&self, edits: &[S]) -> Result<Option<String>, String> {
        let Edited { warnings, moved, .. } = self.bare().with_edits(edits)?;
        Ok((!warnings.is_empty()).then(|| {
            let n = warnings.len();
            format!("{n} of the {moved} numbers that it moves would leave their range, and stop at its end")
        }))
    }

    /// The scenario that its own canonical text says.
    pub(super) fn checked_again(&self) -> Result<Self, String> {
        // Claims that were asked for in words have those for ids, which no file could have.
        let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
        let (written, asked): (Vec<NamedClaim>, Vec<NamedClaim>) =
            self.claims.iter().cloned().partition(|claim| claim.id.chars().all(is_id));
        let text = Self { claims: written, ..self.clone() }.to_ron();
        let mut checked = read::again(&text).map_err(|problems| {
            let all: Vec<String> = problems.iter().take(3).map(|problem| problem.message.clone()).collect();
            all.join("; ")
        })?;
        checked.claims.extend(asked);
        Ok(checked)
    }

    /// The scenario after one edit, not checked again.
    pub(super) fn edited(&self, edit: &str) -> Result<Edited, String> {
        let mut edited = Edited { scenario: self.clone(), warnings: Vec::new(), moved: 0 };
        if let Some(factor) = edit.trim().strip_prefix("drop ") {
            let Some(index) = self.factors.iter().position(|f| f.id == factor.trim()) else {
                let ids: Vec<&str> = self.factors.iter().map(|f| f.id.as_str()).collect();
                return Err(format!(
                    "there is no factor `{}`; {}",
                    factor.trim(),
                    read::suggest(factor.trim(), &ids, "there are")
                ));
            };
            edited.drop_factor(index)?;
            return Ok(edited);
        }
        let (address, operator, value) = split(edit)?;
        let targets = self.targets(address)?;
        if targets.len() * value.len() > limit::BYTES {
            return Err(format!(
                "{} letters for each of {} numbers are too much",
                value.len(),
                targets.len()
            ));
        }
        // A distribution that is added is one input, shared by all that is addressed.
        let added = match operator {
            Operator::Add if value.parse::<f64>().is_err() => {
                let dist = edited.scenario.read_dist(value)?;
                let free = |n: &usize| self.inputs.iter().all(|input| input.id != format!("edit_{n}"));
                let number = (1..=self.inputs.len() + 1).find(free).expect("one of so many is free");
                let id = format!("edit_{number}");
                edited.scenario.inputs.push(SharedInput { id, dist });
                Some(Change::AddInput(self.inputs.len()))
            }
            _ => None,
        };
        for target in targets {
            edited.apply(&target, operator, value, added.as_ref())?;
        }
        Ok(edited)
    }

    /// What is stated of the weight of a factor, which is what an edit changes.
    fn stated_weight(&self, k: usize) -> Result<Value, String> {
        match &self.weight_law {
            WeightLaw::Independent => Ok(self.factors[k].weight.clone()),
            // What a factor weighs on average is a share; what was stated need not be one.
            WeightLaw::Dirichlet { means, .. } => Exact::new(means[k])
                .map(|mean| Value::Written(mean.into()))
                .map_err(|error| error.to_string()),
            _ => Err(format!(
                "the weights are drawn by the law {:.40}, so none is a number of its own",
                self.law()
            )),
        }
    }

    fn read_dist(&self, text: &str) -> Result<Dist, String> {
        let role = Role::Score { spread: None, scale: None };
        match read::value(text, self, role)? {
            Value::Written(dist) | Value::Central { dist, .. } => Ok(dist),
            _ => Err("expected a number or a distribution".into()),
        }
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Operator {
    Set,
    Add,
    Multiply,
}

impl Operator {
    /// What it makes of a number with another one.
    fn on(self, old: f64, x: f64) -> f64 {
        match self {
            Self::Set => x,
            Self::Add => old + x,
            Self::Multiply => old * x,
        }
    }
}

/// The address, the operator and the value of an edit.
fn split(edit: &str) -> Result<(&str, Operator, &str), String> {
    let form =
        || "expected `<address> = <value>`, `+= <number>`, `*= <number>` or `drop <factor>`".to_owned();
    let at = edit.find('=').ok_or_else(form)?;
    let (before, value) = (&edit[..at], edit[at + 1..].trim());
    if value.is_empty() || value.starts_with('=') {
        return Err(form());
    }
    if value.starts_with("+ ") || value.starts_with('*') {
        let (operator, rest) = value.split_at(1);
        return Err(format!(
            "there is no `={operator}`; write `{} {operator}= {}`",
            before.trim(),
            rest.trim()
        ));
    }
    if before.ends_with('-') {
        return Err(format!("there is no `-=`; write `{} += -{value}`", before.trim_end_matches('-').trim()));
    }
    if before.ends_with('/') {
        return Err("there is no `/=`; write `*=` with one over that number".into());
    }
    let (address, operator) = match (before.strip_suffix('+'), before.strip_suffix('*')) {
        (Some(address), _) => (address, Operator::Add),
        // The star of `weight.* = 1` is no operator: one stands behind a blank or a name.
        (_, Some(address)) if !address.trim_end().ends_with('.') => (address, Operator::Multiply),
        _ => (before, Operator::Set),
    };
    Ok((address.trim(), operator, value))
}

/// As much of a text as a message repeats.
fn shortened(text: &str) -> String {
    const MOST: usize = 200;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn number(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| format!("expected a number, found `{text}`"))?;
    if number.is_finite() { Ok(number) } else { Err(format!("`{text}` is not finite")) }
}

impl Edited {
    fn apply(
        &mut self,
        target: &Target,
        operator: Operator,
        value: &str,
        added: Option<&Change>,
    ) -> Result<(), String> {
        let scenario = &self.scenario;
        let change = |role: Role| -> Result<Change, String> {
            match (operator, added) {
                (_, Some(added)) => Ok(added.clone()),
                (Operator::Set, _) => Ok(Change::Set(read::value(value, scenario, role)?)),
                (Operator::Add, _) => Ok(Change::Add(number(value)?)),
                (Operator::Multiply, _) => Ok(Change::Multiply(number(value)?)),
            }
        };
        match *target {
            Target::Weight(k, ref branch) => {
                let change = change(Role::Weight { spread: scenario.weight_spread })?;
                if matches!(change, Change::AddInput(_)) {
                    return Err("a distribution can be added to scores only".into());
                }
                let address = Address::Weight { factor: scenario.factors[k].id.clone() };
                let mut new = scenario.stated_weight(k)?;
                self.change(&mut new, branch, &change, (0.0, f64::INFINITY), &address)?;
                if let WeightLaw::Dirichlet { means, .. } = &mut self.scenario.weight_law {
                    let exact = new.dist().and_then(Dist::exact);
                    means[k] = exact.ok_or_else(|| {
                        format!("{address} is a mean share of the Dirichlet distribution of the weights: write one number")
                    })?;
                }
                self.scenario.factors[k].weight = new;
            }
            Target::Score(k, i, ref branch) => {
                let factor = &scenario.factors[k];
                let scale = scenario.scale.filter(|_| factor.value.is_none());
                let change = change(Role::Score { spread: scenario.score_spread, scale })?;
                let address =
                    Address::Score { factor: factor.id.clone(), area: scenario.areas[i].id.clone() };
                let bounds = scale.map_or((f64::NEG_INFINITY, f64::INFINITY), |scale| (scale.min, scale.max));
                let mut new = factor.scores[i].clone();
                self.change(&mut new, branch, &change, bounds, &address)?;
                self.scenario.factors[k].scores[i] = new;
            }
            Target::Discount(n, ref branch) => {
                let change = change(Role::Share)?;
                let address = Address::Discount(scenario.discounts[n].id.clone());
                let mut new = scenario.discounts[n].by.clone();
                self.change(&mut new, branch, &change, (0.0, 1.0), &address)?;
                self.scenario.discounts[n].by = new;
            }
            Target::Input(n) => {
                let mut new = Value::Written(scenario.inputs[n].dist.clone());
                let change = change(Role::Score { spread: None, scale: None })?;
                let address = Address::Input(scenario.inputs[n].id.clone());
                self.change(&mut new, &[], &change, (f64::NEG_INFINITY, f64::INFINITY), &address)?;
                if let Some(dist) = new.dist() {
                    self.scenario.inputs[n].dist = dist.clone();
                }
            }
            Target::World(world, outcome, ref branch) => {
                let given = scenario.worlds[world].given.map(|given| scenario.worlds[given].outcomes.clone());
                let row = match (&branch[..], given) {
                    ([], _) => None,
                    ([name], Some(outcomes)) => Some(
                        outcomes
                            .iter()
                            .position(|o| o == name)
                            .ok_or_else(|| format!("there is no outcome `{name}`"))?,
                    ),
                    _ => return Err("this world depends on no other".into()),
                };
                let dist = if operator == Operator::Set {
                    scenario.read_dist(value)?
                } else {
                    Exact::new(number(value)?).map_err(|e| e.to_string())?.into()
                };
                self.world(world, outcome, row, operator, &dist)?;
            }
            Target::ScoreSpread => {
                self.scenario.score_spread = spread(scenario.score_spread, operator, value)?;
            }
            Target::WeightSpread => {
                self.scenario.weight_spread = spread(scenario.weight_spread, operator, value)?;
            }
            Target::Residual => {
                let old = scenario.residual.unwrap_or(Residual { sd: 0.0, all: 0.0, group: 0.0 });
                let sd = operator.on(old.sd, number(value)?);
                if sd < 0.0 {
                    return Err(format!("the standard deviation of the residual would be {sd}"));
                }
                self.scenario.residual = (sd > 0.0).then_some(Residual { sd, ..old });
            }
            Target::Group(area) => {
                let name = value.trim_matches('"');
                let group = scenario.groups.iter().position(|group| group.id == name);
                let (Some(group), Operator::Set) = (group, operator) else {
                    let ids: Vec<&str> = scenario.groups.iter().map(|group| group.id.as_str()).collect();
                    return Err(format!("expected a group; {}", read::suggest(name, &ids, "there are")));
                };
                self.scenario.areas[area].group = group;
            }
        }
        Ok(())
    }
}
