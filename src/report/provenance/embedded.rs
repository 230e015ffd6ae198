//! The scenario that a report holds.

use crate::report::html::scenario_of_page;
use crate::report::json::write::scenario_of;

/// The scenario in a report, as RON, if the text is a report that has one: a page or JSON that this program wrote.
#[must_use]
pub fn embedded_scenario(report: &str) -> Option<String> {
    let text = report.trim_start();
    if text.starts_with('{') {
        return scenario_of(text);
    }
    text.get(..9)?.eq_ignore_ascii_case("<!doctype").then(|| scenario_of_page(text))?
}
