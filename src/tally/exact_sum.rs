//! Sums of floating-point numbers without rounding, so that their value does not depend on the order of the additions.

/// Binary digits of a limb.
const LIMB: usize = 64;
/// Limbs from the least binary digit of any number to 77 digits above the greatest: room for the sign and for 2^76 numbers.
const LIMBS: usize = 34;
/// Exponent of the least binary digit of any number.
const LEAST: i32 = -1074;
/// Binary digits of the fraction of a number.
const FRACTION: u32 = 52;

/// The exact sum of floating-point numbers, as a fixed-point number in two's complement.
///
/// ```
/// use headstart::tally::ExactSum;
///
/// let mut sum = ExactSum::default();
/// for x in [1e300, 1.0, -1e300] {
///     sum.add(x);
/// }
/// assert_eq!(sum.value(), 1.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ExactSum {
    /// The least first.
    limbs: [u64; LIMBS],
    /// Sum of the numbers that are not finite, or 0.
    unbounded: f64,
}

impl Default for ExactSum {
    /// The sum of no numbers.
    fn default() -> Self {
        Self { limbs: [0; LIMBS], unbounded: 0.0 }
    }
}

impl ExactSum {
    /// Adds a number.
    pub fn add(&mut self, x: f64) {
        if !x.is_finite() {
            self.unbounded += x;
            return;
        }
        let (bits, exponent) = (x.to_bits() & ((1 << FRACTION) - 1), (x.to_bits() >> FRACTION) & 0x7ff);
        // Numbers below the normal ones have the exponent of the least of those, and no leading one.
        let (digits, place) =
            if exponent == 0 { (bits, 0) } else { (bits | 1 << FRACTION, exponent as usize - 1) };
        let wide = u128::from(digits) << (place % LIMB);
        let parts = [wide as u64, (wide >> LIMB) as u64];
        self.add_at(place / LIMB, &parts, x.is_sign_negative());
    }

    /// Adds another sum.
    pub fn merge(&mut self, other: &Self) {
        self.add_at(0, &other.limbs, false);
        self.unbounded += other.unbounded;
    }

    /// Adds or subtracts limbs from the limb `first` on.
    fn add_at(&mut self, first: usize, parts: &[u64], subtracts: bool) {
        let mut carry = false;
        for (n, limb) in self.limbs[first..].iter_mut().enumerate() {
            if n >= parts.len() && !carry {
                break;
            }
            let part = parts.get(n).copied().unwrap_or(0);
            let step = if subtracts { u64::overflowing_sub } else { u64::overflowing_add };
            let (half, one) = step(*limb, part);
            let (whole, other) = step(half, u64::from(carry));
            (*limb, carry) = (whole, one || other);
        }
    }

    /// True if the sum is below zero, and its size.
    fn magnitude(&self) -> (bool, [u64; LIMBS]) {
        if self.limbs[LIMBS - 1] >> (LIMB - 1) == 0 {
            return (false, self.limbs);
        }
        let mut negated = Self::default();
        negated.add_at(0, &self.limbs, true);
        (true, negated.limbs)
    }

    /// Returns the number that is nearest to the sum, the even one of two.
    #[must_use]
    pub fn value(&self) -> f64 {
        if self.unbounded != 0.0 {
            return self.unbounded;
        }
        let (is_negative, limbs) = self.magnitude();
        let Some(top) = limbs.iter().rposition(|limb| *limb != 0) else { return 0.0 };
        let highest = top * LIMB + (LIMB - 1 - limbs[top].leading_zeros() as usize);
        let digit = |place: usize| limbs[place / LIMB] >> (place % LIMB) & 1;
        let lowest = highest.saturating_sub(FRACTION as usize);
        let mut digits = (lowest..=highest).rev().fold(0, |digits, place| digits << 1 | digit(place));
        if lowest > 0 && digit(lowest - 1) == 1 {
            let below = lowest - 1;
            let rest = limbs[below / LIMB] & ((1 << (below % LIMB)) - 1);
            let is_more = rest != 0 || limbs[..below / LIMB].iter().any(|limb| *limb != 0);
            digits += u64::from(is_more || digits & 1 == 1);
        }
        // A whole number below 2^53 is exact, and so are its products with powers of two down to the least digit; above the greatest
        // number they are infinite.
        let size = scaled(digits as f64, lowest as i32 + LEAST);
        if is_negative { -size } else { size }
    }

    /// Writes the sum in hexadecimal digits, after its sign and the number of limbs below it that are zero.
    #[must_use]
    pub fn to_hex(&self) -> String {
        let (is_negative, limbs) = self.magnitude();
        let unbounded = self.unbounded.to_bits();
        let sign = if is_negative { "-" } else { "" };
        let Some(first) = limbs.iter().position(|limb| *limb != 0) else {
            return format!("0:0:{unbounded:x}");
        };
        let last = limbs.iter().rposition(|limb| *limb != 0).unwrap_or(first);
        let digits: String = limbs[first..=last].iter().rev().map(|limb| format!("{limb:016x}")).collect();
        format!("{sign}{first:x}:{}:{unbounded:x}", digits.trim_start_matches('0'))
    }

    /// Reads what [`Self::to_hex`] wrote; nothing for another text.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let mut parts = text.split(':');
        let (first, digits, unbounded) = (parts.next()?, parts.next()?, parts.next()?);
        let first = usize::from_str_radix(first, 16).ok()?;
        let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if parts.next().is_some() || !is_plain(digits) || !is_plain(unbounded) {
            return None;
        }
        let limb = |digits: &[u8]| u64::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
        let limbs: Vec<u64> = digits.as_bytes().rchunks(LIMB / 4).map(limb).collect::<Option<_>>()?;
        // A sum of accepted numbers leaves the topmost limb to the sign.
        if first.checked_add(limbs.len())? >= LIMBS {
            return None;
        }
        let mut sum = Self { unbounded: f64::from_bits(limb(unbounded.as_bytes())?), ..Self::default() };
        sum.add_at(first, &limbs, is_negative);
        Some(sum)
    }
}

/// A number times a power of two, which is rounded nowhere: the number is a whole one and the power not below that of the least digit.
fn scaled(whole: f64, power: i32) -> f64 {
    libm::scalbn(whole, power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sum(numbers: &[f64]) -> ExactSum {
        let mut sum = ExactSum::default();
        for x in numbers {
            sum.add(*x);
        }
        sum
    }

    /// The sum of numbers of few digits as an integer: of multiples of 2^-60 below 2^60.
    fn in_integers(numbers: &[f64]) -> i128 {
        numbers.iter().map(|x| (x * libm::scalbn(1.0, 60)) as i128).sum()
    }

    proptest! {
        #[test]
        fn a_number_alone_is_itself(bits: u64) {
            let x = f64::from_bits(bits);
            let found = sum(&[x]).value();
            prop_assert!(found == x || (x.is_nan() && found.is_nan()));
            if x.is_finite() {
                prop_assert_eq!(sum(&[x, -x]), ExactSum::default());
            }
        }

        #[test]
        fn sums_are_those_of_integers(halves in prop::collection::vec(-(1_i64 << 53)..1 << 53, 0..40)) {
            // The conversion of an integer to a float rounds to the nearest, the even one of two.
            let numbers: Vec<f64> = halves.iter().map(|n| *n as f64 / libm::scalbn(1.0, 40)).collect();
            let wanted = in_integers(&numbers) as f64 / libm::scalbn(1.0, 60);
            prop_assert_eq!(sum(&numbers).value(), wanted);
        }

        #[test]
        fn orders_and_splits_change_no_digit(bits in prop::collection::vec(any::<u64>(), 1..30), at: prop::sample::Index) {
            let numbers: Vec<f64> =
                bits.into_iter().map(f64::from_bits).filter(|x| x.is_finite()).collect();
            let whole = sum(&numbers);
            let backwards: Vec<f64> = numbers.iter().rev().copied().collect();
            prop_assert_eq!(&sum(&backwards), &whole);
            let at = at.index(numbers.len() + 1);
            let mut parts = sum(&numbers[at..]);
            parts.merge(&sum(&numbers[..at]));
            prop_assert_eq!(&parts, &whole);
            prop_assert_eq!(ExactSum::from_hex(&whole.to_hex()), Some(whole));
        }
    }

    #[test]
    fn ties_go_to_the_even_number_and_the_largest_overflow() {
        let one_more = libm::scalbn(1.0, 53);
        assert_eq!(sum(&[one_more, 1.0]).value(), one_more);
        assert_eq!(sum(&[one_more, 1.0, 2.0]).value(), one_more + 4.0);
        assert_eq!(sum(&[one_more, 1.0, f64::from_bits(1)]).value(), one_more + 2.0);
        assert_eq!(sum(&[f64::MAX, f64::MAX]).value(), f64::INFINITY);
        assert_eq!(sum(&[f64::MAX, f64::MAX, -f64::MAX]).value(), f64::MAX);
        assert_eq!(sum(&[f64::INFINITY, 1.0]).value(), f64::INFINITY);
        assert!(sum(&[f64::INFINITY, f64::NEG_INFINITY]).value().is_nan());
        assert_eq!(sum(&[f64::from_bits(1), f64::from_bits(2)]).value(), f64::from_bits(3));
        assert_eq!(sum(&[-0.0]).value().to_bits(), 0);
    }

    #[test]
    fn other_texts_are_no_sums() {
        for text in ["", "0", "0:0", "0:0:0:0", "0:g:0", "22:1:0", "x:1:0", "0:+1:0", "ffffffffffffffff:1:0"]
        {
            assert_eq!(ExactSum::from_hex(text), None, "{text}");
        }
        assert!(ExactSum::from_hex("20:ffffffffffffffff:0").is_some());
    }
}
