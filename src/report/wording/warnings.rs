//! Warnings of a run: the warnings that bear on its answer, one line each.

use crate::analysis::{Summary, claim_lints_in};

use crate::scenario::{Lint, Scenario};

/// The most warnings that people are shown.
const MOST: usize = 8;

/// Every warning of a scenario and of its claims, as this run found them.
pub fn lints(scenario: &Scenario, summary: &Summary) -> Vec<Lint> {
    scenario.lints().into_iter().chain(claim_lints_in(scenario, summary)).collect()
}

/// The warnings as sentences.
pub fn warnings(scenario: &Scenario, summary: &Summary) -> Vec<String> {
    let lints = lints(scenario, summary);
    let line = |Lint { code, place, message, .. }: &Lint| format!("{message} ({place}; {code}).");
    let mut lines: Vec<String> = lints.iter().take(MOST).map(line).collect();
    if lints.len() > MOST {
        lines.push(format!("{} more; `headstart check` lists them all.", lints.len() - MOST));
    }
    lines
}
