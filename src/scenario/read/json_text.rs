//! JSON text as a tree whose every value knows its place. Knows the syntax of JSON, nothing of scenarios.

use super::kind::Kind;
use crate::error::{Code, Problem, Span};
use std::borrow::Cow;

/// Lists and objects in each other. A named value takes two levels, where RON takes one and has 128.
const DEEPEST: usize = 256;

/// One value and its place.
#[derive(Debug)]
pub struct JsonValue<'a> {
    text: &'a str,
    start: usize,
    content: Content<'a>,
}

#[derive(Debug)]
enum Content<'a> {
    Number,
    Text(Cow<'a, str>),
    /// `true`, `false` or `null`.
    Word,
    List(Vec<JsonValue<'a>>),
    /// The keys are texts.
    Object(Vec<(JsonValue<'a>, JsonValue<'a>)>),
}

/// Returns true if a text is JSON and no RON, as far as a scenario goes: that starts with a brace in JSON alone.
pub fn is_json(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

impl<'a> JsonValue<'a> {
    /// Parses the one value of a whole text.
    ///
    /// # Errors
    /// Returns the first place where the text is no JSON.
    pub fn whole(text: &'a str) -> Result<Self, Problem> {
        let mut parser = Parser { text, at: 0, depth: 0 };
        parser.skip_blank();
        let value = parser.value()?;
        parser.skip_blank();
        if parser.at == text.len() {
            return Ok(value);
        }
        Err(parser
            .problem(parser.token(), "unexpected text after the scenario")
            .help("a file holds one scenario {…}, with all of its fields between its braces"))
    }

    /// The place of the value.
    pub fn span(&self) -> Span {
        self.start..self.start + self.text.len()
    }

    /// The text of the value.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The place of the name of a named value, or else of the first character.
    pub fn head(&self) -> Span {
        match &self.content {
            Content::Object(entries) if self.named().is_some() => entries[0].0.span(),
            Content::Word => self.span(),
            Content::Text(_) if self.bare_name().is_some() => self.span(),
            _ => self.start..self.start + self.text.chars().next().map_or(0, char::len_utf8),
        }
    }

    /// The look of the value.
    pub fn kind(&'a self) -> Kind<'a> {
        match &self.content {
            Content::Number => Kind::Number,
            Content::Text(_) => Kind::Text,
            Content::Word => Kind::Name(self.text),
            Content::List(_) => Kind::List,
            Content::Object(_) => self.named().map_or(Kind::Object, |(name, _)| Kind::Name(name)),
        }
    }

    /// The name and the content of an object with one key that starts with a capital.
    pub fn named(&self) -> Option<(&str, &JsonValue<'a>)> {
        let Content::Object(entries) = &self.content else { return None };
        let [(key, value)] = &entries[..] else { return None };
        let name = key.string()?;
        name.starts_with(|c: char| c.is_ascii_uppercase()).then_some((name, value))
    }

    /// The name that a text is, if it has the form of one.
    pub fn bare_name(&self) -> Option<&str> {
        let name = self.string()?;
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        is_name.then_some(name)
    }

    /// The number, infinite where it is too large for an `f64`.
    pub fn number(&self) -> Option<f64> {
        if matches!(self.content, Content::Number) { self.text.parse().ok() } else { None }
    }

    /// The text without its quotes and escapes.
    pub fn string(&self) -> Option<&str> {
        if let Content::Text(text) = &self.content { Some(text) } else { None }
    }

    /// The values of a list.
    pub fn items(&self) -> Option<&[JsonValue<'a>]> {
        if let Content::List(items) = &self.content { Some(items) } else { None }
    }

    /// The keys and values of an object, in order, doubles included.
    pub fn entries(&self) -> Option<&[(JsonValue<'a>, JsonValue<'a>)]> {
        if let Content::Object(entries) = &self.content { Some(entries) } else { None }
    }
}

/// A text in quotes, with the escapes of JSON.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text can always be written as JSON")
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_blank(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\n', '\r', '\t']).len();
    }

    fn value(&mut self) -> Result<JsonValue<'a>, Problem> {
        let start = self.at;
        let content = match self.rest().chars().next() {
            Some('"') => Content::Text(self.string()?),
            Some('[') => Content::List(self.sequence(']', Self::value)?),
            Some('{') => Content::Object(self.sequence('}', Self::entry)?),
            Some(_) => self.word()?,
            None => return Err(self.problem(self.last(), "the text ends where a value belongs")),
        };
        Ok(JsonValue { text: &self.text[start..self.at], start, content })
    }

    fn entry(&mut self) -> Result<(JsonValue<'a>, JsonValue<'a>), Problem> {
        if !self.rest().starts_with('"') {
            if let Some(comment) = self.comment() {
                return Err(comment);
            }
            let problem = self.problem(self.token(), "JSON needs double quotes around the name of a field");
            return Err(problem.help("write \"name\": value"));
        }
        let key = self.value()?;
        self.skip_blank();
        if !self.rest().starts_with(':') {
            let problem = Problem::new(Code::Syntax, key.span(), "a field has a colon").label("behind this");
            return Err(problem.help("write \"name\": value, with a colon"));
        }
        self.at += 1;
        self.skip_blank();
        Ok((key, self.value()?))
    }

    /// Reads the parts between an opening bracket and the closing one.
    fn sequence<T>(
        &mut self,
        close: char,
        part: impl Fn(&mut Self) -> Result<T, Problem>,
    ) -> Result<Vec<T>, Problem> {
        let open = self.at;
        self.depth += 1;
        if self.depth > DEEPEST {
            let mark = open..open + 1;
            return Err(
                Problem::new(Code::TooMany, mark, "values are nested too deeply here").label("too deep")
            );
        }
        let (mut parts, mut comma) = (Vec::new(), None);
        self.at += 1;
        loop {
            self.skip_blank();
            let rest = self.rest();
            if rest.is_empty() {
                let bracket = &self.text[open..=open];
                let problem = self.problem(open..open + 1, format!("this {bracket} is never closed"));
                return Err(problem.label("opened here").help(format!("write {close} where it ends")));
            }
            if rest.starts_with(close) {
                if let Some(comma) = comma {
                    let problem = self.problem(comma..comma + 1, "a comma follows the last value");
                    return Err(problem.help("remove it: JSON has commas between values only"));
                }
                self.at += 1;
                self.depth -= 1;
                return Ok(parts);
            }
            if !parts.is_empty() && comma.is_none() {
                return Err(self.no_comma(open, close));
            }
            parts.push(part(self)?);
            self.skip_blank();
            comma = self.rest().starts_with(',').then_some(self.at);
            self.at += usize::from(comma.is_some());
        }
    }

    /// A value or a bracket where a comma is expected.
    fn no_comma(&self, open: usize, close: char) -> Problem {
        if self.rest().starts_with([']', '}']) {
            let bracket = &self.text[open..=open];
            let problem = self.problem(open..open + 1, format!("this {bracket} is never closed"));
            return problem
                .label("opened here")
                .related(self.at..self.at + 1, format!("{close} was wanted before this"))
                .help(format!("write {close} where it ends"));
        }
        if let Some(comment) = self.comment() {
            return comment;
        }
        let before = self.text[..self.at].trim_end().len();
        let start = self.text[..before].char_indices().next_back().map_or(0, |(at, _)| at);
        self.problem(start..before, "a comma is missing")
            .label("behind this")
            .help("put commas between values")
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Problem> {
        let rest = self.rest();
        let (mut escaped, mut any_escape) = (false, false);
        for (at, c) in rest.char_indices().skip(1) {
            match c {
                _ if escaped => escaped = false,
                '\\' => (escaped, any_escape) = (true, true),
                '"' => {
                    let (start, raw) = (self.at, &rest[..=at]);
                    self.at += raw.len();
                    if !any_escape {
                        return Ok(Cow::Borrowed(&raw[1..at]));
                    }
                    return serde_json::from_str(raw).map(Cow::Owned).map_err(|_| {
                        self.problem(start..self.at, "an escape in this text does not exist in JSON")
                            .help("write a backslash twice, \\\\")
                    });
                }
                '\n' => {
                    let problem = self.problem(self.at..self.at + 1, "this text does not end on its line");
                    return Err(problem
                        .label("opened here")
                        .help("close it with a quote; a new line is \\n"));
                }
                c if c.is_ascii_control() => {
                    let mark = self.at + at..self.at + at + 1;
                    let problem = self.problem(mark, "a text cannot have a control character in JSON");
                    return Err(problem.help("write it as an escape: a tab is \\t"));
                }
                _ => {}
            }
        }
        let problem = self.problem(self.at..self.at + 1, "this text is never closed");
        Err(problem.label("opened here").help("write a quote behind it"))
    }

    /// A number, or one of the three words that JSON has.
    fn word(&mut self) -> Result<Content<'a>, Problem> {
        let token = self.token();
        let text = &self.text[token.clone()];
        let content = match text {
            "true" | "false" | "null" => Content::Word,
            _ if is_number(text) => Content::Number,
            _ => return Err(self.no_value(token)),
        };
        self.at = token.end;
        Ok(content)
    }

    fn no_value(&self, token: Span) -> Problem {
        let text = &self.text[token.clone()];
        if let Some(comment) = self.comment() {
            return comment;
        }
        if text.starts_with('\'') {
            return self.problem(token, "text must be in double quotes").help("write \"like this\"");
        }
        if text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
            return self.problem(token, format!("`{text}` is not a number")).help("write it as 3.5 or 1e6");
        }
        self.problem(token, "a value of JSON is expected here").help(
            "put a name in quotes, \"Simplex\", and a distribution is {\"Normal\": {\"mean\": 5, \"sd\": 1}}",
        )
    }

    fn comment(&self) -> Option<Problem> {
        let rest = self.rest();
        let length = if rest.starts_with("//") || rest.starts_with("/*") {
            2
        } else {
            usize::from(rest.starts_with('#'))
        };
        (length > 0).then(|| {
            self.problem(self.at..self.at + length, "JSON has no comments")
                .help("remove it, or write the scenario as RON, which has them")
        })
    }

    /// The place of a word, a number or a single character.
    fn token(&self) -> Span {
        let rest = self.rest();
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '+' | '-');
        let word = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        self.at..self.at + word.max(rest.chars().next().map_or(0, char::len_utf8))
    }

    /// The place of the last character before this one.
    fn last(&self) -> Span {
        let before = self.text[..self.at].trim_end();
        before.char_indices().next_back().map_or(0, |(at, _)| at)..before.len()
    }

    #[expect(clippy::unused_self, reason = "is called beside the other parts of a problem")]
    fn problem(&self, span: Span, message: impl Into<String>) -> Problem {
        Problem::new(Code::Syntax, span, message).label("here")
    }
}

/// Returns true if a text is a number by the grammar of JSON.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut rest = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest.starts_with('0')) {
        return false;
    }
    rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let n = digits(fraction);
        if n == 0 {
            return false;
        }
        rest = &fraction[n..];
    }
    let Some(exponent) = rest.strip_prefix(['e', 'E']) else { return rest.is_empty() };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    !exponent.is_empty() && digits(exponent) == exponent.len()
}
