//! The sets of instructions that kernels are compiled for.

/// A set of instructions; each holds those before it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[repr(u8)]
pub enum Instructions {
    /// The instructions that the program was compiled for.
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
    /// All sets, from the narrowest on.
    pub(super) const ALL: [Self; 3] = [Self::Baseline, Self::Avx2, Self::Avx512];
}
