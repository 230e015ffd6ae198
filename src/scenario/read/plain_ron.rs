//! A check in one pass that a text is RON, for the RON that scenarios are written in. What it does not know (raw texts, hexadecimal
//! numbers, rare escapes), and whatever is wrong, is left to `ron`, which takes a hundred times as long.

use super::blank::skip_blank;
use super::ron_tokens::{Token, Tokens};

/// The most brackets in each other; `ron` has 128 levels, and a name in front of a bracket takes some of its own.
pub const DEEPEST: usize = 40;

/// Returns true if a text is one value of RON and plainly so. Where it returns false the text may be RON all the same.
pub fn is_plain(text: &str) -> bool {
    let mut check = Check { text, tokens: Tokens::new(text, 0), depth: 0 };
    // A comment without an end would take what stands behind it.
    let ends = |rest: &str| skip_blank(&format!("{rest}.")) == rest.len();
    check.value() && ends(check.tokens.rest())
}

struct Check<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    depth: usize,
}

impl Check<'_> {
    fn value(&mut self) -> bool {
        match self.tokens.next() {
            Some((Token::Open(bracket), _)) => self.inside(bracket),
            Some((Token::Atom, place)) => {
                let after = self.text.as_bytes().get(place.end);
                let atom = &self.text[place];
                match is_name(atom) {
                    true if after == Some(&b'(') => self.takes(b'(') && self.inside(b'('),
                    is_name => is_name || is_number(atom) || is_text(atom),
                }
            }
            _ => false,
        }
    }

    /// Goes through the parts between a bracket, which was taken, and its end.
    fn inside(&mut self, bracket: u8) -> bool {
        let close = match bracket {
            b'[' => b']',
            b'{' => b'}',
            _ => b')',
        };
        self.depth += 1;
        let mut named = None;
        while self.depth <= DEEPEST {
            if self.takes(close) {
                self.depth -= 1;
                return true;
            }
            // What stands in parentheses has names or has none, all of it alike.
            let may_begin = match bracket {
                b'[' => true,
                b'{' => self.value() && self.takes(b':'),
                _ => {
                    let is_named = self.takes_name();
                    *named.get_or_insert(is_named) == is_named
                }
            };
            if !may_begin || !self.value() || !self.takes(b',') && self.tokens.peek() != Some(close) {
                return false;
            }
        }
        false
    }

    /// Takes a comma, a colon or a bracket, if it comes next.
    fn takes(&mut self, byte: u8) -> bool {
        self.tokens.peek() == Some(byte) && self.tokens.next().is_some()
    }

    /// Takes the name of a field and its colon, if these come next.
    fn takes_name(&mut self) -> bool {
        let mut ahead = self.tokens.clone();
        let is_named =
            ahead.next().is_some_and(|(token, place)| token == Token::Atom && is_name(&self.text[place]));
        if !is_named || ahead.peek() != Some(b':') {
            return false;
        }
        self.tokens = ahead;
        self.takes(b':')
    }
}

/// Returns true for a name of ASCII letters, digits and `_`. `Some` is a form of its own.
fn is_name(atom: &str) -> bool {
    atom.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && atom.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && atom != "Some"
}

/// Returns true for a decimal number with or without a sign, a point and an exponent.
pub fn is_number(atom: &str) -> bool {
    /// As many digits are a whole number of 64 bits.
    const MOST_DIGITS: usize = 18;
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let unsigned = atom.strip_prefix(['+', '-']).unwrap_or(atom);
    let whole = digits(unsigned);
    let mut rest = &unsigned[whole..];
    if whole == 0 || rest.is_empty() {
        return (1..=MOST_DIGITS).contains(&whole);
    }
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = &fraction[digits(fraction)..];
    }
    let Some(exponent) = rest.strip_prefix(['e', 'E']) else { return rest.is_empty() };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    !exponent.is_empty() && digits(exponent) == exponent.len()
}

/// Returns true for a text in quotes whose escapes are those of one letter.
fn is_text(atom: &str) -> bool {
    let Some(inside) = atom.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return false };
    let mut letters = inside.chars();
    while let Some(letter) = letters.next() {
        let is_there = match letter {
            '\\' => matches!(letters.next(), Some('"' | '\\' | 'n' | 't' | 'r')),
            // The closing quote was escaped, or is not the last letter.
            '"' => false,
            _ => true,
        };
        if !is_there {
            return false;
        }
    }
    true
}
