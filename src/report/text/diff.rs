//! The text report of two scenarios: the edits that lead from one to the other, and what each does.

use super::compare::{difference, legend, letters};
use super::grid::{TextTable, paragraph};
use super::{Style, heading, title};
use crate::analysis::{Difference, ScenarioChange};
use crate::model::Subject;
use crate::report::wording::changed::Changed;
use crate::report::wording::number::percent;
use crate::sampler::Run;

/// Writes what differs between two scenarios, and what each part of it does to the claims.
#[must_use]
pub fn diff_text<'a>(
    (scenario, run): (impl Into<Subject<'a>>, Run),
    found: &Difference,
    style: Style,
) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let mut out = String::new();
    title(&mut out, scenario, Changed::of(scenario, run).as_ref(), style);
    let Difference { total, steps, left_out } = found;
    let one = std::slice::from_ref(total);
    legend(&mut out, one, style);
    if !left_out.is_empty() {
        out.push('\n');
        let text = format!(
            "Left out, since claims about groups would mean something else with it: {}.",
            left_out.join(", ")
        );
        paragraph(&mut out, style, "", &text);
    }
    if steps.is_empty() {
        out.push('\n');
        let text = "The two scenarios say the same: they differ by exactly nothing.";
        paragraph(&mut out, style, "", text);
        return out;
    }
    heading(
        &mut out,
        &format!("The way to {}, edit by edit: percentage points on the same draws", total.name),
    );
    let mut table = TextTable::new("", letters(one));
    let side = |from: bool| {
        let cell =
            move |claim: &crate::analysis::ClaimChange| percent(if from { &claim.from } else { &claim.to });
        total.claims.iter().map(cell).collect::<Vec<_>>()
    };
    let changes =
        |one: &ScenarioChange| one.claims.iter().map(|claim| difference(&claim.change)).collect::<Vec<_>>();
    table.row("As it stands", side(true));
    for (number, step) in steps.iter().enumerate() {
        table.row(&format!("{}", number + 1), changes(&step.effect));
    }
    if steps.len() > 1 {
        table.row("In all", changes(total));
    }
    table.row("There", side(false));
    table.write(&mut out, style);
    out.push('\n');
    for (number, step) in steps.iter().enumerate() {
        let words = if step.is_edit { "" } else { " (no edit can say this)" };
        let claims = &step.effect.claims;
        let inert = !claims.is_empty() && claims.iter().all(|claim| claim.change.inert);
        let inert = if inert { " (inert for every claim)" } else { "" };
        paragraph(
            &mut out,
            style,
            &format!("{:>3}  ", number + 1),
            &format!("{}{words}{inert}", step.effect.name),
        );
    }
    let note = "Each is made on top of those before it. In parentheses: not told from 0 by its 95% interval. inert: not one draw differs.";
    paragraph(&mut out, style, "", note);
    out
}
