//! The pictures as parts of a page, each as wide as a telephone. What was changed before the run, and how it was made, stands on the page.

use super::kit::Form;
use super::matrix::Look;
use super::picture::Picture;
use super::tornado::Tornado;
use super::{levers, matrix, rankings, ranks, scores, sweep, tornado, worlds};
use crate::analysis::{OrderSummary, Rankings, ScenarioChange, Summary};
use crate::sampler::Run;
use crate::scenario::Scenario;

/// Draws the ordering matrix over all worlds, or in the one that `place` names.
pub fn matrix_column(scenario: &Scenario, summary: &Summary, order: &OrderSummary, place: &str) -> Picture {
    let look = Look { all_pairs: false, form: Form::Column };
    matrix::matrix(scenario, order, look, place, (summary.run, summary.largest_mcse()))
}

/// Draws the probabilities of the ranks.
pub fn ranks_column(scenario: &Scenario, summary: &Summary) -> Picture {
    ranks::ranks(scenario, summary, Form::Column)
}

/// Draws the overall scores.
pub fn scores_column(scenario: &Scenario, summary: &Summary) -> Picture {
    scores::overall(scenario, summary, Form::Column)
}

/// Draws the claims by world; nothing for a scenario without worlds.
pub fn worlds_column(scenario: &Scenario, summary: &Summary) -> Option<Picture> {
    worlds::worlds(scenario, summary, Form::Column)
}

/// Draws how far each input moves a probability.
pub fn tornado_column(scenario: &Scenario, data: &Tornado, run: Run) -> Picture {
    tornado::tornado(scenario, data, run, Form::Column)
}

/// Draws what changed scenarios do to the claims that they move the most, a picture per claim.
pub fn lever_columns(compared: &[ScenarioChange]) -> Vec<Picture> {
    levers::lever_panels(compared)
}

/// Draws the claims over a sweep.
pub fn sweep_columns(points: &[ScenarioChange], varied: &[String]) -> Vec<Picture> {
    sweep::sweep_columns(points, varied)
}

/// Draws the expected rank of each area.
pub fn rankings_column(scenario: &Scenario, found: &Rankings) -> Picture {
    rankings::rankings(scenario, found, Form::Column)
}
