//! What strangers write on its way to a terminal: group names, paths, claims; and what the command does where the system is short of threads
//! or another run holds its checkpoint.

use crate::support::binary::{folder, has_happened, headstart, output, printed, text};
use crate::support::{read, thorough};
use std::ffi::OsStr;
use std::process::Output;

/// Orders to a terminal, letters that turn what follows, and letters that show nothing.
const HOSTILE: &str =
    "\u{1b}]0;pwned\u{7}\u{1b}[31mred\u{9b}2J\u{202e}\u{115f}\u{3164}\u{ffa0}\u{34f}\u{180e}\u{200b}";

#[track_caller]
fn assert_harmless(output: &Output) {
    for said in [&output.stdout, &output.stderr] {
        let said = text(said);
        let found = said.chars().find(|c| {
            c.is_control() && *c != '\n'
                || (*c != '\u{fffd}' && HOSTILE.contains(*c) && !c.is_ascii_graphic())
        });
        assert!(found.is_none(), "{found:?} in {said}");
    }
}

#[test]
fn names_of_groups_reach_no_terminal_raw() {
    let folder = folder("strangers-names");
    let path = folder.join("levers.ron").to_string_lossy().into_owned();
    let named = HOSTILE.chars().map(|c| format!("\\u{{{:x}}}", u32::from(c))).collect::<String>();
    let scenario = format!(
        "Scenario(title: \"t\", groups: [(id: \"g\", name: \"{named}\"), (id: \"h\")], areas: [(id: \"a\", group: \"g\"), (id: \"b\", group: \"h\")],
         factors: [(id: \"f\", weight: 1, scores: [Uniform(min: 0, max: 1), Uniform(min: 0, max: 2)])],
         levers: [(id: \"l\", edits: [\"score.f.a += 1\"], spillover: [\"score.f.b += 0.5\"])])"
    );
    std::fs::write(&path, scenario).unwrap();
    let checked = output(&["check", &path]);
    assert!(checked.status.success(), "{}", text(&checked.stderr));
    for arguments in [
        &["levers", &path][..],
        &["show", &path],
        &["show", &path, "--expand"],
        &["run", &path, "--show", "all"],
        &["run", &path, "--format", "md"],
        &["explain", &path, "a", "b"],
        &["sensitivity", &path, "--pair", "a", "b"],
        &["rankings", &path],
        &["check", &path],
    ] {
        let draws: &[&str] =
            if ["show", "check"].contains(&arguments[0]) { &[] } else { &["-n", "2000", "-q"] };
        let output = output(&[arguments, draws].concat());
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        assert_harmless(&output);
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[cfg(unix)]
#[test]
fn paths_reach_no_terminal_raw_and_are_cut() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder("strangers-paths");
    let wheat = read("scenarios/wheat.ron");
    let latin = OsStr::from_bytes(b"caf\xe9.ron");
    for name in [OsStr::new(HOSTILE), latin] {
        let path = folder.join(name);
        std::fs::write(&path, &wheat).unwrap();
        for command in ["check", "run", "show"] {
            let draws: &[&str] = if command == "run" { &["-n", "2000"] } else { &[] };
            let output = headstart(&[command]).arg(&path).args(draws).output().unwrap();
            assert!(output.status.success(), "{}", text(&output.stderr));
            assert_harmless(&output);
        }
        let report = folder.join("report.json");
        assert!(
            headstart(&["run", "-q", "-n", "2000", "--export"])
                .arg(&report)
                .arg(&path)
                .status()
                .unwrap()
                .success()
        );
        std::fs::write(&path, "Scenario(titel: 1)").unwrap();
        let output = headstart(&["check"]).arg(&path).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert_harmless(&output);
    }
    // A variant beside it is found where the folder's name is no UTF-8 either.
    let inside = folder.join(OsStr::from_bytes(b"d\xe9p\xf4t"));
    std::fs::create_dir(&inside).unwrap();
    std::fs::write(inside.join("base.ron"), &wheat).unwrap();
    std::fs::write(inside.join("near.ron"), "Variant(base: \"base.ron\")").unwrap();
    std::fs::write(inside.join("far.ron"), "Variant(base: \"near.ron\")").unwrap();
    assert!(headstart(&["check"]).arg(inside.join("far.ron")).output().unwrap().status.success());
    std::fs::remove_dir_all(folder).unwrap();
}

/// What cannot be read is repeated in part.
#[test]
fn long_claims_and_paths_are_cut_in_messages() {
    let long = "x".repeat(50_000);
    for arguments in [
        &["run", "scenarios/wheat.ron", "--claim", &long][..],
        &["run", "scenarios/wheat.ron", "--claim", &format!("{long} before brava")],
        &["run", "scenarios/wheat.ron", "--claim", &format!("{long}(a)")],
        &["run", "scenarios/wheat.ron", "--claim", &format!("Before(Area(\"{long}\"), Area(\"brava\"))")],
        &["run", "scenarios/wheat.ron", "--edit", &format!("weight.{long} = 1")],
        &["run", "scenarios/wheat.ron", "--edit", &long],
        &["explain", "scenarios/wheat.ron", &long, "brava"],
        &["sensitivity", "scenarios/wheat.ron", "--claim", &long],
        &["run", &long],
        &["check", &long],
        &["verify", &long],
        &["run", "scenarios/wheat.ron", "--export", &format!("{long}.json")],
    ] {
        let output = output(arguments);
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
        let n = text(&output.stderr).chars().count();
        assert!(n < 2_000, "{} of 50,000 letters are said {n}", arguments[0]);
    }
}

/// Where the system starts no more threads, fewer do the work, with a warning and the same bits.
#[cfg(target_os = "linux")]
#[test]
fn threads_that_cannot_be_started_are_done_without() {
    // At night alone: once in some thirty times what is left of so little memory is too little for the work itself.
    if !thorough(false, true) {
        return;
    }
    let program = env!("CARGO_BIN_EXE_headstart");
    let whole = printed(&["run", "scenarios/wheat.ron", "-n", "200000", "-q", "--threads", "2"]);
    let limited = |kilobytes: u32, arguments: &str| {
        let line = format!("ulimit -v {kilobytes}; exec {program} {arguments}");
        std::process::Command::new("sh")
            .args(["-c", &line])
            .current_dir(crate::support::root())
            .output()
            .unwrap()
    };
    for arguments in [
        "run scenarios/wheat.ron -n 200000 -q --threads 1024",
        "run scenarios/wheat.ron -n 200000 -q --threads 1000",
    ] {
        let output = limited(2_000_000, arguments);
        let said = text(&output.stderr);
        assert!(output.status.success(), "{said}");
        assert!(said.contains("warning: ") && said.contains(" instead of "), "{said}");
        assert_eq!(text(&output.stdout), whole);
    }
}

/// While a run keeps its draws in a file, no other one does.
#[test]
fn a_checkpoint_is_held_by_one_run() {
    let folder = folder("strangers-held");
    let kept = folder.join("run.kept");
    let name = kept.to_string_lossy().into_owned();
    let arguments = |seed: &'static str| {
        ["run", "scenarios/wheat.ron", "-q", "-n", "4e7", "--threads", "1", "--seed", seed, "--checkpoint"]
            .map(str::to_owned)
    };
    let run = |seed| headstart(&[&arguments(seed)[..], std::slice::from_ref(&name)].concat());
    let mut first = run("1").spawn().unwrap();
    // From the start on, and when it has been written for the first time.
    let conditions: [&dyn Fn() -> bool; 2] =
        [&|| kept.exists(), &|| kept.metadata().is_ok_and(|there| there.len() > 0)];
    for is_there in conditions {
        assert!(has_happened(&mut first, is_there));
        for seed in ["1", "2"] {
            let second = run(seed).output().unwrap();
            let said = text(&second.stderr);
            if first.try_wait().unwrap().is_none() {
                assert_eq!(second.status.code(), Some(2), "{said}");
                assert!(said.contains("another run holds it"), "{said}");
            }
        }
    }
    let done = first.wait_with_output().unwrap();
    assert!(done.status.success());
    // Once it has ended, what it kept is of its seed.
    let other = run("2").output().unwrap();
    assert!(text(&other.stderr).contains("differs in the seed"), "{}", text(&other.stderr));
    let again = run("1").output().unwrap();
    assert_eq!(text(&again.stdout), text(&done.stdout));
    let entries = std::fs::read_dir(&folder).unwrap();
    assert_eq!(entries.count(), 1, "nothing is left beside it");
    // An empty file is a run that was ended before it kept anything; another one is refused and stays.
    std::fs::write(&kept, "").unwrap();
    assert!(
        output(&["run", "scenarios/wheat.ron", "-q", "-n", "2000", "--checkpoint", &name]).status.success()
    );
    std::fs::write(&kept, "a day's work").unwrap();
    let refused = output(&["run", "scenarios/wheat.ron", "-q", "-n", "2000", "--checkpoint", &name]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "a day's work");
    std::fs::remove_dir_all(folder).unwrap();
}
