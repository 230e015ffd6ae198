//! The model on a page: the table, every input's distribution, the method, and what it takes to run it again.

use super::page::{HtmlCell, HtmlTable, Page};
use crate::analysis::Summary;
use crate::model::Subject;
use crate::report::wording::caveat::weight_law;
use crate::report::wording::number::{thousands, with_error};
use crate::sampler::Run;
use crate::scenario::{Scenario, StatedProbability, Value, WeightDistribution};

/// The most inputs that are listed; a scenario may have twenty thousand.
const MOST_INPUTS: usize = 1_000;

/// Everything of the model that is no answer.
pub fn model(page: &mut Page, scenario: &Subject<'_>, summary: &Summary) {
    page.wide_section("table", "The table");
    table(page, scenario, summary);
    worlds(page, scenario);
    inputs(page, scenario);
    page.section("method", "Method");
    let [draws, worlds, field, intervals] = METHOD;
    let worlds = Some(worlds).filter(|_| !scenario.worlds().is_empty());
    let said: Vec<&str> = [draws].into_iter().chain(worlds).chain([field, intervals]).collect();
    page.folded_text("Draws and intervals", &said);
    page.section("manifest", "Reproduce this report");
    manifest(page, scenario, summary);
}

const METHOD: [&str; 4] = [
    "Every uncertain score and weight is an input with a distribution. A draw is one joint sample of all inputs; in it the \
     overall score of an area is the weighted mean of its scores, and one area is before another if its overall score is strictly higher. \
     The probability of an order or of a claim is the share of the draws in which it holds; ties are counted apart.",
    "No world is drawn: headstart scores each draw in every combination of outcomes, and weights the results with the \
     probabilities of the combinations.",
    "The field calls this method stochastic multicriteria acceptability analysis (SMAA). It calls the probabilities of pairs \
     pairwise winning indices, and those of ranks rank acceptability indices.",
    "Intervals are 95% intervals for sampling error alone, after Clopper and Pearson. If something happened in none of N draws, its \
     probability may still be as large as about 4/N, so the report shows that bound and not 0%. No interval tells you whether the numbers \
     in your table are right.",
];

fn two(x: f64) -> String {
    with_error(x, 0.01)
}

/// A number of the table, and the range of its distribution if it has one.
fn cell(number: f64, value: Option<&Value>) -> HtmlCell {
    let dist = value.and_then(Value::dist).filter(|dist| dist.exact().is_none());
    let small = dist.map_or(String::new(), |dist| {
        let ends = [0.05, 0.95].map(|p| dist.quantile(p));
        let [low, high] = ends.map(|end| with_error(end, (ends[1] - ends[0]) / 50.0));
        format!("{low} to {high}")
    });
    HtmlCell { text: two(number), small }
}

fn table(page: &mut Page, scenario: &Scenario, summary: &Summary) {
    let point = &summary.point;
    if let Some(law) = weight_law(scenario.weight_law()) {
        page.paragraph("", &format!("In draws, {law}; the table shows their mean shares."));
    }
    let headers = ["weight".into()].into_iter().chain(scenario.areas().iter().map(|area| area.name.clone()));
    let mut table = HtmlTable::numbers("Factor", headers);
    let is_plain = *scenario.weight_law() == WeightDistribution::Independent;
    for (k, factor) in scenario.factors().iter().enumerate() {
        let weight = cell(point.weights[k], Some(&factor.weight).filter(|_| is_plain));
        // What a value function makes of a score has another range.
        let score = |(value, score)| cell(value, Some(score).filter(|_| factor.value.is_none()));
        let scores = point.scores[k].iter().copied().zip(&factor.scores).map(score);
        table.row(&factor.name, [weight].into_iter().chain(scores));
    }
    let row = |values: &[f64]| -> Vec<String> {
        [String::new()].into_iter().chain(values.iter().copied().map(two)).collect()
    };
    table.row(&scenario.words().score_heading(), row(&point.overall_scores));
    table.row("shift from the spread", row(&point.moved));
    let averaged = if scenario.worlds().is_empty() {
        ""
    } else {
        "; what depends on a world as its mean over the worlds"
    };
    let ranges = "; small: the range from 5% to 95% of each uncertain number";
    page.table(&format!("Weights and scores at central numbers{averaged}{ranges}"), &table);
}

fn worlds(page: &mut Page, scenario: &Scenario) {
    if scenario.worlds().is_empty() {
        return;
    }
    let mut table = HtmlTable::words("World", ["outcomes and their probabilities"]);
    for world in scenario.worlds() {
        for (index, row) in world.chances.iter().enumerate() {
            let outcomes = world.outcomes.iter().zip(row).map(|(outcome, chance)| match &chance.written {
                StatedProbability::Uncertain(dist) => {
                    format!("{outcome} {dist:.4}, on average {}", two(chance.probability))
                }
                _ => format!("{outcome} {}", chance.probability),
            });
            let given = world.given.map_or(String::new(), |given| {
                let given = &scenario.worlds()[given];
                format!(" where {} = {}", given.id, given.outcomes[index])
            });
            table.row(&format!("{}{given}", world.id), [outcomes.collect::<Vec<_>>().join(", ")]);
        }
    }
    page.table("Worlds, each shared by all areas", &table);
}

fn inputs(page: &mut Page, scenario: &Subject<'_>) {
    let model = scenario.model();
    page.wide_section("inputs", "Every input");
    let n = model.stated_inputs().count();
    if n == 0 {
        page.paragraph("", "Every number of this scenario is certain.");
        return;
    }
    let mut table = HtmlTable::words("Input", ["distribution", "mean", "sd", "5%", "95%"]);
    for input in model.stated_inputs().take(MOST_INPUTS) {
        let dist = &input.dist;
        let sd = dist.variance().sqrt();
        let numbers = [dist.mean(), sd, dist.quantile(0.05), dist.quantile(0.95)];
        let numbers = numbers.map(|x| with_error(x, sd / 50.0));
        let text: String = format!("{dist:.4}").chars().take(400).collect();
        table.row(&input.to_string(), [text].into_iter().chain(numbers));
    }
    page.folded_table(&format!("The distributions of {n} uncertain numbers"), &table);
    if n > MOST_INPUTS {
        page.paragraph("", &format!("{} more are left out; headstart show has them all.", n - MOST_INPUTS));
    }
}

fn manifest(page: &mut Page, scenario: &Scenario, summary: &Summary) {
    let run = summary.run;
    let largest = summary.largest_mcse();
    let mut table = run_table(scenario, run);
    table.row("Inputs drawn", [summary.n_inputs.to_string()]);
    table.row("Sampling", ["plain"]);
    table.row(
        "Largest standard error",
        [format!("{} percentage points", with_error(100.0 * largest, largest))],
    );
    page.folded_table(&what_was_run(scenario, run), &table);
    page.paragraph("", "This page holds the scenario. To run it again, type (with the name of this file in place of report.html):");
    page.command(&format!("headstart run report.html --seed {} --draws {}", run.seed, run.draws));
}

/// Says in a line what was run.
fn what_was_run(scenario: &Scenario, run: Run) -> String {
    format!(
        "headstart {} · scenario {} · seed {} · {} draws",
        env!("CARGO_PKG_VERSION"),
        &scenario.hash()[..12],
        run.seed,
        thousands(run.draws)
    )
}

/// Lays out what was run.
fn run_table(scenario: &Scenario, run: Run) -> HtmlTable {
    let mut table = HtmlTable::words("What", ["is"]);
    table.row("Program", [format!("headstart {}", env!("CARGO_PKG_VERSION"))]);
    table.row("Scenario", [scenario.title()]);
    table.row("SHA-256 of the scenario", [scenario.hash()]);
    table.row("Seed", [run.seed.to_string()]);
    table.row("Draws", [thousands(run.draws)]);
    table
}

/// Says what a page other than that of a run was made of, and how to make it again.
pub fn reproduce(page: &mut Page, scenario: &Scenario, run: Run, command: &str) {
    page.section("manifest", "Reproduce this report");
    let mut table = run_table(scenario, run);
    table.row("Command", [format!("headstart {command}")]);
    page.folded_table(&what_was_run(scenario, run), &table);
    page.paragraph(
        "",
        "This page holds the scenario. To make it again and compare every number, type (with the name of this file in place of \
         report.html):",
    );
    page.command("headstart verify report.html");
}
