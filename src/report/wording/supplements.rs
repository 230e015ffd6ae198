//! Supplementary results of a run as sentences: the gap between two groups, correlations as they came out.

use crate::analysis::{SampledCorrelation, Summary};
use crate::report::wording::number::{thousands, with_error};
use crate::scenario::{Scenario, Strength};

/// The most joint worlds that a text report shows.
pub const WORLDS_SHOWN: usize = 4;

/// Says how far two groups are apart by world, and whether that has several modes; nothing where there are not two groups and worlds.
pub fn gap(scenario: &Scenario, summary: &Summary) -> Option<String> {
    let (Some(gap), [a, b]) = (&summary.gap, scenario.groups()) else { return None };
    let by_world = summary.worlds.iter().zip(&gap.worlds).map(|(world, (mean, sd))| {
        format!("{} (sd {sd:.2}) if {}", with_error(*mean, 0.01), world.world.title(scenario))
    });
    let by_world: Vec<String> = by_world.take(WORLDS_SHOWN).collect();
    let humps = if gap.humps {
        "The distribution has several modes: the worlds differ so much that an average describes neither."
    } else {
        "The distribution has one mode: the worlds overlap."
    };
    let score = &scenario.words().score;
    Some(format!("Mean {score} of {}, less the mean of {}: {}. {humps}", b.name, a.name, by_world.join(", ")))
}

/// The most correlations that a text lists; JSON has all.
const CORRELATIONS_SHOWN: usize = 100;

/// Lists the stated and the achieved correlations, and how many more there are than a text lists.
pub fn correlations(summary: &Summary) -> Vec<String> {
    let line = |SampledCorrelation { stated, rank, .. }: &SampledCorrelation| {
        let strength = match stated.strength {
            Strength::Rank(rho) => format!("rank {rho}"),
            Strength::Normal(r) => format!("normal {r}"),
        };
        let achieved = match rank {
            Some(rank) => format!("rank correlation in the sample {}", with_error(rank.value, rank.mcse)),
            None => "no effect, because one of the two is never drawn".to_owned(),
        };
        format!("{} and {}: requested {strength}; {achieved}", stated.one, stated.other)
    };
    let all = &summary.correlations;
    let left = all.len().saturating_sub(CORRELATIONS_SHOWN);
    let more = (left > 0).then(|| format!("and {} more, which are listed in JSON", thousands(left as u64)));
    all.iter().take(CORRELATIONS_SHOWN).map(line).chain(more).collect()
}
