//! Exponentials and logarithms in double precision as plain code without branches: right within two units of the last digit, and the same
//! bits with all instructions.
//!
//! Source: the reductions and the coefficients of the logarithm are those of Sun's fdlibm (1993).

/// The parts of ln 2: the first has so few digits that its products with exponents are exact.
const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// Beside this number others are whole.
const LARGE: f64 = 1.5 * (1_u64 << 52) as f64;
const MANTISSA: u32 = 52;
const BIAS: u64 = 1023;

#[inline(always)]
fn select(condition: bool, yes: f64, no: f64) -> f64 {
    let mask = u64::from(condition).wrapping_neg();
    f64::from_bits(yes.to_bits() & mask | no.to_bits() & !mask)
}

#[inline(always)]
fn whole(x: f64) -> f64 {
    x + LARGE - LARGE
}

/// Returns 2 to the power of a whole number from -1022 to 1023.
#[inline(always)]
fn power_of_two(n: f64) -> f64 {
    f64::from_bits((n + BIAS as f64 + LARGE).to_bits() << MANTISSA)
}

/// One over the factorials from 2 on.
const INVERSE: [f64; 12] = {
    let (mut all, mut factorial, mut n) = ([0.0; 12], 1.0, 0);
    while n < 12 {
        factorial *= (n + 2) as f64;
        all[n] = 1.0 / factorial;
        n += 1;
    }
    all
};

/// Returns the whole number `k` and `e^r - 1` for which `x = k ln 2 + r`, `r` between plus and minus half of ln 2.
#[inline(always)]
fn reduced(x: f64) -> (f64, f64) {
    let k = whole(x * std::f64::consts::LOG2_E);
    let r = (x - k * LN2_HIGH) - k * LN2_LOW;
    let mut p = INVERSE[11];
    let mut n = 11;
    while n > 0 {
        n -= 1;
        p = p * r + INVERSE[n];
    }
    (k, r + r * r * p)
}

/// Returns e to the power of `x`.
#[inline(always)]
#[must_use]
pub fn exp(x: f64) -> f64 {
    let (k, q) = reduced(x.clamp(-746.0, 710.0));
    let half = whole(k * 0.5);
    (1.0 + q) * power_of_two(half) * power_of_two(k - half)
}

/// Returns e to the power of `x`, less 1.
#[inline(always)]
#[must_use]
pub fn exp_m1(x: f64) -> f64 {
    let (k, q) = reduced(x.clamp(-50.0, 710.0));
    let scale = power_of_two(k - 1.0);
    2.0 * (scale * q + (scale - 0.5))
}

/// Returns the natural logarithm of `x`; minus infinity of 0, and no number of what is negative.
#[inline(always)]
#[must_use]
pub fn ln(x: f64) -> f64 {
    const ROOT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
    const TWO_52: f64 = (1_u64 << 52) as f64;
    const TWO_54: f64 = (1_u64 << 54) as f64;
    let is_small = x < f64::MIN_POSITIVE;
    let bits = select(is_small, x * TWO_54, x).to_bits();
    let exponent = bits.wrapping_sub(ROOT_HALF).wrapping_add(BIAS << MANTISSA) >> MANTISSA;
    let m = f64::from_bits(bits.wrapping_sub(exponent << MANTISSA).wrapping_add(BIAS << MANTISSA));
    let k = f64::from_bits(TWO_52.to_bits() | exponent) - (TWO_52 + BIAS as f64);
    let k = k - select(is_small, 54.0, 0.0);
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * (0.399_999_999_994_094_2 + w * (0.222_221_984_321_497_84 + w * 0.153_138_376_992_093_73));
    let odd = z
        * (0.666_666_666_666_673_5
            + w * (0.285_714_287_436_623_9 + w * (0.181_835_721_616_180_5 + w * 0.147_981_986_051_165_86)));
    let square = 0.5 * f * f;
    let result = k * LN2_HIGH - ((square - (s * (square + (even + odd)) + k * LN2_LOW)) - f);
    let result = select(x == 0.0, f64::NEG_INFINITY, result);
    let result = select(x == f64::INFINITY, f64::INFINITY, result);
    select(x < 0.0 || x.is_nan(), f64::NAN, result)
}

/// Returns the natural logarithm of `1 + x`.
#[inline(always)]
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    let u = 1.0 + x;
    let lost = select(x > 1.0, 1.0 - (u - x), x - (u - 1.0));
    let is_inside = u > 0.0 && u < f64::INFINITY;
    ln(u) + select(is_inside, lost / u, 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Units of the last digit of `b` between the two.
    fn ulps(a: f64, b: f64) -> f64 {
        if a == b || a.is_nan() && b.is_nan() {
            return 0.0;
        }
        let ulp =
            f64::from_bits(b.abs().max(f64::MIN_POSITIVE).to_bits() + 1) - b.abs().max(f64::MIN_POSITIVE);
        (a - b).abs() / ulp
    }

    fn points() -> impl Iterator<Item = f64> {
        let spread = (0..200_000).map(|n| (f64::from(n) - 100_000.0) * 0.007_431);
        let near = (0..100_000).flat_map(|n| {
            let x = 1e-12 * libm::pow(1.000_37, f64::from(n));
            [x, -x]
        });
        spread.chain(near).chain([0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY])
    }

    #[test]
    fn elementary_functions_agree_with_libm_within_two_ulps() {
        for x in points() {
            assert!(ulps(exp(x), libm::exp(x)) <= 2.0, "exp {x}: {} {}", exp(x), libm::exp(x));
            assert!(ulps(exp_m1(x), libm::expm1(x)) <= 2.0, "expm1 {x}: {} {}", exp_m1(x), libm::expm1(x));
            assert!(ulps(ln(x.abs()), libm::log(x.abs())) <= 2.0, "ln {x}");
            if x > -1.0 {
                assert!(ulps(ln_1p(x), libm::log1p(x)) <= 2.0, "log1p {x}: {} {}", ln_1p(x), libm::log1p(x));
            }
        }
        assert!(ln(-1.0).is_nan() && ln(f64::NAN).is_nan() && exp(f64::NAN).is_nan());
        assert_eq!((ln(0.0), ln_1p(-1.0)), (f64::NEG_INFINITY, f64::NEG_INFINITY));
        assert!(ulps(ln(5e-324), libm::log(5e-324)) <= 2.0);
    }
}
