//! The lines of a question about an order over a block, and all that follows from them for every input alike.

use super::counted::Standing;
use super::rival::Rivals;
use crate::batch::{Aligned, Column};
use crate::kernel::{Kernel, dispatch};
use std::cmp::Ordering;

/// Draws of which all crossings are worked out at once, so that they stay in the cache.
pub const STRIP: usize = 64;

/// The lines of a question over a block in one joint world: the areas, and after them means; and what follows from them for
/// every input alike.
#[derive(Clone, Debug, Default)]
pub struct OrderBlock {
    /// Shape `[n_lines]`.
    pub lines: Vec<Aligned>,
    /// In the same shape, for one input.
    pub slopes: Vec<Aligned>,
    /// Difference up to which lines tie.
    pub slack: f64,
    /// One per draw.
    pub standings: Vec<Standing>,
    /// Draws in which the claim holds, the even and the odd ones.
    pub held: [usize; 2],
    /// Leads of areas over what they have to pass.
    pub rivals: Rivals,
    /// Crossings of lines in a draw.
    pub crossings: Vec<Crossing>,
    /// Shape `[n_pairs][STRIP]`.
    pub places: Vec<[f64; STRIP]>,
    /// The counts of a draw as its crossings are passed.
    pub standing: Standing,
}

/// A place where two lines cross in a draw, as the number of one column moves.
#[derive(Clone, Copy, Debug)]
pub struct Crossing {
    /// The number.
    pub at: f64,
    /// The index of the pair.
    pub pair: usize,
    /// The order before it; after it, it is the other way round.
    pub before: Ordering,
}

/// The order of two lines whose difference is this, up to rounding.
pub fn compared(difference: f64, slack: f64) -> Ordering {
    if difference > slack {
        Ordering::Greater
    } else if difference < -slack {
        Ordering::Less
    } else {
        Ordering::Equal
    }
}

impl OrderBlock {
    /// The lead of the one line of a pair over the other.
    pub fn difference(&self, (i, j): (usize, usize), n: usize) -> f64 {
        self.lines[i][n] - self.lines[j][n]
    }

    /// Fills in the means of lines.
    pub fn average(lines: &mut [Aligned], n_areas: usize, means: &[Vec<usize>]) {
        for (mean, members) in means.iter().enumerate() {
            let (areas, means) = lines.split_at_mut(n_areas);
            dispatch(Average { areas, members, out: &mut means[mean] });
        }
    }
}

/// The mean of some areas.
struct Average<'a> {
    areas: &'a [Aligned],
    members: &'a [usize],
    out: &'a mut Column,
}

impl Kernel for Average<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { areas, members, out } = self;
        out.fill(0.0);
        for &area in members {
            out.iter_mut().zip(areas[area].iter()).for_each(|(sum, x)| *sum += x);
        }
        for sum in &mut out[..] {
            *sum /= members.len() as f64;
        }
    }
}
