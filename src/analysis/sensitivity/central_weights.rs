//! Weights that favour an area: its central weights, and how sure its first place is with those. Knows nothing of how they are
//! shown.

use crate::analysis::interval::{Measured, Z95};
use crate::batch::{BLOCK, Batch, Column};
use crate::control::{Control, Stopped};
use crate::model::{Subject, Term};
use crate::sampler::{Run, sample_with_precision};
use crate::tally::Tally;

/// The weights with which an area comes first.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CentralWeightTable {
    /// The index of the area.
    pub area: usize,
    /// Probability that no area comes before it.
    pub first: Measured,
    /// Weights with which it is first; nothing for an area that never is, of which nothing can be said.
    pub favoured: Option<CentralWeights>,
}

/// Weights with which an area is first.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CentralWeights {
    /// Central weight per factor: the mean of its share of the whole weight where the area is first.
    #[doc(alias = "central weight vector")]
    pub weights: Vec<Measured>,
    /// Probability that the area is first with just those weights, in each world those of that world.
    #[doc(alias = "confidence factor")]
    pub confidence: Measured,
}

/// More draws than this tell no more than a reader wants to know.
const MAX_DRAWS: u64 = 1 << 18;

/// The central weights and the confidence factor of each area.
///
/// Source: Lahdelma, Hokkanen and Salminen, SMAA, European Journal of Operational Research 106 (1998).
///
/// # Errors
/// It was stopped.
pub fn central_weights<'a>(
    scenario: impl Into<Subject<'a>>,
    run: Run,
    control: Control<'_>,
) -> Result<Vec<CentralWeightTable>, Stopped> {
    central_weights_of_subject(&scenario.into(), run, control)
}

fn central_weights_of_subject(
    subject: &Subject<'_>,
    run: Run,
    control: Control<'_>,
) -> Result<Vec<CentralWeightTable>, Stopped> {
    let (scenario, model) = (subject.scenario(), subject.model());
    let run = Run { draws: run.at_least_one().draws.min(MAX_DRAWS), ..run };
    let (n_areas, n_worlds) = (model.n_areas(), model.worlds().len());
    let parts: Vec<&[Term]> = (0..n_worlds).map(|world| model.weighted(world)).collect();
    let n = run.draws as f64;
    let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    let asked = Asked { parts: &parts, probabilities: &probabilities, n_areas };
    let kept = sample_with_precision::<f64, _>(
        model,
        run,
        &|| Firsts::new(asked, scenario.factors().len()),
        control,
    )?;
    // In each world the mean weights where the area is first, or, where it never is, those over all draws.
    let list = |area: usize| -> Vec<Vec<f64>> {
        let world = |z: usize| {
            // Weights that are certain are those themselves, without the rounding of a mean.
            let certain = parts[z].iter().map(|part| part.weight.as_exact());
            if let Some(weights) = certain.collect() {
                return weights;
            }
            let there = kept.sums[z][area].0 > 0.0;
            let (count, sums) = if there { &kept.sums[z][area] } else { &kept.sums[z][n_areas] };
            sums.iter().map(|sum| sum / count).collect()
        };
        (0..n_worlds).map(world).collect()
    };
    let first = |area: usize| -> f64 {
        probabilities.iter().zip(&kept.sums).map(|(p, sums)| p * sums[area].0).sum::<f64>() / n
    };
    let ever: Vec<usize> = (0..n_areas).filter(|&area| first(area) > 0.0).collect();
    let fixed = model.at_weights(&ever.iter().map(|&area| list(area)).collect::<Vec<_>>());
    let firsts = vec![(0.0, 0.0); ever.len()];
    let tally = || Sure { areas: &ever, n_areas, probabilities: &probabilities, firsts: firsts.clone() };
    let sure = sample_with_precision::<f64, _>(&fixed, run, &tally, control.unseen())?;
    let central = |area: usize| {
        let favoured = ever.iter().position(|known| *known == area).map(|index| {
            let mut weights = vec![0.0; scenario.factors().len()];
            let count = n * first(area);
            for (z, p) in probabilities.iter().enumerate() {
                for (part, sum) in parts[z].iter().zip(&kept.sums[z][area].1) {
                    weights[part.factor] += p * sum / count;
                }
            }
            let weights = weights.into_iter().enumerate();
            let weights = weights.map(|(factor, value)| {
                let hidden = kept.hidden(area, factor, value);
                kept.joint[area].mean(factor, value, hidden)
            });
            let sums = sure.firsts[index];
            let confidence = Measured::share_of_worlds(sums.0 / n, sums, n);
            CentralWeights { weights: weights.collect(), confidence }
        });
        let [sum, squares] = kept.joint[area].firsts;
        CentralWeightTable {
            area,
            first: Measured::share_of_worlds(first(area), (sum, squares), n),
            favoured,
        }
    };
    Ok((0..n_areas).map(central).collect())
}

/// In which draws no area is before one of them.
fn first(batch: &Batch, (world, area): (usize, usize), n_areas: usize) -> [bool; BLOCK] {
    let mut is_first = [true; BLOCK];
    let own = batch.overall(world, area);
    for other in (0..n_areas).filter(|&other| other != area) {
        let other = batch.overall(world, other);
        for (is_first, (a, b)) in is_first.iter_mut().zip(own.iter().zip(other)) {
            *is_first &= a >= b;
        }
    }
    is_first
}

/// Model and question of a [`Firsts`].
#[derive(Clone, Copy)]
struct Asked<'a> {
    /// Shape `[n_worlds][n_terms]`.
    parts: &'a [&'a [Term]],
    probabilities: &'a [f64],
    n_areas: usize,
}

/// Sums of shares of the weight where an area is first.
struct Firsts<'a> {
    asked: Asked<'a>,
    /// Shape `[n_worlds][n_areas + 1]`, the last over all draws: how many, and the sum of the share of each factor that has weight
    /// there.
    sums: Vec<Vec<(f64, Vec<f64>)>>,
    /// Shape `[n_areas]`: over the worlds together, as they share their draws.
    joint: Vec<Joint>,
}

/// Of an area, what draws contribute over all worlds: B, the probability of the worlds in which it is first, and for each factor A,
/// the same times the factor's share of the weight there.
#[derive(Clone)]
struct Joint {
    /// The sums of B and of its square.
    firsts: [f64; 2],
    /// Sums of A squared and of A times B, one pair per factor.
    shares: Vec<[f64; 2]>,
}

impl Joint {
    /// The mean share of a factor where the area is first, with its error: that of a ratio, and for few draws as much larger as Student's
    /// interval is. One draw says nothing of its error, so then any share is possible.
    ///
    /// By how much worlds may move it in which no draw showed the area first is `hidden`.
    ///
    /// Source: the delta method, Var(A / B) is about Var(A - r B) / B^2 with r = A / B.
    fn mean(&self, factor: usize, value: f64, hidden: f64) -> Measured {
        let [sum, squares] = self.firsts;
        let [square, product] = self.shares[factor];
        let apart = (square - 2.0 * value * product + value * value * squares).max(0.0);
        // So many draws of equal weight would be as sure.
        let freedom = sum * sum / squares - 1.0;
        let mcse = if freedom < 0.5 {
            value.max(1.0 - value) / Z95
        } else {
            student(freedom) / Z95 * (apart * (1.0 + 1.0 / freedom)).sqrt() / sum
        };
        Measured { value, mcse: mcse.max(hidden / Z95) }
    }
}

/// The 97.5 % quantile of Student's t distribution.
///
/// Source: Abramowitz and Stegun 26.7.5; below three degrees of freedom those of whole numbers, the lower one.
fn student(freedom: f64) -> f64 {
    if freedom < 1.99 {
        return 12.706_204_736;
    }
    if freedom < 2.99 {
        return 4.302_652_730;
    }
    let z2 = Z95 * Z95;
    let first = (z2 + 1.0) / 4.0;
    let second = ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
    let third = (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
    Z95 * (1.0 + (first + (second + third / freedom) / freedom) / freedom)
}

impl<'a> Firsts<'a> {
    fn new(asked: Asked<'a>, n_factors: usize) -> Self {
        let empty = |parts: &&[Term]| vec![(0.0, vec![0.0; parts.len()]); asked.n_areas + 1];
        let joint = Joint { firsts: [0.0; 2], shares: vec![[0.0; 2]; n_factors] };
        Self { asked, sums: asked.parts.iter().map(empty).collect(), joint: vec![joint; asked.n_areas] }
    }
}

impl Firsts<'_> {
    /// The distance that a mean share may move by a world in which no draw showed the area first: as many draws as an event that was
    /// never seen may have, each with the share that the factor has there over all draws.
    fn hidden(&self, area: usize, factor: usize, value: f64) -> f64 {
        /// With more expected events than this, none at all is seen in less than 5 % of runs.
        const UNSEEN: f64 = 3.0;
        let Asked { parts, probabilities, n_areas } = self.asked;
        let seen = self.joint[area].firsts[0];
        let in_world = |z: usize| {
            if self.sums[z][area].0 > 0.0 || probabilities[z] <= 0.0 {
                return 0.0;
            }
            let (count, sums) = &self.sums[z][n_areas];
            let there = parts[z].iter().zip(sums).filter(|(part, _)| part.factor == factor);
            let share = there.map(|(_, sum)| sum / count).sum::<f64>();
            let more = UNSEEN * probabilities[z];
            more * (share - value).abs() / (seen + more)
        };
        (0..parts.len()).map(in_world).fold(0.0, f64::max)
    }

    /// Adds up where an area is first, or, for the one after the last area, everywhere.
    fn record_area(&mut self, batch: &Batch, area: usize) {
        let Asked { parts, probabilities, n_areas } = self.asked;
        let firsts: Vec<[bool; BLOCK]> = (0..parts.len())
            .map(|z| if area < n_areas { first(batch, (z, area), n_areas) } else { [true; BLOCK] })
            .collect();
        let mut shares = self.joint.first().map_or(Vec::new(), |joint| vec![0.0; joint.shares.len()]);
        for n in 0..batch.len() {
            if !firsts.iter().any(|firsts| firsts[n]) {
                continue;
            }
            shares.fill(0.0);
            let mut weight_of_worlds = 0.0;
            for (z, parts) in parts.iter().enumerate().filter(|(z, _)| firsts[*z][n]) {
                let weight = |part: &Term| part.weight.value(|column| batch.input(column)[n]);
                let total: f64 = parts.iter().map(weight).sum();
                let (count, sums) = &mut self.sums[z][area];
                *count += 1.0;
                weight_of_worlds += probabilities[z];
                for (sum, part) in sums.iter_mut().zip(*parts) {
                    let share = weight(part) / total;
                    *sum += share;
                    shares[part.factor] += probabilities[z] * share;
                }
            }
            if let Some(joint) = self.joint.get_mut(area) {
                joint.firsts[0] += weight_of_worlds;
                joint.firsts[1] += weight_of_worlds * weight_of_worlds;
                for (sums, share) in joint.shares.iter_mut().zip(&shares) {
                    sums[0] += share * share;
                    sums[1] += share * weight_of_worlds;
                }
            }
        }
    }
}

impl Tally for Firsts<'_> {
    fn record(&mut self, batch: &Batch) {
        for area in 0..=self.asked.n_areas {
            self.record_area(batch, area);
        }
    }

    fn merge(&mut self, later: &Self) {
        let pairs = self.sums.iter_mut().flatten().zip(later.sums.iter().flatten());
        for ((count, sums), (more, others)) in pairs {
            *count += more;
            sums.iter_mut().zip(others).for_each(|(sum, more)| *sum += more);
        }
        for (joint, later) in self.joint.iter_mut().zip(&later.joint) {
            joint.firsts.iter_mut().zip(&later.firsts).for_each(|(sum, more)| *sum += more);
            for (sums, others) in joint.shares.iter_mut().zip(&later.shares) {
                sums.iter_mut().zip(others).for_each(|(sum, more)| *sum += more);
            }
        }
    }
}

/// Tally of how often each of some areas is first with its own weights, which are laid out as joint worlds.
struct Sure<'a> {
    areas: &'a [usize],
    n_areas: usize,
    probabilities: &'a [f64],
    /// One per area: the sums over draws of the probability of the worlds in which it is first, and of its square.
    firsts: Vec<(f64, f64)>,
}

impl Tally for Sure<'_> {
    const READS_INPUTS: bool = false;

    fn record(&mut self, batch: &Batch) {
        let n_worlds = self.probabilities.len();
        for (index, &area) in self.areas.iter().enumerate() {
            let mut worlds: Column = [0.0; BLOCK];
            for (z, p) in self.probabilities.iter().enumerate() {
                let is_first = first(batch, (index * n_worlds + z, area), self.n_areas);
                let is_first = &is_first[..batch.len()];
                let n = is_first.iter().filter(|is_first| **is_first).count();
                self.firsts[index].0 += p * n as f64;
                worlds.iter_mut().zip(is_first).for_each(|(sum, is_first)| {
                    *sum += if *is_first { p } else { &0.0 };
                });
            }
            self.firsts[index].1 += worlds[..batch.len()].iter().map(|p| p * p).sum::<f64>();
        }
    }

    fn merge(&mut self, later: &Self) {
        for ((sum, squares), (more, others)) in self.firsts.iter_mut().zip(&later.firsts) {
            *sum += more;
            *squares += others;
        }
    }
}
