//! Claims about the order as circuits over the comparisons, worked out for a group of draws at a time.

use super::bits::{Bits, Counters};
use super::comparisons::Comparisons;
use crate::kernel::{Kernel, dispatch};

/// The draws in which at least so many of the bits are set that come of each column. No function, as closures would not be compiled with the
/// instructions that there are.
macro_rules! at_least {
    ($columns:expr, $value:expr, |$column:ident| $bits:expr) => {{
        let value = $value;
        if value <= 1 {
            let mut any = Bits::NONE;
            for &$column in &$columns {
                any |= $bits;
            }
            any
        } else if value == $columns.len() {
            let mut all = Bits::ALL;
            for &$column in &$columns {
                all = all & $bits;
            }
            all
        } else {
            let mut counters = Counters::default();
            for &$column in &$columns {
                counters.add($bits);
            }
            counters.at_least(value)
        }
    }};
}

/// A place in the order: that of the `k`-th greatest of some columns.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Place {
    /// Columns: areas, or after them the means of groups.
    pub columns: Vec<usize>,
    /// From 1.
    pub k: usize,
}

/// A claim over columns.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Circuit {
    /// The one place is strictly greater than the other.
    Before(Place, Place),
    /// Every one holds.
    All(Vec<Circuit>),
    /// At least one holds.
    Any(Vec<Circuit>),
    /// It does not hold.
    Not(Box<Circuit>),
    /// At least `at_least` of the areas have a rank of at most `k`.
    InTop {
        /// The areas.
        areas: Vec<usize>,
        /// From 1.
        k: usize,
        /// The number of areas that it takes.
        at_least: usize,
    },
    /// More than half of the pairs have the area of the first list strictly before that of the second.
    Most(Vec<usize>, Vec<usize>),
}

/// The reading of ties.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Ties {
    /// A tied area is not before the other: what the claim says.
    Strict,
    /// Against the claim, wherever that is.
    Against,
    /// For the claim, wherever that is.
    For,
}

impl Ties {
    fn reversed(self) -> Self {
        match self {
            Self::Strict => Self::Strict,
            Self::Against => Self::For,
            Self::For => Self::Against,
        }
    }
}

impl Circuit {
    /// Returns the draws in which the claim holds.
    pub(super) fn holds(&self, order: &Comparisons, world: usize) -> Bits {
        self.evaluate(order, world, Ties::Strict)
    }

    /// Returns the draws in which it hangs on a tie whether the claim holds.
    pub(super) fn ties(&self, order: &Comparisons, world: usize) -> Bits {
        if !order.any_tie() {
            return Bits::NONE;
        }
        self.evaluate(order, world, Ties::For) & !self.evaluate(order, world, Ties::Against)
    }

    /// Adds the pairs of columns that the claim compares.
    pub(super) fn pairs(&self, pairs: &mut Vec<(usize, usize)>) {
        match self {
            Self::Before(one, other) => {
                pairs.extend(one.columns.iter().flat_map(|&x| other.columns.iter().map(move |&y| (x, y))));
            }
            Self::All(claims) | Self::Any(claims) => claims.iter().for_each(|claim| claim.pairs(pairs)),
            Self::Not(claim) => claim.pairs(pairs),
            // Those of areas, which are compared in any case.
            Self::InTop { .. } | Self::Most(..) => {}
        }
    }

    fn evaluate(&self, order: &Comparisons, world: usize, ties: Ties) -> Bits {
        dispatch(Evaluate { claim: self, order, world, ties })
    }
}

/// The evaluation of a claim. Claims within are kernels of their own, so all is compiled with the instructions that there are.
struct Evaluate<'a> {
    claim: &'a Circuit,
    order: &'a Comparisons,
    world: usize,
    ties: Ties,
}

impl Kernel for Evaluate<'_> {
    type Output = Bits;

    #[inline(always)]
    fn run(self) -> Bits {
        let Self { claim, order, world, ties } = self;
        match claim {
            Circuit::Before(one, other) if ties == Ties::For => !before(order, world, other, one),
            Circuit::Before(one, other) => before(order, world, one, other),
            Circuit::All(all) => {
                let mut bits = Bits::ALL;
                for claim in all {
                    bits = bits & claim.evaluate(order, world, ties);
                }
                bits
            }
            Circuit::Any(any) => {
                let mut bits = Bits::NONE;
                for claim in any {
                    bits |= claim.evaluate(order, world, ties);
                }
                bits
            }
            Circuit::Not(claim) => !claim.evaluate(order, world, ties.reversed()),
            Circuit::InTop { areas, k, at_least } => {
                // A rank of at most k: fewer than k areas strictly before it.
                let mut in_top = Counters::default();
                for &i in areas {
                    let mut ahead = Counters::default();
                    for j in (0..order.n_areas()).filter(|&j| j != i) {
                        ahead.add(match ties {
                            Ties::Against => !order.before(world, i, j),
                            _ => order.before(world, j, i),
                        });
                    }
                    in_top.add(!ahead.at_least(*k));
                }
                in_top.at_least(*at_least)
            }
            Circuit::Most(a, b) => {
                let mut first = Counters::default();
                match ties {
                    Ties::For => order.count_not_behind(&mut first, world, a, b),
                    _ => order.count_ahead(&mut first, world, a, b),
                }
                first.at_least(a.len() * b.len() / 2 + 1)
            }
        }
    }
}

/// Returns the draws in which the one place is strictly before the other: at least `k` columns of the one are before the `m`-th of
/// the other, and a column is before that one if it is before all but `m - 1` of them.
#[inline(always)]
fn before(order: &Comparisons, world: usize, one: &Place, other: &Place) -> Bits {
    let reached = other.columns.len() + 1 - other.k;
    at_least!(one.columns, one.k, |x| at_least!(other.columns, reached, |y| order.before(world, x, y)))
}
