//! Patterns of addresses: `score.feedback.{a,b}`, `weight.*`, `weight.risk[scheming]`, `world.scheming.honest`. One
//! syntax for edits, levers, sweeps, correlations and the command line.

use super::{Address, AddressError, Area, AreaField, ClockField, Group, Scenario, Value};
use crate::plain::shortened;

/// One thing of a scenario that can be edited, by its indices.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Target {
    /// The weight of a factor, or one branch of it.
    Weight(usize, Vec<String>),
    /// The score of an area on a factor, or one branch of it.
    Score(usize, usize, Vec<String>),
    /// A shared input.
    Input(usize),
    /// A discount, or one branch of it.
    Discount(usize, Vec<String>),
    /// The probability of an outcome of a world, or that given an outcome of the world it depends on.
    World(usize, usize, Vec<String>),
    /// The spread of the scores.
    ScoreSpread,
    /// The spread of the weights.
    WeightSpread,
    /// The standard deviation of the residual.
    Residual,
    /// The group of an area.
    Group(usize),
    /// A number of the clock that all areas share, or one branch of it.
    Clock(ClockField, Vec<String>),
    /// A number of the clock of some areas, with the pattern that names them, or one branch of it.
    ClockOfAreas(AreaField, String, Vec<String>),
}

/// Ids that a part of an address may name, with their noun in messages.
struct Part<'a> {
    noun: &'static str,
    ids: Vec<&'a str>,
}

impl Part<'_> {
    /// The indices that a pattern names: an id, `{id,id}` or `*`.
    fn indices(&self, pattern: &str) -> Result<Vec<usize>, AddressError> {
        if pattern == "*" {
            return Ok((0..self.ids.len()).collect());
        }
        let names = pattern.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let names: Vec<&str> = names.map_or(vec![pattern], |names| names.split(',').map(str::trim).collect());
        let index = |name: &str| {
            self.ids.iter().position(|id| *id == name).ok_or_else(|| AddressError::UnknownId {
                noun: self.noun,
                id: shortened(name),
                help: super::suggest::suggest(name, &self.ids, "there are"),
            })
        };
        names.into_iter().map(index).collect()
    }
}

/// The parts of an address between dots; dots inside braces or brackets do not count.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            '.' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// A name and the branches behind it: `risk[scheming]`.
fn branches(text: &str) -> Result<(&str, Vec<String>), AddressError> {
    let Some((name, rest)) = text.split_once('[') else { return Ok((text, Vec::new())) };
    let rest = rest.strip_suffix(']').ok_or_else(|| AddressError::OpenBracket { text: text.to_owned() })?;
    Ok((name, rest.split("][").map(|branch| branch.trim().to_owned()).collect()))
}

/// The areas that a pattern names: an id, `{id,id}`, `@group` or `*`.
///
/// # Errors
/// There is no such area or group.
pub fn areas_of(pattern: &str, areas: &[Area], groups: &[Group]) -> Result<Vec<usize>, AddressError> {
    if let Some(group) = pattern.strip_prefix('@') {
        let ids = groups.iter().map(|group| group.id.as_str()).collect();
        let groups = Part { noun: "group", ids }.indices(group)?;
        let members = |group: usize| (0..areas.len()).filter(move |&area| areas[area].group == group);
        return Ok(groups.into_iter().flat_map(members).collect());
    }
    Part { noun: "area", ids: areas.iter().map(|area| area.id.as_str()).collect() }.indices(pattern)
}

impl Scenario {
    /// Lists the numbers that a pattern of addresses names, at least one.
    ///
    /// # Errors
    /// Returns what is wrong with the pattern.
    pub fn targets(&self, pattern: &str) -> Result<Vec<Target>, AddressError> {
        let pattern = pattern.trim();
        let (pattern, branch) = branches(pattern)?;
        let parts = parts(pattern);
        let factors =
            Part { noun: "factor", ids: self.factors.iter().map(|factor| factor.id.as_str()).collect() };
        let one = |noun: &'static str, ids: Vec<&str>, pattern: &str| Part { noun, ids }.indices(pattern);
        Ok(match parts[..] {
            ["weight", factor] => {
                factors.indices(factor)?.into_iter().map(|k| Target::Weight(k, branch.clone())).collect()
            }
            ["score", factor, area] => {
                let is_factor = |id: &str| self.factors.iter().any(|factor| factor.id == id);
                let is_area = |id: &str| self.areas.iter().any(|area| area.id == id);
                if is_area(factor) && is_factor(area) && !(is_factor(factor) && is_area(area)) {
                    return Err(AddressError::Swapped { text: format!("score.{area}.{factor}") });
                }
                let areas = self.area_pattern(area)?;
                let factors = factors.indices(factor)?.into_iter();
                factors
                    .flat_map(|k| areas.iter().map(move |i| (k, *i)))
                    .map(|(k, i)| Target::Score(k, i, branch.clone()))
                    .collect()
            }
            ["input", id] => {
                let ids = self.inputs.iter().map(|input| input.id.as_str()).collect();
                one("input", ids, id)?.into_iter().map(Target::Input).collect()
            }
            ["discount", id] => {
                let ids = self.discounts.iter().map(|discount| discount.id.as_str()).collect();
                let found = one("discount", ids, id)?.into_iter();
                found.map(|n| Target::Discount(n, branch.clone())).collect()
            }
            ["world", world, outcome] => {
                let ids = self.worlds.iter().map(|world| world.id.as_str()).collect();
                let worlds = one("world", ids, world)?;
                let [world] = worlds[..] else { return Err(AddressError::SeveralWorlds) };
                let ids = self.worlds[world].outcomes.iter().map(String::as_str).collect();
                let found = one("outcome", ids, outcome)?.into_iter();
                found.map(|outcome| Target::World(world, outcome, branch.clone())).collect()
            }
            ["spread", "score"] => vec![Target::ScoreSpread],
            ["spread", "weight"] => vec![Target::WeightSpread],
            ["residual"] => vec![Target::Residual],
            ["group", area] => self.area_pattern(area)?.into_iter().map(Target::Group).collect(),
            ["clock", ref field @ ..] => vec![self.clock_target(&field.join("."), branch, pattern)?],
            _ => {
                return Err(AddressError::NoAddress { text: shortened(pattern) });
            }
        })
    }

    /// The number of the clock that an address behind `clock.` names.
    fn clock_target(&self, field: &str, branch: Vec<String>, pattern: &str) -> Result<Target, AddressError> {
        let clock = self.clock.as_ref().ok_or(AddressError::NoClock)?;
        if let Some(single) = ClockField::ALL.into_iter().find(|one| one.path(clock.is_dated) == field) {
            return match single {
                ClockField::Amenability if clock.anchor_group.is_some() => Err(AddressError::AnchorIsMean),
                _ => Ok(Target::Clock(single, branch)),
            };
        }
        for one in AreaField::ALL {
            if field == one.path() {
                return Ok(Target::ClockOfAreas(one, "*".into(), branch));
            }
            if let Some(areas) = field.strip_prefix(one.path()).and_then(|rest| rest.strip_prefix('.')) {
                self.area_pattern(areas)?;
                return Ok(Target::ClockOfAreas(one, areas.to_owned(), branch));
            }
        }
        Err(AddressError::NoAddress { text: shortened(pattern) })
    }

    /// The areas that a pattern names: an id, `{id,id}`, `@group` or `*`.
    ///
    /// # Errors
    /// There is no such area or group.
    pub fn area_pattern(&self, pattern: &str) -> Result<Vec<usize>, AddressError> {
        areas_of(pattern, &self.areas, &self.groups)
    }

    /// The addresses of uncertain numbers that a pattern names.
    ///
    /// # Errors
    /// The pattern names something else, or a number that is certain.
    pub(super) fn uncertain(&self, pattern: &str) -> Result<Vec<Address>, AddressError> {
        let address = |target: Target| {
            let (address, value) = match target {
                Target::Weight(k, branch) if branch.is_empty() => {
                    let factor = &self.factors[k];
                    (Address::Weight { factor: factor.id.clone() }, Some(&factor.weight))
                }
                Target::Score(k, i, branch) if branch.is_empty() => {
                    let (factor, area) = (&self.factors[k], &self.areas[i]);
                    let address = Address::Score { factor: factor.id.clone(), area: area.id.clone() };
                    (address, Some(&factor.scores[i]))
                }
                Target::Input(n) => (Address::Input(self.inputs[n].id.clone()), None),
                Target::Clock(field, branch) if branch.is_empty() => {
                    let clock = self.clock.as_ref().ok_or(AddressError::NoClock)?;
                    let value = clock.value(field).ok_or(AddressError::NotCorrelated)?;
                    (Address::Clock(field.path(clock.is_dated).to_owned()), Some(value))
                }
                Target::ClockOfAreas(field, key, branch) if branch.is_empty() => {
                    let clock = self.clock.as_ref().ok_or(AddressError::NoClock)?;
                    let entry = clock.areas(field).entries.iter().find(|entry| entry.key == key);
                    let entry = entry.ok_or(AddressError::NotCorrelated)?;
                    (Address::Clock(field.address(&key)), Some(&entry.value))
                }
                _ => return Err(AddressError::NotCorrelated),
            };
            let mut any = value.is_none();
            if let Some(value) = value {
                value.visit(&mut |value: &Value| {
                    any |= value.dist().is_some_and(|dist| dist.exact().is_none());
                });
            }
            if any { Ok(address) } else { Err(AddressError::Certain { address }) }
        };
        self.targets(pattern)?.into_iter().map(address).collect()
    }
}
