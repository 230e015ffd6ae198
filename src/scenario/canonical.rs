//! The canonical text of a scenario: everything that it says and nothing of how it was laid out.
//! Reads back to an equal scenario, and is what the scenario's hash is taken over.

use super::{Claim, Marker, Scenario, Value, WeightLaw};
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
        writeln!(out, "    ],\n    worlds: [")?;
        for world in &self.worlds {
            let outcomes = world.outcomes.iter().map(|o| format!("({}, {})", text(&o.id), o.probability));
            writeln!(out, "        (id: {}, outcomes: [{}]),", text(&world.id), list(outcomes))?;
        }
        writeln!(out, "    ],")?;
        if self.weight_law == WeightLaw::Simplex {
            writeln!(out, "    weights: Simplex,")?;
        }
        let spread = [("score", self.score_spread), ("weight", self.weight_spread)];
        let spread = spread.into_iter().filter_map(|(name, s)| Some(format!("{name}: {}", s?)));
        writeln!(out, "    spread: ({}),\n    factors: [", list(spread))?;
        for factor in &self.factors {
            writeln!(out, "        (")?;
            writeln!(out, "            id: {}, name: {},", text(&factor.id), text(&factor.name))?;
            if self.weight_law == WeightLaw::Independent {
                writeln!(out, "            weight: {},", self.value(&factor.weight))?;
            }
            if let Some(value) = factor.value {
                writeln!(out, "            value: Linear(worst: {}, best: {}),", value.worst, value.best)?;
            }
            writeln!(out, "            scores: [{}],", list(factor.scores.iter().map(|v| self.value(v))))?;
            writeln!(out, "        ),")?;
        }
        writeln!(out, "    ],\n    claims: [")?;
        for named in &self.claims {
            let (id, says) = (text(&named.id), text(&named.text));
            writeln!(out, "        (id: {id}, text: {says}, holds: {}),", self.claim(&named.claim))?;
        }
        writeln!(out, "    ],\n)")
    }

    fn value(&self, value: &Value) -> String {
        match value {
            Value::Central { number, .. } => number.to_string(),
            Value::Written(dist) => dist.to_string(),
            Value::ByWorld { world, branches } => {
                let world = &self.worlds[*world];
                let branches = world.outcomes.iter().zip(branches);
                let branches = branches.map(|(o, branch)| format!("{}: {}", text(&o.id), self.value(branch)));
                format!("ByWorld({}, {{{}}})", text(&world.id), list(branches))
            }
        }
    }

    fn claim(&self, claim: &Claim) -> String {
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

    fn marker(&self, marker: &Marker) -> String {
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

/// A text in quotes, escaped as RON wants it.
fn text(raw: &str) -> String {
    // A string always serializes.
    ron::to_string(raw).unwrap_or_default()
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}
