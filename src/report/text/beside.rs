//! Results beside the answer of a run: the answer without the residual, uncertain probabilities of worlds, the gap
//! between groups, correlations, asserts.

use super::grid::{TextTable, paragraph};
use super::{Style, heading};
use crate::analysis::{SampledCorrelation, Summary, Verdict};
use crate::report::wording::number::{percent, with_error};
use crate::scenario::{Scenario, Strength};

/// More joint worlds than these are left to the JSON report.
pub const WORLDS_SHOWN: usize = 4;

/// Writes what stands beside the answer: the answer without the residual, correlations as they come out, asserts.
pub fn beside(out: &mut String, scenario: &Scenario, summary: &Summary, style: Style) {
    if let (Some(without), Some(residual)) = (&summary.without_residual, scenario.residual()) {
        heading(out, &format!("What the residual (sd {}) makes of the claims", residual.sd));
        let mut table = TextTable::new("", ["with", "without"]);
        for (with, without) in
            summary.order.claims.iter().zip(&without.claims).filter(|(with, _)| !with.redundant)
        {
            table.row(&with.text, [&with.estimate, &without.estimate].map(percent));
        }
        table.write(out, style);
    }
    for chance in &summary.chances {
        let [low, high] = chance.range;
        heading(out, &format!("The claims over the 90% range of {}", chance.address));
        let mut table = TextTable::new("", [format!("at {low:.2}"), format!("at {high:.2}")]);
        for (claim, ends) in
            summary.order.claims.iter().zip(&chance.claims).filter(|(claim, _)| !claim.redundant)
        {
            table.row(&claim.text, ends.each_ref().map(percent));
        }
        table.write(out, style);
    }
    if let (Some(gap), [a, b]) = (&summary.gap, scenario.groups()) {
        let by_world = summary.worlds.iter().zip(&gap.worlds).map(|(world, (mean, sd))| {
            format!("{} (sd {sd:.2}) where {}", with_error(*mean, 0.01), world.world.title(scenario))
        });
        let by_world: Vec<String> = by_world.take(WORLDS_SHOWN).collect();
        let humps = if gap.humps {
            "It has more than one hump: the worlds are so far apart that no single number in between stands for both."
        } else {
            "It has one hump: the worlds overlap."
        };
        heading(out, "The gap between the groups");
        let text = format!(
            "The mean overall score of {} minus that of {} is {}. {humps}",
            b.name,
            a.name,
            by_world.join(", ")
        );
        paragraph(out, style, "", &text);
    }
    if !summary.correlations.is_empty() {
        heading(out, "Correlations");
        for SampledCorrelation { stated, rank } in &summary.correlations {
            let strength = match stated.strength {
                Strength::Rank(rho) => format!("rank {rho}"),
                Strength::Normal(r) => format!("normal {r}"),
            };
            let achieved = match rank {
                Some(rank) => format!("rank correlation in the draws {}", with_error(rank.value, rank.mcse)),
                None => "without effect, because one of the two is never drawn".to_owned(),
            };
            let text = format!("{} and {}: stated {strength}, {achieved}", stated.one, stated.other);
            paragraph(out, style, "", &text);
        }
    }
    if !summary.asserts.is_empty() {
        heading(out, "Asserts");
        for assert in &summary.asserts {
            let verdict = match assert.verdict {
                Verdict::Holds => "holds",
                Verdict::Fails => "FAILS",
                Verdict::Unsettled => "is not settled by so few draws",
            };
            paragraph(out, style, "", &format!("{} {verdict}: {}", assert.text, percent(&assert.estimate)));
        }
    }
}
