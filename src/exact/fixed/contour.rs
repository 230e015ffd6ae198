//! Sums of gamma numbers: the integral of their moment generating function along a line between its poles, which converges exponentially.

use super::sign::{ROUNDING, Sign};
use std::f64::consts::PI;

/// Coefficient and shape of each gamma number, and what is added to their sum.
struct Sum<'a> {
    gammas: &'a [(f64, f64)],
    /// 1, or -1 for the sum's opposite.
    sign: f64,
    constant: f64,
}

/// The line: where it crosses the real axis, how wide a unit of its variable is there, and how far it leans.
struct Line {
    centre: f64,
    width: f64,
    /// Sine and cosine of the lean.
    lean: (f64, f64),
}

/// The first step, which is then halved.
const STEP: f64 = 0.25;
/// The most times that it is halved.
const HALVINGS: usize = 8;
/// The most that two steps may differ by, as a share of the greatest probability that the line allows.
const CLOSE: f64 = 1e-12;
/// The share that is left where the sum ends, at most.
const REST: f64 = 1e-14;
/// The line leans by so much towards where a constant makes the function fall.
const LEAN: f64 = 0.5;

/// The sign of a constant and coefficients times independent gamma numbers; each pair is a coefficient, which is not zero, and a shape.
///
/// P(X > 0) is the integral of M(s) / (2 pi i s) from below to above along a line with 0 on its left and the poles of M(s) = E exp(s X) that
/// positive coefficients make on its right. With s = a + i b sinh(u) it is a sum over equal steps of u.
///
/// Source: Lugannani and Rice, Saddle point approximation, Adv. Appl. Prob. 12 (1980), for the line; Trefethen and Weideman, The exponentially
/// convergent trapezoidal rule, SIAM Review 56 (2014), for the sum.
pub fn sign(gammas: &[(f64, f64)], constant: f64) -> Option<Sign> {
    let mean = constant + gammas.iter().map(|(c, shape)| c * shape).sum::<f64>();
    // The less probable side is worked out, which keeps its digits.
    let sign = if mean > 0.0 { -1.0 } else { 1.0 };
    let sum = Sum { gammas, sign, constant: sign * constant };
    let (p, bound) = sum.positive()?;
    Some(Sign::of(if sign < 0.0 { 1.0 - p } else { p }, bound))
}

/// Equal steps along a line.
#[derive(Clone, Copy)]
struct Steps {
    first: f64,
    step: f64,
}

impl Sum<'_> {
    fn coefficients(&self) -> impl Iterator<Item = (f64, f64)> {
        self.gammas.iter().map(|(c, shape)| (self.sign * c, *shape))
    }

    /// The probability that the sum is positive, and how far it may be off. The mean is not positive.
    fn positive(&self) -> Option<(f64, f64)> {
        let greatest = self.coefficients().map(|(c, _)| c).fold(0.0, f64::max);
        let least = self.coefficients().map(|(c, _)| c).fold(0.0, f64::min);
        if greatest <= 0.0 && self.constant <= 0.0 {
            return Some((0.0, 0.0));
        }
        if least >= 0.0 && self.constant >= 0.0 {
            return Some((1.0, 0.0));
        }
        let line = self.line(greatest)?;
        let top = self.at(&line, 0.0).value;
        let (mut sum, mut step) = (0.5 * top, STEP);
        let mut rest = self.add(&line, Steps { first: step, step }, top, &mut sum);
        let mut last = sum * step;
        for halving in 0..HALVINGS {
            rest = rest.max(self.add(&line, Steps { first: step / 2.0, step }, top, &mut sum));
            step /= 2.0;
            let next = sum * step;
            let off = (next - last).abs();
            last = next;
            if halving > 0 && off <= CLOSE * top {
                let shapes = self.coefficients().map(|(_, shape)| shape).sum::<f64>();
                let rounding = ROUNDING * (shapes + 1.0) * top;
                return Some((next / PI, (off + rest + rounding) / PI));
            }
        }
        None
    }

    /// A line through the saddle, or near a pole as far from it as from zero.
    fn line(&self, greatest: f64) -> Option<Line> {
        // From 0 to the first pole the logarithm of M(s) / s falls and then rises.
        let slope = |s: f64| {
            self.constant + self.coefficients().map(|(c, shape)| shape * c / (1.0 - c * s)).sum::<f64>()
                - 1.0 / s
        };
        let mut ends = (0.0, 1.0 / greatest);
        if greatest <= 0.0 {
            ends.1 = 1.0 / self.constant;
            while slope(ends.1) < 0.0 {
                ends = (ends.1, 2.0 * ends.1);
            }
        }
        for _ in 0..60 {
            let middle = f64::midpoint(ends.0, ends.1);
            if slope(middle) < 0.0 {
                ends.0 = middle;
            } else {
                ends.1 = middle;
            }
        }
        let saddle = ends.0;
        let pole = if greatest > 0.0 { 1.0 / greatest } else { f64::INFINITY };
        let curvature: f64 = self
            .coefficients()
            .map(|(c, shape)| {
                let x = c / (1.0 - c * saddle);
                shape * x * x
            })
            .sum();
        let width = (1.0 / (curvature + 1.0 / (saddle * saddle)).sqrt()).min(pole - saddle);
        let lean = if self.constant == 0.0 { 0.0 } else { LEAN * self.constant.signum() };
        let lean = (libm::sin(lean), libm::cos(lean));
        let is_usable = saddle > 0.0 && width > 0.0 && width.is_finite();
        is_usable.then_some(Line { centre: saddle + width * lean.0, width, lean })
    }

    /// Adds the function at equal steps until what follows is nothing, and returns what is left out at most.
    fn add(&self, line: &Line, Steps { first, step }: Steps, top: f64, sum: &mut f64) -> f64 {
        // Beyond, squares overflow.
        const FARTHEST: f64 = 340.0;
        let mut u = first;
        loop {
            let at = self.at(line, u);
            *sum += at.value;
            u += step;
            if at.rest <= REST * top || u > FARTHEST {
                return at.rest;
            }
        }
    }

    /// The function under the integral at a place of the line.
    fn at(&self, line: &Line, u: f64) -> At {
        let (sinh, cosh) = (libm::sinh(u), libm::cosh(u));
        let (sine, cosine) = line.lean;
        let (x, y) = (line.centre - line.width * cosh * sine, line.width * sinh * cosine);
        let (mut size, mut angle, mut falls) = (self.constant * x, self.constant * y, 0.0);
        for (c, shape) in self.coefficients() {
            let (re, im) = (1.0 - c * x, -c * y);
            // The squares overflow where the logarithm is still small.
            let greater = re.abs().max(im.abs());
            let (a, b) = (re / greater, im / greater);
            size -= shape * (libm::log(greater) + 0.5 * libm::log(a * a + b * b));
            angle -= shape * libm::atan2(im, re);
            falls += shape * b * b / (a * a + b * b);
        }
        // M(s) / s times the derivative of s, which is the width times cosh(u + i lean).
        let (re, im) = (cosh * cosine, sinh * sine);
        let (to_re, to_im) = ((re * x + im * y), (im * x - re * y));
        let square = x * x + y * y;
        let size = libm::exp(size);
        let (sine, cosine) = (libm::sin(angle), libm::cos(angle));
        let value = line.width * size * (to_re * cosine - to_im * sine) / square;
        // From here on the size of M(s) falls at least as this power of s, and |ds / s| is that of its logarithm.
        let rest = if u > 1.0 { 2.0 * size / falls } else { f64::INFINITY };
        At { value, rest }
    }
}

/// The function under the integral.
struct At {
    value: f64,
    /// A bound on the integral from here on.
    rest: f64,
}
