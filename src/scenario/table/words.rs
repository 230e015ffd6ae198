//! Words and names in tables: those of weights and groups, lists of names, and numbers in parentheses.

use super::number::shortened;
use std::fmt::Display;

/// Names of the row or column with the weights.
const WEIGHT_NAMES: [&str; 21] = [
    "weight",
    "weights",
    "weighting",
    "weightings",
    "importance",
    "w",
    "wt",
    "%",
    "weight %",
    "weights %",
    "% weight",
    "importance %",
    "relative weight",
    "relative importance",
    "factor weight",
    "criterion weight",
    "criteria weight",
    "poids",
    "gewicht",
    "gewichtung",
    "peso",
];

/// Lists some names, and how many more there are.
pub fn listed(names: impl ExactSizeIterator<Item = impl Display>) -> String {
    const MOST: usize = 12;
    let n = names.len();
    let mut shown: Vec<String> = names.take(MOST).map(|name| shortened(&name.to_string())).collect();
    if n > MOST {
        shown.push(format!("and {} more", n - MOST));
    }
    shown.join(", ")
}

/// Returns true if a name is that of the weights.
pub fn is_weight(name: &str) -> bool {
    let name = name.trim().trim_end_matches(':').to_lowercase();
    let name = match name.split_once('(') {
        // A unit, as in `Weight (kg)`, is not of an importance.
        Some((before, inside)) if !inside.contains(char::is_alphabetic) => {
            let percent = if inside.contains('%') && !before.trim().is_empty() { " %" } else { "" };
            format!("{}{percent}", before.trim())
        }
        _ => name,
    };
    WEIGHT_NAMES.contains(&name.as_str())
}

/// Returns true if a name is that of the groups.
pub fn is_group(name: &str) -> bool {
    ["group", "groups"].contains(&name.to_lowercase().as_str())
}

/// Returns a name and the text in parentheses at its end.
pub fn in_parentheses(name: &str) -> Option<(&str, &str)> {
    let (before, inside) = name.strip_suffix(')')?.rsplit_once('(')?;
    (!before.trim().is_empty()).then_some((before.trim(), inside.trim()))
}
