//! Sums of exponential numbers that race each other, by a recursion that only adds: the volume of a simplex that a plane cuts.

use super::sign::{ROUNDING, Sign};

/// More exponential numbers than this, counting a gamma number of a whole shape as so many, are integrated instead.
const MOST: f64 = 512.0;

/// The sign of a sum of coefficients times independent gamma numbers, if their shapes are whole. Each pair is a coefficient, which is not
/// zero, and a shape.
pub fn sign(gammas: &[(f64, f64)], constant: f64) -> Option<Sign> {
    let total: f64 = gammas.iter().map(|(_, shape)| shape).sum();
    if constant != 0.0 || total > MOST || gammas.iter().any(|(_, shape)| shape.fract() != 0.0) {
        return None;
    }
    let expanded: Vec<f64> =
        gammas.iter().flat_map(|&(c, shape)| std::iter::repeat_n(c, shape as usize)).collect();
    Some(of_exponentials(&expanded, &mut Vec::new()))
}

/// The sign of a sum of coefficients times independent exponential numbers of mean one. The second argument is working room.
pub fn of_exponentials(coefficients: &[f64], room: &mut Vec<f64>) -> Sign {
    let (n_ahead, n_behind) =
        coefficients.iter().fold((0, 0), |(a, b), c| (a + usize::from(*c > 0.0), b + usize::from(*c < 0.0)));
    if n_ahead + n_behind == 0 {
        return Sign::certain(0.0);
    }
    // Each step rounds a few times, and what it rounds only grows by as much.
    let bound = (n_ahead + n_behind) as f64 * ROUNDING;
    Sign::of(first_is_longer(coefficients, room), bound)
}

/// The probability that the sum of the positive parts is longer than the sum of the negative parts. By the last of each: the shorter one is
/// done first, with a probability that their means tell, and what is left of the other is distributed as if it had just begun.
///
/// Source: Varsi, The multidimensional content of the frustum of the simplex, Pacific J. Math. 46 (1973).
fn first_is_longer(coefficients: &[f64], chance: &mut Vec<f64>) -> f64 {
    // After some of the negative parts, one number per count of positive parts.
    chance.clear();
    chance.push(0.0);
    chance.extend(coefficients.iter().filter(|c| **c > 0.0).map(|_| 1.0));
    for behind in coefficients.iter().filter(|c| **c < 0.0).map(|c| -c) {
        let mut before = 0.0;
        for (place, ahead) in (1..).zip(coefficients.iter().filter(|c| **c > 0.0)) {
            let total = ahead + behind;
            before = chance[place] * (ahead / total) + before * (behind / total);
            chance[place] = before;
        }
    }
    chance.last().copied().expect("there is one number more than positive parts")
}
