//! A changed scenario against the one as it stands, in a sentence.

use crate::analysis::{ClaimChange, ScenarioChange};
use crate::report::wording::number::{percent, percentage_points};

/// Says which claim the change moves the most.
pub fn against(change: &ScenarioChange) -> String {
    if change.claims.iter().all(|claim| claim.change.inert) {
        return "No claim changes in any draw.".into();
    }
    let size = |claim: &&ClaimChange| claim.change.difference.abs();
    let settled = change.claims.iter().filter(|claim| claim.change.is_settled());
    match settled.max_by(|one, other| size(one).total_cmp(&size(other))) {
        Some(claim) => format!(
            "Largest change: “{}”, {} points, from {} to {}.",
            claim.text,
            percentage_points(&claim.change),
            percent(&claim.from),
            percent(&claim.to)
        ),
        None => "No claim changes by more than sampling error.".into(),
    }
}
