//! Texts of strangers, such as names and paths, made harmless to show. Knows no format; each format escapes on top of this.

use std::fmt;
use std::ops::Deref;

/// Letters of a text that a message repeats.
const SHOWN: usize = 200;

/// A text that is harmless on a terminal: no letter in it steers one, turns the direction of what follows, or hides what is there. Letters
/// of any script stay as they are.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Plain(String);

impl Plain {
    /// Makes a text harmless, on one line.
    #[must_use]
    pub fn line(text: impl AsRef<str>) -> Self {
        Self(text.as_ref().chars().map(shown).collect())
    }

    /// Makes a text harmless, with its lines as they are.
    #[must_use]
    pub fn lines(text: impl AsRef<str>) -> Self {
        let kept = |c: char| if c == '\n' { c } else { shown(c) };
        Self(text.as_ref().chars().map(kept).collect())
    }

    /// Makes a text harmless and keeps the place of each of its letters: what is written instead takes as many bytes. Orders to a terminal of
    /// one byte stay, for who shows them as pictures.
    #[must_use]
    pub fn in_place(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        let kept = |c: char| match c.len_utf8() {
            1 => [Some(c), None],
            _ if is_harmless(c) => [Some(c), None],
            2 => [Some('?'), Some('?')],
            3 => [Some('\u{fffd}'), None],
            _ => [Some('\u{fffd}'), Some('?')],
        };
        Self(text.chars().flat_map(kept).flatten().collect())
    }

    /// Makes a text harmless, on one line and cut where it is longer than a message repeats.
    #[must_use]
    pub fn short(text: impl AsRef<str>) -> Self {
        Self::line(cut(text.as_ref(), SHOWN))
    }
}

impl Deref for Plain {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<Plain> for String {
    fn from(text: Plain) -> Self {
        text.0
    }
}

/// Returns true for a letter that neither steers a terminal nor hides.
#[must_use]
pub fn is_harmless(c: char) -> bool {
    !steers(c) && !is_empty(c)
}

/// Returns the letter that is shown in the place of another one.
fn shown(c: char) -> char {
    match c {
        c if c.is_whitespace() => ' ',
        c if !is_harmless(c) => '\u{fffd}',
        c => c,
    }
}

/// Returns true for what a terminal takes for an order, and what turns or joins its neighbours.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{00ad}'
                | '\u{034f}'
                | '\u{061c}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{fffe}'
                | '\u{ffff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Returns true for letters of a script that show nothing.
fn is_empty(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}')
}

/// Returns the first letters of a text, with a mark where there are more.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Returns as much of a text as a message repeats.
#[must_use]
pub fn shortened(text: &str) -> String {
    cut(text, SHOWN)
}
