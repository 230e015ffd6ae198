//! Reasons why a file or a folder cannot be written or looked at.

use std::io;
use std::path::PathBuf;

/// The reason why a file cannot be written, as a sentence without a full stop.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A folder is in its place.
    #[error("it is a folder")]
    Folder,
    /// A device or a pipe is in its place.
    #[error("it is there, and no plain file")]
    NotPlain,
    /// The file in its place is read-only.
    #[error("it is read-only")]
    ReadOnly,
    /// A link in its place leads to another one, and so on without end.
    #[error("it is a broken symbolic link")]
    EndlessLink,
    /// The folder is missing.
    #[error("the directory {} does not exist", .0.display())]
    NoFolder(PathBuf),
    /// The folder takes no new files.
    #[error("no permission to write to the directory {}", .0.display())]
    ClosedFolder(PathBuf),
    /// The system refuses it; its own words would name a file that nobody has heard of.
    #[error("{0}")]
    Refused(io::ErrorKind),
    /// The system refuses it.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The draws cannot be put into it.
    #[cfg(feature = "parquet")]
    #[error(transparent)]
    Samples(#[from] headstart::report::SamplesError),
}

/// The reason why a folder is of no use.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It cannot be made.
    #[error("cannot make the folder {}: {why}", folder.display())]
    Make { folder: PathBuf, why: io::Error },
    /// It cannot be read.
    #[error("cannot read {}: {why}", folder.display())]
    Read { folder: PathBuf, why: io::Error },
}
