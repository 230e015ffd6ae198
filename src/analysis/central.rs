//! Which weights favour an area: its central weights, and how sure its first place is with those. Knows nothing of how they are
//! shown.

use super::sensitivity::Measured;
use crate::batch::{BLOCK, Batch};
use crate::model::{Model, Number, Weighted};
use crate::sampler::{Run, sample_in};
use crate::scenario::Scenario;
use crate::tally::Tally;

/// The weights with which an area comes first.
#[derive(Clone, Debug, PartialEq)]
pub struct Central {
    /// The index of the area.
    pub area: usize,
    /// How probable it is that no area comes before it.
    pub first: Measured,
    /// What it takes for it to be first; nothing for an area that never is, of which nothing can be said.
    pub favoured: Option<Favoured>,
}

/// What it takes for an area to be first.
#[derive(Clone, Debug, PartialEq)]
pub struct Favoured {
    /// One a factor: the mean of its share of the whole weight where the area is first.
    #[doc(alias = "central weight vector")]
    pub weights: Vec<Measured>,
    /// How probable it is that the area is first with just those weights, in each world those of that world.
    #[doc(alias = "confidence factor")]
    pub confidence: Measured,
}

/// More instances than this tell no more than a reader wants to know.
const MOST_INSTANCES: u64 = 1 << 18;

/// The central weights and the confidence factor of each area.
///
/// Source: Lahdelma, Hokkanen and Salminen, SMAA, European Journal of Operational Research 106 (1998).
#[must_use]
pub fn central_weights(scenario: &Scenario, run: Run, progress: &(dyn Fn(u64) + Sync)) -> Vec<Central> {
    let run = Run { instances: run.at_least_one().instances.min(MOST_INSTANCES), ..run };
    let model = Model::new(scenario);
    let (n_areas, n_worlds) = (model.n_areas(), model.worlds().len());
    let parts: Vec<Vec<Weighted>> = (0..n_worlds).map(|world| model.weighted(world)).collect();
    let kept = sample_in::<f64, _>(&model, run, &|| Firsts::new(&parts, n_areas), progress);
    let n = run.instances as f64;
    let probabilities: Vec<f64> = model.worlds().iter().map(|world| world.probability).collect();
    // In each world the mean weights where the area is first, or, where it never is, those over all instances.
    let list = |area: usize| -> Vec<Vec<f64>> {
        let world = |z: usize| {
            // Weights that are certain are those themselves, without the rounding of a mean.
            let certain = parts[z].iter().map(|part| match part.weight {
                Number::Exact(x) => Some(x),
                Number::Column(_) => None,
            });
            if let Some(weights) = certain.collect() {
                return weights;
            }
            let there = kept.sums[z][area].0 > 0.0;
            let (count, sums) = if there { &kept.sums[z][area] } else { &kept.sums[z][n_areas] };
            sums.iter().map(|[sum, _]| sum / count).collect()
        };
        (0..n_worlds).map(world).collect()
    };
    let first = |area: usize| -> f64 {
        probabilities.iter().zip(&kept.sums).map(|(p, sums)| p * sums[area].0).sum::<f64>() / n
    };
    let ever: Vec<usize> = (0..n_areas).filter(|&area| first(area) > 0.0).collect();
    let fixed = model.at_weights(&ever.iter().map(|&area| list(area)).collect::<Vec<_>>());
    let tally =
        || Sure { areas: &ever, n_areas, probabilities: &probabilities, firsts: vec![0.0; ever.len()] };
    let sure = sample_in::<f64, _>(&fixed, run, &tally, &|_| {});
    let share = |p: f64| Measured::share(p, n);
    let central = |area: usize| {
        let favoured = ever.iter().position(|known| *known == area).map(|index| {
            let mut weights = vec![Measured { value: 0.0, mcse: 0.0 }; scenario.factors().len()];
            let mut squares = vec![0.0; weights.len()];
            let count = n * first(area);
            for (z, p) in probabilities.iter().enumerate() {
                for (part, [sum, square]) in parts[z].iter().zip(&kept.sums[z][area].1) {
                    weights[part.factor].value += p * sum / count;
                    squares[part.factor] += p * square / count;
                }
            }
            for (weight, square) in weights.iter_mut().zip(squares) {
                weight.mcse = ((square - weight.value * weight.value).max(0.0) / count).sqrt();
            }
            Favoured { weights, confidence: share(sure.firsts[index] / n) }
        });
        Central { area, first: share(first(area)), favoured }
    };
    (0..n_areas).map(central).collect()
}

/// In which instances no area is before one of them.
fn first(batch: &Batch, (world, area): (usize, usize), n_areas: usize) -> [bool; BLOCK] {
    let mut is_first = [true; BLOCK];
    let own = batch.amenability(world, area);
    for other in (0..n_areas).filter(|&other| other != area) {
        let other = batch.amenability(world, other);
        for (is_first, (a, b)) in is_first.iter_mut().zip(own.iter().zip(other)) {
            *is_first &= a >= b;
        }
    }
    is_first
}

/// Sums of shares of the weight where an area is first.
struct Firsts<'a> {
    /// Shape `[n_worlds][n_terms]`.
    parts: &'a [Vec<Weighted>],
    n_areas: usize,
    /// Shape `[n_worlds][n_areas + 1]`, the last over all instances: how many, and the sum and the sum of squares of the share of
    /// each factor that has weight there.
    sums: Vec<Vec<(f64, Vec<[f64; 2]>)>>,
}

impl<'a> Firsts<'a> {
    fn new(parts: &'a [Vec<Weighted>], n_areas: usize) -> Self {
        let empty = |parts: &Vec<Weighted>| vec![(0.0, vec![[0.0; 2]; parts.len()]); n_areas + 1];
        Self { parts, n_areas, sums: parts.iter().map(empty).collect() }
    }
}

impl Tally for Firsts<'_> {
    fn record(&mut self, batch: &Batch) {
        for (z, (parts, sums)) in self.parts.iter().zip(&mut self.sums).enumerate() {
            let mut firsts: Vec<[bool; BLOCK]> =
                (0..self.n_areas).map(|area| first(batch, (z, area), self.n_areas)).collect();
            firsts.push([true; BLOCK]);
            for n in 0..batch.len() {
                let weight = |part: &Weighted| match part.weight {
                    Number::Exact(x) => x,
                    Number::Column(column) => batch.input(column)[n],
                };
                let total: f64 = parts.iter().map(weight).sum();
                for (firsts, (count, shares)) in firsts.iter().zip(sums.iter_mut()).filter(|(f, _)| f[n]) {
                    debug_assert!(firsts[n]);
                    *count += 1.0;
                    for (sums, part) in shares.iter_mut().zip(parts) {
                        let share = weight(part) / total;
                        sums[0] += share;
                        sums[1] += share * share;
                    }
                }
            }
        }
    }

    fn merge(&mut self, later: &Self) {
        let pairs = self.sums.iter_mut().flatten().zip(later.sums.iter().flatten());
        for ((count, sums), (more, others)) in pairs {
            *count += more;
            for (sums, others) in sums.iter_mut().zip(others) {
                sums[0] += others[0];
                sums[1] += others[1];
            }
        }
    }
}

/// How often each of some areas is first with its own weights, which are laid out as joint worlds.
struct Sure<'a> {
    areas: &'a [usize],
    n_areas: usize,
    probabilities: &'a [f64],
    firsts: Vec<f64>,
}

impl Tally for Sure<'_> {
    const READS_INPUTS: bool = false;

    fn record(&mut self, batch: &Batch) {
        let n_worlds = self.probabilities.len();
        for (index, &area) in self.areas.iter().enumerate() {
            for (z, p) in self.probabilities.iter().enumerate() {
                let is_first = first(batch, (index * n_worlds + z, area), self.n_areas);
                let n = is_first[..batch.len()].iter().filter(|is_first| **is_first).count();
                self.firsts[index] += p * n as f64;
            }
        }
    }

    fn merge(&mut self, later: &Self) {
        self.firsts.iter_mut().zip(&later.firsts).for_each(|(sum, more)| *sum += more);
    }
}
