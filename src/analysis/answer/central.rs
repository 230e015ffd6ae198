//! The scenario at its central numbers: the table that a spreadsheet would show. No draws.

use crate::scenario::{Factor, Scenario, Value};

/// The table of points.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PointTable {
    /// Shape `[n_factors]`: central weights, averaged over the worlds; mean weights if all central ones are 0.
    pub weights: Vec<f64>,
    /// Shape `[n_factors x n_areas]`: what the central scores are worth, averaged over the worlds.
    pub scores: Vec<Vec<f64>>,
    /// Shape `[n_areas]`: the weighted mean of each area's scores, after central discounts.
    pub overall_scores: Vec<f64>,
    /// Shape `[n_areas]`: how far that mean moves if the mean of each score's distribution takes the place of
    /// its central number. Clipping at the scale moves it, and so does every skew distribution.
    pub moved: Vec<f64>,
    /// Shape `[n_groups]`: the average overall score of each group's areas.
    pub groups: Vec<f64>,
}

impl PointTable {
    /// The average score of a group's areas on a factor.
    #[must_use]
    pub fn group_score(&self, scenario: &Scenario, factor: usize, group: usize) -> f64 {
        average(scenario.members(group).into_iter().map(|i| self.scores[factor][i]))
    }

    /// The sum of the weights.
    #[must_use]
    pub fn total_weight(&self) -> f64 {
        self.weights.iter().sum()
    }
}

/// Works out the table of points.
#[must_use]
pub fn point_table(scenario: &Scenario) -> PointTable {
    type Part = fn(&Scenario, &Value) -> f64;
    let weights = |part: Part| -> Vec<f64> {
        scenario.factors().iter().map(|factor| part(scenario, &factor.weight)).collect()
    };
    let central_weights = weights(Scenario::central);
    let weights =
        if central_weights.iter().sum::<f64>() > 0.0 { central_weights } else { weights(Scenario::mean) };
    let scores = |part: Part| -> Vec<Vec<f64>> {
        let worth = |factor: &Factor, x: f64| factor.value.map_or(x, |value| value.apply(x));
        let row = |factor: &Factor| {
            factor.scores.iter().map(|score| worth(factor, part(scenario, score))).collect()
        };
        scenario.factors().iter().map(row).collect()
    };
    let (central, mean) = (scores(Scenario::central), scores(Scenario::mean));
    let total: f64 = weights.iter().sum();
    let floor = scenario.scale().map_or(0.0, |scale| scale.min);
    let weighted = |scores: &[Vec<f64>], area: usize| -> f64 {
        let sum: f64 = weights.iter().zip(scores).map(|(weight, row)| weight * row[area]).sum();
        let discounts = scenario.discounts().iter().filter(|discount| discount.areas.contains(&area));
        discounts.fold(sum / total, |a, discount| floor + (a - floor) * scenario.central(&discount.by))
    };
    let areas = 0..scenario.areas().len();
    let overall_scores: Vec<f64> = areas.clone().map(|i| weighted(&central, i)).collect();
    let moved = areas.map(|i| weighted(&mean, i) - overall_scores[i]).collect();
    let group = |g| average(scenario.members(g).into_iter().map(|i| overall_scores[i]));
    let groups = (0..scenario.groups().len()).map(group).collect();
    PointTable { weights, scores: central, overall_scores, moved, groups }
}

fn average(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    values.sum::<f64>() / n
}
