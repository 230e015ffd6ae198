//! Choice of the instructions that a kernel runs with: the widest that the processor has, found out when the program runs.
//! Knows no kernel. All `unsafe` is in the one file beneath it.
//!
//! A kernel is plain code that the compiler vectorises. It is compiled once for each set of instructions, and gives the
//! same bits with all of them: the operations and their order are the same, and the compiler fuses none.

mod instructions;
mod registers;
#[cfg(target_arch = "wasm32")]
mod wasm;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use instructions::Instructions;
pub use registers::{COMPARED, LANES, OnRegisters, Registers, Small};

use std::sync::{Mutex, PoisonError};

/// No sets but the one.
#[cfg(not(target_arch = "x86_64"))]
mod x86 {
    use super::instructions::Instructions;
    use super::registers::OnRegisters;

    pub fn widest() -> Instructions {
        Instructions::Baseline
    }

    pub fn in_use() -> Instructions {
        Instructions::Baseline
    }

    pub fn limit(_: Instructions) {}

    pub fn run<K: OnRegisters>(kernel: K) -> Result<K::Output, K> {
        Err(kernel)
    }
}

/// Something to be computed with whatever instructions there are.
///
/// Everything that `run` calls in its loops must be inlined, or it is compiled without those instructions.
pub trait Kernel {
    /// Result of the kernel.
    type Output;

    /// The computation; to be marked `#[inline(always)]`.
    fn run(self) -> Self::Output;
}

impl Instructions {
    /// All sets that this processor has, from the narrowest on.
    #[must_use]
    pub fn available() -> Vec<Self> {
        Self::ALL.into_iter().filter(|&set| set <= x86::widest()).collect()
    }
}

/// Keeps the whole program from using wider instructions than these. Changes no result; for measuring and testing.
pub fn limit(instructions: Instructions) {
    x86::limit(instructions);
}

/// Does something with each set of instructions that the processor has, from the narrowest on. One caller at a time, because a limit holds
/// for the whole program.
pub fn with_each_set(mut f: impl FnMut(Instructions)) {
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for set in Instructions::available() {
        limit(set);
        f(set);
    }
    limit(Instructions::Avx512);
}

/// The set that kernels run with.
#[must_use]
pub fn in_use() -> Instructions {
    x86::in_use()
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

/// Runs a kernel that asks something of the registers.
#[inline]
pub fn on_registers<K: OnRegisters>(kernel: K) -> K::Output {
    x86::run(kernel).unwrap_or_else(|kernel| kernel.run(Scalar(())))
}

/// No registers that hold a table.
#[derive(Clone, Copy)]
struct Scalar(());

impl Registers for Scalar {
    #[inline(always)]
    fn pick(self, table: &Small, indices: [u32; LANES]) -> [f32; LANES] {
        indices.map(|index| table[index as usize % 32])
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn compare_singles(self, a: &[[f32; COMPARED]], b: &[[f32; COMPARED]], greater: &mut [u64]) -> bool {
        x86::compare_singles(a, b, greater)
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn compare_doubles(self, a: &[[f64; COMPARED]], b: &[[f64; COMPARED]], greater: &mut [u64]) -> bool {
        x86::compare_doubles(a, b, greater)
    }

    #[cfg(target_arch = "wasm32")]
    #[inline(always)]
    fn compare_singles(self, a: &[[f32; COMPARED]], b: &[[f32; COMPARED]], greater: &mut [u64]) -> bool {
        wasm::compare_singles(a, b, greater)
    }

    #[cfg(target_arch = "wasm32")]
    #[inline(always)]
    fn compare_doubles(self, a: &[[f64; COMPARED]], b: &[[f64; COMPARED]], greater: &mut [u64]) -> bool {
        wasm::compare_doubles(a, b, greater)
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
            let table = std::array::from_fn(value);
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

    struct Compare<'a, R> {
        a: &'a [[R; COMPARED]],
        b: &'a [[R; COMPARED]],
    }

    impl OnRegisters for Compare<'_, f32> {
        type Output = ([u64; 3], bool);

        #[inline(always)]
        fn run(self, registers: impl Registers) -> Self::Output {
            let mut greater = [0; 3];
            let equal = registers.compare_singles(self.a, self.b, &mut greater);
            (greater, equal)
        }
    }

    impl OnRegisters for Compare<'_, f64> {
        type Output = ([u64; 3], bool);

        #[inline(always)]
        fn run(self, registers: impl Registers) -> Self::Output {
            let mut greater = [0; 3];
            let equal = registers.compare_doubles(self.a, self.b, &mut greater);
            (greater, equal)
        }
    }

    /// All sets find what one comparison after the other finds, of numbers large and small, of zeros of both signs, and with equal
    /// ones in any place or in none.
    #[test]
    fn comparisons() {
        with_each_set(|set| {
            for place in 0..=3 * COMPARED {
                let number = |n: usize| match (n * 37 + place) % 11 {
                    0 => 0.0,
                    1 => f32::MIN_POSITIVE / 8.0,
                    2 => f32::MAX,
                    k => (k as f32 - 6.0) * 1.25,
                };
                let a: [f32; 3 * COMPARED] = std::array::from_fn(number);
                let mut b = a.map(|x| if x >= 0.0 { -x - 1e-30 } else { -x });
                if let Some(b) = b.get_mut(place) {
                    *b = if a[place] == 0.0 { -0.0 } else { a[place] };
                }
                let mut expected = [0; 3];
                for (n, (a, b)) in a.iter().zip(&b).enumerate() {
                    expected[n / COMPARED] |= u64::from(a > b) << (n % COMPARED);
                }
                let equal = place < a.len();
                let singles = Compare { a: a.as_chunks().0, b: b.as_chunks().0 };
                assert_eq!(on_registers(singles), (expected, equal), "{set}");
                let (a, b) = (a.map(f64::from), b.map(f64::from));
                let doubles = Compare { a: a.as_chunks().0, b: b.as_chunks().0 };
                assert_eq!(on_registers(doubles), (expected, equal), "{set}");
            }
        });
    }

    /// The number that is picked is the one at its index, in each lane and with all instructions; `cargo miri test --lib kernel` runs it too.
    #[test]
    fn lookups() {
        with_each_set(|set| {
            for start in 0..32 {
                // A bit above the five that count.
                let indices: [u32; LANES] =
                    std::array::from_fn(|lane| ((start * 7 + lane as u32 * 5) % 32) | 64);
                let there = |indices: [u32; LANES]| indices.map(|index| value(index as usize % 32));
                assert_eq!(on_registers(Pick { indices, upper: false }), there(indices), "{set}");
                let indices = indices.map(|index| index | 8);
                assert_eq!(on_registers(Pick { indices, upper: true }), there(indices), "{set}");
            }
        });
    }
}
