//! One or two weights with densities: a distribution function, or the mean of one distribution function over the other weight.

use super::super::nodes::panel;
use super::sign::Sign;
use crate::distribution::Dist;

/// The error of the probabilities of families that have no closed form; their quantiles come from tables.
const TABLES: f64 = 1e-9;
const CLOSED_FORMS: f64 = 1e-14;

/// A part of the integral is fine enough where this is all that it may be off.
const FINE: f64 = 1e-12;

/// Parts of the integral at most: each takes 16 values.
const MOST_PARTS: usize = 2_000;

/// A number and its coefficient.
type Multiple<'a> = (&'a Dist, f64);

/// The sign of a constant and a coefficient times a number.
pub fn one(number: &Multiple<'_>, constant: f64) -> Sign {
    let &(dist, c) = number;
    Sign::of(beyond(dist, c, constant), error(dist))
}

/// The sign of a constant and coefficients times two numbers.
pub fn two(one: &Multiple<'_>, other: &Multiple<'_>, constant: f64) -> Sign {
    let ((inner, c), (outer, d)) =
        if error(one.0) < error(other.0) { (*other, *one) } else { (*one, *other) };
    let inside = |u: f64| beyond(inner, c, constant + d * outer.quantile(u));
    let ends = [inside(0.0), inside(1.0)];
    // Parts whose halves disagree are cut again, the greatest disagreement first.
    let mut parts = vec![IntegralPart::new(&inside, 0.0, 1.0, ends)];
    let mut next = Vec::new();
    let mut n_parts = 1;
    let (mut sum, mut off) = (0.0, 0.0);
    while !parts.is_empty() {
        for part in parts.drain(..) {
            if part.error <= FINE * (part.to - part.from) || part.error <= FINE * FINE || n_parts > MOST_PARTS
            {
                sum += part.sum;
                off += part.error;
                continue;
            }
            n_parts += 1;
            let middle = f64::midpoint(part.from, part.to);
            let at_middle = inside(middle);
            next.push(IntegralPart::new(&inside, part.from, middle, [part.ends[0], at_middle]));
            next.push(IntegralPart::new(&inside, middle, part.to, [at_middle, part.ends[1]]));
        }
        std::mem::swap(&mut parts, &mut next);
    }
    Sign::of(sum, off + error(inner) + error(outer))
}

/// A part of the integral.
struct IntegralPart {
    from: f64,
    to: f64,
    /// The function at both ends, between which it lies.
    ends: [f64; 2],
    sum: f64,
    /// A bound on how far the sum may be off.
    error: f64,
}

impl IntegralPart {
    fn new(inside: &impl Fn(f64) -> f64, from: f64, to: f64, ends: [f64; 2]) -> Self {
        let middle = f64::midpoint(from, to);
        let over = |from: f64, to: f64| panel(from, to).iter().map(|(u, w)| w * inside(*u)).sum::<f64>();
        let sum = over(from, middle) + over(middle, to);
        // The function rises or falls throughout, and weights of nodes are positive: no sum is off by more than the range.
        let range = (ends[1] - ends[0]).abs() * (to - from);
        Self { from, to, ends, sum, error: (sum - over(from, to)).abs().min(range) }
    }
}

/// The probability that a constant and a coefficient times a number are positive.
fn beyond(dist: &Dist, c: f64, constant: f64) -> f64 {
    let place = -constant / c;
    match (place == f64::INFINITY, place == f64::NEG_INFINITY, c > 0.0) {
        (true, _, true) | (_, true, false) => 0.0,
        (true, _, false) | (_, true, true) => 1.0,
        (_, _, true) => dist.survival(place),
        (_, _, false) => dist.cdf(place),
    }
}

fn error(dist: &Dist) -> f64 {
    match dist {
        Dist::Uniform(_) | Dist::Triangular(_) | Dist::Exponential(_) => CLOSED_FORMS,
        _ => TABLES,
    }
}
