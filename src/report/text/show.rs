//! The text report of a scenario as it stands: its table, its points, its inputs. No draws.

use super::grid::{TextTable, paragraph};
use super::page::TextPage;
use super::{Style, heading, title};
use crate::analysis::PointTable;
use crate::model::Model;
use crate::report::wording::caveat::weight_law;
use crate::report::wording::changed::Changed;
use crate::report::wording::number::with_error;
use crate::scenario::{Scenario, StatedProbability};

/// Writes what a scenario says: the table of central values, the gaps between its groups and, if `all_inputs`, every distribution.
#[must_use]
pub fn show_text(
    scenario: &Scenario,
    model: &Model,
    point: &PointTable,
    all_inputs: bool,
    style: Style,
) -> String {
    let mut out = TextPage::default();
    title(&mut out, scenario, Changed::of_scenario(scenario).as_ref(), style);
    if !scenario.about().is_empty() {
        paragraph(&mut out, style, "", scenario.about());
    }
    table(&mut out, style, scenario, point);
    gaps(&mut out, style, scenario, point);
    worlds(&mut out, style, scenario);
    if all_inputs {
        inputs(&mut out, style, model);
    } else {
        out.blank();
        out.line(format!(
            "{} inputs; --inputs lists the distribution of each.",
            model.stated_inputs().count()
        ));
    }
    out.blank();
    out.line(format!("scenario {}", scenario.hash()));
    out.into()
}

fn two(x: f64) -> String {
    with_error(x, 0.01)
}

fn table(out: &mut TextPage, style: Style, scenario: &Scenario, point: &PointTable) {
    heading(out, "Central values");
    if !scenario.worlds().is_empty() {
        out.line("World-dependent values are shown as their mean over the worlds.");
        out.blank();
    }
    if let Some(law) = weight_law(scenario.weight_law()) {
        paragraph(out, style, "", &format!("In draws, {law}; the table shows their mean shares."));
    }
    let lines = scenario.factors().iter().filter_map(|factor| {
        let value = factor.value?;
        Some(format!(
            "{}: the table shows the values of its scores, from {} (worst) to {} (best).",
            factor.name, value.worst, value.best
        ))
    });
    for line in lines {
        paragraph(out, style, "", &line);
    }
    let headers = ["weight"].into_iter().chain(scenario.areas().iter().map(|area| area.name.as_str()));
    let mut table = TextTable::new("", headers);
    for (k, factor) in scenario.factors().iter().enumerate() {
        let cells = [point.weights[k]].into_iter().chain(point.scores[k].iter().copied());
        table.row(&factor.name, cells.map(two));
    }
    let row = |values: &[f64]| -> Vec<String> {
        [String::new()].into_iter().chain(values.iter().copied().map(two)).collect()
    };
    table.row(&scenario.words().score_heading(), row(&point.overall_scores));
    table.row("shift from the spread", row(&point.moved));
    table.write(out, style);
    out.blank();
    let averages: Vec<String> = scenario
        .groups()
        .iter()
        .zip(&point.groups)
        .map(|(group, average)| format!("{} {}", group.name, two(*average)))
        .collect();
    paragraph(out, style, "Averages: ", &averages.join(", "));
    let note = format!(
        "shift: how far the mean {score} lies from the central one, because a spread is clipped at the scale or skewed.",
        score = scenario.words().score
    );
    paragraph(out, style, "", &note);
}

fn gaps(out: &mut TextPage, style: Style, scenario: &Scenario, point: &PointTable) {
    let [a, b] = scenario.groups() else { return };
    heading(out, &format!("Gap by factor: {} minus {}", b.name, a.name));
    if !scenario.discounts().is_empty() {
        paragraph(out, style, "", "Gaps are before discounts; the averages above include them.");
    }
    let mut table = TextTable::new("", [&a.name, &b.name, "gap", "weighted gap"]);
    let (mut sum, total) = (0.0, point.total_weight());
    for (k, factor) in scenario.factors().iter().enumerate() {
        let (first, second) = (point.group_score(scenario, k, 0), point.group_score(scenario, k, 1));
        let weighted = (second - first) * point.weights[k] / total;
        sum += weighted;
        table.row(&factor.name, [first, second, second - first, weighted].map(two));
    }
    table.row("Sum", [String::new(), String::new(), String::new(), two(sum)]);
    table.write(out, style);
}

fn worlds(out: &mut TextPage, style: Style, scenario: &Scenario) {
    if scenario.worlds().is_empty() {
        return;
    }
    heading(out, "World variables (shared by all areas)");
    for world in scenario.worlds() {
        for (index, row) in world.chances.iter().enumerate() {
            let outcomes = world.outcomes.iter().zip(row).map(|(outcome, chance)| match &chance.written {
                StatedProbability::Uncertain(dist) => {
                    format!("{outcome} {dist:.4}, mean {}", two(chance.probability))
                }
                _ => format!("{outcome} {}", chance.probability),
            });
            let given = world.given.map_or(String::new(), |given| {
                let given = &scenario.worlds()[given];
                format!(" if {} = {}", given.id, given.outcomes[index])
            });
            let outcomes = outcomes.collect::<Vec<_>>().join(", ");
            paragraph(out, style, &format!("{}{given}: ", world.id), &outcomes);
        }
    }
}

fn inputs(out: &mut TextPage, style: Style, model: &Model) {
    heading(out, &format!("Inputs: {}", model.stated_inputs().count()));
    for input in model.stated_inputs() {
        let dist = &input.dist;
        let sd = dist.variance().sqrt();
        let numbers = [dist.mean(), sd, dist.quantile(0.05), dist.quantile(0.95)];
        let [mean, sd, low, high] = numbers.map(|x| with_error(x, sd / 50.0));
        paragraph(out, style, "", &input.to_string());
        let text = format!("{dist:.4}: mean {mean}, sd {sd}, 90% {low} to {high}");
        paragraph(out, style, "    ", &text);
    }
}
