//! The program as its users start it, and folders for what it writes.

use super::root;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// The program in the folder of the project, with both of its outputs to be read, and no word on colours.
pub fn headstart<S: AsRef<OsStr>>(arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headstart"));
    command.args(arguments).current_dir(root()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

pub fn output<S: AsRef<OsStr>>(arguments: &[S]) -> Output {
    headstart(arguments).output().unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What a command prints that succeeds.
#[track_caller]
pub fn printed<S: AsRef<OsStr>>(arguments: &[S]) -> String {
    let output = output(arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// Waits until something has happened, or the program has ended without it: then it returns false. How often it looks is the only
/// time in it, and changes no outcome.
pub fn has_happened(child: &mut Child, mut event: impl FnMut() -> bool) -> bool {
    loop {
        if event() {
            return true;
        }
        if child.try_wait().unwrap().is_some() {
            return event();
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// A new folder for files of the tests.
pub fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("headstart-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
