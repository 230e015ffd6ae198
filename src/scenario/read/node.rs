//! One value of a file, RON or JSON, as the reader sees it: its look, its place, and its parts.
//!
//! RON has forms that JSON lacks. `(a: 1)` and `{"a": 1}` are both `{"a": 1}` in JSON, `(1, 2)` is `[1, 2]`, and a named value is an
//! object of one key with a capital: `Normal(mean: 5, sd: 1)` is `{"Normal": {"mean": 5, "sd": 1}}`, `Exact(3)` is
//! `{"Exact": 3}`, `Nth(2, "g")` is `{"Nth": [2, "g"]}`, and `Simplex`, without parentheses, is `"Simplex"`.

use super::json_text::JsonValue;
use super::kind::Kind;
use super::ron_text::RonValue;
use crate::error::Span;

/// One value and its place.
#[derive(Clone, Copy, Debug)]
pub enum Node<'a> {
    /// In RON.
    Ron(RonValue<'a>),
    /// In JSON.
    Json(&'a JsonValue<'a>),
}

/// One `key: value` of a struct.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// The name of the field.
    pub key: &'a str,
    /// The place of the name.
    pub key_span: Span,
    /// The value behind the colon.
    pub value: Node<'a>,
}

impl<'a> Node<'a> {
    /// A place for checks of what was never written, or not as it is now.
    pub const NOWHERE: Node<'static> = Node::Ron(RonValue::NOWHERE);

    /// Returns true if the value is written in JSON.
    pub fn is_json(&self) -> bool {
        matches!(self, Self::Json(_))
    }

    /// The place of the value.
    pub fn span(&self) -> Span {
        match self {
            Self::Ron(ron) => ron.span(),
            Self::Json(json) => json.span(),
        }
    }

    /// The text of the value.
    pub fn text(&self) -> &'a str {
        match self {
            Self::Ron(ron) => ron.text(),
            Self::Json(json) => json.text(),
        }
    }

    /// The place of the name of a named value, or else of the first character.
    pub fn head(&self) -> Span {
        match self {
            Self::Ron(ron) => ron.head(),
            Self::Json(json) => json.head(),
        }
    }

    /// The look of the value.
    pub fn kind(&self) -> Kind<'a> {
        match self {
            Self::Ron(ron) => ron.kind(),
            Self::Json(json) => json.kind(),
        }
    }

    /// The look of the value where names without parentheses are expected, which are texts in JSON.
    pub fn kind_of_name(&self) -> Kind<'a> {
        match self {
            Self::Ron(ron) => ron.kind(),
            Self::Json(json) => json.bare_name().map_or_else(|| json.kind(), Kind::Name),
        }
    }

    /// The number, or nothing if it is none. Infinite where it is too large for an `f64`.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Ron(ron) => ron.number(),
            Self::Json(json) => json.number(),
        }
    }

    /// The text without its quotes, or nothing if it is none.
    pub fn string(&self) -> Option<String> {
        match self {
            Self::Ron(ron) => ron.string(),
            Self::Json(json) => json.string().map(str::to_owned),
        }
    }

    /// The values of a list.
    pub fn items(&self) -> Option<Vec<Self>> {
        match self {
            Self::Ron(ron) => Some(ron.items()?.into_iter().map(Self::Ron).collect()),
            Self::Json(json) => Some(json.items()?.iter().map(Self::Json).collect()),
        }
    }

    /// The keys and values of a map, in order, doubles included.
    pub fn entries(&self) -> Option<Vec<(Self, Self)>> {
        match self {
            Self::Ron(ron) => Some(
                ron.entries()?.into_iter().map(|(key, value)| (Self::Ron(key), Self::Ron(value))).collect(),
            ),
            Self::Json(json) => Some(
                json.entries()?.iter().map(|(key, value)| (Self::Json(key), Self::Json(value))).collect(),
            ),
        }
    }

    /// The values without names that belong to a name or stand in parentheses. JSON has no parentheses: one value alone stands behind
    /// the name as it is, and several in a list.
    pub fn arguments(&self, wanted: usize) -> Option<Vec<Self>> {
        match self {
            Self::Ron(ron) => Some(ron.arguments()?.into_iter().map(Self::Ron).collect()),
            Self::Json(json) => {
                let inside = match json.named() {
                    Some((_, inside)) if wanted == 1 => return Some(vec![Self::Json(inside)]),
                    Some((_, inside)) => inside,
                    None => json,
                };
                Some(inside.items()?.iter().map(Self::Json).collect())
            }
        }
    }

    /// The values with names that belong to a name or stand in parentheses, in order, doubles included.
    pub fn fields(&self) -> Option<Vec<Field<'a>>> {
        match self {
            Self::Ron(ron) => {
                let field = |(key, value): (RonValue<'a>, RonValue<'a>)| Field {
                    key: key.text(),
                    key_span: key.span(),
                    value: Self::Ron(value),
                };
                Some(ron.fields()?.into_iter().map(field).collect())
            }
            Self::Json(json) => {
                let inside = json.named().map_or(*json, |(_, inside)| inside);
                let field = |(key, value): &'a (JsonValue<'a>, JsonValue<'a>)| {
                    Some(Field { key: key.string()?, key_span: key.span(), value: Self::Json(value) })
                };
                inside.entries()?.iter().map(field).collect()
            }
        }
    }
}
