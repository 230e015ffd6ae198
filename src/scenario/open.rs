//! The scenario of a file on disk.

use super::Scenario;
use super::files::{FileError, LARGEST, ReadPolicy, no_files, read_file};
use crate::error::Problems;
use crate::plain::shortened;
use std::path::{Path, PathBuf};

/// The reason why a scenario cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The file cannot be read.
    #[error("cannot read {}: {error}", shortened(&path.to_string_lossy()))]
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
    /// Opens the scenario file at `path`, RON or JSON, and checks it. It may name files in or below its own folder; with
    /// [`open_with`](Self::open_with) in other folders too.
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
        Self::open_with(path, &ReadPolicy::default())
    }

    /// Opens the scenario file at `path`, which may name the files that a policy admits.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, or every problem of its text.
    pub fn open_with(path: impl AsRef<Path>, policy: &ReadPolicy) -> Result<Self, OpenError> {
        let path = path.as_ref();
        let text =
            read_file(path, LARGEST).map_err(|error| OpenError::File { path: path.to_owned(), error })?;
        Ok(Self::load_with(path, &text, policy)?)
    }

    /// Reads and checks the scenario in the text of the file at `path`, which may name the files that a policy admits. What is no plain
    /// file, such as a pipe, names none.
    ///
    /// # Errors
    /// Everything that is wrong with the text, each with its place.
    pub fn load_with(path: &Path, text: &str, policy: &ReadPolicy) -> Result<Self, Problems> {
        if path.is_file() {
            Self::load(path, text, &|named, from| policy.read(named, from))
        } else {
            Self::load(path, text, &no_files)
        }
    }
}
