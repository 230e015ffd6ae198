//! Smooth quantile functions as tables in single precision, so small that registers hold them: a polynomial of degree six
//! for each octave of the probability beyond a draw in its tail. Knows no family.

use super::Dist;
use super::single::{WHOLE, reach, tail};
use super::table::through;
use crate::kernel::{LANES, Registers, Small};
use crate::real::Real;

/// The coefficients of a polynomial.
const N: usize = 7;

/// A quantile function, a polynomial in s from -1/2 to 1/2 an octave.
///
/// Sixteen octaves a side are near, those of probabilities from 2^-17 to 1/2 in the tail; the others are far. Of an octave four
/// bits of its exponent and the side make the index in the tables, one a coefficient from the constant term up. The nearer eight
/// have the greatest of the four bits set.
#[derive(Debug)]
pub struct Octaves {
    near: [Small; N],
    far: [Small; N],
}

/// In units of 2^-31: draws up to there are far.
const NEAR: f32 = 16_384.0;

/// Draws from there on are in the nearer eight octaves.
const NEARER: f32 = 4_194_304.0;

/// How far a polynomial may be off, as a share of the range: with the rounding of single precision that stays under a millionth.
const TOLERANCE: f64 = 4e-7;

/// Half the zeros of the Chebyshev polynomial of degree 7.
const NODES: [f64; N] = [
    -0.487_463_956_090_912,
    -0.390_915_741_234_015,
    -0.216_941_869_558_779,
    0.0,
    0.216_941_869_558_779,
    0.390_915_741_234_015,
    0.487_463_956_090_912,
];

/// Between the nodes, where the error of a polynomial has its extrema.
const BETWEEN: [f64; 8] = [-0.5, -0.450_484, -0.311_745, -0.111_260, 0.111_260, 0.311_745, 0.450_484, 0.5];

const ONE: u32 = 0x3f80_0000;
const MANTISSA: u32 = 23;

impl Octaves {
    /// Tabulates a quantile function, if polynomials are close enough to it.
    #[must_use]
    pub fn new(dist: &Dist) -> Option<Self> {
        dist.prepare();
        let (low, high) = reach(dist);
        let mut octaves = Self { near: [Small([0.0; 32]); N], far: [Small([0.0; 32]); N] };
        // From the median outwards: what is not smooth mostly shows there.
        for exponent in (-2..30).rev() {
            for above in [0, u32::MAX] {
                let first = f64::powi(2.0, exponent);
                let at = |s: f64| {
                    let t = first * (1.5 + s) / WHOLE;
                    dist.quantile(if above == 0 { t } else { 1.0 - t })
                };
                let polynomial = through(NODES, NODES.map(at));
                let close = BETWEEN.into_iter().all(|s| {
                    let (x, tabulated) = (at(s), polynomial.iter().rev().fold(0.0, |sum, c| sum * s + c));
                    (tabulated - x).abs() <= TOLERANCE * (high - low).max(x.abs())
                });
                if !close {
                    return None;
                }
                let last = (2.0 * first) as f32;
                let tables = if last <= NEAR { &mut octaves.far } else { &mut octaves.near };
                for (table, c) in tables.iter_mut().zip(polynomial) {
                    table.0[index(last, above) as usize] = f32::nearest(c);
                }
            }
        }
        Some(octaves)
    }

    /// The place of a draw.
    #[must_use]
    pub fn at(&self, bits: u32) -> f32 {
        let (t, above) = tail(bits);
        let tables = if t <= NEAR { &self.far } else { &self.near };
        let index = index(t, above) as usize;
        let place = place(t);
        let [value] = polynomials(
            tables,
            [place],
            #[inline(always)]
            |table| [table.0[index]],
        );
        value
    }

    /// The places of some draws, for whoever goes on with them: what is common stays in registers, and what is rare does not take
    /// it out of there.
    #[inline(always)]
    pub fn look_up<R: Registers>(
        &self,
        bits: [u32; LANES],
        registers: R,
        mut go_on: impl FnMut([f32; LANES]),
    ) {
        let (mut indices, mut s) = ([0; LANES], [0.0; LANES]);
        let (mut any_far, mut all_nearer) = (false, R::IS_SPLIT);
        for lane in 0..LANES {
            let (t, above) = tail(bits[lane]);
            (indices[lane], s[lane]) = (index(t, above), place(t));
            any_far |= t <= NEAR;
            all_nearer &= t > NEARER;
        }
        if any_far {
            go_on(self.one_by_one(bits));
        } else if all_nearer {
            go_on(polynomials(
                &self.near,
                s,
                #[inline(always)]
                |table| registers.pick_upper(table, indices),
            ));
        } else {
            go_on(polynomials(
                &self.near,
                s,
                #[inline(always)]
                |table| registers.pick(table, indices),
            ));
        }
    }

    #[cold]
    #[inline(never)]
    fn one_by_one(&self, bits: [u32; LANES]) -> [f32; LANES] {
        bits.map(|bits| self.at(bits))
    }
}

/// Polynomials at some places, of coefficients that are picked one after the other: by pairs of terms, and pairs of pairs, so
/// that few operations wait for each other.
///
/// Source: Estrin, Organization of computer systems: the fixed plus variable structure computer, Western Joint Computer Conference
/// 1960.
#[inline(always)]
fn polynomials<const LEN: usize>(
    [c0, c1, c2, c3, c4, c5, c6]: &[Small; N],
    s: [f32; LEN],
    pick: impl Fn(&Small) -> [f32; LEN],
) -> [f32; LEN] {
    let (c1, c3, c5) = (pick(c1), pick(c3), pick(c5));
    let (c0, c2, c4, c6) = (pick(c0), pick(c2), pick(c4), pick(c6));
    let mut values = [0.0; LEN];
    for lane in 0..LEN {
        let s = s[lane];
        let square = s * s;
        let (first, second, third) =
            (c1[lane] * s + c0[lane], c3[lane] * s + c2[lane], c5[lane] * s + c4[lane]);
        let (low, high) = (second * square + first, c6[lane] * square + third);
        values[lane] = high * (square * square) + low;
    }
    values
}

/// The bits of a tail probability, with which a power of two is the last of the octave before it: one half, which numbers just
/// below are rounded to, is the last of all. Three are added to the exponent, so that the nearer octaves have a bit in common.
#[inline(always)]
fn digits(t: f32) -> u32 {
    t.to_bits() + (3 << MANTISSA) - 1
}

/// Where its octave stands in a table.
#[inline(always)]
fn index(t: f32, above: u32) -> u32 {
    digits(t) >> MANTISSA & 15 | above & 16
}

/// Where in its octave it lies, from -1/2 to 1/2.
#[inline(always)]
fn place(t: f32) -> f32 {
    f32::from_bits(ONE | digits(t) & ((1 << MANTISSA) - 1)) - 1.5
}
