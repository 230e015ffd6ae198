//! Every flag of every subcommand is used by a command of the table below, which is run through the binary, and has the exit code that is
//! documented.

use crate::support::binary::{folder, headstart};
use crate::support::root;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

/// A command line, in words, and its exit code. `OUT` is a folder of its own.
const COMMANDS: &[(&str, i32)] = &[
    (
        "run wheat.ron --edit weight.warmth*=2 --draws 2000 --seed 7 --threads 2 --arithmetic double --max-memory 1G --quiet --color never",
        0,
    ),
    ("run wheat.ron -n 2000 -q --format json --claim alta_before --all-pairs", 2),
    ("run wheat.ron -n 2000 -q --format csv --all-pairs", 0),
    (
        "run wheat.ron -n 2000 -q --export OUT/answer.txt --export OUT/matrix.svg --samples OUT/draws.parquet",
        0,
    ),
    ("run wheat.ron -n 2000 -q --export-dir OUT/all", 0),
    ("run wheat.ron -q --method exact --points 64 --simultaneous", 0),
    ("run wheat.ron -q --method auto -n 2000 --cross-check", 0),
    ("run wheat.ron -q --precision 0.05 --max-draws 100000", 0),
    ("run wheat.ron -q --precision 0.00001 --max-draws 2000", 1),
    ("run nothing.ron", 2),
    ("run wheat.ron --draws 0", 2),
    ("run wheat.ron --threads 0", 2),
    ("run wheat.ron --format xml", 2),
    ("run wheat.ron --nonsense", 2),
    ("show wheat.ron --edit weight.warmth*=2 --color never", 0),
    ("show wheat.ron --expand", 0),
    ("show wheat.ron --inputs --allow-read OUT", 0),
    ("show wheat.ron --json", 0),
    ("check wheat.ron --json --allow-read OUT", 0),
    ("run wheat.ron -n 2000 -q --json --allow-read OUT --allow-read .", 0),
    ("run wheat.ron --allow-read OUT/nothing", 2),
    ("run wheat.ron -n 2000 -q --show ranks,method", 0),
    ("run wheat.ron -n 2000 -q --show nothing", 2),
    ("sweep wheat.ron --vary weight.warmth=[1,2] -n 2000 -q --json --allow-read OUT", 0),
    ("levers takeoff.ron -n 2000 -q --json --allow-read OUT", 0),
    ("diff wheat.ron wheat.ron -n 2000 -q --json --allow-read OUT", 0),
    ("bench wheat.ron -n 2000 --threads 1 -q --json --allow-read OUT", 0),
    ("rankings wheat.ron -n 2000 -q --json --allow-read OUT", 0),
    ("sensitivity wheat.ron -n 2000 -q --pair alta brava --json --allow-read OUT", 0),
    ("sensitivity wheat.ron -n 2000 -q --pair alta brava --show indices", 0),
    ("explain wheat.ron alta brava -n 2000 -q --json --allow-read OUT", 0),
    ("show wheat.ron --format json", 0),
    ("check wheat.ron --edit weight.warmth*=2 --color never", 0),
    ("check wheat.ron --deny warnings", 0),
    ("check wheat.ron --format json", 0),
    ("check wheat.ron --edit score.warmth.*=3 --deny warnings", 1),
    ("check nothing.ron", 2),
    (
        "sweep wheat.ron --vary weight.warmth=0..=5 --points 3 --pairs --draws 2000 --seed 7 --threads 1 --arithmetic single --max-memory 1G --quiet --color never",
        0,
    ),
    (
        "sweep wheat.ron --edit weight.warmth=2 --vary weight.warmth=[1,2] -n 2000 -q --claim CLAIM --format csv --export OUT/sweep.svg",
        0,
    ),
    ("sweep wheat.ron --vary weight.warmth=[1,2] -n 2000 -q --export-dir OUT/sweep", 0),
    (
        "page wheat.ron --edit weight.warmth*=2 --claim CLAIM --draws 2000 --seed 7 --threads 1 --arithmetic double --max-memory 1G --quiet --output OUT/page.html --allow-read OUT --color never",
        0,
    ),
    ("page wheat.ron -n 2000 -q --export OUT/page.ron", 2),
    ("sweep --file OUT/sweeps.ron --out OUT/sweeps", 0),
    ("sweep wheat.ron --vary weight.warmth=0..=5 --points 1", 2),
    (
        "levers takeoff.ron --edit weight.insight*=2 --draws 2000 --seed 7 --threads 1 --arithmetic auto --max-memory 1G --quiet --color never",
        0,
    ),
    (
        "levers takeoff.ron -n 2000 -q --claim mean(safety)<mean(capabilities) --format json --export OUT/levers.svg --export-dir OUT/levers",
        0,
    ),
    (
        "diff takeoff.ron takeoff-published.ron --edit weight.insight*=2 --draws 2000 --seed 7 --threads 1 --arithmetic auto --max-memory 1G --quiet --color never",
        0,
    ),
    (
        "diff takeoff.ron takeoff-published.ron -n 2000 -q --claim mean(safety)<mean(capabilities) --format csv --export OUT/diff.json --export-dir OUT/diff",
        0,
    ),
    ("diff takeoff.ron wheat.ron -n 2000 -q", 2),
    (
        "bench wheat.ron --draws 4000 --seed 7 --threads 1 --arithmetic double --max-memory 1G --quiet --format json --color never",
        0,
    ),
    (
        "rankings wheat.ron --edit weight.warmth*=2 --draws 2000 --seed 7 --threads 1 --arithmetic double --max-memory 1G --quiet --top 3 --threshold 0.9 --format json --color never",
        0,
    ),
    ("rankings wheat.ron -n 2000 -q --export OUT/rankings.html --export-dir OUT/rankings", 0),
    ("run takeoff.ron -n 2000 -q --show worlds=scheming=honest", 0),
    ("run takeoff.ron -n 2000 -q --show worlds=scheming=sometimes", 2),
    ("run takeoff.ron -n 2000 -q --show worlds=scheming", 2),
    ("run wheat.ron -n 2000 -q --show worlds=scheming=honest", 2),
    ("rankings wheat.ron --threshold 2", 2),
    (
        "sensitivity wheat.ron --edit weight.warmth*=2 --draws 20000 --seed 7 --threads 1 --arithmetic double --max-memory 1G --quiet --pair alta brava --top 2 --format csv --color never",
        0,
    ),
    (
        "sensitivity wheat.ron -n 20000 -q --claim CLAIM --export OUT/tornado.svg --export-dir OUT/sensitivity",
        0,
    ),
    ("sensitivity wheat.ron -n 2000 -q --claim CLAIM --export OUT/drivers.html", 0),
    ("sensitivity wheat.ron -n 2000 -q --pair alta brava --format html", 0),
    ("sensitivity wheat.ron -n 2000 -q --central-weights --format html", 2),
    ("sensitivity wheat.ron -n 20000 -q --all-pairs", 0),
    ("sensitivity wheat.ron -n 20000 -q --central-weights", 0),
    (
        "explain wheat.ron alta brava --edit weight.warmth*=2 --draws 2000 --seed 7 --threads 1 --arithmetic double --max-memory 1G --quiet --format json --color never",
        0,
    ),
    ("explain wheat.ron alta nobody", 2),
    ("run wheat.ron -n 2000 -q --checkpoint OUT/run.kept --export OUT/report.json", 0),
    ("run wheat.ron -n 4000 -q --checkpoint OUT/run.kept", 0),
    ("run wheat.ron -n 2000 -q --shard 1/1 --out OUT/parts", 0),
    ("run wheat.ron -n 2000 -q --shard 2/1 --out OUT/parts", 2),
    ("merge OUT/parts --quiet --format text --all-pairs --show all --color never --export-dir OUT/merged", 0),
    ("merge OUT/parts --json --export OUT/merged.md", 0),
    ("merge OUT/nothing", 2),
    ("sweep --file OUT/sweeps.ron --out OUT/sweeps --shard 1/2 -q", 0),
    ("verify OUT/report.json --threads 2 --top 3 --color never", 0),
    ("verify OUT/nothing.json", 2),
    ("init OUT/new.ron --color never", 0),
    ("init OUT/new.ron", 2),
    ("init OUT/table.ron --from OUT/table.csv --areas-in columns --groups One:1,Two:1", 0),
    ("selftest --seed 3 --color never", 0),
    ("schema --color never", 0),
    ("schema nothing", 2),
    ("completions bash --color never", 0),
    ("man OUT/man --color never", 0),
    ("nonsense", 2),
    ("", 2),
];

fn output(arguments: &[String]) -> Output {
    headstart(arguments).current_dir(root().join("scenarios")).output().unwrap()
}

fn stdout(arguments: &[&str]) -> String {
    let arguments: Vec<String> = arguments.iter().map(|&word| word.to_owned()).collect();
    String::from_utf8(output(&arguments).stdout).unwrap()
}

/// The names at the starts of the indented lines of a part of a help text.
fn subcommands() -> Vec<String> {
    let help = stdout(&["--help"]);
    let part = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = part.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names.filter(|name| !name.is_empty() && *name != "help").map(str::to_owned).collect()
}

fn flags(subcommand: &str) -> BTreeSet<String> {
    let help = stdout(&[subcommand, "--help"]);
    let lines = help.lines().filter(|line| line.trim_start().starts_with('-'));
    let long = lines.filter_map(|line| {
        line.split([' ', ',', '=', '<', '[']).find(|word| word.starts_with("--")).map(str::to_owned)
    });
    long.filter(|flag| flag != "--help").collect()
}

#[test]
fn every_flag_is_used() {
    let subcommands = subcommands();
    assert_eq!(subcommands.len(), 18, "{subcommands:?}");
    for subcommand in &subcommands {
        let flags = flags(subcommand);
        let used: BTreeSet<String> = COMMANDS
            .iter()
            .filter(|(line, _)| line.split(' ').next() == Some(subcommand))
            .flat_map(|(line, _)| line.split(' ').filter(|word| word.starts_with("--")).map(str::to_owned))
            .collect();
        let unused: Vec<&String> = flags.difference(&used).collect();
        // Without the feature unknown flag to be used.
        assert!(unused.is_empty(), "{subcommand}: no command uses {unused:?}");
        assert!(flags.contains("--color"), "{subcommand}");
    }
}

#[test]
fn every_command_exits_as_documented() {
    let folder = folder("flags");
    let out = folder.to_string_lossy().into_owned();
    let file = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    file("table.csv", "factor,weight,A,B\nf,1,2,3\n");
    file("beside.ron", &crate::support::read("scenarios/wheat.ron"));
    file(
        "sweeps.ron",
        "Sweeps(scenario: \"beside.ron\", draws: 2000, sweeps: [(id: \"s\", vary: [\"weight.warmth = [1, 2]\"])])",
    );
    for (line, code) in COMMANDS {
        let words = line.split(' ').filter(|word| !word.is_empty());
        let words: Vec<String> =
            words.map(|word| word.replace("OUT", &out).replace("CLAIM", "alta before brava")).collect();
        let output = output(&words);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(*code), "headstart {line}\n{said}");
        // What has no result says why and prints nothing.
        if line.starts_with("selftest ") {
            assert!(String::from_utf8_lossy(&output.stdout).contains("checks passed"));
        }
        assert_eq!(
            *code == 2,
            output.stdout.is_empty() && !said.trim().is_empty(),
            "headstart {line}\n{said}"
        );
    }
    for written in [
        "answer.txt",
        "matrix.svg",
        "all",
        "sweep.svg",
        "levers/report.html",
        "diff.json",
        "rankings.html",
        "tornado.svg",
        "drivers.html",
        "sensitivity/report.html",
        "new.ron",
    ] {
        assert!(Path::new(&out).join(written).exists(), "{written}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
