//! What the README shows is what the program prints, and its picture is a picture of that.

use super::support::{parse, read, root, run};
use std::process::Command;

/// The report of the README's first command.
fn report(colour: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_headstart"))
        .args(["run", "scenarios/takeoff.ron", "--color", colour])
        .current_dir(root())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Its claims and its matrix.
fn answer(report: &str) -> String {
    let (start, end) = (report.find("Claims\n").unwrap(), report.find("P(rank)").unwrap());
    report[start..end].trim_end().to_owned() + "\n"
}

#[test]
fn the_answer_is_what_is_printed() {
    let readme = read("README.md");
    let answer = answer(&report("never"));
    assert!(readme.contains(&format!("```text\n{answer}```\n")), "the README should show:\n{answer}");
}

#[test]
fn the_two_commands_are_there_and_only_they() {
    let readme = read("README.md");
    let block = readme.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let commands: Vec<&str> = block.lines().map(|line| line.split('#').next().unwrap().trim()).collect();
    assert_eq!(commands, ["cargo run --release -- run scenarios/takeoff.ron", "cargo test --release"]);
    assert!(read(".ci/run").contains("\ncargo test --release"), "the gate runs the README's tests");
}

/// `BLESS=1 cargo test` draws it anew.
#[test]
fn the_picture_is_fresh() {
    let path = "scenarios/pictures/takeoff.svg";
    // The renderer measures the background of a cell by its escaped text, in which a `<` is four characters wide.
    let answer = answer(&report("always")).replace('<', "‹");
    let picture = anstyle_svg::Term::new().render_svg(&answer);
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(root().join("scenarios/pictures")).unwrap();
        std::fs::write(root().join(path), &picture).unwrap();
    }
    assert_eq!(picture, read(path));
}

/// The scenario of the format's page is a scenario, and its claim stands in the report.
#[test]
fn the_example_runs() {
    let readme = read("README.md");
    let example = readme.split("```ron\n").nth(1).unwrap().split("```").next().unwrap();
    let summary = run(&parse(example), 1_000);
    assert_eq!(summary.worlds.len(), 2);
    assert!(summary.order.claims.iter().any(|claim| claim.id == "gala_first"));
}
