//! A piece of RON text that knows its place: the bridge from `ron` to a reader that reports every problem of a
//! file at once. Knows the syntax of RON, nothing of scenarios.
//!
//! `ron` stops at its first error and gives no places to what it has parsed. It says whether a whole text is RON; a [`RonValue`] is
//! then the text of one value, and is opened one level at a time.

use super::blank::skip_blank;
use super::kind::Kind;
use super::plain_ron::{is_number, is_plain};
use super::ron_tokens::{Tokens, parts};
use super::syntax::syntax_problem;
use crate::error::{Code, Problem, Span};
use ron::value::RawValue;
use std::ops::Range;

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
        if !is_plain(text) {
            RawValue::from_ron(text).map_err(|error| syntax_problem(text, &error))?;
        }
        let start = skip_blank(text);
        let end = Tokens::new(text, start).last().map_or(start, |(_, place)| place.end);
        Ok(Self { text: &text[start..end], start })
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
        match self.kind() {
            Kind::Number if is_number(self.text) => self.text.parse().ok(),
            Kind::Number => ron::from_str(self.text).ok(),
            _ => None,
        }
    }

    /// The text without its quotes, or nothing if it is none.
    pub fn string(&self) -> Option<String> {
        if self.kind() == Kind::Text { ron::from_str(self.text).ok() } else { None }
    }

    /// The values of a list `[...]`.
    pub fn items(&self) -> Option<Vec<Self>> {
        if self.kind() == Kind::List { self.values(0) } else { None }
    }

    /// The keys and values of a map `{...}`, in order, doubles included.
    pub fn entries(&self) -> Option<Vec<(Self, Self)>> {
        if self.kind() == Kind::Map { self.pairs(0) } else { None }
    }

    /// The values between the parentheses of `(...)` or `Name(...)`, if they have no names.
    pub fn arguments(&self) -> Option<Vec<Self>> {
        self.values(self.parentheses()?)
    }

    /// The names and values between the parentheses of `(...)` or `Name(...)`, in order, doubles included.
    pub fn fields(&self) -> Option<Vec<(Self, Self)>> {
        self.pairs(self.parentheses()?)
    }

    /// Finds the opening parenthesis in the text, if there is one.
    fn parentheses(&self) -> Option<usize> {
        let after_name = name_length(self.text);
        let blank = skip_blank(&self.text[after_name..]);
        self.text[after_name + blank..].starts_with('(').then_some(after_name + blank)
    }

    /// Opens the value one level, from the bracket at a byte of its text on.
    fn open(&self, bracket: usize) -> Option<Vec<(Option<Self>, Self)>> {
        let place =
            |place: Range<usize>| Self { text: &self.text[place.clone()], start: self.start + place.start };
        let parts = parts(self.text, bracket)?;
        Some(parts.into_iter().map(|(key, value)| (key.map(place), place(value))).collect())
    }

    /// The values without names from a bracket on, if all are that.
    fn values(&self, bracket: usize) -> Option<Vec<Self>> {
        let value = |(key, value): (Option<Self>, Self)| key.is_none().then_some(value);
        self.open(bracket)?.into_iter().map(value).collect()
    }

    /// The keys and values from a bracket on, if all have one.
    fn pairs(&self, bracket: usize) -> Option<Vec<(Self, Self)>> {
        self.open(bracket)?.into_iter().map(|(key, value)| Some((key?, value))).collect()
    }
}

/// The length of the name at the start of the text, 0 if none stands there.
fn name_length(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return 0;
    }
    text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use crate::scenario::read::plain_ron::{DEEPEST, is_plain};
    use crate::scenario::read::ron_tokens::parts;
    use ron::value::RawValue;

    /// Texts of all forms that scenarios have, and some that they have not.
    const TEXTS: [&str; 9] = [
        r#"Scenario(title: "a \"b\" (c", scale: (min: 0, max: 10,), groups: [(id: "x")], /* no /* end */ */ areas: [])"#,
        "Mixture([(0.5, Exact(1)), (0.5, Normal(mean: -1.5e-3, sd: +2.))]) // the end",
        r#"ByWorld("w", {"x": 1, "y": Uniform(min: 0, max: 1)})"#,
        "All([Before(Nth(2, \"g\"), Area(\"a\")), Not(Most(\"g\", \"h\"))])",
        "[1, 2.5, -3e5, 007, (), (1,), A(), {}, []]",
        r##"[r"raw (", r#"raw " ("#, 'c', '\'', b"x", 0x10, 1_000, .5, 1., inf, Some(1), None, true]"##,
        "(a: 1, b: (c: [\n// a comment, (\n1]), r#d: 2)",
        r#"("é", "\u{e9}\x41\0", "a
b", "\
   c")"#,
        "[1/* one */,/* two */ 2 , \t3\u{85}]",
    ];

    /// Plain texts are RON, whatever is changed in them, and have the parts that `ron` finds.
    #[test]
    fn what_is_plain_is_ron() {
        let mut state = 7_u64;
        let mut random = |n: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % n
        };
        let pieces: Vec<char> = "()[]{},:\"'\\/*#rb Aa_.+-019e\n\u{e9}\u{2028}".chars().collect();
        let (mut n_plain, mut n_other) = (0, 0);
        for round in 0..60_000 {
            let mut text: Vec<char> = TEXTS[round % TEXTS.len()].chars().collect();
            for _ in 0..random(4) {
                let at = random(text.len());
                match random(3) {
                    0 => drop(text.remove(at)),
                    1 => text[at] = pieces[random(pieces.len())],
                    _ => text.insert(at, pieces[random(pieces.len())]),
                }
            }
            let text: String = text.into_iter().collect();
            let is_ron = RawValue::from_ron(&text).is_ok();
            if is_plain(&text) {
                assert!(is_ron, "{text}");
                n_plain += 1;
            } else if is_ron {
                n_other += 1;
            }
            if let (true, Some(rest)) = (is_ron, text.strip_prefix('[')) {
                let found: Vec<&RawValue> = ron::from_str(&text).unwrap();
                let found: Vec<&str> = found.iter().map(|part| part.trim().get_ron()).collect();
                let ours: Vec<&str> =
                    parts(&text, 0).unwrap().into_iter().map(|(_, place)| &text[place]).collect();
                assert_eq!(ours, found, "[{rest}");
            }
        }
        assert!(n_plain > 5_000 && n_other > 2_000, "{n_plain} {n_other}");
    }

    /// `ron` takes what is nested as deeply as it may be here.
    #[test]
    fn depth_is_within_that_of_ron() {
        for (open, close) in
            [("[", "]"), ("(", ")"), ("A(", ")"), ("(a: ", ")"), ("A(a: ", ")"), ("{1: ", "}")]
        {
            let nested = |n: usize| format!("{}1{}", open.repeat(n), close.repeat(n));
            assert!(is_plain(&nested(DEEPEST)) && RawValue::from_ron(&nested(DEEPEST)).is_ok(), "{open}");
            assert!(!is_plain(&nested(DEEPEST + 1)));
        }
    }
}
