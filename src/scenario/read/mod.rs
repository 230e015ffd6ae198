//! From RON text to a checked scenario: what each field must hold, and every problem of the text at once.
//! Knows nothing of how the scenario is used.

mod changes;
mod claim;
mod column;
mod distribution;
mod effects;
mod factor;
mod node;
mod reader;
mod scenario;
mod spread;
mod sweeps;
mod syntax;
mod value;
mod variant;
mod weights;
mod world;

pub use reader::suggest;
pub use value::Role;

use super::{Area, Claim, Group, Scenario, SharedInput, Spread, SweepFile, Value, World, limit};
use crate::error::{Code, Problem, Span};
use node::Node;
use reader::{Fields, Reader};

/// Reads a scenario.
///
/// # Errors
/// Everything that is wrong with the text.
pub fn scenario(text: &str) -> Result<Scenario, Vec<Problem>> {
    load("", text, None, Vec::new())
}

/// Reads the canonical text of a scenario that was read before, which may be longer than a file.
///
/// # Errors
/// Everything that is wrong with the text.
pub fn again(text: &str) -> Result<Scenario, Vec<Problem>> {
    let node = Node::whole(text).map_err(|problem| vec![problem])?;
    finished(Reader::default(), node)
}

fn finished(mut reader: Reader, node: Node<'_>) -> Result<Scenario, Vec<Problem>> {
    match scenario::read_scenario(&mut reader, node) {
        Some(scenario) if reader.is_clean() => Ok(scenario),
        _ => Err(reader.into_problems()),
    }
}

/// How a file is found that another one names: by its path there and the name of that file; it comes with a name of
/// its own.
pub type Files<'a> = dyn Fn(&str, &str) -> Result<(String, String), String> + 'a;

/// Reads a scenario that may name other files; `chain` are the names of the variants that it is the base of.
///
/// # Errors
/// Everything that is wrong with the text.
pub fn load(
    name: &str,
    text: &str,
    files: Option<&Files<'_>>,
    chain: Vec<String>,
) -> Result<Scenario, Vec<Problem>> {
    if text.trim().is_empty() {
        let help = "`headstart init` writes a scenario to start from";
        return Err(vec![Problem::new(Code::Empty, 0..0, "the file is empty").help(help)]);
    }
    if node::skip_blank(text) == text.len() {
        let help = "`headstart init` writes a scenario to start from";
        return Err(vec![Problem::new(Code::Empty, 0..0, "the file has nothing but comments").help(help)]);
    }
    let node = whole(text)?;
    finished(Reader::new(name, files, chain), node)
}

/// The one value of a file that is not too large.
fn whole(text: &str) -> Result<Node<'_>, Vec<Problem>> {
    if text.len() > limit::BYTES {
        let message = format!("the file is {}", limit::too_large());
        return Err(vec![Problem::new(Code::TooMany, 0..0, message)]);
    }
    Node::whole(text).map_err(|problem| vec![problem])
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
    let node = whole(text)?;
    let mut reader = Reader::default();
    let read = sweeps::read_sweeps(&mut reader, node);
    match read {
        Some(read) if reader.is_clean() => Ok(read),
        _ => Err(reader.into_problems()),
    }
}

/// Reads one value of a scenario that there is already, as an edit has it.
///
/// # Errors
/// What is wrong with it, as sentences without a full stop.
pub fn value(text: &str, scenario: &Scenario, role: Role) -> Result<Value, String> {
    let names = Names::of(scenario);
    piece(text, |reader, node| value::read_value(reader, node, &names, role))
}

/// Reads a spread, as an edit has it.
///
/// # Errors
/// What is wrong with it, as sentences without a full stop.
pub fn spread(text: &str) -> Result<Spread, String> {
    piece(text, spread::read_spread)
}

/// Reads a claim about a scenario that there is already, as the command line has it.
///
/// # Errors
/// What is wrong with it, as sentences without a full stop.
pub fn claim(text: &str, scenario: &Scenario) -> Result<Claim, String> {
    let names = Names::of(scenario);
    piece(text, |reader, node| claim::read_claim(reader, node, &names))
}

fn piece<T>(text: &str, read: impl FnOnce(&mut Reader, Node<'_>) -> Option<T>) -> Result<T, String> {
    let node = Node::whole(text).map_err(|problem| said(&problem))?;
    let mut reader = Reader::default();
    let read = read(&mut reader, node);
    let problems = reader.into_problems();
    match read {
        Some(read) if problems.is_empty() => Ok(read),
        _ => Err(problems.iter().map(said).collect::<Vec<_>>().join("; ")),
    }
}

fn said(problem: &Problem) -> String {
    match &problem.help {
        Some(help) => format!("{}; {help}", problem.message),
        None => problem.message.clone(),
    }
}

/// What is known of the names of a scenario while its numbers are read. A part that could not be read is absent,
/// and names that refer to it are let pass.
#[derive(Default)]
struct Names {
    groups: Option<Vec<Group>>,
    areas: Option<Vec<Area>>,
    worlds: Option<Vec<World>>,
    inputs: Option<Vec<SharedInput>>,
}

impl Names {
    /// Those of a scenario that there is already.
    fn of(scenario: &Scenario) -> Self {
        Self {
            groups: Some(scenario.groups.clone()),
            areas: Some(scenario.areas.clone()),
            worlds: Some(scenario.worlds.clone()),
            inputs: Some(scenario.inputs.clone()),
        }
    }

    fn group_ids(&self) -> Option<Vec<&str>> {
        Some(self.groups.as_ref()?.iter().map(|group| group.id.as_str()).collect())
    }

    fn area_ids(&self) -> Option<Vec<&str>> {
        Some(self.areas.as_ref()?.iter().map(|area| area.id.as_str()).collect())
    }

    fn world_ids(&self) -> Option<Vec<&str>> {
        Some(self.worlds.as_ref()?.iter().map(|world| world.id.as_str()).collect())
    }
}

/// The ids of a list, each with its place.
type Ids = Vec<(String, Span)>;

/// Reads a list of structs that add their ids to a list of ids; nothing if one of them could not be read.
fn read_named<'a, T>(
    reader: &mut Reader,
    nodes: Vec<Node<'a>>,
    what: &str,
    mut read: impl FnMut(&mut Reader, Node<'a>, &mut Ids) -> Option<T>,
) -> Option<Vec<T>> {
    let (n, mut ids) = (nodes.len(), Ids::new());
    let parts: Vec<T> = nodes.into_iter().filter_map(|node| read(reader, node, &mut ids)).collect();
    (reader.distinct(&ids, what) && parts.len() == n).then_some(parts)
}

/// Reads an id and adds it to the list.
fn read_id(reader: &mut Reader, node: Option<Node<'_>>, what: &str, ids: &mut Ids) -> Option<String> {
    let id = reader.id(node?, what)?;
    ids.push((id.clone(), node?.span()));
    Some(id)
}

/// The `id` and the `name` of a struct; without a name the id serves.
fn read_id_and_name(
    reader: &mut Reader,
    fields: &Fields<'_>,
    what: &str,
    ids: &mut Ids,
) -> Option<(String, String)> {
    let id = read_id(reader, fields.get("id"), what, ids);
    let name = fields.get("name").map(|n| reader.text(n, &format!("the name of {what}"), limit::NAME));
    let id = id?;
    Some((id.clone(), name.unwrap_or(Some(id))?))
}
