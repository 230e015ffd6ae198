//! The checks of a scenario that was checked before and was changed since: those that reading its text would make of
//! what the change touches, in the same order and with the same messages.

use super::distribution::{exact, read_dist};
use super::effects::{check_edit, not_uncertain};
use super::factor::{STATED_WEIGHT, check_raters, check_weights};
use super::kind::Kind;
use super::limit;
use super::node::Node;
use super::number::{check_positive, count_values};
use super::reader::Reader;
use super::role::Role;
use super::ron_text::RonValue;
use super::scenario::{check_numbers, checked_law, known};
use super::spread::{check_spread, check_weight_spread};
use super::value::{bare, cannot_stand_inside, check_support, inside_itself, scores_only};
use super::weights::constrained;
use super::world::{BEFORE, check_probability, check_uncertain, finished_row};
use crate::distribution::Dist;
use crate::error::Problem;
use crate::scenario::edit::Trial;
use crate::scenario::touched::{Part, Touched};
use crate::scenario::{
    Address, AddressError, Constraint, Scenario, SharedInput, StatedProbability, Value, WeightDistribution,
    WorldVariable,
};
use std::collections::{BTreeMap, BTreeSet};

/// Checks what was touched, and makes of it what reading would: spreads around bare numbers, what is left for the
/// rest, the mean weights of a law.
///
/// # Errors
/// Everything that is wrong with it.
pub fn recheck(scenario: &mut Scenario, touched: &Touched) -> Result<(), Vec<Problem>> {
    let mut reader = Reader::default();
    let checked = stated(&mut reader, scenario, touched).and_then(|()| {
        named(&mut reader, scenario, touched)?;
        let weighs = |part: &Part| matches!(part, Part::Weight(_) | Part::WeightSpread | Part::Input(_));
        if touched.any(weighs) {
            check_weights(&mut reader, Node::NOWHERE, scenario);
        }
        check_numbers(&mut reader, Node::NOWHERE, scenario);
        Some(())
    });
    if checked.is_some() && reader.is_clean() { Ok(()) } else { Err(reader.into_problems()) }
}

/// All of some checks, each of which is made.
fn all(checks: impl Iterator<Item = Option<()>>) -> Option<()> {
    checks.fold(Some(()), Option::and)
}

/// Checks what stands for itself.
fn stated(reader: &mut Reader, scenario: &mut Scenario, touched: &Touched) -> Option<()> {
    worlds(reader, &mut scenario.worlds, touched)?;
    reader.at_most(Node::NOWHERE, scenario.inputs.len(), "inputs", limit::FACTORS)?;
    let changed = |input: &(usize, &mut SharedInput)| touched.contains(Part::Input(input.0));
    let inputs = scenario.inputs.iter_mut().enumerate().filter(changed);
    let role = Role::Score { spread: None, scale: None };
    all(inputs.map(|(_, input)| distribution(reader, &mut input.dist, role)))?;
    if let (Some(spread), true) = (scenario.score_spread, touched.contains(Part::ScoreSpread)) {
        check_spread(reader, Node::NOWHERE, spread)?;
    }
    if let (Some(spread), true) = (scenario.weight_spread, touched.contains(Part::WeightSpread)) {
        check_spread(reader, Node::NOWHERE, spread)?;
        check_weight_spread(reader, Node::NOWHERE, spread)?;
    }
    all((0..scenario.factors.len()).map(|k| factor(reader, scenario, k, touched)))?;
    // Those that were touched were counted when they were read.
    reader.values = 0;
    count_values(reader, Node::NOWHERE, n_listed(scenario))?;
    if let (Some(residual), true) = (scenario.residual, touched.contains(Part::Residual)) {
        check_positive(reader, Node::NOWHERE, residual.sd, "`sd`")?;
    }
    Some(())
}

/// Checks what refers to the rest by name.
fn named(reader: &mut Reader, scenario: &mut Scenario, touched: &Touched) -> Option<()> {
    law(reader, scenario, touched)?;
    let Scenario { discounts, inputs, worlds, .. } = scenario;
    let around = Around { inputs, worlds };
    let changed = |(n, value): (usize, &Value)| {
        touched.contains(Part::Discount(n)) || refers_to_touched(value, touched)
    };
    let discounts = discounts.iter_mut().enumerate().filter(|(n, discount)| changed((*n, &discount.by)));
    all(discounts.map(|(_, discount)| around.value(reader, &mut discount.by, Role::Share, &[])))?;
    let is_number = |part: &Part| {
        matches!(part, Part::Weight(_) | Part::Score(..) | Part::WeightSpread | Part::ScoreSpread)
    };
    if touched.any(is_number) {
        correlations(reader, scenario)?;
    }
    levers(reader, scenario)
}

/// The worlds; one that is wrong is unknown to those that depend on it.
fn worlds(reader: &mut Reader, worlds: &mut [WorldVariable], touched: &Touched) -> Option<()> {
    let mut wrong = BTreeSet::new();
    for n in 0..worlds.len() {
        let unknown = worlds[n].given.filter(|given| wrong.contains(given));
        if let Some(given) = unknown {
            reader.unknown(Node::NOWHERE, &worlds[given].id, BEFORE, &[]);
            wrong.insert(n);
        } else if touched.contains(Part::World(n)) && probabilities(reader, &mut worlds[n]).is_none() {
            wrong.insert(n);
        }
    }
    wrong.is_empty().then_some(())
}

/// The probabilities of the outcomes of a world.
fn probabilities(reader: &mut Reader, world: &mut WorldVariable) -> Option<()> {
    let WorldVariable { outcomes, chances, .. } = world;
    all(chances.iter_mut().map(|row| {
        all(row.iter_mut().map(|chance| match &chance.written {
            StatedProbability::Number => check_probability(reader, Node::NOWHERE, chance.probability),
            StatedProbability::Uncertain(dist) => check_uncertain(reader, Node::NOWHERE, dist),
            StatedProbability::Rest => {
                chance.probability = 0.0;
                Some(())
            }
        }))?;
        finished_row(reader, Node::NOWHERE, outcomes, row)
    }))
}

/// The weight and the scores of a factor, as far as they were touched or depend on what was.
fn factor(reader: &mut Reader, scenario: &mut Scenario, k: usize, touched: &Touched) -> Option<()> {
    let Scenario { factors, inputs, worlds, weight_law, score_spread, weight_spread, scale, .. } = scenario;
    let (factor, around) = (&mut factors[k], Around { inputs, worlds });
    let (is_touched, is_spread) = (touched.contains(Part::Weight(k)), touched.contains(Part::WeightSpread));
    let weight = match weight_law {
        WeightDistribution::Independent => {
            let depends = is_spread && is_spread_out(&factor.weight);
            if is_touched || depends || refers_to_touched(&factor.weight, touched) {
                around.value(reader, &mut factor.weight, Role::Weight { spread: *weight_spread }, &[])
            } else {
                Some(())
            }
        }
        WeightDistribution::Dirichlet { means, .. } if is_touched => {
            check_positive(reader, Node::NOWHERE, means[k], STATED_WEIGHT).map(drop)
        }
        _ => Some(()),
    };
    let role = Role::Score { spread: *score_spread, scale: *scale };
    let role = if factor.value.is_some() { role.without_scale() } else { role };
    let is_spread = touched.contains(Part::ScoreSpread);
    let mut any = false;
    let changed = |(i, score): &(usize, &mut Value)| {
        touched.contains(Part::Score(k, *i)) || is_spread && is_spread_out(score)
    };
    let scores = factor.scores.iter_mut().enumerate().filter(changed);
    let scores = all(scores.map(|(_, score)| {
        any = true;
        around.value(reader, score, role, &[])
    }));
    let scores = scores
        .and_then(|()| if any { check_raters(reader, Node::NOWHERE, &factor.scores) } else { Some(()) });
    weight.and(scores)
}

/// Returns true if a bare number is part of the value, which a spread makes something else of.
fn is_spread_out(value: &Value) -> bool {
    let mut any = false;
    value.visit(&mut |value| any |= matches!(value, Value::Central { .. }));
    any
}

/// Returns true if the value is a shared input that was touched, or is one in some world.
fn refers_to_touched(value: &Value, touched: &Touched) -> bool {
    let mut any = false;
    value.visit(&mut |value| {
        any |= matches!(value, Value::Ref(input) if touched.contains(Part::Input(*input)));
    });
    any
}

/// Worlds and inputs that values refer to.
struct Around<'s> {
    inputs: &'s [SharedInput],
    worlds: &'s [WorldVariable],
}

impl Around<'_> {
    /// A value inside the branches of the worlds `above`.
    fn value(&self, reader: &mut Reader, value: &mut Value, role: Role, above: &[usize]) -> Option<()> {
        match value {
            Value::Central { number, dist } => {
                *dist = bare(reader, Node::NOWHERE, *number, role)?;
                Some(())
            }
            Value::Written(dist) => {
                distribution(reader, dist, role)?;
                check_support(reader, Node::NOWHERE, dist, role)
            }
            Value::Ref(input) => check_support(reader, Node::NOWHERE, &self.inputs[*input].dist, role),
            Value::ByWorld { world, branches } => {
                if above.contains(world) {
                    return inside_itself(reader, Node::NOWHERE, &format!("{:?}", self.worlds[*world].id));
                }
                let inside: Vec<usize> = above.iter().copied().chain([*world]).collect();
                all(branches.iter_mut().map(|branch| self.value(reader, branch, role, &inside)))
            }
            Value::Relative { by, .. } => {
                scores_only(reader, Node::NOWHERE, "Relative", role)?;
                if matches!(**by, Value::Relative { .. }) {
                    self.value(reader, by, role.without_scale(), &[])
                } else {
                    self.plain(reader, by, "Relative", role.without_scale())
                }
            }
            Value::Raters(raters) => {
                scores_only(reader, Node::NOWHERE, "Raters", role)?;
                all(raters.iter_mut().map(|(_, value)| self.plain(reader, value, "Raters", role)))
            }
        }
    }

    /// A bare number or a distribution.
    fn plain(&self, reader: &mut Reader, value: &mut Value, outer: &str, role: Role) -> Option<()> {
        let name = match value {
            Value::Central { .. } | Value::Written(_) => return self.value(reader, value, role, &[]),
            Value::ByWorld { .. } => "ByWorld",
            Value::Ref(_) => "Ref",
            Value::Relative { .. } => "Relative",
            Value::Raters(_) => "Raters",
        };
        cannot_stand_inside(reader, Node::NOWHERE, name, outer)
    }
}

/// A distribution. What is more than one number is read from its own text, which is where each of its numbers is checked.
fn distribution(reader: &mut Reader, dist: &mut Dist, role: Role) -> Option<()> {
    if let Dist::Exact(number) = dist {
        *dist = exact(reader, Node::NOWHERE, number.value(), role)?;
        return Some(());
    }
    let text = dist.to_string();
    let node = RonValue::whole(&text).map(Node::Ron).expect("a distribution is written as RON");
    let Kind::Name(name) = node.kind() else { unreachable!("a distribution starts with its name: {text}") };
    *dist = read_dist(reader, node, name, role)?;
    Some(())
}

/// Counts the values in the lists of all distributions.
fn n_listed(scenario: &Scenario) -> usize {
    let mut n = 0;
    let chances = scenario.worlds.iter().flat_map(|world| world.chances.iter().flatten());
    for chance in chances {
        if let StatedProbability::Uncertain(dist) = &chance.written {
            n += listed(dist);
        }
    }
    n += scenario.inputs.iter().map(|input| listed(&input.dist)).sum::<usize>();
    let numbers = scenario.factors.iter().flat_map(|factor| factor.scores.iter().chain([&factor.weight]));
    for value in numbers.chain(scenario.discounts.iter().map(|discount| &discount.by)) {
        value.visit(&mut |value| n += value.dist().map_or(0, listed));
    }
    n
}

fn listed(dist: &Dist) -> usize {
    match dist {
        Dist::Discrete(d) => d.values().len(),
        Dist::Samples(d) => d.values().len(),
        Dist::Metalog(d) => d.points().len(),
        Dist::Truncated(d) => listed(d.of()),
        Dist::Mixture(d) => d.parts().iter().map(|(_, part)| 1 + listed(part)).sum(),
        _ => 0,
    }
}

/// The law of the weights, where what it is made of was touched.
fn law(reader: &mut Reader, scenario: &mut Scenario, touched: &Touched) -> Option<()> {
    let moves_scores = |part: &Part| matches!(part, Part::Score(..) | Part::World(_) | Part::Input(_));
    let law = match &scenario.weight_law {
        WeightDistribution::Independent => return Some(()),
        WeightDistribution::Constrained(constraints, _)
            if touched.any(moves_scores)
                && constraints.iter().any(|constraint| matches!(constraint, Constraint::Prefer(..))) =>
        {
            let constraints = constraints.iter().cloned().map(|constraint| (constraint, Node::NOWHERE));
            constrained(reader, Node::NOWHERE, constraints.collect(), &known(scenario))?
        }
        law if touched.any(|part| matches!(part, Part::Weight(_))) => law.clone(),
        _ => return Some(()),
    };
    checked_law(reader, Node::NOWHERE, scenario, law)
}

/// All that is correlated is uncertain.
fn correlations(reader: &mut Reader, scenario: &Scenario) -> Option<()> {
    let mut wrong: BTreeMap<&Address, Option<AddressError>> = BTreeMap::new();
    all(scenario.correlations.iter().map(|stated| {
        [&stated.one, &stated.other].into_iter().try_for_each(|address| {
            let why = || scenario.uncertain(&address.to_string()).err();
            match wrong.entry(address).or_insert_with(why) {
                Some(why) => not_uncertain(reader, Node::NOWHERE, why),
                None => Some(()),
            }
        })
    }))
}

/// The edits of the levers can be made.
fn levers(reader: &mut Reader, scenario: &mut Scenario) -> Option<()> {
    let levers = std::mem::take(&mut scenario.levers);
    let mut trial = Trial::of(scenario);
    let lists = levers.iter().flat_map(|lever| [&lever.edits, &lever.spillover]);
    let checked = all(lists.map(|edits| {
        edits.iter().try_for_each(|edit| check_edit(reader, Node::NOWHERE.span(), &mut trial, edit))
    }));
    scenario.levers = levers;
    checked
}
