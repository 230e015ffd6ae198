//! Preintegration by the pivot: given all other numbers one score is integrated by its distribution function, and the others are
//! averaged over scrambled Sobol' points. Of models whose overall scores are weighted means of numbers that do not depend on each other.

use headstart::distribution::{Dist, uniform_from_bits};
use headstart::exact::{REPLICATES, Sobol};
use headstart::model::{Affine, Model, Term};
use headstart::tally::{Circuit, OrderPlan, Place};

/// An average over points and its standard error.
#[derive(Clone, Copy)]
pub struct PointAverages {
    pub mean: f64,
    pub mcse: f64,
}

/// A model made ready to be integrated.
pub struct Pivot<'a> {
    model: &'a Model,
    plan: &'a OrderPlan,
    /// One a joint world.
    weighted: Vec<&'a [Term]>,
    /// Shape `[n_worlds * n_areas]`: of each area the weight and the score that move it most.
    pivots: Vec<(Affine, usize)>,
    /// What spread those have, times the weight.
    spreads: Vec<f64>,
    /// One a column: the dimension that it is drawn from; weights move everything, so they have the first.
    dimensions: Vec<usize>,
    /// One a claim: the area whose pivot is integrated, where it can be.
    areas: Vec<Option<usize>>,
}

/// A point in a joint world.
struct Here<'a> {
    pivot: &'a Pivot<'a>,
    world: usize,
    columns: &'a [f64],
    /// Weighted sums of scores: of areas, and the means of groups after them.
    sums: Vec<f64>,
}

/// What is averaged over points, for all joint worlds together.
#[derive(Clone, Copy)]
pub enum Asked {
    /// Shape `[n_areas x n_areas]`, row-major: that i comes before j.
    Pairs,
    /// Shape `[n_areas x n_areas]`, row-major: that r areas come before i.
    Ranks,
    /// One a claim; 0 where the claim joins others.
    Claims,
}

impl<'a> Pivot<'a> {
    pub fn new(model: &'a Model, plan: &'a OrderPlan) -> Self {
        let weighted: Vec<&[Term]> = (0..model.worlds().len()).map(|w| model.weighted(w)).collect();
        let moments = |number: Affine| match number.column {
            None => (number.offset, 0.0),
            Some(column) => {
                let dist = &model.inputs()[column].dist;
                (dist.mean(), dist.variance().sqrt())
            }
        };
        let (mut pivots, mut spreads) = (Vec::new(), Vec::new());
        for terms in &weighted {
            for area in 0..model.n_areas() {
                let of = |term: &Term| match (term.scores[area], term.scores[area].column) {
                    (score, Some(column)) => {
                        Some((moments(term.weight).0 * moments(score).1, (term.weight, column)))
                    }
                    (_, None) => None,
                };
                let most = terms.iter().filter_map(of).max_by(|a, b| a.0.total_cmp(&b.0));
                let Some((spread, pivot)) = most else { panic!("area {area} is certain") };
                pivots.push(pivot);
                spreads.push(spread);
            }
        }
        let is_weight =
            |column: usize| weighted.iter().copied().flatten().any(|term| term.weight.column == Some(column));
        let mut order: Vec<usize> = (0..model.inputs().len()).collect();
        order.sort_by_key(|&column| !is_weight(column));
        let mut dimensions = vec![0; order.len()];
        order.iter().enumerate().for_each(|(dimension, &column)| dimensions[column] = dimension);
        let areas = vec![None; plan.claims.len()];
        let mut pivot = Self { model, plan, weighted, pivots, spreads, dimensions, areas };
        pivot.areas = pivot.choose_areas();
        pivot
    }

    /// Of each claim the area whose pivot leaves most open: the greatest mean of G (1 - G), its total index, over a few points.
    fn choose_areas(&self) -> Vec<Option<usize>> {
        const POINTS: u64 = 1024;
        let n = self.model.n_areas();
        let mut open = vec![0.0; self.plan.claims.len() * n];
        self.each_point(&Sobol::scrambled(self.dimensions.len(), 0, 0), POINTS, &mut |probability, here| {
            for (claim, open) in self.plan.claims.iter().zip(open.chunks_exact_mut(n)) {
                for (area, open) in open.iter_mut().enumerate() {
                    let g = here.claim(claim, area).unwrap_or(0.0);
                    *open += probability * g * (1.0 - g);
                }
            }
        });
        let most = |open: &[f64]| {
            let areas = (0..n).filter(|&area| open[area] > 0.0);
            areas.max_by(|&a, &b| open[a].total_cmp(&open[b]))
        };
        open.chunks_exact(n).map(most).collect()
    }

    /// Averages over so many points a scramble.
    pub fn average(&self, asked: Asked, points: u64) -> Vec<PointAverages> {
        let n = self.model.n_areas();
        let len = if matches!(asked, Asked::Claims) { self.plan.claims.len() } else { n * n };
        let replicate = |replicate: u64| {
            let mut sums = vec![0.0; len];
            let sobol = Sobol::scrambled(self.dimensions.len(), 1, replicate);
            self.each_point(&sobol, points, &mut |probability, here| here.add(asked, probability, &mut sums));
            sums.into_iter().map(|sum| sum / points as f64).collect()
        };
        let each: Vec<Vec<f64>> = (0..REPLICATES).map(replicate).collect();
        let n = REPLICATES as f64;
        let average = |index: usize| {
            let mean = each.iter().map(|means| means[index]).sum::<f64>() / n;
            let squares: f64 = each.iter().map(|means| (means[index] - mean) * (means[index] - mean)).sum();
            PointAverages { mean, mcse: (squares / (n - 1.0) / n).sqrt() }
        };
        (0..len).map(average).collect()
    }

    /// Calls `f` with the probability of each joint world and each point there.
    fn each_point(&self, sobol: &Sobol, points: u64, f: &mut dyn FnMut(f64, &Here<'_>)) {
        let dists: Vec<&Dist> = self.model.inputs().iter().map(|input| &input.dist).collect();
        let (mut digits, mut columns) = (vec![0; dists.len()], vec![0.0; dists.len()]);
        for number in 0..points {
            sobol.digits(number, &mut digits);
            for ((x, dist), &dimension) in columns.iter_mut().zip(&dists).zip(&self.dimensions) {
                *x = dist.quantile(uniform_from_bits(digits[dimension]));
            }
            for (world, joint) in self.model.worlds().iter().enumerate() {
                f(joint.probability, &Here::new(self, world, &columns));
            }
        }
    }
}

impl<'a> Here<'a> {
    fn new(pivot: &'a Pivot<'a>, world: usize, columns: &'a [f64]) -> Self {
        let mut sums = vec![0.0; pivot.model.n_areas()];
        for term in pivot.weighted[world] {
            let weight = value(columns, term.weight);
            sums.iter_mut().zip(&term.scores).for_each(|(sum, &x)| *sum += weight * value(columns, x));
        }
        let mean = |areas: &Vec<usize>| areas.iter().map(|&i| sums[i]).sum::<f64>() / areas.len() as f64;
        let means: Vec<f64> = pivot.plan.means.iter().map(mean).collect();
        sums.extend(means);
        Self { pivot, world, columns, sums }
    }

    /// The probability that an area's sum is no more than `sum`, given all numbers but its pivot.
    fn below(&self, area: usize, sum: f64) -> f64 {
        let (weight, score) = self.pivot.pivots[self.world * self.pivot.model.n_areas() + area];
        let threshold = self.columns[score] + (sum - self.sums[area]) / value(self.columns, weight);
        self.pivot.model.inputs()[score].dist.cdf(threshold)
    }

    fn add(&self, asked: Asked, probability: f64, sums: &mut [f64]) {
        let n = self.pivot.model.n_areas();
        let spreads = &self.pivot.spreads[self.world * n..];
        match asked {
            Asked::Pairs => {
                for i in 0..n {
                    for j in i + 1..n {
                        let before = if spreads[i] > spreads[j] {
                            1.0 - self.below(i, self.sums[j])
                        } else {
                            self.below(j, self.sums[i])
                        };
                        sums[i * n + j] += probability * before;
                        sums[j * n + i] += probability * (1.0 - before);
                    }
                }
            }
            Asked::Ranks => {
                for (i, sums) in sums.chunks_exact_mut(n).enumerate() {
                    // At least r areas come before it where it is below the r-th of the others.
                    let others = (0..n).filter(|&j| j != i);
                    let mut below: Vec<f64> = others.map(|j| self.below(i, self.sums[j])).collect();
                    below.sort_by(|a, b| b.total_cmp(a));
                    let at_least = |r: usize| if r == 0 { 1.0 } else { below.get(r - 1).map_or(0.0, |p| *p) };
                    for (rank, sum) in sums.iter_mut().enumerate() {
                        *sum += probability * (at_least(rank) - at_least(rank + 1));
                    }
                }
            }
            Asked::Claims => {
                for ((claim, area), sum) in self.pivot.plan.claims.iter().zip(&self.pivot.areas).zip(sums) {
                    *sum += area.and_then(|area| self.claim(claim, area)).map_or(0.0, |p| probability * p);
                }
            }
        }
    }

    /// The probability of a claim given all numbers but the pivot of an area; nothing where the claim joins others or the area has
    /// no part in it.
    fn claim(&self, claim: &Circuit, area: usize) -> Option<f64> {
        let Circuit::Before(one, other) = claim else { return None };
        Some(match (self.reach(one, area), self.reach(other, area)) {
            (Some(reach), None) => 1.0 - self.stays_below(area, reach, self.place(other)),
            (None, Some(reach)) => self.stays_below(area, reach, self.place(one)),
            _ => return None,
        })
    }

    fn stays_below(&self, area: usize, reach: Reach, sum: f64) -> f64 {
        if reach.low > sum {
            0.0
        } else if reach.high <= sum {
            1.0
        } else {
            self.below(area, reach.rest + reach.times * sum)
        }
    }

    fn place(&self, place: &Place) -> f64 {
        self.highest(place, None, place.k)
    }

    /// The k-th highest of a place's columns without one of them; beyond them where there are not so many.
    fn highest(&self, place: &Place, without: Option<usize>, k: usize) -> f64 {
        let kept = place.columns.iter().filter(|&&column| Some(column) != without);
        let mut sums: Vec<f64> = kept.map(|&column| self.sums[column]).collect();
        sums.sort_by(|a, b| b.total_cmp(a));
        let index = k.checked_sub(1);
        index.map_or(f64::INFINITY, |index| sums.get(index).copied().unwrap_or(f64::NEG_INFINITY))
    }

    /// How a place goes with the sum of an area, if it does.
    fn reach(&self, place: &Place, area: usize) -> Option<Reach> {
        let n = self.pivot.model.n_areas();
        if let [column] = place.columns[..]
            && let Some(mean) = column.checked_sub(n)
        {
            let areas = &self.pivot.plan.means[mean];
            let times = areas.len() as f64;
            let rest = self.sums[area] - times * self.sums[column];
            let (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
            return areas.contains(&area).then_some(Reach { low, high, rest, times });
        }
        let of = |k: usize| self.highest(place, Some(area), k);
        let reach = || Reach { low: of(place.k), high: of(place.k - 1), rest: 0.0, times: 1.0 };
        place.columns.contains(&area).then(reach)
    }
}

/// How a place goes with the sum of an area: it stays between two ends, and there it is where the area's sum is `rest` and so many
/// times it.
#[derive(Clone, Copy)]
struct Reach {
    low: f64,
    high: f64,
    rest: f64,
    times: f64,
}

fn value(columns: &[f64], number: Affine) -> f64 {
    number.value(|column| columns[column])
}
