//! Reads what acts on areas beside their scores: shared inputs, shared errors, correlations, discounts, a residual;
//! and levers.

use super::distribution::read_dist;
use super::kind::Kind;
use super::limit;
use super::names::{Ids, Names, read_id, read_id_and_name, read_named};
use super::node::Node;
use super::number::{read_number, read_positive};
use super::reader::Reader;
use super::role::Role;
use super::value::read_value;
use crate::distribution::{Dist, Exact};
use crate::error::{Code, Problem, Span};
use crate::scenario::correlation::correlated;
use crate::scenario::edit::Trial;
use crate::scenario::suggest::suggest;
use crate::scenario::{
    AddressError, Assert, Correlation, DatedAssert, Discount, LINTS, Lever, Residual, Scenario, SharedErrors,
    SharedInput, Strength,
};
use std::collections::BTreeSet;

/// Reads the shared inputs.
pub fn read_inputs(reader: &mut Reader, node: Node<'_>) -> Option<Vec<SharedInput>> {
    let nodes = reader.list(node, "inputs", limit::FACTORS)?;
    read_named(reader, nodes, "inputs", |reader, node, ids| {
        let fields = reader.fields(node, "an input", &["id", "value"], &[])?;
        let id = read_id(reader, fields.get("id"), "an input", ids);
        let value = fields.get("value")?;
        let dist: Option<Dist> = match value.kind() {
            Kind::Number => {
                let number = read_number(reader, value, "an input")?;
                Exact::new(number).ok().map(Dist::from)
            }
            Kind::Name(name) => read_dist(reader, value, name, Role::Score { spread: None, scale: None }),
            _ => {
                reader.wrong_kind(value, "an input as a distribution");
                None
            }
        };
        Some(SharedInput { id: id?, dist: dist? })
    })
}

/// A loading, -1..=1.
fn read_loading(reader: &mut Reader, node: Option<Node<'_>>, what: &str) -> Option<f64> {
    let Some(node) = node else { return Some(0.0) };
    let loading = reader.number(node, what)?;
    if (-1.0..=1.0).contains(&loading) {
        return Some(loading);
    }
    let message = format!("{what} lies between -1 and 1, and this is {loading}");
    reader.report(Problem::new(Code::OutOfRange, node.span(), message).label("too strong"));
    None
}

/// Refuses loadings that explain more than everything.
fn check_loadings(reader: &mut Reader, node: Node<'_>, loadings: &[f64]) -> Option<()> {
    let squares: f64 = loadings.iter().map(|loading| loading * loading).sum();
    if squares <= 1.0 {
        return Some(());
    }
    let message = format!("the squares of the loadings sum to {squares:.3}, which is more than 1");
    let help = "the square of a loading is the share of the variance that its cause explains; lower some";
    reader.report(Problem::new(Code::OutOfRange, node.span(), message).label("too strong").help(help));
    None
}

/// Reads the shared errors of the scores.
pub fn read_shared_errors(reader: &mut Reader, node: Node<'_>) -> Option<SharedErrors> {
    let fields = reader.fields(node, "shared_errors", &[], &["factor", "area", "group"])?;
    let mut read = |key: &str| read_loading(reader, fields.get(key), "a loading");
    let (factor, area, group) = (read("factor"), read("area"), read("group"));
    let shared_errors = SharedErrors { factor: factor?, area: area?, group: group? };
    check_loadings(reader, node, &[shared_errors.factor, shared_errors.area, shared_errors.group])?;
    Some(shared_errors)
}

/// Reads the residual: what the factors miss.
pub fn read_residual(reader: &mut Reader, node: Node<'_>) -> Option<Residual> {
    let fields = reader.fields(node, "the residual", &["sd"], &["all", "group"])?;
    let sd = fields.get("sd").and_then(|n| read_positive(reader, n, "`sd`"));
    let all = read_loading(reader, fields.get("all"), "a loading");
    let group = read_loading(reader, fields.get("group"), "a loading");
    let residual = Residual { sd: sd?, all: all?, group: group? };
    check_loadings(reader, node, &[residual.all, residual.group])?;
    Some(residual)
}

/// Reads the discounts; `scenario` has areas and groups.
pub fn read_discounts(
    reader: &mut Reader,
    node: Node<'_>,
    names: &Names,
    scenario: &Scenario,
) -> Option<Vec<Discount>> {
    let nodes = reader.list(node, "discounts", limit::FACTORS)?;
    read_named(reader, nodes, "discounts", |reader, node, ids| {
        let fields = reader.fields(node, "a discount", &["id", "of", "by"], &[])?;
        let id = read_id(reader, fields.get("id"), "a discount", ids);
        let areas = fields.get("of").and_then(|n| {
            let pattern = reader.string(n, "the areas")?;
            let areas = scenario.area_pattern(&pattern);
            areas
                .map_err(|why| {
                    reader
                        .report(Problem::new(Code::UnknownName, n.span(), why.to_string()).label("unknown"));
                })
                .ok()
        });
        let by = fields.get("by").and_then(|n| read_value(reader, n, names, Role::Share));
        Some(Discount { id: id?, areas: areas?, by: by? })
    })
}

/// Reads stated correlations; `scenario` has all that they can be between.
pub fn read_correlations(
    reader: &mut Reader,
    node: Node<'_>,
    scenario: &Scenario,
) -> Option<Vec<Correlation>> {
    let nodes = reader.list(node, "correlations", limit::CLAIMS)?;
    let (mut stated, mut pairs, mut members) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    let mut any_wrong = false;
    for part in nodes {
        let Some(part) = read_correlation(reader, part, scenario) else {
            any_wrong = true;
            continue;
        };
        for correlation in part {
            let Correlation { one, other, .. } = &correlation;
            members.extend([one.clone(), other.clone()]);
            if members.len() > limit::CORRELATED {
                too_many_correlated(reader, node);
                return None;
            }
            if !pairs.insert((one.min(other).clone(), one.max(other).clone())) {
                let message = format!("two correlations of {one} and {other}");
                reader.report(Problem::new(Code::Duplicate, node.head(), message).help("keep one of them"));
                return None;
            }
            stated.push(correlation);
        }
    }
    if any_wrong {
        return None;
    }
    if let Err(clash) = correlated(&stated) {
        let parts = clash.combination.iter().take(4).map(|(address, part)| format!("{part:+.2} {address}"));
        let message = format!(
            "these correlations are inconsistent: {} would have variance {:.4}",
            parts.collect::<Vec<_>>().join(" "),
            clash.variance
        );
        let help = "weaken the correlations among those; rank correlations must hold as 2 sin(pi rho / 6)";
        reader.report(
            Problem::new(Code::OutOfRange, node.head(), message).label("not positive definite").help(help),
        );
        return None;
    }
    Some(stated)
}

fn too_many_correlated(reader: &mut Reader, node: Node<'_>) {
    let message = format!("more numbers are correlated than the {} that are accepted", limit::CORRELATED);
    let help = "let them share an input or a cause: `Relative(to: …, by: …)`, `shared_errors: (…)`";
    reader.report(Problem::new(Code::TooMany, node.head(), message).label("too many").help(help));
}

/// Refuses an address that no correlation can be of.
pub fn not_uncertain<T>(reader: &mut Reader, node: Node<'_>, why: &AddressError) -> Option<T> {
    reader.report(Problem::new(Code::UnknownName, node.span(), why.to_string()).label("not this"));
    None
}

type Make = fn(f64) -> Strength;

fn read_correlation(reader: &mut Reader, node: Node<'_>, scenario: &Scenario) -> Option<Vec<Correlation>> {
    let fields = reader.fields(node, "a correlation", &["between"], &["rank", "normal"])?;
    let between = fields.get("between")?;
    let mut members = Vec::new();
    for node in reader.some_list(between, "addresses", limit::CORRELATED)? {
        let pattern = reader.string(node, "an address")?;
        match scenario.uncertain(&pattern) {
            Ok(addresses) if members.len() + addresses.len() > limit::CORRELATED => {
                too_many_correlated(reader, between);
                return None;
            }
            Ok(addresses) => members.extend(addresses),
            Err(why) => return not_uncertain(reader, node, &why),
        }
    }
    let distinct: BTreeSet<_> = members.iter().collect();
    if members.len() < 2 || distinct.len() < members.len() {
        let problem =
            Problem::new(Code::WrongLength, between.span(), "a correlation is between different numbers");
        reader.report(problem.label("at least two, each once"));
        return None;
    }
    let (strength, make): (Node<'_>, Make) = match (fields.get("rank"), fields.get("normal")) {
        (Some(rank), None) => (rank, Strength::Rank),
        (None, Some(normal)) => (normal, Strength::Normal),
        _ => {
            let message = "a correlation has either a `rank` or a `normal` strength";
            let help = "rank is Spearman's rho; normal is the correlation of normal scores";
            reader.report(
                Problem::new(Code::MissingField, node.head(), message).label("one of the two").help(help),
            );
            return None;
        }
    };
    let rho = read_loading(reader, Some(strength), "a correlation")?;
    let n = members.len();
    let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
    let correlation = |(i, j): (usize, usize)| Correlation {
        one: members[i].clone(),
        other: members[j].clone(),
        strength: make(rho),
    };
    Some(pairs.map(correlation).collect())
}

/// A list of texts.
pub fn read_texts(reader: &mut Reader, node: Node<'_>, what: &str) -> Option<Vec<(String, Span)>> {
    let nodes = reader.list(node, what, limit::CLAIMS)?;
    let n = nodes.len();
    let texts: Vec<_> =
        nodes.into_iter().filter_map(|node| Some((reader.string(node, what)?, node.span()))).collect();
    (texts.len() == n).then_some(texts)
}

/// Reads the codes of the warnings that are meant.
pub fn read_allowed(reader: &mut Reader, node: Node<'_>) -> Option<Vec<String>> {
    let mut allowed = Vec::new();
    for (code, span) in read_texts(reader, node, "warnings")? {
        if !LINTS.iter().any(|(known, _)| *known == code) {
            let known: Vec<&str> = LINTS.iter().map(|(code, _)| *code).collect();
            let problem =
                Problem::new(Code::UnknownName, span, format!("unknown warning `{code}`")).label("unknown");
            reader.report(problem.help(suggest(&code, &known, "there are")));
            return None;
        }
        allowed.push(code);
    }
    Some(allowed)
}

/// Assertions about overall scores, and those about dates.
type Asserts = (Vec<Assert>, Vec<DatedAssert>);

/// Reads what a scenario asserts of its answer.
pub fn read_asserts(reader: &mut Reader, node: Node<'_>, scenario: &Scenario) -> Option<Asserts> {
    let texts = read_texts(reader, node, "asserts")?;
    let (mut asserts, mut dated, mut is_whole) = (Vec::new(), Vec::new(), true);
    for (text, span) in texts {
        match scenario.dated_assert(&text) {
            Some(assert) => dated.push(assert),
            None => match scenario.assert(&text) {
                Ok(assert) => asserts.push(assert),
                Err(why) => {
                    reader.report(Problem::new(Code::Claim, span, why.to_string()).label("this assert"));
                    is_whole = false;
                }
            },
        }
    }
    is_whole.then_some((asserts, dated))
}

/// Refuses edits that change too many numbers together, before they are made.
pub fn count_changes(reader: &mut Reader, span: Span, n: usize, whose: &str) -> Option<()> {
    reader.changes = reader.changes.saturating_add(n);
    if reader.changes <= limit::CHANGES {
        return Some(());
    }
    let message = format!("{whose} change more than the {} numbers that are accepted", limit::CHANGES);
    let help = "each number counts as often as it is changed; change fewer, or make several scenarios";
    reader.report(Problem::new(Code::TooMany, span, message).label("here").help(help));
    None
}

/// Refuses an edit of a lever that cannot be made.
pub fn check_edit(reader: &mut Reader, span: Span, trial: &mut Trial<'_>, edit: &str) -> Option<()> {
    let why = trial.edit(edit).err();
    why.map_or(Some(()), |why| {
        reader.report(Problem::new(Code::Edit, span, why.to_string()).label("this edit"));
        None
    })
}

/// Reads the levers; each of their edits must be one that can be made.
pub fn read_levers(reader: &mut Reader, node: Node<'_>, scenario: &Scenario) -> Option<Vec<Lever>> {
    let nodes = reader.list(node, "levers", limit::CLAIMS)?;
    let mut trial = Trial::of(scenario);
    read_named(reader, nodes, "levers", |reader, node, ids: &mut Ids| {
        let fields = reader.fields(node, "a lever", &["id", "edits"], &["name", "spillover"])?;
        let (id, name) = read_id_and_name(reader, &fields, "a lever", ids)?;
        let mut edits = |key: &str| -> Option<Vec<String>> {
            let Some(list) = fields.get(key) else { return Some(Vec::new()) };
            let mut made = Vec::new();
            for (text, span) in read_texts(reader, list, "edits")? {
                reader.edits += 1;
                if reader.edits > limit::EDITS {
                    let message =
                        format!("the levers have more than the {} edits that are accepted", limit::EDITS);
                    if reader.edits == limit::EDITS + 1 {
                        let help = "one edit can name many numbers, as `score.growth.* += 1` does";
                        reader.report(Problem::new(Code::TooMany, span, message).label("here").help(help));
                    }
                    return None;
                }
                if reader.changes > limit::CHANGES {
                    return None;
                }
                count_changes(reader, span.clone(), scenario.n_changes(&text), "the edits of the levers")?;
                check_edit(reader, span, &mut trial, &text)?;
                made.push(text);
            }
            Some(made)
        };
        let (edits, spillover) = (edits("edits"), edits("spillover"));
        Some(Lever { id, name, edits: edits?, spillover: spillover? })
    })
}
