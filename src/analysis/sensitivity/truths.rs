//! The truth of a claim in each draw of a block, a column at a time.

use crate::batch::{Aligned, BLOCK, Column};
use crate::kernel::{Kernel, dispatch};
use crate::tally::{Circuit, Place};

/// Truth values, one per draw of a block.
pub type Truths = [bool; BLOCK];

/// Lines over a block, the first `n_areas` of which are the areas; those that are no further apart than `slack` tie.
#[derive(Clone, Copy)]
pub struct Lines<'a> {
    pub lines: &'a [&'a Column],
    pub n_areas: usize,
    pub slack: f64,
}

impl Lines<'_> {
    /// Works out whether a claim holds in each draw.
    pub fn truths(self, circuit: &Circuit, out: &mut Truths) {
        match circuit {
            Circuit::Before(one, other) => {
                let [mut first, mut second] = [Vec::new(), Vec::new()];
                let (one, other) = (self.place(one, &mut first), self.place(other, &mut second));
                dispatch(Above { one, other, slack: self.slack, out });
            }
            Circuit::All(claims) => {
                out.fill(true);
                self.each(claims, |there| out.iter_mut().zip(there).for_each(|(all, one)| *all &= *one));
            }
            Circuit::Any(claims) => {
                out.fill(false);
                self.each(claims, |there| out.iter_mut().zip(there).for_each(|(any, one)| *any |= *one));
            }
            Circuit::Not(claim) => {
                self.truths(claim, out);
                for holds in &mut out[..] {
                    *holds = !*holds;
                }
            }
            Circuit::InTop { areas, k, at_least } => {
                let all: Vec<usize> = (0..self.n_areas).collect();
                let (mut top, k) = (Vec::new(), (*k).min(self.n_areas));
                greatest(self.lines, &all, k, &mut top);
                let mut count = Aligned::default();
                for &area in areas {
                    // It is among the first k unless the k-th is ahead of it.
                    let (line, slack) = (self.lines[area], self.slack);
                    dispatch(Count {
                        one: line,
                        other: &top[k - 1],
                        slack: -slack,
                        or_at: true,
                        sum: &mut count,
                    });
                }
                let need = *at_least as f64;
                out.iter_mut().zip(count.iter()).for_each(|(out, count)| *out = *count >= need);
            }
            Circuit::Most(one, other) => {
                let mut count = Aligned::default();
                for (i, j) in one.iter().flat_map(|i| other.iter().map(move |j| (*i, *j))) {
                    let (one, other, slack) = (self.lines[i], self.lines[j], self.slack);
                    dispatch(Count { one, other, slack, or_at: false, sum: &mut count });
                }
                let all = (one.len() * other.len()) as f64;
                out.iter_mut().zip(count.iter()).for_each(|(out, count)| *out = 2.0 * count > all);
            }
        }
    }

    fn each(self, claims: &[Circuit], mut add: impl FnMut(&Truths)) {
        let mut there: Truths = [false; BLOCK];
        for claim in claims {
            self.truths(claim, &mut there);
            add(&there);
        }
    }

    /// The score of a place.
    fn place<'a>(&'a self, place: &Place, room: &'a mut Vec<Aligned>) -> &'a Column {
        if let [column] = place.columns[..] {
            return self.lines[column];
        }
        greatest(self.lines, &place.columns, place.k, room);
        &room[place.k - 1]
    }
}

/// The greatest `k + 1` of some lines in each draw, in falling order; minus infinity where there are no more.
pub fn greatest(lines: &[&Column], columns: &[usize], k: usize, out: &mut Vec<Aligned>) {
    out.resize(k + 1, Aligned::default());
    for column in &mut out[..] {
        column.fill(f64::NEG_INFINITY);
    }
    for &column in columns {
        dispatch(Insert { line: lines[column], top: out });
    }
}

/// Inserts a line into the greatest ones.
struct Insert<'a> {
    line: &'a Column,
    top: &'a mut [Aligned],
}

impl Kernel for Insert<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let mut rest = *self.line;
        for top in self.top {
            for n in 0..BLOCK {
                let (x, y) = (rest[n], top[n]);
                (top[n], rest[n]) = if x > y { (x, y) } else { (y, x) };
            }
        }
    }
}

/// Draws in which one line is above another.
struct Above<'a> {
    one: &'a Column,
    other: &'a Column,
    slack: f64,
    out: &'a mut Truths,
}

impl Kernel for Above<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for n in 0..BLOCK {
            self.out[n] = self.one[n] > self.other[n] + self.slack;
        }
    }
}

/// Counts where one line is above another by more than the slack, or by that at least.
struct Count<'a> {
    one: &'a Column,
    other: &'a Column,
    slack: f64,
    or_at: bool,
    sum: &'a mut Column,
}

impl Kernel for Count<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { one, other, slack, or_at, sum } = self;
        for n in 0..BLOCK {
            let least = other[n] + slack;
            let counts = if or_at { one[n] >= least } else { one[n] > least };
            sum[n] += if counts { 1.0 } else { 0.0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::holds::{holds, random};
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::SmallRng;

    /// A column at a time, a claim is what its definition says of each draw, with ties and without.
    #[test]
    fn truths_are_those_of_each_draw() {
        let mut rng = SmallRng::seed_from_u64(3);
        let (n_areas, n_means) = (6, 2);
        for case in 0..500 {
            let circuit = random::circuit(&mut rng, (n_areas, n_means), 2);
            let mut columns = vec![Aligned::default(); n_areas + n_means];
            let slack = if case % 2 == 0 { 0.5 } else { 0.0 };
            let draws = (0..100).map(|n| {
                let lines = random::lines(&mut rng, n_areas + n_means, case % 2 == 0);
                lines.iter().zip(&mut columns).for_each(|(x, column)| column[n] = *x);
                holds(&circuit, &lines, n_areas, slack)
            });
            let expected: Vec<bool> = draws.collect();
            let lines: Vec<&Column> = columns.iter().map(|column| &**column).collect();
            let mut truths = [false; BLOCK];
            Lines { lines: &lines, n_areas, slack }.truths(&circuit, &mut truths);
            assert_eq!(truths[..100], expected, "{circuit:?}");
        }
    }
}
