//! Levers: a dot with its error for what each does to a claim.

use super::intervals::{Mark, Row, rows};
use super::kit::{Drawing, LABEL, Picture};
use crate::analysis::{Change, ScenarioChange};
use crate::report::wording::findings;
use crate::report::wording::number::{percent, percentage_points};
use crate::sampler::Run;
use crate::scenario::Scenario;

/// The claims that get a panel: those that move the most.
const MOST: usize = 4;
const SETTLED: [u8; 3] = [0, 114, 178];
const OPEN: [u8; 3] = [150, 150, 150];

/// Draws what each changed scenario does to the claims that it moves the most.
pub fn levers(scenario: &Scenario, compared: &[ScenarioChange], run: Run) -> Picture {
    let claims = findings::most_moved(compared, MOST);
    let n = compared.first().map_or(0, |first| first.claims.len());
    let chosen = if claims.len() < n {
        format!(" The {} of {n} claims that move the most.", claims.len())
    } else {
        String::new()
    };
    let (mut out, mut size, mut said) = (Drawing::default(), (0.0, 0.0), Vec::new());
    for claim in claims {
        let changes = || compared.iter().map(move |one| &one.claims[claim].change);
        let row = |one: &ScenarioChange| {
            let change = &one.claims[claim].change;
            let Change { difference, low, high, .. } = *change;
            let colour = if change.is_settled() { SETTLED } else { OPEN };
            let number = match change {
                change if change.inert => "inert".into(),
                change if change.is_settled() => percentage_points(change),
                change => format!("({})", percentage_points(change)),
            };
            let mark = Mark::Dot { at: 100.0 * difference, low: 100.0 * low, high: 100.0 * high, colour };
            Row { label: one.name.clone(), mark, number }
        };
        let ends =
            changes().map(|change| 100.0 * if change.difference < 0.0 { change.low } else { change.high });
        let range = range(ends.collect());
        let panel: Vec<Row> = compared.iter().map(row).collect();
        let (drawing, (width, height)) = rows(&panel, range, 0.0, &signed);
        let about = &compared[0].claims[claim];
        let heading = format!("{} ({} as it stands)", about.text, percent(&about.from));
        let lines = LABEL.bold().wrap(&heading, width, 3);
        out.lines((0.0, size.1 + 14.0), LABEL.bold(), &lines);
        size.1 += 12.0 + lines.len() as f64 * LABEL.leading();
        out.add((0.0, size.1), &drawing);
        size = (f64::max(size.0, width), size.1 + height + 12.0);
        let parts = panel.iter().map(|row| format!("{} {}", row.label, row.number));
        said.push(format!("{heading}: {}", parts.collect::<Vec<_>>().join(", ")));
    }
    let reading = format!(
        "Change of the probability in percentage points, with its 95% interval, on the same draws. Grey and in parentheses: not \
         told from 0. An arrow: beyond the axis, by the number beside it.{chosen}"
    );
    Picture {
        name: "levers".into(),
        finding: findings::levers(scenario, compared),
        words: format!("{reading} {}.", said.join("; ")),
        reading,
        drawing: out,
        size,
        foot: findings::provenance_line(scenario, run, findings::largest_mcse(compared)),
    }
}

/// From the farthest change below zero to the farthest above; one that is far beyond all others, as all levers together are,
/// does not squeeze them.
fn range(mut ends: Vec<f64>) -> (f64, f64) {
    const FAR: f64 = 4.0;
    ends.sort_by(|a, b| b.abs().total_cmp(&a.abs()));
    if let [first, second, ..] = ends[..]
        && second != 0.0
        && first.abs() > FAR * second.abs()
    {
        ends.remove(0);
    }
    (ends.iter().copied().fold(0.0, f64::min), ends.iter().copied().fold(0.0, f64::max))
}

fn signed(at: f64, decimals: usize) -> String {
    if at == 0.0 { "0".into() } else { format!("{at:+.decimals$}") }
}
