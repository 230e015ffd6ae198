//! The warning of claims, which takes draws.

use crate::analysis::answer::shape::{ClaimSummary, Summary};
use crate::analysis::answer::summary::summarize;
use crate::control::Control;
use crate::model::Subject;
use crate::sampler::Run;
use crate::scenario::{Lint, Scenario};

/// Draws in which a claim has to hold at least once, and to fail at least once.
pub const CLAIM_DRAWS: u64 = 20_000;

/// The claims of the scenario's own that hold in all of some thousand draws or in none.
#[must_use]
pub fn claim_lints<'a>(scenario: impl Into<Subject<'a>>) -> Vec<Lint> {
    let scenario: &Subject<'a> = &scenario.into();
    if scenario.claims().is_empty() || scenario.allows("L009") {
        return Vec::new();
    }
    let summary = summarize(scenario, Run { draws: CLAIM_DRAWS, ..Run::default() }, Control::none());
    claim_lints_in(scenario, &summary)
}

/// The claims of the scenario's own that hold in all draws of a run or in none; nothing for a run of few draws.
#[must_use]
pub fn claim_lints_in(scenario: &Scenario, summary: &Summary) -> Vec<Lint> {
    let n = summary.run.draws;
    if n < CLAIM_DRAWS || scenario.allows("L009") {
        return Vec::new();
    }
    let own =
        summary.order.claims.iter().filter(|claim| scenario.claims().iter().any(|own| own.id == claim.id));
    let lint = |claim: &ClaimSummary| {
        let always = match claim.estimate.probability {
            0.0 => "none",
            1.0 => "all",
            _ => return None,
        };
        Some(Lint {
            code: "L009",
            place: claim.id.clone(),
            message: format!("the claim `{}` holds in {always} of {n} draws", claim.id),
            remedy: "the claim is nearly certain either way; check that it states what you mean".into(),
        })
    };
    own.filter_map(lint).collect()
}
