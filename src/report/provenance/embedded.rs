//! The scenario that a report holds.

use crate::report::html::{made_of_page, scenario_of_page};
use crate::report::json::write::{parse, scenario_of};
use crate::report::provenance::error::ReportError;
use crate::report::provenance::made::Provenance;
use crate::report::version::SCHEMA;

/// Returns the scenario in a report, as RON, if the text is a report that has one: a page or JSON that this program wrote.
///
/// # Errors
/// Returns an error if the report has the form of another version.
pub fn embedded_scenario(report: &str) -> Result<Option<String>, ReportError> {
    let text = report.trim_start();
    let (schema, scenario) = if text.starts_with('{') {
        scenario_of(text)
    } else if text.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
        let made = made_of_page(text).and_then(|made| parse::<Provenance>(&made).ok());
        (made.map(|made| made.schema.into()), scenario_of_page(text))
    } else {
        (None, None)
    };
    match schema {
        Some(other) if scenario.is_some() && other != u64::from(SCHEMA) => {
            Err(ReportError::OtherSchema(other))
        }
        _ => Ok(scenario),
    }
}
