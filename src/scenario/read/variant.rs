//! Reads variants: scenarios that are another one plus additions and edits.

use super::begin::begins;
use super::claims::{read_claims, read_targets};
use super::effects::{self, read_texts};
use super::factor::{Roles, read_factors, read_scores};
use super::fields::VARIANT_MAY_HAVE;
use super::names::{Names, read_id_and_name, read_named};
use super::node::Node;
use super::reader::{Fields, Reader};
use super::role::Role;
use super::scenario::{known, read_groups, read_spreads, state_weights};
use super::weights::{Wants, read_law};
use super::words::read_words;
use super::{limit, world};
use crate::error::{Code, Problem};
use crate::plain::{cut, shortened};
use crate::scenario::files::no_files;
use crate::scenario::{Area, FileError, Files, FoundFile, Scenario, WeightDistribution};
use std::path::{Path, PathBuf};

/// Letters of the first problem of a base that are shown.
const FIRST_SHOWN: usize = 2_000;

/// Fields that are added to the base before the edits.
const ADDED: [&str; 9] =
    ["groups", "areas", "worlds", "inputs", "clock", "factors", "discounts", "claims", "levers"];

/// A reader of bases, by their name and text, with the other files and the names of the variants that stand on them.
pub type Load = fn(&Path, &str, Option<&Files<'_>>, Vec<PathBuf>) -> Result<Scenario, Vec<Problem>>;

/// Reads `Variant(base: "file.ron", ...)`: what the base says, which is read by `load`, then what is added, then the
/// edits.
pub fn read_variant(reader: &mut Reader, node: Node<'_>, load: Load) -> Option<Scenario> {
    let fields = reader.fields(node, "a variant", &["base"], &VARIANT_MAY_HAVE)?;
    let base = fields.get("base")?;
    let mut scenario = read_base(reader, base, load)?;
    scenario.changes.bases.insert(0, reader.string(base, "the base")?);
    if let Some(title) = fields.get("title") {
        scenario.title = reader.text(title, "the title", limit::TITLE)?;
    }
    if let Some(about) = fields.get("about") {
        scenario.about = reader.text(about, "`about`", limit::ABOUT)?;
    }
    if let Some(words) = fields.get("words") {
        scenario.words = read_words(reader, words, scenario.words.clone())?;
    }
    // What the base says of its own answer does not hold for another scenario.
    (scenario.asserts, scenario.dated_asserts) = (Vec::new(), Vec::new());
    add(reader, &fields, &mut scenario)?;
    if let Some(edits) = fields.get("edits") {
        // What was added was not checked together with the base: the first edit has it checked.
        let adds = ADDED.iter().any(|key| fields.get(key).is_some());
        // Levers are tried again after each edit.
        let lists = scenario.levers.iter().flat_map(|lever| [&lever.edits, &lever.spillover]);
        let of_levers: usize = lists.flatten().map(|edit| scenario.n_changes(edit)).sum();
        reader.changes = 0;
        for (n, (edit, span)) in read_texts(reader, edits, "edits")?.into_iter().enumerate() {
            let n_changes = scenario.n_changes(&edit) + of_levers;
            effects::count_changes(reader, span.clone(), n_changes, "the edits of this variant")?;
            let edited = if adds && n == 0 {
                scenario.with_edits_read_again(&[edit])
            } else {
                scenario.with_edits(&[edit])
            };
            match edited {
                Ok(edited) => scenario = edited.scenario,
                Err(why) => {
                    reader.report(Problem::new(Code::Edit, span, why.to_string()).label("this edit"));
                    return None;
                }
            }
        }
    }
    replace(reader, &fields, &mut scenario)?;
    match scenario.checked_again() {
        Ok(scenario) => Some(scenario),
        Err(why) => {
            let message = format!("this variant does not give a valid scenario: {why}");
            reader.report(Problem::new(Code::Base, node.head(), message));
            None
        }
    }
}

/// The base, read in turn.
fn read_base(reader: &mut Reader, node: Node<'_>, load: Load) -> Option<Scenario> {
    const DEEPEST: usize = 16;
    let path = reader.string(node, "the base")?;
    let refuse = |reader: &mut Reader, message: String| {
        reader.report(Problem::new(Code::Base, node.span(), message).label("this base"));
        None
    };
    let files = reader.files.unwrap_or(&no_files);
    let shown = shortened(&path);
    let FoundFile { path: place, text } = match files(&path, &reader.name) {
        Ok(found) => found,
        Err(why) => return refuse(reader, format!("cannot read the base `{shown}`: {why}")),
    };
    if !begins(&text) {
        let why = FileError::NotScenario;
        return refuse(reader, format!("cannot use the base `{shown}`: {why}"));
    }
    let mut chain = reader.chain.clone();
    chain.push(reader.name.clone());
    if chain.contains(&place) {
        return refuse(reader, format!("`{shown}` is based on this file, so neither has a base"));
    }
    if chain.len() > DEEPEST {
        return refuse(reader, format!("more than {DEEPEST} variants are based on each other"));
    }
    match load(&place, &text, Some(files), chain) {
        Ok(scenario) => Some(scenario),
        Err(problems) => {
            let first = problems.first().map_or(String::new(), |problem| problem.message.clone());
            refuse(
                reader,
                format!("the base `{shown}` has problems, the first: {}", cut(&first, FIRST_SHOWN)),
            )
        }
    }
}

/// Adds groups, areas, worlds, inputs, factors, discounts, claims and levers.
fn add(reader: &mut Reader, fields: &Fields<'_>, scenario: &mut Scenario) -> Option<()> {
    if let Some(node) = fields.get("groups") {
        scenario.groups.extend(read_groups(reader, node)?);
    }
    if let Some(node) = fields.get("worlds") {
        scenario.worlds = world::read_worlds(reader, node, scenario.worlds.clone())?;
    }
    if let Some(node) = fields.get("inputs") {
        scenario.inputs.extend(effects::read_inputs(reader, node)?);
    }
    let score = Role::Score { spread: scenario.score_spread, scale: scenario.scale };
    if let Some(node) = fields.get("areas") {
        add_areas(reader, node, scenario, score)?;
    }
    let names = Names::of(scenario);
    if let Some(node) = fields.get("clock") {
        scenario.clock = Some(super::clock::read_clock(reader, node, &names)?);
    }
    let names = Names::of(scenario);
    if let Some(node) = fields.get("factors") {
        let roles = Roles {
            score,
            weight: Role::Weight { spread: scenario.weight_spread },
            wants: Some(match scenario.weight_law {
                WeightDistribution::Independent => Wants::Weights,
                WeightDistribution::Dirichlet { .. } => Wants::Numbers,
                _ => Wants::Nothing,
            }),
            scale: scenario.scale,
        };
        let added = read_factors(reader, node, &names, roles)?;
        if let WeightDistribution::Dirichlet { means, .. } = &mut scenario.weight_law {
            means.extend(added.iter().filter_map(|factor| factor.weight.dist()?.exact()));
        }
        scenario.factors.extend(added);
    }
    if let Some(node) = fields.get("discounts") {
        let added = effects::read_discounts(reader, node, &names, scenario)?;
        scenario.discounts.extend(added);
    }
    if let Some(node) = fields.get("claims") {
        let added = read_claims(reader, node, &names)?;
        scenario.claims.extend(added.order);
        scenario.dated.extend(added.dated);
    }
    if let Some(node) = fields.get("levers") {
        let added = effects::read_levers(reader, node, scenario)?;
        scenario.levers.extend(added);
    }
    Some(())
}

/// Adds areas, each with a score for every factor that there is.
fn add_areas(reader: &mut Reader, node: Node<'_>, scenario: &mut Scenario, role: Role) -> Option<()> {
    let nodes = reader.some_list(node, "areas", limit::AREAS)?;
    let names = Names::of(scenario);
    let n = scenario.factors.len();
    let added = read_named(reader, nodes, "areas", |reader, node, ids| {
        let fields = reader.fields(node, "an added area", &["id", "group", "scores"], &["name"])?;
        let named = read_id_and_name(reader, &fields, "an area", ids);
        let groups = names.group_ids();
        let group = fields.get("group").and_then(|n| reader.lookup(n, "a group", groups.as_deref()));
        let wanted: Vec<(&str, Role)> = scenario
            .factors
            .iter()
            .map(|f| (f.id.as_str(), if f.value.is_some() { role.without_scale() } else { role }))
            .collect();
        let scores =
            fields.get("scores").and_then(|node| read_scores(reader, node, &names, "factor", &wanted))?;
        let (id, name) = named?;
        Some((Area { id, name, group: group? }, scores))
    })?;
    for (area, scores) in added {
        debug_assert_eq!(scores.len(), n);
        scenario.areas.push(area);
        for (factor, score) in scenario.factors.iter_mut().zip(scores) {
            factor.scores.push(score);
        }
    }
    Some(())
}

/// Replaces what a scenario has one of.
fn replace(reader: &mut Reader, fields: &Fields<'_>, scenario: &mut Scenario) -> Option<()> {
    if let Some(node) = fields.get("spread") {
        (scenario.score_spread, scenario.weight_spread) = read_spreads(reader, node)?;
    }
    if let Some(node) = fields.get("shared_errors") {
        scenario.shared_errors = effects::read_shared_errors(reader, node)?;
    }
    if let Some(node) = fields.get("residual") {
        scenario.residual = Some(effects::read_residual(reader, node)?);
    }
    if let Some(node) = fields.get("weights") {
        let law = read_law(reader, node, &known(scenario))?;
        state_weights(scenario, law);
    }
    if let Some(node) = fields.get("correlations") {
        scenario.correlations = effects::read_correlations(reader, node, scenario)?;
    }
    if let Some(node) = fields.get("allow") {
        scenario.allow = effects::read_allowed(reader, node)?;
    }
    if let Some(node) = fields.get("targets") {
        scenario.targets = read_targets(reader, node, scenario)?;
    }
    if let Some(node) = fields.get("asserts") {
        (scenario.asserts, scenario.dated_asserts) = effects::read_asserts(reader, node, scenario)?;
    }
    Some(())
}
