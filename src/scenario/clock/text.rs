//! The canonical text of a clock and of claims about dates.

use super::{AreaField, AreaMap, Clock, ClockField, Dated, DatedClaim, Level};
use crate::scenario::{Scenario, Value};

impl Scenario {
    /// Returns the clock as it is written in the canonical text.
    pub(in crate::scenario) fn clock_text(&self, clock: &Clock) -> String {
        let value = |field: ClockField| clock.value(field).map(|value| self.value(value));
        let required = |field: ClockField| value(field).expect("a clock has all that it must have");
        let amenability = clock
            .anchor_group
            .map_or_else(|| required(ClockField::Amenability), |g| format!("Mean({:?})", self.groups[g].id));
        let date = if clock.is_dated { "date" } else { "after" };
        let thresholds: Vec<String> = clock.thresholds.iter().map(f64::to_string).collect();
        let mut parts = vec![
            format!("start: {}", clock.start),
            format!("until: {}", clock.until),
            format!("thresholds: [{}]", thresholds.join(", ")),
            format!(
                "anchor: (amenability: {amenability}, automated: {}, {date}: {})",
                required(ClockField::Automated),
                required(ClockField::Date)
            ),
            format!("doubling: {}", required(ClockField::Doubling)),
            format!("rise: {}", required(ClockField::Rise)),
            format!("per_point: {}", required(ClockField::PerPoint)),
        ];
        if let Some(share) = value(ClockField::Feedback) {
            let ceiling = clock.ceiling.map_or(String::new(), |ceiling| format!(", ceiling: {ceiling}"));
            parts.push(format!("feedback: (share: {share}{ceiling})"));
        }
        for field in AreaField::ALL {
            let map = clock.areas(field);
            if !map.entries.is_empty() {
                parts.push(format!("{}: {}", field.path(), self.area_map(map)));
            }
        }
        format!("({})", parts.join(", "))
    }

    fn area_map(&self, map: &AreaMap) -> String {
        let entry = |key: &str, value: &Value| format!("{key:?}: {}", self.value(value));
        match &map.entries[..] {
            [only] if only.key == "*" => self.value(&only.value),
            entries => {
                let entries: Vec<String> = entries.iter().map(|e| entry(&e.key, &e.value)).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    /// Returns what a claim about dates says, as it is written in the canonical text.
    pub(in crate::scenario) fn dated_text(&self, named: &DatedClaim) -> String {
        self.dated(&named.claim)
    }

    fn dated(&self, claim: &Dated) -> String {
        let several =
            |all: &[Dated]| all.iter().map(|claim| self.dated(claim)).collect::<Vec<_>>().join(", ");
        match claim {
            Dated::Order(claim) => self.claim(claim),
            Dated::Before { one, other, at, by } => {
                let by = if *by == 0.0 { String::new() } else { format!(", by: {by}") };
                format!(
                    "Before(first: {}, second: {}, at: {}{by})",
                    self.marker(one),
                    self.marker(other),
                    level(*at)
                )
            }
            Dated::Reached { place, at, on } => {
                format!("Reached(place: {}, at: {}, on: {on})", self.marker(place), level(*at))
            }
            Dated::Speedup { place, at_least, on } => {
                format!("Speedup(place: {}, at_least: {at_least}, on: {on})", self.marker(place))
            }
            Dated::All(all) => format!("All([{}])", several(all)),
            Dated::Any(any) => format!("Any([{}])", several(any)),
            Dated::Not(claim) => format!("Not({})", self.dated(claim)),
        }
    }
}

fn level(level: Level) -> String {
    match level {
        Level::Times(k) => k.to_string(),
        Level::Automated(share) => format!("Automated({share})"),
    }
}
