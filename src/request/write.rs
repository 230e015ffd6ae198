//! An answer as a text, in every format that there is of its question.

use crate::analysis::{Detail, Summary, compare_all, lever_scenarios, sensitivity};
use crate::control::Control;
use crate::report::{
    PageExtras, Style, Tornado, central_csv, central_json, central_text, closest_pair, compared_csv, csv,
    diff_json, diff_text, explain_json, explain_text, html, json, levers_json, levers_text, markdown,
    rankings_csv, rankings_json, rankings_text, run_text, sensitivity_csv, sensitivity_json,
    sensitivity_text, sweep_text, write_compared_csv, write_compared_json,
};
use crate::request::answer::{Answer, Found, Swept};
use crate::sampler::Run;
use std::io::{Error, ErrorKind, Result, Write};

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
}

/// Parts of an answer that are shown, where a format does not show all.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct View {
    /// The look of texts.
    pub style: Style,
    /// True if the matrix is of all areas by all, and not of the first group by the second.
    pub all_pairs: bool,
    /// Number of inputs that are shown.
    pub top: usize,
}

impl View {
    /// Shows pairs of the first group by the second, and no inputs, in a style.
    #[must_use]
    pub fn new(style: Style) -> Self {
        Self { style, all_pairs: false, top: 0 }
    }
}

/// Levers of a page are pulled on no more draws than these, to keep it as quick as the run itself.
const LEVER_DRAWS: u64 = 100_000;

impl Answer {
    /// Writes the answer.
    ///
    /// # Errors
    /// What `out` refuses, and that there is no such format of the question.
    pub fn write(&self, out: &mut dyn Write, format: Format, view: &View) -> Result<()> {
        if let Found::Sweep(swept) = &self.found {
            return self.write_sweep(out, swept, format, view);
        }
        match self.text(format, view) {
            Some(text) => out.write_all(text.as_bytes()),
            None => Err(Error::new(ErrorKind::Unsupported, "this answer cannot be written in that format")),
        }
    }

    fn write_sweep(&self, out: &mut dyn Write, swept: &Swept, format: Format, view: &View) -> Result<()> {
        let (about, points) = ((&self.scenario, self.run), (&swept.points[..], swept.partial));
        match format {
            Format::Text => out.write_all(sweep_text(about, points, &swept.varied, view.style).as_bytes()),
            Format::Json => {
                write_compared_json(out, (&self.scenario, self.run, &swept.varied), points, &self.made)
            }
            Format::Csv => write_compared_csv(out, about, &swept.varied, points),
            Format::Markdown | Format::Html => {
                Err(Error::new(ErrorKind::Unsupported, "a sweep cannot be written in that format"))
            }
        }
    }

    /// The text of what is not written piece by piece; nothing in a format that there is none in.
    fn text(&self, format: Format, view: &View) -> Option<String> {
        let Self { scenario, run, .. } = self;
        let (about, style) = ((scenario, *run), view.style);
        Some(match (&self.found, format) {
            (Found::Run(summary), _) => self.run_text(summary, format, view),
            (Found::Sensitivity(found), Format::Text) => {
                sensitivity_text(scenario, found, *run, view.top, style)
            }
            (Found::Sensitivity(found), Format::Json) => self.stamp(&sensitivity_json(scenario, found, *run)),
            (Found::Sensitivity(found), Format::Csv) => sensitivity_csv(about, found),
            (Found::CentralWeights(found), Format::Text) => central_text(about, found, style),
            (Found::CentralWeights(found), Format::Json) => self.stamp(&central_json(scenario, found, *run)),
            (Found::CentralWeights(found), Format::Csv) => central_csv(about, found),
            (Found::Explain(found), Format::Text) => explain_text(scenario, found, *run, style),
            (Found::Explain(found), Format::Json) => self.stamp(&explain_json(scenario, found, *run)),
            (Found::Rankings(found), Format::Text) => rankings_text(scenario, found, style),
            (Found::Rankings(found), Format::Json) => self.stamp(&rankings_json(scenario, found)),
            (Found::Rankings(found), Format::Csv) => rankings_csv(scenario, found),
            (Found::Levers { compared, worth }, Format::Text) => levers_text(about, compared, worth, style),
            (Found::Levers { compared, worth }, Format::Json) => {
                self.stamp(&levers_json(scenario, *run, compared, worth))
            }
            (Found::Levers { compared, .. }, Format::Csv) => compared_csv(about, &[], (compared, None)),
            (Found::Diff(found), Format::Text) => diff_text(about, found, style),
            (Found::Diff(found), Format::Json) => self.stamp(&diff_json(scenario, *run, found)),
            (Found::Diff(found), Format::Csv) => compared_csv(about, &[], (&found.effects(), None)),
            _ => return None,
        })
    }

    fn stamp(&self, report: &str) -> String {
        self.made.clone().stamp_json(report)
    }

    fn run_text(&self, summary: &Summary, format: Format, view: &View) -> String {
        let scenario = &self.scenario;
        match format {
            Format::Text => run_text(scenario, summary, view.all_pairs, view.style),
            Format::Json => self.stamp(&json(scenario, summary)),
            Format::Csv => csv(scenario, summary),
            Format::Markdown => markdown(scenario, summary),
            Format::Html => self.made.clone().stamp_page(&html(scenario, summary, &self.beside(summary))),
        }
    }

    /// Collects what a page shows beside the answer. Levers that change the claims themselves, as one that moves an area to another group
    /// does, cannot be compared and are left out.
    fn beside(&self, summary: &Summary) -> PageExtras {
        let run = Run { draws: summary.run.draws.min(LEVER_DRAWS), ..summary.run };
        let changed = lever_scenarios(&self.scenario).unwrap_or_default();
        let compared = compare_all(&self.scenario, changed, run, Control::none()).unwrap_or_default();
        let levers = (!compared.is_empty()).then_some((compared, run));
        let tornado = self.tornado(summary, run).map(|tornado| (tornado, run));
        PageExtras { levers, tornadoes: tornado.into_iter().collect() }
    }

    /// Finds the drivers of the closest call.
    fn tornado(&self, summary: &Summary, run: Run) -> Option<Tornado> {
        let areas = self.scenario.areas();
        let (i, j) = closest_pair(&self.scenario, &summary.order)?;
        let claim = self.scenario.proposition(&format!("{} before {}", areas[i].id, areas[j].id)).ok()?;
        let found = sensitivity(&self.scenario, &[claim], run, Detail::Full, Control::none()).ok()?.pop()?;
        let tornado = Tornado::of(&self.scenario, &found);
        (!tornado.bars.is_empty()).then_some(tornado)
    }
}
