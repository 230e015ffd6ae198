//! Reads the list of claims: those about overall scores, and those about dates.

use super::claim::read_before;
use super::dated::{has_clock, read_dated, read_dated_before, read_reached};
use super::limit;
use super::names::{Names, read_id, read_named};
use super::node::Node;
use super::reader::{Fields, Reader};
use crate::error::{Code, Problem};
use crate::scenario::{Dated, DatedClaim, NamedClaim};

/// Claims as they were read.
#[derive(Default)]
pub struct Claims {
    /// Those about overall scores.
    pub order: Vec<NamedClaim>,
    /// Those about dates.
    pub dated: Vec<DatedClaim>,
}

/// Reads the list of claims.
pub fn read_claims(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<Claims> {
    let nodes = reader.list(node, "claims", limit::CLAIMS)?;
    let read = read_named(reader, nodes, "claims", |reader, node, ids| {
        let optional = ["before", "holds", "reached", "at", "by", "on"];
        // Without a clock the fields of dates are as unknown as any other.
        let optional = if names.has_clock { &optional[..] } else { &optional[..2] };
        let fields = reader.fields(node, "a claim", &["id", "text"], optional)?;
        let id = read_id(reader, fields.get("id"), "a claim", ids);
        let text = fields.get("text").and_then(|n| reader.text(n, "the text of a claim", limit::TITLE));
        let claim = read_content(reader, node, &fields, names);
        Some((id?, text?.trim_end_matches('.').to_owned(), claim?))
    })?;
    let mut claims = Claims::default();
    for (id, text, claim) in read {
        match claim.undated() {
            Ok(claim) => claims.order.push(NamedClaim { id, text, claim }),
            Err(claim) => claims.dated.push(DatedClaim::new(id, text, claim)),
        }
    }
    Some(claims)
}

fn read_content(reader: &mut Reader, node: Node<'_>, fields: &Fields<'_>, names: &Names) -> Option<Dated> {
    let is_dated = ["at", "by", "on"].iter().any(|key| fields.get(key).is_some());
    match (fields.get("before"), fields.get("holds"), fields.get("reached")) {
        (Some(pair), None, None) if is_dated => {
            alone(reader, fields, "on", "before")?;
            read_dated_before(reader, (node, pair), fields, names)
        }
        (Some(pair), None, None) => read_before(reader, pair, names).map(Dated::Order),
        (None, Some(claim), None) => {
            for key in ["at", "by", "on"] {
                alone(reader, fields, key, "holds")?;
            }
            read_dated(reader, claim, names)
        }
        (None, None, Some(_)) => {
            has_clock(reader, node, names)?;
            alone(reader, fields, "by", "reached")?;
            if fields.get("on").is_none() {
                let problem =
                    Problem::new(Code::MissingField, node.head(), "a claim with `reached` has a date");
                reader.report(problem.label("`on` is missing").help("add `on: 2030`"));
                return None;
            }
            read_reached(reader, fields, "reached", names)
        }
        _ if fields.any_unknown() => None,
        _ => {
            let message = "a claim has either a `before` or a `holds`";
            let help = "for example before: (First(\"a\"), First(\"b\")), or holds: All([...])";
            let problem = Problem::new(Code::MissingField, node.head(), message);
            reader.report(problem.label("one of the two").help(help));
            None
        }
    }
}

/// Refuses a field beside one that it says nothing about.
fn alone(reader: &mut Reader, fields: &Fields<'_>, key: &str, beside: &str) -> Option<()> {
    let Some(node) = fields.get(key) else { return Some(()) };
    let message = format!("`{key}` says nothing about a claim with `{beside}`");
    let help = format!("remove `{key}`");
    reader.report(Problem::new(Code::UnknownField, node.span(), message).label("not here").help(help));
    None
}
