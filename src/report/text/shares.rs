//! Shares of a variance as text: whose uncertainty it is, and what groups of inputs have of it.

use super::grid::{TextTable, paragraph};
use super::page::TextPage;
use super::{Style, heading};
use crate::analysis::{Measured, Sensitivity};
use crate::report::wording::number::{power_of_ten, with_error};
use crate::scenario::Scenario;

/// Headers of the two Sobol indices.
pub const INDICES: [&str; 2] = ["first-order", "total"];

/// Shares of the variance: of parts that add up to one, and of groups that overlap.
pub fn shares(out: &mut TextPage, scenario: &Scenario, answer: &Sensitivity, style: Style) {
    let mut any = false;
    if answer.parts.len() > 1 {
        heading(out, "Sources of uncertainty (Shapley effects)");
        let mut grid = TextTable::new("", ["share"]);
        let shares: Vec<Measured> = answer.parts.iter().map(|part| part.share).collect();
        for (part, share) in answer.parts.iter().zip(round_to_100_percent(&shares)) {
            grid.row(&part.name, [share]);
        }
        grid.write(out, style);
        let text = "Average share of the variance removed by learning each source; the shares sum to 100%.";
        paragraph(out, style, "", text);
        any = true;
    }
    if answer.groups.iter().any(|group| group.total.is_some()) {
        heading(out, "Groups of inputs");
        let mut grid = TextTable::new("", INDICES);
        for group in &answer.groups {
            grid.row(&group.name, [group.first, group.total].map(|x| x.map_or(String::new(), hundredths)));
        }
        grid.write(out, style);
        let text = "Groups overlap and inputs interact, so neither column sums to 1.";
        paragraph(out, style, "", text);
        any = true;
    }
    if any && !scenario.correlations().is_empty() {
        let text = "Learning one score also tells you about the scores correlated with it; these shares include that.";
        paragraph(out, style, "", text);
    }
}

/// Shares that add up to one, in percent with the digits that the largest error justifies, so rounded that they still add up.
///
/// Each is rounded down at first; what is missing then goes to those that lost most by it.
fn round_to_100_percent(shares: &[Measured]) -> Vec<String> {
    let error = shares.iter().map(|share| share.mcse).fold(0.01_f64, |most, error| most.max(100.0 * error));
    let unit = power_of_ten(libm::log10(error).ceil().min(0.0) as i32);
    let exact: Vec<f64> = shares.iter().map(|share| 100.0 * share.value / unit).collect();
    let mut units: Vec<f64> = exact.iter().map(|x| x.floor()).collect();
    let missing = (100.0 / unit - units.iter().sum::<f64>()).round().max(0.0) as usize;
    let mut by_loss: Vec<usize> = (0..shares.len()).collect();
    by_loss.sort_by(|&a, &b| (exact[b] - units[b]).total_cmp(&(exact[a] - units[a])));
    for &most in by_loss.iter().cycle().take(missing) {
        units[most] += 1.0;
    }
    units.iter().map(|units| format!("{}%", with_error(units * unit, unit))).collect()
}

/// A share in percent with the digits that its error justifies.
pub fn share(measured: Measured) -> String {
    let percent = 100.0 * measured.value.clamp(0.0, 1.0);
    let error = (100.0 * measured.mcse).max(0.01);
    if percent < error {
        return format!("<{}%", with_error(2.0 * error, error));
    }
    if 100.0 - percent < error {
        return format!(">{}%", with_error(100.0 - 2.0 * error, error));
    }
    format!("{}%", with_error(percent, error))
}

/// A share with the digits that its error justifies.
pub fn hundredths(measured: Measured) -> String {
    with_error(measured.value.max(0.0), measured.mcse.max(0.001))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shares that add up to one do so as they are printed, each off by less than a unit of its last digit.
    #[test]
    fn printed_shares_add_up() {
        for (values, mcse) in [
            (&[0.306, 0.266, 0.266, 0.162][..], 0.004),
            (&[0.306, 0.266, 0.266, 0.162], 0.0009),
            (&[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0], 0.0),
            (&[0.9996, -0.0002, 0.0006], 0.001),
            (&[0.125, 0.125, 0.125, 0.625], 0.02),
        ] {
            let shares: Vec<Measured> = values.iter().map(|&value| Measured { value, mcse }).collect();
            let printed = round_to_100_percent(&shares);
            let decimals: Vec<usize> = printed
                .iter()
                .map(|x| x.trim_end_matches('%').split('.').nth(1).map_or(0, str::len))
                .collect();
            assert!(decimals.iter().all(|one| *one == decimals[0]), "{printed:?}");
            let read: Vec<f64> = printed.iter().map(|x| x.trim_end_matches('%').parse().unwrap()).collect();
            assert!((read.iter().sum::<f64>() - 100.0).abs() < 1e-9, "{printed:?}");
            let unit = power_of_ten(-(decimals[0] as i32));
            assert!(
                read.iter().zip(values).all(|(x, value)| (x - 100.0 * value).abs() < unit),
                "{printed:?}"
            );
            assert!(unit >= 100.0 * mcse || unit == 1.0, "{printed:?}");
        }
    }
}
