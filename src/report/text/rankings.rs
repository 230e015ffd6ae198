//! The text report of full rankings.

use super::grid::{TextTable, paragraph};
use super::{Style, heading, title};
use crate::analysis::{Cycle, Rankings};
use crate::report::wording::changed::Changed;
use crate::report::wording::number::{LEAST_TIE, expected, percent_and_interval, power_of_ten, thousands};
use crate::scenario::Scenario;

/// The most probable full rankings, expected ranks, cycles, and what cannot be told apart.
#[must_use]
pub fn rankings_text(scenario: &Scenario, found: &Rankings, style: Style) -> String {
    let mut out = String::new();
    title(&mut out, scenario, Changed::of(scenario, found.run).as_ref(), style);
    most_probable(&mut out, scenario, found, style);
    ranks(&mut out, scenario, found, style);
    majority(&mut out, scenario, found, style);
    alike(&mut out, scenario, found, style);
    out.push('\n');
    let text = format!(
        "{} draws from seed {}, drawn twice: once to find the orders, once to count them.",
        thousands(found.run.draws),
        found.run.seed
    );
    paragraph(&mut out, style, "", &text);
    out
}

/// Returns the name of an area.
fn name(scenario: &Scenario, area: usize) -> &str {
    &scenario.areas()[area].name
}

/// Joins the names of areas.
fn names(scenario: &Scenario, areas: &[usize], between: &str) -> String {
    areas.iter().map(|&area| name(scenario, area)).collect::<Vec<_>>().join(between)
}

/// Writes the most probable full rankings, and how probable others can be.
fn most_probable(out: &mut String, scenario: &Scenario, found: &Rankings, style: Style) {
    heading(out, "The most probable full rankings");
    for (place, order) in found.top.iter().enumerate() {
        let text =
            format!("{}: {}", percent_and_interval(&order.estimate), names(scenario, &order.areas, " › "));
        paragraph(out, style, &format!("{:>2}  ", place + 1), &text);
    }
    let bound = found.others_at_most;
    if found.top.is_empty() {
        let text = if bound > 0.0 {
            "No full ranking happened often enough to be counted: there are more orders than these draws can tell apart."
        } else {
            "There is no full ranking: areas tie in every draw."
        };
        paragraph(out, style, "", text);
    }
    if found.top.is_empty() && bound > 0.0 {
        let text = format!("No order has more than {} of the draws.", share(bound));
        paragraph(out, style, "", &text);
    } else if bound > 0.0 {
        let text = format!("No other order has more than {} of the draws.", share(bound));
        paragraph(out, style, "", &text);
    } else {
        paragraph(out, style, "", "No other order happened.");
    }
    if found.tied >= LEAST_TIE {
        let text = format!("Some areas tie, so that there is no full ranking, in {}.", share(found.tied));
        paragraph(out, style, "", &text);
    }
    let [low, high] = found.entropy;
    let bits = if high - low < 0.005 {
        format!("{low:.2} bits")
    } else {
        format!("between {low:.1} and {high:.1} bits, as most orders are too rare to be counted")
    };
    let n_areas = scenario.areas().len();
    let most = (1..=n_areas).map(|n| libm::log2(n as f64)).sum::<f64>();
    let text = format!("The entropy of the order is {bits}; all orders alike would have {most:.1}.");
    paragraph(out, style, "", &text);
}

/// Writes the ranks of each area.
fn ranks(out: &mut String, scenario: &Scenario, found: &Rankings, style: Style) {
    heading(out, "Ranks");
    let mut table = TextTable::new("", ["expected rank", "5%", "95%", "entropy in bits"]);
    for &area in &found.by_rank {
        let rank = &found.areas[area];
        let cells = [
            expected(&rank.expected, (1.0, scenario.areas().len() as f64)),
            rank.range[0].to_string(),
            rank.range[1].to_string(),
            expected(&rank.entropy, (0.0, f64::INFINITY)),
        ];
        table.row(name(scenario, area), cells);
    }
    table.write(out, style);
}

/// Writes the circles in which each area is more often before the next.
fn majority(out: &mut String, scenario: &Scenario, found: &Rankings, style: Style) {
    heading(out, "By majority");
    if found.cycles.is_empty() {
        let text =
            "There are no cycles: whichever is more often before another comes first, and that is an order.";
        paragraph(out, style, "", text);
    }
    for Cycle { areas, within, settled } in &found.cycles {
        let (chain, back) = (names(scenario, areas, " › "), name(scenario, areas[0]));
        let mut text = format!("Each is more often before the next, in a circle: {chain} › {back}.");
        if within.len() > areas.len() {
            text += &format!(" In all, {} areas stand in circles with these.", within.len());
        }
        if !settled {
            text += " Not every step of it is settled, so more draws may undo it.";
        }
        paragraph(out, style, "", &text);
    }
}

/// Writes the areas that cannot be told apart.
fn alike(out: &mut String, scenario: &Scenario, found: &Rankings, style: Style) {
    let threshold = percent_of(found.threshold);
    heading(out, &format!("Too close to call at {threshold}"));
    if found.alike.is_empty() {
        let text =
            format!("Of each two neighbours by expected rank, one is first with at least {threshold}.");
        paragraph(out, style, "", &text);
    }
    for run in &found.alike {
        paragraph(out, style, "- ", &names(scenario, run, ", "));
    }
}

/// A share of the sample, rounded up.
fn share(p: f64) -> String {
    let percent = 100.0 * p;
    let decimals = (2.0 - libm::log10(percent)).ceil().clamp(0.0, 9.0) as usize;
    let unit = power_of_ten(decimals as i32);
    format!("{:.decimals$}%", (percent * unit * (1.0 - 1e-12)).ceil() / unit)
}

fn percent_of(p: f64) -> String {
    format!("{}%", (p * 1e6).round() / 1e4)
}
