//! The README shows the output of the program, its pictures are fresh, and the ten questions of the commands' page are answered.
//! `documents` runs the blocks of all pages.

use crate::support::binary::{folder, headstart, output, printed};
use crate::support::{parse, read, root, run};

/// The report of the README's first command.
fn report() -> String {
    printed(&["run", "scenarios/takeoff.ron"])
}

#[test]
fn the_answer_is_what_is_printed() {
    let mut readme = read("README.md");
    let answer = report();
    if std::env::var_os("BLESS").is_some() {
        let title = answer.lines().next().unwrap();
        let start = readme.find(&format!("```text\n{title}")).unwrap() + "```text\n".len();
        let end = start + readme[start..].find("```\n").unwrap();
        readme.replace_range(start..end, &answer);
        std::fs::write(root().join("README.md"), &readme).unwrap();
    }
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

/// The pictures of the shipped scenario are those that the program makes. `BLESS=1 cargo test` draws them anew.
#[test]
fn the_pictures_are_fresh() {
    let folder = folder("pictures");
    let file = |name: &str| folder.join(format!("takeoff-{name}.svg")).to_string_lossy().into_owned();
    let of_run = ["matrix", "ranks", "scores", "worlds"];
    let mut run = vec!["run".to_owned(), "scenarios/takeoff.ron".into()];
    run.extend(of_run.iter().flat_map(|name| ["--export".to_owned(), file(name)]));
    let few = |command: &str, name: &str, more: &[&str]| -> Vec<String> {
        let file = file(name);
        let words = [&[command, "scenarios/takeoff.ron", "-n", "100000", "--export", &file], more].concat();
        words.into_iter().map(String::from).collect()
    };
    let sweep = few("sweep", "sweep", &["--vary", "weight.feedback_quality = 0..=5"]);
    let pair = ["--pair", "dangerous_capability_evals", "data_generation"];
    let tornado = few("sensitivity", "tornado", &pair);
    for arguments in [run, sweep, tornado, few("levers", "levers", &[])] {
        let output = output(&arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let pages = read("README.md") + &read("docs/commands.md");
    for name in of_run.into_iter().chain(["sweep", "tornado", "levers"]) {
        let path = format!("scenarios/pictures/takeoff-{name}.svg");
        let picture = std::fs::read_to_string(file(name)).unwrap();
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(root().join(&path), &picture).unwrap();
        }
        assert!(picture == read(&path), "{path} is stale");
        assert!(pages.contains(&path), "the README or the page of commands shows {path}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// Each command of the ten questions is understood and answers, one after the other in one folder, as a reader would type them.
#[test]
fn the_ten_questions_are_answered() {
    let folder = folder("questions");
    let page = read("docs/commands.md");
    let section = page.split("## Ten questions").nth(1).unwrap().split("\n## ").next().unwrap();
    let commands: Vec<&str> = section.split('`').skip(1).step_by(2).collect();
    assert_eq!(commands.len(), 10);
    for command in commands {
        // Quoted words are those at odd places between the quotes.
        let parts = command.split('\'').enumerate().flat_map(|(n, part)| {
            if n % 2 == 1 {
                vec![part.to_owned()]
            } else {
                part.split_whitespace().map(String::from).collect()
            }
        });
        let scenarios = root().join("scenarios").to_string_lossy().into_owned();
        let mut words: Vec<String> = parts.map(|word| word.replace("scenarios", &scenarios)).collect();
        assert_eq!(words.remove(0), "headstart");
        if !command.contains("--draws") {
            words.extend(["-n".into(), "2000".into()]);
        }
        let output = headstart(&words).current_dir(&folder).output().unwrap();
        // Of so few draws an assert may stay open, but none fails.
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(!output.stdout.is_empty(), "{command}");
    }
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(files, ["answer.md", "draws.parquet", "matrix.svg", "report.html"]);
    std::fs::remove_dir_all(folder).unwrap();
}

/// The example of the scenario language is a scenario, and the report has its claim.
#[test]
fn the_example_runs() {
    let page = read("docs/scenario-language.md");
    let example = page.split("```ron trees.ron\n").nth(1).unwrap().split("```").next().unwrap();
    let summary = run(&parse(example), 1_000);
    assert_eq!(summary.worlds.len(), 2);
    assert!(summary.order.claims.iter().any(|claim| claim.id == "gala_first"));
}
