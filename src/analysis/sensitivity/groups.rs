//! Shares of groups of inputs, and of inputs that a claim cannot be solved for: what drawing them again does. The inputs drawn
//! again are laid out as more joint worlds of the same model, so a draw sees all of them at once.

use super::curve::Known;
use super::question::Question;
use super::truths::Truths;
use crate::analysis::interval::Measured;
use crate::batch::{BLOCK, Batch};
use crate::control::{Control, Stopped};
use crate::model::{Model, Redraw};
use crate::sampler::{Run, sample_with_precision};
use crate::scenario::{Address, Scenario};
use crate::tally::{Sums, Tally};

/// More draws than this tell no more than a reader wants to know of groups.
pub const MAX_DRAWS: u64 = 1 << 18;

/// Inputs that are drawn again together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Id for other programs.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Shape `[n_inputs]`.
    pub members: Vec<bool>,
}

/// Effect of drawing inputs again on a claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Redrawn {
    /// The variance over these inputs of the probability given them.
    pub first: Known,
    /// Half of the probability that drawing them again changes the truth of the claim.
    pub total: Known,
}

/// The groups of a scenario that a question about some areas may depend on.
pub fn groups(scenario: &Scenario, model: &Model, areas: &[usize]) -> Vec<Group> {
    let of = |id: String, name: String, belongs: &dyn Fn(&Address) -> bool| Group {
        id,
        name,
        members: model.inputs().iter().map(|input| belongs(&input.address)).collect(),
    };
    let ours = |id: &String| areas.iter().any(|&area| scenario.areas()[area].id == *id);
    let mut groups = vec![of("weights".into(), "all weights".into(), &|address| {
        matches!(address, Address::Weight { .. } | Address::Weights(_))
    })];
    for &area in areas {
        let area = &scenario.areas()[area];
        let name = format!("all scores of {}", area.name);
        groups.push(of(
            format!("score.*.{}", area.id),
            name,
            &|address| matches!(address, Address::Score { area: id, .. } if *id == area.id),
        ));
    }
    for factor in scenario.factors() {
        let name = format!("the scores on {}", factor.name);
        groups.push(of(format!("score.{}.*", factor.id), name, &|address| {
            matches!(address, Address::Score { factor: id, area } if *id == factor.id && ours(area))
        }));
    }
    let residual = |shared_error: &str| shared_error.starts_with("residual");
    groups.push(of(
        "shared_error.*".into(),
        "all shared errors of scores".into(),
        &|address| matches!(address, Address::SharedError(shared_error) if !residual(shared_error)),
    ));
    groups.push(of("residual".into(), "the residual".into(), &|address| match address {
        Address::SharedError(shared_error) => residual(shared_error),
        Address::Residual(area) => ours(area),
        _ => false,
    }));
    groups.push(of("input.*".into(), "all shared inputs".into(), &|address| {
        matches!(address, Address::Input(_))
    }));
    groups.push(of("rater.*".into(), "choice of rater".into(), &|address| {
        matches!(address, Address::Rater(_))
    }));
    groups.push(of("discount.*".into(), "all discounts".into(), &|address| {
        matches!(address, Address::Discount(_))
    }));
    groups.retain(|group| group.members.contains(&true));
    groups
}

/// Measures the effect on a question with the probability `p` of drawing inputs again, one effect per group of inputs and one per single
/// number, and the effect of learning the world.
///
/// To know a group is to know all that it says of numbers that are correlated with it. Of a single number it is the own part that
/// is told of, as where it is solved for.
///
/// # Errors
/// It was stopped.
pub fn redraw(
    model: &Model,
    (question, p): (&Question, f64),
    (groups, singles): (&[Vec<bool>], &[Vec<bool>]),
    run: Run,
    control: Control<'_>,
) -> Result<(Vec<Redrawn>, Redrawn), Stopped> {
    let sets = || groups.iter().chain(singles);
    let these = sets().map(|set| Redraw { again: set.clone(), own: false });
    let others = sets()
        .enumerate()
        .map(|(n, set)| Redraw { again: set.iter().map(|again| !again).collect(), own: n >= groups.len() });
    let all: Vec<Redraw> = these.chain(others).collect();
    let (laid_out, n_sets) = (model.redrawn(&all), groups.len() + singles.len());
    let run = Run { draws: run.draws.min(MAX_DRAWS), ..run };
    let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let tally = || RedrawSums {
        question,
        p,
        probabilities: &probabilities,
        changed: vec![SumsWithTruth::default(); n_sets],
        shared: vec![SumsWithTruth::default(); n_sets],
        whole: 0.0,
        by_world: vec![0.0; probabilities.len()],
        both: vec![0.0; probabilities.len() * probabilities.len()],
        mixed: SumsWithTruth::default(),
    };
    let kept = sample_with_precision::<f64, _>(&laid_out, run, &tally, control)?;
    let n = run.draws as f64;
    let holds = kept.whole / n;
    let mean = |SumsWithTruth { sums, with }: SumsWithTruth, times: f64| {
        let (mean, mcse) = sums.mean(run.draws);
        let mcse = times * mcse;
        Known { measured: Measured { value: times * mean, mcse }, with: times * (with / n - mean * holds) }
    };
    let redrawn = kept.changed.iter().zip(&kept.shared);
    let redrawn =
        redrawn.map(|(&changed, &shared)| Redrawn { first: mean(shared, 1.0), total: mean(changed, 0.5) });
    let worlds = Redrawn { first: between(&kept, n), total: mean(kept.mixed, 1.0) };
    Ok((redrawn.collect(), worlds))
}

/// The variance over worlds of the probability in each.
///
/// To the first order it moves by 2 (P_z - P) w_z times the error of P_z, all worlds seeing the same draws; and where all are alike, by
/// the differences of two by chance, which are taken off.
fn between(kept: &RedrawSums<'_>, n: f64) -> Known {
    let (weights, z) = (kept.probabilities, kept.probabilities.len());
    let ps: Vec<f64> = kept.by_world.iter().map(|sum| sum / n).collect();
    let overall: f64 = weights.iter().zip(&ps).map(|(w, p)| w * p).sum();
    let covariance = |one: usize, other: usize| kept.both[one * z + other] / n - ps[one] * ps[other];
    let moves = |world: usize| 2.0 * weights[world] * (ps[world] - overall);
    let (mut value, mut variance, mut with, mut chance) = (0.0, 0.0, 0.0, 0.0);
    for one in 0..z {
        value += weights[one] * (ps[one] - overall) * (ps[one] - overall);
        chance += weights[one] * covariance(one, one);
        for other in 0..z {
            let both = covariance(one, other);
            variance += moves(one) * moves(other) * both;
            with += moves(one) * weights[other] * both;
            chance -= weights[one] * weights[other] * both;
        }
    }
    let chance = chance.max(0.0) / n;
    let mcse = (variance.max(0.0) / n).max(chance * chance).sqrt();
    Known { measured: Measured { value: value - chance, mcse }, with }
}

/// Sums of some numbers, and of their products with the part of the worlds in which the claim holds.
#[derive(Clone, Copy, Default)]
struct SumsWithTruth {
    sums: Sums,
    with: f64,
}

impl SumsWithTruth {
    fn add(&mut self, x: f64, truth: f64) {
        self.sums.add(x);
        self.with += x * truth;
    }

    fn merge(&mut self, later: Self) {
        self.sums.merge(later.sums);
        self.with += later.with;
    }
}

/// Sums over draws.
struct RedrawSums<'a> {
    question: &'a Question,
    /// Near the probability of the claim.
    p: f64,
    probabilities: &'a [f64],
    /// Part of the worlds in which the claim changes as a set is drawn again, per set.
    changed: Vec<SumsWithTruth>,
    /// Product of the deviations of two draws that have a set alone in common, per set.
    shared: Vec<SumsWithTruth>,
    /// The sum of the parts of the worlds in which the claim holds.
    whole: f64,
    /// Number of draws in which the claim holds, per world.
    by_world: Vec<f64>,
    /// Shape `[n_worlds x n_worlds]`: in how many it holds in both.
    both: Vec<f64>,
    /// Y (1 - Y), Y being in which part of the worlds it holds.
    mixed: SumsWithTruth,
}

impl Tally for RedrawSums<'_> {
    const READS_INPUTS: bool = false;

    fn record(&mut self, batch: &Batch) {
        let (z, n_sets, len) = (self.probabilities.len(), self.changed.len(), batch.len());
        let mut base = vec![[false; BLOCK]; z];
        let mut there: Truths = [false; BLOCK];
        let mut whole = [0.0; BLOCK];
        for (world, truths) in base.iter_mut().enumerate() {
            self.question.truths(batch, world, truths);
            let p = self.probabilities[world];
            whole.iter_mut().zip(&*truths).for_each(|(sum, &holds)| *sum += if holds { p } else { 0.0 });
            self.by_world[world] += truths[..len].iter().filter(|holds| **holds).count() as f64;
        }
        for one in 0..z {
            for other in 0..z {
                let both = (0..len).filter(|&n| base[one][n] && base[other][n]).count();
                self.both[one * z + other] += both as f64;
            }
        }
        self.whole += whole[..len].iter().sum::<f64>();
        whole[..len].iter().for_each(|&y| self.mixed.add(y * (1.0 - y), y));
        for set in 0..n_sets {
            let (mut changed, mut other) = ([0.0; BLOCK], [0.0; BLOCK]);
            for (world, base) in base.iter().enumerate() {
                let p = self.probabilities[world];
                self.question.truths(batch, (1 + set) * z + world, &mut there);
                for n in 0..len {
                    changed[n] += if there[n] == base[n] { 0.0 } else { p };
                }
                self.question.truths(batch, (1 + n_sets + set) * z + world, &mut there);
                for n in 0..len {
                    other[n] += if there[n] { p } else { 0.0 };
                }
            }
            for n in 0..len {
                self.changed[set].add(changed[n], whole[n]);
                self.shared[set].add((whole[n] - self.p) * (other[n] - self.p), whole[n]);
            }
        }
    }

    fn merge(&mut self, later: &Self) {
        let add = |all: &mut [f64], more: &[f64]| all.iter_mut().zip(more).for_each(|(a, b)| *a += b);
        self.changed.iter_mut().zip(&later.changed).for_each(|(sums, more)| sums.merge(*more));
        self.shared.iter_mut().zip(&later.shared).for_each(|(sums, more)| sums.merge(*more));
        add(&mut self.by_world, &later.by_world);
        add(&mut self.both, &later.both);
        self.mixed.merge(later.mixed);
        self.whole += later.whole;
    }
}
