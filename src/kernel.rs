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

impl Instructions {
    /// All sets that this processor has, from the narrowest on.
    #[must_use]
    pub fn available() -> Vec<Self> {
        [Self::Baseline, Self::Avx2, Self::Avx512].into_iter().filter(|&set| set <= widest()).collect()
    }
}

static LIMIT: AtomicU8 = AtomicU8::new(Instructions::Avx512 as u8);

/// Keeps the whole program from using wider instructions than these. Changes no result; for measuring and testing.
pub fn limit(instructions: Instructions) {
    LIMIT.store(instructions as u8, Ordering::Relaxed);
}

/// Runs a kernel with the widest instructions that the processor has and the limit allows.
#[inline]
pub fn dispatch<K: Kernel>(kernel: K) -> K::Output {
    #[cfg(target_arch = "x86_64")]
    {
        let set = (widest() as u8).min(LIMIT.load(Ordering::Relaxed));
        // SAFETY: calling a function that is compiled for certain instructions is sound where the processor has them.
        // `set` is at most `widest()`, which has asked the processor for each feature that these functions enable.
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
#[inline]
fn widest() -> Instructions {
    macro_rules! has { ($($feature:tt)*) => { $(is_x86_feature_detected!($feature))&&* } }
    // The standard library asks the processor once and remembers.
    if !has!("avx2" "bmi1" "bmi2" "lzcnt" "popcnt") {
        Instructions::Baseline
    } else if !has!("avx512f" "avx512bw" "avx512cd" "avx512dq" "avx512vl" "avx512vpopcntdq") {
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
