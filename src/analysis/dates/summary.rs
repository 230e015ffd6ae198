//! Dates from their counts.

use super::quantile::{BinValue, DateBins};
use super::shape::{DateEstimate, Dates, Instant, Lead, PlaceDates, ThresholdDates};
use super::tally::{DatesPlan, DatesTally};
use crate::analysis::answer::order_shape::{AssertSummary, ClaimSummary};
use crate::analysis::answer::summary::summarize_order;
use crate::analysis::answer::supplements::verdict_at;
use crate::analysis::answer::undecided::CountedOrder;
use crate::analysis::bounded::unit_interval;
use crate::analysis::interval::{Basis, Estimate, LEVEL, Z95, wilson};
use crate::clock::exp;
use crate::control::{Control, Stopped};
use crate::model::Model;
use crate::sampler::{Run, sample_with_precision};
use crate::scenario::{Clock, Dated, DatedClaim, Scenario};
use crate::tally::Events;
use std::sync::Arc;

/// The quantiles of dates.
const QUANTILES: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];
/// The most years that a probability is reported for.
const MOST_YEARS: f64 = 50.0;

/// Draws the dates of a scenario, in double precision; nothing if it has no clock. The inputs that the order is drawn from have the same
/// uniform numbers as in [`crate::analysis::summarize`].
///
/// # Errors
/// The run was stopped.
pub fn dates(scenario: &Scenario, run: Run, control: Control<'_>) -> Result<Option<Dates>, Stopped> {
    let Some((model, numbers)) = Model::dated(&[scenario]) else { return Ok(None) };
    let stated = scenario.dated_claims().iter().map(|named| &named.claim);
    let asserted = scenario.dated_asserts().iter().map(|assert| &assert.claim);
    let mut claims: Vec<Dated> = stated.chain(asserted).cloned().collect();
    for named in scenario.dated_claims() {
        claims.extend(scenario.given(named).into_iter().flat_map(|given| parts_given(&named.claim, given)));
    }
    let plan = Arc::new(DatesPlan::new(scenario, &model, numbers, claims));
    let run = run.at_least_one();
    let none = DatesTally::new(Arc::clone(&plan));
    let kept = sample_with_precision::<f64, _>(&model, run, &|| none.clone(), control)?;
    let weights: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    Ok(Some(Counted { plan: &plan, kept: &kept, weights: &weights }.summary()))
}

/// The counts of a run, with what they are of.
struct Counted<'a> {
    plan: &'a DatesPlan,
    kept: &'a DatesTally,
    weights: &'a [f64],
}

impl Counted<'_> {
    fn summary(&self) -> Dates {
        let Self { plan, kept, weights } = *self;
        let months = QUANTILES.iter().filter_map(|&p| {
            let BinValue { value, is_exact } = kept.months.at(p * kept.n as f64, weights)?;
            Some((p, if is_exact { value } else { exp(value) }))
        });
        let claims = self.claims();
        let n_claims = claims.len();
        let targets = plan.scenario.date_targets().iter().filter_map(|target| {
            let ours = claims.iter().find(|claim| claim.id == target.claim)?;
            Some((target.clone(), ours.estimate))
        });
        let targets = targets.collect();
        let asserts = plan.scenario.dated_asserts().iter().enumerate().map(|(index, assert)| {
            let estimate = Estimate::of(&kept.claims, n_claims + index, weights, kept.n);
            let verdict = verdict_at(assert.side, assert.threshold, &estimate);
            AssertSummary { text: assert.text.clone(), verdict, estimate }
        });
        Dates {
            asserts: asserts.collect(),
            draws: kept.n,
            months: months.collect(),
            thresholds: (0..plan.n_thresholds).map(|threshold| self.threshold(threshold)).collect(),
            claims,
            targets,
        }
    }

    /// The claims that the scenario states.
    fn claims(&self) -> Vec<ClaimSummary> {
        let Self { plan, kept, weights } = *self;
        let scenario = &plan.scenario;
        let mut given = scenario.dated_claims().len() + scenario.dated_asserts().len();
        let claim = |(index, named): (usize, &DatedClaim)| {
            let (mut estimate, mut text) =
                (Estimate::of(&kept.claims, index, weights, kept.n), named.text.clone());
            if let Some(id) = &named.given {
                estimate = conditional(&kept.claims, given, weights, kept.n);
                given += 3;
                text = format!("{text} (given: {id})");
            }
            ClaimSummary { id: named.id.clone(), text, redundant: false, estimate, tie: 0.0 }
        };
        scenario.dated_claims().iter().enumerate().map(claim).collect()
    }

    fn threshold(&self, threshold: usize) -> ThresholdDates {
        let Self { plan, kept, weights } = *self;
        let at = plan.clock().thresholds[threshold];
        let n_areas = plan.scenario.areas().len();
        let counted = CountedOrder { order: &kept.orders[threshold], undecided: None };
        let mut order = summarize_order(&plan.scenario, counted, &plan.standard, weights);
        for claim in &mut order.claims {
            claim.id = format!("{}@{at}", claim.id);
        }
        let neither = |i: usize, j: usize| {
            let event = i.max(j) * n_areas + i.min(j);
            (i != j).then(|| Estimate::of(&kept.neither[threshold], event, weights, kept.n).probability)
        };
        let neither: Vec<Vec<Option<f64>>> =
            (0..n_areas).map(|i| (0..n_areas).map(|j| neither(i, j)).collect()).collect();
        for (ties, neither) in order.tie.iter_mut().zip(&neither) {
            for (tie, neither) in ties.iter_mut().zip(neither) {
                if let (Some(tie), Some(neither)) = (tie, neither) {
                    *tie = (*tie - neither).max(0.0);
                }
            }
        }
        let places = (0..plan.places.len()).map(|place| self.place(threshold, place));
        let leads = plan.pairs.iter().enumerate().map(|(index, &groups)| {
            let bins = &kept.leads[threshold * plan.pairs.len() + index];
            let total = bins.total(weights);
            let quantile =
                |&p: &f64| Some((p, 12.0 * bins.at(p * total, weights).filter(|_| total > 0.0)?.value));
            let quantiles = QUANTILES.iter().filter_map(quantile).collect();
            Lead { groups, quantiles, both: (total / kept.n as f64).min(1.0) }
        });
        ThresholdDates { at, order, neither, places: places.collect(), leads: leads.collect() }
    }

    fn place(&self, threshold: usize, place: usize) -> PlaceDates {
        let Self { plan, kept, weights } = *self;
        let event = threshold * plan.places.len() + place;
        let [start, never] =
            [&kept.starts, &kept.nevers].map(|events| Estimate::of(events, event, weights, kept.n));
        let bins = &kept.dates[event];
        let n = kept.n as f64;
        let at = |p: f64| instant(bins, (p - start.probability) * n, (p, &start), weights, plan.clock());
        let quantile = |&p: &f64| {
            let (low, high) = wilson(p, n, Z95);
            let (date, is_exact) = at(p);
            (p, DateEstimate { date, low: at(low).0, high: at(high).0, is_exact })
        };
        let clock = plan.clock();
        let step = ((clock.until - clock.start) / MOST_YEARS).ceil();
        let years = (0..).map(|n| clock.start.ceil() + step * f64::from(n)).take_while(|y| *y <= clock.until);
        let by = |year: f64| (year, start.probability + bins.below(year - clock.start, weights) / n);
        PlaceDates {
            place: plan.places[place].clone(),
            quantiles: QUANTILES.iter().map(quantile).collect(),
            by_year: years.map(by).collect(),
            start,
            never,
        }
    }
}

/// The claim and its condition, the condition without the claim, and the condition.
fn parts_given(claim: &Dated, given: Dated) -> [Dated; 3] {
    let not = Dated::Not(Box::new(claim.clone()));
    [Dated::All(vec![claim.clone(), given.clone()]), Dated::All(vec![not, given.clone()]), given]
}

/// Returns the probability of an event given another one: events `first`, and the two after it, are both of them, the second without the
/// first, and the second. The error is that of a ratio of means (delta method).
fn conditional(events: &Events, first: usize, weights: &[f64], n: u64) -> Estimate {
    let [both, rest, given] = [0, 1, 2].map(|part| Estimate::of(events, first + part, weights, n));
    if given.probability == 0.0 {
        // Nothing is known of what was never seen.
        return Estimate::new(0.0, 0.0, (0.0, 1.0), Basis::counted(0));
    }
    let p = (both.probability / given.probability).min(1.0);
    let [a, b, c] = [both, rest, given].map(|estimate| estimate.mcse * estimate.mcse);
    // The condition is the sum of the other two.
    let covariance = (c - a - b) / 2.0;
    let variance = (1.0 - p) * (1.0 - p) * a + p * p * b - 2.0 * p * (1.0 - p) * covariance;
    let mcse = variance.max(0.0).sqrt() / given.probability;
    let size = n as f64 * given.probability;
    let ends = unit_interval(p, mcse * mcse * size, size, LEVEL);
    Estimate::new(p, mcse, ends, Basis::counted(size as u64))
}

/// Returns the quantile at `p`, of which `wanted` draws lie in the bins.
fn instant(
    bins: &DateBins,
    wanted: f64,
    (p, start): (f64, &Estimate),
    weights: &[f64],
    clock: &Clock,
) -> (Instant, bool) {
    if p <= start.probability && start.probability > 0.0 {
        return (Instant::Start, true);
    }
    match bins.at(wanted, weights) {
        Some(BinValue { value, is_exact }) => (Instant::Year(clock.start + value), is_exact),
        None => (Instant::Never, true),
    }
}
