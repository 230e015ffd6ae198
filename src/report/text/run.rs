//! The text report of a run.

use super::grid::{Grid, harmless, paragraph};
use super::heat::heatmap;
use super::{Style, heading};
use crate::analysis::{OrderSummary, Summary};
use crate::report::number::{amenability, percent, percent_interval, thousands, with_error};
use crate::scenario::{Scenario, WeightLaw};

/// More joint worlds than these are left to the JSON report.
const WORLDS_SHOWN: usize = 4;

/// The report of a run: what is claimed, who is before whom, ranks, amenabilities, and the same by world.
#[must_use]
pub fn run_text(scenario: &Scenario, summary: &Summary, all_pairs: bool, style: Style) -> String {
    let mut out = String::new();
    paragraph(&mut out, style, "", scenario.title());
    if !scenario.about().is_empty() {
        paragraph(&mut out, style, "", scenario.about());
    }
    paragraph(&mut out, style, "Caveat: ", &caveat(scenario, summary));
    let areas: Vec<&str> = scenario.areas().iter().map(|area| area.name.as_str()).collect();
    let selection = selection(scenario, all_pairs);

    if !summary.order.claims.is_empty() {
        heading(&mut out, "Claims");
        out.push_str("Probability, and in brackets its 95% interval for sampling error alone.\n\n");
    }
    claims(&mut out, style, &summary.order);
    for pairs in summary.order.pairs.iter().filter(|pairs| pairs.of > 1) {
        let (a, b) = (&scenario.groups()[pairs.a].name, &scenario.groups()[pairs.b].name);
        let expected = with_error(pairs.expected, pairs.mcse);
        let text = format!("Of the {} pairs, {a} comes before {b} in {expected} on average.", pairs.of);
        paragraph(&mut out, style, "  ", &text);
    }

    heading(&mut out, "P(row before column)");
    matrix(&mut out, style, &areas, &selection, &summary.order);

    heading(&mut out, "P(rank), 1 is first");
    let mut ranks = Grid::new("", (1..=areas.len()).map(|rank| rank.to_string()));
    for (name, row) in areas.iter().zip(&summary.order.ranks) {
        ranks.row(name, row.iter().map(percent));
    }
    ranks.write(&mut out, style);

    heading(&mut out, "Amenability");
    let mut table = Grid::new("", ["point", "mean", "sd", "5%", "25%", "50%", "75%", "95%"]);
    for (i, name) in areas.iter().enumerate() {
        table.row(name, amenability(summary.point.amenabilities[i], &summary.areas[i]));
    }
    table.write(&mut out, style);

    worlds(&mut out, style, scenario, summary, &areas, &selection);
    manifest(&mut out, scenario, summary);
    out
}

/// What the probabilities rest on that they do not show.
fn caveat(scenario: &Scenario, summary: &Summary) -> String {
    if summary.n_inputs == 0 {
        return "every number of this scenario is certain, so nothing is drawn and the order is that of the table of \
                points; the bounds below are those of a sample, and no more is known than that table. Give it a `spread`, or \
                write distributions."
            .into();
    }
    let shared = match scenario.worlds() {
        [] => String::new(),
        worlds => {
            let ids: Vec<&str> = worlds.iter().map(|world| world.id.as_str()).collect();
            format!(", except that all areas share the world {}", ids.join(" and "))
        }
    };
    let errors = match scenario.weight_law() {
        WeightLaw::Independent => {
            "the error of each score and weight is taken to be independent of all others"
        }
        WeightLaw::Simplex => {
            "all weightings are taken to be equally likely, and the error of each score to be \
                               independent of all others"
        }
    };
    format!(
        "{errors}{shared}. Errors in common, such \
         as a judge who favours one group, would change these probabilities; the intervals do not cover that."
    )
}

/// Rows and columns of the matrix: the first group by the second, or all by all.
fn selection(scenario: &Scenario, all_pairs: bool) -> (Vec<usize>, Vec<usize>) {
    if all_pairs || scenario.groups().len() != 2 {
        let all: Vec<usize> = (0..scenario.areas().len()).collect();
        (all.clone(), all)
    } else {
        (scenario.members(0), scenario.members(1))
    }
}

fn claims(out: &mut String, style: Style, order: &OrderSummary) {
    let lines: Vec<(String, String)> = order
        .claims
        .iter()
        .filter(|claim| !claim.redundant)
        .map(|claim| {
            let tie = if claim.tie > 0.0 {
                format!(" (a tie in {:.2}%)", 100.0 * claim.tie)
            } else {
                String::new()
            };
            let number = format!("{} ({})", percent(&claim.estimate), percent_interval(&claim.estimate));
            (number, format!("{}{tie}.", claim.text))
        })
        .collect();
    let width = lines.iter().map(|(number, _)| number.len()).max().unwrap_or(0);
    for (number, text) in lines {
        paragraph(out, style, &format!("  {number:>width$}  "), &text);
    }
}

fn matrix(
    out: &mut String,
    style: Style,
    areas: &[&str],
    (rows, columns): &(Vec<usize>, Vec<usize>),
    order: &OrderSummary,
) {
    heatmap(out, style, areas, (rows, columns), &order.before);
    let shown = || rows.iter().flat_map(|&i| columns.iter().map(move |&j| (i, j)));
    if shown().any(|(i, j)| order.before[i][j].as_ref().is_some_and(|e| !e.is_settled())) {
        out.push_str("? The interval holds 50%: which of the two comes first is not settled.\n");
    }
    let ties = shown().filter_map(|(i, j)| Some((i, j, order.tie[i][j].filter(|&tie| tie > 0.0)?)));
    for (i, j, tie) in ties.filter(|(i, j, _)| i < j || rows != columns) {
        paragraph(out, style, "", &format!("{} and {} tie in {:.2}%.", areas[i], areas[j], 100.0 * tie));
    }
}

fn worlds(
    out: &mut String,
    style: Style,
    scenario: &Scenario,
    summary: &Summary,
    areas: &[&str],
    selection: &(Vec<usize>, Vec<usize>),
) {
    if summary.worlds.len() > WORLDS_SHOWN {
        let n = summary.worlds.len();
        let text = format!("{n} joint worlds are too many to show here; the JSON report has them all.");
        out.push('\n');
        paragraph(out, style, "", &text);
        return;
    }
    for world in &summary.worlds {
        let outcomes = scenario.worlds().iter().zip(&world.world.outcomes);
        let outcomes: Vec<String> =
            outcomes.map(|(w, &outcome)| format!("{} = {}", w.id, w.outcomes[outcome].id)).collect();
        heading(
            out,
            &format!("In the world {} (probability {})", outcomes.join(", "), world.world.probability),
        );
        claims(out, style, &world.order);
        out.push('\n');
        matrix(out, style, areas, selection, &world.order);
    }
    if summary.worlds.is_empty() {
        return;
    }
    heading(out, "Mean amenability by world");
    let names = summary.worlds.iter().map(|world| {
        let outcomes = scenario.worlds().iter().zip(&world.world.outcomes);
        outcomes.map(|(w, &outcome)| w.outcomes[outcome].id.clone()).collect::<Vec<_>>().join(" ")
    });
    let mut table = Grid::new("", names.chain(["all".into()]));
    for (i, name) in areas.iter().enumerate() {
        let error = |sd: f64| sd / (summary.run.instances as f64).sqrt();
        let by_world = summary.worlds.iter().map(|world| &world.amenabilities[i]);
        let cells = by_world.chain([&summary.areas[i].amenability]);
        table.row(name, cells.map(|drawn| with_error(drawn.mean, error(drawn.sd))));
    }
    table.write(out, style);
}

fn manifest(out: &mut String, scenario: &Scenario, summary: &Summary) {
    let run = summary.run;
    out.push_str(&format!(
        "\nheadstart {} · scenario {} · seed {} · {} instances of {} inputs · plain sampling · largest MCSE {:.4}%\n",
        env!("CARGO_PKG_VERSION"),
        harmless(&scenario.hash()[..12]),
        run.seed,
        thousands(run.instances),
        summary.n_inputs,
        100.0 * summary.order.largest_mcse(),
    ));
}
