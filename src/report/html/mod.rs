//! The report as one HTML file: it reads without a network and without scripts, prints, and holds the scenario that it is of, so that the
//! program can run it again.

mod answer;
mod model;
mod page;

use super::svg::{Tornado, levers_picture, tornado_picture};
use crate::analysis::{Compared, Summary};
use crate::report::wording::changed::Changed;
use crate::report::wording::warnings::warnings;
use crate::report::wording::{caveat, findings};
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
    if let Some(changed) = Changed::of(scenario, summary.run) {
        changed.variant().into_iter().for_each(|line| opening.paragraph("", &line));
        changed.changes().into_iter().for_each(|line| opening.remark("CHANGED:", &line));
    }
    if let Some(partial) = &summary.partial {
        opening.remark("PARTIAL:", &findings::partial(partial));
    }
    opening.paragraph("answer", &findings::answer(scenario, summary).join(" "));
    if !scenario.about().is_empty() {
        opening.remark("What the author says of it:", scenario.about());
    }
    opening.remark("Mind:", &crate::report::tables::markdown::sentence(&caveat::caveat(scenario, summary)));
    for warning in warnings(scenario, summary) {
        opening.remark("Warning:", &crate::report::tables::markdown::sentence(&warning));
    }

    let mut page = Page::default();
    answer::answer(&mut page, scenario, summary);
    drivers(&mut page, scenario, beside);
    answer::by_world(&mut page, scenario, summary);
    model::model(&mut page, scenario, summary);
    page.verbatim(SCENARIO, "The scenario that was run, as a file", &scenario.to_ron());
    page.html(scenario.title(), &opening)
}

/// The element that holds how the page was made.
const MADE: &str = "made";

/// The part of a page that says how it was made, for programs.
pub(super) fn made_element(made: &str) -> String {
    let mut page = Page::default();
    page.verbatim(MADE, "How this page was made, for headstart verify", made);
    page.body()
}

/// What [`made_element`] was made of, in a page.
pub(super) fn made_of_page(page: &str) -> Option<String> {
    page::read_verbatim(page, MADE)
}

/// The lines of a page with their numbers, but for those on how it was made and on how much there is of it; and whether it is partial.
pub(super) fn page_lines(page: &str) -> (Vec<(usize, &str)>, bool) {
    let made = page.find(&format!("<pre id=\"{MADE}\">")).unwrap_or(page.len());
    let end = page[made..].find("</pre>").map_or(page.len(), |n| made + n);
    let is_partial = page.contains(PARTIAL);
    let is_kept = |at: usize, line: &str| {
        let names_version = line.starts_with("<meta name=\"generator\"") || line.starts_with(PROGRAM);
        !names_version
            && !line.contains(PARTIAL)
            && !(made..end).contains(&at)
            && !line.contains("<pre id=\"made\">")
    };
    let (mut lines, mut at, mut n) = (Vec::new(), 0, 0);
    for line in page.split_inclusive('\n') {
        // Numbered without what is left out, so that the lines of two pages stand beside each other.
        if is_kept(at, line) {
            n += 1;
            lines.push((n, line.trim_end()));
        }
        at += line.len();
    }
    (lines, is_partial)
}

const PARTIAL: &str = "<strong>PARTIAL:</strong>";
const PROGRAM: &str = "<tr><th scope=\"row\">Program</th>";

/// The scenario in a report, as RON, if the text is a report that has one: a page or JSON that this program wrote.
#[must_use]
pub fn embedded(report: &str) -> Option<String> {
    let text = report.trim_start();
    if text.starts_with('{') {
        return crate::report::json::report::scenario_of(text);
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
        answer::levers(page, scenario, compared, *run);
    }
}
