//! Comparisons by the vectors of WebAssembly, which the compiler does not come by itself to pack into bits.

use super::registers::COMPARED;
use std::arch::wasm32::{
    f32x4, f32x4_eq, f32x4_gt, f64x2, f64x2_eq, f64x2_gt, i8x16_bitmask, i8x16_narrow_i16x8,
    i16x8_narrow_i32x4, i32x4_shuffle, u32x4_splat, v128, v128_any_true, v128_or,
};

/// A word from the results of 64 comparisons, four by four: all bits of a number are set where its comparison holds.
macro_rules! word {
    (|$four:ident| $compared:expr) => {{
        let mut word = 0;
        for part in 0..4 {
            let mut fours = [u32x4_splat(0); 4];
            for n in 0..4 {
                let $four = 4 * part + n;
                fours[n] = $compared;
            }
            let [a, b, c, d] = fours;
            let bytes = i8x16_narrow_i16x8(i16x8_narrow_i32x4(a, b), i16x8_narrow_i32x4(c, d));
            word |= u64::from(i8x16_bitmask(bytes)) << (16 * part);
        }
        word
    }};
}

#[inline(always)]
fn four(x: &[f32; COMPARED], at: usize) -> v128 {
    f32x4(x[4 * at], x[4 * at + 1], x[4 * at + 2], x[4 * at + 3])
}

#[inline(always)]
fn two(x: &[f64; COMPARED], at: usize) -> v128 {
    f64x2(x[2 * at], x[2 * at + 1])
}

/// Compares numbers in single precision.
#[inline(always)]
pub fn compare_singles(a: &[[f32; COMPARED]], b: &[[f32; COMPARED]], greater: &mut [u64]) -> bool {
    let mut equal = u32x4_splat(0);
    for ((a, b), greater) in a.iter().zip(b).zip(greater) {
        *greater = word!(|at| {
            let (a, b) = (four(a, at), four(b, at));
            equal = v128_or(equal, f32x4_eq(a, b));
            f32x4_gt(a, b)
        });
    }
    v128_any_true(equal)
}

/// Compares numbers in double precision.
#[inline(always)]
pub fn compare_doubles(a: &[[f64; COMPARED]], b: &[[f64; COMPARED]], greater: &mut [u64]) -> bool {
    let mut equal = u32x4_splat(0);
    for ((a, b), greater) in a.iter().zip(b).zip(greater) {
        *greater = word!(|at| {
            let (low, high) = ((two(a, 2 * at), two(b, 2 * at)), (two(a, 2 * at + 1), two(b, 2 * at + 1)));
            equal = v128_or(equal, v128_or(f64x2_eq(low.0, low.1), f64x2_eq(high.0, high.1)));
            i32x4_shuffle::<0, 2, 4, 6>(f64x2_gt(low.0, low.1), f64x2_gt(high.0, high.1))
        });
    }
    v128_any_true(equal)
}
