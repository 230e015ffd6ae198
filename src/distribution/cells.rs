//! Quantile functions with kinks, gaps and atoms as tables in single precision: small cells, and none where even those are
//! not close enough. Knows no family.

use super::Dist;
use super::bits::{WHOLE, probability, tail};
use super::closeness::{distortion, reach};
use super::table::through;
use crate::real::Real;

/// Sixteen cells an octave, 31 octaves a side and room for one more.
const CELL_BITS: u32 = 4;
const SIDE_BITS: u32 = 9;
const N_CELLS: usize = 2 << SIDE_BITS;

/// A cubic polynomial in s from -1/2 to 1/2 over the cell, from the constant term up; NaN where there is none that is close
/// enough.
#[derive(Clone, Copy, Debug)]
#[repr(align(16))]
struct CubicPiece([f32; 4]);

/// Draws that are looked up together.
pub const PIECE: usize = 128;

/// Room to look up the places of some draws; it starts at a line of the cache.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct Lookup {
    found: [CubicPiece; PIECE],
    /// The random bits of the draws.
    pub bits: [u32; PIECE],
    keys: [u32; PIECE],
    /// The places that were found.
    pub places: [f32; PIECE],
}

impl Default for Lookup {
    fn default() -> Self {
        Self {
            found: [CubicPiece([0.0; 4]); PIECE],
            bits: [0; PIECE],
            keys: [0; PIECE],
            places: [0.0; PIECE],
        }
    }
}

/// A quantile function as a table of `Cell`s, those above the median after those below.
#[derive(Debug)]
pub struct Cells {
    cells: Box<[CubicPiece; N_CELLS]>,
    /// Distribution that it was made of, for the few places that no cell has.
    dist: Dist,
    /// Distance of the distribution of the draws from that, in probability.
    distortion: f64,
}

/// Largest error of a cell between its nodes, as a share of the range: with the rounding of single precision that stays under
/// a millionth.
const TOLERANCE: f64 = 2e-7;

impl Cells {
    /// Tabulates a quantile function.
    pub fn new(dist: Dist) -> Self {
        dist.prepare();
        let (low, high) = reach(&dist);
        let mut cells = Box::new([CubicPiece([f32::NAN; 4]); N_CELLS]);
        for (index, cell) in cells.iter_mut().enumerate() {
            let (upper, key) = (index >> SIDE_BITS != 0, index % (1 << SIDE_BITS));
            let at = |s: f64| {
                let octave = f64::from(1_u32 << (key >> CELL_BITS));
                let part = (key % (1 << CELL_BITS)) as f64 + s + 0.5;
                let t = (octave * (1.0 + part / f64::from(1 << CELL_BITS)) / (2.0 * WHOLE)).min(0.5);
                dist.quantile(if upper { 1.0 - t } else { t })
            };
            let fitted = CubicPiece(through(NODES, NODES.map(at)).map(f32::nearest));
            let close = [0.0, 0.46, -0.46].into_iter().all(|s| {
                let (x, tabulated) = (at(s), f64::from(horner(&fitted, s as f32)));
                (tabulated - x).abs() <= TOLERANCE * (high - low).max(x.abs())
            });
            if close {
                *cell = fitted;
            }
        }
        let mut made = Self { cells, dist, distortion: 0.0 };
        made.distortion = distortion(&made.dist, |bits| made.at(bits));
        made
    }

    /// Returns how far the distribution of the draws is from the one that it was made of, in probability.
    pub(super) fn distortion(&self) -> f64 {
        self.distortion
    }

    /// The cell of a draw, and the place in it.
    #[inline(always)]
    fn find(bits: u32) -> (u32, f32) {
        const ONE: u32 = 0x3f80_0000;
        const MANTISSA: u32 = 23;
        let (t, above) = tail(bits);
        let t = t as f32;
        let key = (t.to_bits() - ONE) >> (MANTISSA - CELL_BITS);
        let rest = t.to_bits() << CELL_BITS & ((1 << MANTISSA) - 1);
        (key | above & 1 << SIDE_BITS, f32::from_bits(ONE | rest) - 1.5)
    }

    /// The place of a draw.
    #[must_use]
    pub fn at(&self, bits: u32) -> f32 {
        let (key, s) = Self::find(bits);
        let place = horner(&self.cells[key as usize % N_CELLS], s);
        if place.is_nan() { self.solve(bits) } else { place }
    }

    #[cold]
    fn solve(&self, bits: u32) -> f32 {
        f32::nearest(self.dist.quantile(probability(bits)))
    }

    /// The places of some draws.
    ///
    /// In three passes: which cell and where in it, from the bits; a copy of the cell; the polynomial. Only the second
    /// one has to go through the numbers one by one.
    #[inline(always)]
    pub fn look_up(&self, Lookup { found, bits, keys, places }: &mut Lookup) {
        for n in 0..PIECE {
            (keys[n], places[n]) = Self::find(bits[n]);
        }
        for n in 0..PIECE {
            found[n] = self.cells[keys[n] as usize % N_CELLS];
        }
        let mut any_nan = false;
        for n in 0..PIECE {
            places[n] = horner(&found[n], places[n]);
            any_nan |= places[n].is_nan();
        }
        // A cell that is empty makes NaN, and nothing else does.
        if any_nan {
            for (place, &bits) in places.iter_mut().zip(&*bits) {
                if place.is_nan() {
                    *place = self.solve(bits);
                }
            }
        }
    }
}

#[inline(always)]
fn horner(CubicPiece(c): &CubicPiece, s: f32) -> f32 {
    ((c[3] * s + c[2]) * s + c[1]) * s + c[0]
}

/// Half the extrema of the Chebyshev polynomial of degree 3, the ends among them, so that neighbours join.
const NODES: [f64; 4] = [-0.5, -0.25, 0.25, 0.5];
