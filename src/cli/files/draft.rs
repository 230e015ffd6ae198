//! A file that is being written: under a name of its own beside its place, until it is whole.

use super::error::WriteError;
use std::ffi::OsStr;
use std::fs::{File, Metadata, Permissions};
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tempfile::NamedTempFile;

/// The names of such files: a start, random letters, and an end.
const START: &str = ".headstart-";
const LETTERS: usize = 12;
const END: &str = ".draft";

/// The name of the one that is being written, for who has to leave at once.
static CURRENT: Mutex<Option<PathBuf>> = Mutex::new(None);

fn current(path: Option<PathBuf>) -> Option<PathBuf> {
    std::mem::replace(&mut *CURRENT.lock().unwrap_or_else(PoisonError::into_inner), path)
}

/// Removes what is being written.
pub fn remove_drafts() {
    if let Some(path) = current(None) {
        let _ = std::fs::remove_file(path);
    }
}

/// Removes from a folder what writers that were killed have left. One that is still at work holds a lock on its file. Nothing else is
/// touched: what is removed has such a name, letter by letter, is a plain file, and belongs to whoever runs this.
pub fn clear(folder: &Path) {
    // What cannot be looked at or removed does no harm.
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let left: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| is_left(path)).collect();
    if left.is_empty() {
        return;
    }
    let Some(owner) =
        tempfile::tempfile_in(folder).and_then(|file| file.metadata()).ok().map(|folder| owner(&folder))
    else {
        return;
    };
    for path in left {
        // Looked at before it is opened, for a pipe would wait for a writer.
        let is_own =
            path.symlink_metadata().is_ok_and(|there| there.is_file() && self::owner(&there) == owner);
        if is_own && File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Returns whose a file is, where files belong to somebody.
#[cfg(unix)]
fn owner(file: &Metadata) -> u32 {
    std::os::unix::fs::MetadataExt::uid(file)
}

/// Returns whose a file is, where files belong to somebody.
#[cfg(not(unix))]
fn owner(_: &Metadata) -> u32 {
    0
}

fn is_left(path: &Path) -> bool {
    path.file_name().and_then(OsStr::to_str).is_some_and(is_unfinished)
}

/// Returns true for the name of a file that is being written.
pub fn is_unfinished(name: &str) -> bool {
    let random = name.strip_prefix(START).and_then(|name| name.strip_suffix(END));
    random.is_some_and(|random| {
        random.len() == LETTERS && random.bytes().all(|letter| letter.is_ascii_alphanumeric())
    })
}

/// A file that is not yet in its place. Dropped, it leaves nothing.
pub struct Draft {
    pub file: NamedTempFile,
    place: PathBuf,
}

impl Draft {
    /// Begins a file that is to be at `path`, or where a link at `path` points to.
    ///
    /// # Errors
    /// Returns the reason why no file can be written there.
    pub fn new(path: &Path) -> Result<Self, WriteError> {
        let place = resolve_symlink(path)?;
        let permissions = match place.metadata() {
            Ok(there) if there.is_dir() => return Err(WriteError::Folder),
            Ok(there) if !there.is_file() => return Err(WriteError::NotPlain),
            Ok(there) if there.permissions().readonly() => return Err(WriteError::ReadOnly),
            Ok(there) => Some(there.permissions()),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        let folder = folder_of(&place);
        if !folder.is_dir() {
            return Err(WriteError::NoFolder(folder.to_owned()));
        }
        let refuse = |error: Error| match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                WriteError::ClosedFolder(folder.to_owned())
            }
            kind => WriteError::Refused(kind),
        };
        let file = loop {
            let file = begin(folder, permissions.clone()).map_err(refuse)?;
            current(Some(file.path().to_owned()));
            // Where there are no locks nothing is cleared either.
            let _ = file.as_file().lock();
            // Between its making and its lock somebody may have cleared it away.
            if file.path().exists() {
                break file;
            }
        };
        Ok(Self { file, place })
    }

    /// The folder that it is in.
    pub fn folder(&self) -> &Path {
        folder_of(&self.place)
    }

    /// Puts it in its place, once it is on the disk, and returns it. It stays locked until that is dropped.
    ///
    /// # Errors
    /// Returns the reason why that cannot be; what was in its place is still there.
    pub fn publish(self) -> Result<File, WriteError> {
        self.file.as_file().sync_all()?;
        let file = self.file.persist(&self.place).map_err(|error| error.error)?;
        current(None);
        Ok(file)
    }
}

fn folder_of(place: &Path) -> &Path {
    place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// More links than these in a row go round in a circle.
const MOST_LINKS: usize = 40;

/// Returns where a path leads that may be a link.
fn resolve_symlink(path: &Path) -> Result<PathBuf, WriteError> {
    let mut place = path.to_owned();
    for _ in 0..MOST_LINKS {
        match std::fs::read_link(&place) {
            Ok(next) => place = folder_of(&place).join(next),
            Err(_) => return Ok(place),
        }
    }
    Err(WriteError::EndlessLink)
}

/// A new file with the rights of the one that it replaces, or of any other new one.
fn begin(folder: &Path, permissions: Option<Permissions>) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    let builder = {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(Permissions::from_mode(0o666))
    };
    let file = builder.prefix(START).rand_bytes(LETTERS).suffix(END).tempfile_in(folder)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(file)
}
