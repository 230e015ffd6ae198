//! Parts that every page begins and ends with: what was changed before the run, and the scenario itself.

use super::model::reproduce;
use super::page::Page;
use super::parts::SCENARIO;
use crate::analysis::Partial;
use crate::model::Subject;
use crate::report::wording::changed::Changed;
use crate::report::wording::findings;
use crate::sampler::Run;
use crate::scenario::Scenario;

/// Begins a page with what was changed before the run, and how much there is of it.
pub fn opening(scenario: &Subject<'_>, run: Run, partial: Option<&Partial>) -> Page {
    let mut opening = Page::default();
    if let Some(changed) = Changed::of(scenario, run) {
        changed.variant().into_iter().for_each(|line| opening.paragraph("", &line));
        changed.changes().into_iter().for_each(|line| opening.remark("CHANGED:", &line));
    }
    if let Some(partial) = partial {
        opening.remark("PARTIAL:", &findings::partial(partial));
    }
    opening
}

/// Ends a page with the scenario.
pub fn closing(page: &mut Page, scenario: &Scenario) {
    page.verbatim(SCENARIO, "The scenario that was run, as a file", &scenario.to_ron());
}

/// Ends the page of a command other than `run`, with how to make it again.
pub fn finished(mut page: Page, top: &Page, scenario: &Scenario, run: Run, command: &str) -> String {
    reproduce(&mut page, scenario, run, command);
    closing(&mut page, scenario);
    page.html(scenario.title(), top)
}
