//! Sets of instructions of x86-64 processors, and their registers. The only place of `unsafe`.

#![allow(unsafe_code)]

use super::instructions::Instructions;
use super::registers::{COMPARED, LANES, OnRegisters, Registers, Small};
#[allow(clippy::wildcard_imports, reason = "names that are long enough by themselves")]
use std::arch::x86_64::*;
use std::mem::transmute;
use std::sync::atomic::{AtomicU8, Ordering};

/// The set in use, or that nobody has asked yet: no more than the processor has.
static IN_USE: AtomicU8 = AtomicU8::new(UNKNOWN);
const UNKNOWN: u8 = u8::MAX;

/// The widest set that the processor has.
pub fn widest() -> Instructions {
    macro_rules! has { ($($feature:tt)*) => { $(is_x86_feature_detected!($feature))&&* } }
    if !has!("avx2" "bmi1" "bmi2" "lzcnt" "popcnt") {
        Instructions::Baseline
    } else if !has!("fma" "f16c" "avx512f" "avx512bw" "avx512cd" "avx512dq" "avx512vl" "avx512vpopcntdq") {
        Instructions::Avx2
    } else {
        Instructions::Avx512
    }
}

/// Lets kernels use no more than a set, and no more than there is.
pub fn limit(instructions: Instructions) {
    IN_USE.store(widest().min(instructions) as u8, Ordering::Relaxed);
}

/// The set in use.
pub fn in_use() -> Instructions {
    let set = IN_USE.load(Ordering::Relaxed);
    Instructions::ALL.into_iter().find(|known| *known as u8 == set).unwrap_or_else(widest)
}

/// Runs a kernel with the set in use, or gives it back where that is the baseline.
#[inline]
pub fn run<K: OnRegisters>(kernel: K) -> Result<K::Output, K> {
    let mut set = IN_USE.load(Ordering::Relaxed);
    if set == UNKNOWN {
        limit(Instructions::Avx512);
        set = IN_USE.load(Ordering::Relaxed);
    }
    // SAFETY: calling a function that is compiled for certain instructions is sound where the processor has them.
    // `set` is what `limit` stores, which is at most `widest()`, and that has asked the processor for each feature that
    // these functions enable; or it is still unknown, and neither of them is called.
    unsafe {
        if set == Instructions::Avx512 as u8 {
            return Ok(avx512(kernel));
        }
        if set == Instructions::Avx2 as u8 {
            return Ok(avx2(kernel));
        }
    }
    Err(kernel)
}

#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn avx2<K: OnRegisters>(kernel: K) -> K::Output {
    kernel.run(Ymm(()))
}

#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
#[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vpopcntdq")]
fn avx512<K: OnRegisters>(kernel: K) -> K::Output {
    kernel.run(Zmm(()))
}

/// Those of AVX2. Made in `avx2` alone, so whoever has one runs with its instructions.
#[derive(Clone, Copy)]
pub struct Ymm(());

/// Those of AVX-512. Made in `avx512` alone.
#[derive(Clone, Copy)]
pub struct Zmm(());

/// Compares 64 numbers after the other: `$bits` makes a word of the registers `$a` and `$b`, and `$is_equal` says of what was
/// kept in `$equal` whether any two were equal.
macro_rules! compare {
    ($left:ident, $right:ident, $greater:ident, [$number:ty => $register:ty; $n:literal],
        $equal:ident = $start:expr, |$a:ident, $b:ident| $bits:expr, $is_equal:expr) => {{
        let mut $equal = $start;
        for ((a, b), greater) in $left.iter().zip($right).zip($greater) {
            let $a = transmute::<[$number; COMPARED], [$register; $n]>(*a);
            let $b = transmute::<[$number; COMPARED], [$register; $n]>(*b);
            *greater = $bits;
        }
        $is_equal
    }};
}

/// A word of bits from parts of it, the lowest first.
macro_rules! word {
    ($n:literal, |$at:ident| $bits:expr) => {{
        let mut word = 0;
        for $at in 0..$n {
            word |= u64::from($bits) << ($at * COMPARED / $n);
        }
        word
    }};
}

/// With the instructions that all processors of the kind have.
#[inline(always)]
pub fn compare_singles(a: &[[f32; COMPARED]], b: &[[f32; COMPARED]], greater: &mut [u64]) -> bool {
    // SAFETY: as above, of four numbers and `__m128`.
    unsafe {
        compare!(
            a,
            b,
            greater,
            [f32 => __m128; 16],
            equal = _mm_setzero_ps(),
            |a, b| word!(4, |at| {
                // Four registers of 32 bits a number become one of eight.
                let mut greater = [_mm_setzero_si128(); 4];
                for part in 0..4 {
                    let (a, b) = (a[4 * at + part], b[4 * at + part]);
                    greater[part] = _mm_castps_si128(_mm_cmpgt_ps(a, b));
                    equal = _mm_or_ps(equal, _mm_cmpeq_ps(a, b));
                }
                let [a, b, c, d] = greater;
                _mm_movemask_epi8(_mm_packs_epi16(_mm_packs_epi32(a, b), _mm_packs_epi32(c, d))).cast_unsigned()
            }),
            _mm_movemask_ps(equal) != 0
        )
    }
}

/// Compares numbers in double precision.
#[inline(always)]
pub fn compare_doubles(a: &[[f64; COMPARED]], b: &[[f64; COMPARED]], greater: &mut [u64]) -> bool {
    // SAFETY: as above, of two numbers and `__m128d`.
    unsafe {
        compare!(
            a,
            b,
            greater,
            [f64 => __m128d; 32],
            equal = _mm_setzero_pd(),
            |a, b| word!(32, |at| {
                equal = _mm_or_pd(equal, _mm_cmpeq_pd(a[at], b[at]));
                _mm_movemask_pd(_mm_cmpgt_pd(a[at], b[at])).cast_unsigned()
            }),
            _mm_movemask_pd(equal) != 0
        )
    }
}

impl Registers for Ymm {
    const IS_SPLIT: bool = true;

    #[inline(always)]
    fn pick(self, table: &Small, indices: [u32; LANES]) -> [f32; LANES] {
        // SAFETY: `Ymm` is made only where the processor has AVX2. Arrays of eight numbers of 32 bits and `__m256`
        // or `__m256i` have the same size, and all their bit patterns are valid.
        unsafe {
            // No closures: they would not be compiled with these instructions.
            let [a, b, c, d]: [__m256; 4] = transmute(*table);
            let indices: [__m256i; 2] = transmute(indices);
            let mut picked = [a; 2];
            for half in 0..2 {
                let index = indices[half];
                let second = _mm256_castsi256_ps(_mm256_slli_epi32::<28>(index));
                let upper = _mm256_castsi256_ps(_mm256_slli_epi32::<27>(index));
                let (a, b) = (_mm256_permutevar8x32_ps(a, index), _mm256_permutevar8x32_ps(b, index));
                let (c, d) = (_mm256_permutevar8x32_ps(c, index), _mm256_permutevar8x32_ps(d, index));
                let (low, high) = (_mm256_blendv_ps(a, b, second), _mm256_blendv_ps(c, d, second));
                picked[half] = _mm256_blendv_ps(low, high, upper);
            }
            transmute(picked)
        }
    }

    #[inline(always)]
    fn pick_upper(self, table: &Small, indices: [u32; LANES]) -> [f32; LANES] {
        // SAFETY: as above.
        unsafe {
            let [_, a, _, b]: [__m256; 4] = transmute(*table);
            let indices: [__m256i; 2] = transmute(indices);
            let mut picked = [a; 2];
            for half in 0..2 {
                let index = indices[half];
                let upper = _mm256_castsi256_ps(_mm256_slli_epi32::<27>(index));
                let (a, b) = (_mm256_permutevar8x32_ps(a, index), _mm256_permutevar8x32_ps(b, index));
                picked[half] = _mm256_blendv_ps(a, b, upper);
            }
            transmute(picked)
        }
    }

    #[inline(always)]
    fn compare_singles(self, a: &[[f32; COMPARED]], b: &[[f32; COMPARED]], greater: &mut [u64]) -> bool {
        // SAFETY: as above.
        unsafe {
            // Packing takes the halves of a register by themselves.
            let order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
            compare!(
                a,
                b,
                greater,
                [f32 => __m256; 8],
                equal = _mm256_setzero_ps(),
                |a, b| word!(2, |at| {
                    let mut greater = [_mm256_setzero_si256(); 4];
                    for part in 0..4 {
                        let (a, b) = (a[4 * at + part], b[4 * at + part]);
                        greater[part] = _mm256_castps_si256(_mm256_cmp_ps::<_CMP_GT_OQ>(a, b));
                        equal = _mm256_or_ps(equal, _mm256_cmp_ps::<_CMP_EQ_OQ>(a, b));
                    }
                    let [a, b, c, d] = greater;
                    let packed = _mm256_packs_epi16(_mm256_packs_epi32(a, b), _mm256_packs_epi32(c, d));
                    _mm256_movemask_epi8(_mm256_permutevar8x32_epi32(packed, order)).cast_unsigned()
                }),
                _mm256_movemask_ps(equal) != 0
            )
        }
    }

    #[inline(always)]
    fn compare_doubles(self, a: &[[f64; COMPARED]], b: &[[f64; COMPARED]], greater: &mut [u64]) -> bool {
        // SAFETY: as above, of four numbers and `__m256d`.
        unsafe {
            compare!(
                a,
                b,
                greater,
                [f64 => __m256d; 16],
                equal = _mm256_setzero_pd(),
                |a, b| word!(16, |at| {
                    equal = _mm256_or_pd(equal, _mm256_cmp_pd::<_CMP_EQ_OQ>(a[at], b[at]));
                    _mm256_movemask_pd(_mm256_cmp_pd::<_CMP_GT_OQ>(a[at], b[at])).cast_unsigned()
                }),
                _mm256_movemask_pd(equal) != 0
            )
        }
    }
}

impl Registers for Zmm {
    #[inline(always)]
    fn pick(self, table: &Small, indices: [u32; LANES]) -> [f32; LANES] {
        // SAFETY: `Zmm` is made only where the processor has AVX-512 F. Arrays of sixteen numbers of 32 bits and
        // `__m512` or `__m512i` have the same size, and all their bit patterns are valid.
        unsafe {
            let [low, high]: [__m512; 2] = transmute(*table);
            transmute(_mm512_permutex2var_ps(low, transmute::<[u32; LANES], __m512i>(indices), high))
        }
    }

    #[inline(always)]
    fn compare_singles(self, a: &[[f32; COMPARED]], b: &[[f32; COMPARED]], greater: &mut [u64]) -> bool {
        // SAFETY: as above.
        unsafe {
            // Comparisons into masks are slow: what is kept is the least difference, its sign shifted out.
            compare!(
                a,
                b,
                greater,
                [f32 => __m512; 4],
                least = _mm512_set1_epi32(-1),
                |a, b| word!(4, |at| {
                    let difference = _mm512_castps_si512(_mm512_sub_ps(a[at], b[at]));
                    least = _mm512_min_epu32(least, _mm512_add_epi32(difference, difference));
                    _mm512_cmp_ps_mask::<_CMP_GT_OQ>(a[at], b[at])
                }),
                _mm512_testn_epi32_mask(least, least) != 0
            )
        }
    }

    #[inline(always)]
    fn compare_doubles(self, a: &[[f64; COMPARED]], b: &[[f64; COMPARED]], greater: &mut [u64]) -> bool {
        // SAFETY: as above, of eight numbers and `__m512d`.
        unsafe {
            compare!(
                a,
                b,
                greater,
                [f64 => __m512d; 8],
                least = _mm512_set1_epi64(-1),
                |a, b| word!(8, |at| {
                    let difference = _mm512_castpd_si512(_mm512_sub_pd(a[at], b[at]));
                    least = _mm512_min_epu64(least, _mm512_add_epi64(difference, difference));
                    _mm512_cmp_pd_mask::<_CMP_GT_OQ>(a[at], b[at])
                }),
                _mm512_testn_epi64_mask(least, least) != 0
            )
        }
    }
}
