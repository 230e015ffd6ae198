//! The canonical text of a scenario: everything that it says and nothing of how it was laid out.
//! Reads back to an equal scenario, and is what the scenario's hash is taken over.

use super::correlation::lists_of;
use super::{
    Changes, Claim, Constraint, Marker, OutcomeProbability, Residual, Scenario, SharedErrors,
    StatedProbability, Strength, Value, WeightDistribution, WorldVariable,
};
use crate::plain::is_harmless;
use std::fmt::Write;

impl Scenario {
    /// The scenario as RON, every field in its fixed order.
    #[must_use]
    pub fn to_ron(&self) -> String {
        let mut out = String::new();
        // Writing to a String cannot fail.
        let _ = self.write_ron(&mut out);
        out
    }

    fn write_ron(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "Scenario(")?;
        writeln!(out, "    title: {},", text(&self.title))?;
        writeln!(out, "    about: {},", text(&self.about))?;
        let words = self.words.stated();
        if !words.is_empty() {
            let words = words.into_iter().map(|(key, word)| format!("{key}: {}", text(word)));
            writeln!(out, "    words: ({}),", list(words))?;
        }
        if let Some(scale) = self.scale {
            writeln!(out, "    scale: (min: {}, max: {}),", scale.min, scale.max)?;
        }
        writeln!(out, "    groups: [")?;
        for group in &self.groups {
            writeln!(out, "        (id: {}, name: {}),", text(&group.id), text(&group.name))?;
        }
        writeln!(out, "    ],\n    areas: [")?;
        for area in &self.areas {
            let group = &self.groups[area.group].id;
            writeln!(
                out,
                "        (id: {}, name: {}, group: {}),",
                text(&area.id),
                text(&area.name),
                text(group)
            )?;
        }
        writeln!(out, "    ],")?;
        self.write_worlds(out)?;
        self.write_effects(out)?;
        self.write_factors(out)?;
        self.write_claims(out)?;
        self.write_changes(out)?;
        writeln!(out, ")")
    }

    fn write_worlds(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "    worlds: [")?;
        for world in &self.worlds {
            let rows: Vec<String> = world.chances.iter().map(|row| outcomes(world, row)).collect();
            match world.given {
                None => writeln!(out, "        (id: {}, outcomes: {}),", text(&world.id), rows[0])?,
                Some(given) => {
                    let on = &self.worlds[given];
                    let rows = on.outcomes.iter().zip(rows).map(|(o, row)| format!("{}: {row}", text(o)));
                    let (id, given) = (text(&world.id), text(&on.id));
                    writeln!(out, "        (id: {id}, given: {given}, outcomes: {{{}}}),", list(rows))?;
                }
            }
        }
        writeln!(out, "    ],")
    }

    /// Writes the factors, after the spreads of their numbers.
    fn write_factors(&self, out: &mut String) -> std::fmt::Result {
        let spread = [("score", self.score_spread), ("weight", self.weight_spread)];
        let spread = spread.into_iter().filter_map(|(name, s)| Some(format!("{name}: {}", s?)));
        writeln!(out, "    spread: ({}),\n    factors: [", list(spread))?;
        for (k, factor) in self.factors.iter().enumerate() {
            writeln!(out, "        (")?;
            writeln!(out, "            id: {}, name: {},", text(&factor.id), text(&factor.name))?;
            match &self.weight_law {
                WeightDistribution::Independent => {
                    writeln!(out, "            weight: {},", self.value(&factor.weight))?;
                }
                WeightDistribution::Dirichlet { means, .. } => {
                    writeln!(out, "            weight: {},", means[k])?;
                }
                _ => {}
            }
            if let Some(value) = factor.value {
                writeln!(out, "            value: Linear(worst: {}, best: {}),", value.worst, value.best)?;
            }
            writeln!(out, "            scores: [{}],", list(factor.scores.iter().map(|v| self.value(v))))?;
            writeln!(out, "        ),")?;
        }
        writeln!(out, "    ],")
    }

    /// Writes the claims, and what else is about the answer: levers, warnings that are meant, asserts.
    fn write_claims(&self, out: &mut String) -> std::fmt::Result {
        if let Some(clock) = &self.clock {
            writeln!(out, "    clock: {},", self.clock_text(clock))?;
        }
        writeln!(out, "    claims: [")?;
        for named in &self.claims {
            let (id, says) = (text(&named.id), text(&named.text));
            writeln!(out, "        (id: {id}, text: {says}, holds: {}),", self.claim(&named.claim))?;
        }
        for named in &self.dated {
            let (id, says) = (text(&named.id), text(&named.text));
            let given = named.given.as_ref().map_or(String::new(), |id| format!(", given: {}", text(id)));
            writeln!(out, "        (id: {id}, text: {says}, holds: {}{given}),", self.dated_text(named))?;
        }
        writeln!(out, "    ],")?;
        if !self.targets.is_empty() {
            let target = |t: &super::DateTarget| {
                format!("(claim: {}, who: {}, says: {})", text(&t.claim), text(&t.who), t.says)
            };
            writeln!(out, "    targets: [{}],", list(self.targets.iter().map(target)))?;
        }
        if !self.levers.is_empty() {
            writeln!(out, "    levers: [")?;
            for lever in &self.levers {
                let [edits, spillover] =
                    [&lever.edits, &lever.spillover].map(|all| list(all.iter().map(|e| text(e))));
                let (id, name) = (text(&lever.id), text(&lever.name));
                writeln!(
                    out,
                    "        (id: {id}, name: {name}, edits: [{edits}], spillover: [{spillover}]),"
                )?;
            }
            writeln!(out, "    ],")?;
        }
        if !self.allow.is_empty() {
            writeln!(out, "    allow: [{}],", list(self.allow.iter().map(|code| text(code))))?;
        }
        let asserts = self.asserts.iter().map(|assert| &assert.text);
        let asserts: Vec<String> =
            asserts.chain(self.dated_asserts.iter().map(|assert| &assert.text)).map(|t| text(t)).collect();
        if !asserts.is_empty() {
            writeln!(out, "    asserts: [{}],", list(asserts.into_iter()))?;
        }
        Ok(())
    }

    /// Writes what was changed since the scenario was published.
    fn write_changes(&self, out: &mut String) -> std::fmt::Result {
        if self.changes.is_empty() {
            return Ok(());
        }
        let Changes { bases, edits, dropped_asserts } = &self.changes;
        let [bases, edits] = [bases, edits].map(|texts| list(texts.iter().map(|t| text(t))));
        writeln!(
            out,
            "    changes: (variant_of: [{bases}], edits: [{edits}], dropped_asserts: {dropped_asserts}),"
        )
    }

    /// Writes what acts on areas beside their scores.
    fn write_effects(&self, out: &mut String) -> std::fmt::Result {
        if self.weight_law != WeightDistribution::Independent {
            writeln!(out, "    weights: {},", self.law())?;
        }
        if !self.inputs.is_empty() {
            let inputs = self.inputs.iter().map(|i| format!("(id: {}, value: {})", text(&i.id), i.dist));
            writeln!(out, "    inputs: [{}],", list(inputs))?;
        }
        if self.shared_errors.any() {
            let SharedErrors { factor, area, group } = self.shared_errors;
            writeln!(out, "    shared_errors: (factor: {factor}, area: {area}, group: {group}),")?;
        }
        if !self.correlations.is_empty() {
            let stated = lists_of(&self.correlations).into_iter().map(|(members, strength)| {
                let (name, x) = match strength {
                    Strength::Rank(x) => ("rank", x),
                    Strength::Normal(x) => ("normal", x),
                };
                let members = list(members.into_iter().map(|address| text(&address.to_string())));
                format!("(between: [{members}], {name}: {x})")
            });
            writeln!(out, "    correlations: [{}],", list(stated))?;
        }
        if !self.discounts.is_empty() {
            let discounts = self.discounts.iter().map(|d| {
                let areas = d.areas.iter().map(|&i| self.areas[i].id.clone()).collect::<Vec<_>>().join(",");
                let of = text(&format!("{{{areas}}}"));
                format!("(id: {}, of: {of}, by: {})", text(&d.id), self.value(&d.by))
            });
            writeln!(out, "    discounts: [{}],", list(discounts))?;
        }
        if let Some(Residual { sd, all, group }) = self.residual {
            writeln!(out, "    residual: (sd: {sd}, all: {all}, group: {group}),")?;
        }
        Ok(())
    }

    pub(super) fn law(&self) -> String {
        let factor = |k: &usize| text(&self.factors[*k].id);
        let chain = |chain: &[usize]| list(chain.iter().map(factor));
        match &self.weight_law {
            WeightDistribution::Independent => "Independent".into(),
            WeightDistribution::Simplex => "Simplex".into(),
            WeightDistribution::Ranked(order) => format!("Ranked([{}])", chain(order)),
            WeightDistribution::Dirichlet { concentration, .. } => {
                format!("Dirichlet(concentration: {concentration})")
            }
            WeightDistribution::Bounded(lower) => {
                let bounds = lower.iter().enumerate().filter(|(_, bound)| **bound > 0.0);
                format!("Bounded({{{}}})", list(bounds.map(|(k, bound)| format!("{}: {bound}", factor(&k)))))
            }
            WeightDistribution::Constrained(constraints, _) => {
                let all = constraints.iter().map(|constraint| match constraint {
                    Constraint::Order(order) => format!("Order([{}])", chain(order)),
                    Constraint::AtLeast(k, share) => format!("AtLeast({}, {share})", factor(k)),
                    Constraint::AtMost(k, share) => format!("AtMost({}, {share})", factor(k)),
                    Constraint::Ratio { of, to, min, max } => {
                        let max = max.map_or(String::new(), |max| format!(", max: {max}"));
                        format!("Ratio(of: {}, to: {}, min: {min}{max})", factor(of), factor(to))
                    }
                    Constraint::Prefer(one, other) => {
                        format!("Prefer({}, {})", text(&self.areas[*one].id), text(&self.areas[*other].id))
                    }
                });
                format!("Constrained([{}])", list(all))
            }
        }
    }

    pub(super) fn value(&self, value: &Value) -> String {
        match value {
            Value::Central { number, .. } => number.to_string(),
            Value::Written(dist) => dist.to_string(),
            Value::ByWorld { world, branches } => {
                let world = &self.worlds[*world];
                let branches = world.outcomes.iter().zip(branches);
                let branches = branches.map(|(o, branch)| format!("{}: {}", text(o), self.value(branch)));
                format!("ByWorld({}, {{{}}})", text(&world.id), list(branches))
            }
            Value::Ref(input) => format!("Ref({})", text(&self.inputs[*input].id)),
            Value::Relative { to, by } => {
                format!("Relative(to: {}, by: {})", text(&self.inputs[*to].id), self.value(by))
            }
            Value::Raters(raters) => {
                let raters =
                    raters.iter().map(|(weight, value)| format!("({weight}, {})", self.value(value)));
                format!("Raters([{}])", list(raters))
            }
        }
    }

    pub(super) fn claim(&self, claim: &Claim) -> String {
        let group = |g: usize| text(&self.groups[g].id);
        let claims = |claims: &[Claim]| list(claims.iter().map(|c| self.claim(c)));
        match claim {
            Claim::Before(one, other) => format!("Before({}, {})", self.marker(one), self.marker(other)),
            Claim::All(all) => format!("All([{}])", claims(all)),
            Claim::Any(any) => format!("Any([{}])", claims(any)),
            Claim::Not(claim) => format!("Not({})", self.claim(claim)),
            Claim::InTop { k, group: g, at_least } => {
                format!("InTop(k: {k}, group: {}, at_least: {at_least})", group(*g))
            }
            Claim::Most(a, b) => format!("Most({}, {})", group(*a), group(*b)),
        }
    }

    pub(super) fn marker(&self, marker: &Marker) -> String {
        let group = |g: usize| text(&self.groups[g].id);
        match marker {
            Marker::Area(i) => format!("Area({})", text(&self.areas[*i].id)),
            Marker::First(g) => format!("First({})", group(*g)),
            Marker::Last(g) => format!("Last({})", group(*g)),
            Marker::Nth(k, g) => format!("Nth({k}, {})", group(*g)),
            Marker::Mean(g) => format!("Mean({})", group(*g)),
        }
    }
}

/// The outcomes of a world with a row of their probabilities.
pub(super) fn outcomes(world: &WorldVariable, row: &[OutcomeProbability]) -> String {
    let outcomes = world.outcomes.iter().zip(row).map(|(id, chance)| {
        let probability = chance.text();
        format!("({}, {probability})", text(id))
    });
    format!("[{}]", list(outcomes))
}

impl OutcomeProbability {
    /// As it is written.
    pub(super) fn text(&self) -> String {
        match &self.written {
            StatedProbability::Number => self.probability.to_string(),
            StatedProbability::Rest => "Rest".into(),
            StatedProbability::Uncertain(dist) => dist.to_string(),
        }
    }
}

/// A text in quotes, escaped as RON wants it.
fn text(raw: &str) -> String {
    let written = ron::to_string(raw).expect("a text can always be written");
    // Letters that hide are written out, so that nobody overlooks them where the file is shown.
    written
        .chars()
        .map(|c| if is_harmless(c) { c.to_string() } else { c.escape_unicode().to_string() })
        .collect()
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}
