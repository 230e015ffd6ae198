//! The bins of one column: narrow in the middle, and the wider the farther out. Knows neither areas nor worlds.

use crate::real::Real;

/// Bins at places `t`, which count widths from a centre: each octave of `1 + |t|` has equally many bins of one width. So a bin is at most
/// a fixed share of the sum of the width and the distance from the centre.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Layout {
    /// The place at which `t` is 0.
    pub(super) centre: f64,
    /// The length of one of `t`, in the column's unit.
    pub(super) width: f64,
    /// An octave has 2 to this power of bins.
    pub(super) fine: u32,
    /// Octaves below the centre.
    pub(super) below: u32,
    /// Octaves above the centre.
    pub(super) above: u32,
    /// True if values come up again and again, so that each bin keeps its least and its greatest value.
    pub(super) repeats: bool,
    /// The median of what was seen.
    pub(super) median: f64,
}

/// The most bins of a column.
const MOST_BINS: u32 = 4096;

/// The most octaves on one side: single precision has a few more.
const MOST_OCTAVES: u32 = 100;

/// Equal neighbours among 1,024 sorted values from which on values repeat. Single precision makes one by chance in ten blocks or so.
const REPEATS: usize = 4;

impl Layout {
    /// The layout for what some sorted values are a sample of.
    ///
    /// The middle half of the values is the width, and bins are below 1 % of it there. Where that would leave small positive
    /// values without digits, bins are below 1 % of the value itself.
    pub fn of(sorted: &[f64]) -> Self {
        let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share) as usize];
        let (least, low, median, most) = (sorted[0], at(0.01), at(0.5), at(1.0));
        let quartiles = at(0.75) - at(0.25);
        let repeats = sorted.windows(2).filter(|two| two[0] == two[1]).count() >= REPEATS;
        let from_zero = least >= 0.0 && most > 0.0 && median - low + quartiles > 1.5 * low;
        let (centre, width, finest) = if from_zero {
            let positive = sorted[sorted.partition_point(|x| *x <= 0.0)];
            (0.0, low.max(positive) / 4.0, 8)
        } else {
            (median, if quartiles > 0.0 { quartiles } else { typical(sorted, median) }, 7)
        };
        let farthest = (most - centre).max(centre - least);
        // So wide that the farthest value has its octave, wherever the values are.
        let width = width.max(farthest / power(MOST_OCTAVES - 2)).max(f64::MIN_POSITIVE);
        let below = if from_zero { 0 } else { octaves((centre - least) / width) };
        let above = octaves((most - centre) / width);
        let fine = (3..=finest).rev().find(|fine| (below + above) << fine <= MOST_BINS).unwrap_or(3);
        Self { centre, width, fine, below, above, repeats, median }
    }

    /// Returns how many bins there are.
    pub fn n_bins(&self) -> usize {
        ((self.below + self.above) << self.fine) as usize
    }

    /// Returns how many counts are kept for them: a power of two, so that a mask proves that a count is there.
    pub fn room(&self) -> usize {
        if self.n_bins() == 0 { 0 } else { self.n_bins().next_power_of_two() }
    }

    /// Returns where a bin begins; for the number of bins, where the last one ends.
    pub fn edge(&self, bin: usize) -> f64 {
        let middle = (self.below << self.fine) as usize;
        let off = |bins: usize| {
            let (octave, place) = (bins >> self.fine, bins & ((1 << self.fine) - 1));
            self.width * (power(octave as u32) * (1.0 + place as f64 / power(self.fine)) - 1.0)
        };
        if bin < middle { self.centre - off(middle - bin) } else { self.centre + off(bin - middle) }
    }

    /// Returns the layout as one that a text may hold: what is out of bounds has no bins.
    pub fn checked(mut self) -> Self {
        if self.fine > 8 || self.below.max(self.above) > MOST_OCTAVES || self.n_bins() > MOST_BINS as usize {
            (self.fine, self.below, self.above) = (0, 0, 0);
        }
        self
    }

    /// Returns what finds the bins of numbers that are measured from `origin`.
    pub fn finder<R: Real>(&self, origin: f64) -> Finder<R> {
        // The last place of the last octave, or of the next to none.
        let end = |octaves: u32| (power(octaves) * (1.0 - 1.0 / power(20)) - 1.0).max(0.0);
        Finder {
            centre: R::nearest(self.centre - origin),
            scale: R::nearest(1.0 / self.width),
            // Never a negative zero, whose sign would be that of a bin below.
            low: R::nearest(0.0 - end(self.below)),
            high: R::nearest(end(self.above)),
            fine: self.fine,
            middle: (self.below << self.fine) as i32,
        }
    }
}

/// The distance from the median that a tenth of those values keep within that differ from it at all.
fn typical(sorted: &[f64], median: f64) -> f64 {
    let mut off: Vec<f64> = sorted.iter().map(|x| (x - median).abs()).filter(|off| *off > 0.0).collect();
    off.sort_unstable_by(f64::total_cmp);
    // Without any the column is one value, and any width will do.
    off.get(off.len() / 10).copied().unwrap_or(1.0)
}

/// As many octaves as reach twice as far as `reach`.
fn octaves(reach: f64) -> u32 {
    (1..MOST_OCTAVES).find(|octaves| power(*octaves) - 1.0 >= 2.0 * reach).unwrap_or(MOST_OCTAVES)
}

/// Two to the power of `n`.
fn power(n: u32) -> f64 {
    f64::from_bits((1023 + u64::from(n)) << 52)
}

/// Finds bins.
#[derive(Clone, Copy)]
pub struct Finder<R> {
    centre: R,
    scale: R,
    low: R,
    high: R,
    fine: u32,
    middle: i32,
}

impl<R: Real> Finder<R> {
    /// The bin of a number: one at the ends for what is beyond them, and for what is no number.
    #[inline(always)]
    pub fn bin(&self, x: R) -> u32 {
        let t = (x - self.centre) * self.scale;
        let t = R::select(t > self.low, t, self.low);
        let t = R::select(t < self.high, t, self.high);
        (self.middle + R::octave_bin(t, self.fine)) as u32
    }
}
