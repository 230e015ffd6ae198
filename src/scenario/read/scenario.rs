//! Reads a whole scenario, part by part; what depends on other parts is read after them.

use super::changes::read_changes;
use super::claims::{Claims, read_claims, read_targets};
use super::clock::read_clock;
use super::factor::{Roles, check_weights, read_factors};
use super::fields::{SCENARIO_MAY_HAVE, SCENARIO_MUST_HAVE};
use super::kind::Kind;
use super::names::{Names, read_id_and_name, read_named};
use super::node::Node;
use super::reader::{Fields, Reader};
use super::role::{Role, check_size};
use super::spread::{check_weight_spread, read_spread};
use super::weights::{Known, Wants, read_law, wants};
use super::words::read_words;
use super::{effects, limit, world};
use crate::distribution::Exact;
use crate::error::{Code, Problem};
use crate::scenario::{
    Area, Changes, Factor, Group, Scale, Scenario, SharedErrors, Spread, Value, WeightDistribution, Words,
};

/// Reads `Scenario(...)`.
pub fn read_scenario(reader: &mut Reader, node: Node<'_>) -> Option<Scenario> {
    match node.kind() {
        Kind::Name("Scenario") | Kind::Parentheses | Kind::Object => {}
        kind => return refuse(reader, node, kind),
    }
    let fields = reader.fields(node, "a scenario", &SCENARIO_MUST_HAVE, &SCENARIO_MAY_HAVE)?;
    let title = fields.get("title").and_then(|n| reader.text(n, "the title", limit::TITLE));
    let about = fields.get("about").map_or(Some(String::new()), |n| reader.text(n, "`about`", limit::ABOUT));
    let usual = Words::default;
    let words = fields.get("words").map_or(Some(usual()), |n| read_words(reader, n, usual()));
    let scale = fields.get("scale").and_then(|n| read_scale(reader, n));
    let mut names = read_names(reader, &fields);

    let spread = fields.get("spread").map_or(Some((None, None)), |n| read_spreads(reader, n));
    // Where the spread itself is wrong, the numbers are read as if there were none, for what else is wrong with them.
    let (score, weight) = spread.unwrap_or_default();
    let roles = Roles {
        score: Role::Score { spread: score, scale },
        weight: Role::Weight { spread: weight },
        wants: fields.get("weights").map_or(Some(Wants::Weights), |n| wants(reader, n)),
        scale,
    };
    let factors = fields.get("factors").and_then(|n| read_factors(reader, n, &names, roles));
    names.clock = fields.get("clock").and_then(|n| read_clock(reader, n, &names));
    let claims = fields.get("claims").map_or(Some(Claims::default()), |n| read_claims(reader, n, &names));
    let shared_errors = fields
        .get("shared_errors")
        .map_or(Some(SharedErrors::default()), |n| effects::read_shared_errors(reader, n));
    let residual = fields.get("residual").map(|n| effects::read_residual(reader, n));

    let ((score_spread, weight_spread), claims) = (spread?, claims?);
    let mut scenario = Scenario {
        title: title?,
        about: about?,
        words: words?,
        scale,
        groups: names.groups.clone()?,
        areas: names.areas.clone()?,
        worlds: names.worlds.clone()?,
        weight_law: WeightDistribution::Independent,
        score_spread,
        weight_spread,
        inputs: names.inputs.clone()?,
        shared_errors: shared_errors?,
        correlations: Vec::new(),
        discounts: Vec::new(),
        residual: residual.map_or(Some(None), |residual| residual.map(Some))?,
        factors: factors?,
        claims: claims.order,
        clock: names.clock.clone(),
        dated: claims.dated,
        dated_asserts: Vec::new(),
        targets: Vec::new(),
        levers: Vec::new(),
        asserts: Vec::new(),
        allow: fields.get("allow").map_or(Some(Vec::new()), |n| effects::read_allowed(reader, n))?,
        changes: fields.get("changes").map_or(Some(Changes::default()), |n| read_changes(reader, n))?,
    };
    roles.wants?;
    read_rest(reader, &fields, &names, &mut scenario)?;
    if let Some(n) = fields.get("factors") {
        check_weights(reader, n, &scenario);
    }
    check_numbers(reader, node, &scenario);
    check_counters(reader, node, &scenario);
    Some(scenario)
}

/// Reads all that other fields name.
fn read_names(reader: &mut Reader, fields: &Fields<'_>) -> Names {
    let mut names = Names {
        worlds: fields.get("worlds").map_or(Some(Vec::new()), |n| world::read_worlds(reader, n, Vec::new())),
        inputs: fields.get("inputs").map_or(Some(Vec::new()), |n| effects::read_inputs(reader, n)),
        groups: fields.get("groups").and_then(|n| read_groups(reader, n)),
        has_clock: fields.get("clock").is_some(),
        ..Names::default()
    };
    names.areas = fields.get("areas").and_then(|n| read_areas(reader, n, &names));
    check_groups_have_areas(reader, fields, &names);
    names
}

/// Refuses what is no scenario.
fn refuse(reader: &mut Reader, node: Node<'_>, kind: Kind<'_>) -> Option<Scenario> {
    let problem = |message: &str| Problem::new(Code::WrongKind, node.head(), message);
    reader.report(if kind == Kind::Name("Sweeps") {
        let help = "`headstart sweep --file FILE --out FOLDER` makes them";
        problem("this is a file of sweeps, and no scenario").label("sweeps").help(help)
    } else {
        let help = "write Scenario(title: …, …)";
        problem("a scenario file holds one `Scenario(...)`").label("expected `Scenario`").help(help)
    });
    None
}

/// Reads what refers to the rest of the scenario by name.
fn read_rest(reader: &mut Reader, fields: &Fields<'_>, names: &Names, scenario: &mut Scenario) -> Option<()> {
    if let Some(node) = fields.get("weights") {
        let law = read_law(reader, node, &known(scenario))?;
        checked_law(reader, node, scenario, law)?;
    }
    let discounts = fields.get("discounts").map(|n| effects::read_discounts(reader, n, names, scenario));
    if let Some(discounts) = discounts {
        scenario.discounts = discounts?;
    }
    if let Some(node) = fields.get("correlations") {
        scenario.correlations = effects::read_correlations(reader, node, scenario)?;
        let of_scores =
            |address: &crate::scenario::Address| matches!(address, crate::scenario::Address::Score { .. });
        let clash = scenario.correlations.iter().any(|c| of_scores(&c.one) || of_scores(&c.other));
        if clash && scenario.shared_errors.any() {
            let message = "scores have shared errors, so their correlations follow from those";
            let help = "remove the correlations of scores, or the `shared_errors`";
            reader
                .report(Problem::new(Code::Duplicate, node.head(), message).label("stated twice").help(help));
            return None;
        }
    }
    if let Some(node) = fields.get("levers") {
        scenario.levers = effects::read_levers(reader, node, scenario)?;
    }
    if let Some(node) = fields.get("targets") {
        scenario.targets = read_targets(reader, node, scenario)?;
    }
    if let Some(node) = fields.get("asserts") {
        (scenario.asserts, scenario.dated_asserts) = effects::read_asserts(reader, node, scenario)?;
    }
    Some(())
}

/// Gives a scenario a law of weights, unless the law makes none.
pub fn checked_law(
    reader: &mut Reader,
    node: Node<'_>,
    scenario: &mut Scenario,
    law: WeightDistribution,
) -> Option<()> {
    state_weights(scenario, law);
    let Err(error) = scenario.weighting() else { return Some(()) };
    let problem = Problem::new(Code::Weights, node.span(), format!("this law makes no weights: {error}"));
    reader.report(problem.label("here").help(error.remedy()));
    None
}

/// Gives a scenario a law of weights, and each factor what it weighs on average under it.
pub fn state_weights(scenario: &mut Scenario, law: WeightDistribution) {
    let means = law.means(scenario.factors.len()).unwrap_or_default();
    for (factor, mean) in scenario.factors.iter_mut().zip(means) {
        if let Ok(mean) = Exact::new(mean) {
            factor.weight = Value::Written(mean.into());
        }
    }
    scenario.weight_law = law;
}

/// Collects the names that a law of weights may refer to.
pub fn known(scenario: &Scenario) -> Known<'_> {
    let worth = |factor: &Factor, score: &Value| {
        let x = scenario.central(score);
        factor.value.map_or(x, |value| value.apply(x))
    };
    Known {
        factors: &scenario.factors,
        areas: scenario.areas.iter().map(|area| area.id.as_str()).collect(),
        scores: scenario
            .factors
            .iter()
            .map(|factor| factor.scores.iter().map(|score| worth(factor, score)).collect())
            .collect(),
        weights: scenario.factors.iter().map(|factor| scenario.central(&factor.weight)).collect(),
    }
}

fn read_scale(reader: &mut Reader, node: Node<'_>) -> Option<Scale> {
    let fields = reader.fields(node, "the scale", &["min", "max"], &[])?;
    let min = fields.get("min").and_then(|n| reader.number(n, "the least score"));
    let max = fields.get("max").and_then(|n| reader.number(n, "the greatest score"));
    let (min, max) = (min?, max?);
    check_size(reader, node, &[min, max])?;
    if min < max {
        return Some(Scale { min, max });
    }
    let problem = Problem::new(Code::OutOfRange, node.span(), "the scale is empty");
    reader.report(problem.label("min is not below max").help("write for example (min: 1, max: 10)"));
    None
}

pub fn read_groups(reader: &mut Reader, node: Node<'_>) -> Option<Vec<Group>> {
    let nodes = reader.some_list(node, "groups", limit::AREAS)?;
    read_named(reader, nodes, "groups", |reader, node, ids| {
        let fields = reader.fields(node, "a group", &["id"], &["name"])?;
        let (id, name) = read_id_and_name(reader, &fields, "a group", ids)?;
        Some(Group { id, name })
    })
}

fn read_areas(reader: &mut Reader, node: Node<'_>, names: &Names) -> Option<Vec<Area>> {
    let nodes = reader.some_list(node, "areas", limit::AREAS)?;
    let groups = names.group_ids();
    read_named(reader, nodes, "areas", |reader, node, ids| {
        let fields = reader.fields(node, "an area", &["id", "group"], &["name"])?;
        let named = read_id_and_name(reader, &fields, "an area", ids);
        let group = fields.get("group").and_then(|n| reader.lookup(n, "a group", groups.as_deref()));
        let (id, name) = named?;
        Some(Area { id, name, group: group? })
    })
}

fn check_groups_have_areas(reader: &mut Reader, fields: &Fields<'_>, names: &Names) {
    let (Some(groups), Some(areas)) = (&names.groups, &names.areas) else { return };
    let nodes = fields.get("groups").and_then(|node| node.items()).unwrap_or_default();
    for (index, (group, node)) in groups.iter().zip(nodes).enumerate() {
        if areas.iter().all(|area| area.group != index) {
            let message = format!("no area belongs to the group `{}`", group.id);
            let help = "give an area this group, or remove the group";
            reader.report(
                Problem::new(Code::Empty, node.span(), message).label("a group without areas").help(help),
            );
        }
    }
}

type Spreads = (Option<Spread>, Option<Spread>);

pub fn read_spreads(reader: &mut Reader, node: Node<'_>) -> Option<Spreads> {
    let fields = reader.fields(node, "spread", &[], &["score", "weight"])?;
    let score = fields.get("score").map(|n| read_spread(reader, n));
    let weight = fields.get("weight").map(|n| {
        let spread = read_spread(reader, n)?;
        check_weight_spread(reader, n, spread).map(|()| spread)
    });
    let read = |spread: Option<Option<Spread>>| spread.map_or(Some(None), |s| s.map(Some));
    Some((read(score)?, read(weight)?))
}

/// Refuses a scenario whose numbers would take more memory than is reasonable.
pub fn check_numbers(reader: &mut Reader, node: Node<'_>, scenario: &Scenario) {
    let n_numbers = scenario.n_numbers();
    if n_numbers > limit::NUMBERS {
        let message = format!("too many scores and weights: {n_numbers} (at most {})", limit::NUMBERS);
        let help = "use fewer areas, factors, or branches of worlds";
        reader.report(Problem::new(Code::TooMany, node.head(), message).help(help));
    }
}

/// Refuses a scenario whose counters would take more memory than is reasonable.
fn check_counters(reader: &mut Reader, node: Node<'_>, scenario: &Scenario) {
    let (n_areas, n_worlds) = (scenario.areas.len(), scenario.joint_worlds().len());
    let counters = scenario.n_counters();
    if counters > limit::COUNTERS {
        let message = format!("{n_areas} areas in {n_worlds} worlds exceed the counting limit");
        let label = format!("{counters} counters, {} at most", limit::COUNTERS);
        let help = "use fewer areas, groups or worlds";
        reader.report(Problem::new(Code::TooMany, node.head(), message).label(label).help(help));
    }
}
