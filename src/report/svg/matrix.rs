//! The ordering matrix: a coloured cell with its number for each pair.

use super::heat::{HeatCell, heat};
use super::kit::Form;
use super::picture::Picture;
use crate::analysis::OrderSummary;
use crate::report::wording::findings;
use crate::report::wording::number::{percent, short_percent};
use crate::report::wording::selection::matrix_rows_and_columns;
use crate::sampler::Run;
use crate::scenario::Scenario;

/// The look of a matrix.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// True for all areas by all, and not the first group by the second.
    pub all_pairs: bool,
    pub form: Form,
}

/// The ordering matrix, over all worlds or in one; `place` says in which, and is empty for all of them.
pub fn matrix(
    scenario: &Scenario,
    order: &OrderSummary,
    Look { all_pairs, form }: Look,
    place: &str,
    (run, largest_mcse): (Run, f64),
) -> Picture {
    let (rows, columns) = matrix_rows_and_columns(scenario, all_pairs);
    let names = |of: &[usize]| of.iter().map(|&i| scenario.areas()[i].name.clone()).collect::<Vec<String>>();
    let cell = |i: usize, j: usize| {
        let estimate = order.before[rows[i]][columns[j]].as_ref()?;
        Some(HeatCell {
            share: estimate.probability,
            text: percent(estimate),
            short: short_percent(estimate),
            marked: !estimate.is_settled(),
        })
    };
    let groups = scenario.groups();
    let sides = if rows == columns { ("", "") } else { (groups[0].name.as_str(), groups[1].name.as_str()) };
    let (drawing, size) = heat(sides, &names(&rows), &names(&columns), &cell, form);
    let shown = || rows.iter().flat_map(|&i| columns.iter().map(move |&j| (i, j)));
    let open = shown().any(|(i, j)| order.before[i][j].as_ref().is_some_and(|e| !e.is_settled()));
    let mark = if open { " A broken frame and a “?”: the 95% interval holds 50%." } else { "" };
    let finding = findings::order(scenario, order);
    let finding = if place.is_empty() { finding } else { format!("Where {place}: {finding}") };
    let reading = format!(
        "Probability that the area of the row comes before the area of the column. Blue and bold: the row is more likely to come first; \
         orange: the column.{mark}"
    );
    let cells = shown().filter_map(|(i, j)| {
        let estimate = order.before[i][j].as_ref()?;
        let names = [i, j].map(|area| scenario.areas()[area].name.as_str());
        Some(format!("{} before {}: {}", names[0], names[1], percent(estimate)))
    });
    // The numbers stand in the tables beside; a listener wants no thousand of them.
    let cells: Vec<String> = cells.take(30).collect();
    Picture {
        name: "matrix".into(),
        finding,
        words: format!("{reading} {}.", cells.join("; ")),
        reading,
        drawing,
        size,
        foot: findings::provenance_line(scenario, run, largest_mcse),
    }
}
