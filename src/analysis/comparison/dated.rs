//! Changed scenarios with a clock: what a change does to claims about dates, on the same draws.

use crate::analysis::answer::plan::order_plan;
use crate::analysis::comparison::change::{Asked, ClaimChange};
use crate::analysis::dates::{Frame, GroupPlaces, LevelDates, dated_standard_claims, truth_of};
use crate::batch::Batch;
use crate::control::{Control, Stopped};
use crate::model::{ClockNumbers, Model};
use crate::sampler::{Run, sample_with_precision};
use crate::scenario::{Clock, Dated, DatedClaim, Level, NamedClaim, Scenario};
use crate::tally::{Bits, Events, Paired, PairedPlan, Tally};
use std::sync::Arc;

/// Works out what a change does to the claims about dates of the scenario `about`: the standard ones at each threshold, then those that it
/// states. None if one of the two scenarios has no clock.
///
/// # Errors
/// The run was stopped.
pub fn dated_changes(
    about: &Scenario,
    [from, to]: [&Scenario; 2],
    run: Run,
    control: Control<'_>,
) -> Result<Vec<ClaimChange>, Stopped> {
    let (Some(clock), Some(one), Some(other)) = (about.clock(), from.clock(), to.clock()) else {
        return Ok(Vec::new());
    };
    let Some((model, numbers)) = Model::dated(&[from, to]) else { return Ok(Vec::new()) };
    let mut standard = dated_standard_claims(about);
    standard.retain(|claim| !about.is_redundant(claim));
    // The difference of two conditional probabilities is not worked out.
    let stated: Vec<&DatedClaim> =
        about.dated_claims().iter().filter(|named| named.given.is_none()).collect();
    let claims: Vec<Dated> = stated.iter().map(|named| named.claim.clone()).collect();
    let plan = Arc::new(Plan::new(about, &model, numbers, ([one, other], from), (&standard, claims)));
    let none = PairedDates::new(Arc::clone(&plan));
    let kept = sample_with_precision::<f64, _>(&model, run, &|| none.clone(), control)?;
    let weights = |scenario: &Scenario| -> Vec<f64> {
        scenario.joint_worlds().iter().map(|world| world.probability).collect()
    };
    let (before, after) = (weights(from), weights(to));
    let change = |events: &Events, index: usize, claim: &NamedClaim| {
        let asked =
            Asked { id: claim.id.as_str().into(), text: claim.text.as_str().into(), claim: claim.clone() };
        ClaimChange::of(events, (index, &asked), (&before, &after), false, run.draws)
    };
    let mut changes = Vec::new();
    for (paired, k) in kept.thresholds.iter().zip(&clock.thresholds) {
        for (index, claim) in standard.iter().enumerate() {
            let claim = NamedClaim {
                id: format!("{}@{k}", claim.id),
                text: format!("{} (at {k}x)", claim.text),
                claim: claim.claim.clone(),
            };
            changes.push(change(&paired.counts()[0].claims, index, &claim));
        }
    }
    for (index, named) in stated.into_iter().enumerate() {
        // The circuit of a claim about dates is its own; the words are all that is taken from here.
        let claim = NamedClaim { id: named.id.clone(), text: named.text.clone(), claim: Asked::no_claim() };
        changes.push(change(&kept.claims, index, &claim));
    }
    Ok(changes)
}

/// All that is counted of two scenarios with clocks. The joint worlds are those of the one, then those of the other.
struct Plan {
    about: Scenario,
    clocks: [Clock; 2],
    n_first: usize,
    numbers: Vec<ClockNumbers>,
    groups: GroupPlaces,
    levels: Vec<Level>,
    claims: Vec<Dated>,
    thresholds: Vec<Paired>,
}

impl Plan {
    fn new(
        about: &Scenario,
        model: &Model,
        numbers: Vec<ClockNumbers>,
        (clocks, from): ([&Clock; 2], &Scenario),
        (standard, claims): (&[NamedClaim], Vec<Dated>),
    ) -> Self {
        let thresholds = &about.clock().expect("it was found to have one").thresholds;
        let mut levels: Vec<Level> = thresholds.iter().map(|k| Level::Times(*k)).collect();
        for level in claims.iter().flat_map(Dated::levels) {
            if !levels.contains(&level) {
                levels.push(level);
            }
        }
        let n_first = from.joint_worlds().len();
        let plan = PairedPlan {
            order: order_plan(about, model, standard),
            worlds: vec![n_first, numbers.len() - n_first],
            pairs: vec![(0, 1)],
        };
        Self {
            about: about.clone(),
            clocks: clocks.map(Clone::clone),
            n_first,
            numbers,
            groups: GroupPlaces::new(about),
            levels,
            claims,
            thresholds: vec![Paired::new(plan); thresholds.len()],
        }
    }

    /// Returns the clock of a joint world.
    fn clock(&self, world: usize) -> &Clock {
        &self.clocks[usize::from(world >= self.n_first)]
    }
}

/// The counts of two scenarios with clocks.
#[derive(Clone)]
struct PairedDates {
    plan: Arc<Plan>,
    thresholds: Vec<Paired>,
    claims: Events,
    frames: Vec<Frame>,
    levels: Vec<LevelDates>,
}

impl PairedDates {
    fn new(plan: Arc<Plan>) -> Self {
        let (n_areas, n_worlds) = (plan.about.areas().len(), plan.numbers.len());
        let levels =
            plan.levels.iter().map(|l| LevelDates::new(*l, (n_areas, n_worlds), plan.groups.members()));
        Self {
            thresholds: plan.thresholds.clone(),
            claims: Events::new(plan.claims.len(), n_worlds),
            frames: (0..n_worlds).map(|world| Frame::new(plan.clock(world))).collect(),
            levels: levels.collect(),
            plan,
        }
    }
}

impl Tally<f64> for PairedDates {
    fn record(&mut self, batch: &Batch) {
        let Self { plan, thresholds, claims, frames, levels } = self;
        for (world, (frame, numbers)) in frames.iter_mut().zip(&plan.numbers).enumerate() {
            let clock = plan.clock(world);
            let group = clock.anchor_group.map(|group| plan.about.members(group));
            frame.fill(batch, world, (clock, numbers), group.as_deref());
            for level in &mut *levels {
                level.fill(batch, world, (frame, numbers), &plan.groups);
            }
        }
        for (paired, level) in thresholds.iter_mut().zip(&*levels) {
            Tally::<f64>::record(paired, &level.view);
        }
        let valid = Bits::first(batch.len());
        for (index, claim) in plan.claims.iter().enumerate() {
            let truth = |world: usize| {
                let clock = (&frames[world], &plan.numbers[world]);
                let start = plan.clock(world).start;
                truth_of(claim, (&plan.about, start), batch, (levels, world), clock) & valid
            };
            let bits: Vec<Bits> = (0..plan.numbers.len()).map(truth).collect();
            claims.record(index, &bits);
        }
    }

    fn merge(&mut self, later: &Self) {
        for (paired, later) in self.thresholds.iter_mut().zip(&later.thresholds) {
            Tally::<f64>::merge(paired, later);
        }
        self.claims.merge(&later.claims);
    }
}
