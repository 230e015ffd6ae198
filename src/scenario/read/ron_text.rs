//! A piece of RON text that knows its place: the bridge from `ron` to a reader that reports every problem of a
//! file at once. Knows the syntax of RON, nothing of scenarios.
//!
//! `ron` stops at its first error and gives no places to what it has parsed. A [`RonValue`] is the text of one value, cut
//! out by `ron` itself (`&RawValue` borrows from the text, so its place is the difference of two pointers), and is
//! opened one level at a time.

use super::blank::skip_blank;
use super::kind::Kind;
use super::syntax::syntax_problem;
use crate::error::{Code, Problem, Span};
use ron::value::RawValue;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// The text of one RON value and where it starts.
#[derive(Clone, Copy, Debug)]
pub struct RonValue<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> RonValue<'a> {
    /// A value that was never written.
    pub const NOWHERE: RonValue<'static> = RonValue { text: "", start: 0 };

    /// The one value of a whole file.
    ///
    /// # Errors
    /// The first place where the text is no RON.
    pub fn whole(text: &'a str) -> Result<Self, Problem> {
        if text.contains("#![") && text[skip_blank(text)..].starts_with("#!") {
            let start = skip_blank(text);
            return Err(Problem::new(Code::Syntax, start..start + 2, "RON extensions are not used here")
                .help("remove the line that starts with `#!`"));
        }
        let whole = RawValue::from_ron(text).map_err(|error| syntax_problem(text, &error))?;
        let whole = trimmed(whole);
        Ok(Self { text: whole, start: whole.as_ptr() as usize - text.as_ptr() as usize })
    }

    /// The place of the value.
    pub fn span(&self) -> Span {
        self.start..self.start + self.text.len()
    }

    /// The text of the value.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The place of the name before the parentheses, or else of the first character.
    pub fn head(&self) -> Span {
        self.start..self.start + name_length(self.text).max(1).min(self.text.len())
    }

    /// The look of the value.
    pub fn kind(&self) -> Kind<'a> {
        let name = &self.text[..name_length(self.text)];
        match self.text.as_bytes().first() {
            _ if matches!(name, "inf" | "NaN") => Kind::Number,
            Some(b'0'..=b'9' | b'+' | b'-' | b'.') => Kind::Number,
            Some(b'"') => Kind::Text,
            Some(b'r') if name == "r" && self.text[1..].starts_with(['"', '#']) => Kind::Text,
            Some(b'[') => Kind::List,
            Some(b'{') => Kind::Map,
            Some(b'(') => Kind::Parentheses,
            _ if name.is_empty() => Kind::Other,
            _ => Kind::Name(name),
        }
    }

    /// The number, or nothing if it is none. Infinite where it is too large for an `f64`.
    pub fn number(&self) -> Option<f64> {
        if self.kind() == Kind::Number { ron::from_str(self.text).ok() } else { None }
    }

    /// The text without its quotes, or nothing if it is none.
    pub fn string(&self) -> Option<String> {
        if self.kind() == Kind::Text { ron::from_str(self.text).ok() } else { None }
    }

    /// The values of a list `[...]`.
    pub fn items(&self) -> Option<Vec<Self>> {
        if self.kind() == Kind::List { self.open(0, Shape::Sequence) } else { None }
            .map(|parts| parts.into_iter().map(|(_, value)| value).collect())
    }

    /// The keys and values of a map `{...}`, in order, doubles included.
    pub fn entries(&self) -> Option<Vec<(Self, Self)>> {
        if self.kind() != Kind::Map {
            return None;
        }
        let parts = self.open(0, Shape::Map)?;
        Some(parts.into_iter().filter_map(|(key, value)| Some((key?, value))).collect())
    }

    /// The values between the parentheses of `(...)` or `Name(...)`, if they have no names.
    pub fn arguments(&self) -> Option<Vec<Self>> {
        Some(self.open(self.parentheses()?, Shape::Tuple)?.into_iter().map(|(_, value)| value).collect())
    }

    /// The names and values between the parentheses of `(...)` or `Name(...)`, in order, doubles included.
    pub fn fields(&self) -> Option<Vec<(Self, Self)>> {
        let parts = self.open(self.parentheses()?, Shape::Struct)?;
        Some(parts.into_iter().filter_map(|(key, value)| Some((key?, value))).collect())
    }

    /// Finds the opening parenthesis in the text, if there is one.
    fn parentheses(&self) -> Option<usize> {
        let after_name = name_length(self.text);
        let blank = skip_blank(&self.text[after_name..]);
        self.text[after_name + blank..].starts_with('(').then_some(after_name + blank)
    }

    /// Opens the value one level, from byte `skip` of its text on.
    fn open(&self, skip: usize, shape: Shape) -> Option<Vec<(Option<Self>, Self)>> {
        let text = &self.text[skip..];
        let mut ron = ron::Deserializer::from_str(text).ok()?;
        let parts = match shape {
            Shape::Sequence => ron.deserialize_seq(Parts::<false>(PhantomData)),
            Shape::Tuple => ron.deserialize_tuple(0, Parts::<false>(PhantomData)),
            Shape::Map => ron.deserialize_map(Parts::<false>(PhantomData)),
            Shape::Struct => ron.deserialize_struct("", &[], Parts::<true>(PhantomData)),
        };
        let place = |part: &'a str| Self {
            text: part,
            start: self.start + skip + (part.as_ptr() as usize - text.as_ptr() as usize),
        };
        Some(parts.ok()?.into_iter().map(|(key, value)| (key.map(place), place(value))).collect())
    }
}

/// The text of a value without white space and comments around it. To find where comments end `ron` reads the value once more, which
/// is as long as it took to cut it out; where there can be none that is left out.
fn trimmed(value: &RawValue) -> &str {
    let text = value.get_ron().trim_ascii();
    let is_bare = |end: Option<&u8>| end.is_some_and(u8::is_ascii_graphic);
    let ends = [text.as_bytes().first(), text.as_bytes().last()];
    let has_comments = text.contains("//") || text.contains("/*");
    if ends.into_iter().all(is_bare) && !has_comments { text } else { value.trim().get_ron() }
}

#[derive(Clone, Copy)]
enum Shape {
    Sequence,
    Tuple,
    Map,
    Struct,
}

/// Collects the raw parts of a compound; with `IDENTIFIERS`, its keys are bare names.
struct Parts<'a, const IDENTIFIERS: bool>(PhantomData<&'a ()>);

type RawParts<'a> = Vec<(Option<&'a str>, &'a str)>;

impl<'a> Visitor<'a> for Parts<'a, false> {
    type Value = RawParts<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or a map")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut parts = Vec::new();
        while let Some(value) = list.next_element::<&'a RawValue>()? {
            parts.push((None, trimmed(value)));
        }
        Ok(parts)
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut parts = Vec::new();
        while let Some((key, value)) = map.next_entry::<&'a RawValue, &'a RawValue>()? {
            parts.push((Some(trimmed(key)), trimmed(value)));
        }
        Ok(parts)
    }
}

impl<'a> Visitor<'a> for Parts<'a, true> {
    type Value = RawParts<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("named fields")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut parts = Vec::new();
        while let Some(key) = map.next_key_seed(Identifier)? {
            // Comments stick to a raw value.
            parts.push((Some(key), trimmed(map.next_value::<&'a RawValue>()?)));
        }
        Ok(parts)
    }
}

/// The bare name of a field, borrowed from the text.
struct Identifier;

impl<'de> DeserializeSeed<'de> for Identifier {
    type Value = &'de str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'de str, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Identifier {
    type Value = &'de str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, name: &'de str) -> Result<&'de str, E> {
        Ok(name)
    }
}

/// The length of the name at the start of the text, 0 if none stands there.
fn name_length(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return 0;
    }
    text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len())
}
