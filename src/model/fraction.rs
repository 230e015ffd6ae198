//! Numbers as the fractions that they were written as: a decimal in a file is a binary number only nearly.

/// Denominators of decimals are at most ten to this power.
const MOST_DIGITS: i32 = 12;
/// Numerators are below this, so that the digits after them tell whether a number is a fraction at all.
const MOST: f64 = (1_u64 << 40) as f64;
/// Denominators that are no power of ten are at most this: two such fractions are farther apart than rounding.
const MOST_PARTS: u64 = 1 << 20;
/// Common denominators are at most this, so that whole numbers of such parts are exact in double precision.
const MOST_COMMON: u64 = 1 << 46;
/// A bound on how far a number may be off the fraction that it is taken for, as a share of itself: the rounding of a few operations.
const CLOSE: f64 = 16.0 * f64::EPSILON;

/// A fraction in lowest terms.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Fraction {
    /// The numerator.
    pub whole: i64,
    /// The denominator, above 0.
    pub parts: u64,
}

impl Fraction {
    /// The fraction that a number differs from by rounding alone: a decimal of a few digits, or else a ratio of small numbers. `off`
    /// is what the number may be off besides.
    pub fn of(x: f64, off: f64) -> Option<Self> {
        let near = |times: f64, y: f64| (y - y.round()).abs() <= CLOSE * y.abs() + off * times;
        let mut power = 1_u64;
        for _ in 0..=MOST_DIGITS {
            let y = x * power as f64;
            if y.abs() >= MOST {
                break;
            }
            if near(power as f64, y) {
                return Some(Self::reduced(y.round() as i64, power));
            }
            power *= 10;
        }
        Self::ratio(x, off)
    }

    /// The fraction whose nearest number is this one, to the last bit: what a file says.
    pub fn written(x: f64) -> Option<Self> {
        Self::of(x, 0.0).filter(|fraction| fraction.value() == x)
    }

    /// The ratio of small numbers, by continued fractions: the first convergent that is close enough.
    fn ratio(x: f64, off: f64) -> Option<Self> {
        let size = x.abs();
        let (mut rest, mut last, mut now) = (size, (0.0, 1.0), (1.0, 0.0));
        for _ in 0..40 {
            let whole = rest.floor();
            let next = (whole * now.0 + last.0, whole * now.1 + last.1);
            if next.0 >= MOST || next.1 > MOST_PARTS as f64 {
                return None;
            }
            (last, now) = (now, next);
            if (now.0 - size * now.1).abs() <= (CLOSE * size + off) * now.1 {
                let sign = if x < 0.0 { -1 } else { 1 };
                return Some(Self::reduced(sign * now.0 as i64, now.1 as u64));
            }
            rest = 1.0 / (rest - whole);
        }
        None
    }

    fn reduced(whole: i64, parts: u64) -> Self {
        let common = divisor(whole.unsigned_abs(), parts);
        Self { whole: whole / common.cast_signed(), parts: parts / common }
    }

    /// The nearest number to it.
    pub fn value(self) -> f64 {
        self.whole as f64 / self.parts as f64
    }

    /// A fraction of 128-bit numbers, if it is small enough in lowest terms.
    fn small(whole: i128, parts: i128) -> Option<Self> {
        let (whole, parts) = if parts < 0 { (-whole, -parts) } else { (whole, parts) };
        let (mut a, mut b) = (whole.unsigned_abs(), parts.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let common = i128::try_from(a).ok().filter(|common| *common > 0)?;
        Some(Self { whole: i64::try_from(whole / common).ok()?, parts: u64::try_from(parts / common).ok()? })
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        let [a, b] = [self, other].map(|x| (i128::from(x.whole), i128::from(x.parts)));
        Self::small(a.0.checked_mul(b.1)?.checked_add(b.0.checked_mul(a.1)?)?, a.1.checked_mul(b.1)?)
    }

    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        let [a, b] = [self, other].map(|x| (i128::from(x.whole), i128::from(x.parts)));
        Self::small(a.0.checked_mul(b.0)?, a.1.checked_mul(b.1)?)
    }

    /// The quotient, by another number than 0.
    pub fn over(self, other: Self) -> Option<Self> {
        let [a, b] = [self, other].map(|x| (i128::from(x.whole), i128::from(x.parts)));
        if b.0 == 0 { None } else { Self::small(a.0.checked_mul(b.1)?, a.1.checked_mul(b.0)?) }
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { whole: -other.whole, ..other })
    }
}

/// The greatest common divisor of two numbers, the second above 0.
fn divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The least common denominator of parts, unless that is too many.
pub fn common(one: u64, other: u64) -> Option<u64> {
    product(one / divisor(one, other), other)
}

/// The product of numbers of parts, unless that is too many.
pub fn product(one: u64, other: u64) -> Option<u64> {
    one.checked_mul(other).filter(|parts| *parts <= MOST_COMMON)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decimals, what a few operations make of them, and ratios are found; what is none of these is not.
    #[test]
    fn numbers_are_the_fractions_they_were_written_as() {
        let of = |x: f64| Fraction::of(x, 0.0).map(|fraction| (fraction.whole, fraction.parts));
        assert_eq!(of(0.0), Some((0, 1)));
        assert_eq!(of(0.1), Some((1, 10)));
        assert_eq!(of(0.1 * 3.0), Some((3, 10)));
        assert!(Fraction::written(0.1 * 3.0).is_none() && Fraction::written(0.3).is_some());
        assert_eq!(of(-7.625), Some((-61, 8)));
        assert_eq!(of(1.0 / 3.0), Some((1, 3)));
        assert_eq!(of(-9.0 / 365.0), Some((-9, 365)));
        assert_eq!(of(5.532_093_023), Some((5_532_093_023, 1_000_000_000)));
        assert_eq!(of(238.0 / 43.0), Some((238, 43)));
        assert_eq!(of(1e-12), Some((1, 1_000_000_000_000)));
        assert_eq!(of(std::f64::consts::PI), None);
        assert_eq!(of(2.0_f64.sqrt()), None);
        assert_eq!(of(1e13), None);
        assert_eq!(of(1e-13), None);
    }

    #[test]
    fn fractions_add_and_multiply() {
        let [third, tenth] = [(1, 3), (1, 10)].map(|(whole, parts)| Fraction { whole, parts });
        assert_eq!(third.plus(tenth), Some(Fraction { whole: 13, parts: 30 }));
        assert_eq!(third.minus(third), Some(Fraction { whole: 0, parts: 1 }));
        assert_eq!(third.times(tenth), Some(Fraction { whole: 1, parts: 30 }));
        assert_eq!(third.over(tenth), Some(Fraction { whole: 10, parts: 3 }));
        assert_eq!(third.over(third.minus(third).unwrap()), None);
        assert_eq!((common(6, 4), common(1 << 40, 3_u64.pow(10))), (Some(12), None));
    }
}
