//! A claim about an order, counted: as two lines change places, what the claim hangs on changes by one, and nothing is
//! compared anew.

use crate::tally::Circuit;
use std::cmp::Ordering;

/// A claim as counts of comparisons. A row passes with so many of them true, and a leaf of the claim holds if so many of its
/// rows pass.
#[derive(Clone, Debug)]
pub struct CountedClaim {
    /// Pairs of lines whose order it hangs on, the lesser index first, in rising order.
    pub pairs: Vec<(usize, usize)>,
    /// Shape `[n_pairs + 1]`: where the uses of a pair start.
    starts: Vec<usize>,
    uses: Vec<Use>,
    rows: Vec<Row>,
    /// Rows that have to pass, one entry per leaf.
    leaves: Vec<i32>,
    formula: Formula,
}

/// A row that a comparison counts in.
#[derive(Clone, Copy, Debug)]
struct Use {
    row: usize,
    /// The order of the two lines for which it counts, or, if `unless` is true, for which it does not.
    order: Ordering,
    unless: bool,
}

impl Use {
    fn counts(self, order: Ordering) -> bool {
        (order == self.order) != self.unless
    }
}

#[derive(Clone, Copy, Debug)]
struct Row {
    leaf: usize,
    /// Comparisons that have to be true.
    need: i32,
}

#[derive(Clone, Debug)]
enum Formula {
    Leaf(usize),
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Not(Box<Formula>),
}

/// The counts of a claim in one draw.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// Shape `[n_rows]`.
    counts: Vec<i32>,
    /// Shape `[n_leaves]`: rows that pass.
    passing: Vec<i32>,
}

impl Standing {
    /// Takes over the counts of another draw.
    pub fn copy_from(&mut self, other: &Self) {
        self.counts.clone_from(&other.counts);
        self.passing.clone_from(&other.passing);
    }
}

impl CountedClaim {
    /// The counts of a claim over lines, the first `n_areas` of which are the areas.
    pub fn new(circuit: &Circuit, n_areas: usize) -> Self {
        let mut build = Build { n_areas, ..Build::default() };
        let formula = build.formula(circuit);
        let Build { mut uses, rows, leaves, .. } = build;
        uses.sort_by_key(|(pair, _)| *pair);
        let mut pairs: Vec<(usize, usize)> = uses.iter().map(|(pair, _)| *pair).collect();
        pairs.dedup();
        let start = |pair: &(usize, usize)| uses.partition_point(|(one, _)| one < pair);
        let starts = pairs.iter().map(start).chain([uses.len()]).collect();
        let uses = uses.into_iter().map(|(_, used)| used).collect();
        Self { pairs, starts, uses, rows, leaves, formula }
    }

    /// Counts anew: `order` says how the lines of a pair stand.
    pub fn count(&self, mut order: impl FnMut(usize) -> Ordering, standing: &mut Standing) {
        standing.counts.clear();
        standing.counts.resize(self.rows.len(), 0);
        for pair in 0..self.pairs.len() {
            let order = order(pair);
            for used in &self.uses[self.starts[pair]..self.starts[pair + 1]] {
                standing.counts[used.row] += i32::from(used.counts(order));
            }
        }
        standing.passing.clear();
        standing.passing.resize(self.leaves.len(), 0);
        for (row, count) in self.rows.iter().zip(&standing.counts) {
            standing.passing[row.leaf] += i32::from(*count >= row.need);
        }
    }

    /// Lets the lines of a pair change from one order to another.
    #[inline]
    pub fn change(&self, standing: &mut Standing, pair: usize, (from, to): (Ordering, Ordering)) {
        if from == to {
            return;
        }
        for used in &self.uses[self.starts[pair]..self.starts[pair + 1]] {
            let Row { leaf, need } = self.rows[used.row];
            let count = &mut standing.counts[used.row];
            let passed = *count >= need;
            *count += i32::from(used.counts(to)) - i32::from(used.counts(from));
            standing.passing[leaf] += i32::from(*count >= need) - i32::from(passed);
        }
    }

    /// Returns true if the claim holds.
    #[inline]
    pub fn holds(&self, standing: &Standing) -> bool {
        self.formula_holds(&self.formula, standing)
    }

    fn formula_holds(&self, formula: &Formula, standing: &Standing) -> bool {
        let holds = |one: &Formula| self.formula_holds(one, standing);
        match formula {
            Formula::Leaf(leaf) => standing.passing[*leaf] >= self.leaves[*leaf],
            Formula::All(all) => all.iter().all(holds),
            Formula::Any(any) => any.iter().any(holds),
            Formula::Not(one) => !holds(one),
        }
    }
}

/// Working state of [`CountedClaim::new`].
#[derive(Default)]
struct Build {
    n_areas: usize,
    uses: Vec<((usize, usize), Use)>,
    rows: Vec<Row>,
    leaves: Vec<i32>,
}

impl Build {
    fn formula(&mut self, circuit: &Circuit) -> Formula {
        match circuit {
            Circuit::All(claims) => Formula::All(claims.iter().map(|claim| self.formula(claim)).collect()),
            Circuit::Any(claims) => Formula::Any(claims.iter().map(|claim| self.formula(claim)).collect()),
            Circuit::Not(claim) => Formula::Not(Box::new(self.formula(claim))),
            // The k-th greatest of some is above the l-th greatest of n others: k of them are each above n - l + 1 of those.
            Circuit::Before(one, other) => {
                let need = other.columns.len() + 1 - other.k;
                let leaf = self.leaf(one.k);
                for &i in &one.columns {
                    let row = self.row(leaf, need);
                    other.columns.iter().for_each(|&j| self.ahead(row, i, j));
                }
                Formula::Leaf(leaf)
            }
            // A rank of at most k: at most k - 1 of the others are ahead.
            Circuit::InTop { areas, k, at_least } => {
                let leaf = self.leaf(*at_least);
                for &i in areas {
                    let row = self.row(leaf, self.n_areas.saturating_sub(*k));
                    (0..self.n_areas).for_each(|j| self.not_behind(row, i, j));
                }
                Formula::Leaf(leaf)
            }
            Circuit::Most(one, other) => {
                let leaf = self.leaf(1);
                let row = self.row(leaf, one.len() * other.len() / 2 + 1);
                for &i in one {
                    for &j in other {
                        self.ahead(row, i, j);
                    }
                }
                Formula::Leaf(leaf)
            }
        }
    }

    fn leaf(&mut self, need: usize) -> usize {
        self.leaves.push(i32::try_from(need).expect("there are fewer lines than that"));
        self.leaves.len() - 1
    }

    fn row(&mut self, leaf: usize, need: usize) -> usize {
        let need = i32::try_from(need).expect("there are fewer pairs than that");
        self.rows.push(Row { leaf, need });
        self.rows.len() - 1
    }

    /// Counts where line `i` is ahead of line `j`.
    fn ahead(&mut self, row: usize, i: usize, j: usize) {
        let order = if i < j { Ordering::Greater } else { Ordering::Less };
        self.compare(i, j, Use { row, order, unless: false });
    }

    /// Counts where line `j` is not ahead of line `i`.
    fn not_behind(&mut self, row: usize, i: usize, j: usize) {
        let order = if i < j { Ordering::Less } else { Ordering::Greater };
        self.compare(i, j, Use { row, order, unless: true });
    }

    /// No line is compared with itself, of which it is never ahead.
    fn compare(&mut self, i: usize, j: usize, used: Use) {
        if i != j {
            self.uses.push(((i.min(j), i.max(j)), used));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::holds::{holds, random};
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::SmallRng;

    /// Counted from the start, and changed pair by pair from other lines, a claim is what its definition says.
    #[test]
    fn counts_follow_changes() {
        let mut rng = SmallRng::seed_from_u64(1);
        let (n_areas, n_means) = (6, 2);
        let mut both = [0, 0];
        for case in 0..2_000 {
            let circuit = random::circuit(&mut rng, (n_areas, n_means), 2);
            let counted = CountedClaim::new(&circuit, n_areas);
            let [from, to] = [(); 2].map(|()| random::lines(&mut rng, n_areas + n_means, case % 2 == 0));
            let order = |lines: &[f64], pair: usize| {
                let (i, j) = counted.pairs[pair];
                lines[i].total_cmp(&lines[j])
            };
            let mut standing = Standing::default();
            counted.count(|pair| order(&from, pair), &mut standing);
            assert_eq!(
                counted.holds(&standing),
                holds(&circuit, &from, n_areas, 0.0),
                "{circuit:?} of {from:?}"
            );
            for pair in 0..counted.pairs.len() {
                counted.change(&mut standing, pair, (order(&from, pair), order(&to, pair)));
            }
            let expected = holds(&circuit, &to, n_areas, 0.0);
            assert_eq!(counted.holds(&standing), expected, "{circuit:?} of {to:?}");
            both[usize::from(expected)] += 1;
        }
        assert!(both.iter().all(|n| *n > 200), "claims that hold, and claims that do not: {both:?}");
    }
}
