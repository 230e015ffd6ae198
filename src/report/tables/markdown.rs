//! The Markdown report: the answer as it goes into a post.

use super::markdown_page::MarkdownPage;
use crate::analysis::{OrderSummary, Summary, WorldSummary};
use crate::model::Subject;
use crate::report::sections::{Section, Sections};
use crate::report::wording::caveat::caveat;
use crate::report::wording::changed::Changed;
use crate::report::wording::claims::{self, ClaimTable};
use crate::report::wording::dates;
use crate::report::wording::findings;
use crate::report::wording::heavy::heavy;
use crate::report::wording::methods::{asked, method};
use crate::report::wording::number::{overall, percent, percent_and_interval, stated};
use crate::report::wording::screen::{MatrixPart, assertions, how_sure, modelled, not_met, provenance};
use crate::report::wording::supplements;
use crate::report::wording::warnings::warnings;
use crate::scenario::Scenario;

/// Returns the report of a run as Markdown: the same screen as the text report, and the sections that are asked for.
#[must_use]
pub fn markdown<'a>(scenario: impl Into<Subject<'a>>, summary: &Summary, sections: &Sections) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let mut out = MarkdownPage::default();
    out.heading(1, scenario.title());
    if let Some(changed) = Changed::of(scenario, summary.run) {
        out.strong(&changed.line());
    }
    if sections.has(Section::Answer) {
        out.paragraph(&modelled(scenario, summary));
        if scenario.areas().len() > 1 {
            out.paragraph(&findings::direction(scenario));
        }
    }
    if let (Some(found), true) = (&summary.dates, sections.has(Section::Answer)) {
        for line in dates::worth_of_a_point(scenario, found) {
            out.paragraph(&line);
        }
    }
    if let Some(partial) = &summary.partial {
        out.labelled("PARTIAL:", &findings::partial(partial));
    }
    for (label, text) in not_met(summary) {
        out.labelled(label, &text);
    }
    for warning in warnings(scenario, summary) {
        out.labelled("Warning:", &warning);
    }
    let report = Report { scenario, summary, sections };
    for section in Section::OF_RUN.into_iter().filter(|section| sections.has(*section)) {
        report.section(&mut out, section, scenario);
    }
    out.line(&provenance(scenario, summary));
    out.into()
}

struct Report<'a> {
    scenario: &'a Scenario,
    summary: &'a Summary,
    sections: &'a Sections,
}

impl Report<'_> {
    fn section(&self, out: &mut MarkdownPage, section: Section, subject: &Subject<'_>) {
        let (scenario, summary) = (self.scenario, self.summary);
        match section {
            Section::Answer => {
                self.answer(out);
                self.dates(out, false);
            }
            Section::Dates => self.dates(out, true),
            Section::About => {
                if !scenario.about().is_empty() {
                    out.paragraph(scenario.about());
                }
            }
            Section::Claims => Self::claims(out, &summary.order, 2),
            Section::Ranks => self.ranks(out, &summary.order, 2),
            Section::Scores => self.scores(out),
            Section::Worlds => self.worlds(out),
            Section::Gap => {
                if let Some(text) = supplements::gap(scenario, summary) {
                    out.paragraph(&text);
                }
            }
            Section::Indices | Section::Groups | Section::Inputs => {}
            Section::Assertions => {
                for assert in &summary.asserts {
                    out.item(&format!("{}: {}", assert.text, percent(&assert.estimate)));
                }
                out.blank();
            }
            Section::Model => {
                if !self.sections.has(Section::Answer) {
                    out.paragraph(&caveat(scenario, summary));
                }
                self.model(out);
            }
            Section::Method => {
                let precise = if self.sections.has(Section::Answer) { Vec::new() } else { asked(summary) };
                for line in precise.into_iter().chain(method(summary, subject)) {
                    out.paragraph(&line);
                }
            }
        }
    }

    /// The claims without the residual and at the ends of uncertain probabilities, and correlations.
    fn model(&self, out: &mut MarkdownPage) {
        let summary = self.summary;
        let claims = || findings::displayed_claims(&summary.order.claims);
        if let Some(without) = &summary.without_residual {
            let rows = claims().map(|(index, claim)| {
                (claim.text.clone(), [&claim.estimate, &without.claims[index].estimate].map(percent).to_vec())
            });
            out.table("Claims with and without the residual", ["with", "without"].into_iter(), rows);
        }
        for chance in &summary.chances {
            let ends = chance.range.map(|end| format!("at {end:.2}"));
            let rows = claims().map(|(index, claim)| {
                (claim.text.clone(), chance.claims[index].each_ref().map(percent).to_vec())
            });
            let corner = format!("Claims at the 5% and 95% quantiles of {}", chance.address);
            out.table(&corner, ends.iter().map(String::as_str), rows);
        }
        for line in supplements::correlations(summary) {
            out.item(&line);
        }
    }

    /// The first screen.
    fn answer(&self, out: &mut MarkdownPage) {
        let (scenario, summary) = (self.scenario, self.summary);
        out.strong(&findings::answer(scenario, summary).join(" "));
        let shown = ClaimTable::of(scenario, summary, self.sections.is_all());
        for (heading, rows) in [("Your claims", &shown.own), ("Standard claims", &shown.standard)] {
            if rows.is_empty() {
                continue;
            }
            let cells =
                rows.iter().map(|row| (row.text.clone(), row.estimates.iter().map(percent).collect()));
            out.table(heading, shown.columns.iter().map(String::as_str), cells);
        }
        if shown.left_out > 0 {
            out.more(shown.left_out, "more claims: `--show claims` prints every one.");
        }
        let part = MatrixPart::of(scenario, summary, self.sections);
        if scenario.areas().len() > 1 {
            self.matrix(out, &summary.order, &part);
        }
        let sure = how_sure(summary, &shown, scenario, &part);
        let sure = sure.into_iter().chain(asked(summary)).chain([caveat(scenario, summary)]);
        for line in sure.chain(assertions(summary)) {
            out.paragraph(&line);
        }
    }

    /// Dates: those of the first screen, or at every threshold.
    fn dates(&self, out: &mut MarkdownPage, all: bool) {
        let scenario = self.scenario;
        let (Some(clock), Some(found)) = (scenario.clock(), &self.summary.dates) else { return };
        let thresholds = if all { found.thresholds.iter().collect() } else { vec![dates::shown(found)] };
        let mut tables = Vec::new();
        if !all {
            tables.extend(dates::dated_claims(found));
            tables.extend(dates::targets(found));
            tables.extend(dates::claims_by_threshold(found));
        }
        tables.extend(thresholds.iter().map(|threshold| dates::date_table(scenario, clock, threshold)));
        for table in tables {
            out.table(&table.corner, table.columns.iter().map(String::as_str), table.rows.into_iter());
        }
        for line in thresholds.iter().flat_map(|threshold| dates::leads(scenario, threshold)) {
            out.paragraph(&line);
        }
    }

    fn matrix(&self, out: &mut MarkdownPage, order: &OrderSummary, part: &MatrixPart) {
        let name = |&area: &usize| self.scenario.areas()[area].name.as_str();
        let cell = |i: usize, j: usize| {
            let text = |e| format!("{}{}", percent(e), if e.is_settled() { "" } else { "?" });
            order.before[i][j].as_ref().map_or("–".into(), text)
        };
        let row = |i: &usize| (name(i).to_owned(), part.columns.iter().map(|&j| cell(*i, j)).collect());
        out.table("P(row before column)", part.columns.iter().map(name), part.rows.iter().map(row));
        if let Some(line) = &part.left_out {
            out.paragraph(line);
        }
    }

    fn claims(out: &mut MarkdownPage, order: &OrderSummary, level: usize) {
        out.heading(level, "Claims");
        for (index, claim) in findings::displayed_claims(&order.claims) {
            let (number, text) = (percent_and_interval(&claim.estimate), claims::text(order, index));
            out.labelled_item(&number, &format!("{text}."));
        }
        out.blank();
    }

    fn ranks(&self, out: &mut MarkdownPage, order: &OrderSummary, level: usize) {
        out.heading(level, "Rank probabilities (1 = first)");
        let ranks: Vec<String> = (1..=order.ranks.len()).map(|rank| rank.to_string()).collect();
        let names = self.scenario.areas().iter().map(|area| area.name.clone());
        let rows = names.zip(&order.ranks).map(|(name, row)| (name, row.iter().map(percent).collect()));
        out.table("", ranks.iter().map(String::as_str), rows);
    }

    fn scores(&self, out: &mut MarkdownPage) {
        let (scenario, summary) = (self.scenario, self.summary);
        out.heading(2, &scenario.words().score_heading());
        let quantiles = summary.areas[0].overall.quantiles.iter();
        let quantiles: Vec<String> = quantiles.map(|(p, _)| format!("{}%", 100.0 * p)).collect();
        let headers = ["central", "mean", "sd"].into_iter().chain(quantiles.iter().map(String::as_str));
        let rows = scenario.areas().iter().zip(&summary.areas).enumerate().map(|(i, (area, drawn))| {
            (area.name.clone(), overall(Some(summary.point.overall_scores[i]), drawn))
        });
        out.table("", headers, rows);
        if let Some(text) = heavy(scenario, &summary.areas) {
            out.labelled("Warning:", &text);
        }
    }

    fn worlds(&self, out: &mut MarkdownPage) {
        let part = MatrixPart::of(self.scenario, self.summary, self.sections);
        let shown = |of: &&WorldSummary| self.sections.shows_world(self.scenario, &of.world);
        for world in self.summary.worlds.iter().filter(shown) {
            let title = world.world.title(self.scenario);
            let probability = stated(world.world.probability, 12);
            out.heading(2, &format!("World {title} (probability {probability})"));
            Self::claims(out, &world.order, 3);
            self.matrix(out, &world.order, &part);
            self.ranks(out, &world.order, 3);
        }
    }
}

/// The text with its first letter in upper case.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
