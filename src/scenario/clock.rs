//! The clock of a scenario as data: what turns overall scores into dates.

mod dated;
mod field;
mod of_scenario;
mod text;
mod year;

pub use dated::{DateTarget, Dated, DatedAssert, DatedClaim, Level, When};
pub use field::{AreaField, Bounds, ClockField};
pub use year::{month_and_year, year_of};

use super::Value;

/// A capability clock: with it a scenario says when, and not only in which order.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Clock {
    /// First date, as a decimal year. What is reached earlier counts as reached from the start.
    pub start: f64,
    /// Last date. What is reached later counts as never reached.
    pub until: f64,
    /// Speedups whose dates are asked for, rising, each above 1.
    pub thresholds: Vec<f64>,
    /// Group whose mean overall score is that of the anchor; the anchor has a number of its own if there is none.
    pub anchor_group: Option<usize>,
    /// True if the anchor has a date, and not a number of years after the start.
    pub is_dated: bool,
    /// The values that are no area's, in the order of [`ClockField::ALL`]; nothing where a field is absent.
    pub values: Vec<Option<Value>>,
    /// Largest speedup of AI research that feedback approaches; nothing for no limit.
    pub ceiling: Option<f64>,
    /// The values by area, in the order of [`AreaField::ALL`].
    pub by_area: Vec<AreaMap>,
}

/// Values of a field of the clock for the areas. An area in no entry has the default of the field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AreaMap {
    /// Entries, no two of which have an area in common.
    pub entries: Vec<AreaEntry>,
}

/// One value that some areas share.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AreaEntry {
    /// Pattern of areas as it was written; `*` for all that is left.
    pub key: String,
    /// Indices of the areas.
    pub areas: Vec<usize>,
    /// Value, which is one input.
    pub value: Value,
}

impl AreaEntry {
    /// Returns an entry.
    pub(super) fn new(key: String, areas: Vec<usize>, value: Value) -> Self {
        Self { key, areas, value }
    }
}

impl AreaMap {
    /// Returns the entry that an area is in.
    #[must_use]
    pub fn of(&self, area: usize) -> Option<&AreaEntry> {
        self.entries.iter().find(|entry| entry.areas.contains(&area))
    }
}

impl Clock {
    /// Returns the value of a field, if it has one.
    #[must_use]
    pub fn value(&self, field: ClockField) -> Option<&Value> {
        self.values[field as usize].as_ref()
    }

    /// Returns the values of a field by area.
    #[must_use]
    pub fn areas(&self, field: AreaField) -> &AreaMap {
        &self.by_area[field as usize]
    }

    /// Returns the addresses and values of all numbers of the clock.
    #[must_use]
    pub fn numbers(&self) -> Vec<(String, &Value)> {
        let single = ClockField::ALL
            .into_iter()
            .filter_map(|field| Some((field.path(self.is_dated).to_owned(), self.value(field)?)));
        let by_area = AreaField::ALL.into_iter().flat_map(|field| {
            self.areas(field).entries.iter().map(move |entry| (field.address(&entry.key), &entry.value))
        });
        single.chain(by_area).collect()
    }
}
