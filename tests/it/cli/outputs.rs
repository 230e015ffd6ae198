//! Files that are written are the old ones or the new ones, whatever happens; and an answer that does not reach its reader is an
//! error, unless the reader has had enough.

use crate::support::binary::{folder, has_happened, headstart, text};
use crate::support::*;
use std::path::Path;
use std::process::{Command, Output};

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const RUN: [&str; 4] = ["run", "scenarios/wheat.ron", "-n", "2000"];

/// Names of what killed writers leave.
const LEFT: &str = ".headstart-0dead0Dead12.draft";
const HELD: &str = ".headstart-0held0Held12.draft";

/// A run that exports to a path.
fn export(path: &Path) -> Output {
    headstart(&RUN).arg("--export").arg(path).output().unwrap()
}

/// The run could not export, said why in words with the name of the file, and left nothing.
#[track_caller]
fn refused(path: &Path, why: &str) {
    let output = export(path);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(said, format!("error: cannot write {}: {why}\n", path.display()));
    assert_eq!(text(&output.stdout), "", "nothing is drawn for a place that cannot be written to");
}

#[test]
fn places_that_cannot_be_written_to() {
    let folder = folder("outputs-places");
    let gone = folder.join("gone");
    refused(&gone.join("answer.json"), &format!("the directory {} does not exist", gone.display()));
    std::fs::create_dir(folder.join("folder.json")).unwrap();
    refused(&folder.join("folder.json"), "it is a folder");
    let kept = folder.join("kept.json");
    std::fs::write(&kept, "as it was").unwrap();
    let mut permissions = kept.metadata().unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&kept, permissions).unwrap();
    refused(&kept, "it is read-only");
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "as it was");
    assert_eq!(names(&folder), ["folder.json", "kept.json"]);
    std::fs::remove_dir_all(folder).unwrap();
}

/// A link is followed, and what it points to is replaced; devices and links that lead nowhere are left alone.
#[cfg(unix)]
#[test]
fn links_are_followed_when_written() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder("outputs-links");
    std::fs::create_dir(folder.join("there")).unwrap();
    let there = folder.join("there/answer.json");
    std::fs::write(&there, "old").unwrap();
    std::fs::set_permissions(&there, std::fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.join("link.json");
    symlink("there/answer.json", &link).unwrap();
    assert!(export(&link).status.success());
    assert!(link.symlink_metadata().unwrap().is_symlink(), "the link is still one");
    assert!(std::fs::read_to_string(&there).unwrap().starts_with('{'));
    assert_eq!(there.metadata().unwrap().permissions().mode() & 0o777, 0o640, "its rights are kept");
    let dangling = folder.join("dangling.json");
    symlink("there/new.json", &dangling).unwrap();
    assert!(export(&dangling).status.success());
    assert!(folder.join("there/new.json").is_file());
    let around = folder.join("around.json");
    symlink("around.json", &around).unwrap();
    refused(&around, "it is a broken symbolic link");
    let device = folder.join("device.json");
    symlink("/dev/null", &device).unwrap();
    refused(&device, "it is there, and no plain file");
    assert!(!Path::new("/dev/null").is_file());
    assert_eq!(names(&folder.join("there")), ["answer.json", "new.json"]);
    std::fs::remove_dir_all(folder).unwrap();
}

/// A folder that may not be written to. The superuser may write anywhere, so nobody tries.
#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_to() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    let folder = folder("outputs-rights");
    let program = folder.join("headstart");
    std::fs::copy(env!("CARGO_BIN_EXE_headstart"), &program).unwrap();
    let scenario = folder.join("wheat.ron");
    std::fs::write(&scenario, read("scenarios/wheat.ron")).unwrap();
    let shut = folder.join("shut");
    std::fs::create_dir(&shut).unwrap();
    std::fs::write(shut.join("answer.json"), "old").unwrap();
    for path in [&folder, &shut] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o555)).unwrap();
    }
    let mut command = Command::new(&program);
    if folder.metadata().unwrap().uid() == 0 {
        command.uid(NOBODY);
    }
    let answer = shut.join("answer.json");
    let output = command
        .args(["run", &scenario.to_string_lossy(), "-n", "2000", "--export", &answer.to_string_lossy()])
        .output()
        .unwrap();
    let why = format!("no permission to write to the directory {}", shut.display());
    assert_eq!(text(&output.stderr), format!("error: cannot write {}: {why}\n", answer.display()));
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&answer).unwrap(), "old");
    for path in [&folder, &shut] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// A folder that vanishes while the run is under way: the answer is printed all the same, and the loss is told.
#[test]
fn a_folder_that_vanishes() {
    let folder = folder("outputs-vanishes");
    let path = folder.join("answer.json");
    let shown = path.to_string_lossy().into_owned();
    // Who looks at the folder clears this away; the draws come after that, and then the file.
    let left = folder.join(LEFT);
    std::fs::write(&left, "half").unwrap();
    let arguments = ["run", "scenarios/wheat.ron", "-n", "3e7", "--export", &shown];
    let mut child = headstart(&arguments).spawn().unwrap();
    assert!(has_happened(&mut child, || !left.exists()));
    std::fs::remove_dir_all(&folder).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let why = format!("error: cannot write {shown}: the directory {} does not exist\n", folder.display());
    assert_eq!(text(&output.stderr), why);
    assert!(text(&output.stdout).contains("P(row before column)"), "the answer is not lost");
}

/// A disk that is full: the old file stays, the answer is printed, the loss is told.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let folder = folder("outputs-full");
    let shown = folder.to_string_lossy().into_owned();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=16k", "tmpfs", &shown]).status();
    if !mount.is_ok_and(|status| status.success()) {
        eprintln!("skipped: only who may mount can fill a disk");
        return;
    }
    let path = folder.join("answer.json");
    std::fs::write(&path, "old").unwrap();
    let output = export(&path);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.starts_with(&format!("error: cannot write {}: No space left", path.display())), "{said}");
    assert!(text(&output.stdout).contains("P(row before column)"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(names(&folder), ["answer.json"]);
    assert!(Command::new("umount").arg(&shown).status().unwrap().success());
    std::fs::remove_dir_all(folder).unwrap();
}

/// Killed at any moment, the program leaves the old file or the new one; and what it had begun, the next one clears away, but
/// not what another one is still at work on.
#[test]
fn killed_at_any_moment() {
    let folder = folder("outputs-killed");
    let [old, new] = ["old.html", "new.html"].map(|name| folder.join(name));
    assert!(export(&new).status.success());
    let whole = std::fs::read(&new).unwrap();
    std::fs::write(&old, "old").unwrap();
    let begun = || names(&folder).into_iter().find(|name| name.starts_with(".headstart-"));
    let size = |name: String| std::fs::metadata(folder.join(name)).map_or(0, |file| file.len());
    let mut seen = [0, 0];
    for round in 0..60_u32 {
        std::fs::write(&old, "old").unwrap();
        let mut child = headstart(&RUN).arg("--export").arg(&old).spawn().unwrap();
        // At once, when a file is begun, when something is in it, and when it is in its place.
        match round % 4 {
            0 => false,
            1 => has_happened(&mut child, || begun().is_some()),
            2 => has_happened(&mut child, || begun().is_some_and(|name| size(name) > 0)),
            _ => has_happened(&mut child, || size("old.html".into()) != 3),
        };
        child.kill().unwrap();
        child.wait().unwrap();
        let found = std::fs::read(&old).unwrap();
        assert!(found == b"old" || found == whole, "half a file of {} bytes", found.len());
        seen[usize::from(found == whole)] += 1;
    }
    assert!(seen[0] > 0 && seen[1] > 0, "killed before and after: {seen:?}");
    // What a dead one has left, and what one is at work on that holds the lock.
    std::fs::write(folder.join(LEFT), "half").unwrap();
    let held = std::fs::File::create(folder.join(HELD)).unwrap();
    held.lock().unwrap();
    assert!(export(&old).status.success());
    assert_eq!(names(&folder), [HELD, "new.html", "old.html"]);
    std::fs::remove_dir_all(folder).unwrap();
}

/// Every command that prints, in its shortest form.
const PRINTING: [&[&str]; 16] = [
    &["run", "scenarios/takeoff.ron", "-n", "2000"],
    &["run", "scenarios/takeoff.ron", "-n", "2000", "--format", "json"],
    &["run", "scenarios/takeoff.ron", "-n", "2000", "--format", "html"],
    &["show", "scenarios/takeoff.ron"],
    &["check", "scenarios/takeoff.ron"],
    &["sweep", "scenarios/takeoff.ron", "--vary", "weight.insight = 0..=1", "-n", "2000"],
    &["levers", "scenarios/takeoff.ron", "-n", "2000"],
    &["diff", "scenarios/takeoff.ron", "scenarios/takeoff-slow-evals-2.ron", "-n", "2000"],
    &["rankings", "scenarios/takeoff.ron", "-n", "2000"],
    &["sensitivity", "scenarios/takeoff.ron", "--all-pairs", "-n", "2000", "--format", "json"],
    &["explain", "scenarios/takeoff.ron", "ai_control", "post_training", "-n", "2000"],
    &["init", "-"],
    &["selftest"],
    &["schema"],
    &["completions", "bash"],
    &["bench", "scenarios/wheat.ron", "-n", "2000", "--threads", "1"],
];

/// A reader who has had enough, as `head -1`, ends a command quietly.
#[test]
fn a_closed_pipe_is_no_error() {
    for arguments in PRINTING {
        let mut child = headstart(arguments).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(matches!(output.status.code(), Some(0)), "{arguments:?}: {:?}", output.status);
        let said = text(&output.stderr);
        let is_known = |line: &str| line.starts_with("warning: the lever") || line.starts_with("cost: ");
        assert!(said.lines().all(is_known), "{arguments:?}: {said}");
    }
}

/// An answer that cannot be written is an error.
#[cfg(target_os = "linux")]
#[test]
fn a_full_stdout_is_an_error() {
    for arguments in PRINTING {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = headstart(arguments).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            text(&output.stderr).contains("error: cannot write the result to stdout: No space left"),
            "{arguments:?}: {}",
            text(&output.stderr)
        );
    }
}

/// What only looks like the leavings of a killed writer stays, and nothing waits for it: files of users, checkpoints, other names, pipes,
/// links, folders, and files of somebody else.
#[cfg(unix)]
#[test]
fn neighbours_of_an_export_stay() {
    use std::os::unix::fs::{MetadataExt, symlink};
    const NOBODY: u32 = 65_534;
    let folder = folder("outputs-neighbours");
    let mut kept = vec!["answer.json", "precious"];
    for name in [
        ".headstart-notes",
        ".headstart-backup",
        ".headstart-0dead0",
        ".headstart-0dead0Dead12",
        ".headstart-0dead0Dead1.draft",
        ".headstart-0dead0Dead123.draft",
        ".headstart-0dead0Dea_12.draft",
        ".headstart-0dead0Dead12.draft~",
        "x.headstart-0dead0Dead12.draft",
    ] {
        std::fs::write(folder.join(name), "a day's work").unwrap();
        kept.push(name);
    }
    std::fs::write(folder.join("precious"), "a day's work").unwrap();
    let made = Command::new("mkfifo").arg(folder.join(".headstart-0pipe0Pipe12.draft")).status().unwrap();
    assert!(made.success());
    symlink("precious", folder.join(".headstart-0link0Link12.draft")).unwrap();
    std::fs::create_dir(folder.join(".headstart-0tree0Tree12.draft")).unwrap();
    kept.extend([
        ".headstart-0pipe0Pipe12.draft",
        ".headstart-0link0Link12.draft",
        ".headstart-0tree0Tree12.draft",
    ]);
    let foreign = folder.join(".headstart-0free0Free12.draft");
    std::fs::write(&foreign, "of somebody else").unwrap();
    if foreign.metadata().unwrap().uid() == 0 {
        std::os::unix::fs::chown(&foreign, Some(NOBODY), None).unwrap();
        kept.push(".headstart-0free0Free12.draft");
    }
    std::fs::write(folder.join(LEFT), "half").unwrap();
    let answer = folder.join("answer.json");
    let mut child = headstart(&RUN).arg("--export").arg(&answer).spawn().unwrap();
    let start = std::time::Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed().as_secs() > 60 {
            child.kill().unwrap();
            panic!("it waits for a pipe that nobody writes into");
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    kept.sort_unstable();
    assert_eq!(names(&folder), kept);
    assert_eq!(std::fs::read_to_string(folder.join("precious")).unwrap(), "a day's work");
    // A checkpoint may bear any name.
    let checkpoint = folder.join(".headstart-checkpoint");
    for _ in 0..2 {
        let kept = ["run", "scenarios/wheat.ron", "-n", "70000", "-q", "--checkpoint"];
        let output = headstart(&kept).arg(&checkpoint).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(export(&answer).status.success());
        assert!(checkpoint.is_file());
    }
    std::fs::remove_dir_all(folder).unwrap();
}
