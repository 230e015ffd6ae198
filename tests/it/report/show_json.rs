//! `show` and `check` as JSON: inputs with their outlines, what can be edited, and problems with their places.

use crate::scenario::front_door::EVERYTHING;
use crate::support::{load, parse, root, shipped};
use headstart::Scenario;
use headstart::model::Model;
use serde_json::Value;
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_headstart")).args(arguments).current_dir(root()).output().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

#[test]
fn inputs_have_their_distributions_and_outlines() {
    let shown = json(&run(&["show", "scenarios/takeoff.ron", "--format", "json"]));
    let model = Model::new(&shipped("takeoff"));
    let inputs = shown["inputs"].as_array().unwrap();
    assert_eq!(inputs.len(), model.stated_inputs().count());
    for (input, stated) in inputs.iter().zip(model.stated_inputs()) {
        assert_eq!(input["address"], stated.to_string());
        assert_eq!(input["family"], "Triangular");
        // The closed form of a triangular distribution.
        let [a, c, b] = ["min", "mode", "max"].map(|key| input["parameters"][key].as_f64().unwrap());
        let close = |found: &Value, expected: f64| {
            assert!((found.as_f64().unwrap() - expected).abs() < 1e-12, "{input}");
        };
        close(&input["mean"], (a + b + c) / 3.0);
        close(&input["sd"], ((a * a + b * b + c * c - a * b - a * c - b * c) / 18.0).sqrt());
        let at = |p: f64| {
            let turn = (c - a) / (b - a);
            if p < turn {
                a + (p * (b - a) * (c - a)).sqrt()
            } else {
                b - ((1.0 - p) * (b - a) * (b - c)).sqrt()
            }
        };
        for (pair, p) in input["quantiles"].as_array().unwrap().iter().zip([0.05, 0.25, 0.5, 0.75, 0.95]) {
            close(&pair[0], p);
            close(&pair[1], at(p));
        }
    }
    let published = json(&run(&["show", "scenarios/takeoff-published.ron", "--format", "json"]));
    assert_eq!(published["factors"][0]["scores"][0], 7.62);
}

/// An edit of each kind that can be made at an address whatever is there.
fn set(address: &str, scenario: &Scenario) -> String {
    let value = match address.split('.').next().unwrap() {
        "weight" | "residual" => "0.5".to_owned(),
        "discount" | "world" => "0.25".into(),
        "spread" => "Triangular(half_width: 0.01)".into(),
        "group" => {
            let area =
                scenario.areas().iter().find(|area| address.ends_with(&format!(".{}", area.id))).unwrap();
            scenario.groups()[area.group].id.clone()
        }
        _ => "3".into(),
    };
    format!("{address} = {value}")
}

/// What is said to be editable is what edits take, operator by operator, and what is refused is refused for the reason that is said.
#[test]
fn addresses_take_the_edits_that_they_are_said_to_take() {
    let (mut refused, mut stated) = (0, 0);
    for scenario in
        [load("takeoff-raters"), load("takeoff-simplex"), load("takeoff-no-feedback"), parse(EVERYTHING)]
    {
        // Levers and assertions would be checked with every edit.
        let scenario = scenario.without_asserts();
        let all = scenario.editable();
        assert!(all.len() > 10);
        // A part of the table is like all of it.
        for (n, editable) in all.iter().enumerate() {
            if editable.address.starts_with("score") && n % 7 != 0 && all.len() > 60 {
                continue;
            }
            let address = &editable.address;
            // A share may lie at the end of its range.
            let added = format!("{address} += {}", if address.starts_with("discount") { 0.0 } else { 0.001 });
            for (operator, edit) in
                [("=", set(address, &scenario)), ("+=", added), ("*=", format!("{address} *= 0.999"))]
            {
                let made = scenario.with_edits(&[&edit]);
                let says = editable.operators.contains(&operator);
                assert_eq!(made.is_ok(), says, "{edit}: {:?} {editable:?}", made.err());
            }
            // Set to what it says, it says the same.
            let value = &editable.value;
            if !value.is_empty() && editable.operators.contains(&"=") {
                let same = scenario.with_edits(&[format!("{address} = {value}")]);
                assert_eq!(
                    same.map(|same| same.scenario.to_ron()),
                    Ok(scenario.to_ron()),
                    "{address} = {value}"
                );
                stated += 1;
            }
            let any_refused = editable.operators.len() < 3;
            assert_eq!(any_refused, editable.refused.is_some(), "{editable:?}");
            if let (Some(why), false) = (&editable.refused, address.starts_with("group")) {
                let edits = [format!("{address} *= 0.999"), format!("{address} += 0.001")];
                let whys = edits.map(|edit| scenario.with_edits(&[edit]).err());
                assert!(whys.iter().flatten().any(|said| said.reason == *why), "{why}: {whys:?}");
                refused += 1;
            }
        }
    }
    assert!(refused > 10 && stated > 100, "{refused} {stated}");
}

#[test]
fn problems_have_path_line_and_column() {
    let text = shipped("wheat").to_json().replacen("\"group\": \"", "\"group\": \"x", 1);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wheat.json");
    std::fs::write(&file, &text).unwrap();
    let output = run(&["check", file.to_str().unwrap(), "--format", "json"]);
    assert_eq!((output.status.code(), output.stderr.len()), (Some(2), 0), "{output:?}");
    let found = json(&output);
    assert_eq!(found["valid"], false);
    let problem = &found["problems"][0];
    assert_eq!((&problem["code"], &problem["path"]), (&"E005".into(), &"areas[0].group".into()));
    let [start, end] = [0, 1].map(|n| problem["span"][n].as_u64().unwrap() as usize);
    assert!(text[start..end].starts_with("\"x"), "{problem}");
    let line = text[..start].matches('\n').count() + 1;
    let column = start - text[..start].rfind('\n').unwrap();
    assert_eq!((&problem["line"], &problem["column"]), (&line.into(), &column.into()));
    // As text, the same problem.
    let output = run(&["check", file.to_str().unwrap()]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains(problem["message"].as_str().unwrap()) && said.contains(&format!("{line}:{column}")),
        "{said}"
    );
}

#[test]
fn a_valid_scenario_has_counts_and_warnings() {
    let output = run(&["check", "scenarios/takeoff.ron", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let found = json(&output);
    assert_eq!(found["valid"], true);
    assert_eq!(
        found["counts"],
        serde_json::json!({"groups": 2, "areas": 10, "factors": 7, "worlds": 2, "inputs": 77})
    );
    let scenario = shipped("takeoff");
    let text = scenario.to_ron().replace("    allow: [\"L002\"],\n", "");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("warned.ron");
    std::fs::write(&file, text).unwrap();
    let output = run(&["check", file.to_str().unwrap(), "--format", "json", "--deny", "warnings"]);
    assert_eq!(output.status.code(), Some(1));
    let found = json(&output);
    let clipped =
        found["warnings"].as_array().unwrap().iter().filter(|warning| warning["code"] == "L002").count();
    let expected = parse(&std::fs::read_to_string(&file).unwrap()).lints();
    assert_eq!(clipped, expected.iter().filter(|lint| lint.code == "L002").count());
    assert!(clipped > 0);
}

/// A scenario in JSON gives the answer of the scenario in RON, also from stdin.
#[test]
fn the_command_line_reads_json() {
    let expanded = run(&["show", "scenarios/takeoff-veto.ron", "--expand", "--format", "json"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("veto.json");
    std::fs::write(&file, &expanded.stdout).unwrap();
    let answer = |scenario: &str| run(&["run", scenario, "-n", "1000", "--format", "csv", "-q"]).stdout;
    let expected = answer("scenarios/takeoff-veto.ron");
    assert!(!expected.is_empty());
    assert_eq!(answer(file.to_str().unwrap()), expected);
    let piped = Command::new(env!("CARGO_BIN_EXE_headstart"))
        .args(["run", "-", "-n", "1000", "--format", "csv", "-q"])
        .stdin(std::fs::File::open(&file).unwrap())
        .output()
        .unwrap();
    assert_eq!(piped.stdout, expected);
}
