//! Supplementary results of a run: the answer without the residual, uncertain probabilities of worlds, the gap between groups,
//! correlations.

use super::grid::{TextTable, paragraph};
use super::{Style, heading};
use crate::analysis::{SampledCorrelation, Summary};
use crate::report::wording::findings::displayed_claims;
use crate::report::wording::number::{percent, with_error};
use crate::scenario::{Scenario, Strength};

/// The most joint worlds that a text report shows.
pub const WORLDS_SHOWN: usize = 4;

/// Writes the claims with and without the residual, if there is one.
pub fn residual(out: &mut String, scenario: &Scenario, summary: &Summary, style: Style) {
    let (Some(without), Some(residual)) = (&summary.without_residual, scenario.residual()) else { return };
    heading(out, &format!("Claims with and without the residual (sd {})", residual.sd));
    let mut table = TextTable::new("", ["with", "without"]).with_long_labels();
    for (index, with) in displayed_claims(&summary.order.claims) {
        table.row(&with.text, [&with.estimate, &without.claims[index].estimate].map(percent));
    }
    table.write(out, style);
}

/// Writes the claims at the ends of uncertain probabilities of outcomes.
pub fn ranges(out: &mut String, summary: &Summary, style: Style) {
    for chance in &summary.chances {
        let [low, high] = chance.range;
        heading(out, &format!("Claims at the 5% and 95% quantiles of {}", chance.address));
        let headers = [format!("at {low:.2}"), format!("at {high:.2}")];
        let mut table = TextTable::new("", headers).with_long_labels();
        for (index, claim) in displayed_claims(&summary.order.claims) {
            table.row(&claim.text, chance.claims[index].each_ref().map(percent));
        }
        table.write(out, style);
    }
}

/// Writes the gap between two groups by world.
pub fn gap(out: &mut String, scenario: &Scenario, summary: &Summary, style: Style) {
    let (Some(gap), [a, b]) = (&summary.gap, scenario.groups()) else { return };
    let by_world = summary.worlds.iter().zip(&gap.worlds).map(|(world, (mean, sd))| {
        format!("{} (sd {sd:.2}) if {}", with_error(*mean, 0.01), world.world.title(scenario))
    });
    let by_world: Vec<String> = by_world.take(WORLDS_SHOWN).collect();
    let humps = if gap.humps {
        "The distribution has several modes: the worlds differ so much that an average describes neither."
    } else {
        "The distribution has one mode: the worlds overlap."
    };
    heading(out, "Gap between the groups");
    let text = format!(
        "Mean {} of {}, less the mean of {}: {}. {humps}",
        scenario.words().score,
        b.name,
        a.name,
        by_world.join(", ")
    );
    paragraph(out, style, "", &text);
}

/// Writes the stated correlations, and what they come to.
pub fn correlations(out: &mut String, summary: &Summary, style: Style) {
    if summary.correlations.is_empty() {
        return;
    }
    heading(out, "Correlations");
    for SampledCorrelation { stated, rank } in &summary.correlations {
        let strength = match stated.strength {
            Strength::Rank(rho) => format!("rank {rho}"),
            Strength::Normal(r) => format!("normal {r}"),
        };
        let achieved = match rank {
            Some(rank) => format!("rank correlation in the sample {}", with_error(rank.value, rank.mcse)),
            None => "no effect, because one of the two is never drawn".to_owned(),
        };
        let text = format!("{} and {}: requested {strength}; {achieved}", stated.one, stated.other);
        paragraph(out, style, "", &text);
    }
}
