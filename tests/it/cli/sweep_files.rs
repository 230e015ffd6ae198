//! Files of sweeps: results of all, points that are kept, and a sweep that goes on where it was stopped.

use crate::support::binary::{folder, has_happened, headstart, output, text};
use crate::support::*;
use headstart::scenario::SweepFile;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// A folder with a file of sweeps of the shipped model.
fn prepared(name: &str, sweeps: &str) -> (PathBuf, String) {
    let folder = folder(&format!("sweeps-{name}"));
    std::fs::write(folder.join("takeoff.ron"), read("scenarios/takeoff.ron")).unwrap();
    let file = folder.join("sweeps.ron");
    std::fs::write(&file, sweeps).unwrap();
    (folder, file.to_string_lossy().into_owned())
}

fn points(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    all.retain(|path| {
        path.extension().is_some_and(|ending| ending == "json") && !path.ends_with("sweep.json")
    });
    all.sort();
    all
}

/// A sweep of a file is the sweep of the command line, and a second time nothing is made again.
#[test]
fn a_file_of_sweeps() {
    let (folder, file) = prepared(
        "plain",
        "Sweeps(scenario: \"takeoff.ron\", points: 5, draws: 3000, sweeps: [
            (id: \"weight\", vary: [\"weight.insight = 0..=4\"]),
            (id: \"world\", vary: [\"world.scheming.scheming = [0, 0.5, 1]\"], claims: [\"ai_control before pre_training\"]),
            (id: \"edited\", edits: [\"drop insight\"], vary: [\"residual = 0..=1\", \"spread.score *= [1, 2]\"], points: 2, seed: 9),
        ])",
    );
    let out = folder.join("out");
    let out_name = out.to_string_lossy().into_owned();
    let arguments = ["sweep", "--file", &file, "--out", &out_name];
    let first = output(&arguments);
    assert!(first.status.success(), "{}", text(&first.stderr));
    assert!(text(&first.stdout).contains("weight: 5 points; "));
    assert_eq!(points(&out.join("edited.points")).len(), 4);
    let alone =
        ["sweep", "scenarios/takeoff.ron", "--vary", "weight.insight = 0..=4", "--points", "5", "-n", "3000"];
    for (ending, format) in [("json", "json"), ("csv", "csv"), ("txt", "text")] {
        let printed = output(&[&alone[..], &["--format", format]].concat());
        let written = std::fs::read(out.join(format!("weight.{ending}"))).unwrap();
        // The file's scenario has no asserts any more, so its hash is another.
        let without = |text: String| {
            let end = text.find("\"made\": ").unwrap_or(text.len());
            let lines = text[..end].lines().filter(|line| !line.contains("scenario_hash"));
            lines.collect::<Vec<_>>().join("\n")
        };
        if ending == "json" {
            let name = out.join("weight.json").to_string_lossy().into_owned();
            let verified = output(&["verify", &name]);
            assert_eq!(verified.status.code(), Some(0), "{}", text(&verified.stdout));
        }
        assert_eq!(without(text(&written)), without(text(&printed.stdout)), "{format}");
    }
    let world = std::fs::read_to_string(out.join("world.csv")).unwrap();
    assert!(
        world.lines().nth(1).unwrap().starts_with("changed,,claim: ai_control before pre_training,"),
        "{world}"
    );
    assert_eq!(world.lines().count(), 2 + 3 * 2, "what was added, then a claim and the pairs at each point");
    let again = output(&arguments);
    assert!(
        text(&again.stdout).contains("weight: 5 points, 5 of them made before; "),
        "{}",
        text(&again.stdout)
    );
    // Points of something else are not taken for these.
    for (change, why) in [(&["--seed", "5"][..], ""), (&["-n", "5"], "")] {
        // The file says draws itself, and the seed of one sweep.
        let other = output(&[&arguments[..], change].concat());
        let refused = change[0] == "--seed";
        assert_eq!(other.status.code(), Some(if refused { 2 } else { 0 }), "{change:?} {why}");
        assert!(!refused || text(&other.stderr).contains("differs in the seed"), "{}", text(&other.stderr));
    }
    let changed = read("scenarios/takeoff.ron").replace("weight: 1.5", "weight: 1.25");
    std::fs::write(folder.join("takeoff.ron"), changed).unwrap();
    let other = output(&arguments);
    assert_eq!((other.status.code(), other.stdout.len()), (Some(2), 0));
    assert!(text(&other.stderr).contains("differs in the scenario"), "{}", text(&other.stderr));
    std::fs::remove_dir_all(folder).unwrap();
}

/// Killed in the middle, a sweep goes on: points that were finished are not made again, and the results are those of a sweep
/// that was never stopped, to the byte.
#[test]
fn a_sweep_goes_on_where_it_was_stopped() {
    let (folder, file) = prepared(
        "killed",
        "Sweeps(scenario: \"takeoff.ron\", draws: 400000, sweeps: [
            (id: \"spread\", vary: [\"spread.score *= 0.5..=2\"], points: 40),
        ])",
    );
    let (stopped, whole) = (folder.join("stopped"), folder.join("whole"));
    let [stopped_name, whole_name] = [&stopped, &whole].map(|path| path.to_string_lossy().into_owned());
    let arguments = ["sweep", "--file", &file, "--out", &stopped_name];
    let mut child = headstart(&arguments).stdout(Stdio::null()).spawn().unwrap();
    let kept = stopped.join("spread.points");
    assert!(has_happened(&mut child, || !points(&kept).is_empty()), "it has a first point");
    child.kill().unwrap();
    child.wait().unwrap();
    let made = points(&kept);
    let times: Vec<_> = made.iter().map(|path| path.metadata().unwrap().modified().unwrap()).collect();
    let resumed = output(&arguments);
    assert!(resumed.status.success(), "{}", text(&resumed.stderr));
    assert!(text(&resumed.stdout).contains(&format!("40 points, {} of them made before", made.len())));
    for (path, time) in made.iter().zip(times) {
        assert_eq!(path.metadata().unwrap().modified().unwrap(), time, "{} was made twice", path.display());
    }
    assert!(output(&["sweep", "--file", &file, "--out", &whole_name]).status.success());
    for ending in ["txt", "json", "csv"] {
        let name = format!("spread.{ending}");
        assert_eq!(std::fs::read(stopped.join(&name)).unwrap(), std::fs::read(whole.join(&name)).unwrap());
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// Any points that are made again are the bytes that were there, though others are drawn in another precision; and the report can be
/// made again.
#[test]
fn any_points_made_again_are_the_same() {
    let (folder, file) = prepared(
        "again",
        "Sweeps(scenario: \"takeoff.ron\", sweeps: [
            (id: \"both\", vary: [\"weight.insight = 0..=5\", \"residual = [0, 0.5]\"], points: 7, draws: 20000)])",
    );
    let out = folder.join("out");
    let arguments = ["sweep", "--file", &file, "--out", &out.to_string_lossy()].map(str::to_owned);
    let made = || {
        assert!(output(&arguments).status.success());
        let kept = points(&out.join("both.points"));
        let results = ["txt", "json", "csv"].map(|ending| out.join(format!("both.{ending}")));
        kept.iter().chain(&results).map(|path| std::fs::read(path).unwrap()).collect::<Vec<_>>()
    };
    let whole = made();
    assert_eq!(whole.len(), 14 + 3);
    for gone in
        [&[8][..], &[0, 2, 4, 6, 8, 10, 12], &[1, 3, 5, 7], &[13], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]]
    {
        for index in gone {
            std::fs::remove_file(out.join(format!("both.points/{index:05}.json"))).unwrap();
        }
        assert!(made() == whole, "without {gone:?}");
    }
    let verified = output(&["verify", &out.join("both.json").to_string_lossy()]);
    assert_eq!(verified.status.code(), Some(0), "{}", text(&verified.stdout));
    // A point that single precision has no numbers for is refused before any is made, whichever are there.
    std::fs::write(&file, std::fs::read_to_string(&file).unwrap().replace("[0, 0.5]", "[0, 1e30]")).unwrap();
    std::fs::remove_dir_all(&out).unwrap();
    let refused = output(&[&arguments[..], &["--arithmetic".into(), "single".into()]].concat());
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("in single precision"), "{}", text(&refused.stderr));
    assert!(!out.exists(), "nothing is made of a sweep that cannot be finished");
    std::fs::remove_dir_all(folder).unwrap();
}

/// Every problem of a file of sweeps, with its place; and the one that is shipped is fine.
#[test]
fn what_is_wrong_with_a_file_of_sweeps() {
    let shipped = SweepFile::from_ron("takeoff.ron", &read("scenarios/takeoff-sweeps.ron")).unwrap();
    assert!(shipped.sweeps.len() > 3);
    for (text, words) in [
        ("", "the file is empty"),
        ("Sweeps(scenario: \"a.ron\")", "has no `sweeps`"),
        ("Sweeps(sweeps: [(id: \"a\", vary: [\"residual = 0..=1\"])])", "this sweep has no scenario"),
        ("Sweeps(scenario: \"a.ron\", sweeps: [(id: \"a\", vary: [])])", "one number or two"),
        ("Sweeps(scenario: \"a.ron\", sweeps: [(id: \"a\", vry: [])])", "did you mean `vary`"),
        ("Sweeps(scenario: \"a.ron\", points: 0, sweeps: [(id: \"a\", vary: [\"x\"])])", "from 1 to 10000"),
        (
            "Sweeps(scenario: \"a.ron\", sweeps: [(id: \"a\", vary: [\"x\"]), (id: \"a\", vary: [\"y\"])])",
            "two sweeps have the id `a`",
        ),
    ] {
        let problems = SweepFile::from_ron("sweeps.ron", text).unwrap_err().to_string();
        assert!(problems.contains(words), "{text}: {problems}");
    }
    let (folder, file) = prepared(
        "wrong",
        "Sweeps(scenario: \"takeoff.ron\", sweeps: [(id: \"a\", vary: [\"weight.insihgt = 0..=1\"])])",
    );
    let out = folder.join("out").to_string_lossy().into_owned();
    let refused = output(&["sweep", "--file", &file, "--out", &out]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("the sweep `a`") && text(&refused.stderr).contains("insight"));
    assert!(!folder.join("out").exists(), "nothing is written before all is known to be right");
    std::fs::remove_dir_all(folder).unwrap();
}
