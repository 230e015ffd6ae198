//! Requests: what a page or a library asks has the bits of the command line, and what cannot be asked is refused with a reason.

use crate::support::binary::printed;
use crate::support::{load, read};
use headstart::analysis::{Error as AnalysisError, PartialUnit, summarize};
use headstart::report::{ReportWithProvenance, Style, json};
use headstart::request::{Answer, Error, Format, Found, How, Request, Show, Source, View};
use headstart::sampler::{Arithmetic, Run};
use headstart::{Control, Stopped};
use serde_json::{Value, json as value};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

pub const FILE: &str = "scenarios/takeoff.ron";

pub fn request(rest: &Value) -> Result<Request, serde_json::Error> {
    let mut whole =
        value!({"source": {"text": {"name": FILE, "text": read(FILE)}}, "draws": 2_000, "seed": 3});
    let fields = whole.as_object_mut().unwrap();
    fields.extend(rest.as_object().unwrap().clone());
    serde_json::from_value(whole)
}

pub fn answered(rest: &Value) -> Answer {
    request(rest).unwrap().prepare().unwrap().answer(Control::none()).unwrap()
}

pub fn written(answer: &Answer, format: Format) -> String {
    let (mut out, view) = (Vec::new(), View::new(Style::plain(80)));
    answer.write(&mut out, format, &view).unwrap();
    String::from_utf8(out).unwrap()
}

fn refused(rest: &Value) -> Error {
    request(rest).unwrap().prepare().unwrap_err()
}

/// Each question as JSON, and the command line that asks it.
#[test]
fn a_request_has_the_bits_of_its_command() {
    let pair = "ai_control before post_training";
    let expanded = printed(&["show", "scenarios/takeoff-equal-weights.ron", "--expand"]);
    let diffed = std::env::temp_dir().join(format!("headstart-request-{}.ron", std::process::id()));
    std::fs::write(&diffed, &expanded).unwrap();
    let diffed = diffed.to_string_lossy().into_owned();
    let vary = "weight.insight = [1, 3]";
    let questions: [(Value, Vec<&str>); 8] = [
        (
            value!({"show": {"run": {"method": "exact", "points": 32}}}),
            vec!["run", "--method=exact", "--points=32"],
        ),
        (
            value!({"show": {"run": {}}, "edits": ["weight.insight *= 2"], "claims": [pair], "arithmetic": "double"}),
            vec!["run", "--edit=weight.insight *= 2", "--claim", pair, "--arithmetic=double"],
        ),
        (value!({"show": {"sensitivity": {"claim": pair}}}), vec!["sensitivity", "--claim", pair]),
        (value!({"show": "central-weights"}), vec!["sensitivity", "--central-weights"]),
        (
            value!({"show": {"rankings": {"top": 4, "threshold": 0.9}}}),
            vec!["rankings", "--top=4", "--threshold=0.9"],
        ),
        (
            value!({"show": {"sweep": {"vary": [vary]}}, "claims": [pair]}),
            vec!["sweep", "--vary", vary, "--claim", pair],
        ),
        (value!({"show": "levers"}), vec!["levers"]),
        (value!({"show": {"explain": {"a": "ai_control", "b": "post_training"}}}), vec!["explain"]),
    ];
    for (asked, command) in questions {
        let mut arguments = command.clone();
        arguments.extend(["-n", "2000", "--seed", "3", "--format", "json", "-q", "--", FILE]);
        if command[0] == "explain" {
            arguments.extend(["ai_control", "post_training"]);
        }
        let answer = answered(&asked);
        let ours = written(&answer, Format::Json);
        assert_eq!(ours, printed(&arguments), "{asked}");
        // What it was made by is in it, and its seal holds.
        let stamped = ReportWithProvenance::read(&ours).unwrap();
        assert!(stamped.is_intact, "{asked}");
        assert_eq!(stamped.made.command, command[0], "{asked}");
        let source = Source::Text { name: "report".into(), text: ours.clone() };
        let again = Request::again(&stamped.made, source).unwrap().prepare().unwrap();
        assert_eq!(written(&again.answer(Control::none()).unwrap(), Format::Json), ours, "{asked}");
        if let Some(text) = arguments.iter_mut().find(|argument| **argument == "json") {
            *text = "text";
        }
        assert_eq!(written(&answer, Format::Text), printed(&arguments), "{asked}");
    }
    let show = value!({"diff": {"other": {"text": {"name": diffed, "text": expanded}}}});
    let ours = written(&answered(&value!({"show": show})), Format::Json);
    let command = ["diff", FILE, &diffed, "-n", "2000", "--seed", "3", "--format", "json", "-q"];
    assert_eq!(ours, printed(&command));
}

/// The road adds nothing to what the library gives on foot.
#[test]
fn a_run_is_that_of_its_scenario() {
    let answer = answered(&value!({"show": {"run": {}}}));
    let Found::Run(found) = &answer.found else { panic!("a run was asked for") };
    let run = Run { draws: 2_000, seed: 3, ..Run::default() };
    let scenario = load("takeoff");
    assert_eq!(json(&scenario, found), json(&scenario, &summarize(&scenario, run, Control::none())));
    let text = read(FILE);
    let prepared =
        Request::new(Source::Text { name: FILE.into(), text }, Show::Run(How::default())).prepare();
    let prepared = prepared.unwrap();
    assert_eq!((prepared.run(), prepared.arithmetic()), (Run::default(), Arithmetic::Single));
    assert_eq!(prepared.model().n_areas(), scenario.areas().len());
}

#[test]
fn what_cannot_be_asked_is_refused_with_a_reason() {
    let run = value!({"run": {}});
    let why = |rest: Value| refused(&rest).to_string();
    assert!(why(value!({"show": run, "draws": 0})).contains("from 1 to 1e12"));
    assert!(why(value!({"show": run, "edits": ["weight.nothing = 1"]})).contains("cannot be made"));
    assert!(why(value!({"show": run, "claims": ["nobody before ai_control"]})).contains("cannot be read"));
    assert!(why(value!({"show": {"run": {"method": "exact", "points": 33}}})).contains("power of two"));
    assert!(matches!(refused(&value!({"show": {"run": {"points": 32}}})), Error::PointsAlone));
    let precise = |half_width: f64| value!({"half-width": half_width, "max-draws": 1000});
    assert!(why(value!({"show": {"run": {"precision": precise(0.7)}}})).contains("below 0.5"));
    let rankings =
        |top: usize, threshold: f64| value!({"show": {"rankings": {"top": top, "threshold": threshold}}});
    assert!(why(rankings(0, 0.9)).starts_with("top: ") && why(rankings(3, 0.5)).starts_with("threshold: "));
    let explain = |a: &str, b: &str| value!({"show": {"explain": {"a": a, "b": b}}});
    assert!(matches!(refused(&explain("ai_control", "ai_control")), Error::SameArea));
    assert!(matches!(refused(&explain("@safety", "ai_control")), Error::SeveralAreas(_)));
    let vary = ["weight.insight = 0..=1"; 3];
    assert!(matches!(refused(&value!({"show": {"sweep": {"vary": vary}}})), Error::VariesTooMuch));
    let broken = value!({"source": {"text": {"name": "broken", "text": "Scenario("}}, "show": run});
    assert!(matches!(refused(&broken), Error::Scenario(_)));
    // A field that nobody knows is no field that is left out.
    for unknown in [value!({"show": run, "sead": 3}), value!({"show": {"run": {"metod": "exact"}}})] {
        assert!(request(&unknown).unwrap_err().to_string().contains("unknown field"), "{unknown}");
    }
}

/// A run is partial; what cannot be has no answer.
#[test]
fn a_request_that_is_stopped_is_partial_or_has_no_answer() {
    let stop = AtomicBool::new(true);
    let told = AtomicU64::new(0);
    let add = |n| {
        told.fetch_add(n, Ordering::Relaxed);
    };
    let control = Control { stop: Some(&stop), progress: Some(&add), resume: None };
    let ready =
        |show: Value| request(&value!({"show": show, "draws": 1_000_000})).unwrap().prepare().unwrap();
    let part = ready(value!({"run": {}})).answer(control).unwrap().partial().unwrap();
    assert_eq!((part.done, part.of, part.what), (32_768, 1_000_000, PartialUnit::Draws));
    assert_eq!(told.into_inner(), 32_768);
    let control = Control { stop: Some(&stop), ..Control::none() };
    let swept = ready(value!({"sweep": {"vary": ["weight.insight = 0..=1"]}})).answer(control).unwrap();
    assert_eq!(swept.partial().map(|part| (part.done, part.of)), Some((0, 11)));
    for show in [
        value!("levers"),
        value!("central-weights"),
        value!({"explain": {"a": "ai_control", "b": "pre_training"}}),
    ] {
        let stopped = ready(show).answer(control).unwrap_err();
        assert!(matches!(stopped, Error::Analysis(AnalysisError::Stopped(Stopped))), "{stopped}");
    }
}
