//! Full rankings on a page.

use super::opening::{finished, opening};
use super::page::{HtmlTable, Page};
use crate::analysis::Rankings;
use crate::model::Subject;
use crate::report::svg::rankings_column;
use crate::report::text::{majorities, other_rankings, percent_of, told, too_close};
use crate::report::wording::number::{expected, percent_and_interval};

/// The report of full rankings as a page.
#[must_use]
pub fn rankings_html<'a>(scenario: impl Into<Subject<'a>>, found: &Rankings) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let mut top = opening(scenario, found.run, None);
    let picture = rankings_column(scenario, found);
    top.paragraph("answer", &format!("{}.", picture.finding));
    for line in other_rankings(scenario, found) {
        top.paragraph("", &line);
    }
    let mut page = Page::default();
    page.section("ranks", "Ranks");
    page.picture(picture);
    let mut table = HtmlTable::numbers("Area", ["expected rank", "5%", "95%", "entropy in bits"]);
    for &area in &found.by_rank {
        let rank = &found.areas[area];
        let cells = [
            expected(&rank.expected, (1.0, found.areas.len() as f64)),
            rank.range[0].to_string(),
            rank.range[1].to_string(),
            expected(&rank.entropy, (0.0, f64::INFINITY)),
        ];
        table.row(&scenario.areas()[area].name, cells);
    }
    page.folded_table("Expected rank of each area, and the entropy of its rank", &table);
    if !found.top.is_empty() {
        page.section("rankings", "Most likely full rankings");
        let mut table = HtmlTable::words("Ranking", ["probability (95% interval)"]);
        for (place, order) in found.top.iter().enumerate() {
            let name = format!("{}. {}", place + 1, told(scenario, found, place));
            table.row(&name, [percent_and_interval(&order.estimate)]);
        }
        page.table("Full rankings from the first area to the last", &table);
    }
    page.section("majorities", "Majorities");
    for line in majorities(scenario, found) {
        page.paragraph("", &line);
    }
    page.heading(&format!(
        "No clear leader (neither area leads with {} probability)",
        percent_of(found.threshold)
    ));
    for line in too_close(scenario, found).1 {
        page.paragraph("", &line);
    }
    finished(page, &top, scenario, found.run, "rankings")
}
