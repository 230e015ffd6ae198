//! Problems of a file, with their places in the text, and how they are shown to a person.
//! Knows nothing of what the file means.

use crate::plain::Plain;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use std::fmt;
use std::ops::Range;

/// The kinds of problem, each with the code by which it can be looked up.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Code {
    /// E001: the text is no RON, so nothing in it can be read.
    Syntax,
    /// E002: a field that does not exist.
    UnknownField,
    /// E003: a field that must be there is not.
    MissingField,
    /// E004: something else stands where a number, a text, a list … belongs.
    WrongKind,
    /// E005: the id of an area, group, world … that does not exist, or a family that does not.
    UnknownName,
    /// E006: the same id, field or key twice.
    Duplicate,
    /// E007: a list of the wrong length.
    WrongLength,
    /// E008: parameters for which a distribution is not defined.
    Parameter,
    /// E009: a number outside the range that it must lie in.
    OutOfRange,
    /// E010: probabilities that are negative or do not sum to one.
    Probability,
    /// E011: something is there, but holds nothing.
    Empty,
    /// E012: weights with which no order can be made.
    Weights,
    /// E013: more of something than the program accepts.
    TooMany,
    /// E014: an id that is not of the form `[a-z][a-z0-9_-]*`.
    Id,
    /// E015: an edit that cannot be made.
    Edit,
    /// E016: an assert or a claim that cannot be read.
    Claim,
    /// E017: a base scenario that cannot be read.
    Base,
}

impl Code {
    /// The code as it is printed, e.g. `E008`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "E001",
            Self::UnknownField => "E002",
            Self::MissingField => "E003",
            Self::WrongKind => "E004",
            Self::UnknownName => "E005",
            Self::Duplicate => "E006",
            Self::WrongLength => "E007",
            Self::Parameter => "E008",
            Self::OutOfRange => "E009",
            Self::Probability => "E010",
            Self::Empty => "E011",
            Self::Weights => "E012",
            Self::TooMany => "E013",
            Self::Id => "E014",
            Self::Edit => "E015",
            Self::Claim => "E016",
            Self::Base => "E017",
        }
    }
}

/// A stretch of the text, in bytes.
pub type Span = Range<usize>;

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    /// Its kind.
    pub code: Code,
    /// Sentence without a full stop that says what is wrong.
    pub message: String,
    /// The text that is marked.
    pub span: Span,
    /// Text at the mark; may be empty.
    pub label: String,
    /// Other text that has to do with it, each with what is said there.
    pub related: Vec<(Span, String)>,
    /// Remedy: what to write instead.
    pub help: Option<String>,
    /// The part of the file that it is in, such as `factors[2].scores[4]`; empty where it is the whole file, or no part can be told
    /// from another. Through values with names it leads as through the JSON form: `factors[0].weight.Normal.sd`.
    pub path: String,
}

impl Problem {
    /// A problem at `span`, with nothing more to say than its message.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            span,
            label: String::new(),
            related: Vec::new(),
            help: None,
            path: String::new(),
        }
    }

    /// Sets the text at the mark.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Marks another piece of text as well.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// Adds the remedy: what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A file that cannot be used: all that is wrong with it, in the order of the text.
#[derive(Clone, Debug)]
pub struct Problems {
    name: String,
    text: String,
    problems: Vec<Problem>,
}

/// More than these are counted, not shown.
const SHOWN: usize = 25;

impl Problems {
    /// The problems of the file `name`, whose content is `text`. What they mark is widened to whole characters of it.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>, mut problems: Vec<Problem>) -> Self {
        let text = text.into();
        for problem in &mut problems {
            let related = problem.related.iter_mut().map(|(span, _)| span);
            for span in related.chain([&mut problem.span]) {
                *span = text.floor_char_boundary(span.start)..text.ceil_char_boundary(span.end);
            }
        }
        problems.sort_by_key(|p| p.span.start);
        Self { name: name.into(), text, problems }
    }

    /// The problems, in the order of the text.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Line and column of a byte of the text, both from 1, the column in characters.
    #[must_use]
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let before = &self.text[..byte.min(self.text.len())];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    /// All problems as text, each with its line marked; with colours if `coloured`.
    #[must_use]
    pub fn render(&self, coloured: bool) -> String {
        let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
        let mut out = String::new();
        for problem in self.problems.iter().take(SHOWN) {
            out += &self.render_one(problem, &renderer);
            out += "\n\n";
        }
        let n = self.problems.len();
        if n > SHOWN {
            out += &format!("… and {} more\n\n", n - SHOWN);
        }
        out + &format!("{}: {n} problem{}\n", Plain::short(&self.name), if n == 1 { "" } else { "s" })
    }

    fn render_one(&self, problem: &Problem, renderer: &Renderer) -> String {
        let marked = std::iter::once(&problem.span).chain(problem.related.iter().map(|(span, _)| span));
        let start = marked.clone().map(|span| span.start).min().unwrap_or(0);
        let end = marked.map(|span| span.end).max().unwrap_or(0);
        let excerpt = self.excerpt(start..end);
        let at = |span: &Span| span.start - excerpt.start..span.end - excerpt.start;
        // The renderer leaves letters in that some terminals take for the start of an order, and those that hide.
        let source = Plain::in_place(&self.text[excerpt.clone()]);
        let (name, message, label) =
            (Plain::short(&self.name), Plain::lines(&problem.message), Plain::lines(&problem.label));
        let help = problem.help.as_ref().map(Plain::lines);
        let related: Vec<(&Span, Plain)> =
            problem.related.iter().map(|(span, label)| (span, Plain::lines(label))).collect();
        let mut snippet = Snippet::source(&*source)
            .line_start(self.position(excerpt.start).0)
            .path(&*name)
            .annotation(AnnotationKind::Primary.span(at(&problem.span)).label(&*label));
        for (span, label) in &related {
            snippet = snippet.annotation(AnnotationKind::Context.span(at(span)).label(&**label));
        }
        let mut group = Level::ERROR.primary_title(&*message).id(problem.code.as_str()).element(snippet);
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(&**help));
        }
        renderer.render(&[group])
    }

    /// The whole lines that `span` touches, so that a large file is not laid out anew for each problem.
    fn excerpt(&self, span: Span) -> Span {
        let start = self.text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
        let end = self.text[span.end..].find('\n').map_or(self.text.len(), |newline| span.end + newline);
        start..end
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Problems {}
