//! Numbers as people write them: with a decimal point or a decimal comma, with groups of three digits, with a percent sign.

use super::PlainRange;
use super::error::NumberError;

/// A number and how precisely it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shown {
    /// The number.
    pub value: f64,
    /// Number of digits that follow the decimal mark.
    pub decimals: i32,
    /// True if a percent sign follows.
    pub percent: bool,
    /// The range of which it is the middle, if one was written.
    pub range: Option<PlainRange>,
}

/// Sign between the whole part of a number and the rest.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mark {
    Point,
    Comma,
}

impl Mark {
    fn as_char(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }
}

/// Evidence of a cell about the decimal mark of its table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Tells {
    /// Nothing: it is a whole number or no number.
    Nothing,
    /// The decimal mark, for certain.
    Certain(Mark),
    /// `1,500` or `1.500`: this character is the decimal mark or groups the digits by three.
    Either(Mark),
}

/// Returns the evidence of a cell about the decimal mark.
pub fn tells(cell: &str) -> Tells {
    let cell = bare(cell);
    let is_number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    if !cell.contains(|c: char| c.is_ascii_digit()) {
        return Tells::Nothing;
    }
    if !cell.chars().all(is_number) {
        let is_of_range = |c: char| is_number(c) || "to()-+/±\u{2013}\u{2014}".contains(c);
        let parts = cell.split(|c| !is_number(c)).filter(|part| !part.is_empty() && *part != cell);
        let mut found = parts.filter(|_| cell.chars().all(is_of_range)).map(tells);
        return found.find(|found| *found != Tells::Nothing).unwrap_or(Tells::Nothing);
    }
    let count = |mark: Mark| cell.matches(mark.as_char()).count();
    let last = if cell.rfind('.') > cell.rfind(',') { Mark::Point } else { Mark::Comma };
    match (count(last), count(last.other())) {
        (0, _) => Tells::Nothing,
        // `1.234,5`: the last one ends the whole part.
        (1, 1..) => Tells::Certain(last),
        (2.., _) => Tells::Certain(last.other()),
        (1, 0) => {
            let (whole, rest) = cell.split_once(last.as_char()).expect("the mark was counted in the cell");
            let groups = rest.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
            if groups { Tells::Either(last) } else { Tells::Certain(last) }
        }
    }
}

/// The digits of a cell with their marks alone.
fn bare(cell: &str) -> String {
    let cell = cell.trim().trim_end_matches('%').trim_end().replace('\u{2212}', "-");
    cell.trim_start_matches(['-', '+']).chars().filter(|c| !is_space(*c)).collect()
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '\u{2019}')
}

/// The number in a cell.
///
/// # Errors
/// Returns what was expected and found, and what to write.
pub fn number(cell: &str, mark: Mark) -> Result<Shown, NumberError> {
    let text = cell.trim().replace('\u{2212}', "-");
    let (text, percent) = match text.strip_suffix('%') {
        Some(text) => (text.trim_end().to_owned(), true),
        None => (text, false),
    };
    let Some((value, plain)) = single(&text, mark) else {
        let one = |text: &str| single(text, mark).map(|(value, _)| value).filter(|value| value.is_finite());
        let range = PlainRange::read(&text, &one);
        let range =
            range.ok_or_else(|| NumberError::NoNumber { cell: shortened(cell), remedy: cure(&text) })?;
        return Ok(Shown { value: range.middle(), decimals: 0, percent, range: Some(range) });
    };
    if !value.is_finite() {
        return Err(NumberError::NotFinite { cell: shortened(cell) });
    }
    let decimals = if plain.contains(['e', 'E']) {
        // As many digits as the number has.
        15
    } else {
        plain.split_once('.').map_or(0, |(_, rest)| rest.len() as i32)
    };
    Ok(Shown { value, decimals, percent, range: None })
}

/// A single number, and how it is written with a decimal point.
fn single(text: &str, mark: Mark) -> Option<(f64, String)> {
    let plain = ungrouped(text, mark)?.replace(mark.as_char(), ".");
    Some((plain.parse().ok()?, plain))
}

/// A number without what groups its digits; nothing if the groups are not of three digits.
fn ungrouped(text: &str, mark: Mark) -> Option<String> {
    let group = mark.other().as_char();
    let is_group = |c: char| c == group || is_space(c);
    if !text.contains(is_group) {
        return Some(text.to_owned());
    }
    let (whole, rest) = match text.split_once(mark.as_char()) {
        Some((whole, rest)) => (whole, Some(rest)),
        None => (text, None),
    };
    let digits = whole.trim_start_matches(['-', '+']);
    let mut groups = digits.split(is_group);
    let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    let all = digits.split(is_group).all(|group| group.chars().all(|c| c.is_ascii_digit()));
    let rest_is_digits = rest.is_none_or(|rest| !rest.contains(is_group));
    (first && all && groups.all(|group| group.len() == 3) && rest_is_digits)
        .then(|| text.chars().filter(|c| !is_group(*c)).collect())
}

/// Returns the form to write in place of a common one.
fn cure(text: &str) -> &'static str {
    if text.chars().all(|c| !c.is_ascii_digit()) {
        "; write a number, or remove this row or column"
    } else {
        "; write a number such as 7, or a range such as 6-8, 7 (6-8) or 7±1, with the lower end first"
    }
}

/// As much of a cell as a message repeats.
pub fn shortened(cell: &str) -> String {
    const MOST: usize = 60;
    match cell.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &cell[..at]),
        None => cell.to_owned(),
    }
}
