//! Sums and sums of squares of the overall scores, in each world and over the worlds.

use super::definition::Tally;
use super::exact_sum::ExactSum;
use super::sums::Sums;
use crate::batch::{BLOCK, Batch, Column};
use crate::kernel::{Kernel, dispatch};
use crate::real::Real;

/// First and second moments of each area's overall score.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    pub(super) n: u64,
    /// Shape `[n_worlds]`.
    probabilities: Vec<f64>,
    n_areas: usize,
    /// Shape `[n_worlds * n_areas]`, row-major by world: what is taken off before squaring, so that no digits are lost.
    pub(super) centres: Vec<f64>,
    /// Shape `[n_worlds * n_areas]`, row-major by world.
    by_world: Vec<DeviationSums>,
    /// Shape `[n_areas]`: of the mean over the worlds of one draw, whose spread is the error of the mean.
    pooled: Vec<DeviationSums>,
    /// Sums of tallies that were merged, in whatever order: those by world, then those over the worlds. Empty until one was merged.
    merged: Vec<ExactDeviationSums>,
}

/// Sums of deviations from the centre.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct DeviationSums {
    sums: Sums,
    /// Of whole blocks: the sum of the squares of their sums of squares, which says how heavy the tails are.
    fourths: f64,
}

/// Sums of deviations of tallies that were merged: sum, sum of the squares, and `fourths`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ExactDeviationSums(pub(super) [ExactSum; 3]);

impl ExactDeviationSums {
    fn add(&mut self, &DeviationSums { sums: Sums { sum, squares }, fourths }: &DeviationSums) {
        for (exact, x) in self.0.iter_mut().zip([sum, squares, fourths]) {
            exact.add(x);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(exact, more)| exact.merge(more));
    }

    fn value(&self) -> DeviationSums {
        let [sum, squares, fourths] = &self.0;
        DeviationSums { sums: Sums { sum: sum.value(), squares: squares.value() }, fourths: fourths.value() }
    }
}

impl DeviationSums {
    /// The sums of a column in a fixed order: as many running sums as fill four vector registers, so that none waits for the one
    /// before, added up from the first to the last.
    #[inline(always)]
    fn of<R: Real>(column: &[R], deviation: impl Fn(R) -> R) -> Self {
        const LANES: usize = 64;
        let (mut sums, mut squares) = ([R::default(); LANES], [R::default(); LANES]);
        let (rows, rest) = column.as_chunks::<LANES>();
        for row in rows {
            for lane in 0..LANES {
                let d = deviation(row[lane]);
                sums[lane] += d;
                squares[lane] += d * d;
            }
        }
        for (lane, &x) in rest.iter().enumerate() {
            let d = deviation(x);
            sums[lane] += d;
            squares[lane] += d * d;
        }
        let total = |lanes: [R; LANES]| lanes.into_iter().map(Into::<f64>::into).sum();
        Self::of_block(total(sums), total(squares), column.len())
    }

    /// The sums of two columns, and those of the mean of the deviations in each draw, in one pass.
    #[inline(always)]
    fn of_two<R: Real>(columns: [&[R]; 2], centres: [R; 2], weights: [R; 2]) -> [Self; 3] {
        const LANES: usize = 16;
        let (mut sums, mut squares) = ([[R::default(); LANES]; 3], [[R::default(); LANES]; 3]);
        let [(rows, rest), (others, rest_of_others)] = columns.map(|column| column.as_chunks::<LANES>());
        for (row, other) in rows.iter().zip(others) {
            for lane in 0..LANES {
                let (d, e) = (row[lane] - centres[0], other[lane] - centres[1]);
                let mean = weights[0] * d + weights[1] * e;
                sums[0][lane] += d;
                sums[1][lane] += e;
                sums[2][lane] += mean;
                squares[0][lane] += d * d;
                squares[1][lane] += e * e;
                squares[2][lane] += mean * mean;
            }
        }
        let total = |lanes: [R; LANES]| lanes.into_iter().map(Into::<f64>::into).sum();
        let mut all = [Self::default(); 3];
        for (all, (sums, squares)) in all.iter_mut().zip(sums.into_iter().zip(squares)) {
            *all = Self::of_block(total(sums), total(squares), columns[0].len());
        }
        for (&x, &y) in rest.iter().zip(rest_of_others) {
            let (d, e): (f64, f64) = ((x - centres[0]).into(), (y - centres[1]).into());
            let mean = weights[0].into() * d + weights[1].into() * e;
            for (all, d) in all.iter_mut().zip([d, e, mean]) {
                all.sums.add(d);
            }
        }
        all
    }

    /// The sums of so many draws of a block.
    #[inline(always)]
    fn of_block(sum: f64, squares: f64, len: usize) -> Self {
        let fourths = if len == BLOCK { squares * squares } else { 0.0 };
        Self { sums: Sums { sum, squares }, fourths }
    }

    fn merge(&mut self, other: Self) {
        self.sums.merge(other.sums);
        self.fourths += other.fourths;
    }
}

impl Moments {
    /// No draws yet. `probabilities` are those of the joint worlds; `centres` are numbers near the areas' means.
    #[must_use]
    pub fn new(probabilities: Vec<f64>, centres: &[f64]) -> Self {
        Self {
            n: 0,
            n_areas: centres.len(),
            by_world: vec![DeviationSums::default(); probabilities.len() * centres.len()],
            pooled: vec![DeviationSums::default(); centres.len()],
            centres: centres.repeat(probabilities.len()),
            probabilities,
            merged: Vec::new(),
        }
    }

    /// Returns the same tally around other numbers, one an area in each world: shape `[n_worlds * n_areas]`, row-major by world.
    ///
    /// # Panics
    /// If their number is another one.
    #[must_use]
    pub fn around(self, centres: Vec<f64>) -> Self {
        assert_eq!(centres.len(), self.by_world.len());
        Self { centres, ..self }
    }

    /// Moves all sums to those of merged tallies.
    pub(super) fn settle(&mut self) -> &mut [ExactDeviationSums] {
        self.merged.resize(self.by_world.len() + self.pooled.len(), ExactDeviationSums::default());
        let sums = self.by_world.iter_mut().chain(&mut self.pooled);
        for (merged, sums) in self.merged.iter_mut().zip(sums) {
            merged.add(&std::mem::take(sums));
        }
        &mut self.merged
    }

    /// The sums of an area in a world.
    fn in_world_sums(&self, world: usize, area: usize) -> DeviationSums {
        let place = world * self.n_areas + area;
        self.sums(place, &self.by_world[place])
    }

    /// The sums of an area over the worlds.
    fn pooled_sums(&self, area: usize) -> DeviationSums {
        self.sums(self.by_world.len() + area, &self.pooled[area])
    }

    /// The sums at a place among the merged ones, with what was recorded since.
    fn sums(&self, place: usize, recorded: &DeviationSums) -> DeviationSums {
        match self.merged.get(place) {
            None => *recorded,
            Some(merged) => {
                let mut all = merged.clone();
                all.add(recorded);
                all.value()
            }
        }
    }

    /// Mean and variance of an area's overall score in a world.
    #[must_use]
    pub fn in_world(&self, world: usize, area: usize) -> (f64, f64) {
        let place = world * self.n_areas + area;
        let (mean, variance) = self.in_world_sums(world, area).sums.moments(self.n as f64);
        (self.centres[place] + mean, variance)
    }

    /// Mean and variance of an area's overall score over all worlds.
    #[must_use]
    pub fn overall(&self, area: usize) -> (f64, f64) {
        // From the centre of the first world, so that what is the same in all has no spread.
        let first = self.centres[area];
        let worlds = self.probabilities.iter().enumerate().map(|(world, p)| {
            let place = world * self.n_areas + area;
            let (mean, variance) = self.in_world_sums(world, area).sums.moments(self.n as f64);
            (*p, (self.centres[place] - first) + mean, variance)
        });
        let mean: f64 = worlds.clone().map(|(p, mean, _)| p * mean).sum();
        let variance =
            worlds.map(|(p, of_world, variance)| p * (variance + (of_world - mean) * (of_world - mean)));
        (first + mean, variance.sum())
    }

    /// The Monte Carlo standard error of the overall mean: of the mean over draws of what a draw comes to
    /// on average over its worlds.
    #[must_use]
    pub fn mcse(&self, area: usize) -> f64 {
        self.pooled_sums(area).sums.mean(self.n).1
    }

    /// Returns how much of the spread around an area's overall mean a few draws make: the sum of the fourth powers of the deviations over the
    /// square of the sum of their squares, as far as whole blocks tell. For alike draws it is three or so over their number; it
    /// is one where a single draw makes all of it.
    #[must_use]
    pub fn concentration(&self, area: usize) -> f64 {
        self.concentration_of(&self.pooled_sums(area))
    }

    /// Returns the concentration of an area's overall score in a world.
    #[must_use]
    pub fn concentration_in_world(&self, world: usize, area: usize) -> f64 {
        self.concentration_of(&self.in_world_sums(world, area))
    }

    fn concentration_of(&self, sums: &DeviationSums) -> f64 {
        let blocks = (self.n / BLOCK as u64) as f64;
        let (_, variance) = sums.sums.moments(self.n as f64);
        if blocks < 2.0 || variance <= 0.0 {
            return 0.0;
        }
        // Squares of independent draws add up, and so do their variances.
        let of_block = sums.sums.squares / self.n as f64 * BLOCK as f64;
        let of_squares = (sums.fourths / blocks - of_block * of_block).max(0.0) * blocks / (blocks - 1.0);
        of_squares / BLOCK as f64 / (variance * variance) / self.n as f64
    }
}

impl<R: Real> Tally<R> for Moments {
    fn record(&mut self, batch: &Batch<R>) {
        self.n += batch.len() as u64;
        dispatch(RecordMoments { moments: self, batch });
    }

    fn merge(&mut self, later: &Self) {
        if self.n == 0 {
            // Without draws it may lie around other centres.
            *self = later.clone();
            return;
        }
        self.n += later.n;
        let merged = self.settle();
        let recorded = later.by_world.iter().chain(&later.pooled);
        merged.iter_mut().zip(recorded).for_each(|(merged, more)| merged.add(more));
        merged.iter_mut().zip(&later.merged).for_each(|(merged, more)| merged.merge(more));
    }
}

struct RecordMoments<'a, R> {
    moments: &'a mut Moments,
    batch: &'a Batch<R>,
}

impl<R: Real> Kernel for RecordMoments<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { moments: Moments { probabilities, n_areas, centres, by_world, pooled, .. }, batch } = self;
        for area in 0..*n_areas {
            let centre = |world: usize| R::nearest(centres[world * *n_areas + area] - batch.origin());
            let column = |world| &batch.overall(world, area)[..batch.len()];
            match probabilities[..] {
                // With one world the mean over the worlds is what happens there.
                [_] => {
                    let centre = centre(0);
                    by_world[area].merge(DeviationSums::of(column(0), |x| x - centre));
                    pooled[area] = by_world[area];
                }
                [p, q] => {
                    let weights = [R::nearest(p), R::nearest(q)];
                    let columns = [column(0), column(1)];
                    let [one, other, mean] = DeviationSums::of_two(columns, [centre(0), centre(1)], weights);
                    by_world[area].merge(one);
                    by_world[*n_areas + area].merge(other);
                    pooled[area].merge(mean);
                }
                _ => {
                    let mut mean: Column<R> = [R::default(); BLOCK];
                    for (world, &p) in probabilities.iter().enumerate() {
                        let (p, centre) = (R::nearest(p), centre(world));
                        for (mean, &x) in mean.iter_mut().zip(column(world)) {
                            *mean += p * (x - centre);
                        }
                        by_world[world * *n_areas + area]
                            .merge(DeviationSums::of(column(world), |x| x - centre));
                    }
                    pooled[area].merge(DeviationSums::of(&mean[..batch.len()], |x| x));
                }
            }
        }
    }
}
