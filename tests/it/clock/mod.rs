//! The clock: dates, against cases of 40 digits, closed forms, and counts of another program.

mod exact;
mod fixed;
mod invariances;
mod messages;
mod seed;

use headstart::Control;
use headstart::Scenario;
use headstart::analysis::{Dates, Instant, PlaceDates, ThresholdDates, dates};
use headstart::sampler::Run;
use headstart::scenario::Marker;
use serde_json::Value;

fn data(name: &str) -> Value {
    serde_json::from_str(&crate::support::read(&format!("tests/data/clock/{name}.json"))).unwrap()
}

fn scenario(ron: &str) -> Scenario {
    Scenario::from_ron("test.ron", ron).unwrap_or_else(|problems| panic!("{problems}"))
}

fn drawn(scenario: &Scenario, draws: u64) -> Dates {
    let run = Run { draws, ..Run::default() };
    dates(scenario, run, Control::none()).unwrap().expect("the scenario has a clock")
}

fn threshold(dates: &Dates, k: f64) -> &ThresholdDates {
    dates.thresholds.iter().find(|threshold| threshold.at == k).expect("it is a threshold")
}

fn area<'a>(dates: &'a ThresholdDates, scenario: &Scenario, id: &str) -> &'a PlaceDates {
    let area = scenario.areas().iter().position(|area| area.id == id).expect("there is such an area");
    dates.places.iter().find(|place| place.place == Marker::Area(area)).unwrap()
}

fn year(instant: Instant) -> f64 {
    match instant {
        Instant::Start => f64::NEG_INFINITY,
        Instant::Year(year) => year,
        _ => f64::INFINITY,
    }
}

/// Two areas, one per group, with these scores on one factor of weight 1, and a clock of these fields.
fn two(scores: &str, clock: &str) -> String {
    format!(
        "Scenario(title: \"t\", groups: [(id: \"safety\"), (id: \"capabilities\")], \
         areas: [(id: \"a\", group: \"safety\"), (id: \"b\", group: \"capabilities\")], \
         factors: [(id: \"f\", weight: Exact(1), scores: [{scores}])], clock: ({clock}))"
    )
}

const PLAIN: &str = "start: 2026, until: 2046, thresholds: [3, 10], anchor: (amenability: 6.45, automated: 0.9, \
                     after: 6), doubling: 6, rise: 14, per_point: 2";
