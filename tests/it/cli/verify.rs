//! A report is made again from what it holds: equal to the last bit, or what differs is named, with the reason.

use crate::support::binary::{folder, output, text};
use crate::support::*;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;

fn verify(path: &Path) -> (i32, String) {
    let output = output(&["verify", &path.to_string_lossy()]);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(!said.contains("panicked"), "{said}");
    (output.status.code().unwrap(), said)
}

/// The JSON and the pages of all commands that draw.
#[test]
fn every_report_can_be_made_again() {
    let folder = folder("verify-all");
    let takeoff = "scenarios/takeoff.ron";
    let page = ["run", takeoff, "-n", "2000", "--format", "html"];
    let reports: [&[&str]; 24] = [
        &["run", takeoff, "-n", "2000", "--seed", "7", "--arithmetic", "double"],
        &[
            "run",
            takeoff,
            "-n",
            "2000",
            "--edit",
            "weight.insight *= 2",
            "--claim",
            "ai_control before pre_training",
        ],
        &["run", takeoff, "-n", "2000", "--all-pairs", "--simultaneous", "--threads", "1"],
        &["run", "scenarios/wheat.ron", "-n", "2000", "--method", "exact", "--points", "16"],
        &["run", "scenarios/wheat.ron", "-n", "2000", "--cross-check", "--points", "16"],
        &["run", "scenarios/wheat.ron", "--precision", "0.01", "--max-draws", "1e5"],
        &page,
        &["sweep", takeoff, "-n", "2000", "--vary", "weight.insight = 0..=5", "--points", "3", "--pairs"],
        &[
            "sweep",
            takeoff,
            "-n",
            "2000",
            "--vary",
            "residual = [0, -0.0]",
            "--vary",
            "spread.score *= [1, 2]",
        ],
        &["levers", takeoff, "-n", "2000", "--claim", "mean(safety)<mean(capabilities)"],
        &["diff", takeoff, "scenarios/takeoff-slow-evals-2.ron", "-n", "2000", "--edit", "drop insight"],
        &[
            "diff",
            takeoff,
            "scenarios/takeoff-eighths.ron",
            "-n",
            "2000",
            "--claim",
            "Before(Nth(2, \"safety\"), First(\"capabilities\"))",
        ],
        &["rankings", takeoff, "-n", "2000", "--top", "3", "--threshold", "0.8"],
        &["sweep", takeoff, "-n", "2000", "--vary", "weight.insight = 0..=5", "--pairs", "--format", "html"],
        &[
            "sweep",
            takeoff,
            "-n",
            "2000",
            "--vary",
            "residual = [0, 1]",
            "--vary",
            "spread.score *= [1, 2]",
            "--format",
            "html",
        ],
        &["levers", takeoff, "-n", "2000", "--format", "html"],
        &["diff", takeoff, "scenarios/takeoff-slow-evals-2.ron", "-n", "2000", "--format", "html"],
        &["rankings", takeoff, "-n", "2000", "--format", "html"],
        &["sensitivity", takeoff, "-n", "2000", "--pair", "ai_control", "post_training"],
        &[
            "sensitivity",
            takeoff,
            "-n",
            "2000",
            "--claim",
            "pre_training_after_a_safety_area",
            "--format",
            "html",
        ],
        &["sensitivity", "scenarios/wheat.ron", "-n", "2000", "--all-pairs", "--format", "html"],
        &["sensitivity", "scenarios/wheat.ron", "-n", "2000", "--all-pairs"],
        &["sensitivity", takeoff, "-n", "2000", "--central-weights"],
        &["explain", takeoff, "ai_control", "post_training", "-n", "2000"],
    ];
    for arguments in reports {
        let is_page = arguments.contains(&"html");
        let format = if is_page { &[][..] } else { &["--format", "json"] };
        let report = output(&[arguments, format].concat()).stdout;
        let path = folder.join(if is_page { "report.html" } else { "answer.json" });
        std::fs::write(&path, &report).unwrap();
        let (code, said) = verify(&path);
        assert_eq!(code, 0, "{arguments:?}: {said}");
        assert!(said.contains(": verified, all "), "{said}");
        // It is a scenario for other commands as well.
        let checked = output(&["check", &path.to_string_lossy()]);
        assert!(checked.status.success(), "{arguments:?}: {}", text(&checked.stderr));
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// JSON of a small run.
fn report() -> Value {
    let arguments = ["run", "scenarios/wheat.ron", "-n", "2000", "--format", "json"];
    serde_json::from_slice(&output(&arguments).stdout).unwrap()
}

/// The digest as the documentation says what it is of.
fn sealed(mut report: Value) -> Value {
    report["made"]["digest"] = "".into();
    let digest = Sha256::digest(report.to_string().as_bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    report["made"]["digest"] = hex.into();
    report
}

#[test]
fn what_differs_is_named_with_the_reason() {
    let folder = folder("verify-differs");
    let path = folder.join("answer.json");
    let said = |report: &Value| {
        std::fs::write(&path, report.to_string()).unwrap();
        verify(&path)
    };
    let whole = report();
    // Laid out in another way it says the same, and its digest is what the documentation says.
    let printed = text(&output(&["run", "scenarios/wheat.ron", "-n", "2000", "--format", "json"]).stdout);
    let on_one_line: String = printed.lines().map(|line| line.trim().replacen("\": ", "\":", 1)).collect();
    std::fs::write(&path, &on_one_line).unwrap();
    assert_eq!(verify(&path), (0, verify(&path).1), "{}", verify(&path).1);
    let digest = whole["made"]["digest"].as_str().unwrap();
    let open = Sha256::digest(on_one_line.replace(digest, "").as_bytes());
    assert_eq!(open.iter().map(|byte| format!("{byte:02x}")).collect::<String>(), digest);

    // A number, in its last bit.
    let mut edited = whole.clone();
    let number = whole["claims"][0]["probability"].as_f64().unwrap();
    let other = f64::from_bits(number.to_bits() + 1);
    edited["claims"][0]["probability"] = other.into();
    let (code, words) = said(&edited);
    assert_eq!(code, 1);
    let both = format!("claims[0].probability: {other} in the file, {number} when reproduced");
    assert!(words.contains(&both) && words.contains("edited after it was written"), "{words}");
    // The same number where nobody edited: another version made it, or another machine, or nobody knows.
    let mut older = edited.clone();
    older["made"]["version"] = "0.0.9".into();
    let (code, words) = said(&sealed(older.clone()));
    assert_eq!(code, 1);
    assert!(words.contains(&both) && words.contains("as headstart 0.0.9 wrote it"), "{words}");
    let mut elsewhere = edited.clone();
    elsewhere["made"]["target"] = "pdp11-unix".into();
    let (code, words) = said(&sealed(elsewhere));
    assert!(code == 1 && words.contains("as it was written on pdp11-unix"), "{words}");
    let (code, words) = said(&sealed(edited));
    assert!(code == 1 && words.contains("please report this"), "{words}");
    // Another version that made the same.
    older["claims"][0]["probability"] = number.into();
    older["manifest"]["version"] = "0.0.9".into();
    let (code, words) = said(&sealed(older));
    assert!(code == 0 && words.contains("though headstart 0.0.9 made it"), "{words}");

    // The scenario.
    let mut edited = whole.clone();
    let scenario = whole["scenario"].as_str().unwrap();
    edited["scenario"] = scenario.replacen("weight: ", "weight: 1", 1).into();
    let (code, words) = said(&edited);
    assert_eq!(code, 1, "{words}");
    assert!(words.contains("the scenario in it is not the one that it was made of"), "{words}");
    // How it was made.
    let mut edited = whole.clone();
    edited["made"]["options"]["seed"] = serde_json::json!(["2"]);
    let (code, words) = said(&edited);
    assert!(code == 1 && words.contains("manifest.seed: 1 in the file, 2 when reproduced"), "{words}");
    // Something more, something less.
    let mut edited = whole.clone();
    edited["extra"] = 1.into();
    edited["areas"].as_array_mut().unwrap().pop();
    let (code, words) = said(&edited);
    assert!(code == 1 && words.contains("extra: 1 in the file, nothing when"), "{words}");
    assert!(words.contains("areas[2].overall.mcse: nothing in the file, "), "{words}");
    // Nothing but the digest.
    let mut edited = whole.clone();
    edited["made"]["digest"] = "0".repeat(64).into();
    let (code, words) = said(&edited);
    assert!(code == 1 && words.contains("or its digest was edited"), "{words}");

    // A page.
    let page = text(&output(&["run", "scenarios/wheat.ron", "-n", "2000", "--format", "html"]).stdout);
    let path = folder.join("report.html");
    let at = page.find('%').unwrap();
    let edited = format!("{}9{}", &page[..at], &page[at..]);
    std::fs::write(&path, edited).unwrap();
    let (code, words) = verify(&path);
    assert!(code == 1 && words.contains("  line ") && words.contains("edited after"), "{words}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_cannot_be_verified_is_refused() {
    let folder = folder("verify-refused");
    let printed = |arguments: &[&str]| text(&output(arguments).stdout);
    let run = ["run", "scenarios/wheat.ron", "-n", "2000"];
    let whole = report();
    let made = |edit: fn(&mut Value)| {
        let mut report = whole.clone();
        edit(&mut report["made"]);
        sealed(report).to_string()
    };
    let victim = folder.join("victim.json");
    let mut hostile = whole.clone();
    hostile["made"]["options"]["export"] = serde_json::json!([victim.to_string_lossy()]);
    let mut stowaway = whole.clone();
    let export = format!("1 --export {}", victim.display());
    stowaway["made"]["options"]["seed"] = serde_json::json!([export]);
    let mut unread = whole.clone();
    unread["scenario"] = "Scenario(title: 5)".into();
    let mut page = printed(&[&run[..], &["--format", "html"]].concat());
    page = page.replace("<pre id=\"made\">", "<pre>");
    let mut cut = whole.to_string();
    cut.truncate(cut.len() / 2);
    for (content, why) in [
        (printed(&[&run[..], &["--format", "text"]].concat()), "it is not a headstart JSON or HTML report"),
        (printed(&[&run[..], &["--format", "csv"]].concat()), "it is not a headstart JSON or HTML report"),
        (printed(&["check", "scenarios/wheat.ron"]), "it is not a headstart JSON or HTML report"),
        (read("scenarios/wheat.ron"), "it is not a headstart JSON or HTML report"),
        (String::new(), "it is not a headstart JSON or HTML report"),
        ("{\"a\": 1}".into(), "it is JSON, but no report of this program"),
        ("{\"schema\": 2}".into(), "it does not say how it was made"),
        ("{\"schema\": 1}".into(), "it is written in report format 1, and this version reads format 2"),
        (cut, "the JSON is incomplete or invalid"),
        (page, "it is a page, but does not say how it was made"),
        (
            printed(&["bench", "scenarios/wheat.ron", "-n", "2000", "--threads", "1", "--format", "json"]),
            "it is of `bench`, which measures time",
        ),
        (made(|made| made["command"] = "init".into()), "no command `init` that makes reports"),
        (made(|made| made["options"] = 5.into()), "how it was made cannot be read"),
        (made(|made| made["options"]["seed"] = serde_json::json!(["one"])), "invalid value 'one'"),
        (hostile.to_string(), "the option `export`"),
        (stowaway.to_string(), "invalid value"),
        (unread.to_string(), "the scenario in "),
    ] {
        let path = folder.join("report");
        std::fs::write(&path, &content).unwrap();
        let (code, said) = verify(&path);
        assert_eq!(code, 2, "{why}: {said}");
        assert!(said.contains(why), "{why}: {said}");
    }
    assert!(!victim.exists(), "a report has no other file written");
    assert_eq!(verify(&folder.join("gone")).0, 2);
    assert!(verify(Path::new("-")).1.contains("only one scenario can be read from stdin"));
    std::fs::remove_dir_all(folder).unwrap();
}
