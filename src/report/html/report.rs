//! The report of a run as a page.

use super::page::Page;
use super::{answer, comparison, model, opening};
use crate::analysis::{ScenarioChange, Summary};
use crate::model::Subject;
use crate::report::svg::{Tornado, tornado_column};
use crate::report::tables::markdown::sentence;
use crate::report::wording::screen::modelled;
use crate::report::wording::warnings::warnings;
use crate::report::wording::{caveat, findings};
use crate::sampler::Run;
use crate::scenario::Scenario;

/// Parts beside the answer, where somebody has worked them out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageExtras {
    /// Effect of each lever, and how that was drawn.
    pub levers: Option<(Vec<ScenarioChange>, Run)>,
    /// Inputs that drive probabilities, and how that was drawn.
    pub tornadoes: Vec<(Tornado, Run)>,
    /// Notes on what of it could not be worked out, as sentences.
    pub notes: Vec<String>,
}

impl PageExtras {
    /// Returns them with what a page does not show of a scenario.
    #[must_use]
    pub fn about(mut self, scenario: &Scenario) -> Self {
        if scenario.clock().is_some() {
            let note = "This page shows no dates and none of the claims about them; headstart run --format text or json does.";
            self.notes.push(note.to_owned());
        }
        self
    }
}

/// The report of a run as a page.
#[must_use]
pub fn html<'a>(scenario: impl Into<Subject<'a>>, summary: &Summary, beside: &PageExtras) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let mut opening = opening::opening(scenario, summary.run, summary.partial.as_ref());
    let own = findings::first_claim(scenario, summary).map(|claim| format!("{claim}."));
    let worlds = findings::worlds(scenario, summary).map(|finding| format!("{finding}."));
    let sentences = own.into_iter().chain(findings::answer(scenario, summary)).chain(worlds);
    opening.paragraph("answer", &sentences.collect::<Vec<_>>().join(" "));
    opening.paragraph("", &format!("{}.", modelled(scenario, summary)));
    if scenario.areas().len() > 1 {
        opening.paragraph("", &findings::direction(scenario));
    }
    if !scenario.about().is_empty() {
        opening.remark("From the author:", scenario.about());
    }
    opening.paragraph("", &caveat::caveat(scenario, summary));
    for warning in warnings(scenario, summary) {
        opening.remark("Warning:", &sentence(&warning));
    }

    let mut page = Page::default();
    answer::answer(&mut page, scenario, summary);
    drivers(&mut page, scenario, beside);
    answer::asserts(&mut page, summary);
    if let Some((compared, run)) = &beside.levers {
        page.wide_section("levers", "What levers do");
        comparison::pictures(&mut page, compared);
        comparison::lever_table(&mut page, scenario, compared, *run);
    }
    answer::by_world(&mut page, scenario, summary);
    model::model(&mut page, scenario, summary);
    opening::closing(&mut page, scenario);
    page.html(scenario.title(), &opening)
}

fn drivers(page: &mut Page, scenario: &Scenario, beside: &PageExtras) {
    if beside.tornadoes.is_empty() && beside.notes.is_empty() {
        return;
    }
    let title = match &beside.tornadoes[..] {
        [] => "What drives it".to_owned(),
        [(tornado, _), ..] => format!("What drives “{}”", tornado.about),
    };
    page.section_as("drivers", &title, "What drives it");
    for (tornado, run) in &beside.tornadoes {
        page.picture(tornado_column(scenario, tornado, *run));
    }
    for note in &beside.notes {
        page.remark("Note:", note);
    }
}
