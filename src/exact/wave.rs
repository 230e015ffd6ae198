//! Sine and cosine that the compiler can work out in vector registers, with the same bits everywhere.

use std::f64::consts::FRAC_2_PI;

/// Adding and taking off this rounds a number to a whole one, whose last bits then stand in the sum's.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// Half of pi in three parts, the first two of 33 bits.
const HALF_PI: [f64; 3] = [1.570_796_326_734_125_6, 6.077_100_506_303_966e-11, 2.022_266_248_795_950_7e-21];

const SINE: [f64; 6] = [
    -1.666_666_666_666_663_2e-1,
    8.333_333_333_322_49e-3,
    -1.984_126_982_985_795e-4,
    2.755_731_370_707_006_8e-6,
    -2.505_076_025_340_686_3e-8,
    1.589_690_995_211_55e-10,
];

const COSINE: [f64; 6] = [
    4.166_666_666_666_66e-2,
    -1.388_888_888_887_411e-3,
    2.480_158_728_947_673e-5,
    -2.755_731_435_139_066_3e-7,
    2.087_572_321_298_175e-9,
    -1.135_964_755_778_819_5e-11,
];

/// The sine and the cosine of an angle, within about 2e-16 for angles up to a million.
///
/// Source: the polynomials of FreeBSD's msun (`k_sin.c`, `k_cos.c`), after reduction by multiples of half a pi.
#[must_use]
#[inline(always)]
pub fn sin_cos(x: f64) -> (f64, f64) {
    let rounded = x * FRAC_2_PI + ROUND;
    let (quadrant, k) = (rounded.to_bits(), rounded - ROUND);
    let r = ((x - k * HALF_PI[0]) - k * HALF_PI[1]) - k * HALF_PI[2];
    let z = r * r;
    let [s1, s2, s3, s4, s5, s6] = SINE;
    let sine = r + r * z * (s1 + z * (s2 + z * (s3 + z * (s4 + z * (s5 + z * s6)))));
    let [c1, c2, c3, c4, c5, c6] = COSINE;
    let cosine = 1.0 - 0.5 * z + z * z * (c1 + z * (c2 + z * (c3 + z * (c4 + z * (c5 + z * c6)))));
    // Masks where a branch would keep the loop from being vectorised.
    let odd = (quadrant & 1).wrapping_neg();
    let (a, b) = (sine.to_bits(), cosine.to_bits());
    let (s, c) = (a & !odd | b & odd, b & !odd | a & odd);
    let sign = |bits: u64| (bits & 2) << 62;
    (f64::from_bits(s ^ sign(quadrant)), f64::from_bits(c ^ sign(quadrant.wrapping_add(1))))
}

/// One over the factorials of 11 down to 0.
const EXPONENTIAL: [f64; 12] = [
    2.505_210_838_544_172e-8,
    2.755_731_922_398_589e-7,
    2.755_731_922_398_589_3e-6,
    2.480_158_730_158_73e-5,
    1.984_126_984_126_984e-4,
    1.388_888_888_888_889e-3,
    8.333_333_333_333_333e-3,
    4.166_666_666_666_666_4e-2,
    1.666_666_666_666_666_6e-1,
    0.5,
    1.0,
    1.0,
];

/// The exponential of a number from -700 to 0, within about 1e-14 of itself.
#[must_use]
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];
    let rounded = x * std::f64::consts::LOG2_E + ROUND;
    let k = rounded - ROUND;
    let r = (x - k * LN_2[0]) - k * LN_2[1];
    let [a, b, c, d, e, f, g, h, i, j, l, m] = EXPONENTIAL;
    let low = ((((((a * r + b) * r + c) * r + d) * r + e) * r + f) * r + g) * r + h;
    let sum = (((low * r + i) * r + j) * r + l) * r + m;
    // The last bits of the rounded number are k: moved to the exponent.
    sum * f64::from_bits((rounded.to_bits() << 52).wrapping_add(1023 << 52))
}
