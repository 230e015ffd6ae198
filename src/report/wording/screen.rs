//! The first screen of a run as sentences, for text and Markdown alike. Knows no format.

use crate::analysis::{Estimate, OrderSummary, Summary, Verdict};
use crate::report::sections::Sections;
use crate::report::wording::claims::ClaimTable;
use crate::report::wording::findings;
use crate::report::wording::number::{at_most, percent, stated, thousands};
use crate::report::wording::selection::matrix_rows_and_columns;
use crate::scenario::Scenario;

/// The most worlds that are named with their probabilities.
const WORLDS: usize = 4;
/// The most rows and columns of the matrix of the first screen.
const MATRIX: usize = 12;
/// The most pairs that are named where they are too close to call.
const NAMED: usize = 2;

/// Says what was modelled, in one line.
pub fn modelled(scenario: &Scenario, summary: &Summary) -> String {
    let counted = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let areas = scenario.words().count(scenario.areas().len());
    let factors = counted(scenario.factors().len(), "factor");
    let inputs = counted(summary.n_inputs, "uncertain input");
    let worlds = match summary.worlds.len() {
        0 => String::new(),
        1..=WORLDS => {
            let world = |world: &crate::scenario::JointWorld| {
                let outcomes: Vec<&str> = world.named(scenario).map(|(_, outcome)| outcome).collect();
                format!("{} {}%", outcomes.join(" and "), stated(100.0 * world.probability, 3))
            };
            let each: Vec<String> = summary.worlds.iter().map(|there| world(&there.world)).collect();
            format!("; worlds: {}", each.join(", "))
        }
        n => format!("; {n} worlds of {}", counted(scenario.worlds().len(), "world variable")),
    };
    format!("{areas}, {factors}, {inputs}{worlds}")
}

/// Rows and columns of a matrix, and what is said of those that are left out.
pub struct MatrixPart {
    /// Areas of the rows.
    pub rows: Vec<usize>,
    /// Areas of the columns.
    pub columns: Vec<usize>,
    /// A sentence about what is left out.
    pub left_out: Option<String>,
}

impl MatrixPart {
    /// Chooses the rows and columns of the first screen: of more than twelve those with the highest mean score, in the order of the file.
    pub fn of(scenario: &Scenario, summary: &Summary, sections: &Sections) -> Self {
        let (rows, columns) = matrix_rows_and_columns(scenario, sections.all_pairs());
        if sections.all_pairs() || sections.is_all() || rows.len().max(columns.len()) <= MATRIX {
            return Self { rows, columns, left_out: None };
        }
        let (n_rows, n_columns) = (rows.len(), columns.len());
        let highest = |areas: Vec<usize>| {
            let mut sorted = areas;
            let mean = |area: usize| summary.areas[area].overall.mean;
            sorted.sort_by(|&i, &j| mean(j).total_cmp(&mean(i)).then(i.cmp(&j)));
            sorted.truncate(MATRIX);
            sorted.sort_unstable();
            sorted
        };
        let (rows, columns) = (highest(rows), highest(columns));
        let left_out = format!(
            "The matrix shows {} of {n_rows} rows and {} of {n_columns} columns, those with the highest mean {}; --show all prints every one.",
            rows.len(),
            columns.len(),
            scenario.words().score
        );
        Self { rows, columns, left_out: Some(left_out) }
    }
}

/// Says how sure the numbers of the first screen are; nothing where there is no number.
pub fn how_sure(
    summary: &Summary,
    claims: &ClaimTable,
    scenario: &Scenario,
    part: &MatrixPart,
) -> Vec<String> {
    let mut lines = Vec::new();
    let cells = part.rows.iter().flat_map(|&i| part.columns.iter().map(move |&j| (i, j)));
    let cells = cells.filter_map(|(i, j)| summary.order.before[i][j].as_ref());
    let shown: Vec<&Estimate> = claims.rows().flat_map(|row| &row.estimates).chain(cells).collect();
    let widest = shown.iter().map(|estimate| estimate.half_width()).fold(0.0, f64::max);
    if widest > 0.0 && summary.n_inputs > 0 {
        let integrated = shown.iter().any(|estimate| estimate.is_integrated());
        let of = if integrated { "the error of each number" } else { "sampling error" };
        let together = if summary.simultaneous { ", all numbers together" } else { "" };
        let width = at_most(100.0 * widest);
        lines.push(format!(
            "How sure: {of} is at most ±{width} points (95%{together}){}.",
            settled(scenario, summary)
        ));
    }
    if shown.iter().any(|estimate| estimate.is_left()) {
        lines.push("~ Sampled; all other values are integrated.".into());
    }
    lines
}

/// Says of how many pairs the leader is known, and names those of which it is not if they are few.
fn settled(scenario: &Scenario, summary: &Summary) -> String {
    let (rows, columns) = matrix_rows_and_columns(scenario, false);
    let all_by_all = rows == columns;
    let pairs: Vec<(usize, usize)> = rows
        .iter()
        .flat_map(|&i| columns.iter().map(move |&j| (i, j)))
        .filter(|&(i, j)| if all_by_all { i < j } else { i != j })
        .collect();
    let is_open = |&&(i, j): &&(usize, usize)| summary.order.before[i][j].is_some_and(|e| !e.is_settled());
    let open: Vec<&(usize, usize)> = pairs.iter().filter(is_open).collect();
    let (of, across) = (pairs.len(), findings::across(scenario));
    let name =
        |&&(i, j): &&(usize, usize)| format!("{} and {}", scenario.areas()[i].name, scenario.areas()[j].name);
    match (open.len(), of) {
        (0, 1) => ", small enough to tell which of the two leads".into(),
        (0, _) => format!(", small enough to tell who leads each of the {of} pairs{across}"),
        (1, 1) => "; the pair is too close to call".into(),
        (1, _) => format!("; 1 of {of} pairs{across} is too close to call: {}", name(&open[0])),
        (n, _) if n <= NAMED => {
            let names: Vec<String> = open.iter().map(name).collect();
            format!("; {n} of {of} pairs{across} are too close to call: {}", names.join("; "))
        }
        (n, _) => format!("; {n} of {of} pairs{across} are too close to call (marked ?)"),
    }
}

/// Says how many assertions are met, if there are any.
pub fn assertions(summary: &Summary) -> Option<String> {
    let n = summary.asserts.len();
    let met = summary.asserts.iter().filter(|assert| assert.verdict == Verdict::Holds).count();
    if n == 1 {
        return Some(format!("Assertion: {}.", if met == 1 { "met" } else { "not met" }));
    }
    (n > 0).then(|| {
        if met == n { format!("Assertions: all {n} met.") } else { format!("Assertions: {met} of {n} met.") }
    })
}

/// Lists the assertions that are not met, each with a label.
pub fn not_met(summary: &Summary) -> Vec<(&'static str, String)> {
    let line = |assert: &crate::analysis::AssertSummary| {
        let found = percent(&assert.estimate);
        match assert.verdict {
            Verdict::Holds => None,
            Verdict::Fails => Some(("FAILED: ", format!("the assertion {}; found {found}.", assert.text))),
            Verdict::Unsettled => Some((
                "Undecided: ",
                format!("the assertion {}; found {found}, and the draws are too few to tell.", assert.text),
            )),
        }
    };
    summary.asserts.iter().filter_map(line).collect()
}

/// Says which version made the report, from what, and how many of its numbers were integrated and drawn if some were integrated.
pub fn provenance(scenario: &Scenario, summary: &Summary) -> String {
    let run = summary.run;
    let (mut integrated, mut drawn) = (0_u64, 0_u64);
    for (_, estimate) in summary.rankings().flat_map(OrderSummary::estimates) {
        if estimate.is_integrated() {
            integrated += 1;
        } else {
            drawn += 1;
        }
    }
    let methods = if integrated > 0 {
        format!(" · {} numbers integrated, {} drawn", thousands(integrated), thousands(drawn))
    } else {
        String::new()
    };
    format!(
        "headstart {} · scenario {} · seed {} · {} draws{methods}",
        env!("CARGO_PKG_VERSION"),
        &scenario.hash()[..12],
        run.seed,
        thousands(run.draws),
    )
}

/// Commands to type next about a source, each with what it shows.
pub fn next(scenario: &Scenario, summary: &Summary, source: &str) -> Vec<(String, &'static str)> {
    let mut commands = vec![(format!("headstart run {source} --show all"), "intervals, ranks, scores ...")];
    let order = &summary.order;
    let n_standard = order.claims.len() - scenario.claims().len();
    let distance = |index: &usize| (order.claims[*index].estimate.probability - 0.5).abs();
    let own = (n_standard..order.claims.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)));
    let about = match (own, findings::closest_pair(scenario, order)) {
        (Some(claim), _) => Some(format!("--claim {}", quoted(&order.claims[claim].id))),
        (None, Some((i, j))) => Some(format!("--pair {} {}", scenario.areas()[i].id, scenario.areas()[j].id)),
        (None, None) => None,
    };
    if let Some(about) = about {
        commands.push((format!("headstart sensitivity {source} {about}"), "drivers"));
    }
    if !scenario.levers().is_empty() {
        commands.push((format!("headstart levers {source}"), "effect of each intervention"));
    }
    commands.push((format!("headstart run {source} --export report.html"), "a page with charts, to share"));
    commands
}

/// Returns a word as a shell takes it.
#[must_use]
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./=:@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
