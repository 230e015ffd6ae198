//! An answer as a text, in every format that there is of its question.

use crate::analysis::Summary;
use crate::report::{
    ComparedPoints, Section, Sections, Style, central_csv, central_json, central_text, change_json,
    checked_json, checked_text, compared_csv, csv, diff_html, diff_json, diff_text, explain_json,
    explain_text, html, json, levers_html, levers_json, levers_text, markdown, rankings_csv, rankings_html,
    rankings_json, rankings_text, run_text, screen_json, sensitivity_csv, sensitivity_html, sensitivity_json,
    sensitivity_text, show_json, show_text, sweep_html, sweep_text, throughput_json, throughput_text,
    write_compared_csv, write_compared_json,
};
#[cfg(feature = "page")]
use crate::report::{live_html, published_json};
use crate::request::answer::{Answer, Found, Swept};
use crate::request::extras::Extras;
use std::io::{Error, ErrorKind, Result, Write};

/// The reason for which a page with an engine is refused.
const NO_CLOCK_ON_PAGE: &str = "an interactive page does not know the clock of a scenario yet; write --format html or json, or \
    add --edit \"drop clock\"";

/// A format of an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Format {
    /// Human-readable report.
    Text,
    /// For programs: everything.
    Json,
    /// For tools that filter and plot: one number a line.
    Csv,
    /// Markdown for a blog post or an issue.
    Markdown,
    /// For a reader: one page, with the scenario in it.
    Html,
    /// For a reader who tries other numbers: the page of a run with the engine in it.
    #[cfg(feature = "page")]
    Page,
    /// For a program that draws the first screen, as a page with the engine in it does: JSON in which each number has its text beside it.
    Screen,
}

/// Parts of an answer that are shown, where a format does not show all.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct View {
    /// The look of texts.
    pub style: Style,
    /// Sections of texts and of Markdown; JSON, CSV and pages hold everything.
    pub sections: Sections,
}

impl View {
    /// Shows the first screen, in a style.
    #[must_use]
    pub fn new(style: Style) -> Self {
        Self { style, sections: Sections::default() }
    }
}

impl Answer {
    /// Writes the answer.
    ///
    /// # Errors
    /// `out` refuses, or there is no such format of the question.
    pub fn write(&self, out: &mut dyn Write, format: Format, view: &View) -> Result<()> {
        if let Found::Sweep(swept) = &self.found {
            return self.write_sweep(out, swept, format, view);
        }
        let is_live =
            !matches!(format, Format::Text | Format::Json | Format::Csv | Format::Markdown | Format::Html);
        if is_live && self.scenario.clock().is_some() {
            return Err(Error::new(ErrorKind::Unsupported, NO_CLOCK_ON_PAGE));
        }
        view.sections.check(&self.scenario).map_err(|why| Error::new(ErrorKind::InvalidInput, why))?;
        match self.text(format, view) {
            Some(text) => out.write_all(text.as_bytes()),
            None => Err(Error::new(ErrorKind::Unsupported, "this answer cannot be written in that format")),
        }
    }

    fn write_sweep(&self, out: &mut dyn Write, swept: &Swept, format: Format, view: &View) -> Result<()> {
        let (scenario, run) = (&self.scenario, self.run);
        let compared = ComparedPoints::new(&swept.points, &swept.varied, swept.partial);
        match format {
            Format::Text => out.write_all(sweep_text(scenario, run, compared, view.style).as_bytes()),
            Format::Json => write_compared_json(out, scenario, run, compared, &self.made),
            Format::Csv => write_compared_csv(out, scenario, run, compared),
            Format::Html => {
                let page = sweep_html(scenario, run, compared);
                out.write_all(self.stamp_page(&page).as_bytes())
            }
            _ => Err(Error::new(ErrorKind::Unsupported, "a sweep cannot be written in that format")),
        }
    }

    /// The text of what is not written piece by piece; nothing in a format that there is none in.
    fn text(&self, format: Format, view: &View) -> Option<String> {
        let Self { scenario, run, .. } = self;
        let style = view.style;
        Some(match (&self.found, format) {
            (Found::Run(summary), _) => self.run_text(summary, format, view),
            (Found::Sensitivity(found), Format::Text) => {
                sensitivity_text(scenario, found, *run, &view.sections, style)
            }
            (Found::Sensitivity(found), Format::Json) => self.stamp(&sensitivity_json(scenario, found, *run)),
            (Found::Sensitivity(found), Format::Csv) => sensitivity_csv(scenario, *run, found),
            (Found::Sensitivity(found), Format::Html) => {
                self.stamp_page(&sensitivity_html(scenario, *run, found))
            }
            (Found::CentralWeights(found), Format::Text) => central_text(scenario, *run, found, style),
            (Found::CentralWeights(found), Format::Json) => self.stamp(&central_json(scenario, found, *run)),
            (Found::CentralWeights(found), Format::Csv) => central_csv(scenario, *run, found),
            (Found::Explain(found), Format::Text) => explain_text(scenario, found, *run, style),
            (Found::Explain(found), Format::Json) => self.stamp(&explain_json(scenario, found, *run)),
            (Found::Rankings(found), Format::Text) => rankings_text(scenario, found, style),
            (Found::Rankings(found), Format::Json) => self.stamp(&rankings_json(scenario, found)),
            (Found::Rankings(found), Format::Csv) => rankings_csv(scenario, found),
            (Found::Rankings(found), Format::Html) => self.stamp_page(&rankings_html(scenario, found)),
            (Found::Levers { compared, worth }, Format::Text) => {
                levers_text(scenario, *run, compared, worth, style)
            }
            (Found::Levers { compared, worth }, Format::Json) => {
                self.stamp(&levers_json(scenario, *run, compared, worth))
            }
            (Found::Levers { compared, .. }, Format::Csv) => {
                compared_csv(scenario, *run, ComparedPoints::new(compared, &[], None))
            }
            (Found::Levers { compared, worth }, Format::Html) => {
                self.stamp_page(&levers_html(scenario, *run, compared, worth))
            }
            (Found::Diff(found), Format::Text) => diff_text(scenario, *run, found, style),
            (Found::Diff(found), Format::Screen) => change_json(&found.total),
            (Found::Diff(found), Format::Json) => self.stamp(&diff_json(scenario, *run, found)),
            (Found::Check(lints), Format::Text) => checked_text(scenario, lints),
            (Found::Check(lints), Format::Json) => checked_json(scenario, scenario.model(), lints.clone()),
            (Found::Scenario(point), Format::Text) => {
                show_text(scenario, scenario.model(), point, view.sections.has(Section::Inputs), style)
            }
            (Found::Scenario(point), Format::Json) => show_json(scenario, scenario.model(), point),
            (Found::Throughput(found), Format::Text) => throughput_text(scenario, found, style),
            (Found::Throughput(found), Format::Json) => throughput_json(scenario, found),
            (Found::Diff(found), Format::Html) => self.stamp_page(&diff_html(scenario, *run, found)),
            (Found::Diff(found), Format::Csv) => {
                compared_csv(scenario, *run, ComparedPoints::new(&found.effects(), &[], None))
            }
            _ => return None,
        })
    }

    fn stamp(&self, report: &str) -> String {
        self.made.clone().stamp_json(report)
    }

    fn stamp_page(&self, page: &str) -> String {
        self.made.clone().stamp_page(page)
    }

    fn run_text(&self, summary: &Summary, format: Format, view: &View) -> String {
        let scenario = &self.scenario;
        match format {
            Format::Text => run_text(scenario, summary, &view.sections, view.style),
            Format::Json => self.stamp(&json(scenario, summary)),
            Format::Csv => csv(scenario, summary),
            Format::Markdown => markdown(scenario, summary, &view.sections),
            Format::Screen => screen_json(scenario, summary),
            #[cfg(feature = "page")]
            Format::Page => {
                live_html(&self.run_text(summary, Format::Html, view), &published_json(scenario, summary))
            }
            Format::Html => {
                let is_drawn = matches!(self.extras, Extras::Drawn(_));
                let page = html(scenario, summary, &self.extras.shown().about(scenario));
                self.made.clone().with_flag("no-drivers", !is_drawn).stamp_page(&page)
            }
        }
    }
}
