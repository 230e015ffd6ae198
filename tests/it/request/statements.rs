//! Questions that take no draws of their own: what is wrong with a scenario, what it says, and how fast it is drawn.

use super::fronts::{FILE, answered, written};
use crate::support::binary::{folder, output, printed, text};
use headstart::request::{Error, Format, Found, Request, Show, Source};
use headstart::{Control, Scenario};
use serde_json::{Value, json as value};

#[test]
fn check_and_show_have_the_bits_of_their_commands() {
    let edit = "weight.insight *= 2";
    for (show, command) in [("check", "check"), ("scenario", "show")] {
        for (edits, more) in [(vec![], vec![]), (vec![edit], vec!["--edit", edit])] {
            let answer = answered(&value!({"show": show, "edits": edits}));
            let arguments = [&[command, FILE][..], &more].concat();
            let json = [&arguments[..], &["--format", "json"]].concat();
            assert_eq!(written(&answer, Format::Json), printed(&json), "{json:?}");
            let text = written(&answer, Format::Text);
            let text = if show == "check" { format!("{FILE}: {text}") } else { text };
            assert_eq!(text, printed(&arguments), "{arguments:?}");
        }
    }
}

/// A scenario with problems has no answer, and its error is the report of the command.
#[test]
fn problems_have_the_bits_of_the_command() {
    let broken = Scenario::from_ron(FILE, &crate::support::read(FILE)).unwrap().to_ron();
    let broken = broken.replacen("group: \"", "group: \"no", 1);
    let folder = folder("request-problems");
    let file = folder.join("broken.ron");
    std::fs::write(&file, &broken).unwrap();
    let name = file.to_string_lossy().into_owned();
    let printed = output(&["check", &name, "--format", "json"]);
    assert_eq!(printed.status.code(), Some(2));
    for show in [Show::Check, Show::Scenario, Show::Levers] {
        let source = Source::Text { name: name.clone(), text: broken.clone() };
        let error = Request::new(source, show).prepare().unwrap_err();
        assert_eq!(error.problems_json().unwrap(), text(&printed.stdout));
    }
    let report: Value = serde_json::from_slice(&printed.stdout).unwrap();
    assert_eq!(report["valid"], false);
    assert!(report["problems"][0]["line"].as_u64().unwrap() > 1);
    assert!(Error::SameArea.problems_json().is_none());
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn warnings_of_a_check_are_those_of_the_scenario() {
    let source = Source::Text { name: FILE.into(), text: crate::support::read(FILE) };
    let mut request = Request::new(source, Show::Check);
    request.edits = vec!["weight.insight = 0".into()];
    let prepared = request.prepare().unwrap();
    let stated = prepared.scenario().lints();
    let answer = prepared.answer(Control::none()).unwrap();
    let Found::Check(found) = answer.found else { panic!("a check was asked for") };
    assert!(found.starts_with(&stated));
}

#[test]
fn a_measurement_has_a_rate_for_each_number_of_threads() {
    let show = |on_threads: &[usize]| value!({"show": {"throughput": {"on-threads": on_threads}}});
    let source = Source::Text { name: FILE.into(), text: crate::support::read(FILE) };
    for threads in [vec![], vec![0], vec![1, 2_000]] {
        let request = Request::new(source.clone(), Show::Throughput { on_threads: threads });
        assert!(matches!(request.prepare(), Err(Error::Number { what: "threads", .. })));
    }
    let measured: Value = serde_json::from_str(&written(&answered(&show(&[1])), Format::Json)).unwrap();
    assert_eq!(measured["runs"].as_array().unwrap().len(), 1, "{measured}");
}
