//! The text report of a run: the first screen, and the sections that are asked for.

use super::beside::{correlations, gap, ranges, residual};
use super::dates::{write_all_dates, write_dates, write_worth};
use super::first_screen::{first_screen, write_next};
use super::grid::{TextTable, paragraph};
use super::heat::heatmap;
use super::page::TextPage;
use super::ties::write_ties;
use super::{Style, heading, title};
use crate::analysis::{AreaSummary, Estimate, OrderSummary, Summary, Verdict};
use crate::model::Subject;
use crate::report::sections::{Section, Sections};
use crate::report::wording::caveat::caveat;
use crate::report::wording::changed::Changed;
use crate::report::wording::heavy::heavy;
use crate::report::wording::methods::{asked, method};
use crate::report::wording::number::{LEAST_TIE, overall, percent, percent_and_interval, stated};
use crate::report::wording::screen::{MatrixPart, modelled, not_met, provenance};
use crate::report::wording::supplements::WORLDS_SHOWN;
use crate::report::wording::warnings::warnings;
use crate::report::wording::{claims, findings, number};
use crate::scenario::Scenario;

/// Returns the report of a run: its title, what was changed and what is amiss, then the sections.
///
/// ```
/// use headstart::report::{Section, Sections, Style, run_text};
/// use headstart::{Control, Scenario, analysis::summarize, sampler::Run};
///
/// let text = std::fs::read_to_string("scenarios/wheat.ron")?;
/// let scenario = Scenario::from_ron("wheat.ron", &text)?;
/// let summary = summarize(&scenario, Run { draws: 10_000, ..Run::default() }, Control::none());
/// let ranks = run_text(&scenario, &summary, &Sections::of(&[Section::Ranks]), Style::plain(80));
/// assert!(ranks.contains("Rank probabilities"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn run_text<'a>(
    scenario: impl Into<Subject<'a>>,
    summary: &Summary,
    sections: &Sections,
    style: Style,
) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let mut out = TextPage::default();
    let changed = Changed::of(scenario, summary.run);
    title(&mut out, scenario, changed.as_ref(), style);
    if sections.has(Section::Answer) {
        paragraph(&mut out, style, "", &modelled(scenario, summary));
        if scenario.areas().len() > 1 {
            paragraph(&mut out, style, "", &findings::direction(scenario));
        }
    }
    amiss(&mut out, scenario, summary, style);
    if let (Some(dates), true) = (&summary.dates, sections.has(Section::Answer)) {
        write_worth(&mut out, scenario, dates, style);
    }
    let view = View { scenario, summary, style, sections };
    for section in Section::OF_RUN.into_iter().filter(|section| sections.has(*section)) {
        view.section(&mut out, section, scenario);
    }
    if let Some(source) = sections.next() {
        write_next(&mut out, scenario, summary, source);
    }
    out.blank();
    paragraph(&mut out, style, "", &provenance(scenario, summary));
    out.into()
}

/// Writes what a reader has to know before the numbers: a partial run, assertions that are not met, warnings.
fn amiss(out: &mut TextPage, scenario: &Scenario, summary: &Summary, style: Style) {
    if scenario.clock().is_some() && summary.dates.is_none() {
        paragraph(out, style, "PARTIAL: ", NO_DATES);
    }
    if let Some(partial) = &summary.partial {
        paragraph(out, style, "PARTIAL: ", &findings::partial(partial));
    }
    for (label, text) in not_met(summary) {
        paragraph(out, style, label, &text);
    }
    for warning in warnings(scenario, summary) {
        paragraph(out, style, "Warning: ", &warning);
    }
}

/// The view of every answer, the one over all worlds and those in each.
struct View<'a> {
    scenario: &'a Scenario,
    summary: &'a Summary,
    style: Style,
    sections: &'a Sections,
}

impl View<'_> {
    fn section(&self, out: &mut TextPage, section: Section, subject: &Subject<'_>) {
        let Self { scenario, summary, style, sections } = *self;
        match section {
            Section::Answer => {
                first_screen(out, scenario, summary, sections, style);
                if let (Some(clock), Some(dates)) = (scenario.clock(), &summary.dates) {
                    write_dates(out, (scenario, clock), dates, style);
                }
            }
            Section::Dates => {
                if let (Some(clock), Some(dates)) = (scenario.clock(), &summary.dates) {
                    write_all_dates(out, (scenario, clock), dates, style);
                }
            }
            Section::About => {
                if !scenario.about().is_empty() {
                    heading(out, "About");
                    paragraph(out, style, "", scenario.about());
                }
            }
            Section::Claims => self.claims(out, "", &summary.order),
            Section::Ranks => self.ranks(out, "", &summary.order),
            Section::Scores => {
                self.overall_scores(out, "", Some(&summary.point.overall_scores), &summary.areas);
            }
            Section::Worlds => self.worlds(out),
            Section::Gap => gap(out, scenario, summary, style),
            Section::Assertions => self.assertions(out),
            Section::Model => {
                if !sections.has(Section::Answer) {
                    heading(out, "Assumptions");
                    paragraph(out, style, "", &caveat(scenario, summary));
                }
                residual(out, scenario, summary, style);
                ranges(out, summary, style);
                correlations(out, summary, style);
            }
            Section::Method => {
                let precise = if sections.has(Section::Answer) { Vec::new() } else { asked(summary) };
                heading(out, "Method");
                for line in precise.into_iter().chain(method(summary, subject)) {
                    paragraph(out, style, "", &line);
                }
            }
            Section::Indices | Section::Groups | Section::Inputs => {}
        }
    }

    fn names(&self) -> Vec<&str> {
        self.scenario.areas().iter().map(|area| area.name.as_str()).collect()
    }

    fn worlds(&self, out: &mut TextPage) {
        let (scenario, summary) = (self.scenario, self.summary);
        if let Some(finding) = findings::worlds(scenario, summary) {
            out.blank();
            paragraph(out, self.style, "", &format!("{finding}."));
        }
        let shown = || summary.worlds.iter().filter(|of| self.sections.shows_world(scenario, &of.world));
        let n = shown().count();
        if n > WORLDS_SHOWN {
            let text = format!(
                "{n} worlds are too many to show; use --show worlds=NAME=OUTCOME for some, or --format json."
            );
            paragraph(out, self.style, "", &text);
            return;
        }
        for world in shown() {
            let name = world.world.title(scenario);
            heading(out, &format!("World {name} (probability {})", stated(world.world.probability, 12)));
            let place = format!(" if {name}");
            self.claims(out, &place, &world.order);
            heading(out, &format!("P(row before column){place}"));
            self.matrix(out, &world.order);
            self.ranks(out, &place, &world.order);
            self.overall_scores(out, &place, None, &world.areas);
        }
    }

    fn ranks(&self, out: &mut TextPage, place: &str, order: &OrderSummary) {
        heading(out, &format!("Rank probabilities{place} (1 = first)"));
        let mut ranks = TextTable::new("", (1..=order.ranks.len()).map(|rank| rank.to_string()));
        for (name, row) in self.names().iter().zip(&order.ranks) {
            ranks.row(name, row.iter().map(percent));
        }
        ranks.write(out, self.style);
        if order.ranks.iter().flatten().any(Estimate::is_left) {
            out.line(LEFT);
        }
    }

    fn claims(&self, out: &mut TextPage, place: &str, order: &OrderSummary) {
        if order.claims.is_empty() {
            return;
        }
        heading(out, &format!("Claims{place}"));
        let integrated = order.claims.iter().any(|claim| claim.estimate.is_integrated());
        let any_left = order.claims.iter().any(|claim| claim.estimate.is_left());
        let of = if integrated { "integration error" } else { "sampling error" };
        let together = if self.summary.simultaneous { ", all of them together" } else { "" };
        let sampled = if any_left { " ~ Sampled." } else { "" };
        let text = format!("Probability (95% interval, {of} only{together}).{sampled}");
        paragraph(out, self.style, "", &text);
        out.blank();
        let lines: Vec<(String, String)> = findings::displayed_claims(&order.claims)
            .map(|(index, claim)| {
                (percent_and_interval(&claim.estimate), format!("{}.", claims::text(order, index)))
            })
            .collect();
        let width = lines.iter().map(|(number, _)| number.len()).max().unwrap_or(0);
        for (number, text) in lines {
            paragraph(out, self.style, &format!("  {number:>width$}  "), &text);
        }
        for pairs in order.pairs.iter().filter(|pairs| pairs.of > 1) {
            let name = &self.scenario.groups()[pairs.a].name;
            let area = &self.scenario.words().area;
            let expected = number::expected(&pairs.number(), (0.0, pairs.of as f64));
            let any_tie = order.tie.iter().flatten().flatten().any(|&tie| tie >= LEAST_TIE);
            let ties = if any_tie { ", a tied pair counting half" } else { "" };
            let against = match self.scenario.groups().len() {
                2 => String::new(),
                _ => format!(" with {}", self.scenario.groups()[pairs.b].name),
            };
            let text = format!(
                "Of the {} pairs{against}, the {name} {area} comes first in {expected} on average{ties}.",
                pairs.of
            );
            paragraph(out, self.style, "  ", &text);
        }
    }

    /// The matrix and its ties.
    fn matrix(&self, out: &mut TextPage, order: &OrderSummary) {
        let names = self.names();
        let MatrixPart { rows, columns, left_out } =
            MatrixPart::of(self.scenario, self.summary, self.sections);
        heatmap(out, self.style, &names, (&rows, &columns), ("", &order.before));
        if let Some(line) = left_out {
            paragraph(out, self.style, "", &line);
        }
        let shown = || rows.iter().flat_map(|&i| columns.iter().map(move |&j| (i, j)));
        if shown().any(|(i, j)| order.before[i][j].is_some_and(|e| e.is_left())) {
            out.line(LEFT);
        }
        write_ties(out, (self.scenario, self.summary, order), (&rows, &columns), self.style);
    }

    /// The table of overall scores; central values are there for that over all worlds.
    fn overall_scores(
        &self,
        out: &mut TextPage,
        place: &str,
        central: Option<&[f64]>,
        areas: &[AreaSummary],
    ) {
        heading(out, &format!("{}{place}", self.scenario.words().score_heading()));
        let headers =
            central.map(|_| "central").into_iter().chain(["mean", "sd", "5%", "25%", "50%", "75%", "95%"]);
        let mut table = TextTable::new("", headers);
        for (i, (name, drawn)) in self.names().iter().zip(areas).enumerate() {
            table.row(name, overall(central.map(|central| central[i]), drawn));
        }
        table.write(out, self.style);
        if let Some(text) = heavy(self.scenario, areas) {
            paragraph(out, self.style, "Warning: ", &text);
        }
    }

    fn assertions(&self, out: &mut TextPage) {
        if self.summary.asserts.is_empty() {
            return;
        }
        heading(out, "Assertions");
        for assert in &self.summary.asserts {
            let verdict = match assert.verdict {
                Verdict::Holds => "met",
                Verdict::Fails => "FAILED",
                Verdict::Unsettled => "undecided: too few draws",
            };
            let text = format!("{}: {}, {verdict}", assert.text, percent(&assert.estimate));
            paragraph(out, self.style, "", &text);
        }
    }
}

/// Note of a report of a scenario with a clock where nobody drew its dates.
const NO_DATES: &str = "the report has no dates, because the run stopped before it drew them; run it again.";

/// The meaning of a mark of numbers.
const LEFT: &str = "~ Sampled; all other values are integrated.";
