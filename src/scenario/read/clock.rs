//! Reads the clock of a scenario.

use super::kind::Kind;
use super::names::Names;
use super::node::Node;
use super::number::read_number;
use super::reader::{Fields, Reader};
use super::role::{Role, check_size, outside};
use super::value::read_value;
use crate::error::{Code, Problem};
use crate::scenario::target::areas_of;
use crate::scenario::{AreaEntry, AreaField, AreaMap, Bounds, Clock, ClockField, Value, year_of};

const MUST_HAVE: [&str; 6] = ["start", "until", "anchor", "doubling", "rise", "per_point"];
const MAY_HAVE: [&str; 4] = ["thresholds", "feedback", "human", "lag"];
/// Fields of the design that this version does not read, each with the reason.
const MOST_THRESHOLDS: usize = 8;
const LONGEST: f64 = 10_000.0;
/// Largest speedup that a claim or a threshold may name.
pub const LARGEST_SPEEDUP: f64 = 1e6;

/// Reads `clock: (…)`.
pub fn read_clock(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<Clock> {
    let fields = reader.fields(node, "the clock", &MUST_HAVE, &MAY_HAVE)?;
    let range = read_range(reader, node, &fields);
    let thresholds = fields.get("thresholds").map_or(Some(vec![10.0]), |n| read_thresholds(reader, n));
    let anchor = fields.get("anchor").and_then(|n| read_anchor(reader, n, names, range));
    let mut read = |field: ClockField| {
        fields.get(field.path(false)).and_then(|n| read_value(reader, n, names, Role::Clock(field.bounds())))
    };
    let (doubling, rise) = (read(ClockField::Doubling), read(ClockField::Rise));
    let per_point = read(ClockField::PerPoint);
    let feedback = fields.get("feedback").map(|n| read_feedback(reader, n, names));
    let by_area: Vec<Option<AreaMap>> = AreaField::ALL
        .into_iter()
        .map(|field| match fields.get(field.path()) {
            Some(node) => read_map(reader, node, names, field),
            None => Some(AreaMap::default()),
        })
        .collect();
    let by_area: Option<Vec<AreaMap>> = by_area.into_iter().collect();
    let ((start, until), anchor) = (range?, anchor?);
    let (share, ceiling) = match feedback {
        Some(feedback) => feedback.map(|(share, ceiling)| (Some(share), ceiling))?,
        None => (None, None),
    };
    Some(Clock {
        start,
        until,
        thresholds: thresholds?,
        anchor_group: anchor.group,
        is_dated: anchor.is_dated,
        values: vec![
            anchor.amenability,
            Some(anchor.automated),
            Some(anchor.date),
            Some(doubling?),
            Some(rise?),
            Some(per_point?),
            share,
        ],
        ceiling,
        by_area: by_area?,
    })
}

/// Reads a date: a decimal year, or a month or a day in quotes.
pub fn read_date(reader: &mut Reader, node: Node<'_>, what: &str) -> Option<f64> {
    if node.kind() != Kind::Text {
        return read_number(reader, node, what);
    }
    let text = reader.string(node, what)?;
    let date = year_of(&text);
    if date.is_none() {
        let message = format!("`{}` is not a date", text.trim());
        let help =
            "write a year such as 2031.5, a month such as \"2031-12\", or a day such as \"2031-12-24\"";
        reader.report(Problem::new(Code::WrongKind, node.span(), message).label("not a date").help(help));
    }
    date
}

fn read_range(reader: &mut Reader, node: Node<'_>, fields: &Fields<'_>) -> Option<(f64, f64)> {
    let start = fields.get("start").and_then(|n| read_date(reader, n, "the start of the clock"));
    let until = fields.get("until").and_then(|n| read_date(reader, n, "the end of the clock"));
    let (start, until) = (start?, until?);
    if start < until && until <= start + LONGEST {
        return Some((start, until));
    }
    let place = fields.get("until").unwrap_or(node);
    let message =
        format!("the clock must end after its start, {start}, and within 10,000 years; found {until}");
    let help = format!("write a later year, such as until: {}", start + 20.0);
    reader.report(Problem::new(Code::OutOfRange, place.span(), message).label("out of range").help(help));
    None
}

fn read_thresholds(reader: &mut Reader, node: Node<'_>) -> Option<Vec<f64>> {
    let nodes = reader.some_list(node, "thresholds", MOST_THRESHOLDS)?;
    let mut thresholds: Vec<f64> = Vec::new();
    for node in nodes {
        let k = read_number(reader, node, "a threshold")?;
        let is_rising = thresholds.last().is_none_or(|last| *last < k);
        if !(k > 1.0 && k <= LARGEST_SPEEDUP && is_rising) {
            let message = format!("thresholds must rise, each above 1 and at most 1,000,000; found {k}");
            let help = "write speedups in rising order, such as [2, 3, 5, 10, 30]";
            reader.report(Problem::new(Code::OutOfRange, node.span(), message).label("this one").help(help));
            return None;
        }
        thresholds.push(k);
    }
    Some(thresholds)
}

/// The anchor as it was read.
struct Anchor {
    group: Option<usize>,
    amenability: Option<Value>,
    automated: Value,
    is_dated: bool,
    date: Value,
}

fn read_anchor(
    reader: &mut Reader,
    node: Node<'_>,
    names: &Names,
    range: Option<(f64, f64)>,
) -> Option<Anchor> {
    let fields = reader.fields(node, "the anchor", &["amenability", "automated"], &["after", "date"])?;
    let mut value =
        |node: Node<'_>, field: ClockField| read_value(reader, node, names, Role::Clock(field.bounds()));
    let automated = fields.get("automated").and_then(|n| value(n, ClockField::Automated));
    let (is_dated, date) = match (fields.get("after"), fields.get("date")) {
        (Some(after), None) => (false, value(after, ClockField::Date)),
        (None, Some(date)) if date.kind() == Kind::Text => {
            let year = read_date(reader, date, "the date of the anchor")?;
            let exact = crate::distribution::Exact::new(year).ok()?;
            (true, Some(Value::Central { number: year, dist: exact.into() }))
        }
        (None, Some(date)) => (true, value(date, ClockField::Date)),
        _ if fields.any_unknown() => return None,
        _ => {
            let message = "the anchor needs either `after`, in years from the start, or a `date`";
            let from = range.map_or(2026.0, |(start, _)| start);
            let help = format!("write after: 6, or date: {}", from + 6.0);
            let problem = Problem::new(Code::MissingField, node.head(), message).label("one of the two");
            reader.report(problem.help(help));
            return None;
        }
    };
    let at = fields.get("amenability")?;
    let (group, amenability) = if at.kind() == Kind::Name("Mean") {
        let [id] = reader.arguments(at, "Mean(\"group\")")?;
        (Some(reader.lookup(id, "a group", names.group_ids().as_deref())?), None)
    } else {
        let role = Role::Clock(ClockField::Amenability.bounds());
        (None, Some(read_value(reader, at, names, role)?))
    };
    Some(Anchor { group, amenability, automated: automated?, is_dated, date: date? })
}

fn read_feedback(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<(Value, Option<f64>)> {
    let fields = reader.fields(node, "the feedback", &["share"], &["ceiling"])?;
    let role = Role::Clock(ClockField::Feedback.bounds());
    let share = fields.get("share").and_then(|n| read_value(reader, n, names, role));
    let ceiling = fields.get("ceiling").map(|node| {
        let ceiling = reader.number(node, "the ceiling")?;
        check_size(reader, node, &[ceiling])?;
        let bounds = Bounds {
            name: "the ceiling of the feedback",
            min: 1.0,
            max: 1e4,
            is_above: true,
            is_below: false,
        };
        if bounds.hold(ceiling) {
            return Some(ceiling);
        }
        outside(reader, node, bounds, &ceiling.to_string());
        None
    });
    match ceiling {
        Some(ceiling) => Some((share?, Some(ceiling?))),
        None => Some((share?, None)),
    }
}

/// Reads one value for all areas, or a map of patterns of areas.
fn read_map(reader: &mut Reader, node: Node<'_>, names: &Names, field: AreaField) -> Option<AreaMap> {
    let role = Role::Clock(field.bounds());
    let n_areas = names.areas.as_ref()?.len();
    let is_map = matches!(node.kind(), Kind::Map | Kind::Object);
    let Some(entries) = node.entries().filter(|_| is_map) else {
        let value = read_value(reader, node, names, role)?;
        return Some(AreaMap { entries: vec![AreaEntry::new("*".into(), (0..n_areas).collect(), value)] });
    };
    let mut map = AreaMap::default();
    let mut rest = None;
    let mut is_whole = true;
    for (key, value) in entries {
        let Some(pattern) = reader.string(key, "a pattern of areas") else {
            is_whole = false;
            continue;
        };
        let read = read_value(reader, value, names, role);
        let Some(areas) = areas_of_key(reader, key, &pattern, names) else {
            is_whole = false;
            continue;
        };
        let (Some(value), false) = (read, rest.is_some() && pattern == "*") else {
            is_whole = false;
            continue;
        };
        if pattern == "*" {
            rest = Some(value);
            continue;
        }
        is_whole &= add_entry(reader, key, &mut map, AreaEntry::new(pattern, areas, value), names).is_some();
    }
    if let Some(value) = rest {
        let areas: Vec<usize> = (0..n_areas).filter(|&area| map.of(area).is_none()).collect();
        if !areas.is_empty() {
            map.entries.push(AreaEntry::new("*".into(), areas, value));
        }
    }
    is_whole.then_some(map)
}

fn areas_of_key(reader: &mut Reader, key: Node<'_>, pattern: &str, names: &Names) -> Option<Vec<usize>> {
    let (areas, groups) = (names.areas.as_ref()?, names.groups.as_ref()?);
    match areas_of(pattern, areas, groups) {
        Ok(areas) => Some(areas),
        Err(why) => {
            let problem = Problem::new(Code::UnknownName, key.span(), why.to_string()).label("unknown");
            reader.report(problem.help("write an area, {area,area}, @group, or * for all that is left"));
            None
        }
    }
}

/// Adds an entry, unless an area has one already.
fn add_entry(
    reader: &mut Reader,
    key: Node<'_>,
    map: &mut AreaMap,
    entry: AreaEntry,
    names: &Names,
) -> Option<()> {
    for &area in &entry.areas {
        if let Some(other) = map.of(area) {
            let id = &names.areas.as_ref()?[area].id;
            let message = format!("the area `{id}` is in both `{}` and `{}`", other.key, entry.key);
            let help = "name each area once; only * is what is left";
            reader.report(Problem::new(Code::Duplicate, key.span(), message).label("again").help(help));
            return None;
        }
    }
    map.entries.push(entry);
    Some(())
}
