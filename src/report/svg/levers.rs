//! Levers: a dot with its error for what each does to a claim.

use super::intervals::{Mark, Row, rows};
use super::kit::{Drawing, Form, LABEL};
use super::picture::Picture;
use crate::analysis::{Change, ScenarioChange};
use crate::report::wording::number::{percent, percentage_points};
use crate::report::wording::{comparison, findings};
use crate::sampler::Run;
use crate::scenario::Scenario;

const SETTLED: [u8; 3] = [0, 114, 178];
const OPEN: [u8; 3] = [150, 150, 150];
const READING: &str = "Change of the probability in percentage points, with its 95% interval, on the same draws. Grey and in parentheses: \
                       within sampling error of 0. An arrow: beyond the axis, by the number beside it.";

/// The effect of each changed scenario on one claim.
struct Panel {
    /// Claim, and its probability as the scenario stands.
    heading: String,
    drawing: Drawing,
    size: (f64, f64),
    words: String,
}

impl Panel {
    fn of(compared: &[ScenarioChange], claim: usize, form: Form) -> Self {
        let changes = || compared.iter().map(move |one| &one.claims[claim].change);
        let row = |one: &ScenarioChange| {
            let change = &one.claims[claim].change;
            let Change { difference, low, high, .. } = *change;
            let colour = if change.is_settled() { SETTLED } else { OPEN };
            let number = match change {
                change if change.inert => "none".into(),
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
        let (drawing, size) = rows(&panel, (range, 0.0), &signed, form);
        let about = &compared[0].claims[claim];
        let heading = format!("{} ({} as it stands)", about.text, percent(&about.from));
        let parts = panel.iter().map(|row| format!("{} {}", row.label, row.number));
        let words = format!("{heading}: {}", parts.collect::<Vec<_>>().join(", "));
        Self { heading, drawing, size, words }
    }
}

/// Returns true if some claims are not among those that are drawn.
fn leaves_some_out(compared: &[ScenarioChange], claims: &[usize]) -> bool {
    compared.first().is_some_and(|first| claims.len() < first.claims.len())
}

/// Draws what each changed scenario does to the claims that it moves the most.
pub fn effects(scenario: &Scenario, compared: &[ScenarioChange], run: Run, finding: String) -> Picture {
    /// Claims that get a panel.
    const MOST: usize = 4;
    let claims = comparison::most_moved(compared, MOST);
    let n = compared.first().map_or(0, |first| first.claims.len());
    let chosen = if leaves_some_out(compared, &claims) {
        format!(" The {} of {n} claims that move the most.", claims.len())
    } else {
        String::new()
    };
    let reading = format!("{READING}{chosen}");
    let (mut out, mut size, mut said) = (Drawing::default(), (0.0, 0.0), Vec::new());
    for claim in claims {
        let Panel { heading, drawing, size: (width, height), words } = Panel::of(compared, claim, Form::File);
        let lines = LABEL.bold().wrap(&heading, width, 3);
        out.lines((0.0, size.1 + 14.0), LABEL.bold(), &lines);
        size.1 += 12.0 + lines.len() as f64 * LABEL.leading();
        out.add((0.0, size.1), &drawing);
        size = (f64::max(size.0, width), size.1 + height + 12.0);
        said.push(words);
    }
    Picture {
        name: "levers".into(),
        finding,
        words: format!("{reading} {}.", said.join("; ")),
        reading,
        drawing: out,
        size,
        foot: findings::provenance_line(scenario, run, comparison::largest_mcse(compared)),
    }
}

/// Draws what each changed scenario does to the claims that it moves the most: a picture per claim, of which the first says how to
/// read them all.
pub fn lever_panels(compared: &[ScenarioChange]) -> Vec<Picture> {
    /// Claims that get a picture: as many as stand side by side.
    const MOST: usize = 3;
    let claims = comparison::most_moved(compared, MOST);
    let chosen = if leaves_some_out(compared, &claims) {
        " Only claims that move the most are drawn; the table has all."
    } else {
        ""
    };
    let reading = format!("{READING}{chosen}");
    let picture = |(index, &claim): (usize, &usize)| {
        let Panel { heading, drawing, size, words } = Panel::of(compared, claim, Form::Column);
        Picture {
            name: "levers".into(),
            finding: heading,
            words: format!("{words}."),
            reading: if index == 0 { reading.clone() } else { String::new() },
            drawing,
            size,
            foot: String::new(),
        }
    };
    claims.iter().enumerate().map(picture).collect()
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
