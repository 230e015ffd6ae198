//! What shells and `man` are told of the command line, and what `--help` shows.

use crate::support::binary::output;
use std::process::Command;

const COMMANDS: [&str; 10] =
    ["run", "show", "check", "sweep", "levers", "diff", "init", "schema", "completions", "man"];

#[test]
fn completions_name_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = output(&["completions", shell]);
        assert!(output.status.success(), "{shell}");
        let text = String::from_utf8(output.stdout).unwrap();
        for command in COMMANDS {
            assert!(text.contains(command), "{shell} does not complete {command}");
        }
        assert!(text.contains("export-dir"), "{shell}");
    }
    assert_eq!(output(&["completions", "tcsh"]).status.code(), Some(2));
}

/// bash takes the script and completes with it.
#[test]
fn bash_completes_with_the_script() {
    let script = "set -e; source <(\"$0\" completions bash); COMP_WORDS=(headstart swe); COMP_CWORD=1; \
                  _headstart headstart swe headstart; echo \"${COMPREPLY[*]}\"";
    let Ok(output) = Command::new("bash").args(["-c", script, env!("CARGO_BIN_EXE_headstart")]).output()
    else {
        return;
    };
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "sweep\n",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn man_pages_are_written() {
    let folder = std::env::temp_dir().join(format!("headstart-man-{}", std::process::id()));
    let output = output(&["man", &folder.to_string_lossy()]);
    assert!(output.status.success());
    for command in COMMANDS {
        let page = std::fs::read_to_string(folder.join(format!("headstart-{command}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS") && page.contains("Examples:"), "{command}");
    }
    assert!(std::fs::read_to_string(folder.join("headstart.1")).unwrap().contains("headstart"));
    std::fs::remove_dir_all(folder).unwrap();
}

/// Each command shows examples, and each of those that names a shipped scenario is understood.
#[test]
fn help_has_examples() {
    for command in COMMANDS {
        let help = String::from_utf8(output(&[command, "--help"]).stdout).unwrap();
        let examples = help.split("Examples:").nth(1).unwrap_or_else(|| panic!("{command} has no examples"));
        assert!(
            examples.lines().any(|line| line.trim().starts_with(&format!("headstart {command}"))),
            "{command}"
        );
    }
}
