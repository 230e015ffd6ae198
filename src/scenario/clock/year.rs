//! Dates as decimal years: their reading and their writing.

/// Days of the months, of a year that is no leap year.
const DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/// Names of the months, short.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i64) -> [u32; 12] {
    let mut days = DAYS;
    days[1] += u32::from(is_leap(year));
    days
}

/// Returns the decimal year of the first instant of a month, `2026-01`, or of a day, `2026-01-22`; nothing if the text is no such date.
///
/// ```
/// use headstart::scenario::year_of;
///
/// assert_eq!(year_of("2026-01"), Some(2026.0));
/// assert_eq!(year_of("2031-13"), None);
/// ```
#[must_use]
pub fn year_of(text: &str) -> Option<f64> {
    let mut parts = text.trim().split('-');
    let mut next = |digits: usize| -> Option<Option<i64>> {
        let Some(part) = parts.next() else { return Some(None) };
        let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse().ok())
    };
    let year = next(4)??;
    let month = next(2)??;
    let day = next(2)?.unwrap_or(1);
    if parts.next().is_some() || !(1..=12).contains(&month) {
        return None;
    }
    let days = days_of(year);
    if !(1..=i64::from(days[month as usize - 1])).contains(&day) {
        return None;
    }
    let before: u32 = days[..month as usize - 1].iter().sum();
    let all: u32 = days.iter().sum();
    Some(year as f64 + (f64::from(before) + (day - 1) as f64) / f64::from(all))
}

/// Returns a decimal year as month and year, such as `Jun 2032`.
#[must_use]
pub fn month_and_year(date: f64) -> String {
    let year = date.floor();
    let days = days_of(year as i64);
    let all: u32 = days.iter().sum();
    // A date that was stated as a day is that day, though its fraction is rounded.
    let mut day = (date - year) * f64::from(all) + 1e-6;
    for (name, days) in MONTHS.iter().zip(days) {
        if day < f64::from(days) {
            return format!("{name} {year}");
        }
        day -= f64::from(days);
    }
    format!("Jan {}", year + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_days_are_fractions_of_their_year() {
        assert_eq!(year_of("2031-12"), Some(2031.0 + 334.0 / 365.0));
        assert_eq!(year_of("2028-03-01"), Some(2028.0 + 60.0 / 366.0));
        assert_eq!(year_of("2026-01-22"), Some(2026.0 + 21.0 / 365.0));
        for wrong in ["2026", "2026-0", "2026-02-29", "2026-01-01-01", "26-01", "2026-1-1", "", "x"] {
            assert_eq!(year_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_month_is_written_as_it_is_read() {
        for year in [2026, 2028, 2100] {
            for (month, name) in MONTHS.iter().enumerate() {
                let date = year_of(&format!("{year}-{:02}", month + 1)).unwrap();
                assert_eq!(month_and_year(date), format!("{name} {year}"));
            }
        }
    }
}
