//! Supplementary results of a run: the answer without the residual, uncertain probabilities of worlds, the gap between groups,
//! correlations.

use super::grid::{TextTable, paragraph};
use super::page::TextPage;
use super::{Style, heading};
use crate::analysis::Summary;
use crate::report::wording::findings::displayed_claims;
use crate::report::wording::number::percent;
use crate::report::wording::supplements;
use crate::scenario::Scenario;

/// Writes the claims with and without the residual, if there is one.
pub fn residual(out: &mut TextPage, scenario: &Scenario, summary: &Summary, style: Style) {
    let (Some(without), Some(residual)) = (&summary.without_residual, scenario.residual()) else { return };
    heading(out, &format!("Claims with and without the residual (sd {})", residual.sd));
    let mut table = TextTable::new("", ["with", "without"]).with_long_labels();
    for (index, with) in displayed_claims(&summary.order.claims) {
        table.row(&with.text, [&with.estimate, &without.claims[index].estimate].map(percent));
    }
    table.write(out, style);
}

/// Writes the claims at the ends of uncertain probabilities of outcomes.
pub fn ranges(out: &mut TextPage, summary: &Summary, style: Style) {
    for chance in &summary.chances {
        let [low, high] = chance.range;
        heading(out, &format!("Claims at the 5% and 95% quantiles of {}", chance.address));
        let headers = [format!("at {low:.2}"), format!("at {high:.2}")];
        let mut table = TextTable::new("", headers).with_long_labels();
        for (index, claim) in displayed_claims(&summary.order.claims) {
            table.row(&claim.text, chance.claims[index].each_ref().map(percent));
        }
        table.write(out, style);
    }
}

/// Writes the gap between two groups by world.
pub fn gap(out: &mut TextPage, scenario: &Scenario, summary: &Summary, style: Style) {
    if let Some(text) = supplements::gap(scenario, summary) {
        heading(out, "Gap between the groups");
        paragraph(out, style, "", &text);
    }
}

/// Writes the stated correlations, and those of the draws.
pub fn correlations(out: &mut TextPage, summary: &Summary, style: Style) {
    let lines = supplements::correlations(summary);
    if !lines.is_empty() {
        heading(out, "Correlations");
    }
    for line in lines {
        paragraph(out, style, "", &line);
    }
}
