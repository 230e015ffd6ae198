//! Whole orders as JSON and as CSV. A part of the same contract as the report of a run.

use crate::analysis::{Cycle, Expected, ListedOrder, Rankings};
use crate::model::Subject;
use crate::report::json::report::Manifest;
use crate::report::json::write::pretty;
use crate::report::tables::csv::written;
use crate::report::version::SCHEMA;
use crate::report::wording::changed::Changed;
use crate::scenario::Scenario;
use serde::Serialize;

/// Results about full rankings.
#[derive(Debug, Serialize)]
struct RankingsJson {
    schema: u32,
    manifest: Manifest,
    /// The most probable, each the ids of the areas from the first to the last.
    rankings: Vec<Listed>,
    /// No other order has more than this share of the draws.
    others_at_most: f64,
    tied: f64,
    /// The bounds of the entropy of the order in the sample.
    entropy_bits: [f64; 2],
    /// One an area, in the order of the scenario.
    ranks: Vec<Rank>,
    cycles: Vec<Circle>,
    threshold: f64,
    /// Runs of areas by expected rank of which no two can be told apart.
    not_told_apart: Vec<Vec<String>>,
}

#[derive(Debug, Serialize)]
struct Listed {
    order: Vec<String>,
    probability: f64,
    mcse: f64,
    low: f64,
    high: f64,
}

#[derive(Debug, Serialize)]
struct Rank {
    area: String,
    expected: f64,
    mcse: f64,
    low: f64,
    high: f64,
    q05: usize,
    q95: usize,
    entropy_bits: f64,
    entropy_mcse: f64,
    entropy_low: f64,
    entropy_high: f64,
}

#[derive(Debug, Serialize)]
struct Circle {
    /// Each is more often before the next, and the last before the first.
    areas: Vec<String>,
    within: Vec<String>,
    settled: bool,
}

/// Whole orders as JSON.
#[must_use]
pub fn rankings_json<'a>(scenario: impl Into<Subject<'a>>, found: &Rankings) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let ids = |areas: &[usize]| ids(scenario, areas);
    let listed = |ListedOrder { areas, estimate }: &ListedOrder| Listed {
        order: ids(areas),
        probability: estimate.probability,
        mcse: estimate.mcse,
        low: estimate.low,
        high: estimate.high,
    };
    let rank = |(area, rank): (usize, &crate::analysis::AreaRank)| Rank {
        area: scenario.areas()[area].id.clone(),
        expected: rank.expected.mean,
        mcse: rank.expected.mcse,
        low: rank.expected.low,
        high: rank.expected.high,
        q05: rank.range[0],
        q95: rank.range[1],
        entropy_bits: rank.entropy.mean,
        entropy_mcse: rank.entropy.mcse,
        entropy_low: rank.entropy.low,
        entropy_high: rank.entropy.high,
    };
    let circle = |cycle: &Cycle| Circle {
        areas: ids(&cycle.areas),
        within: ids(&cycle.within),
        settled: cycle.settled,
    };
    pretty(&RankingsJson {
        schema: SCHEMA,
        manifest: Manifest::sampled(
            scenario,
            found.run,
            found.top.iter().map(|order| order.estimate.mcse).fold(0.0, f64::max),
        ),
        rankings: found.top.iter().map(listed).collect(),
        others_at_most: found.others_at_most,
        tied: found.tied,
        entropy_bits: found.entropy,
        ranks: found.areas.iter().enumerate().map(rank).collect(),
        cycles: found.cycles.iter().map(circle).collect(),
        threshold: found.threshold,
        not_told_apart: found.alike.iter().map(|run| ids(run)).collect(),
    })
}

/// Whole orders as CSV: one number with its error a line. Of an order `what` is its areas from the first to the last; lines `changed` say what was
/// changed before the run.
#[must_use]
pub fn rankings_csv<'a>(scenario: impl Into<Subject<'a>>, found: &Rankings) -> String {
    let scenario: &Subject<'a> = &scenario.into();
    let header = ["quantity", "what", "estimate", "mcse", "low", "high"].map(String::from);
    let line = |quantity: &str, area: usize, numbers: [f64; 4]| {
        let [value, mcse, low, high] = numbers.map(|x| x.to_string());
        [quantity.to_owned(), scenario.areas()[area].id.clone(), value, mcse, low, high]
    };
    let mut lines = vec![header];
    for (kind, what) in Changed::of(scenario, found.run).into_iter().flat_map(|changed| changed.rows()) {
        let [estimate, mcse, low, high] = [(); 4].map(|()| String::new());
        lines.push(["changed".into(), format!("{kind}: {what}"), estimate, mcse, low, high]);
    }
    for ListedOrder { areas, estimate } in &found.top {
        let numbers = [estimate.probability, estimate.mcse, estimate.low, estimate.high];
        let [p, mcse, low, high] = numbers.map(|x| x.to_string());
        lines.push(["order".into(), ids(scenario, areas).join(" > "), p, mcse, low, high]);
    }
    for (area, rank) in found.areas.iter().enumerate() {
        let Expected { mean, mcse, low, high } = rank.expected;
        lines.push(line("expected_rank", area, [mean, mcse, low, high]));
    }
    for (area, rank) in found.areas.iter().enumerate() {
        let Expected { mean, mcse, low, high } = rank.entropy;
        lines.push(line("rank_entropy_bits", area, [mean, mcse, low, high]));
    }
    written(lines.into_iter())
}

fn ids(scenario: &Scenario, areas: &[usize]) -> Vec<String> {
    areas.iter().map(|&area| scenario.areas()[area].id.clone()).collect()
}
