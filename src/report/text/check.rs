//! A line about a scenario without problems: how many warnings it has, and its sizes.

use crate::model::Subject;
use crate::scenario::Lint;

/// Writes how many warnings a scenario has, and how many groups, areas, factors, worlds and inputs.
#[must_use]
pub fn checked_text<'a>(scenario: impl Into<Subject<'a>>, lints: &[Lint]) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let model = scenario.model();
    let counts = [
        (scenario.groups().len(), "group"),
        (scenario.areas().len(), "area"),
        (scenario.factors().len(), "factor"),
        (model.worlds().len(), "joint world"),
        (model.stated_inputs().count(), "input"),
    ];
    let counts = counts.map(|(n, what)| format!("{n} {what}{}", if n == 1 { "" } else { "s" }));
    let found = match lints.len() {
        0 => "no problems".to_owned(),
        1 => "no errors, 1 warning".into(),
        n => format!("no errors, {n} warnings"),
    };
    format!("{found} ({})\n", counts.join(", "))
}
