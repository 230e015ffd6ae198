//! Reads worlds: their outcomes, and how probable each is, given another world or not.

use super::distribution::read_dist;
use super::kind::Kind;
use super::limit;
use super::names::{Ids, read_id, read_named};
use super::node::Node;
use super::reader::Reader;
use super::role::Role;
use crate::distribution::Dist;
use crate::error::{Code, Problem};
use crate::scenario::{OutcomeProbability, StatedProbability, WorldVariable, joint_worlds};

/// Reads the list of worlds, after those that there are. A world may depend on one that stands before it.
pub fn read_worlds(
    reader: &mut Reader,
    node: Node<'_>,
    before: Vec<WorldVariable>,
) -> Option<Vec<WorldVariable>> {
    let nodes = reader.list(node, "worlds", limit::WORLDS)?;
    let n = before.len() + nodes.len();
    let (mut worlds, mut ids) = (before, Ids::new());
    for node in nodes {
        worlds.extend(read_world(reader, node, &worlds, &mut ids));
    }
    if !reader.distinct(&ids, "worlds") || worlds.len() < n {
        return None;
    }
    let joint: usize = worlds.iter().map(|world| world.outcomes.len()).product();
    if joint > limit::JOINT_WORLDS {
        let most = limit::JOINT_WORLDS;
        let message = format!("too many joint worlds: {joint} (at most {most})");
        let help = "every combination of outcomes is a joint world; use fewer worlds or outcomes";
        reader.report(Problem::new(Code::TooMany, node.head(), message).help(help));
        return None;
    }
    debug_assert!(!joint_worlds(&worlds).is_empty());
    Some(worlds)
}

/// Name of a world that another one depends on.
pub const BEFORE: &str = "a world before this one";

fn read_world(
    reader: &mut Reader,
    node: Node<'_>,
    before: &[WorldVariable],
    ids: &mut Ids,
) -> Option<WorldVariable> {
    let fields = reader.fields(node, "a world", &["id", "outcomes"], &["given"])?;
    let id = read_id(reader, fields.get("id"), "a world", ids);
    let known: Vec<&str> = before.iter().map(|world| world.id.as_str()).collect();
    let given = match fields.get("given") {
        Some(given) => Some(reader.lookup(given, BEFORE, Some(&known))?),
        None => None,
    };
    let outcomes = fields.get("outcomes")?;
    let Some(given) = given else {
        let (outcomes, row) = read_row(reader, outcomes)?;
        return Some(WorldVariable { id: id?, outcomes, given: None, chances: vec![row] });
    };
    let Some(entries) = outcomes.entries() else {
        reader.wrong_kind(
            outcomes,
            "the outcomes by that of the given world as a map {\"outcome\": [...], ...}",
        );
        return None;
    };
    let on = &before[given];
    let known: Vec<&str> = on.outcomes.iter().map(String::as_str).collect();
    let mut rows: Vec<Option<(Vec<String>, Vec<OutcomeProbability>)>> = vec![None; known.len()];
    let mut seen = Ids::new();
    for (key, row) in entries {
        let outcome = reader.lookup(key, "an outcome", Some(&known));
        let row = read_row(reader, row);
        if let Some(outcome) = outcome {
            seen.push((known[outcome].to_owned(), key.span()));
            rows[outcome] = row;
        }
    }
    let distinct = reader.distinct(&seen, "rows here");
    let missing: Vec<&str> =
        known.iter().copied().filter(|id| seen.iter().all(|(key, _)| key != id)).collect();
    if !missing.is_empty() {
        let message = format!("no outcomes for {} of the world `{}`", missing.join(", "), on.id);
        let problem = Problem::new(Code::MissingField, outcomes.span(), message).label("not complete");
        reader.report(problem.help(format!("add \"{}\": [...]", missing[0])));
        return None;
    }
    let rows: Vec<(Vec<String>, Vec<OutcomeProbability>)> = rows.into_iter().collect::<Option<_>>()?;
    if rows.iter().any(|(outcomes, _)| *outcomes != rows[0].0) {
        let message = "the rows of a world have the same outcomes in the same order";
        reader.report(Problem::new(Code::WrongLength, outcomes.span(), message).label("rows differ"));
        return None;
    }
    let outcomes = rows[0].0.clone();
    distinct.then_some(WorldVariable {
        id: id?,
        outcomes,
        given: Some(given),
        chances: rows.into_iter().map(|(_, row)| row).collect(),
    })
}

/// Outcomes with probabilities that sum to one: `[("id", probability), ...]`.
fn read_row(reader: &mut Reader, node: Node<'_>) -> Option<(Vec<String>, Vec<OutcomeProbability>)> {
    let nodes = reader.some_list(node, "outcomes", limit::OUTCOMES)?;
    let outcomes = read_named(reader, nodes, "outcomes of this world", |reader, node, ids| {
        let [id, probability] = reader.arguments(node, "an outcome as (\"id\", probability)")?;
        let id = read_id(reader, Some(id), "an outcome", ids);
        let chance = read_chance(reader, probability);
        Some((id?, chance?))
    })?;
    let (ids, mut row): (Vec<String>, Vec<OutcomeProbability>) = outcomes.into_iter().unzip();
    finished_row(reader, node, &ids, &mut row).map(|()| (ids, row))
}

/// Checks the sum of a row of probabilities, and fills in the rest.
pub fn finished_row(
    reader: &mut Reader,
    node: Node<'_>,
    ids: &[String],
    row: &mut [OutcomeProbability],
) -> Option<()> {
    let rests = row.iter().filter(|chance| chance.written == StatedProbability::Rest).count();
    let uncertain = row.iter().any(|chance| matches!(chance.written, StatedProbability::Uncertain(_)));
    let sum: f64 = row.iter().map(|chance| chance.probability).sum();
    let rounded = |x: f64| (x * 1e9).round() / 1e9;
    let problem = |message: String, help: String| {
        let problem = Problem::new(Code::Probability, node.span(), message);
        Some(problem.label(format!("sum {}", rounded(sum))).help(help))
    };
    let wrong = if rests > 1 {
        problem("only one outcome can have the rest".into(), "write the others as numbers".into())
    } else if uncertain && rests == 0 {
        let message = "where a probability is uncertain, another one has to be the rest";
        problem(message.into(), "write Rest as the probability of one outcome".into())
    } else if rests == 1 && !(0.0..=1.0).contains(&(1.0 - sum)) {
        problem(
            format!("`Rest` has no probability left: the other outcomes sum to {}", rounded(sum)),
            "lower them".into(),
        )
    } else if rests == 0 && (sum - 1.0).abs() > 1e-9 {
        let left = row.last().map_or(0.0, |last| last.probability + 1.0 - sum);
        let help = match ids.last() {
            Some(last) if left >= 0.0 => format!("for example {} for `{last}`", rounded(left)),
            _ => "lower some of them".into(),
        };
        problem(format!("the outcome probabilities sum to {}, not 1", rounded(sum)), help)
    } else {
        None
    };
    if let Some(problem) = wrong {
        reader.report(problem);
        return None;
    }
    for chance in row {
        if chance.written == StatedProbability::Rest {
            chance.probability = 1.0 - sum;
        }
    }
    Some(())
}

/// A probability: a number, the rest, or a distribution on 0..1.
fn read_chance(reader: &mut Reader, node: Node<'_>) -> Option<OutcomeProbability> {
    match node.kind_of_name() {
        Kind::Name("Rest") => Some(OutcomeProbability { probability: 0.0, written: StatedProbability::Rest }),
        Kind::Name("ByWorld") => {
            let help = "name that world as `given`, with a row of outcomes for each of its own";
            let problem =
                Problem::new(Code::WrongKind, node.head(), "probabilities do not depend on worlds here");
            reader.report(problem.label("not here").help(help));
            None
        }
        Kind::Name(name) => {
            let dist: Dist = read_dist(reader, node, name, Role::Score { spread: None, scale: None })?;
            check_uncertain(reader, node, &dist)?;
            Some(OutcomeProbability { probability: dist.mean(), written: StatedProbability::Uncertain(dist) })
        }
        _ => {
            let p = reader.number(node, "a probability")?;
            check_probability(reader, node, p)?;
            Some(OutcomeProbability { probability: p, written: StatedProbability::Number })
        }
    }
}

/// Refuses a number that is no probability.
pub fn check_probability(reader: &mut Reader, node: Node<'_>, p: f64) -> Option<()> {
    if (0.0..=1.0).contains(&p) { Some(()) } else { no_probability(reader, node, &p.to_string()) }
}

/// Refuses a distribution that is not one of probabilities.
pub fn check_uncertain(reader: &mut Reader, node: Node<'_>, dist: &Dist) -> Option<()> {
    let (low, high) = dist.support();
    if low < 0.0 || high > 1.0 { no_probability(reader, node, &format!("{dist:.4}")) } else { Some(()) }
}

fn no_probability(reader: &mut Reader, node: Node<'_>, p: &str) -> Option<()> {
    let message = format!("a probability must be between 0 and 1; found {p}");
    reader.report(Problem::new(Code::Probability, node.span(), message).label("no probability"));
    None
}
