//! The text report of a sweep: a table, a chart of the curves, and where they cross one half.

use super::chart::{ChartCurve, chart};
use super::compare::{difference, legend, letters};
use super::grid::{TextTable, paragraph};
use super::page::TextPage;
use super::{Style, heading, title};
use crate::analysis::{BreakEven, PairsChange, ScenarioChange, break_even};
use crate::model::Subject;
use crate::report::compared_points::ComparedPoints;
use crate::report::wording::changed::Changed;
use crate::report::wording::findings;
use crate::report::wording::number::{expected, percent, with_error};
use crate::sampler::Run;

/// The most claims whose changes are shown beside their probabilities.
const FEW: usize = 3;

/// Writes the probability of a claim at each point of a sweep, and where it crosses one half.
#[must_use]
pub fn sweep_text<'a>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    compared: ComparedPoints<'_>,
    style: Style,
) -> String {
    let ComparedPoints { points, varied, partial } = compared;
    let scenario: &Subject<'a> = &scenario.into();
    let mut out = TextPage::default();
    title(&mut out, scenario, Changed::of(scenario, run).as_ref(), style);
    if let Some(partial) = &partial {
        paragraph(&mut out, style, "PARTIAL: ", &findings::partial(partial));
    }
    legend(&mut out, points, style);
    let Some(first) = points.first() else { return out.into() };
    let groups = scenario.groups();
    for (index, pairs) in first.pairs.iter().enumerate() {
        let PairsChange { a, b, of, .. } = pairs;
        let (one, other) = (&groups[*a].name, &groups[*b].name);
        let text = format!("Expected number of the {of} pairs with {one} before {other}");
        paragraph(&mut out, style, &format!("{}  ", pairs_name(index, first)), &text);
    }
    let varied: Vec<&str> = varied.iter().map(|edit| edit.strip_suffix(" =").unwrap_or(edit)).collect();
    heading(&mut out, &format!("Sweep of {}", varied.join(" and ")));
    let letters = letters(points);
    let few = letters.len() <= FEW;
    let mut headers = Vec::new();
    for letter in &letters {
        headers.push(letter.clone());
        if few {
            headers.push("change in points".into());
        }
    }
    headers.extend((0..first.pairs.len()).map(|index| pairs_name(index, first)));
    let mut table = TextTable::new(&varied.join(", "), headers);
    let mut as_it_stands = Vec::new();
    for claim in &first.claims {
        as_it_stands.push(percent(&claim.from));
        as_it_stands.extend(few.then(String::new));
    }
    as_it_stands.extend(first.pairs.iter().map(|pairs| expected(&pairs.from, (0.0, pairs.of as f64))));
    table.row("baseline", as_it_stands);
    for point in points.iter().filter(|point| !point.is_between) {
        let mut cells = Vec::new();
        for claim in &point.claims {
            cells.push(percent(&claim.to));
            cells.extend(few.then(|| difference(&claim.change)));
        }
        cells.extend(point.pairs.iter().map(|pairs| expected(&pairs.to, (0.0, pairs.of as f64))));
        table.row(&point.name, cells);
    }
    table.write(&mut out, style);
    if few {
        let note = "(parentheses): within sampling error of 0. none: no draw changes.";
        paragraph(&mut out, style, "", note);
    }
    match varied[..] {
        // Of points that are missing it is not known whether they would flip a claim.
        _ if partial.is_some() => {}
        [first, second] => rows(&mut out, points, (&letters, first, second), style),
        _ => curves(&mut out, points, &letters, style),
    }
    out.into()
}

/// Returns the name of the expected number of pairs: pairs, or pairs 1, pairs 2 …
fn pairs_name(index: usize, first: &ScenarioChange) -> String {
    if first.pairs.len() == 1 { "pairs".into() } else { format!("pairs {}", index + 1) }
}

/// The curves of a sweep of one number.
fn curves(out: &mut TextPage, points: &[ScenarioChange], letters: &[String], style: Style) {
    if points.len() < 2 {
        return;
    }
    heading(out, "Probability curves and break-even values");
    let crossings: Vec<Vec<BreakEven>> = (0..letters.len()).map(|claim| break_even(points, claim)).collect();
    let curve = |(claim, letter): (usize, &String)| {
        let at = |point: &ScenarioChange| (point.values[0], point.claims[claim].to.probability);
        let mut points: Vec<(f64, f64)> = points.iter().map(at).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let marks = crossings[claim].iter().filter_map(|crossing| match crossing {
            BreakEven::Crosses { at, .. } => Some(*at),
            _ => None,
        });
        ChartCurve { letter: letter.clone(), points, crossings: marks.collect() }
    };
    chart(out, style, &letters.iter().enumerate().map(curve).collect::<Vec<_>>());
    out.blank();
    for (letter, crossings) in letters.iter().zip(&crossings) {
        let texts: Vec<String> = crossings.iter().map(|crossing| crossing_text(crossing, "50%")).collect();
        paragraph(out, style, &format!("{letter}  "), &texts.join("; "));
    }
    let note = "(parentheses): 95% interval, including interpolation between points.";
    paragraph(out, style, "", note);
}

/// Lists where the claims cross one half as the second number is varied, for each value of the first.
fn rows(
    out: &mut TextPage,
    points: &[ScenarioChange],
    (letters, first, second): (&[String], &str, &str),
    style: Style,
) {
    heading(out, &format!("Break-even values of {second}"));
    let mut values: Vec<f64> = points.iter().map(|point| point.values[0]).collect();
    let mut known: Vec<f64> = Vec::new();
    values.retain(|x| {
        !known.contains(x) && {
            known.push(*x);
            true
        }
    });
    for value in values {
        let row: Vec<ScenarioChange> =
            points.iter().filter(|point| point.values[0] == value).cloned().collect();
        let crosses = |(claim, letter): (usize, &String)| {
            let found = break_even(&row, claim);
            let all: Vec<String> = found
                .iter()
                .filter(|crossing| !matches!(crossing, BreakEven::Never { .. }))
                .map(|crossing| crossing_text(crossing, "50%"))
                .collect();
            (!all.is_empty()).then(|| format!("{letter} {}", all.join("; ")))
        };
        let all: Vec<String> = letters.iter().enumerate().filter_map(crosses).collect();
        let text = if all.is_empty() { "no claim crosses 50% in this range".into() } else { all.join(". ") };
        paragraph(out, style, &format!("{first} {value}: "), &text);
    }
}

/// A crossing in words; `level` is what is crossed.
pub fn crossing_text(crossing: &BreakEven, level: &str) -> String {
    match *crossing {
        BreakEven::Never { above } => {
            let side = if above { "above" } else { "below" };
            format!("no flip in this range (always {side} {level})")
        }
        BreakEven::Crosses { at, low, high, from_below, to_above } => {
            // One digit more than the interval is wide, or its ends would often read as the estimate.
            let number = |x: f64| with_error(x, ((high - low) / 10.0).max(f64::MIN_POSITIVE));
            let from = if from_below { format!("below {}", number(low)) } else { number(low) };
            let to = if to_above { format!("beyond {}", number(high)) } else { number(high) };
            format!("crosses {level} at {} ({from} to {to})", number(at))
        }
        BreakEven::Unsettled { low, high } => {
            let number = |x: f64| with_error(x, ((high - low) / 10.0).max(f64::MIN_POSITIVE));
            format!("too close to {level} to locate between {} and {}", number(low), number(high))
        }
    }
}
