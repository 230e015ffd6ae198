//! The pages for users: commands run, scenarios parse, outputs are those of the program, links lead somewhere, lines and the README
//! are short. Blocks of a page run in order in one folder; a second word after the language of a block is the file to write it to.

use crate::support::binary::{folder, headstart};
use crate::support::{read, root};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Fields around a fragment of a scenario, unless it has them.
const AROUND: [(&str, &str); 7] = [
    ("title", r#""a fragment""#),
    ("scale", "(min: 1, max: 10)"),
    ("groups", r#"[(id: "apples"), (id: "pears")]"#),
    (
        "areas",
        r#"[(id: "gala", group: "apples"), (id: "fuji", group: "apples"), (id: "comice", group: "pears")]"#,
    ),
    ("worlds", r#"[(id: "summer", outcomes: [("dry", 0.3), ("wet", 0.7)])]"#),
    ("spread", "(score: Triangular(half_width: 1.5), weight: Triangular(relative: 0.5))"),
    (
        "factors",
        r#"[(id: "warmth", weight: 2, scores: [7, 3.5, 5]),
            (id: "drought", weight: ByWorld("summer", {"dry": 1, "wet": 0}), scores: [4, 6, 5])]"#,
    ),
];

/// Commands that draw, and the options that say how much or make a number of draws useless.
const DRAWING: [&str; 7] = ["run", "sweep", "levers", "diff", "rankings", "sensitivity", "explain"];
const DRAWS: [&str; 6] = ["-n", "--draws", "--precision", "--file", "--method", "--checkpoint"];

/// A block of code of a page.
struct Block {
    language: String,
    file: Option<String>,
    text: String,
}

/// The README and all pages for users, by their path.
fn pages() -> Vec<String> {
    let in_docs = std::fs::read_dir(root().join("docs")).unwrap();
    let names = in_docs.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut pages: Vec<String> = names
        .filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "md"))
        .map(|name| format!("docs/{name}"))
        .collect();
    pages.sort();
    assert!(pages.len() >= 12, "the pages: {pages:?}");
    pages.insert(0, "README.md".into());
    pages
}

fn blocks(page: &str) -> Vec<Block> {
    let (mut blocks, mut open) = (Vec::new(), None::<Block>);
    for line in read(page).lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(head), None) => {
                let mut words = head.split_whitespace().map(String::from);
                let language = words.next().unwrap_or_default();
                open = Some(Block { language, file: words.next(), text: String::new() });
            }
            (None, Some(block)) => block.text += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{page}: a block that does not end");
    blocks
}

/// The scenario that a block of RON stands for: itself, or its fields with the rest around them.
fn whole(block: &Block) -> String {
    let text = &block.text;
    if ["Scenario(", "Variant(", "Sweeps("].iter().any(|head| text.trim_start().starts_with(head)) {
        return text.clone();
    }
    let is_given = |key: &str| text.lines().any(|line| line.starts_with(&format!("{key}:")));
    let rest = AROUND.iter().filter(|(key, _)| !is_given(key));
    let rest: String = rest.map(|(key, value)| format!("{key}: {value},\n")).collect();
    format!("Scenario(\n{text}{rest})\n")
}

/// A folder with the shipped scenarios, in which the blocks of a page run.
fn workplace(name: &str) -> PathBuf {
    let folder = folder(name);
    std::fs::create_dir_all(folder.join("scenarios")).unwrap();
    for file in std::fs::read_dir(root().join("scenarios")).unwrap().map(Result::unwrap) {
        if file.path().extension().is_some_and(|ending| ending == "ron") {
            std::fs::copy(file.path(), folder.join("scenarios").join(file.file_name())).unwrap();
        }
    }
    folder
}

/// Runs a line of a shell, with few draws where it names none.
fn shell(line: &str, folder: &Path) -> std::process::Output {
    let names_draws = DRAWS.iter().any(|option| line.contains(&format!(" {option} ")));
    let mut line = line.to_owned();
    for command in DRAWING.iter().filter(|_| !names_draws) {
        line = line.replace(&format!("headstart {command} "), &format!("headstart {command} -n 2000 "));
    }
    let program = Path::new(env!("CARGO_BIN_EXE_headstart")).parent().unwrap();
    let path = std::env::join_paths(
        [program.to_owned()].into_iter().chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let mut command = Command::new("sh");
    command.args(["-c", &line]).current_dir(folder).env("PATH", path.unwrap());
    command.env_remove("CLICOLOR_FORCE").output().unwrap()
}

/// Writes the file of a block, if it has one.
fn place(block: &Block, folder: &Path) {
    if let Some(file) = &block.file {
        std::fs::write(folder.join(file), whole_if_ron(block)).unwrap();
    }
}

fn whole_if_ron(block: &Block) -> String {
    if block.language == "ron" { whole(block) } else { block.text.clone() }
}

/// A block of a console: a command, and its output; `...` stands for left-out lines, and `…` for the rest of a line.
fn check_console(page: &str, block: &Block, folder: &Path) {
    let (command, shown) = block.text.split_once('\n').unwrap();
    let output = shell(command.strip_prefix("$ ").expect("a console starts with a command"), folder);
    let printed =
        String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    let mut rest = printed.as_str();
    for line in shown.lines().filter(|line| *line != "...") {
        let line = line.strip_suffix(" …").unwrap_or(line);
        let at = rest
            .find(line)
            .unwrap_or_else(|| panic!("{page}: `{command}` does not print `{line}`:\n{printed}"));
        rest = &rest[at + line.len()..];
    }
}

#[test]
fn commands_of_the_pages_run_and_print_what_is_shown() {
    for page in pages() {
        let folder = workplace(&format!("page-{}", page.replace('/', "-")));
        for block in blocks(&page) {
            place(&block, &folder);
            if block.language == "console" {
                check_console(&page, &block, &folder);
            }
            let commands = block.text.lines().filter(|line| line.contains("headstart "));
            for line in commands.filter(|_| block.language == "sh") {
                let output = shell(line, &folder);
                let error = String::from_utf8_lossy(&output.stderr);
                assert!(output.status.success(), "{page}: `{line}`: {error}");
            }
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn scenarios_of_the_pages_parse() {
    for page in pages() {
        let folder = workplace(&format!("parsed-{}", page.replace('/', "-")));
        for block in blocks(&page).iter().filter(|block| block.language == "ron") {
            place(block, &folder);
            if block.text.starts_with("Sweeps(") {
                continue;
            }
            let file = block.file.clone().unwrap_or_else(|| "fragment.ron".into());
            std::fs::write(folder.join(&file), whole(block)).unwrap();
            let output = headstart(&["check", &file]).current_dir(&folder).output().unwrap();
            let error = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{page}:\n{}\n{error}", block.text);
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn links_and_pictures_of_the_pages_exist() {
    for page in pages() {
        let text = read(&page);
        let folder = root().join(&page).parent().unwrap().to_owned();
        for target in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            let file = target.split('#').next().unwrap();
            let is_here = file.is_empty() || file.starts_with("https://") || folder.join(file).exists();
            assert!(is_here, "{page}: no file for the link {target}");
        }
    }
}

/// Tables are no prose: a row of them cannot be broken.
#[test]
fn lines_of_the_pages_are_short() {
    for page in pages() {
        let mut in_code = false;
        for (n, line) in read(&page).lines().enumerate() {
            in_code ^= line.starts_with("```");
            let is_prose = !in_code && !line.starts_with('|');
            assert!(!is_prose || line.chars().count() <= 120, "{page}:{}: over 120 columns", n + 1);
        }
    }
}

#[test]
fn pages_begin_with_a_purpose_and_end_with_the_next_page() {
    for page in pages().iter().skip(1) {
        let text = read(page);
        assert!(text.starts_with("# "), "{page} has a title");
        let end = text.split("\n## ").last().unwrap();
        assert!(end.starts_with("Next\n") && end.contains("]("), "{page} ends with Next");
    }
}

/// The words of the README beside the answer and the picture are a thousand at most.
#[test]
fn the_readme_is_short() {
    let readme = read("README.md");
    let (before, rest) = readme.split_once("```text\n").unwrap();
    let (_, after) = rest.split_once("\n```\n").unwrap();
    let words = (before.to_owned() + after).split_whitespace().count();
    assert!(words <= 1_000, "{words} words");
    assert_eq!(readme.matches("![").count(), 2, "the answer, and the page");
}

#[test]
fn the_map_of_the_code_is_short() {
    let words = read("ARCHITECTURE.md").split_whitespace().count();
    assert!(words <= 1_700, "{words} words");
}
