//! The title of a report, and the headings in it.

use super::grid::paragraph;
use super::page::TextPage;
use super::style::Style;
use crate::report::wording::changed::Changed;
use crate::scenario::Scenario;

/// Writes the title of a scenario, and what was changed.
pub fn title(out: &mut TextPage, scenario: &Scenario, changed: Option<&Changed>, style: Style) {
    paragraph(out, style, "", scenario.title());
    for line in changed.into_iter().filter_map(Changed::variant) {
        paragraph(out, style, "", &line);
    }
    for line in changed.into_iter().filter_map(Changed::changes) {
        paragraph(out, style, "CHANGED: ", &line);
    }
}

/// Writes a heading with a line under it.
pub fn heading(out: &mut TextPage, text: &str) {
    out.heading(text);
}
