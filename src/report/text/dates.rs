//! Dates in the text report.

use super::grid::{TextTable, paragraph};
use super::page::TextPage;
use super::{Style, heading};
use crate::analysis::Dates;
use crate::report::wording::dates::{
    DateTable, claims_by_threshold, date_table, dated_claims, leads, shown, targets, worth_of_a_point,
};
use crate::scenario::{Clock, Scenario};

/// Writes what a point is worth, which comes before all dates.
pub fn write_worth(out: &mut TextPage, scenario: &Scenario, dates: &Dates, style: Style) {
    out.blank();
    for line in worth_of_a_point(scenario, dates) {
        paragraph(out, style, "", &line);
    }
}

/// Writes the dates of the first screen.
pub fn write_dates(out: &mut TextPage, (scenario, clock): (&Scenario, &Clock), dates: &Dates, style: Style) {
    let threshold = shown(dates);
    for table in [dated_claims(dates), targets(dates), Some(date_table(scenario, clock, threshold))]
        .into_iter()
        .flatten()
    {
        out.blank();
        write(out, &table, style);
    }
    for line in leads(scenario, threshold) {
        paragraph(out, style, "", &line);
    }
    if let Some(table) = claims_by_threshold(dates) {
        out.blank();
        write(out, &table, style);
    }
}

/// Writes the dates at every threshold.
pub fn write_all_dates(
    out: &mut TextPage,
    (scenario, clock): (&Scenario, &Clock),
    dates: &Dates,
    style: Style,
) {
    heading(out, "Dates");
    for threshold in &dates.thresholds {
        out.blank();
        write(out, &date_table(scenario, clock, threshold), style);
        for line in leads(scenario, threshold) {
            paragraph(out, style, "", &line);
        }
    }
}

fn write(out: &mut TextPage, table: &DateTable, style: Style) {
    let mut rows = TextTable::new(&table.corner, &table.columns).with_long_labels();
    for (label, cells) in &table.rows {
        rows.row(label, cells);
    }
    rows.write(out, style);
}
