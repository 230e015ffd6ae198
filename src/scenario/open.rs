//! The scenario of a file on disk.

use super::Scenario;
use super::files::{FileError, LARGEST, beside, read_file};
use crate::error::Problems;
use std::path::{Path, PathBuf};

/// The reason why a scenario cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The file cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    File {
        /// The path that was asked for.
        path: PathBuf,
        /// The reason.
        error: FileError,
    },
    /// The file holds a scenario with problems.
    #[error(transparent)]
    Scenario(#[from] Problems),
}

impl Scenario {
    /// Opens the scenario file at `path`, RON or JSON, and checks it. The files that it names are looked for beside it.
    ///
    /// ```
    /// let scenario = headstart::Scenario::open("scenarios/takeoff-no-feedback.ron")?;
    /// assert_eq!(scenario.changes().bases, ["takeoff.ron"]);
    /// # Ok::<(), headstart::scenario::OpenError>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, or every problem of its text.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        let path = path.as_ref();
        let text =
            read_file(path, LARGEST).map_err(|error| OpenError::File { path: path.to_owned(), error })?;
        Ok(Self::load(&path.to_string_lossy(), &text, &beside)?)
    }
}
