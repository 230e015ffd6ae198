//! Numbers and ranges as people write them, such as `7 (6-8)`, `6 to 9`, `7±1`, `9,5` or `20%`: read where that is safe, and elsewhere
//! answered with what to write.

use crate::distribution::as_decimal;
use crate::error::{Code, Problem};
use std::fmt;

/// A range as people write it; its ends are hard limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlainRange {
    /// `6 to 9` or `6-9`.
    Uniform { min: f64, max: f64 },
    /// `7 (6-8)` or `7±1`.
    Triangular { min: f64, mode: f64, max: f64 },
}

impl PlainRange {
    /// Reads a range whose numbers `number` reads; nothing if the text is none, or its numbers are not in their order.
    pub fn read(text: &str, number: &dyn Fn(&str) -> Option<f64>) -> Option<Self> {
        let text = text.trim();
        if let Some((mode, inside)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) {
            let (mode, (min, max)) = (number(mode.trim())?, ends(inside, number)?);
            return (min <= mode && mode <= max).then_some(Self::Triangular { min, mode, max });
        }
        for sign in ["±", "+/-", "+-"] {
            let Some((mode, by)) = text.split_once(sign) else { continue };
            let (mode, by) = (number(mode.trim())?, number(by.trim())?);
            let (min, max) = (as_decimal(mode - by), as_decimal(mode + by));
            return (min < max).then_some(Self::Triangular { min, mode, max });
        }
        let (min, max) = ends(text, number)?;
        Some(Self::Uniform { min, max })
    }

    /// Returns the lowest and the highest number.
    pub fn ends(self) -> [f64; 2] {
        match self {
            Self::Uniform { min, max } | Self::Triangular { min, max, .. } => [min, max],
        }
    }

    /// Returns the most likely number, or the middle.
    pub fn middle(self) -> f64 {
        match self {
            Self::Uniform { min, max } => as_decimal(f64::midpoint(min, max)),
            Self::Triangular { mode, .. } => mode,
        }
    }
}

/// Writes the distribution as a scenario does.
impl fmt::Display for PlainRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Uniform { min, max } => write!(f, "Uniform(min: {min}, max: {max})"),
            Self::Triangular { min, mode, max } => {
                write!(f, "Triangular(min: {min}, mode: {mode}, max: {max})")
            }
        }
    }
}

/// The two numbers of `6 to 9`, the lower one first.
fn ends(text: &str, number: &dyn Fn(&str) -> Option<f64>) -> Option<(f64, f64)> {
    const SIGNS: [&str; 8] = [" to ", "..=", "...", "..", "\u{2013}", "\u{2014}", "\u{2212}", "-"];
    let split = |at: usize, sign: &str| {
        let (low, high) = (number(text[..at].trim())?, number(text[at + sign.len()..].trim())?);
        (low < high).then_some((low, high))
    };
    SIGNS.iter().find_map(|sign| text.match_indices(sign).find_map(|(at, _)| split(at, sign)))
}

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 60;

/// Texts that people write where they have no number.
const MISSING: [&str; 11] = ["n/a", "na", "n.a.", "nan", "none", "null", "nil", "tbd", "?", "??", "unknown"];

/// Returns the problem of a text that people write for a number, which says what to write; nothing if it is no such text.
pub fn meant(text: &str) -> Option<Problem> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let (message, help) = if MISSING.contains(&text.to_lowercase().as_str()) {
        let help = "write a number, or a wide range such as Uniform(min: 1, max: 10) if you do not know it";
        ("a number is missing here".to_owned(), help.to_owned())
    } else if let Some(number) = text.strip_suffix('%').and_then(plain) {
        (format!("`{text}` is a percentage"), format!("write it as a share, {}", as_decimal(number / 100.0)))
    } else if let Some(range) = PlainRange::read(text, &plain) {
        let [low, high] = range.ends();
        let help = format!(
            "write {range}, or Interval(level: 0.9, low: {low}, high: {high}, shape: Normal) for a 90% range"
        );
        (format!("`{text}` is a range"), help)
    } else if let Some(number) = text.contains(',').then(|| plain(text)).flatten() {
        (format!("`{text}` has a decimal comma"), format!("write {number}"))
    } else {
        let number =
            ["about ", "around ", "approximately ", "approx. ", "approx ", "circa ", "ca. ", "~", "≈"]
                .iter()
                .find_map(|word| plain(text.strip_prefix(word)?.trim()))?;
        (
            format!("`{text}` is not a number"),
            format!(
                "write {number}, and how uncertain it is in `spread` or with a distribution such as {}",
                {
                    let by = if number == 0.0 { 1.0 } else { as_decimal(number.abs() / 5.0) };
                    let (min, max) = (as_decimal(number - by), as_decimal(number + by));
                    PlainRange::Triangular { min, mode: number, max }
                }
            ),
        )
    };
    Some(Problem::new(Code::Syntax, 0..text.len(), message).label("here").help(help))
}

/// A number with a decimal point or a decimal comma.
fn plain(text: &str) -> Option<f64> {
    let text = text.trim().replace('\u{2212}', "-");
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        && digits.matches(['.', ',']).count() <= 1;
    if is_plain { text.replace(',', ".").parse().ok() } else { None }
}
