//! The shipped engine has the bits of the library, for every command of a page and every shipped scenario. It is built anew when this fails
//! (`docs/dev/page.md`).

use super::engine::Engine;
use crate::support::{library, load, thorough};
use headstart::report::Style;
use headstart::request::{Error, Format, Request, View};
use headstart::{Control, Scenario};
use serde_json::{Value, json as value};

const DRAWS: u64 = 2_048;

/// A request about a scenario.
fn request(text: &str, rest: &Value) -> Value {
    let mut whole = value!({"source": {"text": {"name": "page.ron", "text": text}}, "draws": DRAWS});
    whole.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    whole
}

fn native(request: &Value) -> Result<[String; 2], Error> {
    let request: Request = serde_json::from_value(request.clone()).unwrap();
    let answer = request.prepare()?.answer(Control::none())?;
    Ok([Format::Text, Format::Json].map(|format| {
        let mut out = Vec::new();
        answer.write(&mut out, format, &View::new(Style::plain(80))).unwrap();
        String::from_utf8(out).unwrap()
    }))
}

/// JSON without how it was made, which names the target.
fn without_made(text: &str) -> Value {
    let mut value: Value = serde_json::from_str(text).unwrap();
    value.as_object_mut().unwrap().remove("made");
    value
}

/// Both answer alike, or refuse alike; returns whether they answer.
#[track_caller]
fn assert_same(engine: &mut Engine, request: &Value) -> bool {
    let said = engine.ask(&value!({"request": request, "wants": ["text", "json"]}));
    match native(request) {
        Ok([text, json]) => {
            let forms = &said["answer"]["forms"];
            assert_eq!(forms["text"].as_str().unwrap_or_default(), text, "{said}");
            let json_there = forms["json"].as_str().unwrap();
            assert_eq!(without_made(json_there), without_made(&json));
            true
        }
        Err(why) => {
            assert_eq!(said["refused"]["message"].as_str(), Some(why.to_string().as_str()));
            assert_eq!(said["refused"]["problems"].as_str().map(str::to_owned), why.problems_json());
            false
        }
    }
}

fn first_pair(scenario: &Scenario) -> String {
    let areas = scenario.areas();
    let other = areas.iter().position(|area| area.group != areas[0].group).unwrap_or(1);
    format!("{} before {}", areas[0].id, areas[other].id)
}

#[test]
fn every_command_on_every_shipped_scenario() {
    let mut engine = Engine::new();
    let mut answered = 0;
    for name in library() {
        let scenario = load(&name);
        let text = scenario.to_ron();
        for show in [
            value!({"run": {}}),
            value!({"run": {"method": "auto", "points": 4}}),
            value!({"rankings": {"top": 5, "threshold": 0.95}}),
        ] {
            answered += usize::from(assert_same(&mut engine, &request(&text, &value!({"show": show}))));
        }
        // An interpreter takes long over these, so from few draws.
        let levers = value!({"show": "levers", "draws": 256});
        answered += usize::from(assert_same(&mut engine, &request(&text, &levers)));
        if thorough(["takeoff", "wheat"].contains(&name.as_str()), true) {
            let show = value!({"sensitivity": {"claim": first_pair(&scenario)}});
            assert!(assert_same(&mut engine, &request(&text, &value!({"show": show, "draws": 128}))));
        }
    }
    assert!(answered >= 3 * library().len());
}

/// A generator of the test's own.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

/// One edit of any number, and the scenario with it against the one without.
#[test]
fn random_edits() {
    let (mut engine, mut state, names) = (Engine::new(), 7, library());
    let mut answered = 0;
    let n = thorough(25, 400);
    for _ in 0..n {
        let scenario = load(&names[next(&mut state) % names.len()]);
        let text = scenario.to_ron();
        let all = scenario.editable();
        let editable = &all[next(&mut state) % all.len()];
        let by = ["= 2.5", "*= 0.5", "+= 0.25", "= 0"][next(&mut state) % 4];
        let edit = format!("{} {by}", editable.address);
        let run = value!({"show": {"run": {}}, "edits": [edit]});
        let is_made = assert_same(&mut engine, &request(&text, &run));
        answered += usize::from(is_made);
        let source = value!({"text": {"name": "page.ron", "text": text}});
        let other = value!({"edited": {"source": source, "edits": [edit]}});
        assert_same(&mut engine, &request(&text, &value!({"show": {"change": {"other": other}}})));
    }
    assert!(answered > n / 3, "{answered}");
}

/// A run that pauses says so, has the bits of a run of so many draws, and goes on to those of the whole.
#[test]
fn steps_of_a_run() {
    let mut engine = Engine::new();
    let text = load("wheat").to_ron();
    let asked = |draws: u64| request(&text, &value!({"show": {"run": {}}, "draws": draws}));
    let of = 80_000;
    let mut step = || {
        engine.ask(&value!({"request": asked(of), "wants": ["text", "screen"], "step": 1}))["answer"].take()
    };
    let mut seen = Vec::new();
    loop {
        let answer = step();
        let text = answer["forms"]["text"].as_str().unwrap().to_owned();
        let Some(done) = answer["partial"][0].as_u64() else {
            assert_eq!(text, native(&asked(of)).unwrap()[0]);
            assert!(answer["forms"]["screen"].as_str().unwrap().contains("\"partial\":null"));
            break;
        };
        let whole = native(&asked(done)).unwrap()[0].clone();
        let partial: Vec<&str> = text.lines().filter(|line| !whole.contains(line)).collect();
        assert!(
            partial.iter().all(|line| line.contains("PARTIAL") || line.contains("draws only")),
            "{partial:?}"
        );
        seen.push(done);
    }
    assert_eq!(seen, [32_768, 65_536]);
}

/// What is no request, or cannot be asked of a page, is refused in words and breaks nothing.
#[test]
fn what_is_refused() {
    let mut engine = Engine::new();
    let text = load("wheat").to_ron();
    let why = |said: Value| said["refused"]["message"].as_str().unwrap().to_owned();
    assert!(why(engine.ask_text("{")).starts_with("the request cannot be read"));
    assert!(why(engine.ask_text("\u{0}")).starts_with("the request cannot be read"));
    let bench = request(&text, &value!({"show": {"throughput": {"on-threads": [1]}}}));
    assert!(why(engine.ask(&value!({"request": bench, "wants": []}))).contains("headstart bench"));
    for text in ["Scenario(", "", "{", "Scenario(title: 3)"] {
        assert!(!assert_same(&mut engine, &request(text, &value!({"show": "check"}))), "{text}");
    }
    assert!(assert_same(&mut engine, &request(&text, &value!({"show": {"run": {}}}))));
}
