//! Files: scenarios read, with a bound on what is read, and results written whole or not at all.

mod draft;

use super::Failure;
use super::content::Content;
use draft::{Draft, UNFINISHED};
use headstart::Scenario;
use headstart::report::{Other, Stamped, embedded};
use std::io::{BufWriter, Read, Write};
use std::path::Path;

pub use draft::{abandon, clear};

/// More than this is no scenario, and is not read.
const LARGEST: u64 = 4 << 20;
/// Nor is more than this a report with a scenario in it.
const LARGEST_REPORT: u64 = 64 << 20;

/// Reads and checks the scenario at `path`, or on stdin if that is `-`: a scenario file, or a report that holds one.
pub fn scenario(path: &str) -> Result<Scenario, Failure> {
    let name = if path == "-" { "stdin" } else { path };
    let refuse = |why: String| Failure::Other(format!("cannot read {name}: {why}"));
    let text = read(path, LARGEST_REPORT).map_err(refuse)?;
    if let Some(scenario) = embedded(&text) {
        return Scenario::load(&format!("the scenario in {name}"), &scenario, &beside)
            .map_err(Failure::Scenario);
    }
    if text.len() as u64 > LARGEST {
        return Err(refuse(too_large(LARGEST)));
    }
    Scenario::load(name, &text, &beside).map_err(Failure::Scenario)
}

/// Returns the name of a scenario that another one is compared with, and the scenario: from a file, or a report that compares with it.
pub fn other_scenario(path: &str) -> Result<(String, Scenario), Failure> {
    let other =
        report(path).ok().and_then(|text| Stamped::read(&text).ok()).and_then(|report| report.made.other);
    let Some(Other { name, scenario }) = other else { return Ok((path.to_owned(), scenario(path)?)) };
    let from = format!("the other scenario in {path}");
    let read = Scenario::load(&from, &scenario, &beside).map_err(Failure::Scenario)?;
    Ok((name, read))
}

/// The text of a report.
pub fn report(path: &str) -> Result<String, String> {
    if path == "-" { Err("stdin is read once alone".into()) } else { read(path, LARGEST_REPORT) }
}

/// Finds a file that another one names: beside that one, or where it says.
fn beside(path: &str, from: &str) -> Result<(String, String), String> {
    let folder = Path::new(from).parent().unwrap_or(Path::new(""));
    let found = folder.join(path);
    let text = text(&found.to_string_lossy())?;
    // The same name for each way to the same file.
    let name = found.canonicalize().unwrap_or(found);
    Ok((name.to_string_lossy().into_owned(), text))
}

/// The text of a file, or of stdin.
pub fn text(path: &str) -> Result<String, String> {
    read(path, LARGEST)
}

fn too_large(largest: u64) -> String {
    format!("it is larger than the {} MB that are accepted", largest >> 20)
}

fn read(path: &str, largest: u64) -> Result<String, String> {
    let mut bytes = Vec::new();
    let size = if path == "-" {
        std::io::stdin().lock().take(largest + 1).read_to_end(&mut bytes)
    } else {
        if Path::new(path).is_dir() {
            return Err("it is a directory, not a file".into());
        }
        std::fs::File::open(path).and_then(|file| file.take(largest + 1).read_to_end(&mut bytes))
    };
    let size = size.map_err(|error| error.to_string())?;
    if size as u64 > largest {
        return Err(too_large(largest));
    }
    // Some editors put a mark before the text that says that it is UTF-8.
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        format!("it is not UTF-8 text: byte {} is not valid; save it as UTF-8", valid + 1)
    })?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// Writes a file whole or not at all: beside its place first, and moved there once it is on the disk.
pub fn write<'a>(path: &Path, content: impl Into<Content<'a>>) -> Result<(), Failure> {
    write_with(path, |file| {
        let mut file = BufWriter::new(file);
        content.into().write(&mut file).and_then(|()| file.flush()).map_err(|error| error.to_string())
    })
}

/// Does so with what is written piece by piece.
pub fn write_with(
    path: &Path,
    content: impl FnOnce(&mut std::fs::File) -> Result<(), String>,
) -> Result<(), Failure> {
    let written = Draft::new(path).and_then(|mut draft| {
        content(draft.file.as_file_mut())?;
        draft.publish()
    });
    written.map_err(|why| refused(path, &why))
}

/// Finds out whether a file can be written, before it takes long to have what goes into it, and removes what writers that were killed
/// have left beside its place.
pub fn could_write(path: &Path) -> Result<(), Failure> {
    Draft::new(path).map(|draft| clear(draft.folder())).map_err(|why| refused(path, &why))
}

fn refused(path: &Path, why: &str) -> Failure {
    Failure::Other(format!("cannot write {}: {why}", path.display()))
}

/// Makes a folder and those that it lies in, if they are not there.
pub fn folder(path: &Path) -> Result<(), String> {
    std::fs::create_dir_all(path)
        .map_err(|error| format!("cannot make the folder {}: {error}", path.display()))
}

/// Returns how many things a folder holds, without what an interrupted [`write`] has left.
pub fn entries(path: &Path) -> Result<usize, String> {
    let failure = |error: std::io::Error| format!("cannot read {}: {error}", path.display());
    let mut n = 0;
    for entry in std::fs::read_dir(path).map_err(failure)? {
        let name = entry.map_err(failure)?.file_name();
        n += usize::from(!name.to_string_lossy().starts_with(UNFINISHED));
    }
    Ok(n)
}
