//! Histograms of the amenabilities, for their quantiles and pictures.

use super::Tally;
use crate::batch::Batch;
use crate::kernel::{Kernel, dispatch};
use crate::real::Real;

/// A histogram of each area's amenability in each world. What falls outside an area's range is counted in the
/// bins at its ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Shape `[n_areas]`: low end and width of the bins.
    bins: Vec<(f64, f64)>,
    /// Shape `[n_worlds * n_areas x BINS]`, row-major.
    pub(super) counts: Vec<u64>,
}

/// Bins an area.
const BINS: usize = 1024;

/// Numbers whose bins are found together.
const PIECE: usize = 128;

/// The bins of some numbers, aligned so that no vector of them lies across two lines of the cache.
#[repr(align(64))]
struct Found([u32; PIECE]);

impl Histogram {
    /// No instances yet; `ranges` has one range an area.
    #[must_use]
    pub fn new(ranges: &[(f64, f64)], n_worlds: usize) -> Self {
        let bin = |&(low, high): &(f64, f64)| {
            let width = (high - low) / BINS as f64;
            (low, if width > 0.0 { width } else { f64::MIN_POSITIVE })
        };
        Self { bins: ranges.iter().map(bin).collect(), counts: vec![0; ranges.len() * n_worlds * BINS] }
    }

    /// The width of the bins of an area, which bounds how far a quantile can be off for being read from bins.
    #[must_use]
    pub fn bin_width(&self, area: usize) -> f64 {
        self.bins[area].1
    }

    /// The value below which an area's amenability has probability `p` where the worlds have the given weights,
    /// with straight lines between the ends of the bins.
    #[must_use]
    pub fn quantile(&self, area: usize, weights: &[f64], p: f64) -> f64 {
        let n_areas = self.bins.len();
        let count = |bin: usize| -> f64 {
            let of_world = |world: usize| self.counts[(world * n_areas + area) * BINS + bin] as f64;
            weights.iter().enumerate().map(|(world, weight)| weight * of_world(world)).sum()
        };
        let total: f64 = (0..BINS).map(count).sum();
        let (low, width) = self.bins[area];
        let mut below = 0.0;
        let mut last = low;
        for bin in 0..BINS {
            let here = count(bin);
            if here > 0.0 {
                let start = low + bin as f64 * width;
                if below + here >= p * total {
                    return start + width * ((p * total - below) / here).clamp(0.0, 1.0);
                }
                last = start + width;
                below += here;
            }
        }
        last
    }
}

impl Histogram {
    /// Where an area's bins start, how wide each is, and what was counted in each where the worlds have these weights.
    #[must_use]
    pub fn weighted(&self, area: usize, weights: &[f64]) -> (f64, f64, Vec<f64>) {
        let (low, width) = self.bins[area];
        let n_areas = self.bins.len();
        let count = |bin: usize| -> f64 {
            let of_world = |world: usize| self.counts[(world * n_areas + area) * BINS + bin] as f64;
            weights.iter().enumerate().map(|(world, weight)| weight * of_world(world)).sum()
        };
        (low, width, (0..BINS).map(count).collect())
    }
}

impl<R: Real> Tally<R> for Histogram {
    fn record(&mut self, batch: &Batch<R>) {
        dispatch(Record { histogram: self, batch });
    }

    fn merge(&mut self, later: &Self) {
        self.counts.iter_mut().zip(&later.counts).for_each(|(count, more)| *count += more);
    }
}

struct Record<'a, R> {
    histogram: &'a mut Histogram,
    batch: &'a Batch<R>,
}

impl<R: Real> Kernel for Record<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Histogram { bins, counts } = self.histogram;
        let mut counts = counts.as_chunks_mut::<BINS>().0.iter_mut();
        for world in 0..self.batch.n_worlds() {
            for ((area, &(low, width)), counts) in bins.iter().enumerate().zip(counts.by_ref()) {
                let column = self.batch.amenability(world, area);
                let (low, scale) =
                    (R::nearest(low - self.batch.origin()), R::nearest(1.0 / (width * BINS as f64)));
                let (rows, rest) = column[..self.batch.len()].as_chunks::<PIECE>();
                for row in rows {
                    let mut found = Found([0; PIECE]);
                    for (bin, &x) in found.0.iter_mut().zip(row) {
                        *bin = R::bin((x - low) * scale);
                    }
                    for bin in found.0 {
                        counts[bin as usize % BINS] += 1;
                    }
                }
                for &x in rest {
                    counts[R::bin((x - low) * scale) as usize % BINS] += 1;
                }
            }
        }
    }
}
