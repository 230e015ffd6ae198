//! Reads claims about dates.

use super::claim::{count_claim, read_claim, read_marker};
use super::clock::{LARGEST_SPEEDUP, read_date};
use super::kind::Kind;
use super::limit;
use super::names::Names;
use super::node::Node;
use super::number::read_number;
use super::reader::{Fields, Reader};
use super::role::outside;
use crate::error::{Code, Problem};
use crate::scenario::{Bounds, Dated, Level, Marker};

/// Speedup of a claim that names none.
const USUAL: Level = Level::Times(10.0);
const FORM_BEFORE: &str = "Before(first: Area(\"a\"), second: Area(\"b\"), at: 10)";

/// Reads a claim about overall scores, dates, or both.
pub fn read_dated(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<Dated> {
    match node.kind() {
        Kind::Name("All") => Some(Dated::All(read_several(reader, node, names)?)),
        Kind::Name("Any") => Some(Dated::Any(read_several(reader, node, names)?)),
        Kind::Name("Not") => {
            count_claim(reader, node)?;
            let [inner] = reader.arguments(node, "Not(claim)")?;
            Some(Dated::Not(Box::new(read_dated(reader, inner, names)?)))
        }
        Kind::Name("Before") if node.fields().is_some() => {
            count_claim(reader, node)?;
            has_clock(reader, node, names)?;
            let fields = reader.fields(node, FORM_BEFORE, &["first", "second", "at"], &["by"])?;
            let one = fields.get("first").and_then(|n| read_place(reader, n, names));
            let other = fields.get("second").and_then(|n| read_place(reader, n, names));
            let at = fields.get("at").and_then(|n| read_level(reader, n));
            let by = read_by(reader, &fields);
            Some(Dated::Before { one: one?, other: other?, at: at?, by: by? })
        }
        Kind::Name("Reached") => {
            count_claim(reader, node)?;
            has_clock(reader, node, names)?;
            let fields = reader.fields(node, "Reached", &["place", "on"], &["at"])?;
            read_reached(reader, &fields, "place", names)
        }
        Kind::Name("Speedup") => {
            count_claim(reader, node)?;
            let fields = reader.fields(node, "Speedup", &["place", "at_least", "on"], &[])?;
            let place = fields.get("place")?;
            read_speedup(reader, (node, place), &fields, names)
        }
        _ => read_claim(reader, node, names).map(Dated::Order),
    }
}

/// Reads what the fields of a claim say, whose `before` has an `at`.
pub fn read_dated_before(
    reader: &mut Reader,
    (node, pair): (Node<'_>, Node<'_>),
    fields: &Fields<'_>,
    names: &Names,
) -> Option<Dated> {
    has_clock(reader, node, names)?;
    let [one, other] = reader.arguments(pair, "two places such as (First(\"a\"), First(\"b\"))")?;
    let (one, other) = (read_place(reader, one, names), read_place(reader, other, names));
    let Some(at) = fields.get("at") else {
        let message = "a claim with `by` says at which speedup";
        let problem = Problem::new(Code::MissingField, node.head(), message).label("`at` is missing");
        reader.report(problem.help("add `at: 10`"));
        return None;
    };
    let at = read_level(reader, at);
    let by = read_by(reader, fields);
    Some(Dated::Before { one: one?, other: other?, at: at?, by: by? })
}

/// Reads what the fields of a claim say, whose place stands in the field `place`.
pub fn read_reached(reader: &mut Reader, fields: &Fields<'_>, place: &str, names: &Names) -> Option<Dated> {
    let of = fields.get(place).and_then(|n| read_place(reader, n, names));
    let at = fields.get("at").map_or(Some(USUAL), |n| read_level(reader, n));
    let on = fields.get("on").and_then(|n| read_claim_date(reader, n, names));
    Some(Dated::Reached { place: of?, at: at?, on: on? })
}

/// Reads what the fields of a claim say about the speedup of a place on a date.
pub fn read_speedup(
    reader: &mut Reader,
    (node, place): (Node<'_>, Node<'_>),
    fields: &Fields<'_>,
    names: &Names,
) -> Option<Dated> {
    has_clock(reader, node, names)?;
    let of = read_marker(reader, place, names);
    for key in ["at_least", "on"] {
        if fields.get(key).is_none() {
            let problem = Problem::new(
                Code::MissingField,
                node.head(),
                format!("a claim about a speedup has no `{key}`"),
            );
            reader.report(problem.label(format!("`{key}` is missing")).help("write at_least: 3, on: 2029"));
            return None;
        }
    }
    let at_least = fields.get("at_least").and_then(|n| read_level(reader, n).zip(Some(n)));
    let on = fields.get("on").and_then(|n| read_claim_date(reader, n, names));
    let at_least = match at_least? {
        (Level::Times(k), _) => k,
        (Level::Automated(_), node) => {
            reader.wrong_kind(node, "a speedup as a number");
            return None;
        }
    };
    Some(Dated::Speedup { place: of?, at_least, on: on? })
}

/// Refuses a claim about dates of a scenario without a clock.
pub fn has_clock(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<()> {
    if names.has_clock {
        return Some(());
    }
    let message = "this claim is about dates, and the scenario has no clock";
    let help = "add `clock: (…)`; docs/clock.md shows one, or remove the claim";
    reader.report(Problem::new(Code::MissingField, node.head(), message).label("needs a clock").help(help));
    None
}

fn read_several(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<Vec<Dated>> {
    count_claim(reader, node)?;
    let [list] = reader.arguments(node, "a list of claims in All([...]) or Any([...])")?;
    let nodes = reader.some_list(list, "claims", limit::CLAIMS)?;
    let n = nodes.len();
    let claims: Vec<Dated> = nodes.into_iter().filter_map(|node| read_dated(reader, node, names)).collect();
    (claims.len() == n).then_some(claims)
}

/// Reads a place that has a date.
fn read_place(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<Marker> {
    let marker = read_marker(reader, node, names)?;
    if let Marker::Mean(_) = marker {
        let message = "a mean has no date: its areas reach a speedup on different dates";
        let help = "write First, Nth or Last, such as Nth(3, \"group\")";
        reader.report(Problem::new(Code::WrongKind, node.span(), message).label("no date").help(help));
        return None;
    }
    Some(marker)
}

fn read_level(reader: &mut Reader, node: Node<'_>) -> Option<Level> {
    if node.kind() == Kind::Name("Automated") {
        let [share] = reader.arguments(node, "Automated(0.99)")?;
        let x = reader.number(share, "the automated share")?;
        let bounds =
            Bounds { name: "the automated share", min: 0.0, max: 1.0, is_above: true, is_below: true };
        if bounds.hold(x) {
            return Some(Level::Automated(x));
        }
        outside(reader, share, bounds, &x.to_string());
        return None;
    }
    let k = read_number(reader, node, "`at`")?;
    if k > 1.0 && k <= LARGEST_SPEEDUP {
        return Some(Level::Times(k));
    }
    let message = format!("`at` must be a speedup above 1 and at most 1,000,000; found {k}");
    let help = "write at: 10 for ten times as fast, or at: Automated(0.99)";
    reader.report(Problem::new(Code::OutOfRange, node.span(), message).label("out of range").help(help));
    None
}

fn read_by(reader: &mut Reader, fields: &Fields<'_>) -> Option<f64> {
    let Some(node) = fields.get("by") else { return Some(0.0) };
    let by = read_number(reader, node, "`by`")?;
    if (0.0..=120_000.0).contains(&by) {
        return Some(by);
    }
    let message = format!("`by` must be a number of months from 0 to 120,000; found {by}");
    reader.report(
        Problem::new(Code::OutOfRange, node.span(), message).label("out of range").help("write by: 12"),
    );
    None
}

fn read_claim_date(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<f64> {
    let date = read_date(reader, node, "a date")?;
    let Some(clock) = &names.clock else { return Some(date) };
    if (clock.start..=clock.until).contains(&date) {
        return Some(date);
    }
    let message = format!("the clock runs from {} to {}; found {date}", clock.start, clock.until);
    let help = "write a date in that range, or a later `until` of the clock";
    reader.report(Problem::new(Code::OutOfRange, node.span(), message).label("out of range").help(help));
    None
}
