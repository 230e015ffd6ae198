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

/// Words that a first line of documentation does not begin with: they begin a question or a clause, not the name of a thing.
const BEGINNINGS: [&str; 9] =
    ["What ", "How ", "Whether ", "Where ", "Which ", "Of which ", "Who ", "The same", "One a "];

/// Returns the text of a line of documentation.
fn documentation(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let text = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"))?;
    (!text.starts_with('/')).then(|| text.trim())
}

/// Lists the first lines of documentation that do not begin with a noun or a verb. Help of options and commands has other rules: it has
/// no full stop, and stands in `cli`.
fn questions(file: &str, text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let firsts = (0..lines.len()).filter(|&at| at == 0 || documentation(lines[at - 1]).is_none());
    let firsts = firsts.filter_map(|at| documentation(lines[at]));
    let is_help = |line: &str| file.starts_with("cli/") && !line.ends_with(['.', ':']);
    let begins = |line: &&str| BEGINNINGS.iter().any(|word| line.starts_with(word));
    firsts.filter(begins).filter(|line| !is_help(line)).map(str::to_owned).collect()
}

#[test]
fn documentation_begins_with_a_noun_or_a_verb() {
    let text =
        "//! How a.\n//! What b.\n\n/// What c.\nfn c() {} // What d.\n    /// The d.\n    /// Who e.\n";
    assert_eq!(questions("a.rs", text), ["How a.", "What c."]);
    assert_eq!(questions("cli/a.rs", "/// How many\n/// What d."), [""; 0]);
    for file in files() {
        assert_eq!(
            questions(&file.name, &file.text),
            [""; 0],
            "{}: say what it is, or what it does",
            file.name
        );
    }
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
