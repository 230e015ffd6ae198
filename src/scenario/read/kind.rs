//! The look of a value, in RON or in JSON.

/// The look of a value from its first characters.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind<'a> {
    /// A number.
    Number,
    /// A text in quotes.
    Text,
    /// `[...]`.
    List,
    /// `{...}` in RON.
    Map,
    /// `(...)` in RON, without a name before it.
    Parentheses,
    /// `{...}` in JSON, unless it is a named value.
    Object,
    /// A name, with or without parentheses behind it; in JSON `{"Name": ...}`, or one of `true`, `false` and `null`.
    Name(&'a str),
    /// None of these: a character, a byte string.
    Other,
}
