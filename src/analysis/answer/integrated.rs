//! The main answer by the exact engine: what can be integrated in place of what was sampled.

use crate::analysis::answer::over::{Mix, Notes, Over};
use crate::analysis::answer::partial::{Partial, PartialUnit};
use crate::analysis::answer::plan::{all_claims, order_plan};
use crate::analysis::answer::shape::{Integrated, Method, Summary};
use crate::analysis::answer::supplements::verdict;
use crate::control::Control;
use crate::exact::{CONTROLS, Engine, Integral, NotIntegrable, REPLICATES, of_sampling, of_tables};
use crate::model::{Model, Subject};
use crate::sampler::Run;
use crate::scenario::Scenario;
use crate::tally::OrderPlan;
use std::borrow::Cow;

/// Points a scramble where nothing else is said.
pub const POINTS: u64 = 256;

/// Points a scramble after which something can be said for the first time.
pub(crate) const FIRST_POINTS: u64 = 32;

/// Decides whether the exact engine can be used for a scenario.
///
/// # Errors
/// What of the scenario cannot be integrated.
pub fn integrable<'a>(scenario: impl Into<Subject<'a>>) -> Result<(), NotIntegrable> {
    Engine::new(scenario.into().model(), &OrderPlan::default(), false).map(|_| ())
}

/// Lays over a sampled summary of a scenario what can be integrated, from 16 scrambles of so many points each: pairs, ranks, most claims,
/// means and standard deviations. Where counting is not far less exact the two are averaged, each pair, claim and table of ranks with the
/// weights that make its interval narrowest. The rest (the number of pairs as a distribution, quantiles) stays that of the run's draws.
///
/// # Errors
/// What of the scenario cannot be integrated; the summary is then as it was.
pub fn integrate<'a>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    points: u64,
    summary: &mut Summary,
    control: Control<'_>,
) -> Result<(), NotIntegrable> {
    integrate_resumable(scenario, run, Effort::Points(points), summary, control)
}

/// The number of points per scramble that there are to be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Effort {
    /// So many.
    Points(u64),
    /// As many as take no longer than the draws did that were counted; work is counted too, and not measured. None where even a few
    /// would take longer.
    LikeSampling,
}

/// Why a scenario is sampled alone that could be integrated.
const LONG: &str = "that takes longer than to sample it";

/// So many points a scramble are no more work than is given.
fn points_for(engines: &[Engine<'_>], budget: f64) -> Option<u64> {
    const MOST: u64 = 1 << 24;
    let points_alone: Vec<f64> = engines.iter().map(Engine::work_of_point).collect();
    let of_points = |points: u64| -> f64 {
        let work = |(engine, point): (&Engine<'_>, &f64)| match engine.n_dimensions() {
            0 => *point,
            // One more scramble says what can be averaged well, and a few points more what pairs tell.
            _ => ((REPLICATES + 1) * points + CONTROLS) as f64 * point,
        };
        engines.iter().zip(&points_alone).map(work).sum()
    };
    if of_points(FIRST_POINTS) > budget {
        return None;
    }
    let known: f64 = engines.iter().map(Engine::work_without_points).sum();
    let sizes = std::iter::successors(Some(FIRST_POINTS), |points| Some(2 * points).filter(|n| *n <= MOST));
    sizes.take_while(|points| known + of_points(*points) <= budget).last()
}

/// [`integrate`] for what may be stopped: then it is that of fewer points, to the bit, or stays sampled, and the summary says so.
///
/// # Errors
/// As those of [`integrate`].
pub fn integrate_resumable<'a>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    effort: Effort,
    summary: &mut Summary,
    control: Control<'_>,
) -> Result<(), NotIntegrable> {
    let subject = scenario.into();
    let rankings = Rankings::of(&subject);
    let left: f64 = match effort {
        Effort::Points(_) => 0.0,
        Effort::LikeSampling => rankings.iter().map(|order| order.work_left(summary.run.draws)).sum(),
    };
    if left < 0.0 {
        return Err(NotIntegrable(LONG.into()));
    }
    let engines = Rankings::engines(&rankings)?;
    let points = match effort {
        Effort::Points(points) => points,
        Effort::LikeSampling => points_for(&engines, left).ok_or(NotIntegrable(LONG.into()))?,
    };
    let mut integration = Integration::new(&rankings, &engines, run);
    integration.extend(points, control);
    integration.replace_in(points, Mix::Weighted, summary);
    Ok(())
}

/// [`integrate`] without what was counted: to set one against the other.
///
/// # Errors
/// As those of [`integrate`].
pub fn integrate_alone<'a>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    points: u64,
    summary: &mut Summary,
    control: Control<'_>,
) -> Result<(), NotIntegrable> {
    let subject = scenario.into();
    let rankings = Rankings::of(&subject);
    let engines = Rankings::engines(&rankings)?;
    let mut integration = Integration::new(&rankings, &engines, run);
    integration.extend(points, control);
    integration.replace_in(points, Mix::Alone, summary);
    Ok(())
}

/// The questions about a scenario, and what they take.
pub(crate) struct Rankings<'a> {
    scenario: Cow<'a, Scenario>,
    model: Cow<'a, Model>,
    plan: OrderPlan,
}

impl<'a> Rankings<'a> {
    /// That of a scenario, and where it has a residual that without.
    pub fn of(subject: &'a Subject<'_>) -> Vec<Self> {
        let (scenario, model) = (subject.scenario(), subject.model());
        let claims = all_claims(scenario);
        let plan = order_plan(scenario, model, &claims);
        let asked = Self { plan, model: Cow::Borrowed(model), scenario: Cow::Borrowed(scenario) };
        let without = scenario.residual().map(|_| {
            let scenario = scenario.without_residual();
            let model = Model::new(&scenario);
            let plan = order_plan(&scenario, &model, &claims);
            Self { plan, model: Cow::Owned(model), scenario: Cow::Owned(scenario) }
        });
        std::iter::once(asked).chain(without).collect()
    }

    /// Returns how much work of so many draws is left once the tables of the engine are made.
    fn work_left(&self, draws: u64) -> f64 {
        of_sampling(&self.model, draws) - of_tables(&self.model)
    }

    /// The counted work of a draw.
    pub fn work_of_draw(&self) -> f64 {
        of_sampling(&self.model, 1)
    }

    /// One engine each.
    pub fn engines(rankings: &[Self]) -> Result<Vec<Engine<'_>>, NotIntegrable> {
        rankings.iter().map(|order| Engine::new(&order.model, &order.plan, true)).collect()
    }
}

/// All that is integrated so far.
pub(crate) struct Integration<'a> {
    rankings: &'a [Rankings<'a>],
    /// One each.
    integrals: Vec<Integral<'a>>,
    run: Run,
    /// Number of points that each scramble has had.
    points: u64,
}

impl<'a> Integration<'a> {
    pub fn new(rankings: &'a [Rankings<'a>], engines: &'a [Engine<'a>], run: Run) -> Self {
        let integrals = engines.iter().map(|engine| Integral::new(engine, run.seed)).collect();
        Self { rankings, integrals, run, points: 0 }
    }

    /// Goes on to so many points a scramble, by doubling, until it is stopped: what was begun then is not counted.
    pub fn extend(&mut self, points: u64, control: Control<'_>) {
        while self.points < points {
            let next = points.min((2 * self.points).max(FIRST_POINTS));
            let before = self.integrals.clone();
            let mut each = self.integrals.iter_mut();
            if !each.all(|integral| integral.extend(next, self.run.threads, control)) {
                self.integrals = before;
                break;
            }
            self.points = next;
        }
    }

    /// Lays what there is over a summary, of so many points that were asked for.
    pub fn replace_in(&self, points: u64, mix: Mix, summary: &mut Summary) {
        if self.points < points {
            let stopped = Partial { done: self.points, of: points, what: PartialUnit::PointsAScramble };
            summary.partial.get_or_insert(stopped);
        }
        if self.points == 0 {
            return;
        }
        let (Rankings { scenario, model, .. }, integral) = (&self.rankings[0], &self.integrals[0]);
        let draws = summary.run.draws;
        let over = Over { scenario, integral, mix, draws };
        let weights: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
        let mut notes = Notes::default();
        over.order(&weights, &mut summary.order, "", &mut notes);
        over.areas(&weights, &mut summary.areas);
        for (index, world) in summary.worlds.iter_mut().enumerate() {
            let mut alone = vec![0.0; weights.len()];
            alone[index] = 1.0;
            let place = format!(" where {}", world.world.title(scenario));
            over.order(&alone, &mut world.order, &place, &mut notes);
            over.areas(&alone, &mut world.areas);
        }
        let n_claims = summary.order.claims.len();
        for (n, (assert, stated)) in summary.asserts.iter_mut().zip(scenario.asserts()).enumerate() {
            match over.claim(n_claims + n, &weights, &assert.estimate) {
                Ok((estimate, ..)) => assert.estimate = estimate,
                Err(why) => {
                    assert.estimate.leave();
                    notes.sampled.push((assert.text.clone(), why));
                }
            }
            assert.verdict = verdict(stated, &assert.estimate);
        }
        let without = self.rankings.iter().zip(&self.integrals).skip(1);
        for ((Rankings { scenario, .. }, integral), order) in without.zip(&mut summary.without_residual) {
            Over { scenario, integral, mix, draws }.order(
                &weights,
                order,
                " without the residual",
                &mut notes,
            );
        }
        summary.method = Method::Exact(Integrated {
            dimensions: integral.n_dimensions(),
            replicates: integral.replicates(),
            points: integral.points(),
            bound: integral.bound(),
            sampled: notes.sampled,
            weighted: notes.weighted,
        });
    }
}
