//! The text reports of comparisons: sweeps, levers, and two scenarios.

use super::grid::{Grid, paragraph};
use super::{Style, heading};
use crate::analysis::{BreakEven, Change, Compared, break_even};
use crate::report::number::{percent, points, with_error};
use crate::scenario::Scenario;

/// What each changed scenario does to each claim: what the claim comes to there, and by how much that differs.
#[must_use]
pub fn compared_text(scenario: &Scenario, compared: &[Compared], what: &str, style: Style) -> String {
    let mut out = String::new();
    paragraph(&mut out, style, "", scenario.title());
    legend(&mut out, compared, style);
    heading(&mut out, &format!("{what}: percentage points on the same draws"));
    let mut table = Grid::new("", letters(compared));
    if let Some(first) = compared.first() {
        table.row("As it stands", first.claims.iter().map(|claim| percent(&claim.from)));
    }
    for one in compared {
        table.row(&one.name, one.claims.iter().map(|claim| difference(&claim.change)));
    }
    table.write(&mut out, style);
    let note = "In parentheses: not told from 0 by its 95% interval. inert: not one instance differs.";
    paragraph(&mut out, style, "", note);
    if compared.iter().any(|one| one.claims.iter().all(|claim| claim.change.inert)) {
        let inert = compared.iter().filter(|one| one.claims.iter().all(|claim| claim.change.inert));
        let names: Vec<&str> = inert.map(|one| one.name.as_str()).collect();
        paragraph(&mut out, style, "Inert for every claim: ", &names.join(", "));
    }
    out
}

/// What a claim comes to at each point of a sweep, and where it crosses one half.
#[must_use]
pub fn sweep_text(scenario: &Scenario, points: &[Compared], varied: &[String], style: Style) -> String {
    let mut out = String::new();
    paragraph(&mut out, style, "", scenario.title());
    legend(&mut out, points, style);
    heading(&mut out, &format!("Sweep of {}", varied.join(" and ")));
    let mut table = Grid::new(&varied.join(", "), letters(points));
    if let Some(first) = points.first() {
        table.row("as it stands", first.claims.iter().map(|claim| percent(&claim.from)));
    }
    for point in points {
        table.row(&point.name, point.claims.iter().map(|claim| percent(&claim.to)));
    }
    table.write(&mut out, style);
    if let ([_], Some(first)) = (varied, points.first()) {
        heading(&mut out, "Curves, and where they cross 50%");
        for (index, letter) in letters(points).into_iter().take(first.claims.len()).enumerate() {
            let curve: Vec<f64> = points.iter().map(|point| point.claims[index].to.probability).collect();
            let crossings = break_even(points, index).into_iter().map(|crossing| match crossing {
                BreakEven::Never { above: true } => "above 50% in all of this range".into(),
                BreakEven::Never { above: false } => "below 50% in all of this range".into(),
                BreakEven::Between { from, to, at } => {
                    format!(
                        "crosses 50% between {from} and {to}, on a straight line at {}",
                        with_error(at, (to - from) / 50.0)
                    )
                }
            });
            let crossings: Vec<String> = crossings.collect();
            let text = format!("{} {}", chart(&curve), crossings.join(", "));
            paragraph(&mut out, style, &format!("{letter}  "), &text);
        }
    }
    out
}

/// One bar a value, from 0 to 1.
fn chart(curve: &[f64]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    // No more than fit a line.
    let step = curve.len().div_ceil(40).max(1);
    let bar = |p: &f64| BARS[((p * 8.0) as usize).min(7)];
    curve.iter().step_by(step).map(bar).collect()
}

/// What a letter stands for in the tables that follow.
fn legend(out: &mut String, compared: &[Compared], style: Style) {
    heading(out, "Claims");
    let Some(first) = compared.first() else { return };
    for (letter, claim) in letters(compared).iter().zip(&first.claims) {
        paragraph(out, style, &format!("{letter}  "), &format!("{} ({})", claim.text, percent(&claim.from)));
    }
}

/// A, B, … Z, AA, AB, … one a claim.
fn letters(compared: &[Compared]) -> Vec<String> {
    let n = compared.first().map_or(0, |first| first.claims.len());
    let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
    (0..n)
        .map(|n| if n < 26 { letter(n).into() } else { format!("{}{}", letter(n / 26 - 1), letter(n)) })
        .collect()
}

fn difference(change: &Change) -> String {
    if change.inert {
        "inert".into()
    } else if change.is_settled() {
        points(change)
    } else {
        format!("({})", points(change))
    }
}
