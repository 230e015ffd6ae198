//! The main answer by the exact engine: what can be integrated in place of what was sampled.

use super::beside::verdict;
use super::estimates::Event;
use super::interval::Estimate;
use super::plan::{all_claims, order_plan};
use super::summary::{OrderSummary, Summary};
use crate::exact::{Average, Engine, Integral, REPLICATES, Refusal};
use crate::model::Model;
use crate::sampler::Run;
use crate::scenario::Scenario;
use crate::tally::OrderPlan;

/// How the probabilities of an answer were had.
#[derive(Clone, Debug, PartialEq)]
pub enum Method {
    /// By counting instances.
    Sample,
    /// By integrating, but for what had to be sampled.
    Exact(Integrated),
}

/// What an integrated answer rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Integrated {
    /// How many shared numbers were averaged over; with none nothing was drawn.
    pub dimensions: usize,
    /// How many scrambles of Sobol' points.
    pub replicates: usize,
    /// How many points each.
    pub points: u64,
    /// How far any probability may be off for series and grids that end somewhere; a part of each interval.
    pub bound: f64,
    /// What had to be sampled all the same, and why.
    pub sampled: Vec<(String, &'static str)>,
}

/// Points a scramble where nothing else is said.
pub const POINTS: u64 = 256;

/// A probability that fewer points carry stays counted: sixteen a scramble. Below that the averages of the scrambles are skewed: most lack
/// the few points that matter, and agree too well.
const CARRIERS: f64 = (16 * REPLICATES) as f64;

/// Why the numbers of pairs are counted.
const COUNTED: &str = "how many pairs one group wins is no product over areas";

const THIN: &str = "too few points carry it to say how far it may be off";

/// Whether the exact engine can be used for a scenario.
///
/// # Errors
/// What of the scenario cannot be integrated.
pub fn integrable(scenario: &Scenario) -> Result<(), Refusal> {
    let model = Model::new(scenario);
    Engine::new(&model, &OrderPlan::default(), false).map(|_| ())
}

/// Lays over a sampled summary of a scenario what can be integrated, from 16 scrambles of so many points each: pairs, ranks, most claims,
/// means and standard deviations. The rest (the number of pairs as a distribution, quantiles) stays that of the run's instances.
///
/// `progress` is called from any thread with the number of points that it has just finished.
///
/// # Errors
/// What of the scenario cannot be integrated; the summary is then as it was.
pub fn integrate(
    scenario: &Scenario,
    run: Run,
    points: u64,
    summary: &mut Summary,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), Refusal> {
    let model = Model::new(scenario);
    let claims = all_claims(scenario);
    let plan = order_plan(scenario, &model, &claims);
    let engine = Engine::new(&model, &plan, true)?;
    let mut integral = Integral::new(&engine, run.seed);
    integral.extend(points, run.threads, progress);
    let over = Over { scenario, integral: &integral };
    let weights: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let mut sampled = Vec::new();
    over.order(&weights, &mut summary.order, "", &mut sampled);
    over.areas(&weights, &mut summary.areas);
    for (index, world) in summary.worlds.iter_mut().enumerate() {
        let mut alone = vec![0.0; weights.len()];
        alone[index] = 1.0;
        let place = format!(" where {}", world.world.title(scenario));
        over.order(&alone, &mut world.order, &place, &mut sampled);
        over.areas(&alone, &mut world.areas);
    }
    let n_claims = summary.order.claims.len();
    for (n, (assert, stated)) in summary.asserts.iter_mut().zip(scenario.asserts()).enumerate() {
        let claim = integral.claim(n_claims + n, &weights);
        match claim.and_then(|(average, _)| estimate(average)) {
            Ok(estimate) => assert.estimate = estimate,
            Err(why) => {
                assert.estimate.is_left = true;
                sampled.push((assert.text.clone(), why));
            }
        }
        assert.verdict = verdict(stated, &assert.estimate);
    }
    if let Some(without) = &mut summary.without_residual {
        let scenario = scenario.without_residual();
        let model = Model::new(&scenario);
        let engine = Engine::new(&model, &order_plan(&scenario, &model, &claims), true)?;
        let mut integral = Integral::new(&engine, run.seed);
        integral.extend(points, run.threads, progress);
        let over = Over { scenario: &scenario, integral: &integral };
        over.order(&weights, without, " without the residual", &mut sampled);
    }
    summary.method = Method::Exact(Integrated {
        dimensions: engine.n_dimensions(),
        replicates: integral.replicates(),
        points: integral.points(),
        bound: integral.bound(),
        sampled,
    });
    Ok(())
}

/// What lays averages over a summary.
struct Over<'a> {
    scenario: &'a Scenario,
    integral: &'a Integral<'a>,
}

/// The estimate of an average that enough points carry.
fn estimate(average: Average) -> Result<Estimate, &'static str> {
    if average.carriers < CARRIERS {
        return Err(THIN);
    }
    Ok(Estimate::integrated(average))
}

impl Over<'_> {
    /// Replaces what can be had where the joint worlds have these weights; adds to `sampled` what cannot, and why. `place` says where
    /// that is.
    fn order(
        &self,
        weights: &[f64],
        order: &mut OrderSummary,
        place: &str,
        sampled: &mut Vec<(String, &'static str)>,
    ) {
        let mut left = Vec::new();
        for (event, estimate) in order.estimates_mut() {
            let found = match event {
                Event::Before(i, j) => Ok(self.integral.before(i, j, weights)),
                Event::Rank(i, rank) => self.integral.rank(i, rank, weights),
                Event::Claim(index) => self.integral.claim(index, weights).map(|(average, _)| average),
                Event::Ahead(..) => Err(COUNTED),
            };
            match found.and_then(self::estimate) {
                Ok(found) => *estimate = found,
                Err(why) => {
                    estimate.is_left = true;
                    left.push((event, why));
                }
            }
        }
        for (i, row) in order.tie.iter_mut().enumerate() {
            for (j, tie) in row.iter_mut().enumerate() {
                if order.before[i][j].is_some_and(|estimate| estimate.is_integrated()) {
                    *tie = Some(self.integral.tie(i, j, weights).clamp(0.0, 1.0));
                }
            }
        }
        for (index, claim) in order.claims.iter_mut().enumerate() {
            if let (true, Ok((_, tie))) =
                (claim.estimate.is_integrated(), self.integral.claim(index, weights))
            {
                claim.tie = tie;
            }
        }
        for pairs in &mut order.pairs {
            let (a, b) = (self.scenario.members(pairs.a), self.scenario.members(pairs.b));
            let average = self.integral.expected(&a, &b, weights);
            if average.carriers >= CARRIERS {
                // What the average may be off besides is no standard error, but has nowhere else to stand.
                (pairs.expected, pairs.mcse) = (average.mean, average.mcse + average.bound);
            }
        }
        let named = left.into_iter().filter(|(event, _)| !matches!(event, Event::Ahead(..)));
        sampled
            .extend(named.map(|(event, why)| (format!("{}{place}", order.name(self.scenario, event)), why)));
    }

    fn areas(&self, weights: &[f64], areas: &mut [super::summary::AreaSummary]) {
        for (i, area) in areas.iter_mut().enumerate() {
            (area.amenability.mean, area.amenability.sd, area.mcse) = self.integral.moments(i, weights);
        }
    }
}
