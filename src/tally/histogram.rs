//! Histograms of the overall scores, for their quantiles and pictures.

use super::definition::Tally;
use super::layout::{Finder, Layout};
use crate::batch::{BLOCK, Batch};
use crate::kernel::{Kernel, dispatch};
use crate::real::Real;
use std::sync::Arc;

/// A histogram of each area's overall score in each world. The first block of a run says where the bins lie, so that they are the
/// same for any number of draws. What falls beyond them is counted in the bins at the ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    n_areas: usize,
    /// Shape `[n_worlds * n_areas]`, row-major; without bins until a block was looked at.
    pub(super) layouts: Arc<Vec<Layout>>,
    /// The bins of each layout, one after the other, with some to spare behind each.
    pub(super) counts: Vec<u64>,
    /// The least and the greatest value in each bin of the layouts with repeated values, one after the other.
    pub(super) ends: Vec<(f64, f64)>,
}

/// The values in a bin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// None of them is less.
    pub low: f64,
    /// None of them is greater.
    pub high: f64,
    /// Their number.
    pub count: u64,
}

/// The values of a column: bins in rising order, from the first to the last that holds any.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pieces {
    /// One per bin, also for those without values.
    pub pieces: Vec<Piece>,
    /// True if the ends of each piece are values themselves, and not those of its bin.
    pub are_values: bool,
}

/// Numbers whose bins are found together.
const PIECE: usize = 128;

/// The bins of some numbers, aligned so that no vector of them lies across two lines of the cache.
#[repr(align(64))]
struct Found([u32; PIECE]);

/// The ends of a bin without values.
const NO_VALUES: (f64, f64) = (f64::INFINITY, f64::NEG_INFINITY);

impl Histogram {
    /// No draws yet, and no bins.
    #[must_use]
    pub fn new(n_areas: usize, n_worlds: usize) -> Self {
        let layouts = Arc::new(vec![Layout::default(); n_areas * n_worlds]);
        Self { n_areas, layouts, counts: Vec::new(), ends: Vec::new() }
    }

    /// Room for the bins of the layouts, all of them empty.
    pub(super) fn clear(&mut self) {
        let (mut bins, mut ends) = (0, 0);
        for layout in self.layouts.iter() {
            bins += layout.room();
            ends += if layout.repeats { layout.n_bins() } else { 0 };
        }
        self.counts = vec![0; bins];
        self.ends = vec![NO_VALUES; ends];
    }

    /// Shape `[n_worlds * n_areas]`, row-major: the median of each column in the block that was looked at.
    #[must_use]
    pub fn medians(&self) -> Vec<f64> {
        self.layouts.iter().map(|layout| layout.median).collect()
    }

    /// The values of an area's overall score in a world.
    ///
    /// # Panics
    /// If there is no such world or area.
    #[must_use]
    pub fn pieces(&self, world: usize, area: usize) -> Pieces {
        let column = world * self.n_areas + area;
        let layout = &self.layouts[column];
        let n = layout.n_bins();
        let before = self.layouts[..column].iter().map(Layout::room).sum::<usize>();
        let counts = &self.counts[before..][..n];
        let Some(first) = counts.iter().position(|count| *count > 0) else { return Pieces::default() };
        let last = counts.iter().rposition(|count| *count > 0).expect("one is at least the first");
        let ends = layout.repeats.then(|| {
            let before = self.layouts[..column].iter().filter(|layout| layout.repeats);
            &self.ends[before.map(Layout::n_bins).sum::<usize>()..][..n]
        });
        let piece = |bin: usize| {
            let known = ends.map(|ends| ends[bin]).filter(|_| counts[bin] > 0);
            let (low, high) = known.unwrap_or_else(|| (layout.edge(bin), layout.edge(bin + 1)));
            Piece { low, high, count: counts[bin] }
        };
        Pieces { pieces: (first..=last).map(piece).collect(), are_values: layout.repeats }
    }
}

/// The values of a column in rising order.
fn sorted<R: Real>(column: &[R], origin: f64) -> Vec<f64> {
    // As whole numbers in the same order, which are sorted fastest.
    let key = |bits: i64| bits ^ (((bits >> 63) as u64) >> 1) as i64;
    let mut keys: Vec<i64> = column
        .iter()
        .map(|&x| {
            let x: f64 = x.into();
            key(x.to_bits() as i64)
        })
        .collect();
    keys.sort_unstable();
    keys.into_iter().map(|bits| f64::from_bits(key(bits) as u64) + origin).collect()
}

impl<R: Real> Tally<R> for Histogram {
    const LOOKS: bool = true;

    fn look(&mut self, first: &Batch<R>) {
        let columns = (0..self.layouts.len()).map(|n| first.overall(n / self.n_areas, n % self.n_areas));
        let layouts = columns.map(|column| Layout::of(&sorted(&column[..BLOCK], first.origin())));
        self.layouts = Arc::new(layouts.collect());
        self.clear();
    }

    fn follow(&mut self, looked: &Self) {
        self.layouts = looked.layouts.clone();
        self.clear();
    }

    fn record(&mut self, batch: &Batch<R>) {
        dispatch(RecordHistogram { histogram: self, batch });
    }

    fn merge(&mut self, later: &Self) {
        if self.counts.is_empty() {
            *self = later.clone();
            return;
        }
        debug_assert_eq!(
            self.layouts, later.layouts,
            "the tallies of a run have the bins of its first block"
        );
        self.counts.iter_mut().zip(&later.counts).for_each(|(count, more)| *count += more);
        for (ends, more) in self.ends.iter_mut().zip(&later.ends) {
            *ends = (ends.0.min(more.0), ends.1.max(more.1));
        }
    }
}

struct RecordHistogram<'a, R> {
    histogram: &'a mut Histogram,
    batch: &'a Batch<R>,
}

impl<R: Real> Kernel for RecordHistogram<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Histogram { n_areas, layouts, counts, ends } = self.histogram;
        let (mut counts, mut ends) = (&mut counts[..], &mut ends[..]);
        for (n, layout) in layouts.iter().enumerate() {
            let column = &self.batch.overall(n / *n_areas, n % *n_areas)[..self.batch.len()];
            let finder = layout.finder(self.batch.origin());
            let of_column;
            (of_column, counts) = counts.split_at_mut(layout.room());
            if layout.repeats {
                let ends_of_column;
                (ends_of_column, ends) = ends.split_at_mut(layout.n_bins());
                keep_ends(&finder, column, self.batch.origin(), of_column, ends_of_column);
            } else {
                count(&finder, column, of_column);
            }
        }
    }
}

#[inline(always)]
fn count<R: Real>(finder: &Finder<R>, column: &[R], counts: &mut [u64]) {
    // All bins are below the mask, and with it the compiler knows.
    let mask = counts.len().checked_sub(1).expect("the first block has said where bins lie");
    let counts = &mut counts[..=mask];
    let (rows, rest) = column.as_chunks::<PIECE>();
    let mut found = Found([0; PIECE]);
    for row in rows {
        for (bin, &x) in found.0.iter_mut().zip(row) {
            *bin = finder.bin(x);
        }
        for &bin in &found.0 {
            counts[bin as usize & mask] += 1;
        }
    }
    for &x in rest {
        counts[finder.bin(x) as usize & mask] += 1;
    }
}

#[inline(always)]
fn keep_ends<R: Real>(
    finder: &Finder<R>,
    column: &[R],
    origin: f64,
    counts: &mut [u64],
    ends: &mut [(f64, f64)],
) {
    for &x in column {
        let bin = finder.bin(x) as usize;
        let x: f64 = x.into();
        let (x, (least, most)) = (x + origin, ends[bin]);
        counts[bin] += 1;
        ends[bin] = (least.min(x), most.max(x));
    }
}
