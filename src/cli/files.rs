//! Files: scenarios read, with a bound on what is read, and results written whole or not at all.

mod draft;
mod error;
mod lock;

use super::Failure;
use super::content::Content;
use draft::{Draft, is_unfinished};
use headstart::Scenario;
use headstart::report::{OtherScenario, Plain, ReportWithProvenance};
use headstart::request::{LARGEST_REPORT, open_scenario, read_scenario};
use headstart::scenario::files::{self, LARGEST};
use headstart::scenario::{FileError, OpenError, ReadPolicy};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

pub use draft::{clear, remove_drafts};
pub use error::{FolderError, WriteError};
pub use lock::{Held, lock};

/// Returns true for the sign that stands for stdin.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Returns a path as messages have it.
pub fn shown(path: &Path) -> Plain {
    if is_stdin(path) { Plain::line("stdin") } else { Plain::short(path.to_string_lossy()) }
}

/// Reads and checks the scenario at `path`, or on stdin if that is `-`: a scenario file, or a report that holds one.
pub fn scenario(path: &Path, policy: &ReadPolicy) -> Result<Scenario, Failure> {
    if !is_stdin(path) {
        return Ok(open_scenario(path, policy)?);
    }
    let text = read(path, LARGEST_REPORT).map_err(|error| OpenError::File { path: "stdin".into(), error })?;
    Ok(read_scenario("stdin", &text)?)
}

/// Returns the name of a scenario that another one is compared with, and the scenario: from a file, or a report that compares with it.
pub fn other_scenario(path: &Path, policy: &ReadPolicy) -> Result<(String, Scenario), Failure> {
    // What cannot be read as a report is not opened twice: it may be a pipe.
    let report = if path.is_file() { report(path).ok() } else { None };
    let other =
        report.and_then(|text| ReportWithProvenance::read(&text).ok()).and_then(|read| read.made.other);
    let Some(OtherScenario { name, scenario: held, .. }) = other else {
        if is_stdin(path) {
            return Err(Failure::Other("only one scenario can be read from stdin".into()));
        }
        return Ok((path.to_string_lossy().into_owned(), scenario(path, policy)?));
    };
    let from = format!("the other scenario in {}", shown(path));
    Ok((name, read_scenario(&from, &held)?))
}

/// Bytes of memory that this machine has, where it says so.
pub fn machine_memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok()?.checked_mul(1 << 10)
}

/// The text of a report.
pub fn report(path: &Path) -> Result<String, FileError> {
    if is_stdin(path) {
        Err(FileError::Refused("only one scenario can be read from stdin".into()))
    } else {
        read(path, LARGEST_REPORT)
    }
}

/// The text of a file that is open.
pub fn report_of(file: &Held) -> Result<String, FileError> {
    files::read_text(file, LARGEST_REPORT)
}

/// The text of a file, or of stdin.
pub fn text(path: &Path) -> Result<String, FileError> {
    read(path, LARGEST)
}

fn read(path: &Path, largest: u64) -> Result<String, FileError> {
    if is_stdin(path) {
        return files::read_text(std::io::stdin().lock(), largest);
    }
    files::read_file(path, largest)
}

/// Writes a file whole or not at all: beside its place first, and moved there once it is on the disk.
pub fn write<'a>(path: &Path, content: impl Into<Content<'a>>) -> Result<(), Failure> {
    try_write(path, content).map_err(|why| refused(path, &why))
}

/// Does so, and returns the bare reason if it cannot.
pub fn try_write<'a>(path: &Path, content: impl Into<Content<'a>>) -> Result<(), WriteError> {
    write_locked(path, content).map(drop)
}

/// Does so, and returns the file, which is locked until that is dropped.
pub fn write_locked<'a>(path: &Path, content: impl Into<Content<'a>>) -> Result<File, WriteError> {
    try_write_with(path, |file| {
        let mut file = BufWriter::new(file);
        Ok(content.into().write(&mut file).and_then(|()| file.flush())?)
    })
}

/// Does so with what is written piece by piece.
#[cfg(feature = "parquet")]
pub fn write_with(
    path: &Path,
    content: impl FnOnce(&mut File) -> Result<(), WriteError>,
) -> Result<(), Failure> {
    try_write_with(path, content).map(drop).map_err(|why| refused(path, &why))
}

fn try_write_with(
    path: &Path,
    content: impl FnOnce(&mut File) -> Result<(), WriteError>,
) -> Result<File, WriteError> {
    let mut draft = Draft::new(path)?;
    content(draft.file.as_file_mut())?;
    draft.publish()
}

/// Finds out whether a file can be written, before it takes long to have what goes into it, and removes what writers that were killed
/// have left beside its place.
pub fn check_writable(path: &Path) -> Result<(), Failure> {
    Draft::new(path).map(|draft| clear(draft.folder())).map_err(|why| refused(path, &why))
}

/// Removes a file; one that is not there or cannot be removed does no harm.
pub fn remove(path: &Path) {
    let _ = std::fs::remove_file(path);
}

/// Returns the failure to write a file.
pub fn refused(path: &Path, why: &WriteError) -> Failure {
    Failure::Other(format!("cannot write {}: {why}", shown(path)))
}

/// Makes a folder and those that it lies in, if they are not there.
pub fn folder(path: &Path) -> Result<(), FolderError> {
    std::fs::create_dir_all(path).map_err(|why| FolderError::Make { folder: path.to_owned(), why })
}

/// Lists the names of what a folder holds, in order, without what an interrupted [`write`] has left.
pub fn names(path: &Path) -> Result<Vec<String>, FolderError> {
    let failure = |why| FolderError::Read { folder: path.to_owned(), why };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failure)? {
        names.push(entry.map_err(failure)?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| !is_unfinished(name));
    names.sort();
    Ok(names)
}
