//! Files on disk: the one place of the library that opens them, and the policy on which of them a file may name. Knows nothing of what
//! they hold.

use super::limit;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// Bytes of the largest text that is read.
pub const LARGEST: u64 = limit::BYTES as u64;

/// A finder of the files that a scenario names: by the path that is written there, and by the path of the file that has it.
pub type Files<'a> = dyn Fn(&str, &Path) -> Result<FoundFile, FileError> + 'a;

/// A file that a scenario names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FoundFile {
    /// Its path, which is equal for every path that leads to it.
    pub path: PathBuf,
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
    /// The path leads to a pipe, a device or something else that is no file.
    #[error("it is a pipe or a device, not a file")]
    NotPlain,
    /// The path is the sign for stdin.
    #[error("`-` is not a file; write the name of one")]
    Stdin,
    /// A file names one outside of its folder.
    #[error(
        "a file may only name files in or below its own folder; move it there, or allow its folder with --allow-read"
    )]
    Outside,
    /// The text may name no file at all.
    #[error("{0} may name no other file; {1}")]
    NamesNone(&'static str, &'static str),
    /// The file is to hold a scenario, and begins as something else.
    #[error("it does not begin as a scenario, with `Scenario(` or `Variant(`")]
    NotScenario,
    /// A finder of files refuses, for a reason of its own.
    #[error("{0}")]
    Refused(String),
}

/// Refuses every file that a text names.
///
/// # Errors
/// Always returns an error.
pub fn no_files(_: &str, _: &Path) -> Result<FoundFile, FileError> {
    Err(FileError::NamesNone("this text", "save it as a file beside them"))
}

/// More links than these in a row go round in a circle.
const MOST_LINKS: usize = 40;

/// A policy on the files that a file may name: those in or below its own folder, and those in or below folders that a person allows.
///
/// Links are resolved first, one by one, so that nothing outside of these folders is even looked at.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ReadPolicy {
    allowed: Vec<Folder>,
}

/// A folder as it is written, and without links.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Folder {
    written: PathBuf,
    real: PathBuf,
}

impl Folder {
    fn new(path: &Path) -> std::io::Result<Self> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        Ok(Self { written: std::path::absolute(path)?, real: path.canonicalize()? })
    }
}

impl ReadPolicy {
    /// Allows files to name those in or below a folder as well.
    ///
    /// # Errors
    /// Returns an error if there is no such folder.
    pub fn allow(mut self, folder: impl AsRef<Path>) -> Result<Self, FileError> {
        self.allowed.push(Folder::new(folder.as_ref())?);
        Ok(self)
    }

    /// Reads the text of the file that the file `from` names as `path`.
    ///
    /// # Errors
    /// Returns an error if `from` may not name it, or if it cannot be read.
    pub fn read(&self, path: &str, from: &Path) -> Result<FoundFile, FileError> {
        let path = self.locate(path, from)?;
        let text = read_file(&path, LARGEST)?;
        Ok(FoundFile { path, text })
    }

    /// Returns where the plain file is, without links, that the file `from` names as `path`.
    ///
    /// # Errors
    /// Returns an error if `from` may not name it, or if it is no plain file. It is not opened.
    pub fn locate(&self, path: &str, from: &Path) -> Result<PathBuf, FileError> {
        if path == "-" {
            return Err(FileError::Stdin);
        }
        let own = Folder::new(from.parent().unwrap_or(Path::new("")))?;
        let folders: Vec<&Folder> = std::iter::once(&own).chain(&self.allowed).collect();
        let (place, kind) = resolve(Path::new(path), &folders)?;
        if kind.is_dir() {
            Err(FileError::Directory)
        } else if kind.is_file() {
            Ok(place)
        } else {
            Err(FileError::NotPlain)
        }
    }
}

/// Follows a path from the first of some folders, link by link, and looks at nothing outside of them.
fn resolve(path: &Path, folders: &[&Folder]) -> Result<(PathBuf, std::fs::FileType), FileError> {
    let mut at = folders[0].real.clone();
    let mut left = path.to_owned();
    for _ in 0..=MOST_LINKS {
        if left.is_absolute() {
            (at, left) = folders.iter().find_map(|folder| inside(&left, folder)).ok_or(FileError::Outside)?;
        }
        let mut steps = left.components();
        let mut link = None;
        for step in steps.by_ref() {
            match step {
                Component::CurDir => continue,
                Component::ParentDir => drop(at.pop()),
                Component::Normal(name) => at.push(name),
                Component::Prefix(_) | Component::RootDir => return Err(FileError::Outside),
            }
            // What a folder lies in has no links left.
            if folders.iter().any(|folder| folder.real.starts_with(&at)) {
                continue;
            }
            if !folders.iter().any(|folder| at.starts_with(&folder.real)) {
                return Err(FileError::Outside);
            }
            if at.symlink_metadata()?.is_symlink() {
                link = Some(at.read_link()?);
                break;
            }
        }
        let Some(link) = link else {
            if folders.iter().any(|folder| at.starts_with(&folder.real)) {
                let kind = at.symlink_metadata()?.file_type();
                return Ok((at, kind));
            }
            return Err(FileError::Outside);
        };
        at.pop();
        left = link.join(steps.as_path());
    }
    Err(std::io::Error::other("too many symbolic links").into())
}

/// Splits an absolute path into a folder without links and the way from there, if it begins with that folder.
fn inside(path: &Path, folder: &Folder) -> Option<(PathBuf, PathBuf)> {
    let rest = path.strip_prefix(&folder.real).or_else(|_| path.strip_prefix(&folder.written)).ok()?;
    Some((folder.real.clone(), rest.to_owned()))
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
