//! Reads the law of the weights.

use super::kind::Kind;
use super::limit;
use super::node::Node;
use super::number::{read_number, read_positive};
use super::reader::Reader;
use crate::error::{Code, Problem};
use crate::scenario::suggest::suggest;
use crate::scenario::{Constraint, Factor, Polytope, PolytopeError, WeightDistribution};

/// Needs of a law of weights, to be met by the factors.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wants {
    /// A weight each, of any kind.
    Weights,
    /// A weight each, as a plain number.
    Numbers,
    /// No weights: the law makes them.
    Nothing,
}

const LAWS: [&str; 6] = ["Independent", "Simplex", "Ranked", "Dirichlet", "Bounded", "Constrained"];

/// Reads the needs of the law that stands here; nothing if there is no such law.
pub fn wants(reader: &mut Reader, node: Node<'_>) -> Option<Wants> {
    match node.kind_of_name() {
        Kind::Name("Independent") => Some(Wants::Weights),
        Kind::Name("Dirichlet") => Some(Wants::Numbers),
        Kind::Name("Simplex" | "Ranked" | "Bounded" | "Constrained") => Some(Wants::Nothing),
        Kind::Name(name) => {
            let problem =
                Problem::new(Code::UnknownName, node.head(), format!("unknown weight distribution `{name}`"));
            reader.report(problem.label("unknown").help(suggest(name, &LAWS, "there are")));
            None
        }
        _ => {
            reader.wrong_kind(node, "the law of the weights, such as Simplex or Ranked([...])");
            None
        }
    }
}

/// Names that a law may refer to.
pub struct Known<'a> {
    /// The factors, the weights of a Dirichlet law among them.
    pub factors: &'a [Factor],
    /// The ids of the areas.
    pub areas: Vec<&'a str>,
    /// Shape `[n_factors x n_areas]`: what the central scores are worth.
    pub scores: Vec<Vec<f64>>,
    /// The stated weights.
    pub weights: Vec<f64>,
}

/// Reads the law.
pub fn read_law(reader: &mut Reader, node: Node<'_>, known: &Known<'_>) -> Option<WeightDistribution> {
    let Kind::Name(name) = node.kind_of_name() else { return None };
    match name {
        "Independent" => Some(WeightDistribution::Independent),
        "Simplex" => Some(WeightDistribution::Simplex),
        "Dirichlet" => {
            let fields = reader.fields(node, name, &["concentration"], &[])?;
            let concentration = read_positive(reader, fields.get("concentration")?, "the concentration")?;
            Some(WeightDistribution::Dirichlet { means: known.weights.clone(), concentration })
        }
        "Ranked" => {
            let [list] = reader.arguments(node, "Ranked([\"factor\", ...]), the heaviest first")?;
            let chain = read_chain(reader, list, known)?;
            if chain.len() == known.factors.len() {
                return Some(WeightDistribution::Ranked(chain));
            }
            constrained(reader, node, vec![(Constraint::Order(chain), list)], known)
        }
        "Bounded" => read_bounded(reader, node, known),
        "Constrained" => {
            let [list] = reader.arguments(node, "Constrained([constraint, ...])")?;
            let nodes = reader.some_list(list, "constraints", limit::CLAIMS)?;
            let n = nodes.len();
            let read = |node| read_constraint(reader, node, known).map(|constraint| (constraint, node));
            let constraints: Vec<(Constraint, Node<'_>)> = nodes.into_iter().filter_map(read).collect();
            if constraints.len() < n {
                return None;
            }
            constrained(reader, node, constraints, known)
        }
        _ => None,
    }
}

/// The law of constraints, if anything satisfies them.
pub fn constrained(
    reader: &mut Reader,
    node: Node<'_>,
    constraints: Vec<(Constraint, Node<'_>)>,
    known: &Known<'_>,
) -> Option<WeightDistribution> {
    let n = known.factors.len();
    let (mut rows, mut places) = (Vec::new(), Vec::new());
    for (constraint, node) in &constraints {
        for row in constraint.rows(n, &known.scores) {
            rows.push(row);
            places.push(*node);
        }
    }
    match Polytope::new(n, &rows) {
        Ok(polytope) => {
            let constraints = constraints.into_iter().map(|(constraint, _)| constraint).collect();
            Some(WeightDistribution::Constrained(constraints, Box::new(polytope)))
        }
        Err(error) => {
            let (place, message) = match &error {
                PolytopeError::Empty { constraint } => {
                    (places.get(*constraint), "this constraint contradicts the others".into())
                }
                error => (None, format!("no weights: {error}")),
            };
            let code = match error {
                PolytopeError::TooComplex { .. } => Code::TooMany,
                _ => Code::Weights,
            };
            let place = place.map_or(node.head(), Node::span);
            let problem = Problem::new(code, place, message);
            reader.report(problem.label("here").help("loosen or remove a constraint"));
            None
        }
    }
}

fn read_factor(reader: &mut Reader, node: Node<'_>, known: &Known<'_>) -> Option<usize> {
    let ids: Vec<&str> = known.factors.iter().map(|factor| factor.id.as_str()).collect();
    reader.lookup(node, "a factor", Some(&ids))
}

/// At least two different factors.
fn read_chain(reader: &mut Reader, list: Node<'_>, known: &Known<'_>) -> Option<Vec<usize>> {
    let nodes = reader.some_list(list, "factors", limit::FACTORS)?;
    let mut seen = Vec::new();
    let mut chain = Vec::new();
    for node in &nodes {
        if let Some(factor) = read_factor(reader, *node, known) {
            seen.push((known.factors[factor].id.clone(), node.span()));
            chain.push(factor);
        }
    }
    if chain.len() < nodes.len() || !reader.distinct(&seen, "places in this order") {
        return None;
    }
    if chain.len() < 2 && known.factors.len() > 1 {
        let problem = Problem::new(Code::WrongLength, list.span(), "an order has at least two factors");
        reader.report(problem.label("one factor"));
        return None;
    }
    Some(chain)
}

fn read_share(reader: &mut Reader, node: Node<'_>) -> Option<f64> {
    let share = reader.number(node, "a share")?;
    if (0.0..=1.0).contains(&share) {
        return Some(share);
    }
    let message = format!("a share of the whole weight lies between 0 and 1, and this is {share}");
    reader.report(Problem::new(Code::OutOfRange, node.span(), message).label("no share"));
    None
}

/// `Bounded({"factor": share, ...})`; a factor that is not named has no bound.
fn read_bounded(reader: &mut Reader, node: Node<'_>, known: &Known<'_>) -> Option<WeightDistribution> {
    let form = "Bounded({\"factor\": least share, ...})";
    let [map] = reader.arguments(node, form)?;
    let Some(entries) = map.entries() else {
        reader.wrong_kind(map, "least shares as a map {\"factor\": share, ...}");
        return None;
    };
    let (n, mut lower, mut seen) = (entries.len(), vec![0.0; known.factors.len()], Vec::new());
    for (key, value) in entries {
        let factor = read_factor(reader, key, known);
        let share = read_share(reader, value);
        if let (Some(factor), Some(share)) = (factor, share) {
            seen.push((known.factors[factor].id.clone(), key.span()));
            lower[factor] = share;
        }
    }
    if seen.len() < n || !reader.distinct(&seen, "bounds") {
        return None;
    }
    let sum: f64 = lower.iter().sum();
    if sum > 1.0 {
        let message = format!("the least shares sum to {sum}, which is more than the whole");
        reader.report(
            Problem::new(Code::Weights, map.span(), message).label("too much").help("lower some of them"),
        );
        return None;
    }
    Some(WeightDistribution::Bounded(lower))
}

const CONSTRAINTS: [&str; 5] = ["Order", "AtLeast", "AtMost", "Ratio", "Prefer"];

fn read_constraint(reader: &mut Reader, node: Node<'_>, known: &Known<'_>) -> Option<Constraint> {
    let Kind::Name(name) = node.kind() else {
        reader.wrong_kind(node, "a constraint such as Order([\"a\", \"b\"]) or AtLeast(\"a\", 0.1)");
        return None;
    };
    match name {
        "Order" => {
            let [list] = reader.arguments(node, "Order([\"factor\", ...]), the heaviest first")?;
            read_chain(reader, list, known).map(Constraint::Order)
        }
        "AtLeast" | "AtMost" => {
            let [factor, share] = reader.arguments(node, &format!("{name}(\"factor\", share)"))?;
            let (factor, share) = (read_factor(reader, factor, known), read_share(reader, share));
            let (factor, share) = (factor?, share?);
            Some(if name == "AtLeast" {
                Constraint::AtLeast(factor, share)
            } else {
                Constraint::AtMost(factor, share)
            })
        }
        "Ratio" => {
            let fields = reader.fields(node, name, &["of", "to", "min"], &["max"])?;
            let mut factor = |key: &str| fields.get(key).and_then(|n| read_factor(reader, n, known));
            let (of, to) = (factor("of"), factor("to"));
            let min = fields.get("min").and_then(|n| read_number(reader, n, "`min`"));
            let max = fields.get("max").map(|n| read_number(reader, n, "`max`"));
            let (of, to, min) = (of?, to?, min?);
            let max = match max {
                Some(max) => Some(max?),
                None => None,
            };
            if of == to || min < 0.0 || max.is_some_and(|max| max < min) {
                let message = "a ratio is of two different factors, from at least 0 up";
                let help = "for example Ratio(of: \"a\", to: \"b\", min: 2, max: 4)";
                reader.report(
                    Problem::new(Code::OutOfRange, node.span(), message).label("no range").help(help),
                );
                return None;
            }
            Some(Constraint::Ratio { of, to, min, max })
        }
        "Prefer" => {
            let [one, other] = reader.arguments(node, "Prefer(\"area\", \"area\"), the better first")?;
            let mut area = |node| reader.lookup(node, "an area", Some(&known.areas));
            let (one, other) = (area(one), area(other));
            Some(Constraint::Prefer(one?, other?))
        }
        _ => {
            let problem =
                Problem::new(Code::UnknownName, node.head(), format!("unknown constraint `{name}`"));
            reader.report(problem.label("unknown").help(suggest(name, &CONSTRAINTS, "there are")));
            None
        }
    }
}
