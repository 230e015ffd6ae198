//! Reads factors: their weights, their scores, and what the scores are worth.

use super::limit;
use super::names::{Names, read_id_and_name, read_named};
use super::node::Node;
use super::number::read_positive;
use super::reader::Reader;
use super::role::Role;
use super::spread::read_value_function;
use super::value::read_value;
use super::weights::Wants;
use crate::distribution::Exact;
use crate::error::{Code, Problem};
use crate::scenario::{Factor, Scale, Scenario, Value};

/// Roles of the numbers of a factor.
#[derive(Clone, Copy)]
pub struct Roles {
    pub score: Role,
    pub weight: Role,
    /// Needs of the law of the weights; nothing if it could not be read.
    pub wants: Option<Wants>,
    pub scale: Option<Scale>,
}

/// Reads the list of factors.
pub fn read_factors(reader: &mut Reader, node: Node<'_>, names: &Names, roles: Roles) -> Option<Vec<Factor>> {
    let nodes = reader.some_list(node, "factors", limit::FACTORS)?;
    let (required, optional): (&[&str], &[&str]) = match roles.wants {
        Some(Wants::Weights | Wants::Numbers) => (&["id", "weight", "scores"], &["name", "value"]),
        _ => (&["id", "scores"], &["name", "value", "weight"]),
    };
    read_named(reader, nodes, "factors", |reader, node, ids| {
        let id =
            node.fields().and_then(|fields| fields.iter().find(|field| field.key == "id")?.value.string());
        let what = id.map_or("a factor".to_owned(), |id| format!("the factor `{id}`"));
        let fields = reader.fields(node, &what, required, optional)?;
        let named = read_id_and_name(reader, &fields, "a factor", ids);
        let weight = read_weight(reader, fields.get("weight"), names, roles);
        let value = fields.get("value").map(|n| read_value_function(reader, n, roles.scale));
        // Scores in units of their own have no scale to lie on.
        let role = if value.is_some() { roles.score.without_scale() } else { roles.score };
        let scores = fields.get("scores").and_then(|n| {
            let Some(areas) = &names.areas else {
                // The scores themselves may have problems as well.
                let nodes = reader.list(n, "scores", limit::AREAS)?;
                for node in nodes {
                    read_value(reader, node, names, role);
                }
                return None;
            };
            let wanted: Vec<(&str, Role)> = areas.iter().map(|area| (area.id.as_str(), role)).collect();
            let scores = read_scores(reader, n, names, "area", &wanted)?;
            check_raters(reader, n, &scores).map(|()| scores)
        });
        let (id, name) = named?;
        let value = value.map_or(Some(None), |value| value.map(Some));
        Some(Factor { id, name, weight: weight?, value: value?, scores: scores? })
    })
}

/// Name of a weight that a law needs as a plain number.
pub const STATED_WEIGHT: &str = "a weight of a Dirichlet law";

/// The weight of a factor: its own, or a place for what the law of all weights makes it.
fn read_weight(reader: &mut Reader, node: Option<Node<'_>>, names: &Names, roles: Roles) -> Option<Value> {
    match (roles.wants, node) {
        (Some(Wants::Nothing), None) => Exact::new(1.0).ok().map(|one| Value::Written(one.into())),
        (Some(Wants::Nothing), Some(node)) => {
            let message = "`weights` gives one distribution for all weights, so a factor cannot have its own";
            let problem = Problem::new(Code::Weights, node.span(), message).label("not used");
            reader.report(problem.help("remove this weight, or the `weights` of the scenario"));
            None
        }
        (Some(Wants::Numbers), Some(node)) => {
            let weight = read_positive(reader, node, STATED_WEIGHT)?;
            Exact::new(weight).ok().map(|weight| Value::Written(weight.into()))
        }
        (_, node) => read_value(reader, node?, names, roles.weight),
    }
}

/// A list of scores, one for each of the areas or factors that are wanted, by their ids.
pub fn read_scores(
    reader: &mut Reader,
    node: Node<'_>,
    names: &Names,
    noun: &str,
    wanted: &[(&str, Role)],
) -> Option<Vec<Value>> {
    let nodes = reader.list(node, "scores", limit::AREAS)?;
    let n = nodes.len();
    let roles = wanted.iter().map(|(_, role)| *role).chain(std::iter::repeat(wanted[0].1));
    let scores: Vec<Value> = nodes
        .into_iter()
        .zip(roles)
        .filter_map(|(node, role)| read_value(reader, node, names, role))
        .collect();
    if n != wanted.len() {
        let message = format!("{n} scores for {} {noun}s", wanted.len());
        let help = match wanted.get(n) {
            Some((next, _)) => {
                format!("one score per {noun}, in their order; the next would be that of `{next}`")
            }
            None => match decimal_commas(node.text()) {
                (extra, Some((found, meant))) if extra == n - wanted.len() => {
                    format!("`{found}` is two numbers; write {meant}, with a decimal point")
                }
                _ => {
                    format!(
                        "one score per {noun}, in their order; `{}` is the last",
                        wanted[wanted.len() - 1].0
                    )
                }
            },
        };
        let label = format!("{n} here, {} wanted", wanted.len());
        reader.report(Problem::new(Code::WrongLength, node.span(), message).label(label).help(help));
        return None;
    }
    (scores.len() == n).then_some(scores)
}

/// Returns the number of commas between two digits of a list, without a blank, and the first pair of numbers around one: as it stands and
/// with a decimal point.
fn decimal_commas(list: &str) -> (usize, Option<(String, String)>) {
    let is_digit = |c: char| c.is_ascii_digit();
    let places: Vec<usize> = list
        .match_indices(',')
        .map(|(at, _)| at)
        .filter(|&at| list[..at].ends_with(is_digit) && list[at + 1..].starts_with(is_digit))
        .collect();
    let around = places.first().map(|&at| {
        let start = list[..at].rfind(|c| !is_digit(c)).map_or(0, |before| before + 1);
        let end = list[at + 1..].find(|c| !is_digit(c)).map_or(list.len(), |length| at + 1 + length);
        let found = list[start..end].to_owned();
        let meant = found.replace(',', ".");
        (found, meant)
    });
    (places.len(), around)
}

/// The rater is drawn once a row, so all that name raters in a row must name the same ones.
pub fn check_raters(reader: &mut Reader, node: Node<'_>, scores: &[Value]) -> Option<()> {
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for score in scores {
        score.visit(&mut |value| {
            if let Value::Raters(raters) = value {
                rows.push(raters.iter().map(|(weight, _)| *weight).collect());
            }
        });
    }
    if rows.windows(2).all(|two| two[0] == two[1]) {
        return Some(());
    }
    let message = "the raters of a row have the same weights in every cell";
    let help = "one rater is drawn for the whole row; name all of them in each cell, in the same order";
    reader.report(Problem::new(Code::WrongLength, node.head(), message).label("rows differ").help(help));
    None
}

/// Some weight must be positive in every joint world, or there is nothing to order by.
pub fn check_weights(reader: &mut Reader, node: Node<'_>, scenario: &Scenario) {
    for world in scenario.joint_worlds() {
        // No weight is negative, so this is the probability of a weight of 0.
        let weightless = |factor: &Factor| match factor.weight.resolve(&world.outcomes).value {
            Value::Ref(input) => scenario.inputs[*input].dist.cdf(0.0) > 0.0,
            value => value.dist().is_some_and(|dist| dist.cdf(0.0) > 0.0),
        };
        if scenario.factors.iter().all(weightless) {
            let state = world.title(scenario).replace(" = ", ": ");
            let place = if state.is_empty() { String::new() } else { format!(" where {state}") };
            let problem = Problem::new(Code::Weights, node.head(), format!("all weights are 0{place}"));
            reader.report(problem.help("give at least one factor a positive weight there"));
            return;
        }
    }
}
