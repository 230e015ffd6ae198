//! The tokens of RON with their places, and the parts of a compound value, found in one pass over the text. Knows where a value ends, and
//! not whether it is one.

use super::blank::{is_blank, skip_blank, text_length};
use std::ops::Range;

/// One token of RON.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Token {
    /// An opening bracket of any kind.
    Open(u8),
    /// A closing bracket of any kind.
    Close(u8),
    Comma,
    Colon,
    /// Anything else: a name, a number, a text in quotes.
    Atom,
}

/// The tokens of a text, in order.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    /// The tokens from byte `at` on.
    pub fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    /// Returns the text after the last token.
    pub fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Returns the next byte without white space and comments before it, if there is one, and stays before it.
    pub fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b' ' | b'\n' | b'\t' | b'\r' => self.at += 1,
                b'/' | 0x80.. | 0..b' ' => {
                    let blank = skip_blank(&self.text[self.at..]);
                    self.at += blank;
                    return bytes.get(self.at).copied();
                }
                _ => return Some(byte),
            }
        }
        None
    }

    /// Returns how many bytes the atom has that starts here.
    fn atom(&self) -> usize {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at += match byte {
                b'(' | b')' | b'[' | b']' | b'{' | b'}' | b',' | b':' | 0..=b' ' => break,
                b'/' if at > 0 && matches!(bytes.get(at + 1), Some(b'/' | b'*')) => break,
                b'"' | b'#' if matches!(&rest[..at], "r" | "br") => return at + raw_length(&rest[at..]),
                b'"' => return at + text_length(&rest[at..]),
                b'\'' => return at + character_length(&rest[at..]),
                0x80.. => match rest[at..].chars().next() {
                    Some(c) if !is_blank(c) => c.len_utf8(),
                    _ => break,
                },
                _ => 1,
            };
        }
        at
    }
}

impl Iterator for Tokens<'_> {
    type Item = (Token, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let first = self.peek()?;
        let start = self.at;
        let token = match first {
            b'(' | b'[' | b'{' => Token::Open(first),
            b')' | b']' | b'}' => Token::Close(first),
            b',' => Token::Comma,
            b':' => Token::Colon,
            _ => Token::Atom,
        };
        self.at += if token == Token::Atom { self.atom().max(1) } else { 1 };
        Some((token, start..self.at))
    }
}

/// The length of what is left of a raw text after its letters: hashes, a quote, and all up to a quote with as many hashes. Of a raw name
/// that of its hash.
fn raw_length(rest: &str) -> usize {
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    if !rest[hashes..].starts_with('"') {
        return hashes;
    }
    let end = format!("\"{}", &rest[..hashes]);
    let inside = &rest[hashes + 1..];
    hashes + 1 + inside.find(&end).map_or(inside.len(), |found| found + end.len())
}

/// The length of the character in single quotes that starts here.
fn character_length(rest: &str) -> usize {
    let escaped = rest[1..].starts_with('\\');
    // What is escaped may be a quote.
    let skipped: usize = rest.chars().take(if escaped { 3 } else { 2 }).map(char::len_utf8).sum();
    rest[skipped..].find('\'').map_or(rest.len(), |found| skipped + found + 1)
}

/// The name of a part, where it has one, and the part, as places in the text.
pub type Part = (Option<Range<usize>>, Range<usize>);

/// The parts of the compound value that opens at a byte of a text that is RON; nothing if it does not end.
pub fn parts(text: &str, open: usize) -> Option<Vec<Part>> {
    let (mut parts, mut depth) = (Vec::new(), 0_usize);
    let (mut key, mut value): (Option<Range<usize>>, Option<Range<usize>>) = (None, None);
    for (token, place) in Tokens::new(text, open + 1) {
        match token {
            Token::Close(_) if depth == 0 => {
                parts.extend(value.map(|value| (key, value)));
                return Some(parts);
            }
            Token::Comma if depth == 0 => parts.extend(value.take().map(|value| (key.take(), value))),
            Token::Colon if depth == 0 => key = value.take(),
            _ => {
                match token {
                    Token::Open(_) => depth += 1,
                    Token::Close(_) => depth -= 1,
                    _ => {}
                }
                value = Some(value.map_or(place.start, |value| value.start)..place.end);
            }
        }
    }
    None
}
