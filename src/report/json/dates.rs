//! Dates in the JSON report; a part of the same contract.

use crate::analysis::{Dates, Estimate, Instant, PlaceDates, Summary, ThresholdDates};
use crate::report::json::order::{ClaimJson, OrderJson, claim, order};
use crate::report::wording::dates::place_id;
use crate::scenario::{Clock, DateTarget, Scenario};
use schemars::JsonSchema;
use serde::Serialize;

/// Dates of a scenario with a clock.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ClockJson {
    /// First date, as a decimal year.
    pub start: f64,
    /// Last date; what is reached later counts as never reached.
    pub until: f64,
    /// Probabilities and the quantiles of the months that a point of the overall score is worth, before feedback.
    pub months_a_point: Vec<(f64, f64)>,
    /// One per threshold, in rising order.
    pub thresholds: Vec<ThresholdJson>,
    /// Claims of the scenario about dates.
    pub claims: Vec<ClaimJson>,
    /// Probabilities of others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<TargetJson>,
}

/// Somebody else's probability of a claim.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TargetJson {
    /// The id of the claim.
    pub claim: String,
    /// The people who say it.
    pub who: String,
    /// Their probability.
    pub says: f64,
    /// The probability here.
    pub probability: f64,
    /// Its standard error.
    pub mcse: f64,
}

/// Dates at one threshold.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ThresholdJson {
    /// Speedup that is reached.
    pub at: f64,
    /// The order in which areas reach it.
    #[serde(flatten)]
    pub order: OrderJson,
    /// `neither[i][j]`: neither area ever reaches it; null on the diagonal. With both orders and the tie it makes 1.
    pub neither: Vec<Vec<Option<f64>>>,
    /// Areas, and places in groups.
    pub dates: Vec<PlaceJson>,
    /// One per pair of groups.
    pub leads: Vec<LeadJson>,
}

/// Dates of an area, or of a place in a group.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlaceJson {
    /// Id of the area, or `first(group)`, `nth(k,group)` or `last(group)`.
    pub place: String,
    /// Quantiles of all draws.
    pub quantiles: Vec<DateJson>,
    /// Probability that it is there from the start.
    pub start: f64,
    /// Probability that it is never there.
    pub never: f64,
    /// The standard error of `never`.
    pub never_mcse: f64,
    /// Years, and the probability that it is there by then.
    pub by_year: Vec<(f64, f64)>,
}

/// A quantile of dates. A date is a decimal year, `start` or `never`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DateJson {
    /// Probability of the quantile.
    pub p: f64,
    /// The date.
    pub date: InstantJson,
    /// The lower end of its 95 % interval.
    pub low: InstantJson,
    /// The upper end.
    pub high: InstantJson,
}

/// A decimal year, `start` or `never`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum InstantJson {
    /// A decimal year.
    Year(f64),
    /// `start` or `never`.
    Word(&'static str),
}

/// Lead of one group over another.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LeadJson {
    /// The id of the group that leads where the number is positive.
    pub a: String,
    /// The id of the other.
    pub b: String,
    /// Probabilities and the quantiles at them, in months between the dates of their middle areas, given that both reach it.
    pub months: Vec<(f64, f64)>,
    /// Probability that both reach it.
    pub both: f64,
}

impl ClockJson {
    /// Lays out the dates of a run, if there are any.
    pub(crate) fn of(scenario: &Scenario, summary: &Summary) -> Option<Self> {
        let (clock, dates) = (scenario.clock()?, summary.dates.as_deref()?);
        Some(Self::new(scenario, clock, dates))
    }

    fn new(scenario: &Scenario, clock: &Clock, dates: &Dates) -> Self {
        Self {
            start: clock.start,
            until: clock.until,
            months_a_point: dates.months.clone(),
            thresholds: dates.thresholds.iter().map(|at| threshold(scenario, at)).collect(),
            claims: dates.claims.iter().map(claim).collect(),
            targets: dates.targets.iter().map(target).collect(),
        }
    }
}

fn target((target, ours): &(DateTarget, Estimate)) -> TargetJson {
    TargetJson {
        claim: target.claim.clone(),
        who: target.who.clone(),
        says: target.says,
        probability: ours.probability,
        mcse: ours.mcse,
    }
}

fn threshold(scenario: &Scenario, dates: &ThresholdDates) -> ThresholdJson {
    let id = |group: usize| scenario.groups()[group].id.clone();
    let lead = |lead: &crate::analysis::Lead| LeadJson {
        a: id(lead.groups.0),
        b: id(lead.groups.1),
        months: lead.quantiles.clone(),
        both: lead.both,
    };
    ThresholdJson {
        at: dates.at,
        order: order(scenario, &dates.order),
        neither: dates.neither.clone(),
        dates: dates.places.iter().map(|of| place(scenario, of)).collect(),
        leads: dates.leads.iter().map(lead).collect(),
    }
}

fn place(scenario: &Scenario, of: &PlaceDates) -> PlaceJson {
    let quantiles = of.quantiles.iter().map(|(p, estimate)| DateJson {
        p: *p,
        date: instant(estimate.date),
        low: instant(estimate.low),
        high: instant(estimate.high),
    });
    PlaceJson {
        place: place_id(scenario, &of.place),
        quantiles: quantiles.collect(),
        start: of.start.probability,
        never: of.never.probability,
        never_mcse: of.never.mcse,
        by_year: of.by_year.clone(),
    }
}

fn instant(instant: Instant) -> InstantJson {
    match instant {
        Instant::Start => InstantJson::Word("start"),
        Instant::Year(year) => InstantJson::Year(year),
        Instant::Never => InstantJson::Word("never"),
    }
}
