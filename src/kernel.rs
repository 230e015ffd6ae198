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
    kernel.run()
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
fn avx2<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
#[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vpopcntdq")]
fn avx512<K: Kernel>(kernel: K) -> K::Output {
    kernel.run()
}
