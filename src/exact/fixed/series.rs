//! Sums of three weights and more with densities: the Fourier series of their sign.

use super::super::series::size_of_all;
use super::super::spectrum::Spectrum;
use super::super::terms::{LANES, ONE, angles, multiply, stretch, total, turned};
use super::sign::{ENOUGH, Sign};
use crate::kernel::{Kernel, dispatch};
use std::f64::consts::PI;

/// The series ends where what is left is surely less,
const TOLERANCE: f64 = 1e-10;
/// or after so many blocks of terms.
const BLOCKS: usize = 2_048;

/// The sign of a constant and coefficients times numbers, one of which has a density; nothing if the series is too long.
///
/// Source: Gil-Pelaez, Note on the inversion theorem, Biometrika 38 (1951), for a gap of bounded range, where the integral is a sum.
pub fn sign(numbers: &[(&Spectrum, f64)], constant: f64) -> Option<Sign> {
    let (mut low, mut high) = (constant, constant);
    let (mut outside, mut error, mut centre) = (0.0, 0.0, constant);
    for (spectrum, c) in numbers {
        let ends = [spectrum.reach.0, spectrum.reach.1].map(|end| c * end);
        low += ends[0].min(ends[1]);
        high += ends[0].max(ends[1]);
        outside += spectrum.outside;
        error += spectrum.error();
        centre += c * spectrum.centre;
    }
    if low >= 0.0 || high <= 0.0 {
        return Some(Sign::of(f64::from(u8::from(low >= 0.0)), outside));
    }
    let step = PI / high.max(-low);
    let farthest = numbers.iter().map(|(spectrum, c)| spectrum.far() / c.abs()).fold(f64::INFINITY, f64::min);
    let mut blocks = 1;
    let mut rest = left(numbers, step, blocks);
    while rest > TOLERANCE && blocks < BLOCKS && step * (4 * LANES * blocks) as f64 <= farthest {
        blocks *= 2;
        rest = left(numbers, step, blocks);
    }
    if rest > ENOUGH {
        return None;
    }
    let sum: f64 = (0..blocks).map(|block| dispatch(Block { numbers, centre, step, block })).sum();
    // The terms are at most two over pi n, and each factor of a term is off by its table's error.
    let of_tables = 2.0 / PI * (1.0 + 0.5 * libm::log((2 * LANES * blocks) as f64)) * error;
    Some(Sign::of(0.5 + sum, rest + outside + of_tables))
}

/// Returns what is at most left of a series after so many blocks: octave by octave, as no term is greater than the first of its octave.
fn left(numbers: &[(&Spectrum, f64)], step: f64, blocks: usize) -> f64 {
    const OCTAVES: i32 = 40;
    let mut sum = 0.0;
    let mut last = 0.0;
    for octave in 0..OCTAVES {
        let first = (2 * LANES * blocks) as f64
            * f64::from(1 << octave.min(30))
            * f64::from(1 << (octave - 30).max(0));
        let size = size_of_all(numbers.iter().map(|(spectrum, c)| spectrum.size(c * step * first)));
        // Of the numbers of terms, which are odd, the reciprocals in an octave sum to half of the logarithm of two, and hardly more.
        last = 2.0 / PI * size * (0.5 * std::f64::consts::LN_2 + 1.0 / first);
        sum += last;
    }
    // From there on it falls at least by half from octave to octave.
    sum + last
}

/// Terms that are worked out together.
struct Block<'a> {
    numbers: &'a [(&'a Spectrum, f64)],
    centre: f64,
    step: f64,
    block: usize,
}

impl Kernel for Block<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let (numbers, angles) = angles(self.block, self.step);
        let mut wave = turned(&angles, self.centre);
        for (spectrum, c) in self.numbers {
            let mut terms = ONE;
            spectrum.fill(*c, &angles, &mut terms);
            if spectrum.is_even() {
                stretch(&mut wave, &terms[0]);
            } else {
                multiply(&mut wave, &terms);
            }
        }
        let mut sum = [0.0; LANES];
        for lane in 0..LANES {
            sum[lane] = wave[1][lane] * 2.0 / (PI * numbers[lane]);
        }
        total(&sum)
    }
}
