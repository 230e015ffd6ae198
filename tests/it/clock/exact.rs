//! Whole scenarios, against closed forms.

use super::{area, data, drawn, scenario, threshold, year};
use crate::support::BOUND;
use headstart::Control;
use headstart::analysis::{Dates, Estimate, summarize};
use headstart::sampler::Run;
use headstart::{Scenario, analysis};

const DRAWS: u64 = 200_000;

/// A case with what it took to answer it.
struct Case {
    scenario: Scenario,
    dates: Dates,
}

impl Case {
    fn near(estimate: &Estimate, wanted: f64, key: &str) {
        let p = estimate.probability;
        if wanted == 0.0 || wanted == 1.0 {
            assert_eq!(p, wanted, "{key}");
        } else {
            assert!((p - wanted).abs() <= BOUND * estimate.mcse, "{key}: {p} and not {wanted}");
        }
    }

    fn claim(&self, claim: &str, wanted: f64, key: &str) {
        let with = self.scenario.with_any_claim(claim).unwrap();
        let estimate = drawn(&with, DRAWS).claims.last().unwrap().estimate;
        Self::near(&estimate, wanted, key);
    }

    /// The two ids in parentheses.
    fn pair(&self, key: &str) -> (usize, usize) {
        let inside = key[key.find('(').unwrap() + 1..].split(')').next().unwrap();
        let (one, other) = inside.split_once(',').unwrap();
        let area = |id: &str| self.scenario.areas().iter().position(|area| area.id == id).unwrap();
        (area(one), area(other))
    }

    /// Checks an expectation; false if it is not of this version.
    fn check(&self, key: &str, wanted: &serde_json::Value) -> bool {
        let p = || wanted.as_f64().unwrap();
        let k = |text: &str| -> f64 {
            let rest = &text[text.find('@').unwrap() + 1..];
            rest.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap()
        };
        if key.contains("progress") {
            return false;
        } else if key.starts_with("given") {
            let dated = |date: &str| format!("reached: Area(\"a\"), at: 10, on: {date}");
            let claims = format!(
                "claims: [(id: \"later\", text: \"L\", {}), (id: \"c\", text: \"C\", {}, given: \"later\")],",
                dated("2036"),
                dated("2032")
            );
            let text = self.scenario.to_ron().replace("    claims: [\n    ],", &claims);
            let estimate = drawn(&scenario(&text), DRAWS).claims[1].estimate;
            Self::near(&estimate, p(), key);
        } else if let Some(rest) = key.strip_prefix("amenability before") {
            let run = Run { draws: DRAWS, ..Run::default() };
            let summary = summarize(&self.scenario, run, Control::none());
            let (i, j) = self.pair(rest);
            Self::near(&summary.order.before[i][j].unwrap(), p(), key);
        } else if key.starts_with("before@") {
            let (i, j) = self.pair(key);
            Self::near(&threshold(&self.dates, k(key)).order.before[i][j].unwrap(), p(), key);
        } else if key.starts_with("neither@") {
            let found = threshold(&self.dates, k(key)).neither[0][1].unwrap();
            assert!(
                (found - p()).abs() < BOUND * (p() * (1.0 - p()) / DRAWS as f64).sqrt(),
                "{key}: {found}"
            );
        } else if key.starts_with("tie@") {
            let (i, j) = self.pair(key);
            let found = threshold(&self.dates, k(key)).order.tie[i][j].unwrap();
            assert!(
                (found - p()).abs() < BOUND * (p() * (1.0 - p()) / DRAWS as f64).sqrt(),
                "{key}: {found}"
            );
        } else if key.starts_with("never(") {
            let place = area(threshold(&self.dates, k(key)), &self.scenario, &key[6..7]);
            Self::near(&place.never, p(), key);
        } else if key.ends_with("from the start)") {
            let place = area(threshold(&self.dates, k(key)), &self.scenario, &key[2..3]);
            Self::near(&place.start, p(), key);
        } else if let Some(rest) = key.strip_prefix("P(") {
            let (id, date) = (&rest[..1], rest.trim_end_matches(')').rsplit(' ').next().unwrap());
            let claim = format!("Reached(place: Area(\"{id}\"), at: {}, on: {date})", k(key));
            self.claim(&claim, p(), key);
        } else if key.starts_with("date of ") {
            let place = area(threshold(&self.dates, k(key)), &self.scenario, &key[8..9]);
            let found = year(place.quantiles[2].1.date);
            assert!((found - p()).abs() < 1e-9, "{key}: {found}");
        } else if key.starts_with("date quantiles") {
            let place = area(threshold(&self.dates, k(key)), &self.scenario, "a");
            let wanted: Vec<f64> = wanted.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect();
            let at = if wanted.len() == 5 { vec![0, 1, 2, 3, 4] } else { vec![0, 2, 4] };
            for (index, wanted) in at.into_iter().zip(wanted) {
                let (_, estimate) = place.quantiles[index];
                let (low, high) = (year(estimate.low), year(estimate.high));
                // A 95 % interval, widened to five standard errors, and the width of a bin.
                let reach = BOUND / analysis::Z95 * (high - low) / 2.0 + 1.0 / 64.0;
                let found = year(estimate.date);
                let off = if estimate.is_exact { 1e-9 } else { reach };
                assert!((found - wanted).abs() <= off, "{key}: {found} and not {wanted}");
            }
        } else {
            panic!("the test knows no expectation such as {key}");
        }
        true
    }
}

#[test]
fn scenarios_match_their_closed_forms() {
    let (mut n, mut left) = (0, 0);
    for case in data("exact")["cases"].as_array().unwrap() {
        if case["id"] == "data_runs_out" {
            continue;
        }
        let scenario = scenario(case["ron"].as_str().unwrap());
        let dates = drawn(&scenario, DRAWS);
        let checked = Case { scenario, dates };
        for (key, wanted) in case["expect"].as_object().unwrap() {
            if checked.check(key, wanted) { n += 1 } else { left += 1 }
        }
    }
    assert_eq!((n, left), (35, 1));
}
