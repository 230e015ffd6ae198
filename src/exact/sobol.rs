//! Scrambled Sobol' points: evenly spread points of the unit cube, each scramble of them uniform on its own. Knows nothing
//! of what is integrated over them.

use super::joe_kuo::DIRECTIONS;
use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// The most dimensions that there are direction numbers for.
pub const MAX_DIMENSIONS: usize = DIRECTIONS.len() + 1;

/// Points are numbered by fewer bits than this.
const INDEX_BITS: usize = 32;

/// One scramble of the sequence.
#[derive(Clone, Debug)]
pub struct Sobol {
    /// Shape `[n_dimensions x INDEX_BITS]`: what each bit of a point's number adds.
    columns: Vec<[u64; INDEX_BITS]>,
    /// Shape `[n_dimensions]`.
    shift: Vec<u64>,
}

impl Sobol {
    /// The sequence as it is, from the point at the origin on.
    ///
    /// # Panics
    /// With more than [`MAX_DIMENSIONS`] dimensions.
    #[must_use]
    pub fn unscrambled(n_dimensions: usize) -> Self {
        assert!(n_dimensions <= MAX_DIMENSIONS);
        Self { columns: (0..n_dimensions).map(directions).collect(), shift: vec![0; n_dimensions] }
    }

    /// The sequence scrambled: in each dimension the digits of every point are multiplied by a random matrix, lower triangular
    /// with ones on its diagonal, and shifted. Every point is uniform on the cube, and together they are as even as before.
    ///
    /// Source: Matousek, On the L2-discrepancy for anchored boxes, J. Complexity 14 (1998), random linear scrambling.
    ///
    /// # Panics
    /// With more than [`MAX_DIMENSIONS`] dimensions.
    #[must_use]
    pub fn scrambled(n_dimensions: usize, seed: u64, replicate: u64) -> Self {
        let mut plain = Self::unscrambled(n_dimensions);
        for (dimension, (columns, shift)) in plain.columns.iter_mut().zip(&mut plain.shift).enumerate() {
            let mut random = random([seed, replicate, dimension as u64]);
            // Row r of the matrix makes digit r of those up to it, the most significant first.
            let rows: [u64; 64] = std::array::from_fn(|r| {
                let diagonal = 1 << (63 - r);
                random.next_u64() & !(diagonal - 1) | diagonal
            });
            for column in columns {
                let digit = |(r, row): (usize, &u64)| u64::from((row & *column).count_ones() & 1) << (63 - r);
                *column = rows.iter().enumerate().map(digit).sum();
            }
            *shift = random.next_u64();
        }
        plain
    }

    /// The point with a number as 64 binary digits a dimension.
    pub fn digits(&self, number: u64, out: &mut [u64]) {
        for ((columns, shift), digits) in self.columns.iter().zip(&self.shift).zip(out) {
            *digits = *shift;
            let mut rest = number;
            while rest != 0 {
                *digits ^= columns[rest.trailing_zeros() as usize % INDEX_BITS];
                rest &= rest - 1;
            }
        }
    }
}

/// The direction numbers of a dimension, as binary fractions.
///
/// Source: Bratley and Fox, Algorithm 659, ACM TOMS 14 (1988).
fn directions(dimension: usize) -> [u64; INDEX_BITS] {
    let Some(dimension) = dimension.checked_sub(1) else {
        return std::array::from_fn(|bit| 1 << (63 - bit));
    };
    let (polynomial, first) = DIRECTIONS[dimension];
    let degree = first.len();
    let mut columns = [0; INDEX_BITS];
    for bit in 0..INDEX_BITS {
        columns[bit] = if bit < degree {
            u64::from(first[bit]) << (63 - bit)
        } else {
            let start = columns[bit - degree] ^ columns[bit - degree] >> degree;
            (1..degree)
                .filter(|k| polynomial >> (degree - k) & 1 == 1)
                .fold(start, |v, k| v ^ columns[bit - k])
        };
    }
    columns
}

/// Random bits for scrambling, from a mix of some words.
fn random(words: [u64; 3]) -> SplitMix64 {
    let mix = |state: u64, word: u64| SplitMix64::seed_from_u64(state ^ word).next_u64();
    SplitMix64::seed_from_u64(words.into_iter().fold(0x6865_6164_7374_6172, mix))
}
