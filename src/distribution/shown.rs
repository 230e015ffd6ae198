//! Numbers as the families are written with them.

/// Writes a number as the formatter wants it: all its digits, or at most so many decimals and no zeros at the end.
pub fn shown(x: f64, f: &std::fmt::Formatter<'_>) -> String {
    match f.precision() {
        Some(decimals) if x.abs() < 1e9 && x.fract() != 0.0 => {
            format!("{x:.decimals$}").trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ => x.to_string(),
    }
}
