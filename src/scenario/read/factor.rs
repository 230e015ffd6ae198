//! Reads factors: their weights, their scores, and what the scores are worth.

use super::node::{Kind, Node};
use super::reader::Reader;
use super::spread::read_value_function;
use super::value::{self, Role};
use super::{Names, limit, read_id_and_name, read_named};
use crate::dist::Exponential;
use crate::error::{Code, Problem};
use crate::scenario::{Factor, Scale, Value, WeightLaw, World};

/// Reads the law of the weights.
pub fn read_weight_law(reader: &mut Reader, node: Node<'_>) -> Option<WeightLaw> {
    match node.kind() {
        Kind::Name("Independent") => Some(WeightLaw::Independent),
        Kind::Name("Simplex") => Some(WeightLaw::Simplex),
        _ => {
            reader.wrong_kind(node, "the law of the weights, Independent or Simplex");
            None
        }
    }
}

/// What the numbers of a factor are.
#[derive(Clone, Copy)]
pub struct Roles {
    pub score: Role,
    pub weight: Role,
    /// Nothing if it could not be read.
    pub law: Option<WeightLaw>,
    pub scale: Option<Scale>,
}

/// Reads the list of factors.
pub fn read_factors(reader: &mut Reader, node: Node<'_>, names: &Names, roles: Roles) -> Option<Vec<Factor>> {
    let nodes = reader.some_list(node, "factors", limit::FACTORS)?;
    let (required, optional): (&[&str], &[&str]) = match roles.law {
        Some(WeightLaw::Independent) => (&["id", "weight", "scores"], &["name", "value"]),
        _ => (&["id", "scores"], &["name", "value", "weight"]),
    };
    read_named(reader, nodes, "factors", |reader, node, ids| {
        let fields = reader.fields(node, "a factor", required, optional)?;
        let named = read_id_and_name(reader, &fields, "a factor", ids);
        let weight = read_weight(reader, fields.get("weight"), names, roles);
        let value = fields.get("value").map(|n| read_value_function(reader, n, roles.scale));
        // Scores in units of their own have no scale to lie on.
        let role = if value.is_some() { roles.score.without_scale() } else { roles.score };
        let scores = fields.get("scores").and_then(|n| read_scores(reader, n, names, role));
        let (id, name) = named?;
        let value = value.map_or(Some(None), |value| value.map(Some));
        Some(Factor { id, name, weight: weight?, value: value?, scores: scores? })
    })
}

/// The weight of a factor: its own, or what the law of all weights makes it.
fn read_weight(reader: &mut Reader, node: Option<Node<'_>>, names: &Names, roles: Roles) -> Option<Value> {
    match (roles.law, node) {
        (Some(WeightLaw::Simplex), None) => {
            Exponential::new(1.0).ok().map(|unit| Value::Written(unit.into()))
        }
        (Some(WeightLaw::Simplex), Some(node)) => {
            let message = "`weights: Simplex` draws all weights, so a factor has none of its own";
            let problem = Problem::new(Code::Weights, node.span(), message).label("not used");
            reader.report(problem.help("remove this weight, or the `weights` of the scenario"));
            None
        }
        (_, node) => value::read_value(reader, node?, names, roles.weight),
    }
}

fn read_scores(reader: &mut Reader, node: Node<'_>, names: &Names, role: Role) -> Option<Vec<Value>> {
    let nodes = reader.list(node, "scores", limit::AREAS)?;
    let n = nodes.len();
    let scores: Vec<Value> =
        nodes.into_iter().filter_map(|node| value::read_value(reader, node, names, role)).collect();
    let areas = names.areas.as_ref()?;
    if n != areas.len() {
        let message = format!("{n} scores for {} areas", areas.len());
        let help = match areas.get(n) {
            Some(next) => {
                format!("one score an area, in their order; the next would be that of `{}`", next.id)
            }
            None => format!("one score an area, in their order; `{}` is the last", areas[areas.len() - 1].id),
        };
        let label = format!("{n} here, {} wanted", areas.len());
        reader.report(Problem::new(Code::WrongLength, node.span(), message).label(label).help(help));
        return None;
    }
    (scores.len() == n).then_some(scores)
}

/// Some weight must be positive in every joint world, or there is nothing to order by.
pub fn check_weights(reader: &mut Reader, node: Node<'_>, factors: &[Factor], worlds: &[World]) {
    let mut outcomes = vec![0; worlds.len()];
    loop {
        // No weight is negative, so this is the probability of a weight of 0.
        let weightless = |factor: &Factor| factor.weight.resolve(&outcomes).dist.cdf(0.0) > 0.0;
        if factors.iter().all(weightless) {
            let state = outcomes
                .iter()
                .zip(worlds)
                .map(|(&o, world)| format!("{}: {}", world.id, world.outcomes[o].id));
            let state: Vec<String> = state.collect();
            let place = if state.is_empty() { String::new() } else { format!(" where {}", state.join(", ")) };
            let problem = Problem::new(Code::Weights, node.head(), format!("all weights are 0{place}"));
            reader.report(problem.help("give at least one factor a positive weight there"));
            return;
        }
        // Counts through all combinations of outcomes, the first world fastest.
        let Some(next) = (0..worlds.len()).find(|&w| outcomes[w] + 1 < worlds[w].outcomes.len()) else {
            return;
        };
        outcomes[..next].fill(0);
        outcomes[next] += 1;
    }
}
