//! Runs that go on until every probability is as precise as is asked for, and the widest of many intervals.

use crate::analysis::answer::estimates::Event;
use crate::analysis::answer::integrated::{FIRST_POINTS, Integration, Rankings};
use crate::analysis::answer::over::Mix;
use crate::analysis::answer::partial::Partial;
use crate::analysis::answer::shape::{OrderSummary, PrecisionGoal, PrecisionResult, Summary, WidestInterval};
use crate::analysis::answer::summary::summarize;
use crate::analysis::answer::supplements::verdict;
use crate::analysis::interval::{Estimate, LEVEL};
use crate::control::Control;
use crate::exact::{Engine, NotIntegrable, REPLICATES};
use crate::model::Subject;
use crate::sampler::Run;
use crate::scenario::Scenario;

/// Draws of the first look; and so many points a scramble are had then.
const FIRST: u64 = 1 << 16;

/// Runs a scenario with ever more draws until the goal is reached, at sizes that are a first one doubled and doubled; a size that is
/// surely not enough is left out. Each run starts with the draws of the one before, and the last is bit for bit the run of its
/// number of draws alone. With `exact`, what can be integrated is, over ever more points.
///
/// `look` is called before each run with its number of draws, and with the widest interval so far. Once it is stopped, what comes of
/// it is the longest run so far.
///
/// # Errors
/// With `exact`, what of the scenario cannot be integrated.
pub fn summarize_until<'a>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    (goal, exact): (PrecisionGoal, bool),
    look: &mut dyn FnMut(u64, Option<&WidestInterval>),
    control: Control<'_>,
) -> Result<Summary, NotIntegrable> {
    let scenario: &Subject<'a> = &scenario.into();
    let rankings = if exact { Rankings::of(scenario) } else { Vec::new() };
    let engines = Rankings::engines(&rankings)?;
    let mut integration = exact.then(|| Integration::new(&rankings, &engines, run));
    let most = goal.most.max(1);
    let mut draws = FIRST.min(most);
    // Every size up to the most could have been the last look.
    let looks = (most / FIRST).max(1).ilog2() + 1 + u32::from(most > FIRST && !most.is_power_of_two());
    let mut points = if exact { FIRST_POINTS } else { 0 };
    let cost = Cost::of(&rankings, &engines, most);
    let (mut longest, mut last) = (None, None);
    let mut summary = loop {
        look(draws, last.as_ref());
        let again = longest.take_if(|drawn: &mut Summary| drawn.run.draws == draws);
        let drawn = again.unwrap_or_else(|| summarize(scenario, Run { draws, ..run }, control.anew()));
        // What was counted is kept as it is: what is integrated is laid over each look anew.
        let mut summary = furthest_run(longest, drawn);
        let drawn = summary.clone();
        if let Some(integration) = &mut integration {
            integration.extend(points, control.unseen());
            integration.replace_in(points, Mix::Weighted, &mut summary);
        }
        if goal.together {
            summary = summary.simultaneous();
        }
        let counted = summary.widest(scenario, |estimate| !estimate.is_integrated());
        let averaged = summary.widest(scenario, Estimate::is_integrated);
        let grown = match (excess_width(counted.as_ref(), goal), excess_width(averaged.as_ref(), goal)) {
            _ if summary.partial.is_some() => None,
            (counted, averaged) => {
                let larger = counted.or(averaged).filter(|_| draws < most);
                let larger = larger.map(|ratio| next(draws, FIRST, ratio * ratio, most));
                // Sobol' points are even in powers of two.
                let most_points = (most / REPLICATES).min(cost.most_points());
                let more = averaged.filter(|_| points * 2 <= most_points);
                let more = more.map(|ratio| next(points, FIRST_POINTS, ratio, 1 << most_points.ilog2()));
                match (larger, more) {
                    // What is counted alone becomes more precise in no other way.
                    (Some(larger), _) if counted.is_some() => Some((larger, points)),
                    (Some(larger), Some(more)) if cost.is_dearer(points..more, larger) => {
                        Some((larger, points))
                    }
                    (_, Some(more)) => Some((draws, more)),
                    (larger, None) => larger.map(|larger| (larger, points)),
                }
            }
        };
        last = [counted, averaged].into_iter().flatten().max_by(|a, b| a.half_width.total_cmp(&b.half_width));
        let Some(grown) = grown else { break summary };
        (draws, points) = grown;
        longest = Some(drawn);
    };
    for (_, estimate) in summary.rankings_mut().flat_map(OrderSummary::estimates_mut) {
        estimate.looks = looks;
    }
    for (assert, stated) in summary.asserts.iter_mut().zip(scenario.asserts()) {
        assert.estimate.looks = looks;
        assert.verdict = verdict(stated, &assert.estimate);
    }
    let widest = last.unwrap_or(WidestInterval { what: "any probability".into(), half_width: 0.0 });
    summary.precision = Some(PrecisionResult { goal, widest });
    Ok(summary)
}

/// The counted work of draws and of points.
struct Cost {
    draw: f64,
    point: f64,
    /// As much as all draws take that are allowed, or a second.
    most: f64,
}

impl Cost {
    fn of(rankings: &[Rankings<'_>], engines: &[Engine<'_>], most: u64) -> Self {
        const SECOND: f64 = 1e9;
        let draw = rankings.iter().map(Rankings::work_of_draw).sum::<f64>();
        let averaging = engines.iter().filter(|engine| engine.n_dimensions() > 0);
        let point = averaging.map(Engine::work_of_point).sum();
        Self { draw, point, most: (most as f64 * draw).max(SECOND) }
    }

    fn of_points(&self, points: u64) -> f64 {
        ((REPLICATES + 1) * points) as f64 * self.point
    }

    /// Returns how many points per scramble are to be worked out at most; none where there is nothing to average over.
    fn most_points(&self) -> u64 {
        if self.point > 0.0 { (self.most / self.of_points(1)) as u64 } else { 0 }
    }

    /// Returns true if it is more work to go on to so many points than to draw so many draws.
    fn is_dearer(&self, points: std::ops::Range<u64>, draws: u64) -> bool {
        self.of_points(points.end - points.start) > draws as f64 * self.draw
    }
}

/// The next run, or the one before it, if the next was stopped before it had come as far.
fn furthest_run(before: Option<Summary>, next: Summary) -> Summary {
    match (before, next.partial) {
        (Some(before), Some(partial)) if before.run.draws > next.run.draws => {
            Summary { partial: Some(Partial { done: before.run.draws, ..partial }), ..before }
        }
        _ => next,
    }
}

/// Returns how many times too wide an interval is, if it is.
fn excess_width(widest: Option<&WidestInterval>, goal: PrecisionGoal) -> Option<f64> {
    widest.map(|widest| widest.half_width / goal.half_width).filter(|ratio| *ratio > 1.0)
}

/// The next size: the first one doubled so often that it is likely to do, and at least once more.
fn next(size: u64, first: u64, times: f64, most: u64) -> u64 {
    let wanted = size as f64 * times;
    let mut next = first;
    while next <= size || ((next as f64) < wanted && next < most) {
        next = next.saturating_mul(2);
    }
    next.min(most)
}

impl Summary {
    /// The widest interval of those that are picked.
    pub fn widest(&self, scenario: &Scenario, pick: impl Fn(&Estimate) -> bool) -> Option<WidestInterval> {
        let mut widest: Option<(f64, String)> = None;
        self.each_named(scenario, &mut |what, estimate| {
            let half_width = estimate.half_width();
            if pick(estimate) && widest.as_ref().is_none_or(|(most, _)| half_width > *most) {
                widest = Some((half_width, what()));
            }
        });
        widest.map(|(half_width, what)| WidestInterval { what, half_width })
    }

    /// Returns the summary with intervals that hold together: with a probability of 95 % all pairs of an order have their truths inside, and so
    /// have all of its ranks, all of its claims, and each count of pairs between two groups.
    ///
    /// Source: Sidak, Rectangular confidence regions for the means of multivariate normal distributions, JASA 62 (1967).
    #[must_use]
    pub fn simultaneous(mut self) -> Self {
        let level = |m: usize| 1.0 - libm::pow(1.0 - LEVEL, 1.0 / m.max(1) as f64);
        for order in self.rankings_mut() {
            let n = order.before.len();
            // Without ties a pair and its reverse have one interval.
            let any_tie = order.tie.iter().flatten().flatten().any(|&tie| tie > 0.0);
            let n_pairs = if any_tie { n * (n - 1) } else { n * (n - 1) / 2 };
            let (n_claims, counts) =
                (order.claims.len(), order.pairs.iter().map(|pairs| pairs.of + 1).collect::<Vec<_>>());
            for (event, estimate) in order.estimates_mut() {
                *estimate = estimate.at_level(level(match event {
                    Event::Before(..) => n_pairs,
                    Event::Rank(..) => n * n,
                    Event::Claim(_) => n_claims,
                    Event::Ahead(index, _) => counts[index],
                }));
            }
        }
        self.simultaneous = true;
        self
    }
}
