//! The text report of a run.

use super::beside::{WORLDS_SHOWN, beside};
use super::grid::{TextTable, paragraph};
use super::heat::heatmap;
use super::methods::methods;
use super::{Style, heading, title};
use crate::analysis::{AreaSummary, Estimate, Method, OrderSummary, Summary};
use crate::model::{Model, Subject};
use crate::report::wording::caveat::caveat;
use crate::report::wording::changed::Changed;
use crate::report::wording::heavy::heavy;
use crate::report::wording::number::{
    LEAST_TIE, at_most, overall, percent, percent_and_interval, stated, thousands, with_error,
};
use crate::report::wording::selection::matrix_rows_and_columns;
use crate::report::wording::warnings::warnings;
use crate::report::wording::{findings, number};
use crate::sampler::Arithmetic;
use crate::scenario::Scenario;

/// The report of a run: what is claimed, who is before whom, ranks, overall scores, and the same by world.
#[must_use]
pub fn run_text<'a>(
    scenario: impl Into<Subject<'a>>,
    summary: &Summary,
    all_pairs: bool,
    style: Style,
) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let mut out = String::new();
    let changed = Changed::of(scenario, summary.run);
    title(&mut out, scenario, changed.as_ref(), style);
    if !scenario.about().is_empty() {
        paragraph(&mut out, style, "", scenario.about());
    }
    if let Some(partial) = &summary.partial {
        paragraph(&mut out, style, "PARTIAL: ", &findings::partial(partial));
    }
    paragraph(&mut out, style, "Answer: ", &findings::answer(scenario, summary).join(" "));
    paragraph(&mut out, style, "Caveat: ", &caveat(scenario, summary));
    for warning in warnings(scenario, summary) {
        paragraph(&mut out, style, "Warning: ", &warning);
    }
    let (selection, together) = (matrix_rows_and_columns(scenario, all_pairs), summary.simultaneous);
    let view = View { scenario, summary, style, selection, together };
    view.order(&mut out, "", &summary.order);
    view.overall_scores(&mut out, "", Some(&summary.point.overall_scores), &summary.areas);
    beside(&mut out, scenario, summary, style);
    methods(&mut out, summary, style);
    if summary.worlds.len() > WORLDS_SHOWN {
        let n = summary.worlds.len();
        let text = format!("{n} joint worlds are too many to show here; the JSON report has them all.");
        out.push('\n');
        paragraph(&mut out, style, "", &text);
    } else {
        for world in &summary.worlds {
            let name = world.world.title(scenario);
            heading(
                &mut out,
                &format!("In the world {name} (probability {})", stated(world.world.probability, 12)),
            );
            view.order(&mut out, &format!(" where {name}"), &world.order);
            view.overall_scores(&mut out, &format!(" where {name}"), None, &world.areas);
        }
    }
    manifest(&mut out, (scenario, scenario.model()), summary, style);
    out
}

/// The view of every answer, the one over all worlds and those in each.
struct View<'a> {
    scenario: &'a Scenario,
    summary: &'a Summary,
    style: Style,
    /// Rows and columns of the matrix.
    selection: (Vec<usize>, Vec<usize>),
    /// True if the intervals hold together.
    together: bool,
}

impl View<'_> {
    fn names(&self) -> Vec<&str> {
        self.scenario.areas().iter().map(|area| area.name.as_str()).collect()
    }

    /// Claims, matrix and ranks; `place` ends their headings.
    fn order(&self, out: &mut String, place: &str, order: &OrderSummary) {
        if !order.claims.is_empty() {
            heading(out, &format!("Claims{place}"));
            self.claims(out, order);
        }
        heading(out, &format!("P(row before column){place}"));
        self.matrix(out, order);
        heading(out, &format!("P(rank){place}, 1 is first"));
        let mut ranks = TextTable::new("", (1..=order.ranks.len()).map(|rank| rank.to_string()));
        for (name, row) in self.names().iter().zip(&order.ranks) {
            ranks.row(name, row.iter().map(percent));
        }
        ranks.write(out, self.style);
        if order.ranks.iter().flatten().any(|estimate| estimate.is_left()) {
            out.push_str(LEFT);
        }
    }

    fn claims(&self, out: &mut String, order: &OrderSummary) {
        let integrated = order.claims.iter().any(|claim| claim.estimate.is_integrated());
        let any_left = order.claims.iter().any(|claim| claim.estimate.is_left());
        let of = if integrated { "errors of integration" } else { "sampling error" };
        let together = if self.together { ", all of them together" } else { "" };
        let sampled = if any_left { " What is marked ~ was sampled." } else { "" };
        let text =
            format!("Probability, and in brackets its 95% interval for {of} alone{together}.{sampled}");
        paragraph(out, self.style, "", &text);
        out.push('\n');
        let lines: Vec<(String, String)> = order
            .claims
            .iter()
            .filter(|claim| !claim.redundant)
            .map(|claim| {
                let tie = if claim.tie >= LEAST_TIE {
                    format!(" (a tie in {:.2}%)", 100.0 * claim.tie)
                } else {
                    String::new()
                };
                (percent_and_interval(&claim.estimate), format!("{}{tie}.", claim.text))
            })
            .collect();
        let width = lines.iter().map(|(number, _)| number.len()).max().unwrap_or(0);
        for (number, text) in lines {
            paragraph(out, self.style, &format!("  {number:>width$}  "), &text);
        }
        for pairs in order.pairs.iter().filter(|pairs| pairs.of > 1) {
            let groups = self.scenario.groups();
            let (a, b) = (&groups[pairs.a].name, &groups[pairs.b].name);
            let expected = number::expected(&pairs.number(), (0.0, pairs.of as f64));
            let any_tie = order.tie.iter().flatten().flatten().any(|&tie| tie >= LEAST_TIE);
            let ties = if any_tie { ", a tied pair counting half" } else { "" };
            let text =
                format!("Of the {} pairs, {a} comes before {b} in {expected} on average{ties}.", pairs.of);
            paragraph(out, self.style, "  ", &text);
        }
    }

    fn matrix(&self, out: &mut String, order: &OrderSummary) {
        let (names, (rows, columns)) = (self.names(), &self.selection);
        heatmap(out, self.style, &names, (rows, columns), &order.before);
        let shown = || rows.iter().flat_map(|&i| columns.iter().map(move |&j| (i, j)));
        if shown().any(|(i, j)| order.before[i][j].as_ref().is_some_and(|e| !e.is_settled())) {
            out.push_str("? The interval holds 50%: which of the two comes first is not settled.\n");
        }
        if shown().any(|(i, j)| order.before[i][j].is_some_and(|e| e.is_left())) {
            out.push_str(LEFT);
        }
        let ties =
            shown().filter_map(|(i, j)| Some((i, j, order.tie[i][j].filter(|&tie| tie >= LEAST_TIE)?)));
        for (i, j, tie) in ties.filter(|(i, j, _)| i < j || rows != columns) {
            let (one, other, share) = (names[i], names[j], 100.0 * tie);
            let text = match &self.summary.undecided {
                Some(undecided) if undecided.is_untied(i, j, names.len()) => format!(
                    "{one} and {other} are too close for {} precision to tell apart in {share:.2}% of the draws: \
                     the interval covers both orders.",
                    self.summary.run.arithmetic
                ),
                _ => format!("{one} and {other} tie in {share:.2}%."),
            };
            paragraph(out, self.style, "", &text);
        }
    }

    /// The table of overall scores; points are there for that over all worlds.
    fn overall_scores(&self, out: &mut String, place: &str, points: Option<&[f64]>, areas: &[AreaSummary]) {
        heading(out, &format!("Overall score{place}"));
        let headers =
            points.map(|_| "central").into_iter().chain(["mean", "sd", "5%", "25%", "50%", "75%", "95%"]);
        let mut table = TextTable::new("", headers);
        for (i, (name, drawn)) in self.names().iter().zip(areas).enumerate() {
            table.row(name, overall(points.map(|points| points[i]), drawn));
        }
        table.write(out, self.style);
        if let Some(text) = heavy(self.scenario, areas) {
            paragraph(out, self.style, "Warning: ", &text);
        }
    }
}

/// The meaning of a mark of numbers.
const LEFT: &str = "~ Sampled, where others are integrated.\n";

fn manifest(out: &mut String, (scenario, model): (&Scenario, &Model), summary: &Summary, style: Style) {
    let run = summary.run;
    let (method, mcse) = match &summary.method {
        Method::Sample => {
            let moves = match run.arithmetic {
                Arithmetic::Single => {
                    let most = at_most(100.0 * model.single_moves());
                    format!(", which moves the probability of no pair by more than {most}%")
                }
                _ => String::new(),
            };
            (format!("plain sampling in {} precision{moves}", run.arithmetic), summary.largest_mcse())
        }
        Method::Exact(exact) => {
            let over = match exact.dimensions {
                0 => "integrated".to_owned(),
                n => format!(
                    "integrated over {} x {} points of {n} shared numbers",
                    exact.replicates, exact.points
                ),
            };
            (
                format!("{over}, off by less than {:.0e} besides", exact.bound),
                summary.largest_mcse_of(Estimate::is_integrated),
            )
        }
    };
    let text = format!(
        "headstart {} · scenario {} · seed {} · {} draws of {} inputs · {method} · largest MCSE {}%",
        env!("CARGO_PKG_VERSION"),
        &scenario.hash()[..12],
        run.seed,
        thousands(run.draws),
        summary.n_inputs,
        with_error(100.0 * mcse, if mcse > 0.0 { (10.0 * mcse).min(1e-4) } else { 1e-4 }),
    );
    out.push('\n');
    paragraph(out, style, "", &text);
}
