//! The steps from one clock to another.

use super::Walk;
use crate::scenario::touched::Part;
use crate::scenario::{AreaField, AreaMap, Clock, ClockField};

impl Walk {
    /// Adds a step for each number of the clock that differs; a single one where the clocks differ in more than numbers.
    pub(super) fn clock(&mut self) {
        let (Some(now), Some(target)) = (self.now.clock.clone(), self.target.clock.clone()) else {
            return self.whole_clock();
        };
        if without_numbers(&now) != without_numbers(&target) {
            return self.whole_clock();
        }
        for field in ClockField::ALL {
            let (old, new) = (now.value(field), target.value(field));
            if let (Some(new), true) = (new, old != new) {
                let text = format!("clock.{} = {}", field.path(target.is_dated), self.target.value(new));
                self.step(text, true, |now, target| {
                    if let (Some(now), Some(target)) = (&mut now.clock, &target.clock) {
                        now.values[field as usize].clone_from(&target.values[field as usize]);
                    }
                    Part::Everything.into()
                });
            }
        }
        for field in AreaField::ALL {
            let (old, new) = (now.areas(field).clone(), target.areas(field).clone());
            if old == new {
                continue;
            }
            let changed: Vec<String> = new
                .entries
                .iter()
                .filter(|entry| !old.entries.contains(entry))
                .map(|entry| {
                    format!("clock.{} = {}", field.address(&entry.key), self.target.value(&entry.value))
                })
                .collect();
            let is_edit = changed.len() == 1 && new.entries.len() >= old.entries.len();
            let text =
                if is_edit { changed.concat() } else { format!("other values of clock.{}", field.path()) };
            self.step(text, is_edit, |now, target| {
                if let (Some(now), Some(target)) = (&mut now.clock, &target.clock) {
                    now.by_area[field as usize].clone_from(&target.by_area[field as usize]);
                }
                Part::Everything.into()
            });
        }
    }

    fn whole_clock(&mut self) {
        if self.now.clock != self.target.clock {
            self.step("another clock".into(), false, |now, target| {
                now.clock.clone_from(&target.clock);
                Part::Everything.into()
            });
        }
    }
}

/// The clock without what edits can change.
fn without_numbers(clock: &Clock) -> Clock {
    let mut clock = clock.clone();
    let n = clock.by_area.len();
    clock.by_area = vec![AreaMap::default(); n];
    for (field, value) in ClockField::ALL.into_iter().zip(&mut clock.values) {
        // Feedback can be switched on by an edit, and off as a share of 0.
        if field != ClockField::Amenability {
            *value = None;
        }
    }
    clock
}
