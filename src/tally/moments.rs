//! Sums and sums of squares of the amenabilities, in each world and over the worlds.

use super::Tally;
use crate::batch::{BLOCK, Batch, Column};
use crate::kernel::{Kernel, dispatch};

/// First and second moments of each area's amenability.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    n: u64,
    /// Shape `[n_worlds]`.
    probabilities: Vec<f64>,
    /// Shape `[n_areas]`: what is taken off before squaring, so that no digits are lost.
    centres: Vec<f64>,
    /// Shape `[n_worlds * n_areas]`, row-major by world.
    by_world: Vec<Sums>,
    /// Shape `[n_areas]`: of the mean over the worlds of one instance, whose spread is the error of the mean.
    pooled: Vec<Sums>,
}

/// Sums of deviations from the centre.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sums {
    sum: f64,
    squares: f64,
}

impl Sums {
    /// Adds deviations in a fixed order: eight running sums, added up from the first to the last.
    #[inline(always)]
    fn add(&mut self, deviations: &[f64]) {
        const LANES: usize = 8;
        let (mut sums, mut squares) = ([0.0; LANES], [0.0; LANES]);
        let (rows, rest) = deviations.as_chunks::<LANES>();
        for row in rows {
            for lane in 0..LANES {
                sums[lane] += row[lane];
                squares[lane] += row[lane] * row[lane];
            }
        }
        for (lane, x) in rest.iter().enumerate() {
            sums[lane] += x;
            squares[lane] += x * x;
        }
        self.merge(Self { sum: sums.iter().sum(), squares: squares.iter().sum() });
    }

    fn merge(&mut self, other: Self) {
        self.sum += other.sum;
        self.squares += other.squares;
    }
}

impl Moments {
    /// No instances yet. `probabilities` are those of the joint worlds; `centres` are numbers near the areas' means.
    #[must_use]
    pub fn new(probabilities: Vec<f64>, centres: Vec<f64>) -> Self {
        Self {
            n: 0,
            by_world: vec![Sums::default(); probabilities.len() * centres.len()],
            pooled: vec![Sums::default(); centres.len()],
            probabilities,
            centres,
        }
    }

    /// Mean and variance of an area's amenability in a world.
    #[must_use]
    pub fn in_world(&self, world: usize, area: usize) -> (f64, f64) {
        let sums = self.by_world[world * self.centres.len() + area];
        let n = self.n as f64;
        let mean = sums.sum / n;
        (self.centres[area] + mean, (sums.squares / n - mean * mean).max(0.0))
    }

    /// Mean and variance of an area's amenability over all worlds.
    #[must_use]
    pub fn overall(&self, area: usize) -> (f64, f64) {
        let n = self.n as f64;
        let (mut mean, mut square) = (0.0, 0.0);
        for (world, p) in self.probabilities.iter().enumerate() {
            let sums = self.by_world[world * self.centres.len() + area];
            mean += p * sums.sum / n;
            square += p * sums.squares / n;
        }
        (self.centres[area] + mean, (square - mean * mean).max(0.0))
    }

    /// The Monte Carlo standard error of the overall mean: of the mean over instances of what an instance comes to
    /// on average over its worlds.
    #[must_use]
    pub fn mcse(&self, area: usize) -> f64 {
        let n = self.n as f64;
        let sums = self.pooled[area];
        let mean = sums.sum / n;
        ((sums.squares / n - mean * mean).max(0.0) / n).sqrt()
    }
}

impl Tally for Moments {
    fn record(&mut self, batch: &Batch) {
        self.n += batch.len() as u64;
        dispatch(Record { moments: self, batch });
    }

    fn merge(&mut self, later: &Self) {
        self.n += later.n;
        self.by_world.iter_mut().zip(&later.by_world).for_each(|(sums, &more)| sums.merge(more));
        self.pooled.iter_mut().zip(&later.pooled).for_each(|(sums, &more)| sums.merge(more));
    }
}

struct Record<'a> {
    moments: &'a mut Moments,
    batch: &'a Batch,
}

impl Kernel for Record<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { moments: Moments { probabilities, centres, by_world, pooled, .. }, batch } = self;
        let n_areas = centres.len();
        let mut deviations: Column = [0.0; BLOCK];
        for (area, &centre) in centres.iter().enumerate() {
            let mut mean: Column = [0.0; BLOCK];
            for (world, &p) in probabilities.iter().enumerate() {
                let column = batch.amenability(world, area);
                for ((d, mean), x) in deviations.iter_mut().zip(&mut mean).zip(column) {
                    *d = x - centre;
                    *mean += p * *d;
                }
                by_world[world * n_areas + area].add(&deviations[..batch.len()]);
            }
            pooled[area].add(&mean[..batch.len()]);
        }
    }
}
