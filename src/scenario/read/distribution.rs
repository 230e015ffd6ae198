//! Reads distributions: the families with their parameters, and those made of lists and of other distributions.

use super::column::read_column;
use super::kind::Kind;
use super::limit;
use super::node::Node;
use super::number::{built, count_values, read_number, read_positive};
use super::reader::{Fields, Reader};
use super::role::{Role, check_in_range, check_size};
use crate::distribution::{
    Discrete, Dist, Exact, FAMILIES, Family, LogNormal, LogitNormal, Metalog, Mixture, Normal,
    ParameterError, Samples, Truncated, Uniform, as_decimal, standard_quantile,
};
use crate::error::{Code, Problem};
use crate::scenario::plain_numbers::meant;
use crate::scenario::spread::beta_mean;
use crate::scenario::suggest::suggest;

/// The most parts of a mixture, and how deep mixtures and truncations may stand in each other.
const PARTS: usize = 100;
const DEEPEST: usize = 8;

/// Distributions that are not a list of numbers with names.
const SPECIAL: [&str; 8] =
    ["Exact", "BetaMean", "Discrete", "Mixture", "Samples", "Truncated", "Interval", "Quantiles"];

/// Reads the distribution that a name begins.
pub fn read_dist(reader: &mut Reader, node: Node<'_>, name: &str, role: Role) -> Option<Dist> {
    read_nested(reader, node, name, role, 0)
}

fn read_nested(reader: &mut Reader, node: Node<'_>, name: &str, role: Role, depth: usize) -> Option<Dist> {
    if depth > DEEPEST {
        let message = format!("distributions are nested more than {DEEPEST} deep");
        reader.report(Problem::new(Code::TooMany, node.head(), message).label("too deep"));
        return None;
    }
    match name {
        "Exact" => {
            let [value] = reader.arguments(node, "Exact(x)")?;
            let number = reader.number(value, "the exact value")?;
            exact(reader, value, number, role)
        }
        "Discrete" => {
            let form = "Discrete([(value, probability), ...])";
            let pairs = read_pairs(reader, node, form, limit::VALUES, |reader, value, p| {
                let x = read_number(reader, value, "a value");
                let p = reader.number(p, "a probability");
                let (x, p) = (x?, p?);
                check_in_range(reader, value, x, role)?;
                Some((x, p))
            })?;
            built(reader, node, name, None, Discrete::new(&pairs).map(Dist::from))
        }
        "Mixture" => read_mixture(reader, node, role, depth),
        "Samples" if node.fields().is_some() => read_column(reader, node, role),
        "Samples" => {
            let [list] = reader.arguments(node, "Samples([value, ...])")?;
            let nodes = reader.some_list(list, "values", limit::VALUES)?;
            let n = nodes.len();
            count_values(reader, node, n)?;
            let read = |node| {
                let x = read_number(reader, node, "a value")?;
                check_in_range(reader, node, x, role).map(|()| x)
            };
            let values: Vec<f64> = nodes.into_iter().filter_map(read).collect();
            if values.len() < n {
                return None;
            }
            built(reader, node, name, None, Samples::new(&values).map(Dist::from))
        }
        "Truncated" => {
            let fields = reader.fields(node, name, &["of"], &["min", "max"])?;
            let bounds = read_bounds(reader, &fields);
            let of = fields.get("of").and_then(|of| read_inner(reader, of, name, role, depth));
            let ((min, max), of) = (bounds?, of?);
            built(reader, node, name, Some(&fields), Truncated::new(of, min, max).map(Dist::from))
        }
        "BetaMean" => {
            let fields = reader.fields(node, name, &["mean", "concentration"], &["min", "max"])?;
            let mean = fields.get("mean").and_then(|n| read_number(reader, n, "`mean`"));
            let concentration =
                fields.get("concentration").and_then(|n| read_positive(reader, n, "`concentration`"));
            let bounds = read_bounds(reader, &fields);
            let (mean, concentration, (min, max)) = (mean?, concentration?, bounds?);
            // A number without a scale is a share.
            let (least, most) = match role.bounds() {
                (least, most) if least.is_finite() && most.is_finite() => (least, most),
                _ => (0.0, 1.0),
            };
            let dist = beta_mean(mean, concentration, min.unwrap_or(least), max.unwrap_or(most));
            built(reader, node, name, Some(&fields), dist.map(Dist::from))
        }
        "Interval" => read_interval(reader, node, role),
        "Quantiles" => read_quantiles(reader, node, role),
        _ => read_family(reader, node, name),
    }
}

/// A number without any spread.
pub fn exact(reader: &mut Reader, node: Node<'_>, number: f64, role: Role) -> Option<Dist> {
    check_size(reader, node, &[number])?;
    check_in_range(reader, node, number, role)?;
    Exact::new(number).ok().map(Dist::from)
}

fn read_mixture(reader: &mut Reader, node: Node<'_>, role: Role, depth: usize) -> Option<Dist> {
    let form = "Mixture([(probability, distribution), ...])";
    let parts = read_pairs(reader, node, form, PARTS, |reader, p, part| {
        if matches!((p.kind(), part.kind()), (Kind::Name(_), Kind::Number)) {
            let help = format!("write ({}, {})", part.text(), p.text());
            let problem = Problem::new(Code::WrongKind, part.span(), "the probability of a part comes first");
            reader.report(problem.label("behind its distribution").help(help));
            return None;
        }
        let p = reader.number(p, "a probability");
        let part = read_inner(reader, part, "Mixture", role, depth);
        Some((p?, part?))
    })?;
    built(reader, node, "Mixture", None, Mixture::new(parts).map(Dist::from))
}

/// A distribution inside another one: written out, because what a bare number would be there is not plain.
fn read_inner(reader: &mut Reader, node: Node<'_>, outer: &str, role: Role, depth: usize) -> Option<Dist> {
    match node.kind() {
        Kind::Number => {
            let message = format!("a bare number is ambiguous inside {outer}");
            let help = format!("write Exact({}), or a distribution", node.text());
            reader.report(Problem::new(Code::WrongKind, node.span(), message).label("bare").help(help));
            None
        }
        Kind::Name("ByWorld") => {
            let message = format!(
                "ByWorld cannot be used inside {outer}; put ByWorld outside, with one {outer} per outcome"
            );
            let help = "put the ByWorld outside, with a distribution in each branch";
            reader.report(Problem::new(Code::WrongKind, node.head(), message).label("inside").help(help));
            None
        }
        Kind::Name(name) => read_nested(reader, node, name, role, depth + 1),
        _ => {
            reader.wrong_kind(node, "a distribution");
            None
        }
    }
}

/// A list of pairs in parentheses; nothing if one of them could not be read.
fn read_pairs<T>(
    reader: &mut Reader,
    node: Node<'_>,
    form: &str,
    most: usize,
    mut read: impl FnMut(&mut Reader, Node<'_>, Node<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let [list] = reader.arguments(node, form)?;
    read_pair_list(reader, list, form, most, &mut read)
}

fn read_pair_list<T>(
    reader: &mut Reader,
    list: Node<'_>,
    form: &str,
    most: usize,
    read: &mut impl FnMut(&mut Reader, Node<'_>, Node<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let nodes = reader.some_list(list, "values", most)?;
    let n = nodes.len();
    count_values(reader, list, n)?;
    let pair = |node| {
        let [one, other] = reader.arguments(node, &format!("a pair as in {form}"))?;
        read(reader, one, other)
    };
    let pairs: Vec<T> = nodes.into_iter().filter_map(pair).collect();
    (pairs.len() == n).then_some(pairs)
}

/// The bounds that are there.
fn read_bounds(reader: &mut Reader, fields: &Fields<'_>) -> Option<(Option<f64>, Option<f64>)> {
    let mut read = |key: &str| match fields.get(key) {
        Some(node) => read_number(reader, node, &format!("`{key}`")).map(Some),
        None => Some(None),
    };
    let (min, max) = (read("min"), read("max"));
    Some((min?, max?))
}

/// The shapes that an interval can have.
const SHAPES: [&str; 4] = ["Normal", "LogNormal", "LogitNormal", "Uniform"];

/// `Interval(level: 0.8, low: 5, high: 10, shape: LogNormal)`: the quantiles at (1 - level) / 2 and (1 + level) / 2
/// are `low` and `high` exactly.
fn read_interval(reader: &mut Reader, node: Node<'_>, role: Role) -> Option<Dist> {
    let fields = reader.fields(node, "Interval", &["level", "low", "high", "shape"], &[])?;
    let level = fields.get("level").and_then(|n| {
        let level = reader.number(n, "the level")?;
        if level > 0.0 && level < 1.0 {
            return Some(level);
        }
        let message = format!("the level of an interval lies between 0 and 1, and this is {level}");
        let help = "0.8 says that the number lies between low and high with a probability of 80%";
        reader.report(Problem::new(Code::OutOfRange, n.span(), message).label("no level").help(help));
        None
    });
    let mut read = |key: &str| fields.get(key).and_then(|n| read_number(reader, n, &format!("`{key}`")));
    let (low, high) = (read("low"), read("high"));
    let shape = fields.get("shape")?;
    let Some(name) = Some(shape.kind_of_name()).and_then(|kind| match kind {
        Kind::Name(name) if SHAPES.contains(&name) => Some(name),
        _ => None,
    }) else {
        let problem = Problem::new(Code::UnknownName, shape.span(), "unknown shape of an interval");
        reader.report(problem.label("unknown").help(suggest(name_in(shape), &SHAPES, "there are")));
        return None;
    };
    let (level, low, high) = (level?, low?, high?);
    let z = standard_quantile(f64::midpoint(1.0, level));
    let (middle, half) = (f64::midpoint(low, high), (high - low) / 2.0);
    let (least, most) = role.bounds();
    let log_odds = |x: f64| libm::log((x - least) / (most - x));
    let needs = |what: &str| {
        let problem =
            Problem::new(Code::OutOfRange, node.span(), format!("an interval of the shape {name} {what}"));
        Some(problem.label("here"))
    };
    let problem = match name {
        _ if low >= high => {
            let error =
                ParameterError::OutOfOrder { low: "low", low_value: low, high: "high", high_value: high };
            return built(reader, node, "Interval", Some(&fields), Err(error));
        }
        "LogNormal" if low <= 0.0 => needs("lies above 0"),
        "LogitNormal" if !(least.is_finite() && most.is_finite()) => needs("needs a scale"),
        "LogitNormal" if low <= least || high >= most => needs("lies inside the scale, not at its ends"),
        _ => None,
    };
    if let Some(problem) = problem {
        reader.report(problem);
        return None;
    }
    let dist = match name {
        "Normal" => Normal::new(middle, half / z).map(Dist::from),
        "LogNormal" => {
            let (a, b) = (libm::log(low), libm::log(high));
            LogNormal::new(f64::midpoint(a, b), (b - a) / 2.0 / z).map(Dist::from)
        }
        "LogitNormal" => {
            let (a, b) = (log_odds(low), log_odds(high));
            LogitNormal::new(f64::midpoint(a, b), (b - a) / 2.0 / z, least, most).map(Dist::from)
        }
        _ => Uniform::new(middle - half / level, middle + half / level).map(Dist::from),
    };
    built(reader, node, "Interval", Some(&fields), dist)
}

/// The text where a name is expected; in JSON without its quotes.
fn name_in(node: Node<'_>) -> &str {
    let text = node.text();
    if node.is_json() { text.trim_matches('"') } else { text }
}

/// `Quantiles(points: [(0.1, 3), (0.5, 5), (0.9, 8)])`: between the ends of the scale where there is one, and above 0
/// for a weight, unless it says otherwise.
fn read_quantiles(reader: &mut Reader, node: Node<'_>, role: Role) -> Option<Dist> {
    let fields = reader.fields(node, "Quantiles", &["points"], &["min", "max"])?;
    let form = "[(probability, value), ...]";
    let points = fields.get("points").and_then(|list| {
        read_pair_list(reader, list, form, limit::VALUES, &mut |reader: &mut Reader, p, x| {
            let (p, x) = (reader.number(p, "a probability"), read_number(reader, x, "a quantile"));
            Some((p?, x?))
        })
    });
    let bounds = read_bounds(reader, &fields);
    let (points, (min, max)) = (points?, bounds?);
    let (least, most) = role.bounds();
    let finite = |bound: f64| Some(bound).filter(|bound| bound.is_finite());
    let dist = Metalog::new(&points, min.or(finite(least)), max.or(finite(most)));
    built(reader, node, "Quantiles", Some(&fields), dist.map(Dist::from))
}

fn read_family(reader: &mut Reader, node: Node<'_>, name: &str) -> Option<Dist> {
    let Some(family) = FAMILIES.iter().find(|family| family.name == name) else {
        if let Some(mut problem) = meant(name) {
            (problem.code, problem.span) = (Code::WrongKind, node.span());
            reader.report(problem);
            return None;
        }
        let families = FAMILIES.iter().map(|family| family.name);
        let known: Vec<&str> = families.chain(SPECIAL).chain(["ByWorld"]).collect();
        let message = format!("unknown distribution `{name}`");
        let problem = Problem::new(Code::UnknownName, node.head(), message).label("unknown");
        reader.report(problem.help(suggest(name, &known, "there are")));
        return None;
    };
    if is_spread(reader, node, name) {
        return None;
    }
    let (fields, values) = read_parameters(reader, node, family)?;
    built(reader, node, name, Some(&fields), (family.build)(&values))
}

/// Returns true if a distribution has the fields of a spread, and reports it.
fn is_spread(reader: &mut Reader, node: Node<'_>, name: &str) -> bool {
    let fields = node.fields().unwrap_or_default();
    let Some(field) = fields.iter().find(|field| matches!(field.key, "half_width" | "relative")) else {
        return false;
    };
    let width = field.value.number().filter(|width| *width > 0.0 && field.key == "half_width");
    let by = width.unwrap_or(1.0);
    let (low, high) = (as_decimal(4.0 - by), as_decimal(4.0 + by));
    let instead = match name {
        "Uniform" => format!("Uniform(min: {low}, max: {high})"),
        "Pert" => format!("Pert(min: {low}, mode: 4, max: {high})"),
        "Normal" => "Normal(mean: 4, sd: 1)".to_owned(),
        _ => format!("Triangular(min: {low}, mode: 4, max: {high})"),
    };
    let message = format!("`{}` can be used only in `spread`", field.key);
    let problem = Problem::new(Code::UnknownField, field.key_span.clone(), message).label("not here");
    reader.report(problem.help(format!("here write for example {instead}")));
    true
}

fn read_parameters<'a>(
    reader: &mut Reader,
    node: Node<'a>,
    family: &Family,
) -> Option<(Fields<'a>, Vec<f64>)> {
    let optional: Vec<&str> = family.optional.iter().map(|(name, _)| *name).collect();
    let fields = reader.fields(node, family.name, family.required, &optional)?;
    let required = family.required.iter().map(|key| (*key, None));
    let optional = family.optional.iter().map(|(key, default)| (*key, Some(*default)));
    let values: Vec<Option<f64>> = required
        .chain(optional)
        .map(|(key, default)| match fields.get(key) {
            Some(node) => read_number(reader, node, &format!("`{key}`")),
            None => default,
        })
        .collect();
    let values = values.into_iter().collect::<Option<_>>()?;
    Some((fields, values))
}
