//! The text report of two scenarios: the edits that lead from one to the other, and what each does.

use super::compare::{difference, legend, letters};
use super::grid::{TextTable, paragraph};
use super::page::TextPage;
use super::{Style, heading, title};
use crate::analysis::{Difference, ScenarioChange};
use crate::model::Subject;
use crate::report::wording::changed::Changed;
use crate::report::wording::number::percent;
use crate::sampler::Run;

/// Writes what differs between two scenarios, and what each part of it does to the claims.
#[must_use]
pub fn diff_text<'a>(scenario: impl Into<Subject<'a>>, run: Run, found: &Difference, style: Style) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let mut out = TextPage::default();
    title(&mut out, scenario, Changed::of(scenario, run).as_ref(), style);
    let Difference { total, steps, left_out } = found;
    let one = std::slice::from_ref(total);
    legend(&mut out, one, style);
    if !left_out.is_empty() {
        out.blank();
        let text = format!(
            "Not applied, because it would change what the group claims mean: {}.",
            left_out.join(", ")
        );
        paragraph(&mut out, style, "", &text);
    }
    if steps.is_empty() {
        out.blank();
        let text = "The two scenarios are equivalent.";
        paragraph(&mut out, style, "", text);
        return out.into();
    }
    heading(
        &mut out,
        &format!("From the baseline to {}, one edit at a time (percentage points)", total.name),
    );
    let mut table = TextTable::new("", letters(one));
    let side = |from: bool| {
        let cell =
            move |claim: &crate::analysis::ClaimChange| percent(if from { &claim.from } else { &claim.to });
        total.claims.iter().map(cell).collect::<Vec<_>>()
    };
    let changes =
        |one: &ScenarioChange| one.claims.iter().map(|claim| difference(&claim.change)).collect::<Vec<_>>();
    table.row("Baseline", side(true));
    for (number, step) in steps.iter().enumerate() {
        table.row(&format!("{}", number + 1), changes(&step.effect));
    }
    if steps.len() > 1 {
        table.row("In all", changes(total));
    }
    table.row("Result", side(false));
    table.write(&mut out, style);
    out.blank();
    for (number, step) in steps.iter().enumerate() {
        let words = if step.is_edit { "" } else { " (not expressible as an edit)" };
        let claims = &step.effect.claims;
        let inert = !claims.is_empty() && claims.iter().all(|claim| claim.change.inert);
        let inert = if inert { " (no effect on any claim)" } else { "" };
        paragraph(
            &mut out,
            style,
            &format!("{:>3}  ", number + 1),
            &format!("{}{words}{inert}", step.effect.name),
        );
    }
    let note = "Edits accumulate. (parentheses): within sampling error of 0. none: no draw changes.";
    paragraph(&mut out, style, "", note);
    out.into()
}
