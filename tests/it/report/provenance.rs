//! What was changed before a run is named beside the title, in every command and every format, and stays named in what is run again.

use crate::support::binary::{folder, output, printed, text};
use crate::support::{load, parse, shipped};
use headstart::Control;
use headstart::analysis::summarize;
use headstart::report::{
    PageExtras, Sections, Style, csv, embedded_scenario, html, json, markdown, matrix_svg, run_text,
};
use headstart::sampler::Run;

const EDIT: &str = "weight.insight *= 2";

/// A text on one line, without what formats put between its letters.
fn flat(text: &str) -> String {
    let text = text.replace('\\', "").replace("&#96;", "`");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first line of a table in CSV below its header, and the part of other formats where the title is.
fn opening(text: &str) -> String {
    flat(text).chars().take(6_000).collect()
}

#[test]
fn edits_are_named_in_every_format_and_dropped_asserts_too() {
    let published = shipped("takeoff");
    let scenario = published.with_named_edits(&[EDIT]).unwrap().scenario;
    let n = published.asserts().len();
    assert!(n > 0 && scenario.changes().dropped_asserts == n && scenario.asserts().is_empty());
    let run = Run { draws: 2_000, ..Run::default() };
    let formats = |scenario: &headstart::Scenario| {
        let summary = summarize(scenario, run, Control::none());
        [
            run_text(scenario, &summary, &Sections::all(), Style::plain(80)),
            markdown(scenario, &summary, &Sections::all()),
            html(scenario, &summary, &PageExtras::default()),
            csv(scenario, &summary),
            json(scenario, &summary),
            matrix_svg(scenario, &summary, false),
        ]
    };
    for (edited, plain) in formats(&scenario).iter().zip(&formats(&published)) {
        assert!(flat(edited).contains(EDIT), "{edited}");
        let dropped = [
            format!("{n} asserts of the file not checked"),
            format!("\"dropped_asserts\": {n}"),
            format!("dropped_asserts,{n}"),
        ];
        assert!(dropped.iter().any(|words| flat(edited).contains(words)), "{edited}");
        assert!(
            !flat(plain).contains(EDIT) && !plain.contains("CHANGED") && !plain.contains("\"changed\""),
            "{plain}"
        );
    }
    // What a report holds is what was run, with its changes, whoever runs it again.
    let again = parse(&scenario.to_ron());
    assert_eq!(again.changes().edits, [EDIT]);
    assert_eq!(again.hash(), scenario.hash());
    let twice = again.with_named_edits(&["drop data_availability"]).unwrap().scenario;
    assert_eq!(twice.changes().edits, [EDIT, "drop data_availability"]);
    // Levers and sweeps of an edited scenario are still those of an edited one; edits of their own are not its changes.
    assert_eq!(scenario.with_edits(&["weight.insight = 1"]).unwrap().scenario.changes().edits, [EDIT]);
    assert!(published.with_named_edits(&[""; 0]).unwrap().scenario == published);
}

/// A seed and a precision are named where they are not the usual ones, and only there.
#[test]
fn seeds_precisions_and_claims_are_named() {
    let run = ["run", "scenarios/takeoff.ron", "-q", "-n", "2000"];
    let with = |more: &[&str]| flat(&printed(&[&run[..], more].concat()));
    assert!(with(&["--seed", "7"]).contains("CHANGED: seed 7 instead of 1."));
    assert!(with(&["--arithmetic", "double"]).contains("CHANGED: double precision instead of single."));
    assert!(!with(&["--arithmetic", "single"]).contains("CHANGED"));
    assert!(
        !with(&["--claim", "mean(safety)<mean(capabilities)"]).contains("CHANGED"),
        "it is there already"
    );
    let claim = "ai_control before post_training";
    assert!(with(&["--claim", claim]).contains(&format!("CHANGED: added claim `{claim}`.")));
    let all = with(&["--claim", claim, "--seed", "3", "--edit", EDIT, "--edit", "residual = 0.2"]);
    let said =
        format!("CHANGED: edits `{EDIT}`, `residual = 0.2`; added claim `{claim}`; seed 3 instead of 1");
    assert!(all.contains(&said), "{all}");
    for format in ["json", "csv", "md", "html"] {
        let report = with(&["--format", format, "--seed", "7", "--edit", EDIT]);
        assert!(opening(&report).contains(EDIT), "{format}");
        assert!(
            report.contains("seed 7") || report.contains("changed,,seed,7") || report.contains("\"seed\": 7")
        );
    }
}

/// A variant names what it is a variant of, at every distance.
#[test]
fn variants_name_their_bases() {
    let variant = load("takeoff-no-feedback");
    assert_eq!(variant.changes().bases, ["takeoff.ron"]);
    let shown = flat(&printed(&["run", "scenarios/takeoff-no-feedback.ron", "-q", "-n", "1000"]));
    assert!(shown.contains("Variant of takeoff.ron.") && !shown.contains("CHANGED"), "{shown}");
    let files = |path: &str, _: &std::path::Path| {
        let base = if path == "b.ron" { "a.ron" } else { "takeoff.ron" };
        let variant = format!("Variant(base: \"{base}\", title: \"{path}\")");
        let text = if path == "takeoff.ron" { shipped("takeoff").to_ron() } else { variant };
        Ok(headstart::scenario::FoundFile { path: path.into(), text })
    };
    let far = headstart::Scenario::load("c.ron", "Variant(base: \"b.ron\")", &files).unwrap();
    assert_eq!(far.changes().bases, ["b.ron", "a.ron", "takeoff.ron"]);
    let summary = summarize(&far, Run { draws: 1_000, ..Run::default() }, Control::none());
    let said = flat(&run_text(&far, &summary, &Sections::all(), Style::plain(80)));
    assert!(
        said.contains("Variant of b.ron, which is a variant of a.ron, which is a variant of takeoff.ron."),
        "{said}"
    );
}

/// Every command that takes edits names them.
#[test]
fn every_command_names_edits() {
    let place = folder("provenance");
    let file = |name: &str| place.join(name).to_string_lossy().into_owned();
    let options = ["-q", "-n", "500", "--edit", EDIT];
    let commands: [(&[&str], &[&str], Option<&str>); 8] = [
        (&["run", "scenarios/takeoff.ron"], &["text", "json", "csv", "md", "html"], Some("matrix.svg")),
        (
            &["sweep", "scenarios/takeoff.ron", "--vary", "weight.insight = [1, 2]"],
            &["text", "json", "csv", "html"],
            Some("sweep.svg"),
        ),
        (&["levers", "scenarios/takeoff.ron"], &["text", "json", "csv", "html"], Some("levers.svg")),
        (
            &["diff", "scenarios/takeoff.ron", "scenarios/takeoff-eighths.ron"],
            &["text", "json", "csv", "html"],
            Some("diff.svg"),
        ),
        (&["rankings", "scenarios/takeoff.ron"], &["text", "json", "csv", "html"], Some("rankings.svg")),
        (&["explain", "scenarios/takeoff.ron", "ai_control", "post_training"], &["text", "json"], None),
        (
            &["sensitivity", "scenarios/takeoff.ron", "--pair", "ai_control", "post_training"],
            &["text", "json", "csv", "html"],
            Some("tornado.svg"),
        ),
        (&["sensitivity", "scenarios/takeoff.ron", "--central-weights"], &["text", "json", "csv"], None),
    ];
    for (command, formats, picture) in commands {
        for format in formats {
            let shown = printed(&[command, &options[..], &["--format", *format]].concat());
            assert!(opening(&shown).contains(EDIT), "{command:?} {format}: {}", opening(&shown));
        }
        if let Some(picture) = picture {
            let path = file(picture);
            printed(&[command, &options[..], &["--export", path.as_str()]].concat());
            let svg = std::fs::read_to_string(&path).unwrap();
            assert!(opening(&svg).contains(&format!("CHANGED: edit `{EDIT}`")), "{command:?} {picture}");
        }
    }
    let shown = printed(&["show", "scenarios/takeoff.ron", "--edit", EDIT]);
    assert!(opening(&shown).contains(EDIT));
    std::fs::remove_dir_all(&place).unwrap();
}

/// A report of an edited run names the edits when it is run again, and is verified as it is.
#[test]
fn reports_of_edited_runs_stay_reports_of_edited_runs() {
    let place = folder("edited");
    for ending in ["json", "html"] {
        let path = place.join(format!("answer.{ending}")).to_string_lossy().into_owned();
        let claim = "ai_control before post_training";
        printed(&[
            "run",
            "scenarios/takeoff.ron",
            "-q",
            "-n",
            "1000",
            "--seed",
            "5",
            "--edit",
            EDIT,
            "--claim",
            claim,
            "--export",
            &path,
        ]);
        let again = flat(&printed(&["run", &path, "-q", "-n", "1000"]));
        assert!(again.contains(&format!("CHANGED: edit `{EDIT}`; added claim `{claim}`")), "{again}");
        assert!(!again.contains("seed 5 instead"), "{again}");
        let verified = output(&["verify", &path]);
        assert!(verified.status.success(), "{}{}", text(&verified.stdout), text(&verified.stderr));
        let held = parse(&embedded_scenario(&std::fs::read_to_string(&path).unwrap()).unwrap().unwrap());
        assert_eq!(held.changes().edits, [EDIT]);
        assert_eq!(held.asked_claims().count(), 1);
    }
    std::fs::remove_dir_all(&place).unwrap();
}
