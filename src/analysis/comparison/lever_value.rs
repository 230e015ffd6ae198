//! The worth of a lever against its spillover: what it gives the areas that it is meant for, what the others get of it, and how
//! much spillover would make it worth nothing.

use crate::analysis::comparison::break_even::{BreakEven, CurvePoint, crossings, wanted};
use crate::analysis::comparison::change::ClaimChange;
use crate::analysis::comparison::compare::{compare_each, whole};
use crate::analysis::error::Error;
use crate::analysis::interval::{Measured, Z95};
use crate::batch::{BLOCK, Batch, Column};
use crate::control::{Control, Stopped};
use crate::model::Model;
use crate::sampler::{Run, sample_with_precision};
use crate::scenario::{Lever, Scenario};
use crate::tally::Tally;
use std::borrow::Cow;

/// The most times its spillover that is asked about.
pub const MAX_SPILLOVER: f64 = 10.0;
/// Number of sizes of the spillover that are tried, from none to the most.
const SIZES: usize = 21;

/// A lever and its spillover.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LeverValue {
    /// Name of the lever.
    pub lever: String,
    /// The group whose mean overall score its edits move most, by its index.
    pub group: usize,
    /// By how much the lever moves the mean overall score of that group, its spillover included.
    pub gain: Measured,
    /// By how much it moves that of all other areas.
    pub spillover: Measured,
    /// The gain for one point of spillover; nothing where the spillover is not told from 0.
    pub per_point: Option<Measured>,
    /// At how many times its spillover the lever changes a claim no more: one a claim; nothing where it states no spillover.
    pub worth_nothing: Option<Vec<SpilloverBreakEven>>,
    /// Why the spillover cannot be made larger and smaller, if it cannot.
    pub fixed: Option<Error>,
}

/// At how many times its spillover a lever does nothing for a claim.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SpilloverBreakEven {
    /// The id of the claim.
    pub claim: String,
    /// Sizes at which the change comes to 0, in times of the spillover; none where the lever does nothing for the claim without spillover.
    pub times: Vec<BreakEven>,
}

/// Returns how many runs [`lever_values`] makes of a scenario, for those who wait.
#[must_use]
pub fn n_lever_value_runs(scenario: &Scenario) -> u64 {
    scenario.levers().iter().map(|lever| 1 + if lever.spillover.is_empty() { 0 } else { SIZES as u64 }).sum()
}

/// Works out what each lever of a scenario is worth against its spillover; nothing where there is one group alone.
///
/// # Errors
/// A lever whose edits cannot be made, or it was stopped.
pub fn lever_values(scenario: &Scenario, run: Run, control: Control<'_>) -> Result<Vec<LeverValue>, Error> {
    if scenario.groups().len() < 2 {
        return Ok(Vec::new());
    }
    let run = run.at_least_one();
    scenario.levers().iter().map(|lever| lever_worth(scenario, lever, run, control)).collect()
}

fn lever_worth(
    scenario: &Scenario,
    lever: &Lever,
    run: Run,
    control: Control<'_>,
) -> Result<LeverValue, Error> {
    let bare = scenario.bare();
    let with = |edits: &[String]| bare.with_edits(edits).map(|edited| edited.scenario).map_err(Error::Edit);
    let alone = with(&lever.edits)?;
    let both = with(&[&lever.edits[..], &lever.spillover].concat())?;
    // A look at few draws tells whom the lever is for.
    let glance = Run { draws: run.draws.min(16_384), ..run };
    let size = |group: usize| {
        let inside = scenario.members(group);
        let moved = means(&[scenario, &alone], &[inside.clone(), inside], glance, control)?;
        Ok::<_, Stopped>(moved.mean(0).abs())
    };
    let sizes_moved: Vec<f64> = (0..scenario.groups().len()).map(size).collect::<Result<_, _>>()?;
    let larger =
        |best: usize, group: usize| if sizes_moved[group] > sizes_moved[best] { group } else { best };
    let group = (0..sizes_moved.len()).fold(0, larger);
    let inside = scenario.members(group);
    let outside = (0..scenario.areas().len()).filter(|area| !inside.contains(area)).collect();
    let moments = means(&[scenario, &both], &[inside, outside], run, control)?;
    control.advance(run.draws);
    let (gain, spillover) = (moments.measured(0), moments.measured(1));
    let is_spilt = spillover.value.abs() > Z95 * spillover.mcse && spillover.value != 0.0;
    let (worth_nothing, fixed) = if lever.spillover.is_empty() {
        (None, None)
    } else {
        match sizes(scenario, lever) {
            Ok(sizes) => (Some(times(scenario, lever, sizes, run, control)?), None),
            Err(why) => (None, Some(why)),
        }
    };
    Ok(LeverValue {
        lever: lever.name.clone(),
        group,
        gain,
        spillover,
        per_point: is_spilt.then(|| moments.ratio()),
        worth_nothing,
        fixed,
    })
}

/// The lever with so many times its spillover.
fn sized(scenario: &Scenario, lever: &Lever, times: f64) -> Result<Scenario, Error> {
    let scaled = lever.spillover.iter().map(|edit| scenario.scaled_edit(edit, times).map_err(Error::Size));
    let scaled: Vec<Option<String>> = scaled.collect::<Result<_, _>>()?;
    let edits: Vec<String> = lever.edits.iter().cloned().chain(scaled.into_iter().flatten()).collect();
    Ok(scenario.bare().with_edits(&edits)?.scenario)
}

/// The lever with its spillover in each size.
fn sizes(scenario: &Scenario, lever: &Lever) -> Result<Vec<(f64, Scenario)>, Error> {
    let size = |step: usize| {
        let times = MAX_SPILLOVER * step as f64 / (SIZES - 1) as f64;
        Ok((times, sized(scenario, lever, times)?))
    };
    (0..SIZES).map(size).collect()
}

/// Lists the sizes at which the changes of the claims are 0. Sizes are added there, on the same draws, until the line between two of them is off by
/// less than the sampling error.
fn times(
    scenario: &Scenario,
    lever: &Lever,
    mut sizes: Vec<(f64, Scenario)>,
    run: Run,
    control: Control<'_>,
) -> Result<Vec<SpilloverBreakEven>, Error> {
    /// So often are sizes added at most.
    const ROUNDS: usize = 20;
    let changes = |sizes: &[(f64, Scenario)], run: Run, control: Control<'_>| {
        let mut all = Vec::new();
        let make = |index: usize| Cow::Borrowed(&sizes[index].1);
        compare_each(scenario, (sizes.len(), &make), run, control, &mut |index, (claims, _)| {
            all.push((index, (sizes[index].0, claims)));
            Ok::<_, Error>(())
        })?;
        whole(all, sizes.len())
    };
    let mut all: Vec<(f64, Vec<ClaimChange>)> = changes(&sizes, run, control)?;
    let Some((_, first)) = all.first().cloned() else { return Ok(Vec::new()) };
    let curve = |all: &[(f64, Vec<ClaimChange>)], index: usize| -> Vec<CurvePoint> {
        let point = |(times, claims): &(f64, Vec<ClaimChange>)| {
            let change = claims[index].change;
            CurvePoint { x: *times, y: change.difference, low: change.low, high: change.high }
        };
        all.iter().map(point).collect()
    };
    let settled = || first.iter().enumerate().filter(|(_, claim)| claim.change.is_settled());
    for round in 0..ROUNDS {
        let missing = settled().flat_map(|(index, _)| wanted(&curve(&all, index), 0.0, round));
        let mut missing: Vec<f64> = missing.collect();
        missing.sort_by(f64::total_cmp);
        missing.dedup();
        missing.retain(|x| all.iter().all(|(times, _)| times != x));
        // A size that cannot be made stays unknown.
        let made = missing.iter().filter_map(|&times| Some((times, sized(scenario, lever, times).ok()?)));
        sizes = made.collect();
        if sizes.is_empty() {
            break;
        }
        all.extend(changes(&sizes, run, control.unseen())?);
    }
    let claim = |(index, claim): (usize, &ClaimChange)| {
        let is_settled = claim.change.is_settled();
        let times = if is_settled { crossings(&curve(&all, index), 0.0) } else { Vec::new() };
        SpilloverBreakEven { claim: claim.id.to_string(), times }
    };
    Ok(first.iter().enumerate().map(claim).collect())
}

/// By how much the mean overall scores of two lists of areas are moved from the first scenario to the second.
fn means(
    scenarios: &[&Scenario; 2],
    areas: &[Vec<usize>; 2],
    run: Run,
    control: Control<'_>,
) -> Result<Moments, Stopped> {
    let model = Model::together(scenarios);
    let before = scenarios[0].joint_worlds().len();
    let weights: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let tally = || Means { areas, weights: weights.split_at(before), kept: Moments::default() };
    Ok(sample_with_precision::<f64, _>(&model, run, &tally, control.unseen())?.kept)
}

/// First and second moments of what two means are moved by.
#[derive(Clone, Copy, Debug, Default)]
struct Moments {
    n: u64,
    sums: [f64; 2],
    /// Of the first squared, of both, and of the second squared.
    products: [f64; 3],
}

struct Means<'a> {
    areas: &'a [Vec<usize>; 2],
    /// The probabilities of the joint worlds of the first scenario, and of the second.
    weights: (&'a [f64], &'a [f64]),
    kept: Moments,
}

impl Moments {
    fn mean(&self, which: usize) -> f64 {
        self.sums[which] / self.n as f64
    }

    fn covariance(&self, one: usize, other: usize) -> f64 {
        self.products[one + other] / self.n as f64 - self.mean(one) * self.mean(other)
    }

    fn measured(&self, which: usize) -> Measured {
        let mcse = (self.covariance(which, which).max(0.0) / self.n as f64).sqrt();
        Measured { value: self.mean(which), mcse }
    }

    /// The first mean over the second, with the error of a ratio.
    ///
    /// Source: the delta method: Var(g / s) is about Var(g - r s) / s^2 with r = g / s.
    fn ratio(&self) -> Measured {
        let r = self.mean(0) / self.mean(1);
        let variance =
            self.covariance(0, 0) - 2.0 * r * self.covariance(0, 1) + r * r * self.covariance(1, 1);
        Measured { value: r, mcse: (variance.max(0.0) / self.n as f64).sqrt() / self.mean(1).abs() }
    }
}

impl Tally for Means<'_> {
    const READS_INPUTS: bool = false;

    fn record(&mut self, batch: &Batch) {
        let (before, after) = self.weights;
        let mut moved: [Column; 2] = [[0.0; BLOCK]; 2];
        for (moved, areas) in moved.iter_mut().zip(self.areas) {
            // Each side for itself, so that what is not moved comes to exactly 0.
            let mut first = [0.0; BLOCK];
            add_mean(&mut first, batch, (0, before), areas);
            add_mean(moved, batch, (before.len(), after), areas);
            moved.iter_mut().zip(&first).for_each(|(moved, first)| *moved -= first);
        }
        let Moments { n, sums, products } = &mut self.kept;
        for (one, other) in moved[0].iter().zip(&moved[1]).take(batch.len()) {
            sums[0] += one;
            sums[1] += other;
            products[0] += one * one;
            products[1] += one * other;
            products[2] += other * other;
        }
        *n += batch.len() as u64;
    }

    fn merge(&mut self, later: &Self) {
        let (kept, later) = (&mut self.kept, &later.kept);
        kept.n += later.n;
        kept.sums.iter_mut().zip(later.sums).for_each(|(sum, more)| *sum += more);
        kept.products.iter_mut().zip(later.products).for_each(|(sum, more)| *sum += more);
    }
}

/// Adds the mean overall score of some areas over the joint worlds from `start` on, which have these probabilities.
fn add_mean(sums: &mut Column, batch: &Batch, (start, weights): (usize, &[f64]), areas: &[usize]) {
    for (world, weight) in weights.iter().enumerate() {
        let share = weight / areas.len() as f64;
        for &area in areas {
            for (sum, x) in sums.iter_mut().zip(batch.overall(start + world, area)) {
                *sum += share * x;
            }
        }
    }
}
