//! The first screen of a run: what was modelled, the answer, claims, the matrix, and how sure all that is.

use super::Style;
use super::grid::{TextTable, paragraph};
use super::heat::heatmap;
use super::page::TextPage;
use super::ties::write_ties;
use crate::analysis::Summary;
use crate::report::sections::Sections;
use crate::report::wording::caveat::caveat;
use crate::report::wording::claims::ClaimTable;
use crate::report::wording::findings;
use crate::report::wording::methods::asked;
use crate::report::wording::number::percent;
use crate::report::wording::screen::{MatrixPart, assertions, how_sure, next};
use crate::scenario::Scenario;

/// Writes the first screen.
pub fn first_screen(
    out: &mut TextPage,
    scenario: &Scenario,
    summary: &Summary,
    sections: &Sections,
    style: Style,
) {
    out.blank();
    for sentence in findings::answer(scenario, summary) {
        paragraph(out, style, "", &sentence);
    }
    let claims = ClaimTable::of(scenario, summary, sections.is_all());
    write_claims(out, &claims, style);
    let part = MatrixPart::of(scenario, summary, sections);
    if scenario.areas().len() > 1 {
        out.blank();
        let names: Vec<&str> = scenario.areas().iter().map(|area| area.name.as_str()).collect();
        heatmap(
            out,
            style,
            &names,
            (&part.rows, &part.columns),
            ("P(row before column)", &summary.order.before),
        );
        write_ties(out, (scenario, summary, &summary.order), (&part.rows, &part.columns), style);
        if let Some(line) = &part.left_out {
            paragraph(out, style, "", line);
        }
    }
    out.blank();
    let sure = how_sure(summary, &claims, scenario, &part);
    for line in sure.into_iter().chain(asked(summary)).chain([caveat(scenario, summary)]) {
        paragraph(out, style, "", &line);
    }
    if let Some(line) = assertions(summary) {
        paragraph(out, style, "", &line);
    }
}

fn write_claims(out: &mut TextPage, claims: &ClaimTable, style: Style) {
    let (own, standard) = ("Your claims", "Standard claims");
    let first = if claims.own.is_empty() { standard } else { own };
    let mut table = TextTable::new(first, &claims.columns).with_long_labels();
    for row in &claims.own {
        table.row_below(&row.text, row.estimates.iter().map(percent));
    }
    if !claims.own.is_empty() && !claims.standard.is_empty() {
        table.heading(standard);
    }
    for row in &claims.standard {
        table.row_below(&row.text, row.estimates.iter().map(percent));
    }
    if claims.rows().next().is_some() {
        out.blank();
        table.write(out, style);
    }
    if claims.left_out > 0 {
        let text = format!("{} more of your claims: --show claims prints every one.", claims.left_out);
        paragraph(out, style, "", &text);
    }
}

/// Writes commands to type next.
pub fn write_next(out: &mut TextPage, scenario: &Scenario, summary: &Summary, source: &str) {
    const GAP: usize = 49;
    out.blank();
    out.line("Next");
    for (command, shows) in next(scenario, summary, source) {
        out.line(format!("  {command:GAP$}  {shows}"));
    }
}
