//! Numbers as people should read them: with the digits that their error justifies, and no more.

use crate::analysis::{AreaSummary, Change, Estimate, Expected, OverallScore, Z95};

/// A probability in percent, e.g. `25.3%`. An event that never happened has a bound, e.g. `<0.0004%`: the upper end of its 95 % interval,
/// which for what was never seen in N draws is about four in N. So has one that was seen once or so, and may be several times as
/// probable as it looks. One that was sampled beside others that were integrated is marked `~`.
pub fn percent(estimate: &Estimate) -> String {
    rounded(estimate, percent_decimals(estimate))
}

/// A probability in percent of at most six letters, e.g. `25%`, `6.3%` or `<0.1%`, where there is no room for more.
pub fn short_percent(estimate: &Estimate) -> String {
    let text = percent(estimate);
    if text.chars().count() <= 4 {
        text
    } else if estimate.high < 0.001 {
        "<0.1%".into()
    } else if estimate.low > 0.999 {
        ">99.9%".into()
    } else if text.starts_with(['<', '>']) {
        text
    } else {
        let percent = 100.0 * estimate.probability;
        let decimals = usize::from(!(9.95..=90.05).contains(&percent));
        format!("{:.decimals$}%", percent.clamp(0.1, 99.9))
    }
}

/// Writes a probability and its 95 % interval, e.g. `25.31% (25.23 to 25.40)`: with one digit more, as the interval says what
/// that is worth, and both ends would often read as the estimate otherwise. A bound stands alone.
pub fn percent_and_interval(estimate: &Estimate) -> String {
    let decimals = percent_decimals(estimate) + 1;
    let number = rounded(estimate, decimals);
    if number.contains(['<', '>']) {
        return number;
    }
    format!("{number} ({})", interval(estimate, decimals))
}

/// An interval that reaches to so many times the estimate says no more than its end.
const VAGUE: f64 = 4.0;

fn rounded(estimate: &Estimate, decimals: usize) -> String {
    let mark = if estimate.is_left() { "~" } else { "" };
    format!("{mark}{}", unmarked(estimate, decimals))
}

fn unmarked(estimate: &Estimate, decimals: usize) -> String {
    if estimate.low >= estimate.high {
        // Nothing was counted, and nothing is off.
        return format!("{}%", 100.0 * estimate.probability);
    }
    let (p, q) = (estimate.probability, 1.0 - estimate.probability);
    // What never happened has a bound too.
    if estimate.high > VAGUE * p {
        format!("<{}%", significant(100.0 * estimate.high))
    } else if 1.0 - estimate.low > VAGUE * q {
        format!(">{}%", complement_percent(100.0 * (1.0 - estimate.low)))
    } else {
        format!("{:.decimals$}%", 100.0 * p)
    }
}

/// The ends of the interval in percent.
fn interval(estimate: &Estimate, decimals: usize) -> String {
    format!("{:.decimals$} to {:.decimals$}", 100.0 * estimate.low, 100.0 * estimate.high)
}

/// Returns the number of decimals that a probability in percent deserves: the last one stands for no less than a standard error, but
/// a number that is neither 0 nor 100 never looks like it.
fn percent_decimals(estimate: &Estimate) -> usize {
    let percent = 100.0 * estimate.probability;
    let nearest_end = percent.min(100.0 - percent);
    let least = if nearest_end > 0.0 { decimals_of(nearest_end) } else { 0 };
    // Half a unit of the last decimal rounds to 0, so one digit has to be there.
    let least = if nearest_end < 1.0 { least } else { 0 };
    if estimate.is_integrated() {
        // A probability near 0 or 1 would have more digits than anybody wants.
        const MOST: usize = 4;
        let error = estimate.mcse.max(estimate.half_width() / 2.0);
        return decimals(100.0 * error).min(MOST.max(least + 2)).max(least);
    }
    decimals(100.0 * estimate.mcse).max(least)
}

/// A difference of two probabilities in percentage points with its sign, e.g. `+1.23`.
pub fn percentage_points(change: &Change) -> String {
    let decimals = decimals(100.0 * change.mcse).max(if change.mcse == 0.0 { 2 } else { 0 });
    format!("{:+.decimals$}", 100.0 * change.difference)
}

/// A number with the decimals that its error justifies.
pub fn with_error(value: f64, error: f64) -> String {
    if value.abs() >= 1e7 {
        return format!("{value:.5e}");
    }
    let decimals = decimals(error).min(9);
    let text = format!("{value:.decimals$}");
    // No negative zero.
    if text.trim_start_matches(['-', '0', '.']).is_empty() {
        text.trim_start_matches('-').into()
    } else {
        text
    }
}

/// An expected number between two bounds with the decimals that its error justifies. One that is not told from a bound is said to be
/// closer to it than the end of its interval.
pub fn expected(number: &Expected, (least, most): (f64, f64)) -> String {
    let Expected { mean, mcse, low, high } = *number;
    let (above, below) = (mean - least, most - mean);
    let rounded = |distance: f64| round_up(distance, decimals_of(distance));
    let digits = |distance: f64| decimals_of(distance);
    if low < high && high - least > VAGUE * above {
        format!("<{:.*}", digits(high - least), least + rounded(high - least))
    } else if low < high && most - low > VAGUE * below {
        format!(">{:.*}", digits(most - low), most - rounded(most - low))
    } else {
        with_error(mean, mcse)
    }
}

/// The columns of a table of overall scores: point (where there is one), mean, standard deviation and quantiles.
pub fn overall(point: Option<f64>, drawn: &AreaSummary) -> Vec<String> {
    let OverallScore { mean, sd, quantiles } = &drawn.overall;
    // The point is no estimate; digits below a hundredth of the spread say nothing about it all the same.
    let point = point.map(|point| with_error(point, sd / 100.0));
    // The standard error of a standard deviation is about that of the mean over the square root of two.
    let errors = [drawn.mcse, drawn.sd_mcse.unwrap_or(drawn.mcse)];
    let moments = [(*mean, errors[0]), (*sd, errors[1])].map(|(x, error)| with_error(x, error));
    let quantiles = quantiles.iter().zip(&drawn.quantile_intervals);
    let quantiles = quantiles.map(|((_, x), ends)| with_error(*x, quantile_error(*ends, *sd)));
    point.into_iter().chain(moments).chain(quantiles).collect()
}

/// The error of a quantile with this interval, for its digits; those of a certain one end at a hundredth of the spread.
pub fn quantile_error((low, high): (f64, f64), sd: f64) -> f64 {
    let error = (high - low) / (2.0 * Z95);
    if error > 0.0 { error } else { sd / 100.0 }
}

/// Returns the number of decimals down to the last that stands for no less than `error`.
fn decimals(error: f64) -> usize {
    if error > 0.0 { (-libm::log10(error)).floor().clamp(0.0, 17.0) as usize } else { 2 }
}

/// Returns the number of decimals that it takes to show the first digit of a positive number.
fn decimals_of(x: f64) -> usize {
    (-libm::log10(x)).ceil().clamp(0.0, 17.0) as usize
}

/// Rarer ties, such as rounding makes, would print as none.
pub const LEAST_TIE: f64 = 5e-5;

/// A number that somebody stated, with so many digits at most, and none that its arithmetic added.
pub fn stated(x: f64, digits: usize) -> String {
    let rounded = format!("{x:.*e}", digits.max(1) - 1).parse::<f64>();
    rounded.unwrap_or(x).to_string()
}

/// A positive bound to two digits, rounded up.
pub fn at_most(x: f64) -> String {
    let rounded = format!("{x:.1e}").parse::<f64>().unwrap_or(x);
    let up =
        if rounded < x { format!("{:.1e}", rounded * 1.05).parse::<f64>().unwrap_or(x) } else { rounded };
    up.to_string()
}

/// A positive number to one digit, rounded up.
fn significant(x: f64) -> String {
    let decimals = decimals_of(x);
    format!("{:.decimals$}", round_up(x, decimals))
}

/// A hundred less a positive number to one digit, rounded down.
fn complement_percent(x: f64) -> String {
    let decimals = decimals_of(x);
    format!("{:.decimals$}", 100.0 - round_up(x, decimals))
}

fn round_up(x: f64, decimals: usize) -> f64 {
    let unit = power_of_ten(decimals as i32);
    // A number that is one digit already stays so in spite of its last bit.
    (x * unit * (1.0 - 1e-12)).ceil() / unit
}

/// Returns ten to a whole power, to the nearest double on every target.
pub fn power_of_ten(power: i32) -> f64 {
    format!("1e{power}").parse().expect("digits with an exponent are a number")
}

/// A count with its thousands set apart, e.g. `1,000,000`.
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number that was given and not estimated, with as many digits as tell it from others in a range of this width.
pub fn short(x: f64, width: f64) -> String {
    let exact = x.to_string();
    let decimals = (3.0 - libm::log10(width.abs().max(f64::MIN_POSITIVE))).ceil().clamp(0.0, 17.0) as usize;
    let rounded = with_error(x, power_of_ten(-(decimals as i32)));
    if exact.len() <= rounded.len() { exact } else { rounded }
}
