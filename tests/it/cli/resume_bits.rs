//! What was interrupted or killed goes on from what was kept, to the bits of what was never stopped; and what was kept of anything
//! else, or is damaged, is refused.

use crate::support::binary::{folder, has_happened, headstart, output, text};
use crate::support::*;
use headstart::analysis::{RunTally, Summary, summarize};
use headstart::model::Model;
use headstart::report::RunCheckpoint;
use headstart::sampler::{Arithmetic, CHUNK_SIZE, Run};
use headstart::{Control, Resume, Scenario};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Mutex;

/// The names in a folder, if it is there.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// A run from what was kept, which is written down each time, as text.
fn on(scenario: &Scenario, run: Run, begun: Option<&(RunTally, u64)>) -> (Summary, Vec<String>) {
    let kept = Mutex::new(Vec::new());
    let keep = |state: &RunTally, draws: u64| {
        kept.lock().unwrap().push(RunCheckpoint::new(scenario, run, state, draws).to_json());
    };
    let begun = begun.map(|(state, draws)| (state, *draws));
    let resume = Some(Resume { begun, keep: &keep });
    let mut summary = summarize(scenario, run, Control { resume, ..Control::none() });
    summary.run.threads = None;
    (summary, kept.into_inner().unwrap())
}

/// From each place where it was kept, by any number of threads, in either precision, with a residual, ties and uncertain chances.
#[test]
fn a_run_goes_on_to_the_same_bits() {
    for (name, arithmetic) in
        [("takeoff", Arithmetic::Single), ("takeoff", Arithmetic::Double), ("wheat", Arithmetic::Auto)]
    {
        let scenario = load(name);
        let run = |threads| Run {
            draws: 25 * CHUNK_SIZE + 777,
            threads: Some(threads),
            arithmetic,
            ..Run::default()
        };
        let whole = |run: Run| -> Summary {
            let mut summary = summarize(&scenario, run, Control::none());
            summary.run = Run { threads: None, arithmetic: run.arithmetic.of(&Model::new(&scenario)), ..run };
            summary
        };
        let (whole, of_longer) = (whole(run(2)), whole(Run { draws: 40 * CHUNK_SIZE, ..run(2) }));
        let (first, kept) = on(&scenario, run(1), None);
        assert!(first == whole);
        assert_eq!(
            kept.len(),
            4,
            "after each wave of eight chunks a thread, and before the part of a chunk at the end"
        );
        for (n, text) in kept.iter().enumerate() {
            for threads in [1, 3] {
                let begun = RunCheckpoint::read(text, &scenario, run(threads)).unwrap();
                assert_eq!(begun.1, [8, 16, 24, 25][n] * CHUNK_SIZE);
                assert!(
                    on(&scenario, run(threads), Some(&begun)).0 == whole,
                    "{name} from {n}, {threads} threads"
                );
            }
        }
        // A longer run goes on from a shorter one.
        let longer = Run { draws: 40 * CHUNK_SIZE, ..run(2) };
        let begun = RunCheckpoint::read(&kept[2], &scenario, longer).unwrap();
        assert!(on(&scenario, longer, Some(&begun)).0 == of_longer);
    }
}

/// Killed again and again, when it has just kept more or is about to, a run comes to the bytes of one that was never killed.
#[test]
fn a_killed_run_goes_on() {
    let folder = folder("resuming-killed");
    let path = folder.join("run.kept");
    let shown = path.to_string_lossy().into_owned();
    let run = ["run", "scenarios/takeoff.ron", "-n", "6e7", "--format", "json", "--threads"];
    let printed = std::env::temp_dir().join(format!("headstart-resuming-{}.json", std::process::id()));
    let kept = || {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        serde_json::from_str::<Value>(&text).map_or(0, |kept| kept["content"]["draws"].as_u64().unwrap())
    };
    let mut kills = 0;
    loop {
        let threads = ["1", "2", "3"][kills % 3];
        let mut command = headstart(&[&run[..], &[threads, "--checkpoint", &shown]].concat());
        let mut child = command.stdout(std::fs::File::create(&printed).unwrap()).spawn().unwrap();
        let before = kept();
        // It is always killed with more than before, so that it ends.
        let has_more = has_happened(&mut child, || kept() > before);
        if has_more && kills % 2 == 1 {
            has_happened(&mut child, || names(&folder).iter().any(|name| name.starts_with(".headstart-")));
        }
        child.kill().unwrap();
        if child.wait().unwrap().success() {
            break;
        }
        kills += 1;
    }
    let found = std::fs::read(&printed).unwrap();
    std::fs::remove_file(printed).unwrap();
    assert!(found == output(&[&run[..], &["2"]].concat()).stdout, "after {kills} kills");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "what kills left is cleared away");
    // Once more, nothing is left to do but what is not a whole chunk.
    let again = output(&[&run[..], &["2", "--checkpoint", &shown]].concat());
    assert!(again.stdout == found);
    std::fs::remove_dir_all(folder).unwrap();
}

/// Sealed again after an edit, as nobody does by mistake.
fn sealed(mut kept: Value, edit: Edit) -> String {
    edit(&mut kept["content"]);
    let content = &kept["content"];
    // The fields in the order in which they are written.
    let fields = ["format", "version", "target", "scenario_hash", "seed", "arithmetic", "draws", "kept"];
    let fields = fields.map(|field| format!("\"{field}\":{}", content[field]));
    let line = format!("{{{}}}", fields.join(","));
    let hex: String = Sha256::digest(line.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    kept["digest"] = hex.into();
    kept.to_string()
}

type Edit = fn(&mut Value);

#[track_caller]
fn refused(arguments: &[&str], why: &str) {
    let output = output(arguments);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(why) && !said.contains("panicked"), "{why}: {said}");
    assert_eq!(text(&output.stdout), "", "never a number");
}

#[test]
fn what_is_kept_of_another_run_is_refused() {
    let folder = folder("resuming-another");
    let path = folder.join("run.kept");
    let shown = path.to_string_lossy().into_owned();
    let run = ["run", "scenarios/wheat.ron", "-n", "1e6", "--checkpoint", &shown];
    let whole = output(&run);
    assert!(whole.status.success(), "{}", text(&whole.stderr));
    let kept = std::fs::read_to_string(&path).unwrap();
    let with = |more: &[&'static str]| [&run[..], more].concat();
    refused(&with(&["--seed", "2"]), "it belongs to another run, which differs in the seed; remove it");
    refused(&with(&["--edit", "drop warmth"]), "differs in the scenario");
    refused(&with(&["--arithmetic", "double"]), "differs in the precision of the arithmetic");
    refused(&with(&["--seed", "2", "--arithmetic", "double"]), "differs in the seed, the precision of");
    refused(
        &["run", "scenarios/wheat.ron", "-n", "1e5", "--checkpoint", &shown],
        "it is of 983,040 draws, and 100,000 are",
    );
    refused(&with(&["--precision", "0.1"]), "cannot be used with");
    refused(&with(&["--method", "exact"]), "--checkpoint keeps what is sampled");
    let value: Value = serde_json::from_str(&kept).unwrap();
    let edits: [(Edit, &str); 4] = [
        (|kept| kept["version"] = "0.0.9".into(), "differs in the version of the program"),
        (|kept| kept["target"] = "pdp11-unix".into(), "differs in the target of the program"),
        (|kept| kept["format"] = 99.into(), "differs in the format"),
        (|kept| kept["kept"] = "1 2 3".into(), "its numbers are not those of such a run"),
    ];
    for (edit, why) in edits {
        std::fs::write(&path, sealed(value.clone(), edit)).unwrap();
        refused(&run, why);
    }
    std::fs::write(&path, sealed(value, |_| {})).unwrap();
    assert_eq!(output(&run).stdout, whole.stdout, "the seal of the tests is that of the program");
    // Cut short or changed anywhere, it is refused. An empty file is one that another run has just begun.
    for part in 0..40 {
        let at = (kept.len() * part / 40).max(1);
        std::fs::write(&path, &kept[..at]).unwrap();
        refused(&run, "is damaged");
        let mut bytes = kept.clone().into_bytes();
        bytes[at] = if bytes[at] == b'7' { b'8' } else { b'7' };
        std::fs::write(&path, bytes).unwrap();
        refused(&run, "is damaged");
    }
    std::fs::write(&path, read("scenarios/wheat.ron")).unwrap();
    refused(&run, "is damaged");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), read("scenarios/wheat.ron"), "and is left as it is");
    std::fs::remove_dir_all(folder).unwrap();
}

/// The points of a sweep, whose folder is killed into again and again, and with a point that somebody has edited.
#[test]
fn a_killed_sweep_goes_on() {
    let folder = folder("resuming-sweep");
    std::fs::write(folder.join("takeoff.ron"), read("scenarios/takeoff.ron")).unwrap();
    let file = folder.join("sweeps.ron").to_string_lossy().into_owned();
    let sweeps = "Sweeps(scenario: \"takeoff.ron\", draws: 150000, sweeps: [
        (id: \"spread\", vary: [\"spread.score *= 0.5..=2\"], points: 40)])";
    std::fs::write(&file, sweeps).unwrap();
    let [killed, whole] = ["killed", "whole"].map(|out| folder.join(out).to_string_lossy().into_owned());
    let sweep = |out: &str| output(&["sweep", "--file", &file, "--out", out]);
    let made = || names(&Path::new(&killed).join("spread.points")).len();
    for round in 0..12 {
        let mut child = headstart(&["sweep", "--file", &file, "--out", &killed]).spawn().unwrap();
        // One point more each time, or three.
        let wanted = made() + [1, 3][round % 2];
        has_happened(&mut child, || made() >= wanted);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(sweep(&killed).status.success());
    assert!(sweep(&whole).status.success());
    let same = || {
        for ending in ["txt", "json", "csv"] {
            let read = |out: &str| std::fs::read(Path::new(out).join(format!("spread.{ending}"))).unwrap();
            assert_eq!(read(&killed), read(&whole), "{ending}");
        }
    };
    same();
    let points = Path::new(&killed).join("spread.points");
    for entry in std::fs::read_dir(&points).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(!name.starts_with('.'), "{name} is left");
    }
    let point = points.join("00007.json");
    let edited =
        std::fs::read_to_string(&point).unwrap().replacen("\"probability\": 0.", "\"probability\": 0.9", 1);
    std::fs::write(&point, edited).unwrap();
    let again = sweep(&killed);
    assert!(text(&again.stdout).contains("40 points, 39 of them made before"), "{}", text(&again.stdout));
    same();
    std::fs::remove_dir_all(folder).unwrap();
}
