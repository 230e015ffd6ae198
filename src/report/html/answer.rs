//! The answer on a page: claims, matrix, ranks, overall scores, overall and by world.

use super::page::{HtmlTable, Page};
use crate::analysis::{Estimate, Method, OrderSummary, Summary, Verdict};
use crate::report::svg::{Picture, matrix_column, ranks_column, scores_column, worlds_column};
use crate::report::wording::claims::{own_claims_first, text};
use crate::report::wording::heavy::heavy;
use crate::report::wording::number::{overall, percent, percent_and_interval};
use crate::report::wording::selection::matrix_rows_and_columns;
use crate::report::wording::{findings, number};
use crate::scenario::Scenario;

/// More joint worlds than these are left to the JSON report.
const WORLDS_SHOWN: usize = 4;
/// The most areas whose matrix of all by all is shown.
const MOST_AREAS: usize = 30;

/// Claims, matrix, ranks and overall scores over all worlds.
pub fn answer(page: &mut Page, scenario: &Scenario, summary: &Summary) {
    page.section("claims", "Claims");
    let mut table = HtmlTable::numbers("Claim", ["Probability (95% interval)"]);
    for index in own_claims_first(scenario, summary) {
        let estimate = &summary.order.claims[index].estimate;
        table.row(&format!("{}.", text(&summary.order, index)), [percent_and_interval(estimate)]);
    }
    let of = match summary.method {
        Method::Sample => "sampling error",
        Method::Exact(_) => "errors of integration",
    };
    page.table(&format!("Each claim and its probability; the interval is for {of} alone"), &table);
    for line in findings::sampled(summary) {
        page.paragraph("", &line);
    }
    for pairs in summary.order.pairs.iter().filter(|pairs| pairs.of > 1) {
        let [a, b] = [pairs.a, pairs.b].map(|group| scenario.groups()[group].name.as_str());
        let expected = number::expected(&pairs.number(), (0.0, pairs.of as f64));
        page.paragraph(
            "",
            &format!(
                "Of the {} pairs, {expected} on average have {a} before {b}; a tied pair counts half.",
                pairs.of
            ),
        );
    }
    page.section("matrix", "Pairwise probabilities");
    page.picture(matrix_column(scenario, summary, &summary.order, ""));
    matrix(page, scenario, &summary.order, "");
    page.section("ranks", "Ranks");
    page.picture(ranks_column(scenario, summary));
    ranks(page, scenario, &summary.order);
    page.section("overall", &scenario.words().score_heading());
    page.picture(scores_column(scenario, summary));
    let mut table = HtmlTable::numbers("Area", ["central", "mean", "sd", "5%", "25%", "50%", "75%", "95%"]);
    for (i, (area, drawn)) in scenario.areas().iter().zip(&summary.areas).enumerate() {
        table.row(&area.name, overall(Some(summary.point.overall_scores[i]), drawn));
    }
    page.folded_table(
        &format!(
            "{}: weighted mean of the scores; \"central\" uses the central values",
            scenario.words().score_heading()
        ),
        &table,
    );
    if let Some(text) = heavy(scenario, &summary.areas) {
        page.remark("Warning:", &text);
    }
}

/// Claims and matrices by world.
pub fn by_world(page: &mut Page, scenario: &Scenario, summary: &Summary) {
    let Some(picture) = worlds_column(scenario, summary) else { return };
    page.wide_section("worlds", "Claims by world");
    page.picture(picture);
    if summary.worlds.len() > WORLDS_SHOWN {
        let n = summary.worlds.len();
        page.paragraph("", &format!("{n} worlds are too many to show; use --format json to get them all."));
        return;
    }
    let headers = summary.worlds.iter().map(|world| world.world.title(scenario));
    let mut table = HtmlTable::numbers("Claim", headers.chain(["over all".into()]));
    for index in own_claims_first(scenario, summary) {
        let claim = &summary.order.claims[index];
        let there = summary.worlds.iter().map(|world| percent(&world.order.claims[index].estimate));
        table.row(&claim.text, there.chain([percent(&claim.estimate)]));
    }
    for world in &summary.worlds {
        let picture = matrix_column(scenario, summary, &world.order, &world.world.title(scenario));
        // The matrix over all worlds says how to read it.
        page.picture(Picture { reading: String::new(), ..picture });
    }
    page.folded_table("Probability of each claim in each world", &table);
    for world in &summary.worlds {
        matrix(page, scenario, &world.order, &format!(" if {}", world.world.title(scenario)));
    }
}

fn matrix(page: &mut Page, scenario: &Scenario, order: &OrderSummary, place: &str) {
    let areas = scenario.areas();
    let (rows, columns) = matrix_rows_and_columns(scenario, areas.len() <= MOST_AREAS);
    let mut table = HtmlTable::numbers("", columns.iter().map(|&j| areas[j].name.clone()));
    let cell = |estimate: &Option<Estimate>| {
        let text = |e: &Estimate| format!("{}{}", percent(e), if e.is_settled() { "" } else { "?" });
        estimate.as_ref().map_or("–".into(), text)
    };
    for &i in &rows {
        table.row(&areas[i].name, columns.iter().map(|&j| cell(&order.before[i][j])));
    }
    page.folded_table(
        &format!("P(row before column){place}; ?: too close to call (the 95% interval includes 50%)"),
        &table,
    );
}

fn ranks(page: &mut Page, scenario: &Scenario, order: &OrderSummary) {
    if scenario.areas().len() > MOST_AREAS {
        return;
    }
    let mut table = HtmlTable::numbers("Area", (1..=order.ranks.len()).map(|rank| rank.to_string()));
    for (area, row) in scenario.areas().iter().zip(&order.ranks) {
        table.row(&area.name, row.iter().map(percent));
    }
    page.folded_table("Rank probabilities (1 = first)", &table);
}

/// Assertions and their verdicts.
pub fn asserts(page: &mut Page, summary: &Summary) {
    if summary.asserts.is_empty() {
        return;
    }
    page.section("asserts", "Assertions");
    let mut table = HtmlTable::numbers("Assert", ["found", "verdict"]);
    for assert in &summary.asserts {
        let verdict = match assert.verdict {
            Verdict::Holds => "holds",
            Verdict::Fails => "fails",
            Verdict::Unsettled => "not settled by so few draws",
        };
        table.row(&assert.text, [percent(&assert.estimate), verdict.into()]);
    }
    page.table("Asserts of the scenario, and whether this run finds them so", &table);
}
