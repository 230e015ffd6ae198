//! The main answer by the exact engine: what can be integrated in place of what was sampled.

use super::beside::verdict;
use super::interval::Estimate;
use super::plan::{all_claims, order_plan};
use super::summary::{OrderSummary, Summary, summarize};
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

const THIN: &str = "too few points carry it to say how far it may be off";

/// Whether the exact engine can be used for a scenario.
///
/// # Errors
/// What of the scenario cannot be integrated.
pub fn integrable(scenario: &Scenario) -> Result<(), Refusal> {
    let model = Model::new(scenario);
    Engine::new(&model, &OrderPlan { n_areas: model.n_areas(), ..OrderPlan::default() }, false).map(|_| ())
}

/// Runs a scenario and integrates what can be: pairs, ranks, most claims, means and standard deviations. The rest (the number of
/// pairs as a distribution, quantiles) is of the run's instances.
///
/// # Errors
/// What of the scenario cannot be integrated.
pub fn summarize_exactly(
    scenario: &Scenario,
    run: Run,
    points: u64,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Summary, Refusal> {
    integrable(scenario)?;
    let mut summary = summarize(scenario, run, progress);
    integrate(scenario, run, points, &mut summary)?;
    Ok(summary)
}

/// Lays over a sampled summary of a scenario what can be integrated: 16 scrambles of so many points each.
///
/// # Errors
/// What of the scenario cannot be integrated; the summary is then as it was.
pub fn integrate(scenario: &Scenario, run: Run, points: u64, summary: &mut Summary) -> Result<(), Refusal> {
    let model = Model::new(scenario);
    let claims = all_claims(scenario);
    let plan = order_plan(scenario, &model, &claims);
    let engine = Engine::new(&model, &plan, true)?;
    let mut integral = Integral::new(&engine, run.seed);
    integral.extend(points, run.threads, &|_| {});
    let over = Over { scenario, integral: &integral };
    let weights: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let mut sampled = over.order(&weights, &mut summary.order);
    over.areas(&weights, &mut summary.areas);
    for (index, world) in summary.worlds.iter_mut().enumerate() {
        let mut alone = vec![0.0; weights.len()];
        alone[index] = 1.0;
        over.order(&alone, &mut world.order);
        over.areas(&alone, &mut world.areas);
    }
    let n_claims = summary.order.claims.len();
    for (n, (assert, stated)) in summary.asserts.iter_mut().zip(scenario.asserts()).enumerate() {
        let claim = integral.claim(n_claims + n, &weights);
        match claim.and_then(|(average, _)| estimate(average)) {
            Ok(estimate) => assert.estimate = estimate,
            Err(why) => sampled.push((assert.text.clone(), why)),
        }
        assert.verdict = verdict(stated, &assert.estimate);
    }
    if let Some(without) = &mut summary.without_residual {
        let scenario = scenario.without_residual();
        let model = Model::new(&scenario);
        let engine = Engine::new(&model, &order_plan(&scenario, &model, &claims), true)?;
        let mut integral = Integral::new(&engine, run.seed);
        integral.extend(points, run.threads, &|_| {});
        Over { scenario: &scenario, integral: &integral }.order(&weights, without);
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
    /// Replaces what can be had where the joint worlds have these weights; returns what cannot, and why.
    fn order(&self, weights: &[f64], order: &mut OrderSummary) -> Vec<(String, &'static str)> {
        let mut sampled = Vec::new();
        let (mut ranks, mut thin) = (Ok(()), 0);
        let n_areas = order.before.len();
        for i in 0..n_areas {
            for j in (0..n_areas).filter(|&j| j != i) {
                match estimate(self.integral.before(i, j, weights)) {
                    Ok(estimate) => {
                        order.before[i][j] = Some(estimate);
                        order.tie[i][j] = Some(self.integral.tie(i, j, weights).clamp(0.0, 1.0));
                    }
                    Err(_) => thin += 1,
                }
            }
            for rank in 0..n_areas {
                match self.integral.rank(i, rank, weights).map(estimate) {
                    Ok(Ok(estimate)) => order.ranks[i][rank] = estimate,
                    Ok(Err(_)) => thin += 1,
                    Err(why) => ranks = Err(why),
                }
            }
        }
        sampled.extend(ranks.err().map(|why| ("ranks".to_owned(), why)));
        if thin > 0 {
            sampled.push((format!("{thin} of the pairs and ranks"), THIN));
        }
        for (index, claim) in order.claims.iter_mut().enumerate() {
            let found = self.integral.claim(index, weights);
            match found.and_then(|(average, tie)| Ok((estimate(average)?, tie))) {
                Ok(found) => (claim.estimate, claim.tie) = found,
                Err(why) => sampled.push((claim.id.clone(), why)),
            }
        }
        for pairs in &mut order.pairs {
            let (a, b) = (self.scenario.members(pairs.a), self.scenario.members(pairs.b));
            let average = self.integral.expected(&a, &b, weights);
            (pairs.expected, pairs.mcse) = (average.mean, average.mcse);
        }
        sampled
    }

    fn areas(&self, weights: &[f64], areas: &mut [super::summary::AreaSummary]) {
        for (i, area) in areas.iter_mut().enumerate() {
            (area.amenability.mean, area.amenability.sd, area.mcse) = self.integral.moments(i, weights);
        }
    }
}
