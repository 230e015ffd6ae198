//! The pictures as files, each with what was changed before the run.

use super::kit::Form;
use super::matrix::Look;
use super::picture::Picture;
use super::tornado::Tornado;
use super::{levers, matrix, rankings, ranks, scores, sweep, tornado, worlds};
use crate::analysis::{Difference, Rankings, ScenarioChange, Summary};
use crate::model::Subject;
use crate::report::wording::changed::Changed;
use crate::report::wording::{comparison, findings};
use crate::sampler::Run;

/// The ordering matrix as a heatmap: the first group by the second, or all areas by all.
#[must_use]
pub fn matrix_svg<'a>(scenario: impl Into<Subject<'a>>, summary: &Summary, all_pairs: bool) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let look = Look { all_pairs, form: Form::File };
    let run = (summary.run, summary.largest_mcse());
    alone(matrix::matrix(scenario, &summary.order, look, "", run), scenario, summary)
}

/// A picture of a summary as a file, which nothing stands beside that says that it is partial.
fn alone(picture: Picture, scenario: &Subject<'_>, summary: &Summary) -> String {
    let picture = match &summary.partial {
        Some(partial) => picture.with_note(&format!("PARTIAL: {}.", findings::stopped(partial))),
        None => picture,
    };
    named(picture, scenario, summary.run)
}

/// A picture as a file, with what was changed before the run.
fn named(picture: Picture, scenario: &Subject<'_>, run: Run) -> String {
    match Changed::of(scenario, run) {
        Some(changed) => picture.with_note(&changed.line()).svg(),
        None => picture.svg(),
    }
}

/// The probabilities of the ranks as stacked bars.
#[must_use]
pub fn ranks_svg<'a>(scenario: impl Into<Subject<'a>>, summary: &Summary) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    alone(ranks::ranks(scenario, summary, Form::File), scenario, summary)
}

/// The overall scores as histograms with quantiles.
#[must_use]
pub fn scores_svg<'a>(scenario: impl Into<Subject<'a>>, summary: &Summary) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    alone(scores::overall(scenario, summary, Form::File), scenario, summary)
}

/// The claims by world; nothing for a scenario without worlds.
#[must_use]
pub fn worlds_svg<'a>(scenario: impl Into<Subject<'a>>, summary: &Summary) -> Option<String> {
    let scenario: &Subject<'a> = &scenario.into();
    worlds::worlds(scenario, summary, Form::File).map(|picture| alone(picture, scenario, summary))
}

/// The claims over a sweep of the numbers `varied`.
#[must_use]
pub fn sweep_svg<'a>(
    scenario: impl Into<Subject<'a>>,
    points: &[ScenarioChange],
    varied: &[String],
    run: Run,
) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    named(sweep::sweep(scenario, points, varied, run), scenario, run)
}

/// Draws what levers do to the claims that they move the most.
#[must_use]
pub fn levers_svg<'a>(scenario: impl Into<Subject<'a>>, compared: &[ScenarioChange], run: Run) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let finding = comparison::levers(scenario, compared);
    named(levers::effects(scenario, compared, run, finding), scenario, run)
}

/// Draws what the edits from one scenario to another do to the claims that they move the most.
#[must_use]
pub fn diff_svg<'a>(scenario: impl Into<Subject<'a>>, found: &Difference, run: Run) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let finding = comparison::diff(&found.total);
    named(levers::effects(scenario, &found.effects(), run, finding), scenario, run)
}

/// Draws the expected rank of each area.
#[must_use]
pub fn rankings_svg<'a>(scenario: impl Into<Subject<'a>>, found: &Rankings) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    named(rankings::rankings(scenario, found, Form::File), scenario, found.run)
}

/// Draws how far each input moves a probability.
#[must_use]
pub fn tornado_svg<'a>(scenario: impl Into<Subject<'a>>, tornado: &Tornado, run: Run) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    named(tornado::tornado(scenario, tornado, run, Form::File), scenario, run)
}
