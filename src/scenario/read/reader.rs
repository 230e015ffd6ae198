//! Opens nodes and collects what is wrong with them, so that one reading reports all problems of a file.
//! Each method returns nothing where it has reported a problem.

use super::kind::Kind;
use super::node::{Field, Node};
use crate::error::{Code, Problem, Span};
use crate::plain::shortened;
use crate::scenario::plain_numbers::meant;
use crate::scenario::suggest::{LONGEST_ID, nearest, suggest};
use crate::scenario::{Files, is_in_words};
use std::path::{Path, PathBuf};

/// Fields that had another name before version 0.1.0, with the name of today.
const RENAMED: [(&str, &str); 3] =
    [("causes", "shared_errors"), ("spill", "spillover"), ("instances", "draws")];

/// The problems found so far.
#[derive(Default)]
pub struct Reader<'f> {
    problems: Vec<Problem>,
    /// Finder of other files, if they may be named.
    pub files: Option<&'f Files<'f>>,
    /// Number of claims that were read, those inside others among them.
    pub claims: usize,
    /// Number of edits that were read.
    pub edits: usize,
    /// Number of numbers that edits change.
    pub changes: usize,
    /// Number of values in the lists of distributions.
    pub values: usize,
    /// Number of bytes of the tables that were read.
    pub tables: usize,
    /// Path of the file, and those of the files that are based on it.
    pub name: PathBuf,
    pub chain: Vec<PathBuf>,
}

/// The fields of a struct: known names, each at most once, the required ones there.
#[derive(Debug)]
pub struct Fields<'a> {
    fields: Vec<Field<'a>>,
    any_unknown: bool,
}

impl<'a> Fields<'a> {
    /// Returns true if fields were reported that do not exist, one of which may be another one misspelt.
    pub fn any_unknown(&self) -> bool {
        self.any_unknown
    }

    /// The value of a field, if it is there.
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        self.fields.iter().find(|field| field.key == key).map(|field| field.value)
    }
}

impl<'f> Reader<'f> {
    /// Of the file `name`, on which the files of the chain are based.
    pub fn new(name: &Path, files: Option<&'f Files<'f>>, chain: Vec<PathBuf>) -> Self {
        Self { files, name: name.to_owned(), chain, ..Self::default() }
    }

    /// Adds a problem, unless there are so many already that nobody will read this one.
    pub fn report(&mut self, problem: Problem) {
        if !self.is_full() {
            self.problems.push(problem);
        }
    }

    fn is_full(&self) -> bool {
        const MOST: usize = 1_000;
        self.problems.len() >= MOST
    }

    /// Returns true if nothing is wrong so far.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    /// Everything that is wrong.
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Reports that something other than `expected` stands here.
    pub fn wrong_kind(&mut self, node: Node<'_>, expected: &str) {
        let found = match node.kind() {
            Kind::Number => "a number".into(),
            Kind::Text => "a text".into(),
            Kind::List => "a list".into(),
            Kind::Map => "a map".into(),
            Kind::Object => "an object".into(),
            Kind::Parentheses => "something in parentheses".into(),
            Kind::Name(name) => format!("`{name}`"),
            Kind::Other if node.text().starts_with('\'') => {
                "single quotes, where RON has double quotes".into()
            }
            Kind::Other => "something else".into(),
        };
        let span = if node.text().len() > 40 { node.head() } else { node.span() };
        self.report(
            Problem::new(Code::WrongKind, span, format!("expected {expected}, found {found}"))
                .label(format!("not {expected}")),
        );
    }

    /// A finite number.
    pub fn number(&mut self, node: Node<'_>, what: &str) -> Option<f64> {
        let Some(number) = node.number() else {
            if let Some(mut problem) = meant(node.text()) {
                (problem.code, problem.span) = (Code::WrongKind, node.span());
                self.report(problem);
                return None;
            }
            if node.kind() == Kind::Number {
                let message = format!("`{}` is not a number", node.text());
                let help = "write it as 3.5 or 1e6; what lies between two numbers is Uniform(min: 2, max: 4)";
                self.report(
                    Problem::new(Code::WrongKind, node.span(), message).label("no number").help(help),
                );
                return None;
            }
            self.wrong_kind(node, &format!("{what} as a number"));
            return None;
        };
        self.finite(node, number, what)
    }

    /// Refuses a number that is infinite.
    pub fn finite(&mut self, node: Node<'_>, number: f64, what: &str) -> Option<f64> {
        if number.is_finite() {
            return Some(number);
        }
        let message = format!("{what} must be a finite number");
        self.report(
            Problem::new(Code::OutOfRange, node.span(), message).label("not finite as a 64-bit float"),
        );
        None
    }

    /// A whole number in `1..=most`.
    pub fn count(&mut self, node: Node<'_>, what: &str, most: u64) -> Option<u64> {
        let number = self.number(node, what)?;
        if number.fract() == 0.0 && (1.0..=most as f64).contains(&number) {
            return Some(number as u64);
        }
        let message = format!("{what} must be a whole number from 1 to {most}");
        self.report(Problem::new(Code::OutOfRange, node.span(), message).label(format!("this is {number}")));
        None
    }

    /// A whole number in `1..=most`, of what stands in memory.
    pub fn size(&mut self, node: Node<'_>, what: &str, most: usize) -> Option<usize> {
        self.count(node, what, most as u64).map(|n| n as usize)
    }

    /// A text.
    pub fn string(&mut self, node: Node<'_>, what: &str) -> Option<String> {
        let string = node.string();
        if string.is_none() {
            self.wrong_kind(node, &format!("{what} as a text in quotes"));
        }
        string
    }

    /// A text of at most `most` letters.
    pub fn text(&mut self, node: Node<'_>, what: &str, most: usize) -> Option<String> {
        let text = self.string(node, what)?;
        let n = text.chars().count();
        if n <= most {
            return Some(text);
        }
        let message = format!("{what} has {n} letters, more than the {most} that are accepted");
        self.report(Problem::new(Code::TooMany, node.head(), message).label("too long"));
        None
    }

    /// A list of at most `most` values.
    pub fn list<'a>(&mut self, node: Node<'a>, what: &str, most: usize) -> Option<Vec<Node<'a>>> {
        let Some(items) = node.items() else {
            self.wrong_kind(node, &format!("{what} as a list [...]"));
            return None;
        };
        self.at_most(node, items.len(), what, most).map(|()| items)
    }

    /// Refuses a list of more than `most` values.
    pub fn at_most(&mut self, node: Node<'_>, n: usize, what: &str, most: usize) -> Option<()> {
        if n <= most {
            return Some(());
        }
        let message = format!("too many {what}: {n} (at most {most})");
        self.report(Problem::new(Code::TooMany, node.head(), message));
        None
    }

    /// A list of at least one value.
    pub fn some_list<'a>(&mut self, node: Node<'a>, what: &str, most: usize) -> Option<Vec<Node<'a>>> {
        let items = self.list(node, what, most)?;
        if items.is_empty() {
            self.report(
                Problem::new(Code::Empty, node.span(), format!("expected at least one, found no {what}"))
                    .label("empty"),
            );
            return None;
        }
        Some(items)
    }

    /// Exactly `N` values in parentheses.
    pub fn arguments<'a, const N: usize>(&mut self, node: Node<'a>, expected: &str) -> Option<[Node<'a>; N]> {
        let Some(values) = node.arguments(N) else {
            if node.fields().is_some() {
                let problem = Problem::new(Code::WrongKind, node.head(), "the values here have no names");
                self.report(problem.label("not of that form").help(format!("write {expected}")));
            } else {
                self.wrong_kind(node, expected);
            }
            return None;
        };
        let n = values.len();
        let values = values.try_into().ok();
        if values.is_none() {
            let message = format!(
                "{n} value{} in {}, where {N} belong{}",
                if n == 1 { "" } else { "s" },
                if node.is_json() { "a list" } else { "parentheses" },
                if N == 1 { "s" } else { "" }
            );
            let decimal = if n > N && N > 1 && !node.is_json() {
                "; a number has a decimal point, 0.3, and no comma"
            } else {
                ""
            };
            let problem = Problem::new(Code::WrongLength, node.span(), message).label(format!("{n} here"));
            self.report(problem.help(format!("write {expected}{decimal}")));
        }
        values
    }

    /// The fields of a struct. Unknown, double and missing ones are reported, the others returned all the same.
    pub fn fields<'a>(
        &mut self,
        node: Node<'a>,
        what: &str,
        required: &[&str],
        optional: &[&str],
    ) -> Option<Fields<'a>> {
        let known: Vec<&str> = required.iter().chain(optional).copied().collect();
        let Some(fields) = node.fields() else {
            let example = if node.is_json() {
                let example = known.iter().map(|key| format!("\"{key}\": …")).collect::<Vec<_>>().join(", ");
                format!("write {{{example}}}")
            } else {
                let example = known.iter().map(|key| format!("{key}: …")).collect::<Vec<_>>().join(", ");
                format!("write ({example})")
            };
            let place = if node.is_json() { "braces" } else { "parentheses" };
            let message = format!("{what} takes named fields in {place}");
            self.report(
                Problem::new(Code::WrongKind, node.head(), message).label("not of that form").help(example),
            );
            return None;
        };
        let mut kept: Vec<Field<'a>> = Vec::new();
        let (mut any_unknown, mut misspelt) = (false, Vec::new());
        for field in fields {
            if self.is_full() {
                break;
            }
            let span = field.key_span.clone();
            if !known.contains(&field.key) {
                self.report(unknown_field(what, &field, &known));
                any_unknown = true;
                misspelt.extend(nearest(field.key, &known));
            } else if let Some(first) = kept.iter().find(|kept| kept.key == field.key) {
                let message = format!("the field `{}` appears twice", field.key);
                self.report(
                    Problem::new(Code::Duplicate, span, message)
                        .label("again")
                        .related(first.key_span.clone(), "first")
                        .help("keep one of them"),
                );
            } else {
                kept.push(field);
            }
        }
        for key in required {
            if kept.iter().all(|field| field.key != *key) && !misspelt.contains(key) {
                let message = format!("{what} has no `{key}`");
                self.report(
                    Problem::new(Code::MissingField, node.head(), message)
                        .label(format!("`{key}` is missing"))
                        .help(if node.is_json() {
                            format!("add `\"{key}\": …`")
                        } else {
                            format!("add `{key}: …`")
                        }),
                );
            }
        }
        Some(Fields { fields: kept, any_unknown })
    }

    /// An id: a lower-case letter, then lower-case letters, digits, `_` and `-`.
    pub fn id(&mut self, node: Node<'_>, what: &str) -> Option<String> {
        let id = self.string(node, &format!("the id of {what}"))?;
        let rest = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
        // A claim of the command line is called what it says.
        let says_itself =
            is_in_words(&id) || (id.starts_with(|c: char| c.is_ascii_uppercase()) && id.contains('('));
        if what == "a claim" && says_itself {
            return Some(id);
        }
        if id.len() <= LONGEST_ID && id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(rest)
        {
            return Some(id);
        }
        let help = match plain_id(&id) {
            plain if plain.is_empty() => "for example \"ai_control\"".into(),
            plain => format!("for example \"{plain}\""),
        };
        let message =
            "an id is a lower-case letter, then lower-case letters, digits, `_` or `-`, at most 100 in all";
        self.report(Problem::new(Code::Id, node.span(), message).label("not of that form").help(help));
        None
    }

    /// The index of the id that a text names, or nothing, silently, if the ids themselves could not be read.
    pub fn lookup(&mut self, node: Node<'_>, what: &str, ids: Option<&[&str]>) -> Option<usize> {
        let name = self.string(node, &format!("the id of {what}"))?;
        let ids = ids?;
        let found = ids.iter().position(|id| *id == name);
        if found.is_none() {
            self.unknown(node, &name, what, ids);
        }
        found
    }

    /// Reports that a name is none of the ids.
    pub fn unknown(&mut self, node: Node<'_>, name: &str, what: &str, ids: &[&str]) {
        let article = what.split_once(' ').map_or(what, |(_, noun)| noun);
        let message = format!("unknown {article} `{}`", shortened(name));
        let problem = Problem::new(Code::UnknownName, node.span(), message).label("unknown");
        self.report(problem.help(suggest(name, ids, "there are")));
    }

    /// Returns true if no id stands twice; reports those that do.
    pub fn distinct(&mut self, ids: &[(String, Span)], what: &str) -> bool {
        let mut seen = std::collections::HashMap::new();
        for (id, span) in ids {
            if let Some(first) = seen.get(id) {
                let first: &Span = first;
                self.report(
                    Problem::new(Code::Duplicate, span.clone(), format!("two {what} have the id `{id}`"))
                        .label("again")
                        .related(first.clone(), "first")
                        .help("give one of them another id"),
                );
            } else {
                seen.insert(id.clone(), span.clone());
            }
        }
        seen.len() == ids.len()
    }
}

/// The nearest thing to a text that is an id.
fn plain_id(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let id: String = text.chars().map(plain).collect();
    let id = id.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
    id.trim_matches(|c: char| c == '_' || c.is_ascii_digit()).chars().take(40).collect()
}

/// The problem of a field that is not known: under its name of today if it had another one, else under the nearest name.
fn unknown_field(what: &str, field: &Field<'_>, known: &[&str]) -> Problem {
    let problem = |message| Problem::new(Code::UnknownField, field.key_span.clone(), message);
    match RENAMED.iter().find(|(old, new)| *old == field.key && known.contains(new)) {
        Some((old, new)) => problem(format!("the field `{old}` is now called `{new}`"))
            .label("old name")
            .help(format!("write `{new}` instead")),
        None => problem(format!("{what} has no field `{}`", field.key)).label("unknown field").help(suggest(
            field.key,
            known,
            "the fields are",
        )),
    }
}
