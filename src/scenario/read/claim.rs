//! Reads claims and their markers.

use super::kind::Kind;
use super::limit;
use super::names::Names;
use super::node::Node;
use super::reader::Reader;
use crate::error::{Code, Problem};
use crate::scenario::suggest::suggest;
use crate::scenario::{Claim, ClaimText, Marker};

const CLAIMS: [&str; 6] = ["Before", "All", "Any", "Not", "InTop", "Most"];

/// Counts a claim, and refuses one too many.
pub fn count_claim(reader: &mut Reader, node: Node<'_>) -> Option<()> {
    reader.claims += 1;
    if reader.claims <= limit::CLAIM_PARTS {
        return Some(());
    }
    if reader.claims == limit::CLAIM_PARTS + 1 {
        let message = format!("too many claims inside claims (at most {})", limit::CLAIM_PARTS);
        reader.report(Problem::new(Code::TooMany, node.head(), message).label("here"));
    }
    None
}

/// Reads a claim about overall scores.
pub fn read_claim(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<Claim> {
    count_claim(reader, node)?;
    if node.kind() == Kind::Text {
        return read_words(reader, node, names);
    }
    let Kind::Name(name) = node.kind() else {
        reader.wrong_kind(node, "a claim such as \"a before b\" or Before(First(\"a\"), First(\"b\"))");
        return None;
    };
    match name {
        "Before" => read_before(reader, node, names),
        "All" => Some(Claim::All(read_several(reader, node, names)?)),
        "Any" => Some(Claim::Any(read_several(reader, node, names)?)),
        "Not" => {
            let [inner] = reader.arguments(node, "Not(claim)")?;
            Some(Claim::Not(Box::new(read_claim(reader, inner, names)?)))
        }
        "InTop" => {
            let fields = reader.fields(node, "InTop", &["k", "group", "at_least"], &[])?;
            let most = names.areas.as_ref().map_or(usize::MAX, Vec::len);
            let k = fields.get("k").and_then(|n| reader.size(n, "`k`", most));
            let group = fields.get("group").and_then(|n| read_group(reader, n, names));
            let members = group.and_then(|g| n_members(names, g)).unwrap_or(usize::MAX);
            let at_least = fields.get("at_least").and_then(|n| reader.size(n, "`at_least`", members));
            Some(Claim::InTop { k: k?, group: group?, at_least: at_least? })
        }
        "Most" => {
            let [a, b] = reader.arguments(node, "Most(\"group\", \"group\")")?;
            let (one, other) = (read_group(reader, a, names), read_group(reader, b, names));
            let (one, other) = (one?, other?);
            if one == other {
                let problem = Problem::new(Code::Duplicate, b.span(), "`Most` compares two different groups");
                reader.report(problem.label("the same group"));
                return None;
            }
            Some(Claim::Most(one, other))
        }
        _ => {
            let problem = Problem::new(Code::UnknownName, node.head(), format!("unknown claim `{name}`"));
            reader.report(problem.label("unknown").help(suggest(name, &CLAIMS, "there are")));
            None
        }
    }
}

/// Reads a claim in words, such as `"ai_control before pre_training"`.
fn read_words(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<Claim> {
    let text = reader.string(node, "a claim")?;
    let (areas, groups) = (names.areas.as_ref()?, names.groups.as_ref()?);
    let problem = match (ClaimText { areas, groups }.read(&text)) {
        Some(Ok((claim, _))) => return Some(claim),
        Some(Err(why)) => Problem::new(Code::UnknownName, node.span(), why.to_string()),
        None => Problem::new(Code::UnknownName, node.span(), format!("`{}` is not a claim", text.trim()))
            .help("write \"a before b\", \"a is first\" or \"a is last\" with ids or names of areas"),
    };
    reader.report(problem.label("this claim"));
    None
}

fn read_several(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<Vec<Claim>> {
    let [list] = reader.arguments(node, "a list of claims in All([...]) or Any([...])")?;
    let nodes = reader.some_list(list, "claims", limit::CLAIMS)?;
    let n = nodes.len();
    let claims: Vec<Claim> = nodes.into_iter().filter_map(|node| read_claim(reader, node, names)).collect();
    (claims.len() == n).then_some(claims)
}

/// Reads two places, the first before the second.
pub fn read_before(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<Claim> {
    let [one, other] = reader.arguments(node, "two markers such as (First(\"a\"), First(\"b\"))")?;
    let (one_marker, other_marker) = (read_marker(reader, one, names), read_marker(reader, other, names));
    let (one_marker, other_marker) = (one_marker?, other_marker?);
    if one_marker == other_marker {
        let problem = Problem::new(Code::Duplicate, other.span(), "compare two different areas");
        reader.report(problem.label("the same marker").related(one.span(), "as here"));
        return None;
    }
    Some(Claim::Before(one_marker, other_marker))
}

const MARKERS: [&str; 5] = ["Area", "First", "Last", "Nth", "Mean"];

/// Reads a place in the order.
pub fn read_marker(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<Marker> {
    let Kind::Name(name) = node.kind() else {
        reader.wrong_kind(node, "a marker such as First(\"group\")");
        return None;
    };
    match name {
        "Area" => {
            let [id] = reader.arguments(node, "Area(\"area\")")?;
            let ids = names.area_ids();
            let group =
                id.string().filter(|id| names.group_ids().is_some_and(|ids| ids.contains(&id.as_str())));
            if let Some(group) =
                group.filter(|id| ids.as_ref().is_some_and(|ids| !ids.contains(&id.as_str())))
            {
                let problem = Problem::new(Code::UnknownName, node.span(), format!("`{group}` is a group"));
                reader.report(
                    problem
                        .label("not an area")
                        .help(format!("write First(\"{group}\") or Last(\"{group}\")")),
                );
                return None;
            }
            reader.lookup(id, "an area", ids.as_deref()).map(Marker::Area)
        }
        "First" | "Last" | "Mean" => {
            let [id] = reader.arguments(node, &format!("{name}(\"group\")"))?;
            let group = read_group(reader, id, names)?;
            Some(match name {
                "First" => Marker::First(group),
                "Last" => Marker::Last(group),
                _ => Marker::Mean(group),
            })
        }
        "Nth" => {
            let [k, id] = reader.arguments(node, "Nth(k, \"group\")")?;
            let group = read_group(reader, id, names);
            let members = group.and_then(|g| n_members(names, g)).unwrap_or(usize::MAX);
            let k = reader.size(k, "the place in the group", members);
            Some(Marker::Nth(k?, group?))
        }
        _ => {
            let problem = Problem::new(Code::UnknownName, node.head(), format!("unknown marker `{name}`"));
            reader.report(problem.label("unknown").help(suggest(name, &MARKERS, "there are")));
            None
        }
    }
}

fn read_group(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<usize> {
    let ids = names.group_ids();
    reader.lookup(node, "a group", ids.as_deref())
}

fn n_members(names: &Names, group: usize) -> Option<usize> {
    Some(names.areas.as_ref()?.iter().filter(|area| area.group == group).count())
}
