//! Changes before a run: the one place that decides them. Every writer shows them beside the title, so that nobody takes an edited answer
//! for the published one.

use crate::model::Subject;
use crate::sampler::{Arithmetic, Run};
use crate::scenario::Scenario;
use schemars::JsonSchema;
use serde::Serialize;

/// Differences from the scenario and the settings that were published.
#[derive(Clone, Debug, Default, JsonSchema, PartialEq, Serialize)]
pub struct Changed {
    /// The files that the scenario is a variant of, the nearest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variant_of: Vec<String>,
    /// The edits that were made after the file was read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<String>,
    /// The claims that were added.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<String>,
    /// The seed, if it is not the usual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// The precision of the arithmetic, if it is not the one that the program chooses for this scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arithmetic: Option<String>,
    /// Number of asserts of the file that were dropped, because they are about another answer.
    #[serde(skip_serializing_if = "is_zero")]
    pub dropped_asserts: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

impl Changed {
    /// Returns what was changed before a run; nothing if nothing was.
    pub fn of(scenario: &Subject<'_>, run: Run) -> Option<Self> {
        // A model takes a while to build, and only a stated precision needs one.
        let is_usual = || run.arithmetic == Arithmetic::Auto.of(scenario.model());
        let stated = run.arithmetic != Arithmetic::Auto && !is_usual();
        let seed = (run.seed != Run::default().seed).then_some(run.seed);
        let arithmetic = stated.then(|| run.arithmetic.to_string());
        let changed = Self { seed, arithmetic, ..Self::of_scenario(scenario).unwrap_or_default() };
        (changed != Self::default()).then_some(changed)
    }

    /// Returns what was changed in a scenario.
    pub fn of_scenario(scenario: &Scenario) -> Option<Self> {
        let changes = scenario.changes();
        let changed = Self {
            variant_of: changes.bases.clone(),
            edits: changes.edits.clone(),
            claims: scenario.asked_claims().map(|claim| claim.id.clone()).collect(),
            dropped_asserts: changes.dropped_asserts,
            ..Self::default()
        };
        (changed != Self::default()).then_some(changed)
    }

    /// Says what the scenario is a variant of, as a sentence.
    pub fn variant(&self) -> Option<String> {
        let (nearest, others) = self.variant_of.split_first()?;
        let others: String = others.iter().map(|base| format!(", which is a variant of {base}")).collect();
        Some(format!("Variant of {nearest}{others}."))
    }

    /// Says what was changed for this run, as sentences.
    pub fn changes(&self) -> Option<String> {
        let mut parts = Vec::new();
        let mut list = |what: &str, texts: &[String]| {
            if !texts.is_empty() {
                parts.push(format!("{what}{} {}", if texts.len() > 1 { "s" } else { "" }, listed(texts)));
            }
        };
        list("edit", &self.edits);
        list("added claim", &self.claims);
        if let Some(seed) = self.seed {
            parts.push(format!("seed {seed} instead of {}", Run::default().seed));
        }
        if let Some(arithmetic) = &self.arithmetic {
            let usual = if *arithmetic == Arithmetic::Single.to_string() { "double" } else { "single" };
            parts.push(format!("{arithmetic} precision instead of {usual}"));
        }
        if self.dropped_asserts > 0 {
            let n = self.dropped_asserts;
            let asserts = if n == 1 { "assert" } else { "asserts" };
            parts.push(format!("{n} {asserts} of the file not checked"));
        }
        (!parts.is_empty()).then(|| format!("{}.", parts.join("; ")))
    }

    /// Both in one line.
    pub fn line(&self) -> String {
        let changes = self.changes().map(|changes| format!("CHANGED: {changes}"));
        self.variant().into_iter().chain(changes).collect::<Vec<_>>().join(" ")
    }

    /// Each change with its kind, for tables.
    pub fn rows(&self) -> Vec<(&'static str, String)> {
        let mut rows: Vec<(&'static str, String)> = Vec::new();
        let lists = [("variant_of", &self.variant_of), ("edit", &self.edits), ("claim", &self.claims)];
        for (kind, texts) in lists {
            rows.extend(texts.iter().map(|text| (kind, text.clone())));
        }
        rows.extend(self.seed.map(|seed| ("seed", seed.to_string())));
        rows.extend(self.arithmetic.clone().map(|arithmetic| ("arithmetic", arithmetic)));
        rows.extend(
            (self.dropped_asserts > 0).then(|| ("dropped_asserts", self.dropped_asserts.to_string())),
        );
        rows
    }
}

/// Texts in quotes, and how many more there are.
fn listed(texts: &[String]) -> String {
    const MOST: usize = 8;
    let mut shown: Vec<String> = texts.iter().take(MOST).map(|text| format!("`{text}`")).collect();
    if texts.len() > MOST {
        shown.push(format!("and {} more", texts.len() - MOST));
    }
    shown.join(", ")
}
