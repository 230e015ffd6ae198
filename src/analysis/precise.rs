//! Runs that go on until every probability is as precise as is asked for, and the widest of many intervals.

use super::integrated::{integrable, integrate};
use super::interval::{Estimate, LEVEL};
use super::partial::Partial;
use super::summary::{OrderSummary, Summary, summarize_on};
use crate::exact::{REPLICATES, Refusal};
use crate::sampler::{Course, Run};
use crate::scenario::Scenario;
use std::sync::atomic::AtomicBool;

/// What a run is to come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// Half of the width that no interval is to exceed.
    pub half_width: f64,
    /// But no more instances than this, or points where they are integrated.
    pub most: u64,
}

/// What a run came to that went on until it was precise, or could not go on.
#[derive(Clone, Debug, PartialEq)]
pub struct Precision {
    /// What was asked for.
    pub goal: Goal,
    /// The widest interval.
    pub widest: Widest,
}

impl Precision {
    /// Whether the widest interval is narrow enough.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.widest.half_width <= self.goal.half_width
    }
}

/// A probability and how wide its interval is.
#[derive(Clone, Debug, PartialEq)]
pub struct Widest {
    /// Of what it is the probability, for people.
    pub what: String,
    /// Half of the width of its interval.
    pub half_width: f64,
}

/// Sizes of the first look, in instances and in points a scramble.
const FIRST: u64 = 1 << 16;
const FIRST_POINTS: u64 = 32;

/// Runs a scenario with ever more instances until the goal is reached, at sizes that are a first one doubled and doubled; a size that is
/// surely not enough is left out. Each run starts with the instances of the one before, and the last is bit for bit the run of its
/// number of instances alone. With `exact`, what can be integrated is, over ever more points.
///
/// `look` is called before each run with its number of instances, and with the widest interval so far. Once `stop` is set, what comes of
/// it is the longest run so far.
///
/// # Errors
/// With `exact`, what of the scenario cannot be integrated.
pub fn summarize_precisely(
    scenario: &Scenario,
    run: Run,
    (goal, exact): (Goal, bool),
    stop: &AtomicBool,
    look: &mut dyn FnMut(u64, Option<&Widest>),
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Summary, Refusal> {
    if exact {
        integrable(scenario)?;
    }
    let most = goal.most.max(1);
    let mut instances = FIRST.min(most);
    // Every size up to the most could have been the last look.
    let looks = (most / FIRST).max(1).ilog2() + 1 + u32::from(most > FIRST && !most.is_power_of_two());
    let mut points = if exact { FIRST_POINTS } else { 0 };
    let (mut longest, mut last) = (None, None);
    let mut summary = loop {
        look(instances, last.as_ref());
        let course = Course { begun: None, stop, between: &mut |_, _| {} };
        let drawn = summarize_on(scenario, Run { instances, ..run }, course, progress);
        let mut summary = longer(longest, drawn);
        if exact {
            integrate(scenario, run, points, &mut summary)?;
        }
        let counted = summary.widest(scenario, |estimate| !estimate.is_integrated());
        let averaged = summary.widest(scenario, Estimate::is_integrated);
        let grown = match (wanting(counted.as_ref(), goal), wanting(averaged.as_ref(), goal)) {
            _ if summary.partial.is_some() => None,
            (Some(ratio), _) if instances < most => {
                instances = next(instances, FIRST, ratio * ratio, most);
                Some(())
            }
            (_, Some(ratio)) if points * REPLICATES * 2 <= most => {
                points = next(points, FIRST_POINTS, ratio, most / REPLICATES);
                Some(())
            }
            _ => None,
        };
        last = [counted, averaged].into_iter().flatten().max_by(|a, b| a.half_width.total_cmp(&b.half_width));
        if grown.is_none() {
            break summary;
        }
        longest = Some(summary);
    };
    summary.each_estimate(|estimate| estimate.looks = looks);
    let widest = last.unwrap_or(Widest { what: "any probability".into(), half_width: 0.0 });
    summary.precision = Some(Precision { goal, widest });
    Ok(summary)
}

/// The next run, or the one before it, if the next was stopped before it had come as far.
fn longer(before: Option<Summary>, next: Summary) -> Summary {
    match (before, next.partial) {
        (Some(before), Some(partial)) if before.run.instances > next.run.instances => {
            Summary { partial: Some(Partial { done: before.run.instances, ..partial }), ..before }
        }
        _ => next,
    }
}

/// How many times too wide an interval is, if it is.
fn wanting(widest: Option<&Widest>, goal: Goal) -> Option<f64> {
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
    pub fn widest(&self, scenario: &Scenario, pick: impl Fn(&Estimate) -> bool) -> Option<Widest> {
        let mut widest: Option<(f64, String)> = None;
        self.each_named(scenario, &mut |what, estimate| {
            let half_width = estimate.half_width();
            if pick(estimate) && widest.as_ref().is_none_or(|(most, _)| half_width > *most) {
                widest = Some((half_width, what()));
            }
        });
        widest.map(|(half_width, what)| Widest { what, half_width })
    }

    /// Calls `f` with each probability and a way to name it for people.
    pub fn each_named(&self, scenario: &Scenario, f: &mut dyn FnMut(&dyn Fn() -> String, &Estimate)) {
        self.order.each_named(scenario, "", f);
        for world in &self.worlds {
            let place = format!(" where {}", world.world.title(scenario));
            world.order.each_named(scenario, &place, f);
        }
    }

    /// The largest standard error of any probability that was integrated.
    #[must_use]
    pub fn largest_integrated_mcse(&self) -> f64 {
        let mut largest = 0.0_f64;
        for order in std::iter::once(&self.order).chain(self.worlds.iter().map(|world| &world.order)) {
            let claims = order.claims.iter().map(|claim| &claim.estimate);
            let all =
                order.before.iter().flatten().flatten().chain(order.ranks.iter().flatten()).chain(claims);
            largest = all.filter(|e| e.is_integrated()).map(|e| e.mcse).fold(largest, f64::max);
        }
        largest
    }

    /// Changes each probability.
    pub fn each_estimate(&mut self, mut f: impl FnMut(&mut Estimate)) {
        let worlds = self.worlds.iter_mut().map(|world| &mut world.order);
        for order in std::iter::once(&mut self.order).chain(worlds).chain(&mut self.without_residual) {
            order.before.iter_mut().flatten().flatten().for_each(&mut f);
            order.ranks.iter_mut().flatten().for_each(&mut f);
            order.claims.iter_mut().for_each(|claim| f(&mut claim.estimate));
        }
    }

    /// The same with intervals that hold together: with a probability of 95 % all pairs of an order have their truths inside, and so
    /// have all of its ranks, and all of its claims.
    ///
    /// Source: Sidak, Rectangular confidence regions for the means of multivariate normal distributions, JASA 62 (1967).
    #[must_use]
    pub fn simultaneous(mut self) -> Self {
        let n = self.order.before.len();
        let level = |m: usize| 1.0 - (1.0 - LEVEL).powf(1.0 / m.max(1) as f64);
        let worlds = self.worlds.iter_mut().map(|world| &mut world.order);
        for order in std::iter::once(&mut self.order).chain(worlds).chain(&mut self.without_residual) {
            let wide = |estimate: &mut Estimate, m: usize| *estimate = estimate.at_level(level(m));
            order.before.iter_mut().flatten().flatten().for_each(|e| wide(e, n * (n - 1) / 2));
            order.ranks.iter_mut().flatten().for_each(|e| wide(e, n * n));
            let n_claims = order.claims.len();
            order.claims.iter_mut().for_each(|claim| wide(&mut claim.estimate, n_claims));
        }
        self.simultaneous = true;
        self
    }
}

impl OrderSummary {
    fn each_named(
        &self,
        scenario: &Scenario,
        place: &str,
        f: &mut dyn FnMut(&dyn Fn() -> String, &Estimate),
    ) {
        let name = |i: usize| &scenario.areas()[i].name;
        for (i, row) in self.before.iter().enumerate() {
            for (j, estimate) in row.iter().enumerate() {
                if let Some(estimate) = estimate {
                    f(&|| format!("{} before {}{place}", name(i), name(j)), estimate);
                }
            }
        }
        for (i, row) in self.ranks.iter().enumerate() {
            for (rank, estimate) in row.iter().enumerate() {
                f(&|| format!("rank {} of {}{place}", rank + 1, name(i)), estimate);
            }
        }
        for claim in &self.claims {
            f(&|| format!("the claim {}{place}", claim.id), &claim.estimate);
        }
    }
}
