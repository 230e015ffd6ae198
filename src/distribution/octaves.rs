//! Smooth quantile functions as tables in single precision, so small that registers hold them: a polynomial of degree six
//! for each octave of the probability beyond a draw in its tail. Knows no family.

use super::Dist;
use super::bits::{WHOLE, tail};
use super::closeness::{distortion, reach};
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
    near: Tables,
    far: Tables,
    /// Distance of the distribution of the draws from the one that it was made of, in probability.
    distortion: f64,
}

/// Tables that start at a line of the cache.
#[derive(Clone, Debug)]
#[repr(align(64))]
struct Tables([Small; N]);

/// In units of 2^-32: draws below are far.
const NEAR: i32 = 1 << 15;

/// Draws from there on are in the nearer eight octaves.
const NEARER: i32 = 1 << 23;

/// Rows of draws that are looked up together.
pub const ROWS: usize = 8;

/// Largest error of a polynomial, as a share of the range: with the rounding of single precision that stays under a millionth.
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
        let none = || Tables([[0.0; 32]; N]);
        let mut octaves = Self { near: none(), far: none(), distortion: 0.0 };
        // From the median outwards: what is not smooth mostly shows there.
        for exponent in (-1..31).rev() {
            for above in [0, u32::MAX] {
                let first = libm::ldexp(1.0, exponent);
                let at = |s: f64| {
                    let t = first * (1.5 + s) / (2.0 * WHOLE);
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
                let tables = if last <= NEAR as f32 { &mut octaves.far } else { &mut octaves.near };
                for (table, c) in tables.0.iter_mut().zip(polynomial) {
                    table[index(last, above) as usize % 32] = f32::nearest(c);
                }
            }
        }
        let standard = octaves.placed(0.0, 1.0);
        let distortion = distortion(dist, |bits| standard.at(bits));
        Some(Self { distortion, ..octaves })
    }

    /// Returns how far the distribution of the draws is from the one that it was made of, in probability.
    pub(super) fn distortion(&self) -> f64 {
        self.distortion
    }

    /// The table of the distribution stretched to a width and moved to a base.
    #[must_use]
    #[inline(always)]
    pub fn placed(&self, base: f32, width: f32) -> Placed<'_> {
        Placed { octaves: self, base, width, near: self.near.placed(base, width) }
    }
}

impl Tables {
    /// Those of what the polynomials give times a width and with a base added.
    #[inline(always)]
    fn placed(&self, base: f32, width: f32) -> Self {
        let mut placed = self.clone();
        for c in placed.0.as_flattened_mut() {
            *c *= width;
        }
        for c in &mut placed.0[0] {
            *c += base;
        }
        placed
    }
}

/// A quantile function in the place of another of its kind: what is common of its table is there, what is rare is worked out when
/// it is asked for.
#[derive(Debug)]
pub struct Placed<'a> {
    octaves: &'a Octaves,
    base: f32,
    width: f32,
    near: Tables,
}

impl Placed<'_> {
    /// The value at a draw.
    #[must_use]
    pub fn at(&self, bits: u32) -> f32 {
        let (t, above) = tail(bits);
        let far;
        let tables = if t < NEAR {
            far = self.octaves.far.placed(self.base, self.width);
            &far
        } else {
            &self.near
        };
        let index = index(t as f32, above) as usize % 32;
        let [value] = polynomials(
            tables,
            [place(t as f32)],
            #[inline(always)]
            |table| [table[index]],
        );
        value
    }

    /// The values of the next rows of draws, each for whoever goes on with it.
    #[inline(always)]
    pub fn look_up<R: Registers>(
        &self,
        registers: R,
        mut next: impl FnMut() -> [u32; LANES],
        mut go_on: impl FnMut(usize, [f32; LANES]),
    ) {
        // Asked of all rows at once, since hardly ever one is far.
        let (mut rows, mut least) = ([[0; LANES]; ROWS], [i32::MAX; LANES]);
        for row in &mut rows {
            *row = next();
            for lane in 0..LANES {
                least[lane] = least[lane].min(tail(row[lane]).0);
            }
        }
        let mut any_far = false;
        for least in least {
            any_far |= least < NEAR;
        }
        for (row, bits) in rows.iter().enumerate() {
            let (mut indices, mut s) = ([0; LANES], [0.0; LANES]);
            let mut all_nearer = R::IS_SPLIT;
            for lane in 0..LANES {
                let (t, above) = tail(bits[lane]);
                (indices[lane], s[lane]) = (index(t as f32, above), place(t as f32));
                all_nearer &= t >= NEARER;
            }
            let mut values = if all_nearer {
                polynomials(
                    &self.near,
                    s,
                    #[inline(always)]
                    |table| registers.pick_upper(table, indices),
                )
            } else {
                polynomials(
                    &self.near,
                    s,
                    #[inline(always)]
                    |table| registers.pick(table, indices),
                )
            };
            if any_far {
                values = self.with_far(values, *bits);
            }
            go_on(row, values);
        }
    }

    /// Values of which those of far draws are wrong, put right.
    #[cold]
    #[inline(never)]
    fn with_far(&self, mut values: [f32; LANES], bits: [u32; LANES]) -> [f32; LANES] {
        for (value, bits) in values.iter_mut().zip(bits) {
            if tail(bits).0 < NEAR {
                *value = self.at(bits);
            }
        }
        values
    }
}

/// Polynomials at some places, of coefficients that are picked one after the other: by pairs of terms, and pairs of pairs, so
/// that few operations wait for each other.
///
/// Source: Estrin, Organization of computer systems: the fixed plus variable structure computer, Western Joint Computer Conference
/// 1960.
#[inline(always)]
fn polynomials<const LEN: usize>(
    Tables([c0, c1, c2, c3, c4, c5, c6]): &Tables,
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
/// below are rounded to, is the last of all. Two are added to the exponent, so that the nearer octaves have a bit in common.
#[inline(always)]
fn digits(t: f32) -> u32 {
    t.to_bits() + (2 << MANTISSA) - 1
}

/// Returns the place of its octave in a table: in the five lowest bits.
#[inline(always)]
fn index(t: f32, above: u32) -> u32 {
    digits(t) >> MANTISSA & 15 | above & !15
}

/// Returns its place in its octave, from -1/2 to 1/2.
#[inline(always)]
fn place(t: f32) -> f32 {
    f32::from_bits(ONE | digits(t) & ((1 << MANTISSA) - 1)) - 1.5
}
