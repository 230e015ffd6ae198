//! Why one area comes before another: what the gap is made of, in which worlds it turns, and the smallest change of a single
//! number that would turn it. Knows nothing of how it is shown.

use crate::analysis::interval::{Estimate, Measured};
use crate::analysis::sensitivity::turn::{SmallestChange, turns};
use crate::batch::Batch;
use crate::control::{Control, Stopped};
use crate::model::{Affine, Model, Subject, Term};
use crate::sampler::{Run, sample_with_precision};
use crate::scenario::{JointWorld, Scenario};
use crate::tally::{Order, OrderPlan, Sums, Tally};

/// Why one area comes before another, or does not.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Explanation {
    /// The index of the one area.
    pub one: usize,
    /// The index of the other.
    pub other: usize,
    /// The probability that the one comes before the other.
    pub estimate: Estimate,
    /// By how much the one is ahead on average, in points of overall score.
    pub gap: Measured,
    /// Contributions that add up to it: one per factor.
    pub factors: Vec<Contribution>,
    /// Part of it that no factor makes: discounts and residuals; nothing where there are none.
    pub rest: Option<Measured>,
    /// Probability in each joint world; empty if there are no worlds.
    pub worlds: Vec<(JointWorld, Estimate)>,
    /// Probabilities of outcomes that would make it one half, the smallest change first.
    pub outcomes: Vec<OutcomeFlip>,
    /// Scores, weights and other numbers that would make it one half, the smallest change first, in standard deviations.
    pub numbers: Vec<SmallestChange>,
    /// The addresses of uncertain scores, weights and other numbers that were not tried, since no edit sets them alone.
    pub untried: Vec<String>,
}

/// Contribution of a factor to a gap: its share of the whole weight times the difference of the scores.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Contribution {
    /// The index of the factor.
    pub factor: usize,
    /// At the central numbers.
    pub point: f64,
    /// On average over draws and worlds.
    pub mean: Measured,
    /// Its standard deviation.
    pub sd: f64,
    /// Probability that it favours the one, in the worlds in which it has weight.
    pub favours: Measured,
}

/// A probability of an outcome that would turn an order.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OutcomeFlip {
    /// Its address.
    pub address: String,
    /// The probability as it stands.
    pub from: f64,
    /// That which makes the order a coin.
    pub to: f64,
    /// The standard error of that.
    pub mcse: f64,
}

/// Explains the order of two areas.
///
/// ```
/// use headstart::{Control, Scenario, analysis::explain, sampler::Run};
///
/// let text = std::fs::read_to_string("scenarios/takeoff.ron")?;
/// let scenario = Scenario::from_ron("takeoff.ron", &text)?;
/// let why = explain(&scenario, 3, 5, Run { draws: 20_000, ..Run::default() }, Control::default())?;
/// assert!(why.estimate.probability > 0.5);
/// let made_of: f64 = why.factors.iter().map(|factor| factor.mean.value).sum();
/// assert!((made_of - why.gap.value).abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// It was stopped.
pub fn explain<'a>(
    scenario: impl Into<Subject<'a>>,
    one: usize,
    other: usize,
    run: Run,
    control: Control<'_>,
) -> Result<Explanation, Stopped> {
    explain_pair(&scenario.into(), (one, other), run, control)
}

fn explain_pair(
    subject: &Subject<'_>,
    (one, other): (usize, usize),
    run: Run,
    control: Control<'_>,
) -> Result<Explanation, Stopped> {
    let (scenario, model) = (subject.scenario(), subject.model());
    let run = run.at_least_one();
    let n_worlds = model.worlds().len();
    let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let parts: Vec<&[Term]> = (0..n_worlds).map(|world| model.weighted(world)).collect();
    let plan = OrderPlan { n_areas: model.n_areas(), n_worlds, ..OrderPlan::default() };
    let n_factors = scenario.factors().len();
    let tally = || Made {
        parts: &parts,
        probabilities: &probabilities,
        pair: (one, other),
        order: Order::new(plan.clone()),
        // After the factors, what is left, and the whole.
        sums: vec![ContributionSums::default(); n_factors + 2],
    };
    let kept = sample_with_precision::<f64, _>(model, run, &tally, control)?;
    let n = run.draws as f64;
    let point = crate::analysis::point_table(scenario);
    let total: f64 = point.total_weight();
    let contribution = |factor: usize| {
        let sums = &kept.sums[factor];
        let there = |world: &usize| parts[*world].iter().any(|part| part.factor == factor);
        let present: f64 = (0..n_worlds).filter(there).map(|world| probabilities[world]).sum();
        Contribution {
            factor,
            point: point.weights[factor] / total * (point.scores[factor][one] - point.scores[factor][other]),
            mean: sums.mean(run.draws),
            sd: sums.variance(n).sqrt(),
            favours: sums.favours(n, present),
        }
    };
    let event = one * model.n_areas() + other;
    let estimate = |weights: &[f64]| Estimate::of(kept.order.pairs(), event, weights, run.draws);
    let alone = |world: usize| {
        let mut weights = vec![0.0; n_worlds];
        weights[world] = 1.0;
        estimate(&weights)
    };
    let worlds = model.worlds().iter().enumerate().map(|(index, world)| (world.clone(), alone(index)));
    let overall = estimate(&probabilities);
    let (numbers, untried) = turns(scenario, model, (one, other), run, control.unseen())?;
    let touched = scenario.residual().is_some() || !scenario.discounts().is_empty();
    Ok(Explanation {
        one,
        other,
        estimate: overall,
        gap: kept.sums[n_factors + 1].mean(run.draws),
        factors: (0..n_factors).map(contribution).collect(),
        rest: touched.then(|| kept.sums[n_factors].mean(run.draws)),
        outcomes: outcomes(scenario, model, &estimate),
        numbers,
        untried,
        worlds: if scenario.worlds().is_empty() { Vec::new() } else { worlds.collect() },
    })
}

/// The probabilities of outcomes at which the order is a coin: P is a straight line in each, the others keeping their
/// proportions.
fn outcomes(scenario: &Scenario, model: &Model, estimate: &dyn Fn(&[f64]) -> Estimate) -> Vec<OutcomeFlip> {
    let mut turns = Vec::new();
    for (w, world) in scenario.worlds().iter().enumerate().filter(|(_, world)| world.given.is_none()) {
        for (o, outcome) in world.outcomes.iter().enumerate() {
            let from = world.chances[0][o].probability;
            if from <= 0.0 || from >= 1.0 {
                continue;
            }
            let given = |there: bool| {
                let share = if there { from } else { 1.0 - from };
                let weight = |world: &JointWorld| {
                    if (world.outcomes[w] == o) == there { world.probability / share } else { 0.0 }
                };
                model.worlds().iter().map(weight).collect::<Vec<f64>>()
            };
            let (there, elsewhere) = (given(true), given(false));
            let (with, without) = (estimate(&there), estimate(&elsewhere));
            let slope = with.probability - without.probability;
            let to = (0.5 - without.probability) / slope;
            if (0.0..=1.0).contains(&to) {
                // That of the probability there.
                let both = there.iter().zip(&elsewhere).map(|(p, q)| to * p + (1.0 - to) * q);
                let mcse = estimate(&both.collect::<Vec<f64>>()).mcse / slope.abs();
                let address = format!("world.{}.{outcome}", world.id);
                turns.push(OutcomeFlip { address, from, to, mcse });
            }
        }
    }
    turns.sort_by(|a, b| (a.to - a.from).abs().total_cmp(&(b.to - b.from).abs()));
    turns
}

/// Sums of what a factor contributes to a gap.
#[derive(Clone, Copy, Debug, Default)]
struct ContributionSums {
    /// The sum over worlds, and the squares of what a draw comes to over its worlds, whose spread is the error of the mean.
    pooled: Sums,
    /// The sum over worlds of the squares.
    squares: f64,
    /// The part of the draws in which it is above 0, and the squares of what that comes to over the worlds of each.
    positive: Sums,
}

impl ContributionSums {
    fn variance(&self, n: f64) -> f64 {
        Sums { squares: self.squares, ..self.pooled }.moments(n).1
    }

    /// Returns the probability that it is above 0 in worlds that are so probable together.
    fn favours(&self, n: f64, present: f64) -> Measured {
        if present <= 0.0 {
            return Measured::share(0.0, n);
        }
        let (sum, squares) = (self.positive.sum / present, self.positive.squares / (present * present));
        Measured::share_of_worlds(sum / n, (sum, squares), n)
    }

    fn mean(&self, n: u64) -> Measured {
        let (value, mcse) = self.pooled.mean(n);
        Measured { value, mcse }
    }

    fn merge(&mut self, later: &Self) {
        self.pooled.merge(later.pooled);
        self.squares += later.squares;
        self.positive.merge(later.positive);
    }
}

/// Tally of the contributions to the gap of two areas.
struct Made<'a> {
    /// Shape `[n_worlds][n_terms]`.
    parts: &'a [&'a [Term]],
    probabilities: &'a [f64],
    pair: (usize, usize),
    order: Order,
    /// One entry per factor, then what no factor makes, then the whole.
    sums: Vec<ContributionSums>,
}

impl Tally for Made<'_> {
    fn record(&mut self, batch: &Batch) {
        self.order.record(batch);
        let value = |number: Affine, n: usize| number.value(|column| batch.input(column)[n]);
        let n_factors = self.sums.len() - 2;
        let mut pooled = vec![(0.0, 0.0); self.sums.len()];
        for n in 0..batch.len() {
            pooled.fill((0.0, 0.0));
            for (z, parts) in self.parts.iter().enumerate() {
                let p = self.probabilities[z];
                let total: f64 = parts.iter().map(|part| value(part.weight, n)).sum();
                let (one, other) = self.pair;
                let whole = batch.overall(z, one)[n] - batch.overall(z, other)[n];
                let mut rest = whole;
                let mut add = |at: usize, x: f64| {
                    let above = if x > 0.0 { p } else { 0.0 };
                    pooled[at].0 += p * x;
                    pooled[at].1 += above;
                    self.sums[at].pooled.sum += p * x;
                    self.sums[at].squares += p * x * x;
                    self.sums[at].positive.sum += above;
                };
                for part in *parts {
                    let worth = |area: usize| value(part.scores[area], n);
                    let made = value(part.weight, n) / total * apart(worth(one), worth(other));
                    rest -= made;
                    add(part.factor, made);
                }
                add(n_factors, rest);
                add(n_factors + 1, whole);
            }
            for (sums, (x, above)) in self.sums.iter_mut().zip(&pooled) {
                sums.pooled.squares += x * x;
                sums.positive.squares += above * above;
            }
        }
    }

    fn merge(&mut self, later: &Self) {
        Tally::<f64>::merge(&mut self.order, &later.order);
        self.sums.iter_mut().zip(&later.sums).for_each(|(sums, more)| sums.merge(more));
    }
}

/// The difference of two numbers, of which those that are the same but for a few roundings have none.
fn apart(one: f64, other: f64) -> f64 {
    let difference = one - other;
    if difference.abs() <= 4.0 * f64::EPSILON * one.abs().max(other.abs()) { 0.0 } else { difference }
}
