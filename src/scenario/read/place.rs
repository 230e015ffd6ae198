//! The paths of problems: the way from the whole file to the part that is wrong, as `factors[2].scores[4]`.

use super::kind::Kind;
use super::node::Node;
use crate::error::{Problem, Span};

/// One part of a value: the step that leads to it, and the place of the key that it has.
struct Part<'a> {
    step: String,
    key: Option<Span>,
    value: Node<'a>,
}

/// Gives each problem of a file its path. A path leads through the JSON form of the file, whatever the file is written in; that of
/// the whole file is empty.
pub fn set_paths(root: Node<'_>, problems: &mut [Problem]) {
    let all: Vec<&mut Problem> = problems.iter_mut().collect();
    // The name of the whole is no step.
    let parts = if matches!(root.kind(), Kind::Name(_)) { named_fields(root) } else { parts(root) };
    descend(parts, "", all);
}

/// Hands the problems on to the parts that hold them.
fn descend(parts: Vec<Part<'_>>, path: &str, problems: Vec<&mut Problem>) {
    let mut left = problems;
    for part in parts {
        if left.is_empty() {
            return;
        }
        let below = format!("{path}{}", part.step);
        let inside = |outer: &Span, span: &Span| outer.start <= span.start && span.end <= outer.end;
        let (within, others): (Vec<&mut Problem>, Vec<&mut Problem>) =
            left.into_iter().partition(|problem| {
                inside(&part.value.span(), &problem.span)
                    || part.key.as_ref().is_some_and(|key| inside(key, &problem.span))
            });
        left = others;
        if within.is_empty() {
            continue;
        }
        let below = below.strip_prefix('.').filter(|_| path.is_empty()).unwrap_or(&below).to_owned();
        let mut deeper = Vec::new();
        for problem in within {
            problem.path.clone_from(&below);
            if inside(&part.value.span(), &problem.span) {
                deeper.push(problem);
            }
        }
        if !deeper.is_empty() {
            descend(self::parts(part.value), &below, deeper);
        }
    }
}

/// The parts of a value.
fn parts<'a>(node: Node<'a>) -> Vec<Part<'a>> {
    match node.kind() {
        Kind::List => indexed("", node.items()),
        Kind::Map => {
            let entries = node.entries().unwrap_or_default();
            let part = |(key, value): (Node<'a>, Node<'a>)| Part {
                step: step(&key.string().unwrap_or_else(|| key.text().to_owned())),
                key: Some(key.span()),
                value,
            };
            entries.into_iter().map(part).collect()
        }
        Kind::Object => fields("", node),
        Kind::Parentheses if node.fields().is_some() => fields("", node),
        Kind::Parentheses => indexed("", node.arguments(0)),
        Kind::Name(name) => {
            let prefix = format!(".{name}");
            match node.arguments(1) {
                // In JSON all that belongs to a name is one value.
                Some(values) if values.len() == 1 => {
                    values.into_iter().map(|value| Part { step: prefix.clone(), key: None, value }).collect()
                }
                Some(values) => indexed(&prefix, Some(values)),
                None => fields(&prefix, node),
            }
        }
        Kind::Number | Kind::Text | Kind::Other => Vec::new(),
    }
}

fn named_fields(node: Node<'_>) -> Vec<Part<'_>> {
    if node.fields().is_some() { fields("", node) } else { indexed("", node.arguments(0)) }
}

fn fields<'a>(prefix: &str, node: Node<'a>) -> Vec<Part<'a>> {
    let fields = node.fields().unwrap_or_default();
    let part = |field: super::node::Field<'a>| Part {
        step: format!("{prefix}{}", step(field.key)),
        key: Some(field.key_span),
        value: field.value,
    };
    fields.into_iter().map(part).collect()
}

fn indexed<'a>(prefix: &str, values: Option<Vec<Node<'a>>>) -> Vec<Part<'a>> {
    let values = values.unwrap_or_default().into_iter().enumerate();
    values.map(|(index, value)| Part { step: format!("{prefix}[{index}]"), key: None, value }).collect()
}

/// A key as a step: `.key`, or `["any text"]`.
fn step(key: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let starts = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if starts && key.chars().all(is_plain) { format!(".{key}") } else { format!("[{key:?}]") }
}
