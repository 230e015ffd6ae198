//! Reads the list of claims: those about overall scores, and those about dates.

use super::claim::read_before;
use super::dated::{has_clock, read_dated, read_dated_before, read_reached, read_speedup};
use super::limit;
use super::names::{Names, read_id, read_named};
use super::node::Node;
use super::reader::{Fields, Reader};
use crate::error::{Code, Problem, Span};
use crate::plain::shortened;
use crate::scenario::suggest::suggest;
use crate::scenario::{DateTarget, Dated, DatedClaim, NamedClaim, Scenario};

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
        let optional = ["before", "holds", "reached", "at", "by", "on", "speedup", "at_least", "given"];
        // Without a clock the fields of dates are as unknown as any other.
        let optional = if names.has_clock { &optional[..] } else { &optional[..2] };
        let fields = reader.fields(node, "a claim", &["id", "text"], optional)?;
        let id = read_id(reader, fields.get("id"), "a claim", ids);
        let text = fields.get("text").and_then(|n| reader.text(n, "the text of a claim", limit::TITLE));
        let claim = read_content(reader, node, &fields, names);
        let given = fields.get("given").map(|n| Some((reader.string(n, "the id of a claim")?, n.span())));
        let given = given.map_or(Some(None), |given| given.map(Some));
        Some((id?, text?.trim_end_matches('.').to_owned(), claim?, given?))
    })?;
    let ids: Vec<String> = read.iter().map(|(id, ..)| id.clone()).collect();
    let (mut claims, mut is_whole) = (Claims::default(), true);
    for (id, text, claim, given) in read {
        if let Some((other, span)) = &given {
            is_whole &= is_given(reader, (&id, other), span.clone(), &ids).is_some();
        }
        let given = given.map(|(other, _)| other);
        match claim.undated() {
            Ok(claim) if given.is_none() => claims.order.push(NamedClaim { id, text, claim }),
            Ok(claim) => {
                claims.dated.push(DatedClaim { given, ..DatedClaim::new(id, text, Dated::Order(claim)) });
            }
            Err(claim) => claims.dated.push(DatedClaim { given, ..DatedClaim::new(id, text, claim) }),
        }
    }
    is_whole.then_some(claims)
}

/// Refuses a condition that is no other claim of the list.
fn is_given(reader: &mut Reader, (id, other): (&str, &str), span: Span, ids: &[String]) -> Option<()> {
    if other != id && ids.iter().any(|known| known == other) {
        return Some(());
    }
    let known: Vec<&str> = ids.iter().map(String::as_str).filter(|known| *known != id).collect();
    let problem = Problem::new(Code::UnknownName, span, format!("unknown claim `{}`", shortened(other)));
    reader.report(problem.label("unknown").help(suggest(other, &known, "the other claims are")));
    None
}

/// Reads what others say of claims about dates.
pub fn read_targets(reader: &mut Reader, node: Node<'_>, scenario: &Scenario) -> Option<Vec<DateTarget>> {
    let nodes = reader.list(node, "targets", limit::CLAIMS)?;
    let n = nodes.len();
    let ids: Vec<&str> = scenario.dated.iter().map(|named| named.id.as_str()).collect();
    let read = |node: Node<'_>| {
        let fields = reader.fields(node, "a target", &["claim", "who", "says"], &[])?;
        let claim = fields.get("claim").and_then(|n| reader.lookup(n, "a claim", Some(&ids)));
        let who = fields.get("who").and_then(|n| reader.text(n, "`who`", limit::NAME));
        let says = fields.get("says").and_then(|n| {
            let says = reader.number(n, "`says`")?;
            if (0.0..=1.0).contains(&says) {
                return Some(says);
            }
            let message = format!("a probability lies between 0 and 1, and this is {says}");
            let problem = Problem::new(Code::OutOfRange, n.span(), message).label("no probability");
            reader.report(problem.help("write 0.2 for 20%"));
            None
        });
        Some(DateTarget { claim: ids[claim?].to_owned(), who: who?, says: says? })
    };
    let targets: Vec<DateTarget> = nodes.into_iter().filter_map(read).collect();
    (targets.len() == n).then_some(targets)
}

fn read_content(reader: &mut Reader, node: Node<'_>, fields: &Fields<'_>, names: &Names) -> Option<Dated> {
    let is_dated = ["at", "by", "on"].iter().any(|key| fields.get(key).is_some());
    if let Some(place) = fields.get("speedup") {
        for key in ["before", "holds", "reached", "at", "by"] {
            alone(reader, fields, key, "speedup")?;
        }
        return read_speedup(reader, (node, place), fields, names);
    }
    alone_without(reader, fields, "at_least", "speedup")?;
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

/// Refuses a field that belongs to another one, which is not there.
fn alone_without(reader: &mut Reader, fields: &Fields<'_>, key: &str, of: &str) -> Option<()> {
    let Some(node) = fields.get(key) else { return Some(()) };
    let message = format!("`{key}` belongs to a claim with `{of}`");
    let help = format!("add `{of}: Mean(\"group\")`, or remove `{key}`");
    reader.report(Problem::new(Code::UnknownField, node.span(), message).label("not here").help(help));
    None
}

/// Refuses a field beside one that it says nothing about.
fn alone(reader: &mut Reader, fields: &Fields<'_>, key: &str, beside: &str) -> Option<()> {
    let Some(node) = fields.get(key) else { return Some(()) };
    let message = format!("`{key}` says nothing about a claim with `{beside}`");
    let help = format!("remove `{key}`");
    reader.report(Problem::new(Code::UnknownField, node.span(), message).label("not here").help(help));
    None
}
