//! Sums and sums of squares of the amenabilities, in each world and over the worlds.

use super::Tally;
use crate::batch::{BLOCK, Batch, Column};
use crate::kernel::{Kernel, dispatch};
use crate::real::Real;

/// First and second moments of each area's amenability.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    pub(super) n: u64,
    /// Shape `[n_worlds]`.
    probabilities: Vec<f64>,
    /// Shape `[n_areas]`: what is taken off before squaring, so that no digits are lost.
    centres: Vec<f64>,
    /// Shape `[n_worlds * n_areas]`, row-major by world.
    pub(super) by_world: Vec<Sums>,
    /// Shape `[n_areas]`: of the mean over the worlds of one instance, whose spread is the error of the mean.
    pub(super) pooled: Vec<Sums>,
}

/// Sums of deviations from the centre.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sums {
    pub(super) sum: f64,
    pub(super) squares: f64,
}

impl Sums {
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
        Self { sum: total(sums), squares: total(squares) }
    }

    /// The sums of two columns, and those of the mean of the deviations in each instance, in one pass.
    #[inline(always)]
    fn of_two<R: Real>(columns: [&[R]; 2], deviation: impl Fn(R) -> R, weights: [R; 2]) -> [Self; 3] {
        const LANES: usize = 16;
        let (mut sums, mut squares) = ([[R::default(); LANES]; 3], [[R::default(); LANES]; 3]);
        let [(rows, rest), (others, rest_of_others)] = columns.map(|column| column.as_chunks::<LANES>());
        for (row, other) in rows.iter().zip(others) {
            for lane in 0..LANES {
                let (d, e) = (deviation(row[lane]), deviation(other[lane]));
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
            *all = Self { sum: total(sums), squares: total(squares) };
        }
        for (&x, &y) in rest.iter().zip(rest_of_others) {
            let (d, e): (f64, f64) = (deviation(x).into(), deviation(y).into());
            let mean = weights[0].into() * d + weights[1].into() * e;
            for (all, d) in all.iter_mut().zip([d, e, mean]) {
                all.merge(Self { sum: d, squares: d * d });
            }
        }
        all
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

impl<R: Real> Tally<R> for Moments {
    fn record(&mut self, batch: &Batch<R>) {
        self.n += batch.len() as u64;
        dispatch(Record { moments: self, batch });
    }

    fn merge(&mut self, later: &Self) {
        self.n += later.n;
        self.by_world.iter_mut().zip(&later.by_world).for_each(|(sums, &more)| sums.merge(more));
        self.pooled.iter_mut().zip(&later.pooled).for_each(|(sums, &more)| sums.merge(more));
    }
}

struct Record<'a, R> {
    moments: &'a mut Moments,
    batch: &'a Batch<R>,
}

impl<R: Real> Kernel for Record<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { moments: Moments { probabilities, centres, by_world, pooled, .. }, batch } = self;
        let n_areas = centres.len();
        for (area, &centre) in centres.iter().enumerate() {
            let centre = R::nearest(centre - batch.origin());
            let column = |world| &batch.amenability(world, area)[..batch.len()];
            let deviation = |x| x - centre;
            match probabilities[..] {
                // With one world the mean over the worlds is what happens there.
                [_] => {
                    by_world[area].merge(Sums::of(column(0), deviation));
                    pooled[area] = by_world[area];
                }
                [p, q] => {
                    let weights = [R::nearest(p), R::nearest(q)];
                    let [one, other, mean] = Sums::of_two([column(0), column(1)], deviation, weights);
                    by_world[area].merge(one);
                    by_world[n_areas + area].merge(other);
                    pooled[area].merge(mean);
                }
                _ => {
                    let mut mean: Column<R> = [R::default(); BLOCK];
                    for (world, &p) in probabilities.iter().enumerate() {
                        let p = R::nearest(p);
                        for (mean, &x) in mean.iter_mut().zip(column(world)) {
                            *mean += p * (x - centre);
                        }
                        by_world[world * n_areas + area].merge(Sums::of(column(world), deviation));
                    }
                    pooled[area].merge(Sums::of(&mean[..batch.len()], |x| x));
                }
            }
        }
    }
}
