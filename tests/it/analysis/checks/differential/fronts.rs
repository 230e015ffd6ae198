//! Random scenarios as users meet them: every width and format, reports that are made again, sweeps that go on, and signals.

use super::{RUN, drawn, for_each_scenario};
use crate::support::thorough;
use headstart::analysis::{RunTally, ScenarioChange, Vary, points, summarize, sweep};
use headstart::report::Style;
use headstart::request::{Answer, Format, Reproduction, Request, Show, Source, View};
use headstart::sampler::Run;
use headstart::{Control, Scenario};
use serde_json::Value;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

fn answered(scenario: &Scenario, draws: u64, control: Control<'_, RunTally>) -> Answer {
    let source = Source::Open { name: "random.ron".into(), scenario: Box::new(scenario.clone()) };
    let mut request = Request::new(source, Show::Run(headstart::request::How::default()));
    (request.draws, request.threads) = (draws, Some(1));
    request.prepare().unwrap().answer(control).unwrap()
}

fn written(answer: &Answer, format: Format, width: usize) -> String {
    let mut text = Vec::new();
    answer.write(&mut text, format, &View::new(Style::plain(width))).unwrap();
    String::from_utf8(text).unwrap()
}

/// Every format is written at every width, in numbers; JSON and Markdown do not depend on the width; and a report that is made again is
/// the same.
#[test]
fn reports_are_whole_at_every_width_and_made_again() {
    for_each_scenario("formats", thorough(15, 60), |scenario| {
        let answer = answered(scenario, 1_024, Control::none());
        for width in (20..=300).step_by(7) {
            assert!(!written(&answer, Format::Text, width).contains("NaN"), "at {width} columns");
        }
        let [json, csv, page] =
            [Format::Json, Format::Csv, Format::Html].map(|format| written(&answer, format, 80));
        for format in [Format::Json, Format::Csv, Format::Markdown, Format::Html] {
            assert_eq!(written(&answer, format, 80), written(&answer, format, 33));
        }
        let found: Value = serde_json::from_str(&json).unwrap();
        assert!(found["before"]["probability"].is_array() && csv.lines().count() > 1);
        assert!(!csv.contains("NaN") && !csv.contains("inf,"), "{csv}");
        for report in [json, page] {
            let (reproduction, mut request) = Reproduction::read("report", &report).unwrap();
            request.threads = Some(3);
            let again = request.prepare().unwrap().answer(Control::none()).unwrap();
            assert!(reproduction.compare(&again).unwrap().is_same());
        }
        Some(0.0)
    });
}

/// Any points of a sweep have the bits that they have among all.
#[test]
fn sweeps_go_on_to_the_same_bits() {
    for_each_scenario("sweeps", thorough(40, 200), |scenario| {
        let mut swept = None;
        for vary in ["score.*.* += [0, 0.5, 1]", "residual = [0, 1e-9, 0.4]", "score.*.* *= [1, 1e-8, 2]"] {
            let Ok(points) = points(scenario, &[Vary::new(vary, 3).unwrap()]) else { continue };
            let all = sweep(scenario, &points, RUN, Control::none()).unwrap();
            for which in [&[0][..], &[1], &[2], &[0, 2]] {
                let run = Run { threads: Some(2), ..RUN };
                let some = sweep(scenario, &points.only(which), run, Control::none()).unwrap();
                let expected: Vec<ScenarioChange> = which.iter().map(|&index| all[index].clone()).collect();
                assert!(some == expected, "{vary}: points {which:?}");
            }
            swept = Some(0.0);
        }
        swept
    });
}

/// What is stopped at any time is a run of fewer draws.
#[test]
fn stopped_runs_are_runs_of_fewer_draws() {
    for_each_scenario("signals", thorough(15, 60), |scenario| {
        let asked = Run { draws: 200_000, threads: Some(2), ..RUN };
        for after in [1, 70_000] {
            let (stop, seen) = (AtomicBool::new(false), AtomicU64::new(0));
            let add = |n| {
                stop.fetch_or(seen.fetch_add(n, Ordering::Relaxed) + n >= after, Ordering::Relaxed);
            };
            let control = Control { stop: Some(&stop), progress: Some(&add), resume: None };
            let part = summarize(scenario, asked, control);
            let done = part.run.draws;
            assert!(done > 0 && done % 32_768 == 0 || part.partial.is_none(), "{done} draws");
            let alone = drawn(scenario, Run { draws: done, ..asked });
            assert!((&part.order, &part.areas, &part.worlds) == (&alone.order, &alone.areas, &alone.worlds));
        }
        Some(0.0)
    });
}
