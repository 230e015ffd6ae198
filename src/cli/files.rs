//! Files: scenarios read, with a bound on what is read, and results written whole or not at all.

mod draft;
mod error;

use super::Failure;
use super::content::Content;
use draft::{Draft, UNFINISHED};
use headstart::Scenario;
use headstart::report::{OtherScenario, ReportWithProvenance, embedded_scenario};
use headstart::scenario::FileError;
use headstart::scenario::files::{self, LARGEST, beside};
use std::io::{BufWriter, Write};
use std::path::Path;

pub use draft::{abandon, clear};
pub use error::{FolderError, WriteError};

/// Bytes of the largest report that is read for the scenario in it.
const LARGEST_REPORT: u64 = 64 << 20;

/// Reads and checks the scenario at `path`, or on stdin if that is `-`: a scenario file, or a report that holds one.
pub fn scenario(path: &str) -> Result<Scenario, Failure> {
    let name = if path == "-" { "stdin" } else { path };
    let refuse = |why: FileError| Failure::Other(format!("cannot read {name}: {why}"));
    let text = read(path, LARGEST_REPORT).map_err(refuse)?;
    if let Some(scenario) = embedded_scenario(&text) {
        return Scenario::load(&format!("the scenario in {name}"), &scenario, &beside)
            .map_err(Failure::Scenario);
    }
    if text.len() as u64 > LARGEST {
        return Err(refuse(FileError::TooLarge { most: LARGEST }));
    }
    Scenario::load(name, &text, &beside).map_err(Failure::Scenario)
}

/// Returns the name of a scenario that another one is compared with, and the scenario: from a file, or a report that compares with it.
pub fn other_scenario(path: &str) -> Result<(String, Scenario), Failure> {
    let other = report(path)
        .ok()
        .and_then(|text| ReportWithProvenance::read(&text).ok())
        .and_then(|report| report.made.other);
    let Some(OtherScenario { name, scenario, .. }) = other else {
        return Ok((path.to_owned(), scenario(path)?));
    };
    let from = format!("the other scenario in {path}");
    let read = Scenario::load(&from, &scenario, &beside).map_err(Failure::Scenario)?;
    Ok((name, read))
}

/// Bytes of memory that this machine has, where it says so.
pub fn machine_memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok()?.checked_mul(1 << 10)
}

/// The text of a report.
pub fn report(path: &str) -> Result<String, FileError> {
    if path == "-" {
        Err(FileError::Refused("only one scenario can be read from stdin".into()))
    } else {
        read(path, LARGEST_REPORT)
    }
}

/// The text of a file, or of stdin.
pub fn text(path: &str) -> Result<String, FileError> {
    read(path, LARGEST)
}

fn read(path: &str, largest: u64) -> Result<String, FileError> {
    if path == "-" {
        return files::read_text(std::io::stdin().lock(), largest);
    }
    files::read_file(Path::new(path), largest)
}

/// Writes a file whole or not at all: beside its place first, and moved there once it is on the disk.
pub fn write<'a>(path: &Path, content: impl Into<Content<'a>>) -> Result<(), Failure> {
    try_write(path, content).map_err(|why| refused(path, &why))
}

/// Does so, and returns the bare reason if it cannot.
pub fn try_write<'a>(path: &Path, content: impl Into<Content<'a>>) -> Result<(), WriteError> {
    try_write_with(path, |file| {
        let mut file = BufWriter::new(file);
        Ok(content.into().write(&mut file).and_then(|()| file.flush())?)
    })
}

/// Does so with what is written piece by piece.
pub fn write_with(
    path: &Path,
    content: impl FnOnce(&mut std::fs::File) -> Result<(), WriteError>,
) -> Result<(), Failure> {
    try_write_with(path, content).map_err(|why| refused(path, &why))
}

fn try_write_with(
    path: &Path,
    content: impl FnOnce(&mut std::fs::File) -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    let mut draft = Draft::new(path)?;
    content(draft.file.as_file_mut())?;
    draft.publish()
}

/// Finds out whether a file can be written, before it takes long to have what goes into it, and removes what writers that were killed
/// have left beside its place.
pub fn could_write(path: &Path) -> Result<(), Failure> {
    Draft::new(path).map(|draft| clear(draft.folder())).map_err(|why| refused(path, &why))
}

fn refused(path: &Path, why: &WriteError) -> Failure {
    Failure::Other(format!("cannot write {}: {why}", path.display()))
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
    names.retain(|name| !name.starts_with(UNFINISHED));
    names.sort();
    Ok(names)
}
