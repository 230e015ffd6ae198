//! The scenario of the seed document, against counts of another program: four million draws each, with their standard errors.

use super::{data, drawn, scenario, threshold, year};
use crate::support::{BOUND, read, thorough};
use headstart::Scenario;
use headstart::analysis::{Dates, Estimate};
use headstart::scenario::Marker;
use serde_json::{Map, Value};

/// A result of the other program, and how many standard errors a number is away from it.
fn errors(wanted: &Value, found: f64, own: f64) -> f64 {
    let (value, error) = (wanted["value"].as_f64().unwrap(), wanted["se"].as_f64().unwrap());
    // What was never or always seen in four million draws.
    let error = if error == 0.0 { 1e-6 } else { error };
    (found - value).abs() / (error * error + own * own).sqrt()
}

fn place(scenario: &Scenario, text: &str) -> Marker {
    let group = |id: &str| scenario.groups().iter().position(|group| group.id == id).unwrap();
    let inside = |start: &str| text.strip_prefix(start).map(|rest| group(rest.trim_end_matches(')')));
    if let Some(group) = inside("third(") {
        return Marker::Nth(3, group);
    }
    if let Some(group) = inside("first(") {
        return Marker::First(group);
    }
    Marker::Area(scenario.areas().iter().position(|area| area.id == text).unwrap())
}

/// The comparisons of one scenario of the other program, as far as this version has them.
struct Compared<'a> {
    scenario: &'a Scenario,
    dates: &'a Dates,
    worst: (f64, String),
    n: usize,
}

impl Compared<'_> {
    fn check(&mut self, key: &str, wanted: &Value, found: f64, own: f64) {
        let off = errors(wanted, found, own);
        assert!(off <= BOUND, "{key}: {found} and not {wanted}, {off} standard errors");
        self.n += 1;
        if off > self.worst.0 {
            self.worst = (off, key.to_owned());
        }
    }

    fn estimate(&mut self, key: &str, wanted: &Value, estimate: &Estimate) {
        self.check(key, wanted, estimate.probability, estimate.mcse);
    }

    fn one(&mut self, key: &str, wanted: &Value) {
        let Some((kind, rest)) = key.split_once('@').filter(|(kind, _)| !kind.contains(' ')) else { return };
        let Some((k, what)) = rest.split_once(':') else { return };
        let dates = self.dates;
        let Ok(k) = k.parse::<f64>() else { return };
        let Some(at) = dates.thresholds.iter().find(|at| at.at == k) else { return };
        let area = |id: &str| self.scenario.areas().iter().position(|area| area.id == id);
        let binomial = |p: f64| (p * (1.0 - p) / dates.draws as f64).sqrt();
        match kind {
            "before" | "after" | "tie" | "neither" => {
                let (one, other) = what.split_once(['<', '>', '=', ',']).unwrap();
                let (Some(i), Some(j)) = (area(one), area(other)) else { return };
                match kind {
                    "before" => self.estimate(key, wanted, &at.order.before[i][j].unwrap()),
                    "after" => self.estimate(key, wanted, &at.order.before[j][i].unwrap()),
                    "tie" => {
                        let p = at.order.tie[i][j].unwrap();
                        self.check(key, wanted, p, binomial(p));
                    }
                    _ => {
                        let p = at.neither[i][j].unwrap();
                        self.check(key, wanted, p, binomial(p));
                    }
                }
            }
            "never" => {
                let place = place(self.scenario, what);
                if let Some(of) = at.places.iter().find(|of| of.place == place) {
                    self.estimate(key, wanted, &of.never);
                }
            }
            "date" => self.quantiles(key, wanted, what, k),
            _ => {}
        }
    }

    /// Quantiles from 10 % to 90 %; the other program has two more.
    fn quantiles(&mut self, key: &str, wanted: &Value, what: &str, k: f64) {
        let place = place(self.scenario, what);
        let at = threshold(self.dates, k);
        let Some(of) = at.places.iter().find(|of| of.place == place) else { return };
        for (index, (p, estimate)) in of.quantiles.iter().enumerate() {
            let (value, error) =
                (&wanted["value"][index + 1], wanted["se"][index + 1].as_f64().unwrap_or(0.0));
            let found = year(estimate.date);
            match value.as_f64() {
                None => assert_eq!(found, f64::INFINITY, "{key} at {p}"),
                Some(2026.0) => assert_eq!(found, f64::NEG_INFINITY, "{key} at {p}"),
                Some(value) => {
                    let own = (year(estimate.high) - year(estimate.low)) / 4.0;
                    let reach = BOUND * (own * own + error * error).sqrt() + 1.0 / 64.0;
                    assert!((found - value).abs() <= reach, "{key} at {p}: {found} and not {value}");
                    self.n += 1;
                }
            }
        }
    }

    fn all(&mut self, results: &Map<String, Value>) {
        for (key, wanted) in results {
            self.one(key, wanted);
        }
    }
}

fn compare(name: &str, scenario: &Scenario) -> usize {
    let dates = drawn(scenario, thorough(400_000, 4_000_000));
    let all = data("seed");
    let results = all["scenarios"][name]["results"].as_object().unwrap();
    let mut compared = Compared { scenario, dates: &dates, worst: (0.0, String::new()), n: 0 };
    compared.all(results);
    for key in [2.0, 3.0, 5.0, 10.0, 30.0] {
        let at = threshold(&dates, key);
        let pairs = &at.order.pairs[0];
        let wanted = format!("expected_pairs@{key}");
        if let Some(value) = results.get(&wanted) {
            compared.check(&wanted, value, pairs.expected, pairs.mcse);
        }
        let first = at.order.claims.iter().find(|c| c.id.starts_with("first(safety)<first(cap")).unwrap();
        if let Some(value) = results.get(&format!("first(safety)<first(capabilities)@{key}")) {
            compared.estimate("first", value, &first.estimate);
        }
    }
    eprintln!(
        "{name}: {} numbers, the worst {:.2} standard errors: {}",
        compared.n, compared.worst.0, compared.worst.1
    );
    compared.n
}

fn clock() -> Scenario {
    scenario(&read("scenarios/takeoff-clock.ron"))
}

#[test]
fn clock_of_the_seed_matches_another_program() {
    assert!(compare("clock", &clock()) > 100);
}

#[test]
fn feedback_of_the_seed_matches_another_program() {
    let text = read("scenarios/takeoff-clock.ron")
        .replace("human: 0.02,", "human: 0.02, feedback: (share: 0.5, ceiling: 50),");
    assert!(compare("feedback", &scenario(&text)) > 40);
}

#[test]
fn anchor_at_the_mean_of_a_group_matches_another_program() {
    let text = read("scenarios/takeoff-clock.ron")
        .replace("amenability: 6.45", "amenability: Mean(\"capabilities\")");
    assert!(compare("anchor_group", &scenario(&text)) > 40);
}

/// A month, three, six and twelve of differential access.
#[test]
fn access_matches_another_program() {
    let all = data("seed");
    let results = all["scenarios"]["clock"]["results"].as_object().unwrap();
    for months in [1, 3, 6, 12] {
        let edited = clock().with_edits(&[format!("clock.lag.@safety += -{months}")]).unwrap().scenario;
        let dates = drawn(&edited, thorough(200_000, 4_000_000));
        for k in [3.0, 10.0] {
            let pairs = &threshold(&dates, k).order.pairs[0];
            let Some(wanted) = results.get(&format!("access {months} months@{k}:expected_pairs")) else {
                continue;
            };
            let off = errors(wanted, pairs.expected, pairs.mcse);
            assert!(off <= BOUND, "{months} months at {k}: {} and not {wanted}", pairs.expected);
        }
    }
}

/// Mean speedups of a group on a date, with feedback and without.
#[test]
fn speedups_match_another_program() {
    let feedback = read("scenarios/takeoff-clock.ron")
        .replace("human: 0.02,", "human: 0.02, feedback: (share: 0.5, ceiling: 50),");
    let all = data("seed");
    let mut n = 0;
    for (name, base) in [("clock", clock()), ("feedback", scenario(&feedback))] {
        let results = all["scenarios"][name]["results"].as_object().unwrap();
        let asked: Vec<(&String, &Value)> = results
            .iter()
            .filter(|(key, _)| key.starts_with("mean(") && key.contains(">=") && !key.contains('|'))
            .collect();
        let with = asked.iter().fold(base.clone(), |scenario, (key, _)| {
            let (group, rest) = key[5..].split_once(")>=").unwrap();
            let (k, date) = rest.split_once(" on ").unwrap();
            let claim = format!("Speedup(place: Mean(\"{group}\"), at_least: {k}, on: {date})");
            scenario.with_any_claim(&claim).unwrap()
        });
        let n_stated = base.dated_claims().len();
        let dates = drawn(&with, thorough(20_000, 1_000_000));
        for ((key, wanted), claim) in asked.iter().zip(&dates.claims[n_stated..]) {
            let off = errors(wanted, claim.estimate.probability, claim.estimate.mcse);
            assert!(off <= BOUND, "{name} {key}: {} and not {wanted}", claim.estimate.probability);
            n += 1;
        }
    }
    assert!(n >= 9, "{n}");
}
