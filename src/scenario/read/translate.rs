//! The JSON form of a value that is written in RON.

use super::json_text::quoted;
use super::kind::Kind;
use super::node::Node;
use std::fmt::Write;

/// Lists and objects up to here have one part per line, unless all parts are plain values.
const DEEPEST_LAID_OUT: usize = 3;

/// Returns the JSON of a value, laid out for people. The name of the whole is left out.
pub fn to_json(root: Node<'_>) -> String {
    let mut out = String::new();
    match root.fields() {
        Some(fields) => {
            let parts = fields.into_iter().map(|field| (Some(field.key.to_owned()), field.value)).collect();
            write_parts(&mut out, ['{', '}'], parts, 0);
        }
        None => write_value(&mut out, root, 0),
    }
    out.push('\n');
    out
}

/// Returns the JSON of a value on one line, with its name.
pub fn value_to_json(value: Node<'_>) -> String {
    let mut out = String::new();
    write_value(&mut out, value, DEEPEST_LAID_OUT);
    out
}

type Keyed<'a> = Vec<(Option<String>, Node<'a>)>;

fn write_value(out: &mut String, node: Node<'_>, depth: usize) {
    match node.kind() {
        Kind::Number => out.push_str(node.text()),
        Kind::Text => out.push_str(&quoted(&text_of(node))),
        Kind::List => write_parts(out, ['[', ']'], unkeyed(node.items()), depth),
        Kind::Map => {
            let entries = node.entries().expect("a map has entries, since the scenario was read from it");
            let parts = entries.into_iter().map(|(key, value)| (Some(text_of(key)), value)).collect();
            write_parts(out, ['{', '}'], parts, depth);
        }
        Kind::Name(name) => {
            let Some(values) = node.arguments(0).filter(|_| node.fields().is_none()) else {
                if node.fields().is_none() {
                    out.push_str(&quoted(name));
                    return;
                }
                let _ = write!(out, "{{{}: ", quoted(name));
                write_inside(out, node, depth);
                out.push('}');
                return;
            };
            let _ = write!(out, "{{{}: ", quoted(name));
            match values[..] {
                [value] => write_value(out, value, depth),
                _ => write_parts(out, ['[', ']'], unkeyed(Some(values)), depth),
            }
            out.push('}');
        }
        Kind::Parentheses | Kind::Object | Kind::Other => write_inside(out, node, depth),
    }
}

/// Writes the parts in parentheses.
fn write_inside(out: &mut String, node: Node<'_>, depth: usize) {
    match node.fields() {
        Some(fields) => {
            let parts = fields.into_iter().map(|field| (Some(field.key.to_owned()), field.value)).collect();
            write_parts(out, ['{', '}'], parts, depth);
        }
        None => write_parts(out, ['[', ']'], unkeyed(node.arguments(0)), depth),
    }
}

fn unkeyed(values: Option<Vec<Node<'_>>>) -> Keyed<'_> {
    values.unwrap_or_default().into_iter().map(|value| (None, value)).collect()
}

fn write_parts(out: &mut String, [open, close]: [char; 2], parts: Keyed<'_>, depth: usize) {
    let is_plain = |node: &Node<'_>| matches!(node.kind(), Kind::Number | Kind::Text);
    let is_laid_out = depth < DEEPEST_LAID_OUT && !parts.iter().all(|(_, value)| is_plain(value));
    out.push(open);
    let n = parts.len();
    for (index, (key, value)) in parts.into_iter().enumerate() {
        if is_laid_out {
            out.push('\n');
            out.push_str(&"  ".repeat(depth + 1));
        }
        if let Some(key) = key {
            let _ = write!(out, "{}: ", quoted(&key));
        }
        write_value(out, value, depth + 1);
        if index + 1 < n {
            out.push_str(if is_laid_out { "," } else { ", " });
        }
    }
    if is_laid_out {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
    out.push(close);
}

fn text_of(node: Node<'_>) -> String {
    node.string().expect("a text has a string, since the scenario was read from it")
}
