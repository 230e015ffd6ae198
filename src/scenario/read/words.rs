//! Reads the words that reports use.

use super::limit;
use super::node::Node;
use super::reader::Reader;
use crate::error::{Code, Problem};
use crate::scenario::Words;

/// Reads `words: (area: …, areas: …, score: …, before: …)`; a word that is not stated stays as it was.
pub fn read_words(reader: &mut Reader, node: Node<'_>, mut words: Words) -> Option<Words> {
    let fields = reader.fields(node, "`words`", &[], &["area", "areas", "score", "before"])?;
    let places = [
        ("area", &mut words.area),
        ("areas", &mut words.areas),
        ("score", &mut words.score),
        ("before", &mut words.before),
    ];
    let mut all_read = true;
    for (key, word) in places {
        let Some(node) = fields.get(key) else { continue };
        match read_word(reader, node, key) {
            Some(read) => *word = read,
            None => all_read = false,
        }
    }
    all_read.then_some(words)
}

fn read_word(reader: &mut Reader, node: Node<'_>, key: &str) -> Option<String> {
    let word = reader.text(node, &format!("the word `{key}`"), limit::NAME)?;
    if word.trim().is_empty() {
        let problem = Problem::new(Code::Empty, node.span(), format!("the word `{key}` is empty"));
        reader.report(problem.label("empty").help("write a word, or leave out the field"));
        return None;
    }
    Some(word)
}
