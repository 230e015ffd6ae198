//! Scenarios side by side on the same draws: what a change of one does to its claims, and how sure that is.
//!
//! The worlds of the changed scenario are laid out after those of the other, as if they were more worlds: the joint counts of
//! each two give the error of a difference exactly as they give that of a sum.

use super::interval::{Estimate, Z95};
use super::summary::order_plan;
use crate::batch::Batch;
use crate::model::Model;
use crate::real::Real;
use crate::sampler::{Run, sample};
use crate::scenario::{NamedClaim, Scenario};
use crate::tally::{Events, Order, Tally};

/// What a change of a scenario does to a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimChange {
    /// What other programs call the claim.
    pub id: String,
    /// A sentence without a full stop.
    pub text: String,
    /// Its probability before.
    pub from: Estimate,
    /// Its probability after.
    pub to: Estimate,
    /// The difference.
    pub change: Change,
}

/// A changed scenario against the one as it stands: a point of a sweep, a lever, another file.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// What it is called.
    pub name: String,
    /// One value a number that is varied; none for a lever or a file.
    pub values: Vec<f64>,
    /// What it does to each claim.
    pub claims: Vec<ClaimChange>,
}

/// The difference of two probabilities on the same draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// After minus before.
    pub difference: f64,
    /// Its Monte Carlo standard error: 0 where no instance differs.
    pub mcse: f64,
    /// The ends of a 95 % interval, which always has some width.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Whether not one instance differs in any world.
    pub inert: bool,
}

impl Change {
    /// What an event's probability rises by from the first joint worlds, with the probabilities `before`, to those that
    /// follow, with the probabilities `after`.
    ///
    /// One instance contributes D, between -1 and 1. The interval is that of a normal mean, with one more instance at D = -1
    /// and one at D = 1, so that no difference seen is not taken for none.
    fn of(events: &Events, event: usize, (before, after): (&[f64], &[f64]), n: u64) -> Self {
        let weights: Vec<f64> = before.iter().map(|p| -p).chain(after.iter().copied()).collect();
        let size = n as f64;
        let (mut sum, mut squares) = (0.0, 0.0);
        for (one, w) in weights.iter().enumerate() {
            sum += w * events.count(event, one) as f64;
            for (other, v) in weights.iter().enumerate() {
                squares += w * v * events.joint(event, one, other) as f64;
            }
        }
        let alike = |world: usize| {
            let (count, joint) =
                (events.count(event, world), events.joint(event, world, before.len() + world));
            count == joint && count == events.count(event, before.len() + world)
        };
        let inert = before == after && (0..before.len()).all(alike);
        let difference = if inert { 0.0 } else { sum / size };
        let variance = if inert { 0.0 } else { (squares / size - difference * difference).max(0.0) };
        let wide = (squares.max(0.0) + 2.0) / (size + 2.0);
        let reach = Z95 * (wide / (size + 2.0)).sqrt();
        Self {
            difference,
            mcse: (variance / size).sqrt(),
            low: (difference - reach).max(-1.0),
            high: (difference + reach).min(1.0),
            inert,
        }
    }

    /// Whether the interval lies on one side of no difference.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// What it does to the claims of a scenario to be changed into another one with the same areas and groups.
///
/// # Errors
/// The areas or their groups are not the same, so the claims are not.
pub fn compare(
    from: &Scenario,
    to: &Scenario,
    run: Run,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Vec<ClaimChange>, String> {
    let shape = |scenario: &Scenario| -> Vec<(String, String)> {
        let areas = scenario.areas().iter();
        areas.map(|area| (area.id.clone(), scenario.groups()[area.group].id.clone())).collect()
    };
    if shape(from) != shape(to) {
        return Err("the areas and their groups are not the same, so their claims cannot be compared".into());
    }
    let run = run.at_least_one();
    let mut claims: Vec<NamedClaim> = from.generated_claims();
    claims.extend_from_slice(from.claims());
    let model = Model::together(&[from, to]);
    let plan = order_plan(from, &model, &claims);
    let kept = sample(&model, run, &|| Kept(Order::new(plan.clone())), progress).0;
    let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let (before, after) = probabilities.split_at(from.joint_worlds().len());
    let nothing = |n: usize| std::iter::repeat_n(0.0, n);
    let first: Vec<f64> = before.iter().copied().chain(nothing(after.len())).collect();
    let second: Vec<f64> = nothing(before.len()).chain(after.iter().copied()).collect();
    let events = kept.claims();
    let change = |(index, claim): (usize, NamedClaim)| ClaimChange {
        from: Estimate::of(events, index, &first, run.instances),
        to: Estimate::of(events, index, &second, run.instances),
        change: Change::of(events, index, (before, after), run.instances),
        id: claim.id,
        text: claim.text,
    };
    let redundant: Vec<bool> = claims.iter().map(|claim| from.is_redundant(claim)).collect();
    let changes = claims.into_iter().enumerate().map(change).zip(redundant);
    Ok(changes.filter(|(_, redundant)| !redundant).map(|(change, _)| change).collect())
}

/// What is kept for a comparison.
struct Kept(Order);

impl<R: Real> Tally<R> for Kept {
    const READS_INPUTS: bool = false;

    fn record(&mut self, batch: &Batch<R>) {
        self.0.record(batch);
    }

    fn merge(&mut self, later: &Self) {
        Tally::<R>::merge(&mut self.0, &later.0);
    }
}
