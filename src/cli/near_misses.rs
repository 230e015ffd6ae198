//! Words of other tools and slips of the hand, each answered with what to type.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::path::Path;

/// Commands of other tools, each with the command that does the same here.
const COMMANDS: [(&str, &str); 12] = [
    ("plot", "headstart run SCENARIO --export matrix.svg"),
    ("chart", "headstart run SCENARIO --export matrix.svg"),
    ("export", "headstart run SCENARIO --export report.html"),
    ("report", "headstart run SCENARIO --export report.html"),
    ("compare", "headstart diff SCENARIO OTHER"),
    ("validate", "headstart check SCENARIO"),
    ("lint", "headstart check SCENARIO"),
    ("simulate", "headstart run SCENARIO"),
    ("sample", "headstart run SCENARIO --samples draws.parquet"),
    ("new", "headstart init my-scenario.ron"),
    ("rank", "headstart rankings SCENARIO"),
    ("tornado", "headstart sensitivity SCENARIO --pair A B --export tornado.svg"),
];

/// Options that a command does not have, each with what to type: the command, or any if empty, and the option.
const OPTIONS: [(&str, &str, &str); 6] = [
    (
        "explain",
        "--claim",
        "`explain` compares two areas; for a claim use `headstart sensitivity SCENARIO --claim CLAIM`",
    ),
    ("explain", "--pair", "name the two areas alone: `headstart explain SCENARIO A B`"),
    ("", "--html", "write a page with `--export report.html`"),
    ("", "--svg", "write a picture with `--export matrix.svg`"),
    ("", "--png", "write a picture with `--export matrix.png`"),
    ("", "--csv", "print CSV with `--format csv`, or write it with `--export answer.csv`"),
];

/// Returns what to say of a command or an option that headstart calls otherwise; nothing for other errors.
pub fn told(error: &clap::Error, command: &str) -> Option<(ErrorKind, String)> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    };
    if let Some(message) = text(ContextKind::InvalidSubcommand).and_then(|asked| of_command(&asked)) {
        return Some((ErrorKind::InvalidSubcommand, message));
    }
    let message = of_option(&text(ContextKind::InvalidArg)?, command)?;
    Some((ErrorKind::UnknownArgument, message))
}

fn of_command(asked: &str) -> Option<String> {
    if ends_in(asked, &["ron", "json", "html"]) {
        return Some(format!("`{asked}` is not a command; use `headstart run {asked}`\n"));
    }
    let (asked, right) = COMMANDS.iter().find(|(name, _)| *name == asked)?;
    Some(format!("unknown command `{asked}`; use `{right}`\n"))
}

fn of_option(asked: &str, command: &str) -> Option<String> {
    if !asked.starts_with('-') && ends_in(asked, &["html", "svg", "png", "json", "csv", "md", "txt"]) {
        return Some(format!("unexpected argument `{asked}`; to write that file, add `-o {asked}`\n"));
    }
    let of = |(of, option, _): &&(&str, &str, &str)| *option == asked && (of.is_empty() || *of == command);
    let (_, option, right) = OPTIONS.iter().find(of)?;
    Some(format!("unexpected option `{option}`; {right}\n"))
}

fn ends_in(name: &str, endings: &[&str]) -> bool {
    let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}
