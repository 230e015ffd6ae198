//! The built program as a user meets it: results on stdout, all else on stderr, exit codes, and a golden report.

use crate::support::binary::{folder, headstart, output};
use crate::support::{assert_golden, read, root};
use std::io::Write;
use std::process::{Output, Stdio};

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What the program prints, word for word, for somebody to have read. `BLESS=1 cargo test` writes them anew.
#[test]
fn reports_are_as_they_were_read() {
    for (file, arguments) in [
        ("takeoff.txt", &["run", "scenarios/takeoff.ron", "--draws", "100000"][..]),
        ("takeoff-all.txt", &["run", "scenarios/takeoff.ron", "--draws", "100000", "--show", "all"]),
        ("wheat.txt", &["run", "scenarios/wheat.ron", "--draws", "10000", "--seed", "2"]),
        (
            "wheat.json",
            &["run", "scenarios/wheat.ron", "--draws", "10000", "--seed", "2", "--format", "json"],
        ),
        ("show-takeoff-published.txt", &["show", "scenarios/takeoff-published.ron"]),
    ] {
        let printed = output(arguments);
        assert!(printed.status.success(), "{}", stderr(&printed));
        assert_eq!(stderr(&printed), "", "nothing on stderr off a terminal");
        assert_golden(&format!("tests/golden/{file}"), &stdout(&printed));
    }
}

#[test]
fn bad_input_gives_code_2_and_an_empty_stdout() {
    let folder = folder("bad-input");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_string_lossy().into_owned()
    };
    let wrong = file("wrong.ron", b"Scenario(title: 5)");
    let latin = file("latin.ron", b"Scenario(title: \"caf\xe9\")");
    let empty = file("empty.ron", b"");
    let large = file("large.ron", &vec![b' '; 5 << 20]);
    let folder_name = folder.to_string_lossy().into_owned();
    let good = "scenarios/wheat.ron";
    for (arguments, words) in [
        (&["run", &wrong][..], "wrong.ron:1:17"),
        (&["check", &wrong], "expected the title as a text"),
        (&["show", &wrong], "a scenario has no `groups`"),
        (&["run", &latin], "not UTF-8 text: byte 21"),
        (&["run", &empty], "the file is empty"),
        (&["run", &large], "larger than"),
        (&["run", &folder_name], "it is a directory"),
        (&["run", "no-such-file.ron"], "cannot read no-such-file.ron"),
        (&["run", good, "--draws", "0"], "from 1 to 1e12"),
        (&["run", good, "--draws", "-5"], "from 1 to 1e12"),
        (&["run", good, "--draws", "1000000000000000"], "from 1 to 1e12"),
        (&["run", good, "--draws", "1.5"], "from 1 to 1e12"),
        (&["run", good, "--draws", "many"], "from 1 to 1e12"),
        (&["run", good, "--threads", "0"], "--threads"),
        (&["run", good, "--seed", "-1"], "--seed"),
        (&["run", good, "--format", "yaml"], "[possible values: text, json, csv, md, html]"),
        (&["run"], "<SCENARIO>"),
        (&["frobnicate"], "frobnicate"),
        (&[], "Usage"),
    ] {
        let answer = output(arguments);
        assert_eq!(answer.status.code(), Some(2), "{arguments:?}");
        assert_eq!(stdout(&answer), "", "{arguments:?}");
        assert!(stderr(&answer).contains(words), "{arguments:?}: {}", stderr(&answer));
        assert!(!stderr(&answer).contains("panicked"));
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_scenario_from_stdin_is_the_same() {
    let arguments = ["run", "-", "--draws", "2000", "--format", "json", "-q"];
    let mut child = headstart(&arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    // A mark before the text, as some editors write it.
    let text = format!("\u{feff}{}", read("scenarios/takeoff.ron"));
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let piped = child.wait_with_output().unwrap();
    assert!(piped.status.success());
    let named = output(&["run", "scenarios/takeoff.ron", "--draws", "2000", "--format", "json"]);
    assert_eq!(stdout(&piped), stdout(&named));
}

/// A scenario on stdin is checked as a file is: the same words, with `stdin` as its name, and the same exit code.
#[test]
fn check_reads_stdin() {
    let check = |arguments: &[&str], input: &str| {
        let mut child = headstart(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    for name in ["scenarios/wheat.ron", "scenarios/takeoff.ron"] {
        let (piped, named) = (check(&["check", "-"], &read(name)), output(&["check", name]));
        assert_eq!(piped.status.code(), Some(0));
        assert_eq!(stdout(&piped), stdout(&named).replace(name, "stdin"));
        let json = check(&["check", "-", "--json"], &read(name));
        assert_eq!(stdout(&json), stdout(&output(&["check", name, "--json"])));
    }
    let wrong = check(&["check", "-"], "Scenario(title: 5)");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stdout(&wrong).is_empty());
    assert!(stderr(&wrong).contains("--> stdin:1:17"), "{}", stderr(&wrong));
    let wrong = check(&["check", "-", "--json"], "Scenario(title: 5)");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stdout(&wrong).starts_with('{'));
}

#[test]
fn the_answer_does_not_depend_on_threads() {
    let json = |threads| {
        let arguments =
            ["run", "scenarios/takeoff.ron", "-n", "1e5", "--format", "json", "--threads", threads];
        stdout(&output(&arguments))
    };
    assert_eq!(json("1"), json("2"));
    assert_eq!(json("1"), json("7"));
}

#[test]
fn the_json_keeps_its_contract() {
    let text = stdout(&output(&["run", "scenarios/takeoff.ron", "-n", "10000", "--format", "json"]));
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["schema"], 2);
    let manifest = &report["manifest"];
    for key in ["version", "title", "scenario_hash", "seed", "draws", "method", "largest_mcse"] {
        assert!(!manifest[key].is_null(), "{key}");
    }
    assert_eq!(manifest["draws"], 10_000);
    assert_eq!(report["areas"].as_array().unwrap().len(), 10);
    assert_eq!(report["areas"][0]["id"], "interpretability");
    assert_eq!(report["areas"][0]["overall"]["quantiles"][0][0], 0.05);
    for key in ["probability", "mcse", "low", "high", "tie"] {
        assert!(report["before"][key][0][0].is_null(), "the diagonal is null");
        assert!(report["before"][key][0][1].is_number());
        assert!(report["worlds"][1]["before"][key][9][8].is_number());
    }
    assert_eq!(report["ranks"]["probability"][9].as_array().unwrap().len(), 10);
    let ids: Vec<&str> =
        report["claims"].as_array().unwrap().iter().map(|claim| claim["id"].as_str().unwrap()).collect();
    for id in [
        "first(safety)<first(capabilities)",
        "last(safety)<first(capabilities)",
        "last(capabilities)<first(safety)",
        "first(safety)<last(capabilities)",
        "mean(safety)<mean(capabilities)",
        "three_capabilities_first",
    ] {
        assert!(ids.contains(&id), "{id}");
    }
    assert_eq!(report["pairs"][0]["of"], 25);
    assert_eq!(report["pairs"][0]["distribution"].as_array().unwrap().len(), 26);
    assert_eq!(report["worlds"][0]["outcomes"]["scheming"], "scheming");
    assert_eq!(report["worlds"][1]["probability"], 0.7);
}

#[test]
fn colours_only_where_they_are_wanted() {
    let arguments = ["run", "scenarios/wheat.ron", "-n", "1000"];
    let plain = output(&arguments);
    assert!(!stdout(&plain).contains('\u{1b}'));
    let coloured = headstart(&arguments).arg("--color=always").output().unwrap();
    assert!(stdout(&coloured).contains("\u{1b}["));
    let silenced = headstart(&arguments).env("NO_COLOR", "1").output().unwrap();
    assert_eq!(stdout(&plain), stdout(&silenced));
}

/// True colours where COLORTERM says so, the palette where somebody insists on colours.
#[test]
fn colours_are_those_of_the_terminal() {
    let arguments = ["run", "scenarios/wheat.ron", "-n", "1000", "--color=always"];
    let printed = |colorterm: &str| {
        let output = headstart(&arguments).env("COLORTERM", colorterm).env("TERM", "xterm").output().unwrap();
        stdout(&output)
    };
    assert!(printed("truecolor").contains("48;2;") && !printed("truecolor").contains("48;5;"));
    assert!(printed("").contains("48;5;") && !printed("").contains("48;2;"));
    // Painted or not, the words are the same but for the shades.
    let bare = anstream::adapter::strip_str(&printed("truecolor")).to_string();
    assert_eq!(bare, anstream::adapter::strip_str(&printed("")).to_string());
}

/// From 80 to 200 columns, no line is longer than the terminal is wide, and wide ones are used.
#[test]
fn reports_fit_the_terminal() {
    use headstart::report::{Sections, Style, run_text};
    let scenario = crate::support::load("takeoff");
    let summary = crate::support::run(&scenario, 2_000);
    let lines = |width: usize| {
        let text = run_text(&scenario, &summary, &Sections::all().with_all_pairs(true), Style::plain(width));
        let widest = text.lines().map(|line| line.chars().count()).max();
        (widest.unwrap(), text.lines().count())
    };
    for width in [80, 100, 120, 160, 200] {
        let (widest, _) = lines(width);
        assert!(widest <= width, "{widest} columns where there are {width}");
    }
    assert!(lines(200).1 < lines(120).1 && lines(120).1 < lines(80).1, "room that is there is used");
}

/// Names come from strangers: what steers a terminal does not reach it.
#[test]
fn names_cannot_steer_the_terminal() {
    let text = read("scenarios/wheat.ron").replace("\"Alta\"", "\"Al\\u{1b}[2Jta\\u{202e}\"");
    let mut child =
        headstart(&["run", "-", "-n", "1000"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let printed = stdout(&child.wait_with_output().unwrap());
    assert!(printed.contains("Al\u{fffd}[2Jta\u{fffd}"), "{printed}");
    assert!(!printed.contains('\u{1b}') && !printed.contains('\u{202e}'));
    // Group names stand in headings too.
    let text = read("scenarios/takeoff.ron").replace("\"AI safety\"", "\"AI \\u{1b}[2Jsafety\"");
    let mut child = headstart(&["show", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let printed = stdout(&child.wait_with_output().unwrap());
    assert!(printed.contains("AI \u{fffd}[2Jsafety") && !printed.contains('\u{1b}'), "{printed}");
}

/// A reader that closes the pipe early is no error.
#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = headstart(&["run", "scenarios/takeoff.ron", "-n", "1000", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let answer = child.wait_with_output().unwrap();
    assert!(answer.status.success());
    assert_eq!(stderr(&answer), "");
}

/// One draw says next to nothing, and the report does not pretend otherwise.
#[test]
fn a_single_draw() {
    let text = stdout(&output(&["run", "scenarios/wheat.ron", "-n", "1"]));
    // The ends of the 95% intervals of 0 and 1 of 1: 1 - 0.025^(1/1), rounded outwards.
    assert!(text.contains("<98%") && text.contains(">2%"), "{text}");
    assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
}

#[test]
fn help_shows_examples() {
    let help = stdout(&output(&["--help"]));
    assert!(help.contains("headstart run scenarios/takeoff.ron"));
    for command in ["run", "show", "check", "sweep", "levers", "diff", "rankings", "init"] {
        let help = stdout(&output(&[command, "--help"]));
        assert!(help.contains(&format!("Examples:\n  headstart {command} ")), "{help}");
    }
}

#[test]
fn edits_and_claims_on_the_command_line() {
    let run = |more: &[&str]| {
        let arguments = ["run", "scenarios/takeoff.ron", "-n", "2000", "--format", "json"];
        output(&arguments.iter().chain(more).copied().collect::<Vec<_>>())
    };
    let report = |more: &[&str]| -> serde_json::Value {
        let printed = run(more);
        assert!(printed.status.success(), "{}", stderr(&printed));
        serde_json::from_str(&stdout(&printed)).unwrap()
    };
    // An edit on the command line is the variant that makes it.
    let variant =
        stdout(&output(&["run", "scenarios/takeoff-slow-evals-2.ron", "-n", "2000", "--format", "json"]));
    let variant: serde_json::Value = serde_json::from_str(&variant).unwrap();
    let edit = "score.feedback_quality.{post_training,data_generation,agent_scaffolding} += -2";
    let edited = report(&["--edit", edit]);
    assert_eq!(edited["before"], variant["before"]);
    assert_ne!(edited["before"], report(&[])["before"]);
    let refused = run(&["--edit", "weight.insihgt = 1"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        stderr(&refused).contains("the edit `weight.insihgt = 1` cannot be made")
            && stderr(&refused).contains("did you mean `insight`")
    );
    let warned = run(&["--edit", "score.compute_vs_labour.alignment_theory += 1"]);
    assert!(
        warned.status.success()
            && stderr(&warned).starts_with("warning: score.compute_vs_labour.alignment_theory")
    );
    // A claim in words or in the syntax of the file.
    let words = report(&["--claim", "ai_control before pre_training"]);
    let claim = words["claims"].as_array().unwrap().last().unwrap();
    assert_eq!(claim["probability"], words["before"]["probability"][3][5]);
    let syntax = report(&["--claim", "Before(Area(\"ai_control\"), Area(\"pre_training\"))"]);
    assert_eq!(syntax["claims"].as_array().unwrap().last().unwrap()["probability"], claim["probability"]);
    let refused = run(&["--claim", "ai_control before nothing"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn a_variant_expands_to_a_scenario_that_is_the_same() {
    let expanded = stdout(&output(&["show", "scenarios/takeoff-quantity.ron", "--expand"]));
    let run = |arguments: &[&str], input: &str| {
        let mut child = headstart(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        stdout(&child.wait_with_output().unwrap())
    };
    let whole = run(&["run", "-", "-n", "3000", "--format", "json", "-q"], &expanded);
    let variant = run(&["run", "scenarios/takeoff-quantity.ron", "-n", "3000", "--format", "json"], "");
    assert_eq!(whole, variant);
}

#[test]
fn an_assert_that_fails_is_exit_code_1() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("asserts.ron").to_string_lossy().into_owned();
    for (assert, code, words) in [
        ("P(ai_control before post_training) < 0.4", 0, "Assertion: met."),
        ("P(ai_control before post_training) > 0.4", 1, "FAILED: the assertion P(ai_control before"),
        ("P(ai_control before post_training) > 0.31", 0, "Undecided: the assertion P(ai_control before"),
    ] {
        let base = root().join("scenarios/takeoff.ron");
        let text = format!("Variant(base: {:?}, asserts: [\"{assert}\"])", base.to_str().unwrap());
        std::fs::write(&path, text).unwrap();
        let printed = output(&["run", &path, "-n", "20000", "--allow-read", "scenarios"]);
        assert_eq!(printed.status.code(), Some(code), "{assert}");
        assert!(stdout(&printed).contains(words), "{assert}: {}", stdout(&printed));
    }
}

#[test]
fn warnings_can_be_denied() {
    let warned = output(&["check", "scenarios/takeoff.ron", "--edit", "weight.* = 1"]);
    assert!(warned.status.success() && stderr(&warned).contains("warning[L006]"), "{}", stderr(&warned));
    let denied = output(&["check", "scenarios/takeoff.ron", "--edit", "weight.* = 1", "--deny", "warnings"]);
    assert_eq!(denied.status.code(), Some(1));
    assert!(output(&["check", "scenarios/takeoff.ron", "--deny", "warnings"]).status.success());
}

/// A scenario from a table, and samples from a column of one.
#[test]
fn tables_beside_a_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    };
    let table = file("table.csv", "factor,weight,One,Other\nCost,2,3,4\nSpeed,1,5,1\n");
    let made = folder.path().join("made.ron").to_string_lossy().into_owned();
    let printed = output(&["init", &made, "--from", &table, "--groups", "A:1,B:1"]);
    assert!(printed.status.success(), "{}", stderr(&printed));
    assert!(output(&["run", &made, "-n", "1000"]).status.success());
    assert_eq!(output(&["init", &made, "--from", &table]).status.code(), Some(2), "nothing is written over");
    let scenario = |score: &str| {
        format!(
            "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"g\")],
             factors: [(id: \"f\", weight: 1, scores: [{score}, 2.5])])"
        )
    };
    file("draws.csv", "draw,x\n1,1\n2,2\n3,3\n4,4\n");
    let good = file("good.ron", &scenario("Samples(file: \"draws.csv\", column: \"x\")"));
    let expanded = stdout(&output(&["show", &good, "--expand"]));
    assert!(expanded.contains("Samples([1, 2, 3, 4])"), "{expanded}");
    for (score, words) in [
        ("Samples(file: \"none.csv\", column: \"x\")", "no samples from `none.csv`"),
        ("Samples(file: \"draws.csv\", column: \"y\")", "unknown column `y`"),
        ("Samples(file: \"table.csv\", column: \"factor\")", "line 2: expected a number in the column"),
    ] {
        let bad = output(&["check", &file("bad.ron", &scenario(score))]);
        assert_eq!(bad.status.code(), Some(2));
        assert!(stderr(&bad).contains(words), "{}", stderr(&bad));
    }
}

#[test]
fn sweeps_levers_and_differences() {
    let json = |arguments: &[&str]| -> serde_json::Value {
        let printed = output(&[arguments, &["-n", "2000", "--format", "json"]].concat());
        assert!(printed.status.success(), "{}", stderr(&printed));
        serde_json::from_str(&stdout(&printed)).unwrap()
    };
    let takeoff = "scenarios/takeoff.ron";
    let swept = json(&["sweep", takeoff, "--vary", "weight.feedback_quality = 0..=5", "--points", "3"]);
    let values: Vec<f64> = swept["compared"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| point["values"][0].as_f64().unwrap())
        .collect();
    assert_eq!(values, [0.0, 2.5, 5.0]);
    assert_eq!(swept["compared"][1]["claims"][0]["inert"], true, "2.5 is what it is");
    let levers = json(&["levers", takeoff, "--claim", "mean(safety)<mean(capabilities)"]);
    assert_eq!(levers["compared"][0]["claims"].as_array().unwrap().len(), 1);
    // The examples of the help: a claim in words, and edits that are made on both sides.
    let words = "ai_control before pre_training";
    let asked = json(&["sweep", takeoff, "--vary", "spread.score *= [0.5, 1]", "--claim", words]);
    assert_eq!(asked["compared"][1]["claims"][0]["id"], words);
    let asked =
        json(&["levers", takeoff, "--claim", "Before(Area(\"ai_control\"), First(\"capabilities\"))"]);
    assert_eq!(asked["compared"][0]["claims"].as_array().unwrap().len(), 1);
    let same = json(&["diff", takeoff, takeoff, "--edit", "weight.insight *= 2"]);
    assert!(same["compared"][0]["claims"].as_array().unwrap().iter().all(|claim| claim["change"] == 0.0));
    assert_eq!(same["path"]["same"], true);
    let slow = json(&["diff", takeoff, "scenarios/takeoff-slow-evals-2.ron"]);
    assert_eq!(slow["path"]["steps"][0]["is_edit"], true);
    let rankings = json(&["rankings", takeoff, "--top", "3"]);
    assert_eq!(rankings["rankings"].as_array().unwrap().len(), 3);
    assert_eq!(rankings["rankings"][0]["order"].as_array().unwrap().len(), 10);
    assert_eq!(rankings["manifest"]["draws"], 2000);
    let pairs = json(&["sweep", takeoff, "--vary", "weight.insight = [1, 2]", "--pairs"]);
    assert_eq!(pairs["compared"][0]["claims"].as_array().unwrap().len(), 25);
    assert_eq!(pairs["compared"][0]["pairs"][0]["of"], 25);
    let csv = stdout(&output(&["levers", takeoff, "-n", "2000", "--format", "csv"]));
    assert!(csv.starts_with("name,claim,from,to,change,mcse,low,high\n") && csv.lines().count() > 50);
    let text =
        stdout(&output(&["sweep", takeoff, "-n", "2000", "--vary", "weight.feedback_quality = 0..=5"]));
    assert!(
        text.contains("Sweep of weight.feedback_quality\n")
            && text.contains("crosses 50% at")
            && text.contains("▲"),
        "{text}"
    );
    for (arguments, words) in [
        (&["sweep", takeoff, "--vary", "weight.insihgt = 0..=1"][..], "did you mean `insight`"),
        (&["sweep", takeoff, "--vary", "weight.insight = 0"], "from..=to"),
        (
            &["sweep", takeoff, "--vary", "weight.insight = 0..=1", "--points", "1000000000"],
            "2 to 10000 points",
        ),
        (
            &["sweep", takeoff, "--vary", "weight.insight = [1]", "--claim", "gala before fuji"],
            "unknown area `gala`",
        ),
        (&["run", takeoff, "--claim", "three_capabilities_firs"], "did you mean `three_capabilities_first`"),
        (&["run", takeoff, "--edit", "weight.insight -= 0.5"], "write `weight.insight += -0.5`"),
        (&["sweep", takeoff], "--vary"),
        (
            &["sweep", takeoff, "--vary", "residual = 0..=1", "--file", "x.ron", "--out", "x"],
            "cannot be used with",
        ),
        (&["rankings", takeoff, "--threshold", "0.3"], "between 0.5 and 1"),
        (&["levers", "scenarios/wheat.ron"], "has no levers"),
        (&["diff", takeoff, "scenarios/wheat.ron"], "cannot be compared"),
        (&["diff", takeoff, "no-such-file.ron"], "cannot read no-such-file.ron"),
    ] {
        let refused = output(arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&refused).contains(words), "{arguments:?}: {}", stderr(&refused));
    }
}

/// Both engines from the command line: what is exact says so, what cannot be is an error or is sampled with a note.
#[test]
fn every_method_says_what_it_did() {
    let takeoff = "scenarios/takeoff.ron";
    let exact =
        output(&["run", takeoff, "--method", "exact", "--points", "128", "-n", "1000", "--format", "json"]);
    assert!(exact.status.success(), "{}", stderr(&exact));
    let json: serde_json::Value = serde_json::from_str(&stdout(&exact)).unwrap();
    assert_eq!(json["manifest"]["method"], "exact");
    assert_eq!(json["manifest"]["exact"]["dimensions"], 7);
    assert_eq!(json["claims"][0]["method"], "exact");
    assert!(json["claims"][5]["method"].is_null(), "the number of pairs is sampled");
    let rare = json["before"]["probability"][1][9].as_f64().unwrap();
    assert!(rare > 1e-8 && rare < 1e-5, "a thousand draws see nothing of {rare}");

    // Every score of an area stands on a single value with some probability and not with all of it.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mixed.ron");
    let text = "Scenario(title: \"t\", groups: [(id: \"x\"), (id: \"y\")],
        areas: [(id: \"a\", group: \"x\"), (id: \"b\", group: \"y\")], factors: [(id: \"f\", weight: 1, scores: [
        Mixture([(0.5, Exact(1)), (0.5, Uniform(min: 0, max: 2))]), Uniform(min: 0, max: 1)])])";
    std::fs::write(&path, text).unwrap();
    let mixed = path.to_str().unwrap();
    let refused = output(&["run", mixed, "--method", "exact"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stdout(&refused).is_empty());
    assert!(stderr(&refused).contains("point mass"), "{}", stderr(&refused));
    let sampled = output(&["run", mixed, "--method", "auto", "-n", "2e5"]);
    assert!(
        sampled.status.success()
            && stderr(&sampled).starts_with("note: headstart sampled the scenario")
            && stderr(&sampled).contains("point mass"),
        "{}",
        stderr(&sampled)
    );

    let checked = output(&["run", takeoff, "--cross-check", "--points", "64", "-n", "100000"]);
    assert!(checked.status.success() && stdout(&checked).contains("consistent with sampling error"));

    // What would have no effect is no argument.
    for (idle, why) in [
        (&["--points", "64"][..], "--points needs --method exact or auto"),
        (&["--precision", "0.01", "-n", "1000"], "cannot be used with"),
        (&["--precision", "0.01", "--method", "exact", "--points", "64"], "cannot be used with"),
    ] {
        let refused = output(&[&["run", takeoff], idle].concat());
        assert!(refused.status.code() == Some(2) && stderr(&refused).contains(why), "{}", stderr(&refused));
    }
}

/// Where an answer is integrated, what was counted is marked in every format, and JSON names it. Ranks are integrated all together, or
/// counted all together.
#[test]
fn counted_beside_integrated() {
    // No probability is carried by more points than there are, and 16 times 8 are fewer than are enough for one.
    for (points, counted_ranks) in [("256", 0), ("8", 100)] {
        marks_what_is_counted(points, counted_ranks);
    }
}

fn marks_what_is_counted(points: &str, counted_ranks: usize) {
    let of = |format: &str| {
        let arguments =
            ["run", "scenarios/takeoff.ron", "--method", "exact", "--points", points, "-n", "1e5"];
        stdout(&output(&[&arguments[..], &["--all-pairs", "--show", "all", "--format", format]].concat()))
    };
    let json: serde_json::Value = serde_json::from_str(&of("json")).unwrap();
    let named: Vec<&str> = json["manifest"]["exact"]["sampled"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n[0].as_str().unwrap())
        .collect();
    let overall = |start: &str, middle: &str| {
        let is_it =
            |name: &&&str| name.starts_with(start) && name.contains(middle) && !name.contains(" where ");
        named.iter().filter(is_it).count()
    };
    let (pairs, ranks, claims) =
        (overall("", " before "), overall("rank ", " of "), overall("the claim ", ""));
    assert!(
        ranks == counted_ranks && claims > 0,
        "{points}: {pairs} pairs, {ranks} ranks and {claims} claims"
    );
    assert!(named.iter().any(|name| name.contains(" where ")));
    for (format, headings) in [
        (
            "text",
            ["P(row before column)", "\nClaims\n", "\nRank probabilities (1 = first)\n", "\nAmenability\n"],
        ),
        (
            "md",
            [
                "\n| P(row before column) |",
                "\n## Claims\n",
                "\n## Rank probabilities (1 = first)\n",
                "\n## Amenability\n",
            ],
        ),
    ] {
        let text = of(format);
        let marks = |part: usize| {
            let rest = &text[text.find(headings[part]).unwrap()..];
            let part = &rest[..rest[1..].find(headings[part + 1]).unwrap()];
            // A mark stands before a digit or a bound.
            let marks = part.split('~').skip(1);
            marks.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || "<>&".contains(c))).count()
        };
        assert_eq!(marks(0), pairs, "{format}");
        assert_eq!(marks(2), ranks, "{format}");
        assert!(marks(1) > 0 && marks(1) <= claims, "{format}");
        assert!(text.contains("ampled and marked"), "{format}");
    }
    assert!(of("html").contains("Sampled and marked ~:"));
}

/// A precision that is not reached is a finding, and the answer is marked.
#[test]
fn a_precision_that_is_not_reached_is_a_finding() {
    let takeoff = "scenarios/takeoff.ron";
    let reached = output(&["run", takeoff, "--precision", "0.005"]);
    assert!(reached.status.success(), "{}", stderr(&reached));
    assert!(stdout(&reached).contains("every interval is within ±0.5 points"));
    let short = output(&["run", takeoff, "--precision", "0.0001", "--max-draws", "1e5"]);
    assert_eq!(short.status.code(), Some(1));
    assert!(stdout(&short).contains("NOT reached"));
    for wrong in ["0", "0.7", "x"] {
        assert_eq!(output(&["run", takeoff, "--precision", wrong]).status.code(), Some(2));
    }
    let together = stdout(&output(&["run", takeoff, "--simultaneous", "-n", "1e5"]));
    let words: Vec<&str> = together.split_whitespace().collect();
    assert!(words.join(" ").contains("(95%, all numbers together)"));
}
