//! The text reports of comparisons: levers, and two scenarios.

use super::grid::{TextTable, paragraph};
use super::page::TextPage;
use super::{Style, heading, title};
use crate::analysis::{Change, ScenarioChange};
use crate::model::Subject;
use crate::report::wording::changed::Changed;
use crate::report::wording::number::{percent, percentage_points};
use crate::sampler::Run;

/// Writes what each changed scenario does to each claim: the probability of the claim there, and by how much it differs.
#[must_use]
pub fn compared_text<'a>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    compared: &[ScenarioChange],
    what: &str,
    style: Style,
) -> String {
    compared_page(&scenario.into(), run, compared, what, style).into()
}

/// Lays it out, for a report that goes on after it.
pub(super) fn compared_page(
    scenario: &Subject<'_>,
    run: Run,
    compared: &[ScenarioChange],
    what: &str,
    style: Style,
) -> TextPage {
    let mut out = TextPage::default();
    title(&mut out, scenario, Changed::of(scenario, run).as_ref(), style);
    legend(&mut out, compared, style);
    heading(&mut out, &format!("{what} (percentage points)"));
    let mut table = TextTable::new("", letters(compared)).with_long_labels();
    if let Some(first) = compared.first() {
        table.row("Baseline", first.claims.iter().map(|claim| percent(&claim.from)));
    }
    for one in compared {
        table.row(&one.name, one.claims.iter().map(|claim| difference(&claim.change)));
    }
    table.write(&mut out, style);
    let note = "(parentheses): within sampling error of 0. none: no draw changes.";
    paragraph(&mut out, style, "", note);
    // Where nothing was asked, nothing is known of what it does.
    let is_inert =
        |one: &&ScenarioChange| !one.claims.is_empty() && one.claims.iter().all(|claim| claim.change.inert);
    if compared.iter().any(|one| is_inert(&one)) {
        let inert = compared.iter().filter(is_inert);
        let names: Vec<&str> = inert.map(|one| one.name.as_str()).collect();
        paragraph(&mut out, style, "No effect on any claim: ", &names.join(", "));
    }
    out
}

/// Writes what a letter stands for in the tables that follow.
pub(super) fn legend(out: &mut TextPage, compared: &[ScenarioChange], style: Style) {
    heading(out, "Claims");
    let Some(first) = compared.first() else { return };
    for (letter, claim) in letters(compared).iter().zip(&first.claims) {
        paragraph(out, style, &format!("{letter}  "), &format!("{} ({})", claim.text, percent(&claim.from)));
    }
}

/// A, B, … Z, AA, AB, … one a claim.
pub(super) fn letters(compared: &[ScenarioChange]) -> Vec<String> {
    let n = compared.first().map_or(0, |first| first.claims.len());
    let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
    (0..n)
        .map(|n| if n < 26 { letter(n).into() } else { format!("{}{}", letter(n / 26 - 1), letter(n)) })
        .collect()
}

/// Writes a change in percentage points, in parentheses if it is within sampling error of 0.
pub fn difference(change: &Change) -> String {
    if change.inert {
        "none".into()
    } else if change.is_settled() {
        percentage_points(change)
    } else {
        format!("({})", percentage_points(change))
    }
}
