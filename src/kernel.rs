//! Which instructions a kernel runs with: the widest that the processor has, found out when the program runs.
//! Knows no kernel, and is the only place of `unsafe`.
//!
//! A kernel is plain code that the compiler vectorises. It is compiled once for each set of instructions, and gives the
//! same bits with all of them: the operations and their order are the same, and the compiler fuses none.

use std::sync::atomic::{AtomicU8, Ordering};

/// Something to be computed with whatever instructions there are.
///
/// Everything that `run` calls in its loops must be inlined, or it is compiled without those instructions.
pub trait Kernel {
    /// What comes of it.
    type Output;

    /// The computation; to be marked `#[inline(always)]`.
    fn run(self) -> Self::Output;
}

/// A kernel that also asks of the registers what the compiler does not come by itself to do with them.
pub trait OnRegisters {
    /// What comes of it.
    type Output;

    /// The computation; to be marked `#[inline(always)]`.
    fn run(self, registers: impl Registers) -> Self::Output;
}

/// Numbers that are looked up together.
pub const LANES: usize = 16;

/// Numbers that are compared together.
pub const COMPARED: usize = 64;

/// A table of 32 numbers, which two registers of the widest kind hold.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Small(pub [f32; 32]);

/// The registers of a set of instructions, which are there: only [`dispatch`] has one to give.
pub trait Registers: Copy {
    /// Whether [`Registers::pick_upper`] is any quicker.
    const IS_SPLIT: bool = false;

    /// The number at each index, of which the five lowest bits count.
    fn pick(self, table: &Small, indices: [u32; LANES]) -> [f32; LANES];

    /// The same where the fourth bit of each index is set: the upper halves of both halves of the table.
    #[inline(always)]
    fn pick_upper(self, table: &Small, indices: [u32; LANES]) -> [f32; LANES] {
        self.pick(table, indices)
    }

    /// Which numbers are strictly greater than those beside them, one bit each from the lowest on; and whether any are equal.
    #[inline(always)]
    fn compare_singles(self, a: &[f32; COMPARED], b: &[f32; COMPARED]) -> (u64, bool) {
        compare(a, b)
    }

    /// The same in double precision.
    #[inline(always)]
    fn compare_doubles(self, a: &[f64; COMPARED], b: &[f64; COMPARED]) -> (u64, bool) {
        compare(a, b)
    }
}

/// A comparison by plain code.
#[inline(always)]
fn compare<R: PartialOrd + Copy>(a: &[R; COMPARED], b: &[R; COMPARED]) -> (u64, bool) {
    let (mut greater, mut equal) = (0, false);
    for at in 0..COMPARED {
        greater |= u64::from(a[at] > b[at]) << at;
        equal |= a[at] == b[at];
    }
    (greater, equal)
}

/// A set of instructions; each holds those before it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[repr(u8)]
pub enum Instructions {
    /// What the program was compiled for.
    Baseline,
    /// Vectors of four numbers, and counting of bits.
    Avx2,
    /// Vectors of eight numbers, and counting of bits in them.
    Avx512,
}

impl std::fmt::Display for Instructions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Baseline => "the baseline",
            Self::Avx2 => "AVX2",
            Self::Avx512 => "AVX-512",
        })
    }
}

impl Instructions {
    /// All sets that this processor has, from the narrowest on.
    #[must_use]
    pub fn available() -> Vec<Self> {
        [Self::Baseline, Self::Avx2, Self::Avx512].into_iter().filter(|&set| set <= widest()).collect()
    }
}

/// The set in use, or that nobody has asked yet.
static IN_USE: AtomicU8 = AtomicU8::new(UNKNOWN);
const UNKNOWN: u8 = u8::MAX;

/// Keeps the whole program from using wider instructions than these. Changes no result; for measuring and testing.
pub fn limit(instructions: Instructions) {
    IN_USE.store(widest().min(instructions) as u8, Ordering::Relaxed);
}

/// The set that kernels run with.
#[must_use]
pub fn in_use() -> Instructions {
    let set = IN_USE.load(Ordering::Relaxed);
    Instructions::available().into_iter().find(|known| *known as u8 == set).unwrap_or_else(widest)
}

/// Runs a kernel with the widest instructions that the processor has and the limit allows.
#[inline]
pub fn dispatch<K: Kernel>(kernel: K) -> K::Output {
    on_registers(Plain(kernel))
}

/// A kernel that asks for nothing.
struct Plain<K>(K);

impl<K: Kernel> OnRegisters for Plain<K> {
    type Output = K::Output;

    #[inline(always)]
    fn run(self, _: impl Registers) -> K::Output {
        self.0.run()
    }
}

/// The same for a kernel that asks something of the registers.
#[inline]
pub fn on_registers<K: OnRegisters>(kernel: K) -> K::Output {
    #[cfg(target_arch = "x86_64")]
    {
        let mut set = IN_USE.load(Ordering::Relaxed);
        if set == UNKNOWN {
            limit(Instructions::Avx512);
            set = IN_USE.load(Ordering::Relaxed);
        }
        // SAFETY: calling a function that is compiled for certain instructions is sound where the processor has them.
        // `set` is what `limit` stores, which is at most `widest()`, and that has asked the processor for each feature that
        // these functions enable; or it is still unknown, and neither of them is called.
        #[allow(unsafe_code)]
        unsafe {
            if set == Instructions::Avx512 as u8 {
                return avx512(kernel);
            }
            if set == Instructions::Avx2 as u8 {
                return avx2(kernel);
            }
        }
    }
    kernel.run(Scalar(()))
}

/// The widest set that the processor has.
#[cfg(target_arch = "x86_64")]
fn widest() -> Instructions {
    macro_rules! has { ($($feature:tt)*) => { $(is_x86_feature_detected!($feature))&&* } }
    if !has!("avx2" "bmi1" "bmi2" "lzcnt" "popcnt") {
        Instructions::Baseline
    } else if !has!("fma" "f16c" "avx512f" "avx512bw" "avx512cd" "avx512dq" "avx512vl" "avx512vpopcntdq") {
        Instructions::Avx2
    } else {
        Instructions::Avx512
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn widest() -> Instructions {
    Instructions::Baseline
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn avx2<K: OnRegisters>(kernel: K) -> K::Output {
    kernel.run(x86::Ymm(()))
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
#[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vpopcntdq")]
fn avx512<K: OnRegisters>(kernel: K) -> K::Output {
    kernel.run(x86::Zmm(()))
}

/// No registers that hold a table.
#[derive(Clone, Copy)]
struct Scalar(());

impl Registers for Scalar {
    #[inline(always)]
    fn pick(self, table: &Small, indices: [u32; LANES]) -> [f32; LANES] {
        indices.map(|index| table.0[index as usize % 32])
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn compare_singles(self, a: &[f32; COMPARED], b: &[f32; COMPARED]) -> (u64, bool) {
        x86::compare_singles(a, b)
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn compare_doubles(self, a: &[f64; COMPARED], b: &[f64; COMPARED]) -> (u64, bool) {
        x86::compare_doubles(a, b)
    }
}

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod x86 {
    use super::{COMPARED, LANES, Registers, Small};
    #[allow(clippy::wildcard_imports, reason = "names that are long enough by themselves")]
    use std::arch::x86_64::*;
    use std::mem::transmute;

    /// Those of AVX2. Made in `avx2` alone, so whoever has one runs with its instructions.
    #[derive(Clone, Copy)]
    pub struct Ymm(pub(super) ());

    /// Those of AVX-512. Made in `avx512` alone.
    #[derive(Clone, Copy)]
    pub struct Zmm(pub(super) ());

    /// Compares numbers register by register: the bits of each go beside those of the one before.
    macro_rules! compare {
        ($a:ident, $b:ident, [$register:ty; $n:literal], $x:ident, $y:ident => $greater:expr, $equal:expr) => {{
            let (a, b): ([$register; $n], [$register; $n]) = (transmute(*$a), transmute(*$b));
            let (mut greater, mut equal) = (0, 0);
            for at in 0..$n {
                let ($x, $y) = (a[at], b[at]);
                greater |= u64::from($greater as u32) << (at * COMPARED / $n);
                equal |= $equal as u32;
            }
            (greater, equal != 0)
        }};
    }

    /// With the instructions that all processors of the kind have.
    #[inline(always)]
    pub fn compare_singles(a: &[f32; COMPARED], b: &[f32; COMPARED]) -> (u64, bool) {
        // SAFETY: as above, of four numbers and `__m128`.
        unsafe {
            compare!(a, b, [__m128; 16], x, y =>
                _mm_movemask_ps(_mm_cmpgt_ps(x, y)), _mm_movemask_ps(_mm_cmpeq_ps(x, y)))
        }
    }

    /// The same in double precision.
    #[inline(always)]
    pub fn compare_doubles(a: &[f64; COMPARED], b: &[f64; COMPARED]) -> (u64, bool) {
        // SAFETY: as above, of two numbers and `__m128d`.
        unsafe {
            compare!(a, b, [__m128d; 32], x, y =>
                _mm_movemask_pd(_mm_cmpgt_pd(x, y)), _mm_movemask_pd(_mm_cmpeq_pd(x, y)))
        }
    }

    impl Registers for Ymm {
        const IS_SPLIT: bool = true;

        #[inline(always)]
        fn pick(self, Small(table): &Small, indices: [u32; LANES]) -> [f32; LANES] {
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
        fn pick_upper(self, Small(table): &Small, indices: [u32; LANES]) -> [f32; LANES] {
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
        fn compare_singles(self, a: &[f32; COMPARED], b: &[f32; COMPARED]) -> (u64, bool) {
            // SAFETY: as above.
            unsafe {
                compare!(a, b, [__m256; 8], x, y =>
                    _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_GT_OQ>(x, y)),
                    _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_EQ_OQ>(x, y)))
            }
        }

        #[inline(always)]
        fn compare_doubles(self, a: &[f64; COMPARED], b: &[f64; COMPARED]) -> (u64, bool) {
            // SAFETY: as above, of four numbers and `__m256d`.
            unsafe {
                compare!(a, b, [__m256d; 16], x, y =>
                    _mm256_movemask_pd(_mm256_cmp_pd::<_CMP_GT_OQ>(x, y)),
                    _mm256_movemask_pd(_mm256_cmp_pd::<_CMP_EQ_OQ>(x, y)))
            }
        }
    }

    impl Registers for Zmm {
        #[inline(always)]
        fn pick(self, Small(table): &Small, indices: [u32; LANES]) -> [f32; LANES] {
            // SAFETY: `Zmm` is made only where the processor has AVX-512 F. Arrays of sixteen numbers of 32 bits and
            // `__m512` or `__m512i` have the same size, and all their bit patterns are valid.
            unsafe {
                let [low, high]: [__m512; 2] = transmute(*table);
                transmute(_mm512_permutex2var_ps(low, transmute::<[u32; LANES], __m512i>(indices), high))
            }
        }

        #[inline(always)]
        fn compare_singles(self, a: &[f32; COMPARED], b: &[f32; COMPARED]) -> (u64, bool) {
            // SAFETY: as above.
            unsafe {
                compare!(a, b, [__m512; 4], x, y =>
                    _mm512_cmp_ps_mask::<_CMP_GT_OQ>(x, y), _mm512_cmp_ps_mask::<_CMP_EQ_OQ>(x, y))
            }
        }

        #[inline(always)]
        fn compare_doubles(self, a: &[f64; COMPARED], b: &[f64; COMPARED]) -> (u64, bool) {
            // SAFETY: as above, of eight numbers and `__m512d`.
            unsafe {
                compare!(a, b, [__m512d; 8], x, y =>
                    _mm512_cmp_pd_mask::<_CMP_GT_OQ>(x, y), _mm512_cmp_pd_mask::<_CMP_EQ_OQ>(x, y))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Pick {
        indices: [u32; LANES],
        upper: bool,
    }

    impl OnRegisters for Pick {
        type Output = [f32; LANES];

        #[inline(always)]
        fn run(self, registers: impl Registers) -> [f32; LANES] {
            let table = Small(std::array::from_fn(value));
            if self.upper {
                registers.pick_upper(&table, self.indices)
            } else {
                registers.pick(&table, self.indices)
            }
        }
    }

    fn value(index: usize) -> f32 {
        index as f32 * 1.5 - 7.0
    }

    /// What is picked is what stands there, in each lane and with all instructions; `cargo miri test --lib kernel` runs it too.
    #[test]
    fn lookups() {
        for set in Instructions::available() {
            limit(set);
            for start in 0..32 {
                // A bit above the five that count.
                let indices: [u32; LANES] =
                    std::array::from_fn(|lane| ((start * 7 + lane as u32 * 5) % 32) | 64);
                let there = |indices: [u32; LANES]| indices.map(|index| value(index as usize % 32));
                assert_eq!(on_registers(Pick { indices, upper: false }), there(indices), "{set}");
                let indices = indices.map(|index| index | 8);
                assert_eq!(on_registers(Pick { indices, upper: true }), there(indices), "{set}");
            }
        }
    }
}
