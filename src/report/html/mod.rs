//! The report as one HTML file: it reads without a network and without scripts, prints, and holds the scenario that it is of, so that the
//! program can run it again.

mod answer;
mod model;
mod page;

use super::svg::{Tornado, levers_picture, tornado_picture};
use super::{caveat, words};
use crate::analysis::{Compared, Summary};
use crate::sampler::Run;
use crate::scenario::Scenario;
use page::Page;

/// What stands beside the answer where somebody has worked it out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beside {
    /// What each lever does, and how that was drawn.
    pub levers: Option<(Vec<Compared>, Run)>,
    /// What drives probabilities, and how that was drawn.
    pub tornadoes: Vec<(Tornado, Run)>,
}

/// The element that holds the scenario.
const SCENARIO: &str = "scenario";

/// The report of a run as a page.
#[must_use]
pub fn html(scenario: &Scenario, summary: &Summary, beside: &Beside) -> String {
    let mut opening = Page::default();
    if let Some(partial) = &summary.partial {
        opening.remark("PARTIAL:", &words::partial(partial));
    }
    opening.paragraph("answer", &words::answer(scenario, summary).join(" "));
    if !scenario.about().is_empty() {
        opening.remark("What the author says of it:", scenario.about());
    }
    opening.remark("Mind:", &super::markdown::sentence(&caveat::caveat(scenario, summary)));

    let mut page = Page::default();
    answer::answer(&mut page, scenario, summary);
    drivers(&mut page, scenario, beside);
    answer::by_world(&mut page, scenario, summary);
    model::model(&mut page, scenario, summary);
    page.verbatim(SCENARIO, "The scenario that was run, as a file", &scenario.to_ron());
    page.html(scenario.title(), &opening)
}

/// The scenario in a report, as RON, if the text is a report that has one: a page or JSON that this program wrote.
#[must_use]
pub fn embedded(report: &str) -> Option<String> {
    let text = report.trim_start();
    if text.starts_with('{') {
        return super::json::scenario_of(text);
    }
    text.get(..9)?.eq_ignore_ascii_case("<!doctype").then(|| page::read_verbatim(text, SCENARIO))?
}

fn drivers(page: &mut Page, scenario: &Scenario, beside: &Beside) {
    if !beside.tornadoes.is_empty() {
        page.section("drivers", "What drives it");
        for (tornado, run) in &beside.tornadoes {
            page.picture(tornado_picture(scenario, tornado, *run));
        }
    }
    if let Some((compared, run)) = &beside.levers {
        page.section("levers", "What levers do");
        page.picture(levers_picture(scenario, compared, *run));
        answer::levers(page, compared, *run);
    }
}
