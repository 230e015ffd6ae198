//! The scenario of a request: its text or its file read, its edits made.

use crate::report::embedded_scenario;
use crate::request::ask::Source;
use crate::request::error::Error;
use crate::scenario::files::{FileError, FoundFile, LARGEST, no_files, read_file};
use crate::scenario::{OpenError, ReadPolicy, Scenario};
use std::path::Path;

/// Bytes of the largest report that is read for the scenario in it.
pub const LARGEST_REPORT: u64 = 64 << 20;

/// Refuses every file that the scenario in a report names.
fn no_files_of_report(_: &str, _: &Path) -> Result<FoundFile, FileError> {
    Err(FileError::NamesNone("a report", "its values are written out in it, so this one was changed"))
}

/// Opens the file at `path`, which a person names: a scenario, or a report that holds one. The scenario may name the files that the policy
/// admits; the one of a report may name none.
///
/// # Errors
/// Returns an error if the file cannot be read, or every problem of its scenario.
pub fn open_scenario(path: &Path, policy: &ReadPolicy) -> Result<Scenario, OpenError> {
    let refuse = |error| OpenError::File { path: path.to_owned(), error };
    let text = read_file(path, LARGEST_REPORT).map_err(refuse)?;
    match embedded_scenario(&text).map_err(|why| refuse(FileError::Refused(why.to_string())))? {
        Some(held) => of_report(&path.display(), &held),
        None if text.len() as u64 > LARGEST => Err(refuse(FileError::TooLarge { most: LARGEST })),
        None => Ok(Scenario::load_with(path, &text, policy)?),
    }
}

/// Opens the file that the file `from` names as `path`, as [`open_scenario`] does, and shows nothing of it unless it begins as a scenario.
///
/// # Errors
/// Returns an error if `from` may not name the file, if it cannot be read, or every problem of its scenario.
pub fn open_named_scenario(path: &str, from: &Path, policy: &ReadPolicy) -> Result<Scenario, OpenError> {
    let refuse = |error| OpenError::File { path: path.into(), error };
    let place = policy.locate(path, from).map_err(refuse)?;
    let text = read_file(&place, LARGEST_REPORT).map_err(refuse)?;
    let is_report = matches!(embedded_scenario(&text), Ok(Some(_)) | Err(_));
    if is_report || Scenario::begins(&text) {
        open_scenario(&place, policy)
    } else {
        Err(refuse(FileError::NotScenario))
    }
}

/// Reads the scenario in a text that is no file, or that of a report that the text is. It may name no file.
///
/// # Errors
/// Returns an error if the text is too large, or every problem of its scenario.
pub fn read_scenario(name: &str, text: &str) -> Result<Scenario, OpenError> {
    let refuse = |error| OpenError::File { path: name.into(), error };
    match embedded_scenario(text).map_err(|why| refuse(FileError::Refused(why.to_string())))? {
        Some(held) => of_report(&name, &held),
        None if text.len() as u64 > LARGEST => Err(refuse(FileError::TooLarge { most: LARGEST })),
        None => Ok(Scenario::load(name, text, &no_files)?),
    }
}

/// Reads the scenario in a report.
fn of_report(name: &dyn std::fmt::Display, held: &str) -> Result<Scenario, OpenError> {
    Ok(Scenario::load(format!("the scenario in {name}"), held, &no_files_of_report)?)
}

impl Source {
    /// Returns what it is called, and the scenario.
    pub(super) fn open(self) -> Result<(String, Scenario), Error> {
        match self {
            Self::Open { name, scenario } => Ok((name, *scenario)),
            Self::Edited { source, edits } => {
                let (name, scenario) = source.open()?;
                Ok((name, edited(&scenario, &edits, &mut Vec::new())?))
            }
            Self::Text { name, text } => {
                let scenario = read_scenario(&name, &text)?;
                Ok((name, scenario))
            }
        }
    }
}

/// Makes edits, and adds what they could not do in full.
pub(super) fn edited(
    scenario: &Scenario,
    edits: &[String],
    warnings: &mut Vec<String>,
) -> Result<Scenario, Error> {
    let edited = scenario.with_named_edits(edits).map_err(Error::Edit)?;
    warnings.extend(edited.warnings);
    Ok(edited.scenario)
}
