//! Dates as sentences and as cells of tables, for text and Markdown alike.

use super::number::percent;
use crate::analysis::{DateEstimate, Dates, Instant, PlaceDates, ThresholdDates};
use crate::scenario::{Clock, Marker, Scenario, month_and_year};

/// The speedup whose dates are on the first screen, if it is a threshold; otherwise the last threshold is.
const USUAL: f64 = 10.0;
/// The widest interval, in years, of a date that has a month.
const MONTH: f64 = 0.5;

/// A table: the heading of its labels, those of its columns, and its rows.
pub struct DateTable {
    /// Heading of the labels.
    pub corner: String,
    /// Headings of the columns.
    pub columns: Vec<String>,
    /// Rows with their labels.
    pub rows: Vec<(String, Vec<String>)>,
}

/// Returns the threshold that the first screen shows.
pub fn shown(dates: &Dates) -> &ThresholdDates {
    let usual = dates.thresholds.iter().find(|threshold| threshold.at == USUAL);
    usual.or(dates.thresholds.last()).expect("a clock has at least one threshold")
}

/// Says what a point of the overall score is worth in months.
pub fn worth_of_a_point(scenario: &Scenario, dates: &Dates) -> Vec<String> {
    let score = &scenario.words().score;
    let at = |p: f64| dates.months.iter().find(|(q, _)| *q == p).map_or(f64::NAN, |(_, months)| *months);
    let (low, middle, high) = (at(0.1), at(0.5), at(0.9));
    let feedback = match scenario.clock().and_then(|clock| clock.value(crate::scenario::ClockField::Feedback))
    {
        Some(_) => " before feedback",
        None => "",
    };
    let worth = if low == high {
        format!("One point of difference in {score} is worth {} months{feedback}.", months(middle))
    } else {
        format!(
            "One point of difference in {score} is worth {} months{feedback} (10% to 90%: {} to {}).",
            months(middle),
            months(low),
            months(high)
        )
    };
    let mut lines =
        vec![format!("{worth} Nobody has measured `per_point`: every lead in months is proportional to it.")];
    if middle > 0.0 {
        lines.push(format!(
            "A month of differential access is worth {} such points at the median.",
            significant(1.0 / middle)
        ));
    }
    lines
}

fn months(x: f64) -> String {
    significant(x)
}

/// Three significant digits, without zeros at the end.
fn significant(x: f64) -> String {
    if x == 0.0 {
        return "0".into();
    }
    let digits = (2 - libm::floor(libm::log10(x.abs())) as i32).clamp(0, 6) as usize;
    let text = format!("{x:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Returns the name of a place.
pub fn place(scenario: &Scenario, place: &Marker) -> String {
    let group = |group: usize| &scenario.groups()[group].name;
    match *place {
        Marker::Area(area) => scenario.areas()[area].name.clone(),
        Marker::First(g) => format!("{}: first", group(g)),
        Marker::Last(g) => format!("{}: last", group(g)),
        Marker::Nth(k, g) => format!("{}: number {k}", group(g)),
        Marker::Mean(g) => format!("{}: mean", group(g)),
    }
}

/// Returns the id of a place.
pub fn place_id(scenario: &Scenario, place: &Marker) -> String {
    let group = |group: usize| &scenario.groups()[group].id;
    match *place {
        Marker::Area(area) => scenario.areas()[area].id.clone(),
        Marker::First(g) => format!("first({})", group(g)),
        Marker::Last(g) => format!("last({})", group(g)),
        Marker::Nth(k, g) => format!("nth({k},{})", group(g)),
        Marker::Mean(g) => format!("mean({})", group(g)),
    }
}

/// Returns a date with the digits that its interval allows.
pub fn date(clock: &Clock, estimate: &DateEstimate) -> String {
    let until = clock.until.floor();
    match (estimate.date, estimate.low, estimate.high) {
        (Instant::Start, ..) => "at start".into(),
        (Instant::Never, ..) => format!("after {until}"),
        (Instant::Year(year), Instant::Year(low), Instant::Year(high)) if high - low > MONTH => {
            format!("{}", year.round())
        }
        (Instant::Year(year), ..) => month_and_year(year),
    }
}

/// Returns the table of dates at a threshold.
pub fn date_table(scenario: &Scenario, clock: &Clock, threshold: &ThresholdDates) -> DateTable {
    let quantiles = threshold.places.first().map(|place| &place.quantiles[..]).unwrap_or_default();
    let columns = quantiles.iter().map(|(p, _)| format!("{}%", 100.0 * p));
    let row = |of: &PlaceDates| {
        let dates = of.quantiles.iter().map(|(_, estimate)| date(clock, estimate));
        (place(scenario, &of.place), dates.chain([percent(&of.never)]).collect())
    };
    DateTable {
        corner: format!("Date of {}x", threshold.at),
        columns: columns.chain(["never".to_owned()]).collect(),
        rows: threshold.places.iter().map(row).collect(),
    }
}

/// Returns the table of standard claims by threshold.
pub fn claims_by_threshold(dates: &Dates) -> Option<DateTable> {
    let first = dates.thresholds.first()?;
    let rows = first.order.claims.iter().enumerate().map(|(index, claim)| {
        let cells = dates.thresholds.iter().map(|t| percent(&t.order.claims[index].estimate));
        (claim.text.clone(), cells.collect())
    });
    let rows: Vec<(String, Vec<String>)> = rows.collect();
    (!rows.is_empty()).then(|| DateTable {
        corner: "Claims by speedup reached".into(),
        columns: dates.thresholds.iter().map(|t| format!("{}x", t.at)).collect(),
        rows,
    })
}

/// Returns the table of the claims about dates that the scenario states.
pub fn dated_claims(dates: &Dates) -> Option<DateTable> {
    let rows = dates.claims.iter().map(|claim| (claim.text.clone(), vec![percent(&claim.estimate)]));
    let rows: Vec<(String, Vec<String>)> = rows.collect();
    (!rows.is_empty()).then(|| DateTable {
        corner: "Your claims about dates".into(),
        columns: vec!["probability".into()],
        rows,
    })
}

/// Returns the table of what others say of claims about dates.
pub fn targets(dates: &Dates) -> Option<DateTable> {
    let rows = dates.targets.iter().map(|(target, ours)| {
        let claim = dates.claims.iter().find(|claim| claim.id == target.claim);
        let text = claim.map_or("", |claim| &claim.text);
        (
            format!("{text}; {}", target.who),
            vec![percent(ours), format!("{}%", significant(100.0 * target.says))],
        )
    });
    let rows: Vec<(String, Vec<String>)> = rows.collect();
    (!rows.is_empty()).then(|| DateTable {
        corner: "Beside others".into(),
        columns: vec!["this model".into(), "they say".into()],
        rows,
    })
}

/// Says how far one group is ahead of another at a threshold.
pub fn leads(scenario: &Scenario, threshold: &ThresholdDates) -> Vec<String> {
    let lead = |lead: &crate::analysis::Lead| {
        let at = |p: f64| lead.quantiles.iter().find(|(q, _)| *q == p).map(|(_, months)| *months);
        let (low, middle, high) = (at(0.1)?, at(0.5)?, at(0.9)?);
        let is_other = middle < 0.0;
        let (ahead, behind) = if is_other { (lead.groups.1, lead.groups.0) } else { lead.groups };
        let (low, middle, high) = if is_other { (-high, -middle, -low) } else { (low, middle, high) };
        let (a, b) = (&scenario.groups()[ahead].name, &scenario.groups()[behind].name);
        Some(format!(
            "At {}x the middle {area} of {a} leads the middle {area} of {b} by {} months at the median \
             (10% to 90%: {} to {}), given that both reach it ({}% of the draws).",
            threshold.at,
            significant(middle),
            significant(low),
            significant(high),
            significant(100.0 * lead.both),
            area = scenario.words().area
        ))
    };
    threshold.leads.iter().filter_map(lead).collect()
}
