//! Whose uncertainty it is: parts of all that is uncertain with shares of the variance of a claim that add up to one. Knows not how
//! a claim depends on its inputs.

use super::curve::Known;
use super::groups::{Group, MAX_DRAWS};
use super::question::Question;
use super::truths::Truths;
use crate::analysis::interval::Measured;
use crate::batch::{BLOCK, Batch, Column};
use crate::control::{Control, Stopped};
use crate::model::{Model, Redraw};
use crate::sampler::{Run, sample_with_precision};
use crate::scenario::{Address, Scenario};
use crate::tally::Tally;

/// All inputs that a question about some areas may depend on, in at most four parts that do not overlap.
pub fn parts(scenario: &Scenario, model: &Model, areas: &[usize]) -> Vec<Group> {
    let part = |id: String, name: String, belongs: &dyn Fn(&Address) -> bool| Group {
        id,
        name,
        members: model.inputs().iter().map(|input| belongs(&input.address)).collect(),
    };
    let is_weight = |address: &Address| matches!(address, Address::Weight { .. } | Address::Weights(_));
    let mut parts = vec![part("weights".into(), "all weights".into(), &is_weight)];
    if let [_, _] = areas {
        for &area in areas {
            let area = &scenario.areas()[area];
            let name = format!("all scores of {}", area.name);
            parts.push(part(
                format!("score.*.{}", area.id),
                name,
                &|address| matches!(address, Address::Score { area: id, .. } if *id == area.id),
            ));
        }
    } else {
        let is_score = |address: &Address| matches!(address, Address::Score { .. });
        parts.push(part("score.*".into(), "all scores".into(), &is_score));
    }
    let is_else = |address: &Address| !is_weight(address) && !matches!(address, Address::Score { .. });
    parts.push(part("else".into(), "shared errors and everything else".into(), &is_else));
    parts.retain(|part| part.members.contains(&true));
    parts
}

/// The part of the variance of a question with the probability `p` that is due to each part, and to the worlds where there are
/// several: what knowing it takes away, on average over all orders in which the parts may become known. That knowing nothing takes
/// nothing away and knowing everything all is not left to the draws: each is what it has beyond an equal part of p (1 - p), and they add up
/// to 0.
///
/// Source: Owen, "Sobol' indices and Shapley value", 2014, and for parts that are correlated Song, Nelson and Staum, "Shapley effects
/// for global sensitivity analysis", 2016; what knowing a set takes away is the covariance of two draws that have that set in
/// common, worked out for all sets at once.
///
/// # Errors
/// It was stopped.
pub fn shapley(
    model: &Model,
    (question, p): (&Question, f64),
    parts: &[Group],
    run: Run,
    control: Control<'_>,
) -> Result<Vec<Known>, Stopped> {
    let redrawn = |known: usize| -> Redraw {
        let is_known =
            |input: usize| (0..parts.len()).any(|k| known >> k & 1 == 1 && parts[k].members[input]);
        Redraw { again: (0..model.inputs().len()).map(|input| !is_known(input)).collect(), own: false }
    };
    let sets: Vec<Redraw> = (0..1 << parts.len()).map(redrawn).collect();
    let laid_out = model.redrawn(&sets);
    let run = Run { draws: run.draws.min(MAX_DRAWS), ..run };
    let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let players = parts.len() + usize::from(probabilities.len() > 1);
    let weights = weights(players);
    let tally = || Shares {
        question,
        p,
        probabilities: &probabilities,
        n_sets: sets.len(),
        weights: &weights,
        sums: vec![[0.0; 3]; players],
        whole: 0.0,
    };
    let kept = sample_with_precision::<f64, _>(&laid_out, run, &tally, control)?;
    let n = run.draws as f64;
    let known = |&[sum, squares, with]: &[f64; 3]| {
        let mean = sum / n;
        Known {
            measured: Measured { value: mean, mcse: ((squares / n - mean * mean).max(0.0) / n).sqrt() },
            with: with / n - mean * (kept.whole / n),
        }
    };
    Ok(kept.sums.iter().map(known).collect())
}

/// Shape `[n_players][2^n_players]`: how much what a set of players takes away together counts for each of them; nothing for
/// none of them and for all, of which it is known.
fn weights(players: usize) -> Vec<Vec<f64>> {
    let factorial = |n: usize| (1..=n).product::<usize>() as f64;
    let all = (1 << players) - 1;
    let weight = |player: usize, set: usize| {
        let others = (set & !(1 << player)).count_ones() as usize;
        let weight = factorial(others) * factorial(players - others - 1) / factorial(players);
        match set {
            _ if set == 0 || set == all => 0.0,
            _ if set >> player & 1 == 1 => weight,
            _ => -weight,
        }
    };
    (0..players).map(|player| (0..=all).map(|set| weight(player, set)).collect()).collect()
}

/// Sums over draws of what is due to each player, each with its square.
struct Shares<'a> {
    question: &'a Question,
    /// Near the probability of the claim.
    p: f64,
    probabilities: &'a [f64],
    n_sets: usize,
    weights: &'a [Vec<f64>],
    /// Sums of the same terms times the part of the worlds in which the claim holds, less p.
    sums: Vec<[f64; 3]>,
    whole: f64,
}

impl Tally for Shares<'_> {
    const READS_INPUTS: bool = false;

    fn record(&mut self, batch: &Batch) {
        let z = self.probabilities.len();
        let mut base = vec![[false; BLOCK]; z];
        let mut whole: Column = [0.0; BLOCK];
        let deviation = |holds: bool| if holds { 1.0 - self.p } else { -self.p };
        for (world, truths) in base.iter_mut().enumerate() {
            self.question.truths(batch, world, truths);
            for (sum, &holds) in whole.iter_mut().zip(&*truths) {
                *sum += self.probabilities[world] * deviation(holds);
            }
        }
        let mut due = vec![[0.0; BLOCK]; self.sums.len()];
        let mut there: Truths = [false; BLOCK];
        for set in 0..self.n_sets {
            let (mut other, mut by_world): (Column, Column) = ([0.0; BLOCK], [0.0; BLOCK]);
            for (world, base) in base.iter().enumerate() {
                let p = self.probabilities[world];
                self.question.truths(batch, (1 + set) * z + world, &mut there);
                for n in 0..BLOCK {
                    let moved = p * deviation(there[n]);
                    other[n] += moved;
                    by_world[n] += moved * deviation(base[n]);
                }
            }
            // With the parts of the set alone, and with the world as well.
            for (due, weights) in due.iter_mut().zip(self.weights) {
                let with = weights.get(self.n_sets + set).copied().unwrap_or(0.0);
                for n in 0..BLOCK {
                    due[n] += weights[set] * whole[n] * other[n] + with * by_world[n];
                }
            }
        }
        self.whole += whole[..batch.len()].iter().sum::<f64>();
        for (sums, due) in self.sums.iter_mut().zip(&due) {
            for (x, y) in due.iter().zip(&whole).take(batch.len()) {
                sums[0] += x;
                sums[1] += x * x;
                sums[2] += x * y;
            }
        }
    }

    fn merge(&mut self, later: &Self) {
        for (sums, more) in self.sums.iter_mut().zip(&later.sums) {
            sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        }
        self.whole += later.whole;
    }
}
