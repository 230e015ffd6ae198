//! Where a whole column of thresholds lies among the quantiles of an input, without a branch: for inputs that have no values with
//! a probability of their own.

use super::grid::{CELLS, place};
use crate::batch::{BLOCK, Column};
use crate::dist::Dist;

/// A cdf that is quick to work out.
#[derive(Clone, Debug)]
pub enum Cdf {
    /// Two parabolas: the ends, the mode, and one over the width times each side, 0 for a side that there is not.
    Triangular([f64; 3], [f64; 2]),
    /// A straight line: the lower end, and one over the width.
    Uniform(f64, f64),
    /// Straight lines between places at equal distances: the first, how many there are in one unit, and the probabilities.
    Table(f64, f64, Vec<f64>),
}

/// Places of a table. Its straight lines are off by a few millionths.
const PLACES: usize = 4096;
/// The probability beyond the ends of the table of an unbounded distribution.
const BEYOND: f64 = 1e-8;

impl Cdf {
    /// That of a distribution without atoms.
    pub fn new(dist: &Dist) -> Option<Self> {
        if !dist.atoms().is_empty() {
            return None;
        }
        let (low, high) = dist.support();
        Some(match dist {
            Dist::Triangular(triangular) => {
                let mode = triangular.central();
                let side = |width: f64| if width > 0.0 { 1.0 / (width * (high - low)) } else { 0.0 };
                Self::Triangular([low, mode, high], [side(mode - low), side(high - mode)])
            }
            Dist::Uniform(_) => Self::Uniform(low, 1.0 / (high - low)),
            _ => {
                let end = |bound: f64, p: f64| if bound.is_finite() { bound } else { dist.quantile(p) };
                let (low, high) = (end(low, BEYOND), end(high, 1.0 - BEYOND));
                let width = (high - low) / (PLACES - 1) as f64;
                let at = |n: usize| dist.cdf(low + n as f64 * width);
                Self::Table(low, 1.0 / width, (0..PLACES).map(at).collect())
            }
        })
    }
}

/// What a column of thresholds comes to.
pub struct Placed {
    /// Where each lies on the grid; of those below which a claim holds, and not from which on, 256 more.
    pub places: [u64; BLOCK],
    /// The sums of G (1 - G) and of its square.
    pub spread: [f64; 2],
}

/// What is added to the place of a threshold below which the claim holds.
pub const FALLS: u64 = 256;
const _: () = assert!(CELLS + 1 < FALLS as usize);

/// Thresholds now - gap / slope, where the claim is that the gap is positive; what is not in the first `len` instances
/// is of no meaning.
///
/// With a slope of 0 the threshold is infinite, on the side that says what the gap does.
#[inline(always)]
pub fn solve(cdf: &Cdf, (now, gaps, slopes): (&Column, &Column, &Column), len: usize) -> Placed {
    match cdf {
        Cdf::Triangular([low, mode, high], sides) => {
            let ([low, mode, high], sides) = ([*low, *mode, *high], *sides);
            columns(now, gaps, slopes, len, move |x| {
                let (a, b) = ((x - low).max(0.0), (high - x).max(0.0));
                let (rise, fall) = (a * a * sides[0], 1.0 - b * b * sides[1]);
                if x <= mode { rise } else { fall }
            })
        }
        Cdf::Uniform(low, scale) => {
            let (low, scale) = (*low, *scale);
            columns(now, gaps, slopes, len, move |x| ((x - low) * scale).clamp(0.0, 1.0))
        }
        Cdf::Table(low, scale, table) => {
            let (low, scale, last) = (*low, *scale, (PLACES - 1) as f64);
            columns(now, gaps, slopes, len, move |x| {
                let place = ((x - low) * scale).clamp(0.0, last);
                let cell = (place as usize).min(PLACES - 2);
                let (a, b) = (table[cell], table[cell + 1]);
                let inside = a + (b - a) * (place - cell as f64);
                // Beyond the ends of the table there is next to nothing.
                if place <= 0.0 {
                    0.0
                } else if place >= last {
                    1.0
                } else {
                    inside
                }
            })
        }
    }
}

#[inline(always)]
fn columns(now: &Column, gaps: &Column, slopes: &Column, len: usize, cdf: impl Fn(f64) -> f64) -> Placed {
    const LANES: usize = 8;
    let mut quantiles: Column = [0.0; BLOCK];
    for n in 0..BLOCK {
        quantiles[n] = cdf(now[n] - gaps[n] / slopes[n]);
    }
    let mut places = [0; BLOCK];
    for n in 0..BLOCK {
        let falls = slopes[n].is_sign_negative();
        places[n] = place(quantiles[n]).min(CELLS as u64 + 1) + if falls { FALLS } else { 0 };
    }
    let (mut sums, mut squares) = ([0.0; LANES], [0.0; LANES]);
    for rows in quantiles[..len / LANES * LANES].as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            let spread = rows[lane] * (1.0 - rows[lane]);
            sums[lane] += spread;
            squares[lane] += spread * spread;
        }
    }
    for u in &quantiles[len / LANES * LANES..len] {
        sums[0] += u * (1.0 - u);
        squares[0] += u * (1.0 - u) * (u * (1.0 - u));
    }
    Placed { places, spread: [sums.iter().sum(), squares.iter().sum()] }
}
