//! A file that one command keeps for itself while it runs.

use super::error::WriteError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::Path;

/// A file that is locked.
pub type Held = File;

/// Locks the file at `path`, which is made if there is none, and returns it; nothing if another command holds it. It is locked until it is
/// dropped.
pub fn lock(path: &Path) -> Result<Option<File>, WriteError> {
    loop {
        let file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Ok(None),
            // Where there are no locks every command goes on.
            Err(TryLockError::Error(why)) if why.kind() != ErrorKind::Unsupported => return Err(why.into()),
            _ => {}
        }
        // Between its opening and its lock the holder may have put another file in its place.
        if is_same(&file, path) {
            return Ok(Some(file));
        }
    }
}

#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |there: std::fs::Metadata| (there.dev(), there.ino());
    file.metadata().is_ok_and(|held| path.metadata().is_ok_and(|there| place(held) == place(there)))
}

#[cfg(not(unix))]
fn is_same(_: &File, path: &Path) -> bool {
    path.exists()
}
