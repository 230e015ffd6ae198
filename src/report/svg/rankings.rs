//! Full rankings: a dot an area at its expected rank, between the ranks that hold 90% of the draws.

use super::intervals::{Mark, Row, rows};
use super::kit::{Colour, Form};
use super::picture::Picture;
use crate::analysis::Rankings;
use crate::report::wording::findings;
use crate::report::wording::number::expected;
use crate::scenario::Scenario;

const DOT: Colour = [0, 114, 178];

/// Draws the expected rank of each area, the first on top.
pub fn rankings(scenario: &Scenario, found: &Rankings, form: Form) -> Picture {
    let n = found.areas.len() as f64;
    let number = |area: usize| expected(&found.areas[area].expected, (1.0, n));
    let row = |&area: &usize| {
        let rank = &found.areas[area];
        let [low, high] = rank.range.map(|rank| rank as f64);
        Row {
            label: scenario.areas()[area].name.clone(),
            mark: Mark::Dot { at: rank.expected.mean, low, high, colour: DOT },
            number: number(area),
        }
    };
    let panel: Vec<Row> = found.by_rank.iter().map(row).collect();
    let tick = |at: f64, decimals: usize| if decimals == 0 { at.to_string() } else { String::new() };
    let (drawing, size) = rows(&panel, ((1.0, n), 1.0), &tick, form);
    let reading = "Expected rank of each area (dot and number), and the ranks that hold the middle 90% of the draws; rank 1 is first.";
    let said: Vec<String> = panel.iter().map(|row| format!("{} {}", row.label, row.number)).collect();
    let largest_mcse = found.top.iter().map(|order| order.estimate.mcse).fold(0.0, f64::max);
    Picture {
        name: "rankings".into(),
        finding: finding(scenario, found),
        words: format!("{reading} {}.", said.join("; ")),
        reading: reading.into(),
        drawing,
        size,
        foot: findings::provenance_line(scenario, found.run, largest_mcse),
    }
}

/// Says which areas have the best and the worst expected rank.
fn finding(scenario: &Scenario, found: &Rankings) -> String {
    let n = found.areas.len() as f64;
    let area = |&area: &usize| {
        format!("{} ({})", scenario.areas()[area].name, expected(&found.areas[area].expected, (1.0, n)))
    };
    match &found.by_rank[..] {
        [first, .., last] => format!("Best expected rank: {}; worst: {}", area(first), area(last)),
        _ => "One area has the only rank".into(),
    }
}
