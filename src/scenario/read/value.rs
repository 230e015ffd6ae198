//! Reads what may stand where a score or a weight stands: bare numbers, distributions, values by world.

use super::distribution::read_dist;
use super::kind::Kind;
use super::names::Names;
use super::node::Node;
use super::number::read_positive;
use super::reader::Reader;
use super::role::{Role, check_in_range, check_size, outside};
use crate::distribution::{Dist, Exact};
use crate::error::{Code, Problem};
use crate::scenario::spread::SpreadFamily;
use crate::scenario::{Spread, Value, WorldVariable};

/// Reads a score or a weight.
pub fn read_value(reader: &mut Reader, node: Node<'_>, names: &Names, role: Role) -> Option<Value> {
    read_branch(reader, node, names, role, &[])
}

/// Reads a value inside the branches of the worlds `above`.
fn read_branch(
    reader: &mut Reader,
    node: Node<'_>,
    names: &Names,
    role: Role,
    above: &[usize],
) -> Option<Value> {
    match node.kind() {
        Kind::Number => {
            let number = reader.number(node, role.name())?;
            let dist = bare(reader, node, number, role)?;
            Some(Value::Central { number, dist })
        }
        Kind::Name("ByWorld") => read_by_world(reader, node, names, role, above),
        Kind::Name("Ref") => {
            let [id] = reader.arguments(node, "Ref(\"input\")")?;
            let input = read_input(reader, id, names)?;
            check_support(reader, node, &names.inputs.as_ref()?[input].dist, role)?;
            Some(Value::Ref(input))
        }
        Kind::Name("Relative") => read_relative(reader, node, names, role),
        Kind::Name("Raters") => read_raters(reader, node, names, role),
        Kind::Name(name) => {
            let dist = read_dist(reader, node, name, role)?;
            check_support(reader, node, &dist, role)?;
            Some(Value::Written(dist))
        }
        _ => {
            reader.wrong_kind(node, &format!("{} as a number, a distribution or ByWorld(...)", role.name()));
            None
        }
    }
}

/// Makes the distribution that a bare number stands for.
pub fn bare(reader: &mut Reader, node: Node<'_>, number: f64, role: Role) -> Option<Dist> {
    reader.finite(node, number, role.name())?;
    check_size(reader, node, &[number])?;
    spread_out(reader, node, number, role)
}

fn read_input(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<usize> {
    let ids: Option<Vec<&str>> =
        names.inputs.as_ref().map(|inputs| inputs.iter().map(|input| input.id.as_str()).collect());
    reader.lookup(node, "an input", ids.as_deref())
}

/// Refuses what only scores can be.
pub fn scores_only(reader: &mut Reader, node: Node<'_>, what: &str, role: Role) -> Option<()> {
    if matches!(role, Role::Score { .. }) {
        return Some(());
    }
    let message = format!("{what} can be used only as a score");
    reader.report(Problem::new(Code::WrongKind, node.head(), message).label("not here"));
    None
}

/// `Relative(to: "input", by: value)`: a shared input and something of one's own on top.
fn read_relative(reader: &mut Reader, node: Node<'_>, names: &Names, role: Role) -> Option<Value> {
    scores_only(reader, node, "Relative", role)?;
    let fields = reader.fields(node, "Relative", &["to", "by"], &[])?;
    let to = fields.get("to").and_then(|n| read_input(reader, n, names));
    // What is added has no place on the scale of its own.
    let by = fields.get("by").and_then(|n| match n.kind() {
        // Several inputs are added one by one, as several levers of uncertain size do.
        Kind::Name("Relative") => read_relative(reader, n, names, role.without_scale()),
        _ => read_plain(reader, n, "Relative", role.without_scale()),
    });
    Some(Value::Relative { to: to?, by: Box::new(by?) })
}

/// A bare number or a distribution, and nothing that depends on anything else.
fn read_plain(reader: &mut Reader, node: Node<'_>, outer: &str, role: Role) -> Option<Value> {
    if let Kind::Name(name @ ("ByWorld" | "Ref" | "Relative" | "Raters")) = node.kind() {
        return cannot_stand_inside(reader, node, name, outer);
    }
    read_branch(reader, node, &Names::default(), role, &[])
}

/// Refuses what depends on something else inside of what does so itself.
pub fn cannot_stand_inside<T>(reader: &mut Reader, node: Node<'_>, name: &str, outer: &str) -> Option<T> {
    let message = format!("{name} cannot be used inside {outer}");
    reader.report(Problem::new(Code::WrongKind, node.head(), message).label("not here"));
    None
}

/// The most raters of a row.
const RATERS: usize = 20;

/// `Raters([(weight, value), ...])`: what one of them says, drawn once for the whole row.
fn read_raters(reader: &mut Reader, node: Node<'_>, _names: &Names, role: Role) -> Option<Value> {
    scores_only(reader, node, "Raters", role)?;
    let [list] = reader.arguments(node, "Raters([(weight, value), ...])")?;
    let nodes = reader.some_list(list, "raters", RATERS)?;
    let n = nodes.len();
    let read = |node: Node<'_>| {
        let [weight, value] = reader.arguments(node, "a rater as (weight, value)")?;
        let weight = read_positive(reader, weight, "the weight of a rater");
        let value = read_plain(reader, value, "Raters", role);
        Some((weight?, value?))
    };
    let raters: Vec<(f64, Value)> = nodes.into_iter().filter_map(read).collect();
    (raters.len() == n).then_some(Value::Raters(raters))
}

/// Spreads a bare number.
fn spread_out(reader: &mut Reader, node: Node<'_>, number: f64, role: Role) -> Option<Dist> {
    check_in_range(reader, node, number, role)?;
    let (spread, bounds) = match role {
        Role::Score { spread, .. } => (spread, role.bounds()),
        Role::Weight { spread: Some(spread @ Spread::Around(SpreadFamily::Normal, _)) } => {
            (Some(spread), role.bounds())
        }
        // Not clipped: a spread that makes a weight negative is an error.
        Role::Weight { spread } => (spread, (f64::NEG_INFINITY, f64::INFINITY)),
        Role::Share | Role::Clock(_) => (None, role.bounds()),
    };
    let dist = match spread {
        // A bare weight of 0 says that the factor is absent, and stays exactly 0.
        Some(spread) if !(matches!(role, Role::Weight { .. }) && number == 0.0) => {
            spread.around(number, bounds)
        }
        _ => Exact::new(number).map(Dist::from),
    };
    match dist {
        Ok(dist) => {
            check_support(reader, node, &dist, role)?;
            Some(dist)
        }
        Err(error) => {
            let message = format!("no spread around this: {error}");
            let help = "write a distribution in place of the number, or another spread";
            reader.report(Problem::new(Code::Parameter, node.span(), message).label("here").help(help));
            None
        }
    }
}

/// A weight has no negative values, and a share lies between 0 and 1.
pub fn check_support(reader: &mut Reader, node: Node<'_>, dist: &Dist, role: Role) -> Option<()> {
    let (low, high) = dist.support();
    match role {
        Role::Score { .. } => return Some(()),
        Role::Weight { .. } if low >= 0.0 => return Some(()),
        Role::Share if low >= 0.0 && high <= 1.0 => return Some(()),
        Role::Weight { .. } => {}
        Role::Clock(bounds) if bounds.hold_support((low, high)) => return Some(()),
        Role::Clock(bounds) => {
            outside(reader, node, bounds, &format!("{dist:.6}, which can be from {low} to {high}"));
            return None;
        }
        Role::Share => {
            let message = format!("this share, {dist:.6}, can lie outside 0 to 1");
            let help = "use a family with bounds, such as Beta, or Truncated(of: …, min: 0, max: 1)";
            reader.report(Problem::new(Code::OutOfRange, node.span(), message).label("no share").help(help));
            return None;
        }
    }
    let (message, help) = if low == f64::NEG_INFINITY {
        (
            "this weight has no lower bound, so it can be negative".into(),
            "use a family that is bounded below by 0",
        )
    } else {
        (
            format!("this weight, {dist:.6}, reaches down to {low}, and a weight cannot be negative"),
            "raise the lower bound to 0, or make the spread of the weights narrower",
        )
    };
    let label = "can be negative";
    reader.report(Problem::new(Code::OutOfRange, node.span(), message).label(label).help(help));
    None
}

/// Refuses branches of a world inside a branch of that world; `written` is its id in quotes.
pub fn inside_itself<T>(reader: &mut Reader, node: Node<'_>, written: &str) -> Option<T> {
    let message = format!("this stands inside a branch of the same world, `{written}`");
    reader.report(Problem::new(Code::Duplicate, node.span(), message).label("again"));
    None
}

fn read_by_world(
    reader: &mut Reader,
    node: Node<'_>,
    names: &Names,
    role: Role,
    above: &[usize],
) -> Option<Value> {
    let [name, map] = reader.arguments(node, "ByWorld(\"world\", {\"outcome\": value, ...})")?;
    let ids = names.world_ids();
    let world = reader.lookup(name, "a world", ids.as_deref());
    let Some(entries) = map.entries() else {
        reader.wrong_kind(map, "the values by outcome as a map {\"outcome\": value, ...}");
        return None;
    };
    let world = world?;
    if above.contains(&world) {
        return inside_itself(reader, name, name.text());
    }
    let outcomes = &names.worlds.as_ref()?.get(world)?.outcomes;
    let ids: Vec<&str> = outcomes.iter().map(String::as_str).collect();
    let inside: Vec<usize> = above.iter().copied().chain([world]).collect();
    let mut seen = Vec::new();
    let mut branches: Vec<Option<Value>> = vec![None; outcomes.len()];
    for (key, value) in entries {
        let outcome = reader.lookup(key, "an outcome", Some(&ids));
        let branch = read_branch(reader, value, names, role, &inside);
        if let Some(outcome) = outcome {
            seen.push((outcomes[outcome].clone(), key.span()));
            branches[outcome] = branch;
        }
    }
    let distinct = reader.distinct(&seen, "values here");
    let missing: Vec<&str> = ids.iter().copied().filter(|id| seen.iter().all(|(key, _)| key != id)).collect();
    if !missing.is_empty() {
        let world: &WorldVariable = &names.worlds.as_ref()?[world];
        let message = format!("missing value for outcome {} of world `{}`", missing.join(", "), world.id);
        let help = format!("add \"{}\": …; every outcome has to be named", missing[0]);
        reader.report(Problem::new(Code::MissingField, map.span(), message).label("not complete").help(help));
    }
    let branches: Vec<Value> = branches.into_iter().flatten().collect();
    (distinct && branches.len() == outcomes.len()).then_some(Value::ByWorld { world, branches })
}
