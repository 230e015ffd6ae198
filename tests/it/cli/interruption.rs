//! What is interrupted gives what it knows so far and says so, or says that it knows nothing; never a half-truth.

use crate::support::*;
use headstart::analysis::{
    Detail, Effort, Error, Method, Partial, PartialUnit, PrecisionGoal, RankingsAsked, Summary,
    central_weights, compare_all, diff, explain, integrate, integrate_resumable, lever_scenarios,
    lever_values, rankings, selftest, sensitivity, summarize, summarize_until, sweep_each,
};
use headstart::report::json;
use headstart::sampler::Run;
use headstart::{Control, Scenario, Stopped};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// A run that is stopped once so many draws are made.
fn stopped(scenario: &Scenario, run: Run, after: u64) -> Summary {
    let (stop, drawn) = (AtomicBool::new(false), AtomicU64::new(0));
    let add = |n| {
        if drawn.fetch_add(n, Ordering::Relaxed) + n >= after {
            stop.store(true, Ordering::Relaxed);
        }
    };
    summarize(scenario, run, Control { stop: Some(&stop), progress: Some(&add), resume: None })
}

/// What was drawn until then is, to the bit, what a run of so many draws is, for any threads.
#[test]
fn a_stopped_run_is_one_of_fewer_draws() {
    for name in ["takeoff", "wheat"] {
        let scenario = load(name);
        for (threads, after) in [(1, 1), (1, 200_000), (2, 300_000), (3, 100_000), (7, 1_000_000)] {
            let asked = Run { draws: 100_000_000, threads: Some(threads), ..Run::default() };
            let mut part = stopped(&scenario, asked, after);
            let done = part.run.draws;
            let said = Partial { done, of: asked.draws, what: PartialUnit::Draws };
            assert_eq!(part.partial, Some(said), "{name}");
            assert!(done > 0 && done <= after + 8 * 32_768 * threads as u64, "{done} draws after {after}");
            let alone = summarize(&scenario, Run { draws: done, ..asked }, Control::none());
            assert_eq!(alone.partial, None);
            part.partial = None;
            assert_eq!(json(&scenario, &part), json(&scenario, &alone), "{name}, {threads} threads, {done}");
            assert!(part == alone);
        }
    }
}

/// A stop that comes before the first draw does not leave a result of none, and one that comes after the last is none.
#[test]
fn stopped_at_the_ends() {
    let (scenario, stop) = (load("wheat"), AtomicBool::new(true));
    let of = |draws| {
        let control = Control { stop: Some(&stop), ..Control::none() };
        summarize(&scenario, Run { draws, ..Run::default() }, control)
    };
    assert_eq!(of(5_000).partial, None);
    assert_eq!(
        of(5_000_000).partial,
        Some(Partial { done: 32_768, of: 5_000_000, what: PartialUnit::Draws })
    );
}

/// A run that was to become precise gives its longest part, also where the last part had hardly begun.
#[test]
fn a_stopped_search_for_precision() {
    let scenario = load("takeoff");
    let (stop, goal) =
        (AtomicBool::new(false), PrecisionGoal { half_width: 1e-6, most: 1_000_000_000, together: false });
    let mut looks = Vec::new();
    let mut look = |draws, _: Option<&_>| {
        looks.push(draws);
        stop.store(looks.len() == 2, Ordering::Relaxed);
    };
    let run = Run { threads: Some(1), ..Run::default() };
    let control = Control { stop: Some(&stop), ..Control::none() };
    let found = summarize_until(&scenario, run, (goal, false), &mut look, control).unwrap();
    assert_eq!(looks.len(), 2, "nothing is begun after the stop");
    assert_eq!(found.run.draws, looks[0]);
    assert_eq!(found.partial, Some(Partial { done: looks[0], of: looks[1], what: PartialUnit::Draws }));
    assert!(!found.precision.unwrap().is_reached());
}

/// What was averaged over points until then is, to the bit, what so many points give, for any threads; also without the residual, which
/// is integrated beside it.
#[test]
fn a_stopped_integral_is_one_of_fewer_points() {
    for (name, after, several) in [
        ("takeoff", 1, &[1][..]),
        ("takeoff", 1_000, &[1, 3]),
        ("takeoff-residual", 2_500, &[3]),
        ("takeoff-group-bias", 1_100, &[3]),
    ] {
        let scenario = load(name);
        for &threads in several {
            let run = Run { draws: 10_000, threads: Some(threads), ..Run::default() };
            let counted = summarize(&scenario, run, Control::none());
            let (stop, finished) = (AtomicBool::new(false), AtomicU64::new(0));
            let mut part = counted.clone();
            let add = |n| {
                stop.store(finished.fetch_add(n, Ordering::Relaxed) + n >= after, Ordering::Relaxed);
            };
            let control = Control { stop: Some(&stop), progress: Some(&add), resume: None };
            integrate_resumable(&scenario, run, Effort::Points(4_096), &mut part, control).unwrap();
            let Some(Partial { done, of: 4_096, what: PartialUnit::PointsAScramble }) = part.partial else {
                panic!("{name}: {:?}", part.partial)
            };
            assert!(
                17 * done <= after + 1_024 && (done == 0 || done.is_power_of_two()),
                "{done} points after {after}"
            );
            part.partial = None;
            let mut alone = counted;
            if done > 0 {
                integrate(&scenario, run, done, &mut alone, Control::none()).unwrap();
            }
            assert_eq!(json(&scenario, &part), json(&scenario, &alone), "{name}, {threads} threads, {done}");
            assert!(part == alone);
        }
    }
}

/// Without points nothing was integrated, and a search for precision keeps what it has.
#[test]
fn stopped_before_the_first_point() {
    let (scenario, stop) = (load("takeoff"), AtomicBool::new(true));
    let run = Run { draws: 10_000, threads: Some(1), ..Run::default() };
    let mut part = summarize(&scenario, run, Control::none());
    let control = Control { stop: Some(&stop), ..Control::none() };
    integrate_resumable(&scenario, run, Effort::Points(256), &mut part, control).unwrap();
    assert_eq!(part.partial, Some(Partial { done: 0, of: 256, what: PartialUnit::PointsAScramble }));
    assert_eq!(part.method, Method::Sample);

    let goal = PrecisionGoal { half_width: 1e-9, most: 1_000_000, together: false };
    let (stop, mut looks) = (AtomicBool::new(false), 0);
    let mut look = |_, _: Option<&_>| {
        looks += 1;
        stop.store(looks == 3, Ordering::Relaxed);
    };
    let control = Control { stop: Some(&stop), ..Control::none() };
    let found = summarize_until(&scenario, run, (goal, true), &mut look, control).unwrap();
    let Method::Exact(exact) = &found.method else { panic!("nothing is integrated") };
    assert!(exact.points >= 32 && found.partial.is_some(), "{exact:?}");
    assert!(!found.precision.unwrap().is_reached());
}

/// What cannot be partial has no result once it is stopped, be it before it begins or on the way.
#[test]
fn what_cannot_be_partial_has_no_result_once_stopped() {
    let scenario = load("takeoff");
    let run = Run { draws: 1 << 18, threads: Some(1), ..Run::default() };
    for after in [0, 100_000] {
        let (stop, seen) = (AtomicBool::new(after == 0), AtomicU64::new(0));
        let progress = |n| stop.store(seen.fetch_add(n, Ordering::Relaxed) + n >= after, Ordering::Relaxed);
        let control = Control { stop: Some(&stop), progress: Some(&progress), resume: None };
        let again = || {
            stop.store(after == 0, Ordering::Relaxed);
            seen.store(0, Ordering::Relaxed);
        };
        let claim = scenario.proposition("ai_control before pre_training").unwrap();
        let found = sensitivity(&scenario, &[claim], run, Detail::Curves, control);
        assert!(matches!(found, Err(Stopped)), "after {after}");
        again();
        assert!(matches!(explain(&scenario, 3, 5, run, control), Err(Stopped)), "after {after}");
        again();
        assert!(matches!(central_weights(&scenario, run, control), Err(Stopped)), "after {after}");
        again();
        let asked = RankingsAsked { top: 3, threshold: 0.9 };
        assert!(matches!(rankings(&scenario, run, asked, control), Err(Error::Stopped(_))), "after {after}");
        again();
        let levers = lever_scenarios(&scenario).unwrap();
        assert!(
            matches!(compare_all(&scenario, levers, run, control), Err(Error::Stopped(_))),
            "after {after}"
        );
        again();
        assert!(matches!(lever_values(&scenario, run, control), Err(Error::Stopped(_))), "after {after}");
        again();
        let other = load("takeoff-slow-evals-2");
        let path = scenario.path_to(&other).unwrap();
        let found = diff(&scenario, ("other", &other), path, run, control);
        assert!(matches!(found, Err(Error::Stopped(_))), "after {after}");
    }
    let stop = AtomicBool::new(true);
    assert_eq!(selftest(1, Control { stop: Some(&stop), ..Control::none() }), Err(Stopped));
}

/// Points of a sweep are whole or not there.
#[test]
fn a_stopped_sweep_has_whole_points() {
    let scenario = load("takeoff");
    let vary = headstart::analysis::Vary::new("weight.insight = 0..=5", 40).unwrap();
    let points = headstart::analysis::points(&scenario, &[vary]).unwrap();
    let run = Run { draws: 300_000, threads: Some(1), ..Run::default() };
    let whole = headstart::analysis::sweep(&scenario, &points, run, Control::none()).unwrap();
    let (stop, seen, mut found) = (AtomicBool::new(false), AtomicU64::new(0), Vec::new());
    let progress = |n| {
        // Within the third group of points.
        stop.store(seen.fetch_add(n, Ordering::Relaxed) > 300_000 * 18, Ordering::Relaxed);
    };
    let control = Control { stop: Some(&stop), progress: Some(&progress), resume: None };
    sweep_each(&scenario, &points, run, control, &mut |index, point| {
        found.push((index, point));
        Ok::<_, Error>(())
    })
    .unwrap();
    assert!(found.len() > 4 && found.len() < 24, "{} points", found.len());
    for (index, point) in found {
        assert_eq!(point, whole[index]);
    }
}

#[cfg(unix)]
mod signals {
    use crate::support::binary::{has_happened, headstart, text};
    use crate::support::*;
    use serde_json::Value;
    use std::io::BufRead;
    use std::process::{Child, Command, Output};
    use std::time::Duration;

    fn signal(child: &Child, name: &str) {
        assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
    }

    /// The program after a signal, the first that found it as far as is wanted. Where it was not yet, it was ended as programs
    /// without a partial result are, and the next signal is sent later: on a slow machine this takes longer, and finds the same.
    fn interrupted_once(arguments: &[&str], name: &str, is_far: impl Fn(&Output) -> bool) -> Output {
        let mut pause = Duration::from_millis(100);
        loop {
            let child = headstart(arguments).spawn().unwrap();
            std::thread::sleep(pause);
            signal(&child, name);
            let output = child.wait_with_output().unwrap();
            assert!(matches!(output.status.code(), None | Some(130)), "{arguments:?}: {output:?}");
            if output.status.code().is_some() && is_far(&output) {
                return output;
            }
            pause *= 2;
        }
    }

    /// The program after a signal that it heard with a part of its result at hand.
    fn interrupted(arguments: &[&str], name: &str) -> Output {
        interrupted_once(arguments, name, |output| {
            let [said, printed] = [&output.stderr, &output.stdout].map(|bytes| text(bytes));
            said.contains("press Ctrl-C again to quit now") && !printed.contains("no partial result")
        })
    }

    fn interrupted_when(arguments: &[&str], name: &str, under_way: impl Fn() -> bool) -> Output {
        let mut child = headstart(arguments).spawn().unwrap();
        assert!(has_happened(&mut child, under_way), "{arguments:?} is not under way");
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{arguments:?}: {}", text(&output.stderr));
        output
    }

    fn folder(name: &str) -> (std::path::PathBuf, String) {
        let folder = binary::folder(&format!("signals-{name}"));
        let shown = folder.to_string_lossy().into_owned();
        (folder, shown)
    }

    /// Every format says that it is partial, and the numbers are those of a run of the draws made.
    #[test]
    fn a_run_gives_what_it_has() {
        let (folder, name) = folder("run");
        let exported = ["answer.json", "answer.md", "report.html", "answer.csv", "answer.txt", "matrix.svg"];
        let exports = exported.map(|file| format!("{name}/{file}"));
        let mut arguments = vec!["run", "scenarios/takeoff.ron", "-n", "1e12"];
        for export in &exports {
            arguments.extend(["--export", export]);
        }
        let output = interrupted(&arguments, "-INT");
        assert!(text(&output.stderr).contains("press Ctrl-C again to quit now"));
        assert!(text(&output.stdout).contains("PARTIAL: interrupted after "), "{}", text(&output.stdout));
        let read = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
        assert!(read("answer.txt").contains("PARTIAL: interrupted after "));
        assert!(read("answer.md").contains("**PARTIAL:** interrupted after "));
        assert!(read("report.html").contains("<strong>PARTIAL:</strong> interrupted after "));
        assert!(read("answer.csv").contains("\npartial,,draws,1000000000000,"));
        let picture = read("matrix.svg");
        assert!(picture.contains("PARTIAL: interrupted after ") && picture.ends_with("</svg>\n"));
        let mut part: Value = serde_json::from_str(&read("answer.json")).unwrap();
        let done = part["manifest"]["draws"].as_u64().unwrap();
        let said = part["manifest"].as_object_mut().unwrap().remove("partial").unwrap();
        assert_eq!(said, serde_json::json!({"done": done, "of": 1_000_000_000_000_u64, "what": "draws"}));
        let n = done.to_string();
        let alone = ["run", "scenarios/takeoff.ron", "-n", &n, "--format", "json"];
        let mut alone: Value = serde_json::from_slice(&headstart(&alone).output().unwrap().stdout).unwrap();
        for value in [&mut part, &mut alone] {
            value["made"]["digest"] = Value::Null;
        }
        assert_eq!(part, alone);
        for report in ["answer.json", "report.html"] {
            let verified = headstart(&["verify", &format!("{name}/{report}")]).output().unwrap();
            assert_eq!(verified.status.code(), Some(0), "{report}: {}", text(&verified.stdout));
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    /// What the exact engine has had is told in the same way, and can be had again.
    #[test]
    fn an_integral_gives_the_points_it_has() {
        let (folder, name) = folder("exact");
        let [report, csv] = ["answer.json", "answer.csv"].map(|file| format!("{name}/{file}"));
        let arguments =
            ["run", "scenarios/takeoff.ron", "--method", "exact", "--points", "16777216", "-n", "10000"];
        let arguments = [&arguments[..], &["--export", &report, "--export", &csv]].concat();
        interrupted_once(&arguments, "-INT", |output| {
            let said = text(&output.stdout);
            said.contains("PARTIAL: interrupted after ")
                && said.contains(" of 16,777,216 points a scramble.")
                && !said.contains("interrupted after 0 ")
        });
        let found: Value = serde_json::from_str(&std::fs::read_to_string(&report).unwrap()).unwrap();
        let partial = &found["manifest"]["partial"];
        assert_eq!(partial["what"], "points a scramble");
        assert!(partial["done"].as_u64().unwrap().is_power_of_two());
        assert_eq!(found["manifest"]["exact"]["points"], partial["done"]);
        let csv = std::fs::read_to_string(&csv).unwrap();
        assert!(csv.contains("\npartial,,points a scramble,16777216,"), "{csv}");
        let verified = headstart(&["verify", &report]).output().unwrap();
        assert_eq!(verified.status.code(), Some(0), "{}", text(&verified.stdout));
        std::fs::remove_dir_all(folder).unwrap();
    }

    /// SIGTERM is heard as well, and a run for precision says that it did not get there.
    #[test]
    fn a_run_for_precision_gives_what_it_has() {
        let arguments =
            ["run", "scenarios/wheat.ron", "--precision", "1e-8", "--max-draws", "1e12", "--format", "json"];
        let found: Value = serde_json::from_slice(&interrupted(&arguments, "-TERM").stdout).unwrap();
        let manifest = &found["manifest"];
        assert_eq!(manifest["partial"]["what"], "draws");
        assert!(manifest["partial"]["done"].as_u64() < manifest["partial"]["of"].as_u64());
        assert_eq!(manifest["precision"]["reached"], false);
    }

    #[test]
    fn a_sweep_gives_its_finished_points() {
        let (folder, name) = folder("sweep");
        let [json, csv, svg] =
            ["answer.json", "answer.csv", "sweep.svg"].map(|file| format!("{name}/{file}"));
        let arguments = [
            "sweep",
            "scenarios/takeoff.ron",
            "--vary",
            "weight.insight = 0..=5",
            "--points",
            "60",
            "-n",
            "1e8",
            "--export",
            &json,
            "--export",
            &csv,
            "--export",
            &svg,
        ];
        let output = interrupted(&arguments, "-INT");
        let said = text(&output.stdout);
        assert!(said.contains("PARTIAL: interrupted after ") && said.contains(" of 60 points."), "{said}");
        assert!(!said.contains("no flip"), "of points that are missing nothing is said");
        let found: Value = serde_json::from_str(&std::fs::read_to_string(&json).unwrap()).unwrap();
        let points = found["compared"].as_array().unwrap().len();
        assert_eq!(
            found["manifest"]["partial"],
            serde_json::json!({"done": points, "of": 60, "what": "points"})
        );
        assert!(found.get("break_even").is_none());
        let table = std::fs::read_to_string(&csv).unwrap();
        assert_eq!(table.lines().nth(1), Some(format!("partial,,points,60,{points},,,,").as_str()));
        let verified = headstart(&["verify", &json]).output().unwrap();
        assert_eq!(verified.status.code(), Some(2));
        assert!(text(&verified.stderr).contains("it is a partial report"), "{}", text(&verified.stderr));
        assert!(text(&output.stderr).contains("sweep.svg is not written"), "{}", text(&output.stderr));
        assert!(!std::path::Path::new(&svg).exists());
        std::fs::remove_dir_all(folder).unwrap();
    }

    /// A file of sweeps keeps its finished points, and goes on from them to the bytes of one that was never stopped.
    #[test]
    fn a_file_of_sweeps_goes_on() {
        let (folder, name) = folder("file");
        std::fs::write(folder.join("takeoff.ron"), read("scenarios/takeoff.ron")).unwrap();
        let file = format!("{name}/sweeps.ron");
        let sweeps = "Sweeps(scenario: \"takeoff.ron\", draws: 150000, sweeps: [
            (id: \"spread\", vary: [\"spread.score *= 0.5..=2\"], points: 60)])";
        std::fs::write(&file, sweeps).unwrap();
        let outs = ["stopped", "whole"].map(|out| format!("{name}/{out}"));
        // As soon as there is a point beside the description of the sweep, which is there before the first is begun.
        let points = folder.join("stopped/spread.points");
        let any_point = || {
            let names =
                std::fs::read_dir(&points).into_iter().flatten().flatten().map(|entry| entry.file_name());
            names.filter_map(|name| name.into_string().ok()).any(|name| name.starts_with('0'))
        };
        let output = interrupted_when(&["sweep", "--file", &file, "--out", &outs[0]], "-INT", any_point);
        let said = text(&output.stdout);
        assert!(said.starts_with("spread: partial, ") && said.contains("the same command goes on"), "{said}");
        assert!(!folder.join("stopped/spread.json").exists(), "there is no result of a part");
        for out in &outs {
            let output = headstart(&["sweep", "--file", &file, "--out", out]).output().unwrap();
            assert!(output.status.success(), "{}", text(&output.stderr));
        }
        for ending in ["txt", "json", "csv"] {
            let [one, other] =
                outs.each_ref().map(|out| std::fs::read(format!("{out}/spread.{ending}")).unwrap());
            assert_eq!(one, other);
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    /// Commands without a partial result say so, and print nothing.
    #[test]
    fn what_has_no_partial_result_says_so() {
        let takeoff = "scenarios/takeoff.ron";
        let commands: [&[&str]; 6] = [
            &["levers", takeoff, "-n", "1e11"],
            &["diff", takeoff, "scenarios/takeoff-slow-evals-2.ron", "-n", "1e11"],
            &["rankings", takeoff, "-n", "1e11"],
            &["sensitivity", takeoff, "--pair", "ai_control", "post_training", "-n", "1e11"],
            &["explain", takeoff, "ai_control", "post_training", "-n", "1e11"],
            &["bench", takeoff, "-n", "1e11"],
        ];
        for arguments in commands {
            let output = interrupted_once(arguments, "-INT", |_| true);
            assert_eq!(text(&output.stdout), "", "{arguments:?}");
            let said = text(&output.stderr);
            let said = said.lines().filter(|line| !line.starts_with("warning: the lever"));
            let said: Vec<&str> = said.collect();
            assert_eq!(said, ["error: interrupted; this command has no partial result"], "{arguments:?}");
        }
    }

    /// A second signal does not wait: here for a reader who never reads.
    #[test]
    fn a_second_signal_leaves_at_once() {
        let arguments = ["run", "scenarios/takeoff.ron", "-n", "1e12", "--format", "html"];
        let mut pause = Duration::from_millis(100);
        let mut child = loop {
            let mut child = headstart(&arguments).spawn().unwrap();
            std::thread::sleep(pause);
            signal(&child, "-INT");
            let lines = std::io::BufReader::new(child.stderr.take().unwrap()).lines();
            if lines.map(Result::unwrap).any(|line| line.ends_with("press Ctrl-C again to quit now")) {
                break child;
            }
            // It did not hear yet.
            assert!(matches!(child.wait().unwrap().code(), None | Some(130)));
            pause *= 2;
        };
        // Without a reader of its page it would never end by itself.
        signal(&child, "-INT");
        assert_eq!(child.wait().unwrap().code(), Some(130));
    }
}
