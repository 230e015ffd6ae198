//! The first letters of a file, which tell a scenario from any other file, named by mistake or by malice.

use super::blank::skip_blank;
use super::fields::{SCENARIO_MAY_HAVE, SCENARIO_MUST_HAVE, VARIANT_MAY_HAVE};

/// Names of the whole, before its parentheses.
const WHOLES: [&str; 2] = ["Scenario", "Variant"];

/// Returns true if a text begins as a scenario or a variant does: with its name, or with one of its fields.
pub fn begins(text: &str) -> bool {
    let rest = skipped(text);
    if let Some(rest) = rest.strip_prefix('{') {
        let key = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"'));
        return key.is_some_and(|(key, rest)| {
            (WHOLES.contains(&key) || is_field(key)) && rest.trim_start().starts_with(':')
        });
    }
    let (name, rest) = word(rest);
    let Some(rest) = skipped(rest).strip_prefix('(') else { return false };
    if !name.is_empty() {
        return WHOLES.contains(&name);
    }
    let (field, rest) = word(skipped(rest));
    is_field(field) && skipped(rest).starts_with(':')
}

fn skipped(text: &str) -> &str {
    &text[skip_blank(text)..]
}

fn word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len()))
}

fn is_field(name: &str) -> bool {
    let fields = SCENARIO_MUST_HAVE.iter().chain(&SCENARIO_MAY_HAVE).chain(&VARIANT_MAY_HAVE);
    fields.chain(&["base"]).any(|field| *field == name)
}
