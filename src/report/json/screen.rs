//! The first screen of a run for a program that draws it, as a page with the engine in it does: each number beside the text that reports
//! print for it, so that no other program rounds or words them anew.

use crate::analysis::{Change, Estimate, OverallScore, ScenarioChange, Summary};
use crate::model::Subject;
use crate::report::json::scenario::show_json;
use crate::report::json::write::{Json, line, parse};
use crate::report::sections::Sections;
use crate::report::wording::against::against;
use crate::report::wording::caveat::caveat;
use crate::report::wording::claims::{ClaimTable, text};
use crate::report::wording::findings;
use crate::report::wording::number::{overall, percent, percent_and_interval, percentage_points};
use crate::report::wording::screen::{MatrixPart, assertions, how_sure, modelled, not_met, provenance};
use crate::scenario::Scenario;
use serde::Serialize;

/// Ranks of more areas than these are left to the reports.
const MOST_RANKS: usize = 30;

/// The first screen of a run.
#[derive(Serialize)]
struct Screen {
    title: String,
    scenario_hash: String,
    draws: u64,
    seed: u64,
    modelled: String,
    /// The answer, one sentence after the other.
    finding: Vec<String>,
    /// A sentence about how much of the run there is, if it was stopped.
    partial: Option<String>,
    how_sure: Vec<String>,
    assertions: Vec<String>,
    caveat: String,
    provenance: String,
    score: String,
    /// A sentence about which end of the scores comes first.
    direction: String,
    /// Headings of the probabilities of a claim.
    claim_columns: Vec<String>,
    claims: Vec<ScreenClaim>,
    /// Indices of the author's claims and of the standard claims that a first screen shows.
    own: Vec<usize>,
    standard: Vec<usize>,
    /// Areas of the rows and columns of the matrix, and the probabilities of each row before each column.
    rows: Vec<usize>,
    columns: Vec<usize>,
    before: Vec<Vec<Option<Number>>>,
    left_out: Option<String>,
    /// One row per area and one column per rank; none for many areas.
    ranks: Vec<Vec<Number>>,
    overall: Vec<ScreenScore>,
}

#[derive(Serialize)]
struct ScreenClaim {
    id: String,
    text: String,
    /// Over all worlds, with its interval.
    all: Number,
    interval: String,
    /// One per heading, as text.
    columns: Vec<String>,
}

/// A probability, and how reports print it.
#[derive(Serialize)]
struct Number {
    p: f64,
    low: f64,
    high: f64,
    text: String,
    /// True if the interval is on one side of one half.
    settled: bool,
}

#[derive(Serialize)]
struct ScreenScore {
    mean: f64,
    sd: f64,
    quantiles: Vec<(f64, f64)>,
    /// Central number, mean, standard deviation and quantiles, as reports print them.
    texts: Vec<String>,
}

impl Number {
    fn of(estimate: &Estimate) -> Self {
        let Estimate { probability: p, low, high, .. } = *estimate;
        Self { p, low, high, text: percent(estimate), settled: estimate.is_settled() }
    }
}

/// Returns the first screen of a run as JSON.
#[must_use]
pub fn screen_json<'a>(scenario: impl Into<Subject<'a>>, summary: &Summary) -> String {
    let scenario: &Scenario = scenario.into().scenario();
    let table = ClaimTable::of(scenario, summary, true);
    let part = MatrixPart::of(scenario, summary, &Sections::default());
    let order = &summary.order;
    let texts_of = |index: usize| {
        let row = table.rows().find(|row| row.index == index);
        row.map_or(Vec::new(), |row| row.estimates.iter().map(percent).collect())
    };
    let claim = |(index, claim): (usize, &crate::analysis::ClaimSummary)| ScreenClaim {
        id: claim.id.clone(),
        text: text(order, index),
        all: Number::of(&claim.estimate),
        interval: percent_and_interval(&claim.estimate),
        columns: texts_of(index),
    };
    let cell = |&i: &usize, &j: &usize| order.before[i][j].as_ref().map(Number::of);
    let row = |i: &usize| part.columns.iter().map(|j| cell(i, j)).collect();
    let ranks = if scenario.areas().len() <= MOST_RANKS { &order.ranks[..] } else { &[] };
    let score = |(area, drawn): (usize, &crate::analysis::AreaSummary)| {
        let OverallScore { mean, sd, quantiles } = &drawn.overall;
        let texts = overall(Some(summary.point.overall_scores[area]), drawn);
        ScreenScore { mean: *mean, sd: *sd, quantiles: quantiles.clone(), texts }
    };
    let not_met = not_met(summary).into_iter().map(|(label, text)| format!("{label}{text}"));
    line(&Screen {
        title: scenario.title().into(),
        scenario_hash: scenario.hash(),
        draws: summary.run.draws,
        seed: summary.run.seed,
        modelled: modelled(scenario, summary),
        finding: findings::answer(scenario, summary),
        partial: summary.partial.as_ref().map(findings::partial),
        how_sure: how_sure(summary, &table, scenario, &part),
        assertions: assertions(summary).into_iter().chain(not_met).collect(),
        caveat: caveat(scenario, summary),
        provenance: provenance(scenario, summary),
        score: scenario.words().score_heading(),
        direction: findings::direction(scenario),
        claim_columns: table.columns.clone(),
        claims: order.claims.iter().enumerate().map(claim).collect(),
        own: table.own.iter().map(|row| row.index).collect(),
        standard: table.standard.iter().map(|row| row.index).collect(),
        before: part.rows.iter().map(row).collect(),
        rows: part.rows,
        columns: part.columns,
        left_out: part.left_out,
        ranks: ranks.iter().map(|row| row.iter().map(Number::of).collect()).collect(),
        overall: summary.areas.iter().enumerate().map(score).collect(),
    })
}

/// Returns what a page shows before its engine runs, as JSON: the first screen of a run, and the scenario as `show` has it.
///
/// # Panics
/// If what this program writes as JSON is none.
#[must_use]
pub fn published_json<'a>(scenario: impl Into<Subject<'a>>, summary: &Summary) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let shown: Json =
        parse(&show_json(scenario, scenario.model(), &summary.point)).expect("it was written as JSON");
    format!("{{\"screen\":{},\"shown\":{}}}", screen_json(scenario, summary), line(&shown))
}

/// The differences of a changed scenario.
#[derive(Serialize)]
struct ScreenChange {
    /// Sentence about what changed most.
    finding: String,
    claims: Vec<ChangedClaim>,
}

#[derive(Serialize)]
struct ChangedClaim {
    id: String,
    difference: f64,
    /// In percentage points.
    text: String,
    /// True if sampling error does not explain it.
    settled: bool,
    /// True if no draw differs.
    none: bool,
}

/// Returns the differences of a changed scenario as JSON, on one line.
#[must_use]
pub fn change_json(change: &ScenarioChange) -> String {
    let claim = |claim: &crate::analysis::ClaimChange| {
        let Change { difference, inert, .. } = claim.change;
        ChangedClaim {
            id: claim.id.to_string(),
            difference,
            text: percentage_points(&claim.change),
            settled: claim.change.is_settled(),
            none: inert,
        }
    };
    line(&ScreenChange { finding: against(change), claims: change.claims.iter().map(claim).collect() })
}
