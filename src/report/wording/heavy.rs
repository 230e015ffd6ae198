//! The warning that the mean of an area says less than it seems to.

use crate::analysis::AreaSummary;
use crate::scenario::Scenario;

/// A sentence that names the areas whose means rest on a few extreme draws, if there are any.
pub fn heavy(scenario: &Scenario, areas: &[AreaSummary]) -> Option<String> {
    let named = scenario.areas().iter().zip(areas).filter(|(_, drawn)| drawn.is_heavy);
    let names: Vec<&str> = named.map(|(area, _)| area.name.as_str()).collect();
    (!names.is_empty()).then(|| {
        format!(
            "a few extreme draws make up most of the spread here, so mean and sd are unreliable and their true errors larger than \
             stated. Use the quantiles instead, or give the scores a distribution with an upper end. This concerns: {}.",
            names.join(", ")
        )
    })
}
