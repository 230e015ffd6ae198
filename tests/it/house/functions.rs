//! Functions and what is long or wide about them.

use crate::support::source::{File, Token, tokens};

/// A function of a file.
pub struct Function {
    /// Its file and its name.
    pub place: String,
    /// From its first line to the brace that ends it.
    pub lines: usize,
    /// Without `self`.
    pub parameters: usize,
}

pub fn functions_of(file: &File) -> Vec<Function> {
    let tokens = tokens(&file.text);
    let names = (1..tokens.len()).filter(|&at| tokens[at - 1].text == "fn" && tokens[at].is_word());
    names.map(|at| function(&file.name, &tokens, at)).collect()
}

/// The function whose name stands at a place.
fn function(file: &str, tokens: &[Token], name: usize) -> Function {
    let open = opening(tokens, name + 1);
    let closed = closing(tokens, open, "(", ")");
    let end = (closed..tokens.len())
        .find(|&at| matches!(tokens[at].text.as_str(), "{" | ";") && !is_array(tokens, at));
    let end = end.expect("a function has a body or none");
    let end = if tokens[end].text == "{" { closing(tokens, end, "{", "}") } else { end };
    Function {
        place: format!("{file} {}", tokens[name].text),
        lines: tokens[end].line + 1 - tokens[name].line,
        parameters: parameters(&tokens[open + 1..closed]),
    }
}

/// Whether a semicolon stands in a type `[T; n]`.
fn is_array(tokens: &[Token], at: usize) -> bool {
    let line = tokens[..at].iter().rev().take_while(|token| !matches!(token.text.as_str(), "{" | "}" | ")"));
    let depth = |text: &str| line.clone().filter(|token| token.text == text).count();
    tokens[at].text == ";" && depth("[") > depth("]")
}

/// The parenthesis of the parameters, which stands behind those of the type parameters.
fn opening(tokens: &[Token], from: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.text.as_str() {
            "<" => depth += 1,
            ">" if tokens[at - 1].text != "-" => depth -= 1,
            "(" if depth == 0 => return at,
            _ => {}
        }
    }
    panic!("a function has parameters, if none");
}

/// Where what is opened at a place is closed.
fn closing(tokens: &[Token], from: usize, open: &str, close: &str) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        depth += usize::from(token.text == open);
        if token.text == close {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    panic!("what is opened is closed");
}

/// How many parameters stand between the parentheses, each of which is a pattern, a colon and a type.
fn parameters(tokens: &[Token]) -> usize {
    let (mut depth, mut n) = (0, 0);
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "(" | "[" | "{" | "<" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            ">" if tokens[at - 1].text != "-" => depth -= 1,
            ":" if depth == 0 => n += 1,
            _ => {}
        }
    }
    // `self: &Self` would count, and nobody writes it.
    n
}
