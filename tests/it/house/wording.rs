//! The words of the code: errors are values, and documentation begins with what a thing is.

use crate::support::source::{Token, files, tokens};

/// Lists the lines of a text on which a `Result` has a bare text for its error.
fn textual_errors(text: &str) -> Vec<usize> {
    let tokens = tokens(text);
    let word = |at: usize| tokens.get(at).map_or("", |token: &Token| token.text.as_str());
    let mut out = Vec::new();
    for at in (0..tokens.len()).filter(|&at| word(at) == "Result" && word(at + 1) == "<") {
        let (mut depth, mut last_comma) = (0, at);
        for i in at + 1..tokens.len() {
            match word(i) {
                "<" | "(" | "[" => depth += 1,
                ">" if word(i - 1) == "-" => {}
                ">" | ")" | "]" => depth -= 1,
                "," if depth == 1 => last_comma = i,
                _ => {}
            }
            if depth == 0 {
                let error: Vec<&str> = (last_comma + 1..i).map(word).collect();
                if last_comma > at && error == ["String"] {
                    out.push(tokens[at].line);
                }
                break;
            }
        }
    }
    out
}

#[test]
fn errors_are_no_texts() {
    assert_eq!(textual_errors("fn f() -> Result<(A, Vec<B>), String> {}\nfn g() -> Result<String, E>;"), [1]);
    let mut seen = 0;
    for file in files() {
        assert_eq!(
            textual_errors(&file.text),
            [0; 0],
            "{}: an error is a type with the values it is about",
            file.name
        );
        seen += file.text.matches("Result<").count();
    }
    assert!(seen > 100);
}
