//! Comparisons on a page: levers, sweeps, and two scenarios.

use super::opening::{finished, opening};
use super::page::{HtmlTable, Page};
use crate::analysis::{
    BreakEven, Difference, LeverValue, ScenarioChange, break_even, clipping_warnings_levers,
};
use crate::model::Subject;
use crate::report::compared_points::ComparedPoints;
use crate::report::svg::{lever_columns, sweep_columns};
use crate::report::text::{
    GAIN_HEADERS, GAIN_NOTE, break_even_note, crossing_text, difference, gain_and_spillover, times_text,
};
use crate::report::wording::comparison;
use crate::report::wording::number::{expected, percent, thousands};
use crate::sampler::Run;
use crate::scenario::Scenario;

/// Points of a sweep that a page lists; JSON and CSV have all.
const MOST_POINTS: usize = 1_000;

/// Shows what changed scenarios do to the claims that they move the most.
pub fn pictures(page: &mut Page, compared: &[ScenarioChange]) {
    for (index, picture) in lever_columns(compared).into_iter().enumerate() {
        if index < 2 {
            page.picture(picture);
        } else {
            page.further_picture(picture);
        }
    }
}

/// Lists what levers do to every claim, in a table that unfolds.
pub fn lever_table(page: &mut Page, scenario: &Scenario, compared: &[ScenarioChange], run: Run) {
    let Some(first) = compared.first() else { return };
    let mut table = claims_table("Lever", first);
    for one in compared {
        table.row(&one.name, changes(one));
    }
    let caption = format!(
        "Change in percentage points ({} common draws); (parentheses): within sampling error of 0",
        thousands(run.draws)
    );
    page.folded_table(&caption, &table);
    for end in clipping_warnings_levers(scenario) {
        page.remark("Note:", &format!("{end}."));
    }
}

/// A table with a column per claim, which begins with the baseline.
fn claims_table(corner: &str, first: &ScenarioChange) -> HtmlTable {
    let mut table = HtmlTable::numbers(corner, first.claims.iter().map(|claim| claim.text.to_string()));
    table.row("Baseline", first.claims.iter().map(|claim| percent(&claim.from)));
    table
}

fn changes(one: &ScenarioChange) -> impl Iterator<Item = String> {
    one.claims.iter().map(|claim| difference(&claim.change))
}

/// The report of levers as a page.
#[must_use]
pub fn levers_html<'a>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    compared: &[ScenarioChange],
    worth: &[LeverValue],
) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let mut top = opening(scenario, run, None);
    top.paragraph("answer", &format!("{}.", comparison::levers(scenario, compared)));
    let mut page = Page::default();
    page.wide_section("levers", "Effect of each lever");
    pictures(&mut page, compared);
    lever_table(&mut page, scenario, compared, run);
    if !worth.is_empty() {
        page.wide_section("gain", &format!("Gain and spillover (mean {})", scenario.words().score));
        let mut table = HtmlTable::numbers("Lever", GAIN_HEADERS);
        for lever in worth {
            table.row(&lever.lever, gain_and_spillover(scenario, lever));
        }
        page.table("What each lever gives its group, and the other areas", &table);
        page.paragraph("note", GAIN_NOTE);
    }
    break_even_spillover(&mut page, compared, worth);
    finished(page, &top, scenario, run, "levers")
}

/// Lists how many times its spillover each lever could have before it does nothing.
fn break_even_spillover(page: &mut Page, compared: &[ScenarioChange], worth: &[LeverValue]) {
    let (Some(first), true) = (compared.first(), worth.iter().any(|lever| lever.worth_nothing.is_some()))
    else {
        return;
    };
    page.wide_section("spillover", "Break-even spillover");
    page.paragraph("", &break_even_note());
    let mut table = HtmlTable::numbers("Lever", first.claims.iter().map(|claim| claim.text.to_string()));
    for lever in worth {
        let Some(found) = &lever.worth_nothing else { continue };
        let times = first.claims.iter().map(|claim| {
            let of_claim = found.iter().filter(|nothing| *nothing.claim == *claim.id);
            let texts: Vec<String> =
                of_claim.flat_map(|nothing| nothing.times.iter().map(times_text)).collect();
            if texts.is_empty() { "–".into() } else { texts.join("; ") }
        });
        table.row(&lever.lever, times);
    }
    page.folded_table("Break-even spillover of each lever for each claim", &table);
    for lever in worth {
        if let Some(why) = &lever.fixed {
            let text = format!("{}: break-even spillover is not computed, because {why}.", lever.lever);
            page.remark("Note:", &text);
        }
    }
}

/// The report of two scenarios as a page.
#[must_use]
pub fn diff_html<'a>(scenario: impl Into<Subject<'a>>, run: Run, found: &Difference) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let Difference { total, steps, left_out } = found;
    let mut top = opening(scenario, run, None);
    let answer = if steps.is_empty() {
        "The two scenarios are equivalent.".to_owned()
    } else {
        format!("{}.", comparison::diff(total))
    };
    top.paragraph("answer", &answer);
    if !left_out.is_empty() {
        let text = format!(
            "Not applied, because it would change what the group claims mean: {}.",
            left_out.join(", ")
        );
        top.remark("Note:", &text);
    }
    let mut page = Page::default();
    if !steps.is_empty() {
        page.wide_section("edits", &format!("From the baseline to {}, one edit at a time", total.name));
        // One edit is all there is.
        let shown = if let [step] = &steps[..] { vec![step.effect.clone()] } else { found.effects() };
        pictures(&mut page, &shown);
        let mut table = claims_table("Edit", total);
        for (number, step) in steps.iter().enumerate() {
            let words = if step.is_edit { "" } else { " (not expressible as an edit)" };
            table.row(&format!("{}. {}{words}", number + 1, step.effect.name), changes(&step.effect));
        }
        if steps.len() > 1 {
            table.row("In all", changes(total));
        }
        table.row("Result", total.claims.iter().map(|claim| percent(&claim.to)));
        let caption = format!(
            "Change in percentage points ({} common draws); edits accumulate; (parentheses): within sampling error of 0",
            thousands(run.draws)
        );
        page.folded_table(&caption, &table);
    }
    finished(page, &top, scenario, run, "diff")
}

/// The report of a sweep as a page.
#[must_use]
pub fn sweep_html<'a>(scenario: impl Into<Subject<'a>>, run: Run, compared: ComparedPoints<'_>) -> String {
    let ComparedPoints { points, varied, partial } = compared;
    let scenario: &Subject<'a> = &scenario.into();
    let mut top = opening(scenario, run, partial.as_ref());
    let mut page = Page::default();
    let what: Vec<String> = varied.iter().map(|edit| comparison::varied(edit)).collect();
    let what = what.join(" and ");
    if let Some(first) = points.first() {
        top.paragraph("answer", &format!("{}.", comparison::sweep(points, varied)));
        let title = format!("Sweep of {what}");
        // The break-even values are shown next to the curves.
        if varied.len() == 1 {
            page.section("sweep", &title);
        } else {
            page.wide_section("sweep", &title);
        }
        // Of points that are missing it is not known whether they would flip a claim.
        if partial.is_none() {
            for picture in sweep_columns(points, varied) {
                page.picture(picture);
            }
        }
        sweep_table(&mut page, scenario, first, points, &what);
        if partial.is_none() && varied.len() == 1 && points.len() > 1 {
            crossings(&mut page, first, points);
        }
    }
    finished(page, &top, scenario, run, "sweep")
}

/// Lists the probability of each claim at each point.
fn sweep_table(
    page: &mut Page,
    scenario: &Scenario,
    first: &ScenarioChange,
    points: &[ScenarioChange],
    what: &str,
) {
    let pairs = first.pairs.iter().map(|pairs| {
        let [a, b] = [pairs.a, pairs.b].map(|group| scenario.groups()[group].name.as_str());
        format!("Expected number of the {} pairs with {a} before {b}", pairs.of)
    });
    let claims = first.claims.iter().map(|claim| claim.text.to_string());
    let mut table = HtmlTable::numbers(what, claims.chain(pairs));
    let from = first.claims.iter().map(|claim| percent(&claim.from));
    table.row(
        "Baseline",
        from.chain(first.pairs.iter().map(|pairs| expected(&pairs.from, (0.0, pairs.of as f64)))),
    );
    let asked = || points.iter().filter(|point| !point.is_between);
    for point in asked().take(MOST_POINTS) {
        let to = point.claims.iter().map(|claim| percent(&claim.to));
        let pairs = point.pairs.iter().map(|pairs| expected(&pairs.to, (0.0, pairs.of as f64)));
        table.row(&point.name, to.chain(pairs));
    }
    page.folded_table("Probability of each claim at each point", &table);
    let n = asked().count();
    if n > MOST_POINTS {
        page.paragraph(
            "",
            &format!("{} more points are left out; use --format csv to get them all.", n - MOST_POINTS),
        );
    }
}

/// Lists where each claim crosses one half.
fn crossings(page: &mut Page, first: &ScenarioChange, points: &[ScenarioChange]) {
    page.section("crossings", "Break-even values");
    let mut table = HtmlTable::words("Claim", ["break-even (95% interval)"]);
    for (index, claim) in first.claims.iter().enumerate() {
        let found = break_even(points, index);
        let texts: Vec<String> =
            found.iter().map(|crossing: &BreakEven| crossing_text(crossing, "50%")).collect();
        table.row(&claim.text, [texts.join("; ")]);
    }
    page.table("Values at which the probability of a claim crosses 50%", &table);
}
