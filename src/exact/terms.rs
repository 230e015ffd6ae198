//! Terms of a Fourier series, eight at a time: angles, products and sums. Knows nothing of models.

use super::form::product;
use super::wave::sin_cos;

/// Terms that are worked out together.
pub const LANES: usize = 8;

/// Real and imaginary parts of eight terms.
pub type Terms = [[f64; LANES]; 2];

pub const ONE: Terms = [[1.0; LANES], [0.0; LANES]];

/// The numbers of the terms of a block, which are odd, and their angles.
#[inline(always)]
pub fn angles(block: usize, step: f64) -> ([f64; LANES], [f64; LANES]) {
    let (mut numbers, mut angles) = ([0.0; LANES], [0.0; LANES]);
    for lane in 0..LANES {
        numbers[lane] = (2 * (LANES * block + lane) + 1) as f64;
        angles[lane] = numbers[lane] * step;
    }
    (numbers, angles)
}

/// exp(i angle x) for all angles.
#[inline(always)]
pub fn turned(angles: &[f64; LANES], x: f64) -> Terms {
    let mut terms = ONE;
    for lane in 0..LANES {
        (terms[1][lane], terms[0][lane]) = sin_cos(angles[lane] * x);
    }
    terms
}

#[inline(always)]
pub fn multiply([re, im]: &mut Terms, [c, d]: &Terms) {
    for lane in 0..LANES {
        [re[lane], im[lane]] = product([re[lane], im[lane]], [c[lane], d[lane]]);
    }
}

#[inline(always)]
pub fn stretch([re, im]: &mut Terms, size: &[f64; LANES]) {
    for lane in 0..LANES {
        re[lane] *= size[lane];
        im[lane] *= size[lane];
    }
}

/// A sum in a fixed order that vectors have too.
#[inline(always)]
pub fn total(x: &[f64; LANES]) -> f64 {
    ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]))
}
