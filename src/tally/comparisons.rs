//! Who is before whom, one bit an instance.

use super::bits::{Bits, Counters};
use crate::batch::{Aligned, Batch, Slack};
use crate::kernel::{COMPARED, OnRegisters, Registers, on_registers};
use crate::real::Real;

/// For a block of instances and all worlds, which of two columns is strictly greater. Columns are the areas, and after
/// them the means of groups.
#[derive(Clone, Debug)]
pub struct Comparisons {
    n_columns: usize,
    n_areas: usize,
    n_worlds: usize,
    /// The pairs of columns that are compared: all of areas, and those of means that somebody asks for.
    pairs: Vec<(usize, usize)>,
    /// The instances that count.
    valid: Bits,
    /// Shape `[n_columns x n_columns x n_worlds]`, row-major: `before[i][j][world]`, i before j in an instance that
    /// counts.
    before: Vec<Bits>,
    /// Whether any two columns that are compared are equal in any of the instances that count.
    any_tie: bool,
}

impl Comparisons {
    /// `asked` are the pairs of columns to be compared besides those of two areas.
    pub fn new((n_areas, n_means): (usize, usize), n_worlds: usize, asked: &[(usize, usize)]) -> Self {
        let n_columns = n_areas + n_means;
        let mut pairs: Vec<(usize, usize)> = (0..n_areas).flat_map(|i| (0..i).map(move |j| (i, j))).collect();
        for &(i, j) in asked {
            let pair = (i.max(j), i.min(j));
            if i != j && !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
        let before = vec![Bits::NONE; n_worlds * n_columns * n_columns];
        Self { n_columns, n_areas, n_worlds, pairs, valid: Bits::NONE, before, any_tie: false }
    }

    /// How many of the columns are areas: the first ones.
    pub fn n_areas(&self) -> usize {
        self.n_areas
    }

    /// Compares the instances of a batch.
    ///
    /// `means[world][mean]` are the columns of the means.
    pub fn fill<R: Real>(&mut self, batch: &Batch<R>, means: &[Vec<Aligned<R>>]) {
        self.valid = Bits::first(batch.len());
        self.any_tie = false;
        on_registers(Fill { comparisons: self, batch, means });
        if let Some(slack) = batch.slack() {
            self.leave_undecided(batch, means, slack);
        }
    }

    /// Takes neither of two columns for before the other where rounding decides, or where there is no number.
    fn leave_undecided<R: Real>(&mut self, batch: &Batch<R>, means: &[Vec<Aligned<R>>], slack: &Slack) {
        let Self { n_columns, n_areas, n_worlds, pairs, valid, before, any_tie } = self;
        for (world, means) in means.iter().enumerate() {
            let column = |i: usize| match i.checked_sub(*n_areas) {
                None => batch.amenability(world, i),
                Some(mean) => &*means[mean],
            };
            for &(i, j) in &*pairs {
                let Some((relative, absolute)) = slack.between(world, i, j) else { continue };
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

    /// Where the instances count.
    #[inline(always)]
    pub fn valid(&self) -> Bits {
        self.valid
    }

    /// Whether two columns are equal anywhere.
    pub fn any_tie(&self) -> bool {
        self.any_tie
    }

    /// Where column `i` is strictly before column `j`.
    #[inline(always)]
    pub fn before(&self, world: usize, i: usize, j: usize) -> Bits {
        self.before[(i * self.n_columns + j) * self.n_worlds + world]
    }

    /// Adds to counters each pair between two lists of columns whose first is strictly before the other.
    #[inline(always)]
    pub fn count_ahead(&self, counters: &mut Counters, world: usize, (a, b): (&[usize], &[usize])) {
        for &i in a {
            for &j in b {
                counters.add(self.before(world, i, j));
            }
        }
    }

    /// Adds each pair whose first is not strictly behind the other.
    #[inline(always)]
    pub fn count_not_behind(&self, counters: &mut Counters, world: usize, (a, b): (&[usize], &[usize])) {
        for &i in a {
            for &j in b {
                counters.add(!self.before(world, j, i));
            }
        }
    }

    /// Where column `i` is strictly before column `j`, in each world.
    #[inline(always)]
    pub fn before_by_world(&self, i: usize, j: usize) -> &[Bits] {
        let at = (i * self.n_columns + j) * self.n_worlds;
        &self.before[at..at + self.n_worlds]
    }
}

/// The mean amenability of each list of areas in each world: shape `[n_worlds x n_lists]`.
#[inline(always)]
pub fn means<R: Real>(batch: &Batch<R>, lists: &[Vec<usize>]) -> Vec<Vec<Aligned<R>>> {
    let mut means = vec![vec![Aligned::default(); lists.len()]; batch.n_worlds()];
    for (world, means) in means.iter_mut().enumerate() {
        for (mean, areas) in means.iter_mut().zip(lists) {
            for &area in areas {
                for (sum, &x) in mean.iter_mut().zip(batch.amenability(world, area)) {
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

struct Fill<'a, R> {
    comparisons: &'a mut Comparisons,
    batch: &'a Batch<R>,
    means: &'a [Vec<Aligned<R>>],
}

impl<R: Real> OnRegisters for Fill<'_, R> {
    type Output = ();

    #[inline(always)]
    fn run(self, registers: impl Registers) {
        let Comparisons { n_columns, n_areas, n_worlds, pairs, valid, before, any_tie } = self.comparisons;
        for (world, means) in self.means.iter().enumerate() {
            let column = |i: usize| {
                let column = match i.checked_sub(*n_areas) {
                    None => self.batch.amenability(world, i),
                    Some(mean) => &means[mean],
                };
                column.as_chunks::<COMPARED>().0
            };
            for &(i, j) in &*pairs {
                let (a, b) = (column(i), column(j));
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
