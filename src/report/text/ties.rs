//! The pairs of a matrix that tie.

use super::Style;
use super::grid::paragraph;
use super::page::TextPage;
use crate::analysis::{OrderSummary, Summary};
use crate::report::wording::number::LEAST_TIE;
use crate::scenario::Scenario;

/// Writes the pairs of a matrix that tie.
pub fn write_ties(
    out: &mut TextPage,
    (scenario, summary, order): (&Scenario, &Summary, &OrderSummary),
    (rows, columns): (&[usize], &[usize]),
    style: Style,
) {
    let areas = scenario.areas();
    let shown = || rows.iter().flat_map(|&i| columns.iter().map(move |&j| (i, j)));
    let ties = shown().filter_map(|(i, j)| Some((i, j, order.tie[i][j].filter(|&tie| tie >= LEAST_TIE)?)));
    for (i, j, tie) in ties.filter(|(i, j, _)| i < j || rows != columns) {
        let (one, other, share) = (&areas[i].name, &areas[j].name, 100.0 * tie);
        let text = match &summary.undecided {
            Some(undecided) if undecided.is_untied(i, j, areas.len()) => format!(
                "{one} and {other} are too close for {} precision to tell apart in {share:.2}% of the draws: \
                 the interval covers both orders.",
                summary.run.arithmetic
            ),
            _ => format!("{one} and {other} tie in {share:.2}%."),
        };
        paragraph(out, style, "", &text);
    }
}
