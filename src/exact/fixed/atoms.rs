//! Weights with finitely many values: all their sums, half of the numbers against the other half.

use super::sign::{ROUNDING, Sign};
use crate::distribution::Dist;

/// More sums than this of half of the numbers are not listed.
pub const MOST_SUMS: usize = 1 << 17;

/// The share of the size of all terms below which sums differ by rounding alone.
const SAME: f64 = 1e-13;

/// Sums were taken for the same several times, so that a sum of zero may be off by more.
const NEAR_ZERO: f64 = 16.0;

/// Returns true if a distribution has finitely many values.
pub fn is_discrete(dist: &Dist) -> bool {
    matches!(dist, Dist::Exact(_) | Dist::Discrete(_) | Dist::Samples(_))
}

/// The values of a distribution that has finitely many, with their probabilities.
fn values(dist: &Dist) -> Vec<(f64, f64)> {
    match dist {
        Dist::Exact(d) => vec![(d.value(), 1.0)],
        Dist::Discrete(d) => d.pairs().collect(),
        Dist::Samples(d) => {
            let p = 1.0 / d.values().len() as f64;
            d.values().iter().map(|x| (*x, p)).collect()
        }
        _ => unreachable!("only distributions with finitely many values are asked for them"),
    }
}

/// All sums of a constant and coefficients times numbers, rising; nothing if there are more than `most`.
fn sums(numbers: &[&(&Dist, f64)], constant: f64, same: f64, most: usize) -> Option<Vec<(f64, f64)>> {
    let mut sums = vec![(constant, 1.0)];
    for (dist, c) in numbers {
        let values = values(dist);
        if sums.len().saturating_mul(values.len()) > 4 * most {
            return None;
        }
        let mut next: Vec<(f64, f64)> =
            sums.iter().flat_map(|(x, p)| values.iter().map(move |(y, q)| (x + c * y, p * q))).collect();
        next.sort_by(|a, b| a.0.total_cmp(&b.0));
        next.dedup_by(|later, first| {
            let is_same = later.0 - first.0 <= same;
            if is_same {
                first.1 += later.1;
            }
            is_same
        });
        sums = next;
    }
    (sums.len() <= most).then_some(sums)
}

/// The size of all terms together.
fn size(numbers: &[&(&Dist, f64)], constant: f64) -> f64 {
    let greatest = |(dist, c): &&(&Dist, f64)| {
        let (low, high) = dist.support();
        c.abs() * low.abs().max(high.abs())
    };
    constant.abs() + numbers.iter().map(greatest).sum::<f64>()
}

/// The sign of a constant and coefficients times discrete numbers.
pub fn sign(numbers: &[&(&Dist, f64)], constant: f64) -> Option<Sign> {
    let same = SAME * size(numbers, constant);
    // The larger half of the work is in sorting, so that the halves should be alike.
    let all: usize = numbers.iter().map(|(dist, _)| dist.atoms().len()).fold(1, usize::saturating_mul);
    let (mut first, mut n_sums) = (0, 1_usize);
    while first < numbers.len() && n_sums.saturating_mul(n_sums) < all {
        n_sums = n_sums.saturating_mul(numbers[first].0.atoms().len());
        first += 1;
    }
    let one = sums(&numbers[..first], constant, same, MOST_SUMS)?;
    let other = sums(&numbers[first..], 0.0, same, MOST_SUMS)?;
    let above: Vec<f64> = other
        .iter()
        .rev()
        .scan(0.0, |sum, (_, p)| {
            *sum += p;
            Some(*sum)
        })
        .collect();
    // How many of the other half, counted from its greatest, make the sum positive, and how many make it no less than zero.
    let zero = NEAR_ZERO * same;
    let (mut n_positive, mut n_not_negative) = (0, 0);
    let upto = |n: usize| if n == 0 { 0.0 } else { above[n - 1] };
    let (mut before, mut tie) = (0.0, 0.0);
    for (x, p) in &one {
        let from_top = |n: usize| other[other.len() - 1 - n].0;
        while n_positive < other.len() && x + from_top(n_positive) > zero {
            n_positive += 1;
        }
        while n_not_negative < other.len() && x + from_top(n_not_negative) >= -zero {
            n_not_negative += 1;
        }
        before += p * upto(n_positive);
        tie += p * (upto(n_not_negative) - upto(n_positive));
    }
    let bound = ROUNDING * (numbers.len() + 2) as f64;
    Some(Sign { before: before.clamp(0.0, 1.0), tie: tie.clamp(0.0, 1.0), bound })
}

/// The mean over discrete numbers of the sign of a gap with a constant that they add to.
pub fn mean(numbers: &[&(&Dist, f64)], constant: f64, most: usize, of: impl Fn(f64) -> Sign) -> Option<Sign> {
    let same = SAME * size(numbers, constant);
    let mut mean = Sign { before: 0.0, tie: 0.0, bound: 0.0 };
    for (constant, p) in sums(numbers, constant, same, most)? {
        let sign = of(constant);
        mean.before += p * sign.before;
        mean.tie += p * sign.tie;
        mean.bound += p * sign.bound;
    }
    Some(Sign::of(mean.before, mean.bound + ROUNDING))
}
