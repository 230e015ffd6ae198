//! Streams of uniform numbers: the value contract. Which number an input draws in which instance is fixed by what
//! stands in this file, and a change of it is a value-breaking change of the program.
//!
//! An input has a stream of its own, keyed by the seed and the input's address and by nothing else, so an edit
//! elsewhere in a scenario leaves its numbers alone. A stream gives 1,024 numbers a block, and any block without those
//! before it, so the numbers of an instance do not depend on which thread drew them, nor on how many follow.

use crate::batch::{BLOCK, Column};
use crate::dist::{Dist, uniform_from_bits};
use crate::kernel::{Kernel, dispatch};
use sha2::{Digest, Sha256};

/// The version of the value contract: part of every key.
pub const STREAM_VERSION: u32 = 1;

/// Generators that step side by side, so that the compiler can step them in vector registers.
const LANES: usize = 16;

/// The uniform numbers of one input.
#[derive(Clone, Debug)]
pub struct Stream {
    key: [u64; 4],
}

impl Stream {
    /// The stream of the input at `address`.
    ///
    /// The key is the SHA-256 of version, seed and address, read as four little-endian words.
    #[must_use]
    pub fn new(seed: u64, address: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"headstart stream");
        hash.update(STREAM_VERSION.to_le_bytes());
        hash.update(seed.to_le_bytes());
        hash.update(address.as_bytes());
        let mut key = [0; 4];
        for (word, bytes) in key.iter_mut().zip(hash.finalize().chunks_exact(8)) {
            *word = bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
        }
        Self { key }
    }

    /// Fills a column with the uniform numbers of a block, each in (0, 1).
    ///
    /// Sixteen xoshiro256++ generators step side by side; number `n` comes from step `n / 16` of generator
    /// `n % 16`. Word `w` of the state of generator `lane` is the output number `block * 16 + lane` of the SplitMix64
    /// that starts from word `w` of the key.
    ///
    /// Source: Blackman and Vigna, Scrambled Linear Pseudorandom Number Generators, ACM TOMS 47 (2021); Steele, Lea
    /// and Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
    pub fn fill(&self, block: u64, column: &mut Column) {
        self.fill_with(block, column, |u| u);
    }

    /// Fills a column with draws of a block: each of those numbers through the quantile function of `dist`.
    pub fn draw(&self, block: u64, column: &mut Column, dist: &Dist) {
        match *dist {
            // The families whose quantile is so short that it is best worked out beside the generators.
            Dist::Triangular(d) => self.fill_with(block, column, move |u| d.quantile(u)),
            Dist::Uniform(d) => self.fill_with(block, column, move |u| d.quantile(u)),
            _ => {
                self.fill(block, column);
                dist.quantiles(column);
            }
        }
    }

    fn fill_with(&self, block: u64, column: &mut Column, quantile: impl Fn(f64) -> f64) {
        dispatch(Fill { key: self.key, block, column, quantile });
    }
}

struct Fill<'a, Q> {
    key: [u64; 4],
    block: u64,
    column: &'a mut Column,
    quantile: Q,
}

impl<Q: Fn(f64) -> f64> Kernel for Fill<'_, Q> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let mut state = [[0; LANES]; 4];
        for (words, key) in state.iter_mut().zip(self.key) {
            for (lane, word) in (0_u64..).zip(words) {
                let n = self.block.wrapping_mul(LANES as u64).wrapping_add(lane);
                *word = split_mix(key, n);
            }
        }
        let [mut s0, mut s1, mut s2, mut s3] = state;
        // Moved out of `self`, or else the compiler has to believe that writing to the column changes it.
        let quantile = self.quantile;
        for row in self.column.as_chunks_mut::<LANES>().0 {
            for lane in 0..LANES {
                let bits = s0[lane].wrapping_add(s3[lane]).rotate_left(23).wrapping_add(s0[lane]);
                let t = s1[lane] << 17;
                s2[lane] ^= s0[lane];
                s3[lane] ^= s1[lane];
                s1[lane] ^= s2[lane];
                s0[lane] ^= s3[lane];
                s2[lane] ^= t;
                s3[lane] = s3[lane].rotate_left(45);
                row[lane] = uniform_from_bits(bits);
            }
            for u in row {
                *u = quantile(*u);
            }
        }
    }
}

const _: () = assert!(BLOCK.is_multiple_of(LANES));

/// Output number `n`, from 0, of the SplitMix64 that starts from `key`.
#[inline(always)]
fn split_mix(key: u64, n: u64) -> u64 {
    let mut z = key.wrapping_add(n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
