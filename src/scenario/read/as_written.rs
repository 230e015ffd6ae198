//! Numbers as people write them where RON stops, and what an edit says of it.

use crate::error::Problem;
use crate::scenario::plain_numbers;

/// Messages that are about a whole file.
pub const NO_SCENARIO: &str = "this is not a scenario";
pub const NO_RON: &str = "this file is not valid RON";
pub const MORE: &str = "unexpected text after the scenario";

/// The problem of a value in an edit or an option, where there is no file.
pub fn of_piece(text: &str, problem: Problem) -> Problem {
    if ![NO_SCENARIO, NO_RON, MORE].contains(&problem.message.as_str()) {
        return problem;
    }
    let shown: String = text.trim().chars().take(60).collect();
    let message = format!("expected one value, found `{shown}`");
    let help = "write one number such as 4.5, or one distribution such as Uniform(min: 5, max: 7)";
    Problem::new(problem.code, problem.span, message).label("here").help(help)
}

/// Recognizes a number as people write it around the mistake, between the marks that separate values.
pub fn number_as_written(text: &str, at: usize) -> Option<Problem> {
    let at = at.min(text.len());
    let comma = text[..at].strip_suffix(',').filter(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    // `9,5`: what stands before the comma belongs to it.
    let whole = comma.filter(|_| text[at..].starts_with(|c: char| c.is_ascii_digit()));
    let start = whole.unwrap_or(&text[..at]).rfind(['[', ',', ':', '{', '\n']).map_or(0, |before| before + 1);
    let end = text[at..].find([',', ']', '}', '\n']).map_or(text.len(), |length| at + length);
    let mut cell = text[start..end].trim();
    // A parenthesis that is opened elsewhere.
    while cell.ends_with(')') && cell.matches('(').count() < cell.matches(')').count() {
        cell = cell[..cell.len() - 1].trim_end();
    }
    let start = start + (text[start..end].len() - text[start..end].trim_start().len());
    let mut problem = plain_numbers::meant(cell)?;
    problem.span = start..start + cell.len();
    Some(problem)
}
