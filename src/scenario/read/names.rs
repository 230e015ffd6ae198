//! Names: what a scenario calls its parts, and lists of parts each of which has an id.

use super::limit;
use super::node::Node;
use super::reader::{Fields, Reader};
use crate::error::Span;
use crate::scenario::{Area, Clock, Group, Scenario, SharedInput, WorldVariable};

/// Names of a scenario that are known while its numbers are read. A part that could not be read is absent,
/// and names that refer to it are let pass.
#[derive(Default)]
pub struct Names {
    /// The groups.
    pub groups: Option<Vec<Group>>,
    /// The areas.
    pub areas: Option<Vec<Area>>,
    /// The worlds.
    pub worlds: Option<Vec<WorldVariable>>,
    /// The shared inputs.
    pub inputs: Option<Vec<SharedInput>>,
    /// True if the scenario has a clock, though it may be one that could not be read.
    pub has_clock: bool,
    /// The clock.
    pub clock: Option<Clock>,
}

impl Names {
    /// Those of a scenario that there is already.
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            groups: Some(scenario.groups.clone()),
            areas: Some(scenario.areas.clone()),
            worlds: Some(scenario.worlds.clone()),
            inputs: Some(scenario.inputs.clone()),
            has_clock: scenario.clock.is_some(),
            clock: scenario.clock.clone(),
        }
    }

    /// Gives the ids of the groups.
    pub fn group_ids(&self) -> Option<Vec<&str>> {
        Some(self.groups.as_ref()?.iter().map(|group| group.id.as_str()).collect())
    }

    /// Gives the ids of the areas.
    pub fn area_ids(&self) -> Option<Vec<&str>> {
        Some(self.areas.as_ref()?.iter().map(|area| area.id.as_str()).collect())
    }

    /// Gives the ids of the worlds.
    pub fn world_ids(&self) -> Option<Vec<&str>> {
        Some(self.worlds.as_ref()?.iter().map(|world| world.id.as_str()).collect())
    }
}

/// The ids of a list, each with its place.
pub type Ids = Vec<(String, Span)>;

/// Reads a list of structs that add their ids to a list of ids; nothing if one of them could not be read.
pub fn read_named<'a, T>(
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
pub fn read_id(reader: &mut Reader, node: Option<Node<'_>>, what: &str, ids: &mut Ids) -> Option<String> {
    let id = reader.id(node?, what)?;
    ids.push((id.clone(), node?.span()));
    Some(id)
}

/// The `id` and the `name` of a struct; without a name the id serves.
pub fn read_id_and_name(
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
