//! Differences of decimal numbers without rounding: what is equal on paper has a difference of exactly zero.

/// More digits than this come from arithmetic, and not from a file.
const MOST_DIGITS: usize = 15;

/// Numbers whose sizes differ by more decimal places than this are added as binary numbers.
const MOST_PLACES: i32 = 18;

/// The sum of whole multiples of numbers as exact as a double is, if all numbers are decimals of few digits.
pub fn sum(parts: &[(i64, f64)]) -> Option<f64> {
    let parts: Vec<(i64, (i128, i32))> =
        parts.iter().map(|&(n, x)| Some((n, decimal(x)?))).collect::<Option<_>>()?;
    let of_nonzero =
        || parts.iter().filter(|(_, (digits, _))| *digits != 0).map(|(_, (_, exponent))| *exponent);
    let (Some(least), Some(greatest)) = (of_nonzero().min(), of_nonzero().max()) else { return Some(0.0) };
    if greatest - least > MOST_PLACES {
        return None;
    }
    let mut sum = 0_i128;
    for (n, (digits, exponent)) in parts {
        if digits != 0 {
            let shifted = digits.checked_mul(10_i128.pow((exponent - least) as u32))?;
            sum = sum.checked_add(shifted.checked_mul(i128::from(n))?)?;
        }
    }
    // Reading the decimal rounds once; a power of ten in floating point would round twice.
    format!("{sum}e{least}").parse().ok()
}

/// A number as a whole number times a power of ten, if it has few digits.
fn decimal(x: f64) -> Option<(i128, i32)> {
    let text = format!("{x:e}");
    let (digits, exponent) = text.split_once('e')?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let n_digits = whole.trim_start_matches('-').len() + fraction.len();
    if n_digits > MOST_DIGITS {
        return None;
    }
    let digits = format!("{whole}{fraction}").parse().ok()?;
    Some((digits, exponent.parse::<i32>().ok()? - fraction.len() as i32))
}
