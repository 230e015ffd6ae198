//! The text report of full rankings.

use super::grid::{TextTable, paragraph};
use super::page::TextPage;
use super::{Style, heading, title};
use crate::analysis::{Cycle, Rankings};
use crate::model::Subject;
use crate::report::wording::changed::Changed;
use crate::report::wording::number::{LEAST_TIE, expected, percent_and_interval, power_of_ten, thousands};
use crate::scenario::Scenario;

/// The most probable full rankings, expected ranks, cycles, and what cannot be told apart.
#[must_use]
pub fn rankings_text<'a>(scenario: impl Into<Subject<'a>>, found: &Rankings, style: Style) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let mut out = TextPage::default();
    title(&mut out, scenario, Changed::of(scenario, found.run).as_ref(), style);
    most_probable(&mut out, scenario, found, style);
    ranks(&mut out, scenario, found, style);
    majority(&mut out, scenario, found, style);
    alike(&mut out, scenario, found, style);
    out.blank();
    let text = format!(
        "{} draws, seed {}; the same draws are used twice, to find the rankings and to count them.",
        thousands(found.run.draws),
        found.run.seed
    );
    paragraph(&mut out, style, "", &text);
    out.into()
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
fn most_probable(out: &mut TextPage, scenario: &Scenario, found: &Rankings, style: Style) {
    heading(out, "Most likely full rankings");
    for (place, order) in found.top.iter().enumerate() {
        let text = format!("{}: {}", percent_and_interval(&order.estimate), told(scenario, found, place));
        paragraph(out, style, &format!("{:>2}  ", place + 1), &text);
    }
    for text in other_rankings(scenario, found) {
        paragraph(out, style, "", &text);
    }
}

/// Says how probable rankings can be that are not listed, how often areas tie, and how uncertain the ranking is.
pub fn other_rankings(scenario: &Scenario, found: &Rankings) -> Vec<String> {
    let mut said = Vec::new();
    let bound = found.others_at_most;
    if found.top.is_empty() {
        let text = if bound > 0.0 {
            "No full ranking occurred often enough to be counted: there are more rankings than these draws can distinguish."
        } else {
            "There is no full ranking: areas tie in every draw."
        };
        said.push(text.to_owned());
    }
    if found.top.is_empty() && bound > 0.0 {
        said.push(format!("Every ranking has a probability of at most {}.", share(bound)));
    } else if bound > 0.0 {
        said.push(format!("Every other ranking has a probability of at most {}.", share(bound)));
    } else {
        said.push("No other ranking occurred.".to_owned());
    }
    if found.tied >= LEAST_TIE {
        said.push(format!(
            "In {} of the draws some areas tie, so there is no full ranking.",
            share(found.tied)
        ));
    }
    let [low, high] = found.entropy;
    let bits = if high - low < 0.005 {
        format!("{low:.2} bits")
    } else {
        format!("between {low:.1} and {high:.1} bits, because most rankings are too rare to be counted")
    };
    let n_areas = scenario.areas().len();
    let most = (1..=n_areas).map(|n| libm::log2(n as f64)).sum::<f64>();
    said.push(format!("Entropy of the ranking: {bits} (maximum {most:.1} bits)."));
    said
}

/// Says a ranking: the first in full, another as its difference from the first where that is a swap or a move.
pub fn told(scenario: &Scenario, found: &Rankings, place: usize) -> String {
    let (first, order) = (&found.top[0].areas, &found.top[place].areas);
    let whole = || names(scenario, order, " › ");
    let differing: Vec<usize> = (0..order.len()).filter(|&rank| first.get(rank) != order.get(rank)).collect();
    let (Some(&from), Some(&to)) = (differing.first(), differing.last()) else { return whole() };
    if first.len() != order.len() {
        return whole();
    }
    let other = |rank: usize| order.iter().position(|area| *area == first[rank]);
    let is_swapped = |&rank: &usize| other(rank).is_some_and(|to| order[rank] == first[to]);
    if differing.len() <= 4 && differing.iter().all(is_swapped) {
        let pairs =
            differing.iter().filter_map(|&rank| other(rank).filter(|to| *to > rank).map(|to| (rank, to)));
        let swap = |(one, other): (usize, usize)| {
            format!("swap {} and {}", name(scenario, first[one]), name(scenario, first[other]))
        };
        return format!("as 1, {}", pairs.map(swap).collect::<Vec<_>>().join(", "));
    }
    let is_moved = |one: usize, other: usize| {
        let mut moved = first.clone();
        let area = moved.remove(one);
        moved.insert(other, area);
        moved == *order
    };
    if is_moved(from, to) {
        format!("as 1, move {} to rank {}", name(scenario, first[from]), to + 1)
    } else if is_moved(to, from) {
        format!("as 1, move {} to rank {}", name(scenario, first[to]), from + 1)
    } else {
        whole()
    }
}

/// Writes the ranks of each area.
fn ranks(out: &mut TextPage, scenario: &Scenario, found: &Rankings, style: Style) {
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
fn majority(out: &mut TextPage, scenario: &Scenario, found: &Rankings, style: Style) {
    heading(out, "Majorities");
    for text in majorities(scenario, found) {
        paragraph(out, style, "", &text);
    }
}

/// Says in which circles each area is more often before the next.
pub fn majorities(scenario: &Scenario, found: &Rankings) -> Vec<String> {
    if found.cycles.is_empty() {
        return vec!["No majority cycles: the pairwise majorities form a consistent ranking.".to_owned()];
    }
    let cycle = |Cycle { areas, within, settled }: &Cycle| {
        let (chain, back) = (names(scenario, areas, " › "), name(scenario, areas[0]));
        let mut text = format!("Majority cycle: {chain} › {back}.");
        if within.len() > areas.len() {
            text += &format!(" In all, {} areas are part of cycles with these.", within.len());
        }
        if !settled {
            text += " Not every step is settled, so more draws may undo the cycle.";
        }
        text
    };
    found.cycles.iter().map(cycle).collect()
}

/// Writes the areas that cannot be told apart.
fn alike(out: &mut TextPage, scenario: &Scenario, found: &Rankings, style: Style) {
    let threshold = percent_of(found.threshold);
    heading(out, &format!("No clear leader (neither area leads with {threshold} probability)"));
    let (mark, lines) = too_close(scenario, found);
    for line in lines {
        paragraph(out, style, mark, &line);
    }
}

/// Lists the areas that cannot be told apart, each run of them after a mark; or says that there are none.
pub fn too_close(scenario: &Scenario, found: &Rankings) -> (&'static str, Vec<String>) {
    if found.alike.is_empty() {
        let threshold = percent_of(found.threshold);
        let text = format!(
            "None: of each two neighbours by expected rank, one comes first with at least {threshold} probability."
        );
        return ("", vec![text]);
    }
    ("- ", found.alike.iter().map(|run| names(scenario, run, ", ")).collect())
}

/// A share of the sample, rounded up.
fn share(p: f64) -> String {
    let percent = 100.0 * p;
    let decimals = (2.0 - libm::log10(percent)).ceil().clamp(0.0, 9.0) as usize;
    let unit = power_of_ten(decimals as i32);
    format!("{:.decimals$}%", (percent * unit * (1.0 - 1e-12)).ceil() / unit)
}

/// A probability as it was asked for, in percent.
pub fn percent_of(p: f64) -> String {
    format!("{}%", (p * 1e6).round() / 1e4)
}
