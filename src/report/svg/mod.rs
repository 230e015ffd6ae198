//! Pictures as SVG, written as text: one file a picture, on one small kit. Each states its finding, has its labels on its marks, and
//! says at its foot what it takes to make it again. Numbers stand in words in the description of each picture.

mod amenability;
mod curves;
mod heat;
mod intervals;
mod kit;
mod levers;
mod matrix;
mod ranks;
mod scale;
mod sweep;
mod tornado;
mod worlds;

pub(super) use kit::Picture;
pub use tornado::{Tornado, TornadoBar};

use crate::analysis::{Compared, OrderSummary, Summary};
use crate::report::wording::changed::Changed;
use crate::report::wording::findings;
use crate::sampler::Run;
use crate::scenario::Scenario;

/// The ordering matrix as a heatmap: the first group by the second, or all areas by all.
#[must_use]
pub fn matrix_svg(scenario: &Scenario, summary: &Summary, all_pairs: bool) -> String {
    alone(matrix_picture(scenario, summary, all_pairs), scenario, summary)
}

/// A picture of a summary as a file, which nothing stands beside that says that it is partial.
fn alone(picture: Picture, scenario: &Scenario, summary: &Summary) -> String {
    let picture = match &summary.partial {
        Some(partial) => picture.noted(&format!("PARTIAL: {}.", findings::stopped(partial))),
        None => picture,
    };
    named(picture, scenario, summary.run)
}

/// A picture as a file, with what was changed before the run.
fn named(picture: Picture, scenario: &Scenario, run: Run) -> String {
    match Changed::of(scenario, run) {
        Some(changed) => picture.noted(&changed.line()).svg(),
        None => picture.svg(),
    }
}

pub(super) fn matrix_picture(scenario: &Scenario, summary: &Summary, all_pairs: bool) -> Picture {
    matrix::matrix(scenario, &summary.order, all_pairs, "", (summary.run, summary.largest_mcse()))
}

/// The probabilities of the ranks as stacked bars.
#[must_use]
pub fn ranks_svg(scenario: &Scenario, summary: &Summary) -> String {
    alone(ranks::ranks(scenario, summary), scenario, summary)
}

/// The amenabilities as histograms with quantiles.
#[must_use]
pub fn amenability_svg(scenario: &Scenario, summary: &Summary) -> String {
    alone(amenability::amenability(scenario, summary), scenario, summary)
}

/// The claims by world; nothing for a scenario without worlds.
#[must_use]
pub fn worlds_svg(scenario: &Scenario, summary: &Summary) -> Option<String> {
    worlds::worlds(scenario, summary).map(|picture| alone(picture, scenario, summary))
}

/// The claims over a sweep of the numbers `varied`.
#[must_use]
pub fn sweep_svg(scenario: &Scenario, points: &[Compared], varied: &[String], run: Run) -> String {
    named(sweep::sweep(scenario, points, varied, run), scenario, run)
}

/// What levers do to the claims that they move the most.
#[must_use]
pub fn levers_svg(scenario: &Scenario, compared: &[Compared], run: Run) -> String {
    named(levers::levers(scenario, compared, run), scenario, run)
}

/// How far each input moves a probability.
#[must_use]
pub fn tornado_svg(scenario: &Scenario, tornado: &Tornado, run: Run) -> String {
    named(tornado::tornado(scenario, tornado, run), scenario, run)
}

/// The matrix in one joint world.
pub(super) fn place_picture(
    scenario: &Scenario,
    summary: &Summary,
    order: &OrderSummary,
    place: &str,
) -> Picture {
    matrix::matrix(scenario, order, false, place, (summary.run, summary.largest_mcse()))
}

pub(super) use amenability::amenability as amenability_picture;
pub(super) use levers::levers as levers_picture;
pub(super) use ranks::ranks as ranks_picture;
pub(super) use scale::{diverging, ink_on};
pub(super) use tornado::tornado as tornado_picture;
pub(super) use worlds::worlds as worlds_picture;
