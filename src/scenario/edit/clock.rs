//! Edits of the clock.

use super::apply::Said;
use super::edited::Edited;
use super::error::EditReason;
use super::value::Change;
use crate::distribution::{Dist, Exact};
use crate::scenario::read::Role;
use crate::scenario::{AreaEntry, AreaField, AreaMap, Bounds, Clock, ClockField, Scenario, Value};

impl Edited {
    /// Changes a number of the clock that all areas share.
    pub(super) fn clock_value(
        &mut self,
        field: ClockField,
        branch: &[String],
        said: &Said<'_>,
    ) -> Result<(), EditReason> {
        let clock = self.scenario.clock.clone().ok_or(EditReason::NoClock)?;
        let address = format!("clock.{}", field.path(clock.is_dated));
        let old = clock.value(field).cloned().map_or_else(|| exact(0.0), Ok)?;
        let new = self.new_value(old, branch, said, (field.bounds(), &address))?;
        self.clock_mut()?.values[field as usize] = Some(new);
        Ok(())
    }

    /// Changes a number of the clock of some areas: of those that have a value, and of those that have none.
    pub(super) fn clock_of_areas(
        &mut self,
        field: AreaField,
        key: &str,
        branch: &[String],
        said: &Said<'_>,
    ) -> Result<(), EditReason> {
        let areas = self.scenario.area_pattern(key)?;
        let clock = self.scenario.clock.clone().ok_or(EditReason::NoClock)?;
        let old = clock.areas(field);
        let mut map = AreaMap::default();
        let mut left = areas.clone();
        for entry in &old.entries {
            let (inside, outside): (Vec<usize>, Vec<usize>) =
                entry.areas.iter().copied().partition(|area| areas.contains(area));
            left.retain(|area| !inside.contains(area));
            let address = format!("clock.{}", field.address(&entry.key));
            if inside.is_empty() {
                map.entries.push(entry.clone());
                continue;
            }
            let new = self.new_value(entry.value.clone(), branch, said, (field.bounds(), &address))?;
            if outside.is_empty() {
                map.entries.push(AreaEntry::new(entry.key.clone(), inside, new));
                continue;
            }
            // One value that is certain can be had twice; one that is drawn would be two inputs.
            let is_certain = entry.value.dist().and_then(Dist::exact).is_some();
            if !is_certain && entry.key != "*" {
                return Err(EditReason::SharedByAreas { address });
            }
            let named = if inside.len() == areas.len() { key.to_owned() } else { self.pattern(&inside) };
            let rest = if entry.key == "*" { "*".to_owned() } else { self.pattern(&outside) };
            map.entries.push(AreaEntry::new(named, inside, new));
            map.entries.push(AreaEntry::new(rest, outside, entry.value.clone()));
        }
        if !left.is_empty() {
            let address = format!("clock.{}", field.address(key));
            let new = self.new_value(exact(field.default())?, branch, said, (field.bounds(), &address))?;
            let is_new = left.len() == areas.len() && (key != "*" || map.entries.is_empty());
            let named = if is_new { key.to_owned() } else { self.pattern(&left) };
            map.entries.push(AreaEntry::new(named, left, new));
        }
        self.clock_mut()?.by_area[field as usize] = map;
        Ok(())
    }

    fn new_value(
        &mut self,
        old: Value,
        branch: &[String],
        said: &Said<'_>,
        (bounds, address): (Bounds, &str),
    ) -> Result<Value, EditReason> {
        let change = said.change(&self.scenario, Role::Clock(bounds))?;
        if matches!(change, Change::AddInput(_)) {
            return Err(EditReason::AddsDistribution);
        }
        let mut new = old;
        self.change(&mut new, branch, &change, (bounds.min, bounds.max), &address)?;
        Ok(new)
    }

    fn clock_mut(&mut self) -> Result<&mut Clock, EditReason> {
        self.scenario.clock.as_mut().ok_or(EditReason::NoClock)
    }

    fn pattern(&self, areas: &[usize]) -> String {
        let ids: Vec<&str> = areas.iter().map(|&area| self.scenario.areas[area].id.as_str()).collect();
        format!("{{{}}}", ids.join(","))
    }
}

fn exact(number: f64) -> Result<Value, EditReason> {
    Ok(Value::Central { number, dist: Exact::new(number)?.into() })
}

impl Scenario {
    /// Removes the clock, and with it the claims and assertions about dates and the correlations of its numbers.
    pub(super) fn drop_clock(&mut self) -> Result<(), EditReason> {
        use crate::scenario::Address;
        self.clock.take().ok_or(EditReason::NoClock)?;
        self.dated.clear();
        self.dated_asserts.clear();
        self.targets.clear();
        let is_clock = |address: &Address| matches!(address, Address::Clock(_));
        self.correlations.retain(|stated| !is_clock(&stated.one) && !is_clock(&stated.other));
        let mut levers = std::mem::take(&mut self.levers);
        for lever in &mut levers {
            for edits in [&mut lever.edits, &mut lever.spillover] {
                edits.retain(|edit| self.edited(edit).is_ok());
            }
        }
        levers.retain(|lever| !lever.edits.is_empty());
        self.levers = levers;
        Ok(())
    }
}
