//! Dates in the CSV report.

use super::csv::Table;
use crate::analysis::{Dates, Instant, ThresholdDates};
use crate::report::wording::dates::place_id;

impl Table<'_> {
    /// Writes all that is known of dates.
    pub(super) fn dates(&mut self, dates: &Dates) {
        for (p, months) in &dates.months {
            self.number("months_a_point", "", ("", &p.to_string()), *months, None);
        }
        for claim in &dates.claims {
            self.estimate("claim", "", (&claim.id, ""), &claim.estimate);
        }
        for threshold in &dates.thresholds {
            self.threshold(threshold);
        }
    }

    fn threshold(&mut self, dates: &ThresholdDates) {
        let at = dates.at;
        for claim in &dates.order.claims {
            self.estimate("claim", "", (&claim.id, ""), &claim.estimate);
        }
        let areas: Vec<String> = self.scenario.areas().iter().map(|area| area.id.clone()).collect();
        for (i, one) in areas.iter().enumerate() {
            for (j, other) in areas.iter().enumerate() {
                let about = (&*format!("{one}@{at}"), other.as_str());
                if let Some(before) = &dates.order.before[i][j] {
                    self.estimate("before", "", about, before);
                }
                if let Some(neither) = dates.neither[i][j] {
                    self.number("neither", "", about, neither, None);
                }
                if let Some(tie) = dates.order.tie[i][j] {
                    self.number("tie", "", about, tie, None);
                }
            }
        }
        for place in &dates.places {
            let id = format!("{}@{at}", place_id(self.scenario, &place.place));
            self.estimate("start", "", (&id, ""), &place.start);
            self.estimate("never", "", (&id, ""), &place.never);
            for (p, estimate) in &place.quantiles {
                let ends = [estimate.date, estimate.low, estimate.high].map(instant);
                self.words("date", (&id, &p.to_string()), ends);
            }
        }
        for lead in &dates.leads {
            let groups = self.scenario.groups();
            let (a, b) = (format!("{}@{at}", groups[lead.groups.0].id), &groups[lead.groups.1].id);
            for (p, months) in &lead.quantiles {
                self.number("lead", "", (&a, &format!("{b}: {p}")), *months, None);
            }
        }
    }
}

fn instant(instant: Instant) -> String {
    match instant {
        Instant::Start => "start".into(),
        Instant::Year(year) => year.to_string(),
        Instant::Never => "never".into(),
    }
}
