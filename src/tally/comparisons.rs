//! Comparisons of the areas and of means of areas, one bit per draw.

use super::bits::{Bits, Counters};
use crate::batch::{Aligned, Batch, Column, Nearness};
use crate::kernel::{COMPARED, OnRegisters, Registers, on_registers};
use crate::real::Real;
use std::ops::Range;

/// For a block of draws and all worlds, which of two columns is strictly greater. Columns are the areas, and after
/// them the means of groups.
#[derive(Clone, Debug)]
pub struct Comparisons {
    n_columns: usize,
    n_areas: usize,
    n_worlds: usize,
    /// The world of a batch that is the first.
    first_world: usize,
    /// The pairs of columns that are compared: all of areas, and those of means that somebody asks for.
    pairs: Vec<(usize, usize)>,
    /// The draws that count.
    valid: Bits,
    /// Shape `[n_columns x n_columns x n_worlds]`, row-major: `before[i][j][world]`, i before j in a draw that
    /// counts.
    before: Vec<Bits>,
    /// True if any two columns that are compared are equal in any of the draws that count.
    any_tie: bool,
}

impl Comparisons {
    /// `worlds` are those of a batch that are compared; `asked` are the pairs of columns besides those of two areas.
    pub fn new(n_areas: usize, n_means: usize, worlds: Range<usize>, asked: &[(usize, usize)]) -> Self {
        let (first_world, n_worlds) = (worlds.start, worlds.len());
        let n_columns = n_areas + n_means;
        let of_areas = (0..n_areas).flat_map(|i| (0..i).map(move |j| (i, j)));
        let ordered = asked.iter().map(|&(i, j)| (i.max(j), i.min(j)));
        let mut of_means: Vec<(usize, usize)> = ordered.filter(|(i, j)| *i >= n_areas && i != j).collect();
        of_means.sort_unstable();
        of_means.dedup();
        let pairs = of_areas.chain(of_means).collect();
        let before = vec![Bits::NONE; n_worlds * n_columns * n_columns];
        Self { n_columns, n_areas, n_worlds, first_world, pairs, valid: Bits::NONE, before, any_tie: false }
    }

    /// Returns how many of the columns are areas: the first ones.
    pub fn n_areas(&self) -> usize {
        self.n_areas
    }

    /// Compares the draws of a batch, with the means of some lists of areas.
    #[inline(always)]
    pub fn fill<R: Real>(&mut self, batch: &Batch<R>, lists: &[Vec<usize>]) {
        self.valid = Bits::first(batch.len());
        self.any_tie = false;
        let worlds = self.first_world..self.first_world + self.n_worlds;
        let means = means(batch, worlds, lists);
        on_registers(FillComparisons { comparisons: self, batch, means: &means, lists });
        if let Some(nearness) = batch.nearness() {
            self.leave_undecided(batch, &means, nearness);
        }
    }

    /// Takes neither of two columns for before the other where rounding decides, or where there is no number.
    #[cold]
    fn leave_undecided<R: Real>(&mut self, batch: &Batch<R>, means: &[Vec<Aligned<R>>], nearness: &Nearness) {
        let Self { n_columns, n_areas, n_worlds, first_world, pairs, valid, before, any_tie } = self;
        for (world, means) in means.iter().enumerate() {
            let column = |i: usize| match i.checked_sub(*n_areas) {
                None => batch.overall(*first_world + world, i),
                Some(mean) => &*means[mean],
            };
            for &(i, j) in &*pairs {
                let Some((relative, absolute)) = nearness.between(*first_world + world, i, j) else {
                    continue;
                };
                let mut apart = Bits::NONE;
                for (n, (&a, &b)) in column(i).iter().zip(column(j)).enumerate() {
                    let (a, b): (f64, f64) = (a.into(), b.into());
                    let is_apart = (a - b).abs() > relative * (a.abs() + b.abs()) + absolute;
                    apart.0[n / COMPARED] |= u64::from(is_apart) << (n % COMPARED);
                }
                *any_tie |= apart & *valid != *valid;
                for (one, other) in [(i, j), (j, i)] {
                    let bits = &mut before[(one * *n_columns + other) * *n_worlds + world];
                    *bits = *bits & apart;
                }
            }
        }
    }

    /// Returns the draws that count.
    #[inline(always)]
    pub fn valid(&self) -> Bits {
        self.valid
    }

    /// Returns true if two columns are equal anywhere.
    pub fn any_tie(&self) -> bool {
        self.any_tie
    }

    /// Returns the draws in which column `i` is strictly before column `j`.
    #[inline(always)]
    pub fn before(&self, world: usize, i: usize, j: usize) -> Bits {
        self.before[(i * self.n_columns + j) * self.n_worlds + world]
    }

    /// Adds to counters each pair between two lists of columns whose first is strictly before the other.
    #[inline(always)]
    pub fn count_ahead(&self, counters: &mut Counters, world: usize, a: &[usize], b: &[usize]) {
        for &i in a {
            for &j in b {
                counters.add(self.before(world, i, j));
            }
        }
    }

    /// Adds each pair whose first is not strictly behind the other.
    #[inline(always)]
    pub fn count_not_behind(&self, counters: &mut Counters, world: usize, a: &[usize], b: &[usize]) {
        for &i in a {
            for &j in b {
                counters.add(!self.before(world, j, i));
            }
        }
    }

    /// Returns the draws in which column `i` is strictly before column `j`, in each world.
    #[inline(always)]
    pub fn before_by_world(&self, i: usize, j: usize) -> &[Bits] {
        let at = (i * self.n_columns + j) * self.n_worlds;
        &self.before[at..at + self.n_worlds]
    }
}

/// The mean overall score of each list of areas in each of some worlds: shape `[n_worlds x n_lists]`.
#[inline(always)]
fn means<R: Real>(batch: &Batch<R>, worlds: Range<usize>, lists: &[Vec<usize>]) -> Vec<Vec<Aligned<R>>> {
    let mut means = vec![vec![Aligned::default(); lists.len()]; worlds.len()];
    for (world, means) in worlds.zip(&mut means) {
        for (mean, areas) in means.iter_mut().zip(lists) {
            for &area in areas {
                for (sum, &x) in mean.iter_mut().zip(batch.overall(world, area)) {
                    *sum += x;
                }
            }
            let n = R::nearest(areas.len() as f64);
            for sum in mean.iter_mut() {
                *sum = *sum / n;
            }
        }
    }
    means
}

struct FillComparisons<'a, R> {
    comparisons: &'a mut Comparisons,
    batch: &'a Batch<R>,
    means: &'a [Vec<Aligned<R>>],
    /// The areas of each mean.
    lists: &'a [Vec<usize>],
}

impl<R: Real> FillComparisons<'_, R> {
    /// Returns what two columns have to differ by in a joint world to be different, if one is a mean: those of areas tie exactly or not at all.
    #[inline(always)]
    fn slack(&self, world: usize, i: usize, j: usize) -> f64 {
        let n_areas = self.batch.n_areas();
        let mean = |column: usize| column.checked_sub(n_areas).map(|mean| &self.lists[mean][..]);
        if i.max(j) < n_areas {
            return 0.0;
        }
        let alone = [i, j];
        let members = |at: usize| mean(alone[at]).unwrap_or(&alone[at..=at]);
        let (a, b) = (members(0), members(1));
        self.batch.slack(world, a.iter().chain(b).copied(), a.len() * b.len())
    }
}

/// A column with what is nearer to another one than some slack put at that one.
#[inline(always)]
fn joined<R: Real>(column: &Column<R>, to: &Column<R>, slack: f64) -> Aligned<R> {
    let (mut joined, slack) = (Aligned::default(), R::nearest(slack));
    for (out, (&x, &y)) in joined.iter_mut().zip(column.iter().zip(to)) {
        *out = R::select(x - y <= slack && y - x <= slack, y, x);
    }
    joined
}

impl<R: Real> OnRegisters for FillComparisons<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self, registers: impl Registers) {
        let slacks: Vec<f64> = (0..self.means.len())
            .flat_map(|world| self.comparisons.pairs.iter().map(move |&pair| (world, pair)))
            .map(|(world, (i, j))| self.slack(self.comparisons.first_world + world, i, j))
            .collect();
        let Comparisons { n_columns, n_areas, n_worlds, first_world, pairs, valid, before, any_tie } =
            self.comparisons;
        for (world, means) in self.means.iter().enumerate() {
            let column = |i: usize| match i.checked_sub(*n_areas) {
                None => self.batch.overall(*first_world + world, i),
                Some(mean) => &means[mean],
            };
            for (&(i, j), &slack) in pairs.iter().zip(&slacks[world * pairs.len()..]) {
                let (a, mut b) = (column(i), column(j));
                let near;
                if slack > 0.0 {
                    near = joined(b, a, slack);
                    b = &near;
                }
                let (a, b) = (a.as_chunks::<COMPARED>().0, b.as_chunks::<COMPARED>().0);
                let mut greater = Bits::NONE;
                let equal = R::compare(registers, a, b, &mut greater.0);
                let mut less = !greater;
                // Equal numbers are rare, and only where there are any does it take a second comparison.
                if equal {
                    R::compare(registers, b, a, &mut less.0);
                }
                *any_tie |= equal && (greater | less) & *valid != *valid;
                before[(i * *n_columns + j) * *n_worlds + world] = greater & *valid;
                before[(j * *n_columns + i) * *n_worlds + world] = less & *valid;
            }
        }
    }
}
