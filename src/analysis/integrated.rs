//! The main answer by the exact engine: what can be integrated in place of what was sampled.

use super::beside::verdict;
use super::estimates::Event;
use super::interval::{Estimate, integrated_ends};
use super::partial::{Part, Partial};
use super::plan::{all_claims, order_plan};
use super::summary::{OrderSummary, Summary};
use crate::exact::{Average, Engine, Integral, REPLICATES, Refusal};
use crate::model::Model;
use crate::sampler::Run;
use crate::scenario::Scenario;
use crate::tally::OrderPlan;
use std::sync::atomic::AtomicBool;

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

/// Points a scramble after which something can be said for the first time.
pub(super) const FIRST_POINTS: u64 = 32;

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
    integrate_on(scenario, run, points, summary, &AtomicBool::new(false), progress)
}

/// [`integrate`] for what may be stopped: then it is that of fewer points, to the bit, or stays sampled, and the summary says so.
///
/// # Errors
/// As those of [`integrate`].
pub fn integrate_on(
    scenario: &Scenario,
    run: Run,
    points: u64,
    summary: &mut Summary,
    stop: &AtomicBool,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), Refusal> {
    let orders = Orders::of(scenario);
    let engines = Orders::engines(&orders)?;
    let mut integration = Integration::new(&orders, &engines, run);
    integration.extend(points, stop, progress);
    integration.lay_over(points, summary);
    Ok(())
}

/// What is asked of a scenario, and what it takes.
pub(super) struct Orders {
    scenario: Scenario,
    model: Model,
    plan: OrderPlan,
}

impl Orders {
    /// That of a scenario, and where it has a residual that without.
    pub fn of(scenario: &Scenario) -> Vec<Self> {
        let claims = all_claims(scenario);
        let without = scenario.residual().map(|_| scenario.without_residual());
        let orders = [Some(scenario.clone()), without].into_iter().flatten().map(|scenario| {
            let model = Model::new(&scenario);
            Self { plan: order_plan(&scenario, &model, &claims), model, scenario }
        });
        orders.collect()
    }

    /// One engine each.
    pub fn engines(orders: &[Self]) -> Result<Vec<Engine<'_>>, Refusal> {
        orders.iter().map(|order| Engine::new(&order.model, &order.plan, true)).collect()
    }
}

/// What is integrated so far.
pub(super) struct Integration<'a> {
    orders: &'a [Orders],
    /// One each.
    integrals: Vec<Integral<'a>>,
    run: Run,
    /// How many points each scramble has had.
    points: u64,
}

impl<'a> Integration<'a> {
    pub fn new(orders: &'a [Orders], engines: &'a [Engine<'a>], run: Run) -> Self {
        let integrals = engines.iter().map(|engine| Integral::new(engine, run.seed)).collect();
        Self { orders, integrals, run, points: 0 }
    }

    /// Goes on to so many points a scramble, by doubling, until `stop` is set: what was begun then is not counted.
    pub fn extend(&mut self, points: u64, stop: &AtomicBool, progress: &(dyn Fn(u64) + Sync)) {
        while self.points < points {
            let next = points.min((2 * self.points).max(FIRST_POINTS));
            let before = self.integrals.clone();
            let mut each = self.integrals.iter_mut();
            if !each.all(|integral| integral.extend(next, self.run.threads, stop, progress)) {
                self.integrals = before;
                break;
            }
            self.points = next;
        }
    }

    /// Lays what there is over a summary, of so many points that were asked for.
    pub fn lay_over(&self, points: u64, summary: &mut Summary) {
        if self.points < points {
            let stopped = Partial { done: self.points, of: points, what: Part::PointsAScramble };
            summary.partial.get_or_insert(stopped);
        }
        if self.points == 0 {
            return;
        }
        let (Orders { scenario, model, .. }, integral) = (&self.orders[0], &self.integrals[0]);
        let over = Over { scenario, integral };
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
        let without = self.orders.iter().zip(&self.integrals).skip(1);
        for ((Orders { scenario, .. }, integral), order) in without.zip(&mut summary.without_residual) {
            Over { scenario, integral }.order(&weights, order, " without the residual", &mut sampled);
        }
        summary.method = Method::Exact(Integrated {
            dimensions: integral.n_dimensions(),
            replicates: integral.replicates(),
            points: integral.points(),
            bound: integral.bound(),
            sampled,
        });
    }
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
                (pairs.low, pairs.high) = integrated_ends(average, pairs.of as f64);
            }
        }
        let named = left.into_iter().filter(|(event, _)| !matches!(event, Event::Ahead(..)));
        sampled
            .extend(named.map(|(event, why)| (format!("{}{place}", order.name(self.scenario, event)), why)));
    }

    fn areas(&self, weights: &[f64], areas: &mut [super::summary::AreaSummary]) {
        for (i, area) in areas.iter_mut().enumerate() {
            (area.amenability.mean, area.amenability.sd, area.mcse) = self.integral.moments(i, weights);
            area.is_heavy = false;
        }
    }
}
