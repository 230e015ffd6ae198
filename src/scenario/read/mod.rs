//! From RON or JSON text to a checked scenario: what each field must hold, and every problem of the text at once.
//! Knows nothing of how the scenario is used.

mod as_written;
mod begin;
mod blank;
mod changes;
mod claim;
mod claims;
mod clock;
mod column;
mod dated;
mod distribution;
mod effects;
mod factor;
mod fields;
mod json_text;
mod kind;
mod names;
mod node;
mod number;
mod place;
mod plain_ron;
mod reader;
mod recheck;
mod role;
mod ron_text;
mod ron_tokens;
mod scenario;
mod spread;
mod sweeps;
mod syntax;
mod translate;
mod value;
mod variant;
mod weights;
mod words;
mod world;

pub use begin::begins;
pub use json_text::{JsonValue, quoted};
pub use recheck::recheck;
pub use role::Role;

use super::plain_numbers::meant;
use super::{Dated, Files, Scenario, Spread, SweepFile, TextError, Value, limit};
use crate::error::{Code, Problem};
use as_written::of_piece;
use kind::Kind;
use names::Names;
use node::Node;
use reader::Reader;
use ron_text::RonValue;
use std::path::{Path, PathBuf};

/// Reads a scenario in a syntax that is known.
///
/// # Errors
/// Everything that is wrong with the text.
pub fn scenario(text: &str, syntax: Syntax) -> Result<Scenario, Vec<Problem>> {
    load_as(syntax, text, Reader::default())
}

/// The JSON form of a text in RON.
pub fn ron_to_json(text: &str) -> String {
    let root = RonValue::whole(text).expect("the canonical text is RON");
    translate::to_json(Node::Ron(root))
}

/// The JSON form, on one line, of a value that is printed in RON.
pub fn ron_value_to_json(text: &str) -> String {
    let value = RonValue::whole(text).expect("what is printed is RON");
    translate::value_to_json(Node::Ron(value))
}

/// A syntax that scenarios are written in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Syntax {
    /// RON, with comments.
    Ron,
    /// JSON.
    Json,
}

impl Syntax {
    /// Tells the two apart: a scenario starts with a brace in JSON alone.
    fn of(text: &str) -> Self {
        if json_text::is_json(text) { Self::Json } else { Self::Ron }
    }
}

/// Reads the canonical text of a scenario that was read before, which may be longer than a file.
///
/// # Errors
/// Everything that is wrong with the text.
pub fn again(text: &str) -> Result<Scenario, Vec<Problem>> {
    let node = RonValue::whole(text).map_err(|problem| vec![problem])?;
    finished(Reader::default(), Node::Ron(node), read_root)
}

/// Reads `Scenario(...)`, or `Variant(...)`, whose base is a file of its own.
fn read_root(reader: &mut Reader, node: Node<'_>) -> Option<Scenario> {
    match node.kind() {
        Kind::Name("Variant") => variant::read_variant(reader, node, load),
        _ => scenario::read_scenario(reader, node),
    }
}

/// Reads the whole file, and returns its value if nothing is wrong with it.
fn finished<T>(
    mut reader: Reader,
    node: Node<'_>,
    read: impl FnOnce(&mut Reader, Node<'_>) -> Option<T>,
) -> Result<T, Vec<Problem>> {
    match read(&mut reader, node) {
        Some(read) if reader.is_clean() => Ok(read),
        _ => {
            let mut problems = reader.into_problems();
            place::set_paths(node, &mut problems);
            Err(problems)
        }
    }
}

/// Reads a scenario that may name other files; `chain` are the names of the variants that it is the base of.
///
/// # Errors
/// Everything that is wrong with the text.
pub fn load(
    name: &Path,
    text: &str,
    files: Option<&Files<'_>>,
    chain: Vec<PathBuf>,
) -> Result<Scenario, Vec<Problem>> {
    load_as(Syntax::of(text), text, Reader::new(name, files, chain))
}

fn load_as(syntax: Syntax, text: &str, reader: Reader) -> Result<Scenario, Vec<Problem>> {
    if text.trim().is_empty() {
        let help = "`headstart init` writes a scenario to start from";
        return Err(vec![Problem::new(Code::Empty, 0..0, "the file is empty").help(help)]);
    }
    if blank::skip_blank(text) == text.len() {
        let help = "`headstart init` writes a scenario to start from";
        return Err(vec![Problem::new(Code::Empty, 0..0, "the file has nothing but comments").help(help)]);
    }
    whole(syntax, text, reader, read_root)
}

/// Reads the one value of a file that is not too large.
fn whole<T>(
    syntax: Syntax,
    text: &str,
    reader: Reader,
    read: impl FnOnce(&mut Reader, Node<'_>) -> Option<T>,
) -> Result<T, Vec<Problem>> {
    if text.len() > limit::BYTES {
        let message = format!("the file is {}", limit::too_large());
        return Err(vec![Problem::new(Code::TooMany, 0..0, message)]);
    }
    let one = |problem| vec![problem];
    match syntax {
        Syntax::Ron => finished(reader, Node::Ron(RonValue::whole(text).map_err(one)?), read),
        Syntax::Json => finished(reader, Node::Json(&JsonValue::whole(text).map_err(one)?), read),
    }
}

/// Reads a file of sweeps.
///
/// # Errors
/// Everything that is wrong with the text.
pub fn sweeps(text: &str) -> Result<SweepFile, Vec<Problem>> {
    if text.trim().is_empty() {
        let help =
            "write Sweeps(scenario: \"file.ron\", sweeps: [(id: \"…\", vary: [\"weight.… = 0..=5\"])])";
        return Err(vec![Problem::new(Code::Empty, 0..0, "the file is empty").help(help)]);
    }
    whole(Syntax::of(text), text, Reader::default(), sweeps::read_sweeps)
}

/// Reads one value of a scenario that there is already, as an edit has it.
///
/// # Errors
/// Returns what is wrong with it.
pub fn value(text: &str, scenario: &Scenario, role: Role) -> Result<Value, TextError> {
    piece(text, |reader, node| {
        let names = match node.kind() {
            Kind::Name("ByWorld" | "Ref" | "Relative" | "Raters") => Names::of(scenario),
            _ => Names::default(),
        };
        value::read_value(reader, node, &names, role)
    })
}

/// Reads a spread, as an edit has it.
///
/// # Errors
/// Returns what is wrong with it.
pub fn spread(text: &str) -> Result<Spread, TextError> {
    piece(text, spread::read_spread)
}

/// Reads a claim about a scenario that there is already, as the command line has it.
///
/// # Errors
/// Returns what is wrong with it.
pub fn claim(text: &str, scenario: &Scenario) -> Result<Dated, TextError> {
    let names = Names::of(scenario);
    piece(text, |reader, node| dated::read_dated(reader, node, &names))
}

fn piece<T>(text: &str, read: impl FnOnce(&mut Reader, Node<'_>) -> Option<T>) -> Result<T, TextError> {
    if let Some(problem) = meant(text) {
        return Err(TextError::new(vec![problem]));
    }
    let node = RonValue::whole(text).map_err(|problem| TextError::new(vec![of_piece(text, problem)]))?;
    let mut reader = Reader::default();
    let read = read(&mut reader, Node::Ron(node));
    let problems = reader.into_problems();
    match read {
        Some(read) if problems.is_empty() => Ok(read),
        _ => Err(TextError::new(problems)),
    }
}
