//! The registers of a set of instructions: what a kernel may ask of them, and how plain code does it.

/// A kernel that also asks of the registers what the compiler does not come by itself to do with them.
pub trait OnRegisters {
    /// Result of the kernel.
    type Output;

    /// The computation; to be marked `#[inline(always)]`.
    fn run(self, registers: impl Registers) -> Self::Output;
}

/// Numbers that are looked up together.
pub const LANES: usize = 16;

/// Numbers that are compared together.
pub const COMPARED: usize = 64;

/// A table of 32 numbers, which two registers of the widest kind hold.
pub type Small = [f32; 32];

/// The registers of a set of instructions, which are there: only [`on_registers`](super::on_registers) has one to give.
pub trait Registers: Copy {
    /// True if [`Registers::pick_upper`] is any quicker.
    const IS_SPLIT: bool = false;

    /// The number at each index, of which the five lowest bits count.
    fn pick(self, table: &Small, indices: [u32; LANES]) -> [f32; LANES];

    /// Picks where the fourth bit of each index is set: from the upper halves of both halves of the table.
    #[inline(always)]
    fn pick_upper(self, table: &Small, indices: [u32; LANES]) -> [f32; LANES] {
        self.pick(table, indices)
    }

    /// Compares numbers with those beside them: a word for each 64, one bit per number from the lowest on, set where it is greater.
    /// Returns true if any two are equal.
    #[inline(always)]
    fn compare_singles(self, a: &[[f32; COMPARED]], b: &[[f32; COMPARED]], greater: &mut [u64]) -> bool {
        compare(a, b, greater)
    }

    /// Compares numbers in double precision, as [`Self::compare_singles`] does.
    #[inline(always)]
    fn compare_doubles(self, a: &[[f64; COMPARED]], b: &[[f64; COMPARED]], greater: &mut [u64]) -> bool {
        compare(a, b, greater)
    }
}

/// A comparison by plain code.
#[inline(always)]
fn compare<R: PartialOrd + Copy>(a: &[[R; COMPARED]], b: &[[R; COMPARED]], greater: &mut [u64]) -> bool {
    let mut equal = false;
    for ((a, b), greater) in a.iter().zip(b).zip(greater) {
        *greater = 0;
        for at in 0..COMPARED {
            *greater |= u64::from(a[at] > b[at]) << at;
            equal |= a[at] == b[at];
        }
    }
    equal
}
