//! Special functions, from `libm` alone, so that their bits do not depend on the platform.

use super::normal_columns::standard_quantile;

/// The greatest shape for which the incomplete functions keep an error under 1e-9: above it the logarithms of the
/// gamma functions, which nearly cancel, are too large for the digits of a double.
pub const GREATEST_SHAPE: f64 = 1e5;

/// The least shape for which half of a distribution does not lie within the last digits of a bound.
pub const LEAST_SHAPE: f64 = 0.05;

/// The logarithm of the beta function.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b)
}

/// The regularized incomplete beta function I_x(a, b), with `ln_beta` that of a and b, and `rest` = 1 - x with its own
/// digits where it is small.
///
/// Source: the continued fraction of DLMF 8.17.22, by the modified method of Lentz (Thompson and Barnett 1986).
pub fn incomplete_beta((a, b): (f64, f64), ln_beta: f64, (x, rest): (f64, f64)) -> f64 {
    if x <= 0.0 {
        0.0
    } else if rest <= 0.0 {
        1.0
    } else if x < (a + 1.0) / (a + b + 2.0) {
        beta_fraction(a, b, ln_beta, x, rest)
    } else {
        1.0 - beta_fraction(b, a, ln_beta, rest, x)
    }
}

fn beta_fraction(a: f64, b: f64, ln_beta: f64, x: f64, rest: f64) -> f64 {
    let ahead = libm::exp(a * libm::log(x) + b * libm::log(rest) - ln_beta) / a;
    let step = |m: f64| {
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        (even, odd)
    };
    let (mut c, mut d) = (1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0)));
    let mut fraction = d;
    for m in 1..10_000 {
        let (even, odd) = step(f64::from(m));
        d = 1.0 / nonzero(1.0 + even * d);
        c = nonzero(1.0 + even / c);
        fraction *= c * d;
        d = 1.0 / nonzero(1.0 + odd * d);
        c = nonzero(1.0 + odd / c);
        let change = c * d;
        fraction *= change;
        if (change - 1.0).abs() < 4e-16 {
            break;
        }
    }
    ahead * fraction
}

/// The regularized incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x), each with its own small values.
///
/// Source: the series of DLMF 8.11.4 below the mean, the continued fraction of DLMF 8.9.2 above it.
pub fn incomplete_gamma(a: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x == f64::INFINITY {
        return (1.0, 0.0);
    }
    let ahead = libm::exp(a * libm::log(x) - x - libm::lgamma(a));
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        while term > sum * 1e-17 {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        let below = ahead * sum;
        return (below, 1.0 - below);
    }
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (f64::INFINITY, 1.0 / b);
    let mut fraction = d;
    for n in 1..10_000 {
        let n = f64::from(n);
        let term = -n * (n - a);
        b += 2.0;
        d = 1.0 / nonzero(term * d + b);
        c = nonzero(b + term / c);
        let change = c * d;
        fraction *= change;
        if (change - 1.0).abs() < 4e-16 {
            break;
        }
    }
    let above = ahead * fraction;
    (1.0 - above, above)
}

/// A divisor that is not 0.
fn nonzero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

/// The `y` in `least..=most` at which a tail probability reaches `t`, found in the logarithms of both: there a power law,
/// which is what a tail is, is a straight line.
///
/// `tail` gives the probability below `y`, rising with it, and its density. `guess` is close if there is one.
pub fn inverse(t: f64, guess: f64, (least, most): (f64, f64), tail: impl Fn(f64) -> (f64, f64)) -> f64 {
    let (mut low, mut high) = (least, most);
    let mut y = guess;
    for _ in 0..400 {
        let (p, density) = tail(y);
        if p < t {
            low = y;
        } else {
            high = y;
        }
        let step = libm::log(t / p) * p / (y * density);
        let next = y * libm::exp(step);
        if next > low && next < high {
            // Each step squares the error, as a share of the distance from the nearer end.
            if (next - y).abs() < 1e-7 * (y - least).min(most - y) {
                return next;
            }
            y = next;
        } else {
            let middle = if low == 0.0 {
                high / 16.0
            } else if high == f64::INFINITY {
                low * 16.0
            } else {
                (low * high).sqrt()
            };
            if !(middle > low && middle < high) || (high - low) < 1e-16 * high {
                break;
            }
            y = middle;
        }
    }
    y
}

/// Shapes from which on the tail points of a beta distribution have a closed form: it misses a probability of 0.025 by 1 % of it.
const LARGE_SHAPE: f64 = 30.0;

/// A shape beside which a small one makes the other end of a beta distribution a gamma distribution, to the last digits that matter.
const VAST_SHAPE: f64 = 1e8;

/// The point of the beta distribution with shapes a and b on 0..1 that is exceeded with probability `t`, or, unless it is to be an
/// `upper` one, fallen short of.
///
/// Source: Abramowitz and Stegun 26.5.22 where both shapes are large; else the incomplete functions are inverted from there.
#[must_use]
pub fn beta_tail((a, b): (f64, f64), t: f64, upper: bool) -> f64 {
    let near = if a >= LARGE_SHAPE && b >= LARGE_SHAPE { None } else { Some(a <= b) };
    match near {
        None => carter((a, b), t, upper),
        Some(true) => tail_near_0((a, b), t, upper),
        Some(false) => 1.0 - tail_near_0((b, a), t, !upper),
    }
}

/// The closed form, for shapes that are not below 1 by much.
fn carter((a, b): (f64, f64), t: f64, upper: bool) -> f64 {
    let y = if upper { standard_quantile(t) } else { -standard_quantile(t) };
    let (one, other) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
    let h = 2.0 / (one + other);
    let bend = (y * y - 3.0) / 6.0;
    let w = y * (h + bend).sqrt() / h - (other - one) * (bend + 5.0 / 6.0 - 2.0 / (3.0 * h));
    a / (a + b * libm::exp(2.0 * w))
}

/// Returns it where `a` is the smaller shape, and the point may be close to 0.
fn tail_near_0((a, b): (f64, f64), t: f64, upper: bool) -> f64 {
    let target = if upper { 1.0 - t } else { t };
    let guess = if a > 1.5 { carter((a, b), t, upper) } else { a / (a + b) };
    if b > VAST_SHAPE {
        let ln_gamma = libm::lgamma(a);
        let below = |y: f64| (incomplete_gamma(a, y).0, libm::exp((a - 1.0) * libm::log(y) - y - ln_gamma));
        let y = inverse(target, guess * b, (0.0, f64::INFINITY), below);
        return y / (y + b);
    }
    let ln_beta = ln_beta(a, b);
    let below = |x: f64| {
        let density = libm::exp((a - 1.0) * libm::log(x) + (b - 1.0) * libm::log1p(-x) - ln_beta);
        (incomplete_beta((a, b), ln_beta, (x, 1.0 - x)), density)
    };
    inverse(target, guess, (0.0, 1.0), below)
}
