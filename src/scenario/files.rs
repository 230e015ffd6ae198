//! Files on disk: the one place of the library that opens them. Knows nothing of what they hold.

use super::limit;
use std::io::Read;
use std::path::Path;

/// Bytes of the largest text that is read.
pub const LARGEST: u64 = limit::BYTES as u64;

/// A finder of the files that a scenario names: by the path that is written there, and by the name of the file that has it.
pub type Files<'a> = dyn Fn(&str, &str) -> Result<FoundFile, FileError> + 'a;

/// A file that a scenario names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FoundFile {
    /// Its name, which is equal for every path that leads to it.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// The reason why a file cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// The path leads to a directory.
    #[error("it is a directory, not a file")]
    Directory,
    /// The file has too many bytes.
    #[error("it is larger than the {} MB that are accepted", .most >> 20)]
    TooLarge {
        /// The most bytes that are accepted.
        most: u64,
    },
    /// The file holds something else than UTF-8.
    #[error("it is not UTF-8 text: byte {byte} is not valid; save it as UTF-8")]
    NotUtf8 {
        /// The first byte that is not valid, counted from 1.
        byte: usize,
    },
    /// The system refuses.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// A finder of files refuses, for a reason of its own.
    #[error("{0}")]
    Refused(String),
}

/// Finds a file that another one names: beside that one, or where an absolute path leads.
///
/// # Errors
/// Returns an error if there is no such file, or if it cannot be read.
pub fn beside(path: &str, from: &str) -> Result<FoundFile, FileError> {
    let folder = Path::new(from).parent().unwrap_or(Path::new(""));
    let found = folder.join(path);
    let text = read_file(&found, LARGEST)?;
    // The same name for each way to the same file.
    let name = found.canonicalize().unwrap_or(found);
    Ok(FoundFile { name: name.to_string_lossy().into_owned(), text })
}

/// Reads the text of the file at `path`, of at most `most` bytes.
///
/// # Errors
/// Returns an error if the file cannot be read, is too large or is not UTF-8.
pub fn read_file(path: &Path, most: u64) -> Result<String, FileError> {
    if path.is_dir() {
        return Err(FileError::Directory);
    }
    read_text(std::fs::File::open(path)?, most)
}

/// Reads a text of at most `most` bytes.
///
/// # Errors
/// Returns an error if the source fails, is too large or is not UTF-8.
pub fn read_text(source: impl Read, most: u64) -> Result<String, FileError> {
    let mut bytes = Vec::new();
    let size = source.take(most + 1).read_to_end(&mut bytes)?;
    if size as u64 > most {
        return Err(FileError::TooLarge { most });
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| FileError::NotUtf8 { byte: error.utf8_error().valid_up_to() + 1 })?;
    // Some editors put a mark before the text that says that it is UTF-8.
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}
