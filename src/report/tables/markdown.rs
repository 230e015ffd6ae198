//! The Markdown report: the answer as it goes into a post.

use crate::analysis::{Estimate, Method, OrderSummary, Summary};
use crate::model::Subject;
use crate::report::wording::caveat::caveat;
use crate::report::wording::changed::Changed;
use crate::report::wording::findings;
use crate::report::wording::heavy::heavy;
use crate::report::wording::number::{overall, percent, percent_and_interval, stated, thousands};
use crate::report::wording::sanitize::sanitize;
use crate::report::wording::warnings::warnings;
use crate::scenario::Scenario;

/// The report of a run as Markdown: claims, the ordering matrix of all areas, ranks and overall scores.
#[must_use]
pub fn markdown<'a>(scenario: impl Into<Subject<'a>>, summary: &Summary) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let mut out = format!("# {}\n\n", plain(scenario.title()));
    if let Some(changed) = Changed::of(scenario, summary.run) {
        out += &format!("**{}**\n\n", plain(&changed.line()));
    }
    if !scenario.about().is_empty() {
        out += &format!("{}\n\n", plain(scenario.about()));
    }
    if let Some(partial) = &summary.partial {
        out += &format!("**PARTIAL:** {}\n\n", plain(&findings::partial(partial)));
    }
    let answer = findings::answer(scenario, summary).join(" ");
    out += &format!("**{}**\n\n{}\n\n", plain(&answer), plain(&sentence(&caveat(scenario, summary))));
    for warning in warnings(scenario, summary) {
        out += &format!("**Warning:** {}\n\n", plain(&warning));
    }
    order(&mut out, scenario, &summary.order, "##");

    out += "## Overall score\n\n";
    let quantiles = summary.areas[0].overall.quantiles.iter();
    let quantiles: Vec<String> = quantiles.map(|(p, _)| format!("{}%", 100.0 * p)).collect();
    let headers = ["central", "mean", "sd"].into_iter().chain(quantiles.iter().map(String::as_str));
    let rows =
        scenario.areas().iter().zip(&summary.areas).enumerate().map(|(i, (area, drawn))| {
            (area.name.clone(), overall(Some(summary.point.overall_scores[i]), drawn))
        });
    table(&mut out, headers, rows);
    if let Some(text) = heavy(scenario, &summary.areas) {
        out += &format!("**Warning:** {}\n\n", plain(&text));
    }

    for world in &summary.worlds {
        let (title, probability) = (world.world.title(scenario), stated(world.world.probability, 12));
        out += &format!("## In the world {title} (probability {probability})\n\n");
        order(&mut out, scenario, &world.order, "###");
    }
    let (method, mcse) = match summary.method {
        Method::Sample => ("sampling error", summary.largest_mcse()),
        Method::Exact(_) => (
            "errors of integration, where it was not sampled,",
            summary.largest_mcse_of(Estimate::is_integrated),
        ),
    };
    let sampled: String = findings::sampled(summary).iter().map(|line| format!(" {}", plain(line))).collect();
    let together = if summary.simultaneous { ", all of them together" } else { "" };
    let short = match &summary.precision {
        Some(precision) if !precision.is_reached() => " The precision that was asked for is NOT reached.",
        _ => "",
    };
    out += &format!(
        "headstart {}, scenario `{}`, seed {}, {} draws, largest MCSE {:.4}%. Intervals are 95%{together}, for {method} alone.{short}{sampled}\n",
        env!("CARGO_PKG_VERSION"),
        scenario.hash(),
        summary.run.seed,
        thousands(summary.run.draws),
        100.0 * mcse,
    );
    out
}

fn order(out: &mut String, scenario: &Scenario, order: &OrderSummary, level: &str) {
    *out += &format!("{level} Claims\n\n");
    for claim in order.claims.iter().filter(|claim| !claim.redundant) {
        *out += &format!("- **{}** {}.\n", plain(&percent_and_interval(&claim.estimate)), plain(&claim.text));
    }
    let names = || scenario.areas().iter().map(|area| area.name.as_str());
    *out += &format!("\n{level} P(row before column)\n\n");
    let cell = |cell: &Option<Estimate>| {
        cell.as_ref()
            .map_or("–".into(), |e| format!("{}{}", percent(e), if e.is_settled() { "" } else { "?" }))
    };
    let rows = names().zip(&order.before).map(|(name, row)| (name.into(), row.iter().map(cell).collect()));
    table(out, names(), rows);
    *out += &format!("{level} P(rank)\n\n");
    let ranks: Vec<String> = (1..=order.ranks.len()).map(|rank| rank.to_string()).collect();
    let rows = names().zip(&order.ranks).map(|(name, row)| (name.into(), row.iter().map(percent).collect()));
    table(out, ranks.iter().map(String::as_str), rows);
}

fn table<'a>(
    out: &mut String,
    headers: impl Iterator<Item = &'a str>,
    rows: impl Iterator<Item = (String, Vec<String>)>,
) {
    let headers: Vec<String> = headers.map(plain).collect();
    *out += &format!("| | {} |\n|---|{}\n", headers.join(" | "), "---:|".repeat(headers.len()));
    for (name, cells) in rows {
        let cells: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
        *out += &format!("| {} | {} |\n", plain(&name), cells.join(" | "));
    }
    out.push('\n');
}

/// The text with its first letter in upper case.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The text on one line, with whatever Markdown or HTML would read otherwise made plain.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in sanitize(text).chars() {
        match c {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '!' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
