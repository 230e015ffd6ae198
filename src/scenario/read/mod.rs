//! From RON text to a checked scenario: what each field must hold, and every problem of the text at once.
//! Knows nothing of how the scenario is used.

mod claim;
mod dist;
mod factor;
mod node;
mod reader;
mod spread;
mod value;

use super::{Area, Group, Outcome, Scale, Scenario, Spread, Value, WeightLaw, World};
use crate::error::{Code, Problem, Span};
use factor::{Roles, check_weights, read_factors, read_weight_law};
use node::{Kind, Node};
use reader::{Fields, Reader};
use value::Role;

/// The most that a scenario may hold, so that no file can ask for memory without bound.
mod limit {
    pub const BYTES: usize = 4 << 20;
    pub const AREAS: usize = 200;
    pub const FACTORS: usize = 200;
    pub const WORLDS: usize = 6;
    pub const OUTCOMES: usize = 64;
    pub const JOINT_WORLDS: usize = 64;
    pub const CLAIMS: usize = 200;
    /// Distributions in all, each of which takes a column of a block on every thread.
    pub const NUMBERS: usize = 20_000;
    /// Counters that a run keeps: events times pairs of joint worlds.
    pub const COUNTERS: usize = 2_000_000;
}

/// Reads a scenario.
///
/// # Errors
/// Everything that is wrong with the text.
pub fn scenario(text: &str) -> Result<Scenario, Vec<Problem>> {
    if text.len() > limit::BYTES {
        let message = format!("the file is larger than the {} bytes that are accepted", limit::BYTES);
        return Err(vec![Problem::new(Code::TooMany, 0..0, message)]);
    }
    if text.trim().is_empty() {
        let help = "`headstart init` writes a scenario to start from";
        return Err(vec![Problem::new(Code::Empty, 0..0, "the file is empty").help(help)]);
    }
    let node = Node::whole(text).map_err(|problem| vec![problem])?;
    let mut reader = Reader::default();
    let scenario = read_scenario(&mut reader, node);
    match scenario {
        Some(scenario) if reader.is_clean() => Ok(scenario),
        _ => Err(reader.into_problems()),
    }
}

/// What is known of the names of a scenario while its numbers are read. A part that could not be read is absent,
/// and names that refer to it are let pass.
#[derive(Default)]
struct Names {
    groups: Option<Vec<Group>>,
    areas: Option<Vec<Area>>,
    worlds: Option<Vec<World>>,
}

impl Names {
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

fn read_scenario(reader: &mut Reader, node: Node<'_>) -> Option<Scenario> {
    match node.kind() {
        Kind::Name("Scenario") | Kind::Parentheses => {}
        _ => {
            let problem =
                Problem::new(Code::WrongKind, node.head(), "a scenario file holds one `Scenario(...)`");
            reader.report(problem.label("expected `Scenario`").help("write Scenario(title: …, …)"));
            return None;
        }
    }
    let required = ["title", "groups", "areas", "factors"];
    let fields = reader.fields(
        node,
        "a scenario",
        &required,
        &["about", "scale", "worlds", "weights", "spread", "claims"],
    )?;

    let title = fields.get("title").and_then(|n| reader.string(n, "the title"));
    let about = fields.get("about").map_or(Some(String::new()), |n| reader.string(n, "about"));
    let scale = fields.get("scale").and_then(|n| read_scale(reader, n));
    let mut names = Names::default();
    names.worlds = fields.get("worlds").map_or(Some(Vec::new()), |n| read_worlds(reader, n));
    names.groups = fields.get("groups").and_then(|n| read_groups(reader, n));
    names.areas = fields.get("areas").and_then(|n| read_areas(reader, n, &names));
    check_groups_have_areas(reader, &fields, &names);

    let spread = fields.get("spread").map_or(Some((None, None)), |n| read_spreads(reader, n));
    // Where the spread itself is wrong, the numbers are read as if there were none, for what else is wrong with them.
    let (score, weight) = spread.unwrap_or_default();
    let (score, weight) = (Role::Score { spread: score, scale }, Role::Weight { spread: weight });
    let law = fields.get("weights").map_or(Some(WeightLaw::Independent), |n| read_weight_law(reader, n));
    let roles = Roles { score, weight, law, scale };
    let factors = fields.get("factors").and_then(|n| read_factors(reader, n, &names, roles));
    let claims = fields.get("claims").map_or(Some(Vec::new()), |n| claim::read_claims(reader, n, &names));
    if let (Some(n), Some(factors), Some(worlds)) = (fields.get("factors"), &factors, &names.worlds) {
        check_weights(reader, n, factors, worlds);
    }

    let (score_spread, weight_spread) = spread?;
    let scenario = Scenario {
        title: title?,
        about: about?,
        scale,
        groups: names.groups?,
        areas: names.areas?,
        worlds: names.worlds?,
        weight_law: law?,
        score_spread,
        weight_spread,
        factors: factors?,
        claims: claims?,
    };
    check_size(reader, node, &scenario);
    Some(scenario)
}

fn read_scale(reader: &mut Reader, node: Node<'_>) -> Option<Scale> {
    let fields = reader.fields(node, "the scale", &["min", "max"], &[])?;
    let min = fields.get("min").and_then(|n| reader.number(n, "the least score"));
    let max = fields.get("max").and_then(|n| reader.number(n, "the greatest score"));
    let (min, max) = (min?, max?);
    value::check_size(reader, node, &[min, max])?;
    if min < max {
        return Some(Scale { min, max });
    }
    let problem = Problem::new(Code::OutOfRange, node.span(), "the scale is empty");
    reader.report(problem.label("min is not below max").help("write for example (min: 1, max: 10)"));
    None
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
    let name = fields.get("name").map(|n| reader.string(n, &format!("the name of {what}")));
    let id = id?;
    Some((id.clone(), name.unwrap_or(Some(id))?))
}

fn read_worlds(reader: &mut Reader, node: Node<'_>) -> Option<Vec<World>> {
    let nodes = reader.list(node, "worlds", limit::WORLDS)?;
    let worlds = read_named(reader, nodes, "worlds", |reader, node, ids| {
        let fields = reader.fields(node, "a world", &["id", "outcomes"], &[])?;
        let id = read_id(reader, fields.get("id"), "a world", ids);
        let outcomes = fields.get("outcomes").and_then(|n| read_outcomes(reader, n));
        Some(World { id: id?, outcomes: outcomes? })
    })?;
    let joint: usize = worlds.iter().map(|world| world.outcomes.len()).product();
    if joint > limit::JOINT_WORLDS {
        let most = limit::JOINT_WORLDS;
        let message = format!("{joint} joint worlds are more than the {most} that are accepted");
        let help = "every combination of outcomes is a joint world; use fewer worlds or outcomes";
        reader.report(Problem::new(Code::TooMany, node.head(), message).help(help));
        return None;
    }
    Some(worlds)
}

fn read_outcomes(reader: &mut Reader, node: Node<'_>) -> Option<Vec<Outcome>> {
    let nodes = reader.some_list(node, "outcomes", limit::OUTCOMES)?;
    let outcomes = read_named(reader, nodes, "outcomes of this world", |reader, node, ids| {
        let [id, probability] = reader.arguments(node, "an outcome as (\"id\", probability)")?;
        let id = read_id(reader, Some(id), "an outcome", ids);
        let p = reader.number(probability, "a probability")?;
        if !(0.0..=1.0).contains(&p) {
            let message = format!("a probability lies between 0 and 1, and this is {p}");
            reader
                .report(Problem::new(Code::Probability, probability.span(), message).label("no probability"));
            return None;
        }
        Some(Outcome { id: id?, probability: p })
    })?;
    let sum: f64 = outcomes.iter().map(|outcome| outcome.probability).sum();
    if (sum - 1.0).abs() > 1e-9 {
        let sum = (sum * 1e9).round() / 1e9;
        let message = format!("the probabilities of the outcomes sum to {sum}, not to 1");
        let help = match outcomes.last() {
            Some(last) if last.probability + 1.0 - sum >= 0.0 => {
                let rest = ((last.probability + 1.0 - sum) * 1e9).round() / 1e9;
                format!("for example {rest} for `{}`", last.id)
            }
            _ => "lower some of them".into(),
        };
        let label = format!("sum {sum}");
        reader.report(Problem::new(Code::Probability, node.span(), message).label(label).help(help));
        return None;
    }
    Some(outcomes)
}

fn read_groups(reader: &mut Reader, node: Node<'_>) -> Option<Vec<Group>> {
    let nodes = reader.some_list(node, "groups", limit::AREAS)?;
    read_named(reader, nodes, "groups", |reader, node, ids| {
        let fields = reader.fields(node, "a group", &["id"], &["name"])?;
        let (id, name) = read_id_and_name(reader, &fields, "a group", ids)?;
        Some(Group { id, name })
    })
}

fn read_areas(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<Vec<Area>> {
    let nodes = reader.some_list(node, "areas", limit::AREAS)?;
    let groups = names.group_ids();
    read_named(reader, nodes, "areas", |reader, node, ids| {
        let fields = reader.fields(node, "an area", &["id", "group"], &["name"])?;
        let named = read_id_and_name(reader, &fields, "an area", ids);
        let group = fields.get("group").and_then(|n| reader.lookup(n, "a group", groups.as_deref()));
        let (id, name) = named?;
        Some(Area { id, name, group: group? })
    })
}

fn check_groups_have_areas(reader: &mut Reader, fields: &Fields<'_>, names: &Names) {
    let (Some(groups), Some(areas)) = (&names.groups, &names.areas) else { return };
    let nodes = fields.get("groups").and_then(|node| node.items()).unwrap_or_default();
    for (index, (group, node)) in groups.iter().zip(nodes).enumerate() {
        if areas.iter().all(|area| area.group != index) {
            let message = format!("no area belongs to the group `{}`", group.id);
            let help = "give an area this group, or remove the group";
            reader.report(
                Problem::new(Code::Empty, node.span(), message).label("a group without areas").help(help),
            );
        }
    }
}

type Spreads = (Option<Spread>, Option<Spread>);

fn read_spreads(reader: &mut Reader, node: Node<'_>) -> Option<Spreads> {
    let fields = reader.fields(node, "spread", &[], &["score", "weight"])?;
    let score = fields.get("score").map(|n| spread::read_spread(reader, n));
    let weight = fields.get("weight").map(|n| {
        spread::read_spread(reader, n).filter(|spread| {
            let wide = spread.reaches_below_zero();
            if wide {
                let message = "a relative width above 1 makes every weight negative somewhere";
                let problem = Problem::new(Code::OutOfRange, n.span(), message).label("too wide for weights");
                reader
                    .report(problem.help("a weight cannot be negative; write a relative width of at most 1"));
            }
            !wide
        })
    });
    let read = |spread: Option<Option<Spread>>| spread.map_or(Some(None), |s| s.map(Some));
    Some((read(score)?, read(weight)?))
}

/// Refuses a scenario whose numbers or counters would take more memory than is reasonable.
fn check_size(reader: &mut Reader, node: Node<'_>, scenario: &Scenario) {
    let factors = scenario.factors.iter();
    let n_numbers: usize = factors.flat_map(|f| f.scores.iter().chain([&f.weight])).map(Value::n_dists).sum();
    if n_numbers > limit::NUMBERS {
        let message =
            format!("{n_numbers} scores and weights are more than the {} that are accepted", limit::NUMBERS);
        let help = "use fewer areas, factors, or branches of worlds";
        reader.report(Problem::new(Code::TooMany, node.head(), message).help(help));
    }
    let n_areas = scenario.areas.len();
    let n_worlds = scenario.joint_worlds().len();
    let n_claims = scenario.n_generated_claims() + scenario.claims.len();
    let cells: usize = scenario
        .group_pairs()
        .iter()
        .map(|&(a, b)| scenario.members(a).len() * scenario.members(b).len() + 1)
        .sum();
    let events = n_areas * (n_areas - 1) + n_areas * n_areas + 2 * n_claims + cells;
    let counters = events * n_worlds * (n_worlds + 1) / 2;
    if counters > limit::COUNTERS {
        let message =
            format!("{n_areas} areas in {n_worlds} joint worlds are more than a run can keep count of");
        let label = format!("{counters} counters, {} at most", limit::COUNTERS);
        let help = "use fewer areas, groups or worlds";
        reader.report(Problem::new(Code::TooMany, node.head(), message).label(label).help(help));
    }
}
