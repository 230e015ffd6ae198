//! The standard normal cdf and quantile, and powers of e, by polynomials that are looked up: right but for a few units of the last
//! digit, and quick for whole columns.

use super::standard_normal::{standard_cdf, wichura};
use super::table::through;
use crate::kernel::{Kernel, dispatch};
use std::f64::consts::LN_2;
use std::sync::LazyLock;

/// A polynomial in s from -1/2 to 1/2 over a cell, from the constant term up.
type Cell = [f64; 8];

/// Half the zeros of the Chebyshev polynomial of degree 8.
const NODES: Cell = [
    -0.490_392_640_201_615_2,
    -0.415_734_806_151_272_6,
    -0.277_785_116_509_801_1,
    -0.097_545_161_008_064_12,
    0.097_545_161_008_064_12,
    0.277_785_116_509_801_1,
    0.415_734_806_151_272_6,
    0.490_392_640_201_615_2,
];

const MANTISSA: u32 = 52;
const ONE: u64 = 0x3ff << MANTISSA;

/// The least probability, and the greatest below 1, that a normal score stands for.
pub const LEAST: f64 = f64::EPSILON / 2.0;

/// Replaces each standard normal of a column by the normal cdf at it, from [`LEAST`] to 1 - [`LEAST`].
pub fn standard_cdfs(column: &mut [f64]) {
    dispatch(Cdfs { cells: &CDF, column });
}

/// Replaces each probability of a column by the standard normal quantile at it.
pub fn standard_quantiles(column: &mut [f64]) {
    dispatch(Quantiles { cells: &QUANTILE, column });
}

/// Returns the standard normal quantile at `p`.
#[must_use]
pub fn standard_quantile(p: f64) -> f64 {
    in_cell(&QUANTILE, p).unwrap_or_else(|| wichura(p))
}

/// Replaces each number x of a column by e to the power of x.
pub fn exps(column: &mut [f64]) {
    dispatch(Exps { powers: &POWERS, column });
}

/// Returns e to the power of `x`.
#[must_use]
pub fn exp(x: f64) -> f64 {
    power(&POWERS, x)
}

/// Cells of the lower tail by the distance from 0, sixteen a unit, to where it is less than [`LEAST`].
static CDF: LazyLock<Box<[Cell; N_CDF]>> = LazyLock::new(|| {
    let mut cells = Box::new([Cell::default(); N_CDF]);
    for (n, cell) in cells.iter_mut().enumerate() {
        *cell = through(NODES, NODES.map(|s| standard_cdf(-(n as f64 + 0.5 + s) / CELLS_A_UNIT)));
    }
    cells
});
const CELLS_A_UNIT: f64 = 16.0;
/// A power of two, with which an index is cut.
const N_CDF: usize = 256;
/// A distance at which the tail is less than [`LEAST`].
const END: f64 = 8.5;

struct Cdfs<'a> {
    cells: &'a [Cell; N_CDF],
    column: &'a mut [f64],
}

impl Kernel for Cdfs<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for z in self.column {
            let place = z.abs().min(END) * CELLS_A_UNIT;
            let index = place as u32 as usize;
            let tail = at(&self.cells[index % N_CDF], place - index as f64 - 0.5).max(LEAST);
            *z = if *z < 0.0 { tail } else { 1.0 - tail };
        }
    }
}

/// Cells of the lower tail by the probability t: sixteen an octave of t, from 2^-56 to 1/2.
static QUANTILE: LazyLock<Box<[Cell; N_QUANTILE]>> = LazyLock::new(|| {
    let mut cells = Box::new([Cell::default(); N_QUANTILE]);
    for (n, cell) in cells.iter_mut().enumerate().take(N_OCTAVES << CELL_BITS) {
        let low = f64::from_bits((FIRST + n as u64) << (MANTISSA - CELL_BITS));
        let high = f64::from_bits((FIRST + n as u64 + 1) << (MANTISSA - CELL_BITS));
        *cell = through(NODES, NODES.map(|s| wichura(low + (s + 0.5) * (high - low))));
    }
    // One half, the only one that is the first of its octave.
    cells[N_OCTAVES << CELL_BITS] = Cell::default();
    cells
});
const CELL_BITS: u32 = 4;
const N_OCTAVES: usize = 55;
/// A power of two, with which an index is cut.
const N_QUANTILE: usize = 1024;
/// The key of 2^-56.
const FIRST: u64 = (0x3ff - 56) << CELL_BITS;

struct Quantiles<'a> {
    cells: &'a [Cell; N_QUANTILE],
    column: &'a mut [f64],
}

impl Kernel for Quantiles<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for p in self.column {
            *p = match in_cell(self.cells, *p) {
                Some(z) => z,
                None => wichura(*p),
            };
        }
    }
}

/// The standard normal quantile at `p`, if the lesser of the two tails is not below 2^-56.
#[inline(always)]
fn in_cell(cells: &[Cell; N_QUANTILE], p: f64) -> Option<f64> {
    let t = p.min(1.0 - p);
    let key = (t.to_bits() >> (MANTISSA - CELL_BITS)).wrapping_sub(FIRST);
    if key > (N_OCTAVES << CELL_BITS) as u64 {
        return None;
    }
    let rest = t.to_bits() << (64 - MANTISSA + CELL_BITS) >> (64 - MANTISSA);
    let z = at(&cells[key as usize % N_QUANTILE], f64::from_bits(ONE | rest) - 1.5);
    Some(if p > 0.5 { -z } else { z })
}

/// 2 to the power of so many parts of 64.
static POWERS: LazyLock<[f64; PARTS]> =
    LazyLock::new(|| std::array::from_fn(|part| libm::exp2(part as f64 / PARTS as f64)));
const PARTS: usize = 64;
const PART_BITS: u32 = 6;

struct Exps<'a> {
    powers: &'a [f64; PARTS],
    column: &'a mut [f64],
}

impl Kernel for Exps<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for x in self.column {
            *x = power(self.powers, *x);
        }
    }
}

/// e^x is 2^(k / 64) e^r, with the whole number k for which r is at most ln 2 / 128.
///
/// Source: Tang, Table-driven implementation of the exponential function in IEEE floating-point arithmetic, ACM TOMS 15 (1989).
#[inline(always)]
fn power(powers: &[f64; PARTS], x: f64) -> f64 {
    /// Beside this number others are whole, and in the last bits of the sum.
    const LARGE: f64 = 1.5 * (1_u64 << 52) as f64;
    /// ln 2 / 64, with so few digits that its product with k is exact, and the rest.
    const HIGH: f64 = f64::from_bits((LN_2 / PARTS as f64).to_bits() & !0xf_ffff);
    const LOW: f64 = LN_2 / PARTS as f64 - HIGH;
    /// The rest of ln 2 / 64, beyond double precision.
    const BEYOND: f64 = 2.319_046_813_846_299_6e-17 / PARTS as f64;
    /// Beyond, the result may not have all digits.
    const MOST: f64 = 700.0;
    if x.abs() > MOST || x.is_nan() {
        return libm::exp(x);
    }
    let shifted = x * (PARTS as f64 / LN_2) + LARGE;
    let (k, bits) = (shifted - LARGE, shifted.to_bits().wrapping_sub(LARGE.to_bits()));
    let r = (x - k * HIGH) - k * (LOW + BEYOND);
    let power = powers[bits as usize % PARTS];
    let rest = r + r * r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0))));
    let octaves = bits.cast_signed() >> PART_BITS;
    f64::from_bits((power + power * rest).to_bits().wrapping_add_signed(octaves << MANTISSA))
}

/// A polynomial by pairs of terms, so that few operations wait for each other.
#[inline(always)]
fn at([a, b, c, d, e, f, g, h]: &Cell, s: f64) -> f64 {
    let square = s * s;
    let (low, high) = ((a + b * s) + (c + d * s) * square, (e + f * s) + (g + h * s) * square);
    low + high * (square * square)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns are the functions for one number, in both tails and at their ends.
    #[test]
    fn columns_are_close() {
        let spread = |n: usize| (n as f64 * 0.618_033_988_749_894_9).fract();
        let mut z: Vec<f64> = (0..200_000).map(|n| 18.0 * (spread(n) - 0.5)).collect();
        z.extend([0.0, -0.0, 8.5, -8.5, 40.0, -40.0]);
        let mut found = z.clone();
        standard_cdfs(&mut found);
        for (z, found) in z.iter().zip(found) {
            let right = standard_cdf(*z).clamp(LEAST, 1.0 - LEAST);
            assert!(
                (found / right - 1.0).abs() < 1e-9 && (found - right).abs() < 4e-16,
                "{z}: {found} {right}"
            );
            assert!(z.abs() > 5.0 || (found / right - 1.0).abs() < 2e-11, "{z}: {found} {right}");
        }
        let deep = (1..=55).flat_map(|k| [1.0, 3.0].map(|m| m * libm::ldexp(1.0, -k)));
        let mut p: Vec<f64> = (0..200_000).map(spread).chain(deep.filter(|p| *p < 1.0)).collect();
        p.extend(p.clone().iter().map(|p| 1.0 - p));
        p.extend([0.0, 1.0, 0.5, 1e-300]);
        let mut found = p.clone();
        standard_quantiles(&mut found);
        for (p, found) in p.iter().zip(found) {
            let right = wichura(*p);
            assert!(
                found == right || (found - right).abs() < 1e-14 * (1.0 + right.abs()),
                "{p}: {found} {right}"
            );
        }
        let mut x: Vec<f64> = (0..200_000).map(|n| 1_400.0 * (spread(n) - 0.5) * spread(n + 7)).collect();
        x.extend([0.0, 709.5, -744.0, 800.0, -800.0, f64::INFINITY, f64::NEG_INFINITY]);
        let mut found = x.clone();
        exps(&mut found);
        for (x, found) in x.iter().zip(found) {
            let right = libm::exp(*x);
            assert!(found == right || (found / right - 1.0).abs() < 5e-16, "{x}: {found} {right}");
        }
    }
}
