//! Why a text is no RON, for people: what was meant where `ron` stopped, and which bracket was never closed.
//! Knows what people write who think of other formats.

use super::as_written::{MORE, NO_RON, NO_SCENARIO, number_as_written};
use super::blank::{block_comment_length, skip_blank, text_length};
use crate::error::{Code, Problem, Span};

/// The place at which `ron` stopped, as a problem.
pub fn syntax_problem(text: &str, error: &ron::error::SpannedError) -> Problem {
    let end = byte(text, error.span.end);
    if error.code == ron::Error::ExceededRecursionLimit {
        let mark = last_character(text, end);
        return Problem::new(Code::TooMany, mark, "values are nested too deeply here").label("too deep");
    }
    let scan = Scan::of(text);
    if let Some(open) = scan.comment {
        return Problem::new(Code::Syntax, open, "this comment is never closed")
            .label("opened here")
            .help("write */ behind it, or // before each of its lines");
    }
    let at = offender(text, end, &error.code);
    number_as_written(text, at)
        .or_else(|| meant(text, at))
        .or_else(|| quotes(text, at, &scan))
        .or_else(|| brackets(text, at, &scan))
        .or_else(|| comma(text, at, &error.code))
        .unwrap_or_else(|| {
            Problem::new(Code::Syntax, token(text, at), NO_RON)
                .label(error.code.to_string())
                .help("run `headstart init -` to see an example scenario")
        })
}

/// Finds the byte of the text at a position of `ron`.
fn byte(text: &str, position: ron::error::Position) -> usize {
    let line_start: usize = text.split_inclusive('\n').take(position.line - 1).map(str::len).sum();
    let line = &text[line_start..];
    line_start + line.char_indices().nth(position.col - 1).map_or(line.len(), |(byte, _)| byte)
}

fn last_character(text: &str, end: usize) -> Span {
    text[..end].char_indices().next_back().map_or(0, |(at, _)| at)..end
}

/// Finds the start of the mistake: `ron` stops before what it did not expect, or behind its first character.
fn offender(text: &str, end: usize, code: &ron::Error) -> usize {
    let start = skip_blank(text);
    if text[start..].starts_with('#') {
        return start;
    }
    let before = last_character(text, end);
    let last = &text[before.clone()];
    let behind = match code {
        ron::Error::UnexpectedChar(c) => !text[end..].starts_with(*c) && last.starts_with(*c),
        ron::Error::InvalidEscape(_) => true,
        _ => matches!(last, "#" | "'" | "/"),
    };
    let at = if behind { before.start } else { end };
    match text[..at].char_indices().next_back() {
        // What `ron` read behind it is not the mistake.
        Some((start, '\'' | '/' | '\\' | '#')) => start,
        Some((start, _)) if text[..start].ends_with('\'') => start - 1,
        _ => at + (text[at..].len() - text[at..].trim_start().len()) % text[at..].len().max(1),
    }
}

/// A name, a number or a single character.
fn token(text: &str, at: usize) -> Span {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let length = text[at..].find(|c| !word(c)).unwrap_or(text.len() - at);
    at..at + length.max(text[at..].chars().next().map_or(0, char::len_utf8))
}

/// Recognizes what is usually meant by the text at the mistake.
fn meant(text: &str, at: usize) -> Option<Problem> {
    let rest = &text[at..];
    let before = text[..at].trim_end();
    if rest.starts_with(',') && before.ends_with(['-', '+']) {
        let sign = before.len() - 1;
        let problem = Problem::new(Code::Syntax, sign..sign + 1, "this sign has no number");
        return Some(problem.label("behind this").help("write a number, or remove it"));
    }
    let last = before.chars().next_back();
    let adjacent = text[..at].chars().next_back();
    let digit = adjacent.is_some_and(|c| c.is_ascii_digit());
    let (length, message, help) = match rest.chars().next()? {
        '#' => (1, "comments start with //, not with this", "a comment starts with // and not with #"),
        '-' if rest.starts_with("--") => {
            (2, "comments start with //, not with this", "a comment starts with // and not with --")
        }
        '<' => (1, "this is not a scenario", "a report can be read only whole, as headstart wrote it"),
        '\'' => (1, "text must be in double quotes", "write \"like this\""),
        c @ ('“' | '”' | '„' | '«' | '»' | '‘' | '’') => {
            (c.len_utf8(), "these are typographic (curly) quotes", "write plain double quotes, \"like this\"")
        }
        '\\' => (
            rest.chars().take(2).map(char::len_utf8).sum(),
            "unknown escape sequence in a text",
            "write a backslash twice, \\\\, or the text as r\"…\"",
        ),
        '%' => (1, "percentages are not supported here", "write a percentage as a share: 0.3 for 30%"),
        '/' => (1, "fractions are not supported here", "write the result instead: 0.3 for 3/10"),
        '=' => (1, "a field has a colon", "write `name: value`, with a colon"),
        ';' => (1, "values are separated by commas", "write a comma in its place"),
        ',' if last == Some(',') => (1, "two commas follow each other", "remove one of them"),
        ',' if last == Some(':') => {
            (1, "this field has no value", "write its value behind the colon, or remove it")
        }
        ':' if last == Some('"') => (
            1,
            "write the name of a field without quotes",
            "write (name: value), or (\"id\", value) where a pair is wanted; the keys of a map {…} have quotes",
        ),
        '{' if adjacent.is_some_and(char::is_alphanumeric) => {
            (1, "fields must be in parentheses", "write Name(field: value)")
        }
        '±' => (
            2,
            "`±` is not supported here",
            "write Normal(mean: 3, sd: 1), or Interval(level: 0.9, low: 2, high: 4, shape: Normal)",
        ),
        '+' if rest.starts_with("+-") || rest.starts_with("+/-") => (
            2,
            "`±` is not supported here",
            "write Normal(mean: 3, sd: 1), or Interval(level: 0.9, low: 2, high: 4, shape: Normal)",
        ),
        c if digit && c.is_alphabetic() => (
            token(text, at).len(),
            "a number has no unit",
            "write the number alone, and its unit in the name",
        ),
        c if c.is_ascii_digit() && number(&text[token(text, at)]) => {
            (token(text, at).len(), "this is not a number", "write it as 3.5 or 1e6")
        }
        _ => return None,
    };
    Some(Problem::new(Code::Syntax, at..at + length, message).label("here").help(help))
}

/// Returns true if it has more than one decimal point, as no number has.
fn number(token: &str) -> bool {
    token.matches('.').count() > 1
}

/// Quotes that were forgotten, or that stand inside a text.
fn quotes(text: &str, at: usize, scan: &Scan) -> Option<Problem> {
    let next = text[at..].chars().next().unwrap_or(' ');
    let before = &text[..at];
    if next == '"' && before.ends_with(char::is_alphanumeric) {
        let start = before.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + 1);
        return Some(
            Problem::new(Code::Syntax, start..at, "this text has no opening quote")
                .label("here")
                .help("write a quote before it"),
        );
    }
    if let Some(open) = scan.text.clone().filter(|open| open.start <= at) {
        let problem = Problem::new(Code::Syntax, open, "this text is never closed");
        return Some(problem.label("opened here").help("write a quote behind it"));
    }
    // The text that ends before the mistake.
    let last = scan.texts.iter().rev().find(|span| span.end <= at)?;
    if !text[last.end..at].trim().is_empty() || !(next.is_alphanumeric() || next == '"') {
        return None;
    }
    if text[last.clone()].contains('\n') {
        let open = last.start..last.start + 1;
        return Some(
            Problem::new(Code::Syntax, token(text, at), "a closing quote is missing before this")
                .label("outside of a text from here on")
                .related(open, "this quote opened it")
                .help("close that text on its own line"),
        );
    }
    (last.end == at).then(|| {
        Problem::new(Code::Syntax, last.end - 1..last.end, "this quote ends the text")
            .label("here")
            .help("write a quote inside of a text as \\\"")
    })
}

/// Brackets that do not belong together.
fn brackets(text: &str, at: usize, scan: &Scan) -> Option<Problem> {
    let named = |at: usize| &text[at..=at];
    let closing = |open: usize| match named(open) {
        "(" => ")",
        "[" => "]",
        _ => "}",
    };
    let is_closing = text[at..].starts_with([')', ']', '}']);
    if let Some(extra) = scan.extra.filter(|_| is_closing) {
        return Some(
            Problem::new(Code::Syntax, extra..extra + 1, format!("unmatched closing {}", named(extra)))
                .label("one too many")
                .help("remove it, or look for one that is missing before it"),
        );
    }
    let open = scan.outdented.or(scan.mismatch.map(|(open, _)| open)).or(scan.open.last().copied())?;
    // What stands before the bracket is wrong in a way of its own.
    if open > at {
        return None;
    }
    let problem = Problem::new(Code::Syntax, open..open + 1, format!("this {} is never closed", named(open)))
        .label("opened here")
        .help(format!("write {} where it ends", closing(open)));
    Some(match scan.mismatch {
        Some((inner, close)) if inner == open => {
            problem.related(close..close + 1, format!("{} was wanted before this", closing(open)))
        }
        _ => problem,
    })
}

/// Explains the text that stands where a comma or the end was wanted.
fn comma(text: &str, at: usize, code: &ron::Error) -> Option<Problem> {
    let next = text[at..].chars().next()?;
    match code {
        ron::Error::ExpectedComma => {
            let previous = text[..at].trim_end().len();
            let word = text[..previous].ends_with(char::is_alphanumeric);
            let key =
                |rest: &str| rest.starts_with(['"', '(', '[']) || rest.starts_with(char::is_alphanumeric);
            let mark = last_character(text, previous);
            // `title "t"`: a name and no colon.
            if word && next == '"' {
                let name = text[..previous]
                    .rfind(|c: char| !(c.is_alphanumeric() || c == '_'))
                    .map_or(0, |at| at + 1);
                return Some(
                    Problem::new(Code::Syntax, name..previous, "a field has a colon")
                        .label("behind this")
                        .help("write `name: value`, with a colon"),
                );
            }
            key(&text[at..]).then(|| {
                Problem::new(Code::Syntax, mark, "a comma is missing")
                    .label("behind this")
                    .help("put commas between values")
            })
        }
        ron::Error::ExpectedMapColon => Some(
            Problem::new(Code::Syntax, token(text, at), "a map has keys and values")
                .label("expected a colon before this")
                .help("write {\"key\": value}, or [value, value] for a list"),
        ),
        ron::Error::TrailingCharacters if !text[..at].contains('(') => {
            Some(Problem::new(Code::Syntax, token(text, at), NO_SCENARIO).label("here").help(
                "a file holds one Scenario(…); `headstart init --from table.csv` builds one from a table",
            ))
        }
        ron::Error::TrailingCharacters if next == ',' => Some(
            Problem::new(
                Code::Syntax,
                last_character(text, at),
                "this closes the whole scenario, and more follows",
            )
            .label("one too many")
            .help("remove it, or one before it"),
        ),
        ron::Error::ExpectedIdentifier => Some(
            Problem::new(Code::Syntax, token(text, at), "a value without a name is among values with names")
                .label("here")
                .help("write names for all of them, (a: 1, b: 2), or for none, (1, 2)"),
        ),
        ron::Error::TrailingCharacters => Some(
            Problem::new(Code::Syntax, token(text, at), MORE)
                .label("here")
                .help("a file holds one Scenario(…), with all of its fields between its parentheses"),
        ),
        _ => None,
    }
}

/// Count of the brackets, quotes and comments of a text.
#[derive(Default)]
struct Scan {
    /// A comment without an end.
    comment: Option<Span>,
    /// A text without an end.
    text: Option<Span>,
    /// The texts, quotes included.
    texts: Vec<Span>,
    /// Brackets that are open at the end.
    open: Vec<usize>,
    /// An opening bracket and the first closing one that is of another kind.
    mismatch: Option<(usize, usize)>,
    /// A closing bracket where none is open.
    extra: Option<usize>,
    /// A bracket that was open where a line started no further in than the line that opened it.
    outdented: Option<usize>,
}

impl Scan {
    fn of(text: &str) -> Self {
        let mut scan = Self::default();
        let mut at = 0;
        let (mut indent, mut new_line) = (0, true);
        // With the indentation of the line that each was opened on.
        let mut open: Vec<(usize, usize)> = Vec::new();
        while at < text.len() && scan.mismatch.is_none() && scan.extra.is_none() {
            let rest = &text[at..];
            let blank = skip_blank(rest);
            if blank > 0 {
                if let Some(newline) = rest[..blank].rfind('\n') {
                    (indent, new_line) = (blank - newline - 1, true);
                }
                if rest[..blank].trim_start().starts_with("/*") && at + blank == text.len() {
                    let start = at + rest[..blank].find("/*").unwrap_or(0);
                    let closed = block_comment_length(&text[start..]);
                    if !text[start..start + closed].ends_with("*/") {
                        scan.comment = Some(start..start + 2);
                    }
                }
                at += blank;
                continue;
            }
            let c = rest.chars().next().unwrap_or(' ');
            let closes = matches!(c, ')' | ']' | '}');
            if std::mem::take(&mut new_line) && !closes && scan.outdented.is_none() {
                scan.outdented = open.iter().find(|(_, of)| *of >= indent).map(|(open, _)| *open);
            }
            let length = match c {
                '"' => {
                    let length = text_length(rest);
                    if length == rest.len() && (length == 1 || !rest.ends_with('"')) {
                        scan.text = Some(at..at + 1);
                    }
                    scan.texts.push(at..at + length);
                    length
                }
                '(' | '[' | '{' => {
                    open.push((at, indent));
                    1
                }
                _ if closes => {
                    match open.pop() {
                        None => scan.extra = Some(at),
                        Some((opened, _))
                            if !matches!(
                                (&text[opened..=opened], c),
                                ("(", ')') | ("[", ']') | ("{", '}')
                            ) =>
                        {
                            scan.mismatch = Some((opened, at));
                        }
                        Some(_) => {}
                    }
                    1
                }
                c => c.len_utf8(),
            };
            at += length;
        }
        scan.open = open.into_iter().map(|(open, _)| open).collect();
        // A bracket that stands open over a whole file with one more field a line is no mistake.
        if scan.open.is_empty() && scan.mismatch.is_none() {
            scan.outdented = None;
        }
        scan
    }
}
