//! Files that a file may name: those in or below its folder, those that `--allow-read` admits, and for reports and pipes none. What is
//! refused is not opened, and nothing of it is shown.

use crate::support::binary::{folder, headstart, output, text};
use crate::support::read;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

/// A word that no message may have.
const SECRET: &str = "hunter2";

/// A scenario, one of whose scores is in a column of a file.
fn samples(file: &str) -> String {
    format!(
        "Scenario(title: \"t\", groups: [(id: \"g\")], areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"g\")],
         factors: [(id: \"f\", weight: 1, scores: [Samples(file: {file:?}, column: \"x\"), 2.5])])"
    )
}

fn variant(base: &str) -> String {
    format!("Variant(base: {base:?}, edits: [\"weight.* *= 2\"])")
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Ends a command that waits for a file which nobody writes into.
fn in_time(arguments: &[&str]) -> Output {
    let mut child = headstart(arguments).stdin(Stdio::null()).spawn().unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_mins(1) {
            child.kill().unwrap();
            panic!("{arguments:?} waits for ever");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    child.wait_with_output().unwrap()
}

#[track_caller]
fn refused(arguments: &[&str], why: &str) {
    let output = in_time(arguments);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    assert!(said.contains(why), "{arguments:?}: expected {why}, found {said}");
    assert!(!said.contains(SECRET), "{arguments:?}: {said}");
    assert!(said.len() < 4_000, "{arguments:?} says {} letters", said.len());
}

#[track_caller]
fn admitted(arguments: &[&str]) {
    let output = in_time(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
}

/// Folders `home/inside` beside `outside`, with a table of draws, a scenario and a file of secrets in each.
fn places(name: &str) -> std::path::PathBuf {
    let folder = folder(&format!("policy-{name}")).canonicalize().unwrap();
    for place in ["home", "home/inside", "outside"] {
        write(&folder.join(place).join("draws.csv"), "x\n1\n2\n4\n");
        write(&folder.join(place).join("base.ron"), &samples("draws.csv"));
        write(&folder.join(place).join(".env"), &format!("NAME=VALUE\nTOKEN={SECRET}\n"));
    }
    folder
}

#[test]
fn a_file_names_files_in_or_below_its_folder() {
    let folder = places("plain");
    let at = |path: &str| folder.join(path).to_string_lossy().into_owned();
    let scenario = at("home/scenario.ron");
    let outside = "a file may only name files in or below its own folder";
    let (absolute, far) = (at("home/inside/draws.csv"), at("outside/draws.csv"));
    for path in
        ["draws.csv", "inside/draws.csv", "./inside/../draws.csv", "inside/../inside/draws.csv", &absolute]
    {
        write(Path::new(&scenario), &samples(path));
        admitted(&["check", &scenario]);
    }
    let base = at("outside/base.ron");
    for text in [
        samples("../outside/draws.csv"),
        samples("inside/../../outside/draws.csv"),
        samples(&far),
        samples("/etc/passwd"),
        samples("/proc/self/environ"),
        samples("/dev/zero"),
        samples("../../../../../../../../etc/passwd"),
        variant("../outside/base.ron"),
        variant(&base),
        variant("/etc/passwd"),
    ] {
        write(Path::new(&scenario), &text);
        for command in ["check", "run", "show"] {
            refused(&[command, &scenario], outside);
        }
    }
    write(Path::new(&scenario), &samples("../outside/draws.csv"));
    admitted(&["check", &scenario, "--allow-read", &at("outside")]);
    refused(&["check", &scenario, "--allow-read", &at("home/inside")], outside);
    // A file that is admitted names those in its own folder in turn, and no others.
    write(Path::new(&scenario), &variant("../outside/base.ron"));
    admitted(&["check", &scenario, "--allow-read", &at("outside"), "--allow-read", &at("home/inside")]);
    write(&folder.join("outside/base.ron"), &samples("../home/draws.csv"));
    refused(&["check", &scenario, "--allow-read", &at("outside")], outside);
    admitted(&["check", &scenario, "--allow-read", &at("outside"), "--allow-read", &at("home")]);
    refused(&["check", &scenario, "--allow-read", &at("nowhere")], "cannot use --allow-read");
    std::fs::remove_dir_all(folder).unwrap();
}

#[cfg(unix)]
#[test]
fn links_are_resolved_before_a_file_is_admitted() {
    use std::os::unix::fs::symlink;
    let folder = places("links");
    let at = |path: &str| folder.join(path).to_string_lossy().into_owned();
    let scenario = at("home/scenario.ron");
    let link = |to: &str, name: &str| symlink(to, folder.join(name)).unwrap();
    link("inside", "home/within");
    link("../outside", "home/away");
    link("../../outside/draws.csv", "home/inside/table.csv");
    link("draws.csv", "home/inside/near.csv");
    link("round", "home/round");
    link(&at("home/inside/draws.csv"), "home/absolute.csv");
    link("/dev/zero", "home/zero.csv");
    link("home", "linked");
    for path in ["within/draws.csv", "within/near.csv", "within/../draws.csv", "absolute.csv"] {
        write(Path::new(&scenario), &samples(path));
        admitted(&["check", &scenario]);
        admitted(&["check", &at("linked/scenario.ron")]);
    }
    let outside = "a file may only name files in or below its own folder";
    for path in ["away/draws.csv", "inside/table.csv", "within/table.csv", "zero.csv"] {
        write(Path::new(&scenario), &samples(path));
        refused(&["check", &scenario], outside);
    }
    write(Path::new(&scenario), &samples("away/draws.csv"));
    admitted(&["check", &scenario, "--allow-read", &at("outside")]);
    write(Path::new(&scenario), &samples("round"));
    refused(&["check", &scenario], "too many symbolic links");
    // The folder of a scenario is the one that it is named in.
    write(&folder.join("real/scenario.ron"), &samples("draws.csv"));
    link("../real/scenario.ron", "outside/named.ron");
    admitted(&["check", &at("outside/named.ron")]);
    std::fs::remove_dir_all(folder).unwrap();
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_refused_without_being_opened() {
    let folder = places("fifo");
    let at = |path: &str| folder.join(path).to_string_lossy().into_owned();
    let made = std::process::Command::new("mkfifo").arg(at("home/pipe")).status().unwrap();
    assert!(made.success());
    let scenario = at("home/scenario.ron");
    for (path, why) in [
        ("pipe", "it is a pipe or a device, not a file"),
        ("-", "`-` is not a file"),
        ("inside", "it is a directory"),
        ("nothing.ron", "No such file"),
    ] {
        for text in [samples(path), variant(path)] {
            write(Path::new(&scenario), &text);
            refused(&["run", &scenario], why);
        }
        write(
            Path::new(&scenario),
            &format!("Sweeps(scenario: {path:?}, sweeps: [(id: \"s\", vary: [\"residual = 0..=1\"])])"),
        );
        refused(&["sweep", "--file", &scenario, "--out", &at("out")], why);
    }
    assert!(!folder.join("out").exists());
    std::fs::remove_dir_all(folder).unwrap();
}

/// Files that are no scenarios are told from them by how they begin, and of tables line numbers are shown, and names of columns in part.
#[test]
fn nothing_is_shown_of_a_file_that_was_named_by_mistake() {
    let folder = places("quoted");
    let at = |path: &str| folder.join(path).to_string_lossy().into_owned();
    let scenario = at("home/scenario.ron");
    write(&folder.join("home/keys.json"), &format!("{{\"token\": \"{SECRET}\"}}"));
    write(&folder.join("home/numbers.csv"), &format!("x\n{SECRET}\n"));
    write(&folder.join("home/wide.csv"), &format!("{}{SECRET}\n1\n", "column,".repeat(100)));
    write(&folder.join("home/line.csv"), &format!("{}{SECRET}", "y".repeat(3_500_000)));
    for (text, why) in [
        (variant(".env"), "it does not begin as a scenario"),
        (variant("keys.json"), "it does not begin as a scenario"),
        (samples(".env"), "unknown column `x`; there are NAME=VALUE"),
        (samples("numbers.csv"), "line 2: expected a number"),
        (samples("wide.csv"), "unknown column `x`"),
        (samples("line.csv"), "unknown column `x`"),
    ] {
        write(Path::new(&scenario), &text);
        refused(&["run", &scenario], why);
    }
    let sweeps = at("home/sweeps.ron");
    for path in [".env", "keys.json", "draws.csv"] {
        write(
            Path::new(&sweeps),
            &format!("Sweeps(scenario: {path:?}, sweeps: [(id: \"s\", vary: [\"residual = 0..=1\"])])"),
        );
        refused(&["sweep", "--file", &sweeps, "--out", &at("out")], "it does not begin as a scenario");
    }
    // What a person names is shown, and so is a base.
    write(&folder.join("home/other.ron"), "Scenario(titel: \"t\")");
    write(Path::new(&scenario), &variant("other.ron"));
    refused(&["run", &scenario], "has problems, the first: a scenario has no field `titel`");
    let named = output(&["check", &at("home/.env")]);
    assert!(text(&named.stderr).contains("NAME=VALUE"), "{}", text(&named.stderr));
    for (begin, is_base) in [
        ("/* c */ Scenario (", true),
        ("(title: \"t\",", true),
        ("{\"title\": \"t\"", true),
        ("Scenarios(", false),
        ("(token: 1", false),
    ] {
        assert_eq!(headstart::Scenario::begins(begin), is_base, "{begin}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// A text from a pipe has no folder.
#[test]
fn a_text_from_stdin_names_no_file() {
    let folder = places("stdin");
    let here = folder.join("home");
    let piped = |arguments: &[&str], text: &str| {
        let mut command = headstart(arguments);
        let mut child = command.current_dir(&here).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    for named in [samples("draws.csv"), variant("base.ron"), samples("/etc/passwd")] {
        for arguments in [&["run", "-"][..], &["check", "-", "--allow-read", "."], &["run", "/dev/stdin"]] {
            let output = piped(arguments, &named);
            assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
            assert!(text(&output.stderr).contains("may name no other file"), "{}", text(&output.stderr));
        }
    }
    let sweeps = "Sweeps(scenario: \"base.ron\", sweeps: [(id: \"s\", vary: [\"residual = 0..=1\"])])";
    let output = piped(&["sweep", "--file", "-", "--out", "out"], sweeps);
    assert!(text(&output.stderr).contains("may name no other file"), "{}", text(&output.stderr));
    assert!(piped(&["check", "-"], &read("scenarios/wheat.ron")).status.success());
    std::fs::remove_dir_all(folder).unwrap();
}

/// A report with its digest as the documentation says what it is of.
fn sealed(mut report: Value) -> String {
    report["made"]["digest"] = "".into();
    let digest = Sha256::digest(report.to_string().as_bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    report["made"]["digest"] = hex.into();
    report.to_string()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Reports of this version, in which the scenario is another one.
#[test]
fn a_report_names_no_file_at_all() {
    let folder = places("reports");
    let at = |path: &str| folder.join(path).to_string_lossy().into_owned();
    write(&folder.join("home/good.ron"), &samples("draws.csv"));
    let made = |command: &[&str], format: &str| {
        let arguments = [command, &["-n", "2000", "-q", "--format", format]].concat();
        let output = output(&arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let good = at("home/good.ron");
    let (json, page) = (made(&["run", &good], "json"), made(&["run", &good], "html"));
    let json: Value = serde_json::from_str(&json).unwrap();
    let held = json["scenario"].as_str().unwrap().to_owned();
    assert!(held.contains("Samples([1, 2, 4])"), "values are written out: {held}");
    assert!(page.contains(&escaped(&held)));
    let compared: Value = serde_json::from_str(&made(&["diff", &good, &good], "json")).unwrap();
    let (report, html, diff) = (at("home/r.json"), at("home/r.html"), at("home/d.json"));
    // With its own scenario each is accepted, so that what is refused below is refused for what it names.
    let forge = |scenario: &str| {
        let mut forged = json.clone();
        forged["scenario"] = scenario.into();
        write(Path::new(&report), &sealed(forged));
        write(Path::new(&html), &page.replace(&escaped(&held), &escaped(scenario)));
        let mut forged = compared.clone();
        forged["made"]["other"]["scenario"] = scenario.into();
        write(Path::new(&diff), &sealed(forged));
    };
    forge(&held);
    for path in [&report, &html, &diff] {
        admitted(&["check", path]);
        admitted(&["verify", path]);
    }
    admitted(&["diff", &good, &diff, "-n", "2000", "-q"]);
    let (secrets, base) = (at("home/.env"), at("home/base.ron"));
    for named in [
        samples("draws.csv"),
        samples("/etc/passwd"),
        samples(&secrets),
        variant("base.ron"),
        variant(&base),
        variant("/dev/zero"),
        variant("-"),
        held.replace("title: \"t\"", "title: \"t\", levers: [(id: \"l\", name: \"l\", edits: [\"score.f.a = Samples(file: \\\"draws.csv\\\", column: \\\"x\\\")\"])]"),
    ] {
        forge(&named);
        for path in [&report, &html] {
            for command in ["run", "check", "show", "verify", "rankings"] {
                refused(&[command, path], "may name no other file");
            }
            refused(&["run", path, "--allow-read", &at("home")], "may name no other file");
        }
        refused(&["verify", &diff], "may name no other file");
        refused(&["diff", &good, &diff], "may name no other file");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// Reports of another version are refused by its number, before anything in them is read.
#[test]
fn a_report_of_another_schema_is_refused_by_name() {
    let folder = places("schema");
    let (report, page) = (folder.join("home/r.json"), folder.join("home/r.html"));
    let names = [&report, &page].map(|path| path.to_string_lossy().into_owned());
    for name in &names {
        admitted(&["run", "scenarios/wheat.ron", "-n", "2000", "-q", "--export", name]);
    }
    let mut json: Value = serde_json::from_str(&std::fs::read_to_string(&report).unwrap()).unwrap();
    let now = json["schema"].as_u64().unwrap();
    json["schema"] = 1.into();
    write(&report, &sealed(json));
    let html = std::fs::read_to_string(&page).unwrap();
    let made = html.find("<pre id=\"made\">").unwrap();
    let schema = format!("\"schema\": {now}");
    assert!(html[made..].contains(&schema));
    write(&page, &format!("{}{}", &html[..made], html[made..].replacen(&schema, "\"schema\": 1", 1)));
    for name in &names {
        for command in ["run", "check", "verify"] {
            refused(&[command, name], "it is written in report format 1");
        }
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// The scenario of a file of sweeps is beside it, or where somebody allows.
#[test]
fn a_file_of_sweeps_names_scenarios_in_its_folder() {
    let folder = places("sweeps");
    let at = |path: &str| folder.join(path).to_string_lossy().into_owned();
    let sweeps = |scenario: &str| {
        format!(
            "Sweeps(scenario: {scenario:?}, draws: 2000, sweeps: [(id: \"s\", vary: [\"residual = [0, 1]\"])])"
        )
    };
    let file = at("home/sweeps.ron");
    write(Path::new(&file), &sweeps("inside/base.ron"));
    admitted(&["sweep", "--file", &file, "--out", &at("one"), "-q"]);
    write(Path::new(&file), &sweeps("../outside/base.ron"));
    refused(&["sweep", "--file", &file, "--out", &at("two"), "-q"], "in or below its own folder");
    admitted(&["sweep", "--file", &file, "--out", &at("two"), "-q", "--allow-read", &at("outside")]);
    admitted(&["check", &at("two/s.json")]);
    std::fs::remove_dir_all(folder).unwrap();
}
