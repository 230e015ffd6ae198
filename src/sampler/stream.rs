//! Streams of random numbers: the value contract. Which number an input draws in which draw is fixed by what
//! stands in this file, and a change of it is a value-breaking change of the program.
//!
//! An input has a stream of its own, keyed by the seed and the input's address and by nothing else, so an edit
//! elsewhere in a scenario leaves its numbers alone. A stream gives 1,024 numbers a block, and any block without those
//! before it, so the numbers of a draw do not depend on which thread drew them, nor on how many follow.

use crate::batch::{BLOCK, Column, ROW};
use crate::distribution::uniform_from_bits;
use crate::kernel::{Kernel, dispatch};
use sha2::{Digest, Sha256};

/// The version of the value contract: part of every key.
pub const STREAM_VERSION: u32 = 3;

/// The random numbers of one input.
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

    /// The generator of a block's leading bits, 32 a draw, of which a draw in single precision takes the upper 31.
    #[inline(always)]
    pub(super) fn leading(&self, block: u64) -> Generator {
        Generator::new(self.key[0], self.key[1], block)
    }

    /// The generator of 32 further bits, which a draw in double precision takes as well.
    #[inline(always)]
    pub(super) fn further(&self, block: u64) -> Generator {
        Generator::new(self.key[2], self.key[3], block)
    }

    /// Fills a column with the leading bits of a block.
    pub fn fill_bits(&self, block: u64, column: &mut [u32; BLOCK]) {
        dispatch(Bits { stream: self, block, column });
    }

    /// Fills a column with the uniform numbers of a block, each in (0, 1): the leading bits and then 20 of the further
    /// ones are their fraction.
    pub fn fill(&self, block: u64, column: &mut Column) {
        dispatch(Fill { stream: self, block, column });
    }
}

/// Sixteen xoshiro128+ generators that step side by side; number `n` comes from step `n / 16` of generator `n % 16`.
///
/// The state of generator `lane` is output number `block * 16 + lane` of two SplitMix64, which start from two words of the
/// key: the low half of the first, its high half, and those of the second.
///
/// Source: Blackman and Vigna, Scrambled Linear Pseudorandom Number Generators, ACM TOMS 47 (2021); Steele, Lea
/// and Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
#[derive(Clone, Copy)]
pub(super) struct Generator([[u32; ROW]; 4]);

impl Generator {
    #[inline(always)]
    fn new(one: u64, other: u64, block: u64) -> Self {
        let mut state = [[0; ROW]; 4];
        for (lane, n) in (0..ROW).zip(block.wrapping_mul(ROW as u64)..) {
            let (a, b) = (split_mix(one, n), split_mix(other, n));
            state[0][lane] = a as u32;
            state[1][lane] = (a >> 32) as u32;
            state[2][lane] = b as u32;
            state[3][lane] = (b >> 32) as u32;
        }
        Self(state)
    }

    #[inline(always)]
    pub fn next(&mut self) -> [u32; ROW] {
        let [s0, s1, s2, s3] = &mut self.0;
        let mut out = [0; ROW];
        for lane in 0..ROW {
            out[lane] = s0[lane].wrapping_add(s3[lane]);
            let t = s1[lane] << 9;
            s2[lane] ^= s0[lane];
            s3[lane] ^= s1[lane];
            s1[lane] ^= s2[lane];
            s0[lane] ^= s3[lane];
            s2[lane] ^= t;
            s3[lane] = s3[lane].rotate_left(11);
        }
        out
    }
}

struct Bits<'a> {
    stream: &'a Stream,
    block: u64,
    column: &'a mut [u32; BLOCK],
}

impl Kernel for Bits<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let mut leading = self.stream.leading(self.block);
        for row in self.column.as_chunks_mut::<ROW>().0 {
            *row = leading.next();
        }
    }
}

struct Fill<'a> {
    stream: &'a Stream,
    block: u64,
    column: &'a mut Column,
}

impl Kernel for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let mut uniforms = Uniforms::new(self.stream, self.block);
        for row in self.column.as_chunks_mut::<ROW>().0 {
            *row = uniforms.next();
        }
    }
}

/// The uniform numbers of a block, row by row.
pub(super) struct Uniforms {
    leading: Generator,
    further: Generator,
}

impl Uniforms {
    #[inline(always)]
    pub fn new(stream: &Stream, block: u64) -> Self {
        Self { leading: stream.leading(block), further: stream.further(block) }
    }

    #[inline(always)]
    pub fn next(&mut self) -> [f64; ROW] {
        let (leading, further) = (self.leading.next(), self.further.next());
        let mut out = [0.0; ROW];
        for lane in 0..ROW {
            out[lane] = uniform_from_bits(u64::from(leading[lane]) << 32 | u64::from(further[lane]));
        }
        out
    }
}

const _: () = assert!(BLOCK.is_multiple_of(ROW));

/// Output number `n`, from 0, of the SplitMix64 that starts from `key`.
#[inline(always)]
fn split_mix(key: u64, n: u64) -> u64 {
    let mut z = key.wrapping_add(n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
