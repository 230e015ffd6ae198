//! Claims about the order as circuits over the comparisons, worked out for a group of instances at a time.

use super::bits::{Bits, Counters};
use super::comparisons::Comparisons;
use crate::kernel::{Kernel, dispatch};

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
        /// How many of the areas it takes.
        at_least: usize,
    },
    /// More than half of the pairs have the area of the first list strictly before that of the second.
    Most(Vec<usize>, Vec<usize>),
}

/// How ties are read.
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
    /// Where the claim holds.
    pub(super) fn holds(&self, order: &Comparisons, world: usize) -> Bits {
        self.evaluate(order, world, Ties::Strict)
    }

    /// Where it hangs on a tie whether the claim holds.
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
        match self {
            Self::Before(one, other) if ties == Ties::For => {
                !dispatch(Before { order, world, one: other, other: one })
            }
            Self::Before(one, other) => dispatch(Before { order, world, one, other }),
            Self::All(all) => {
                all.iter().fold(Bits::ALL, |bits, claim| bits & claim.evaluate(order, world, ties))
            }
            Self::Any(any) => {
                any.iter().fold(Bits::NONE, |bits, claim| bits | claim.evaluate(order, world, ties))
            }
            Self::Not(claim) => !claim.evaluate(order, world, ties.reversed()),
            Self::InTop { areas, k, at_least } => {
                // A rank of at most k: fewer than k areas strictly before it.
                let n_areas = order.n_areas();
                let in_top = |&i: &usize| {
                    let others = (0..n_areas).filter(|&j| j != i);
                    let ahead = others.map(|j| match ties {
                        Ties::Against => !order.before(world, i, j),
                        _ => order.before(world, j, i),
                    });
                    !Counters::of(ahead).at_least(*k)
                };
                Counters::of(areas.iter().map(in_top)).at_least(*at_least)
            }
            Self::Most(a, b) => {
                let pairs = a.iter().flat_map(|&i| b.iter().map(move |&j| (i, j)));
                let first = pairs.map(|(i, j)| match ties {
                    Ties::For => !order.before(world, j, i),
                    _ => order.before(world, i, j),
                });
                Counters::of(first).at_least(a.len() * b.len() / 2 + 1)
            }
        }
    }
}

/// Where the one place is strictly before the other: at least `k` columns of the one are before the `m`-th of
/// the other, and a column is before that one if it is before all but `m - 1` of them.
struct Before<'a> {
    order: &'a Comparisons,
    world: usize,
    one: &'a Place,
    other: &'a Place,
}

impl Kernel for Before<'_> {
    type Output = Bits;

    #[inline(always)]
    fn run(self) -> Bits {
        let Self { order, world, one, other } = self;
        let ahead = |&x: &usize| {
            let behind = other.columns.iter().map(|&y| order.before(world, x, y));
            at_least(behind, other.columns.len(), other.columns.len() + 1 - other.k)
        };
        at_least(one.columns.iter().map(ahead), one.columns.len(), one.k)
    }
}

/// Where at least `value` of the `n` bits are set.
#[inline(always)]
fn at_least(bits: impl Iterator<Item = Bits>, n: usize, value: usize) -> Bits {
    match value {
        0 | 1 => bits.fold(Bits::NONE, |any, bits| any | bits),
        _ if value == n => bits.fold(Bits::ALL, |all, bits| all & bits),
        _ => Counters::of(bits).at_least(value),
    }
}
