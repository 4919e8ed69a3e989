//! What an operator may decide about a state that a dispatch refuses: `./dispatch state reset` and `accept`.

use std::fs::{self, DirBuilder};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use super::directory::{present, sync_directory, Directory, CONTENTS};
use super::error::StateError;
use super::lock::Lock;
use super::sled::{SledStore, Trust};
use crate::log;

/// Sets everything aside that the state directory `dir` holds, in `damaged-<n>/` inside it, and returns that path. The next
/// dispatch starts with an empty state. Nothing is deleted.
///
/// # Errors
///
/// Locked, no state there, or the disk refuses. A reset that was interrupted is completed by the next one.
pub fn reset(dir: &Path) -> Result<PathBuf, StateError> {
    let directory = Directory::existing(dir)?;
    let _lock = Lock::acquire(&directory)?;
    let mut contents = Vec::new();
    for name in CONTENTS {
        if present(&directory.path().join(name))? {
            contents.push(name);
        }
    }
    if contents.is_empty() {
        return Err(StateError::nothing_there(directory.path()));
    }
    let aside = make_aside(&directory)?;
    for name in contents {
        let (from, to) = (directory.path().join(name), aside.join(name));
        fs::rename(&from, &to).map_err(|error| StateError::io(&from, "set it aside", &error))?;
    }
    sync_directory(&aside)?;
    sync_directory(directory.path())?;
    log::warn(format_args!("the state was set aside in {}, the next dispatch starts empty", aside.display()));
    Ok(aside)
}

/// Takes the store in `dir` as it is, if it opens, and sets the counter outside to it: later dispatches believe it.
/// Returns the number of commits it holds.
///
/// # Errors
///
/// Locked, no store there, damaged, a newer format, or the disk refuses.
pub fn accept(dir: &Path) -> Result<u64, StateError> {
    let directory = Directory::existing(dir)?;
    let lock = Lock::acquire(&directory)?;
    directory.tidy()?;
    if !directory.store().exists()? {
        let path = directory.store();
        return Err(StateError::damaged(directory.path(), path.path(), "there is no store to take"));
    }
    let store = SledStore::open_locked(directory, lock, Trust::Operator)?;
    log::warn(format_args!("the state was taken as it is, at commit {}", store.seq()));
    Ok(store.seq())
}

fn make_aside(directory: &Directory) -> Result<PathBuf, StateError> {
    let mut n = 1_u32;
    loop {
        let path = directory.path().join(format!("damaged-{n}"));
        match DirBuilder::new().mode(0o700).create(&path) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => n += 1,
            Err(error) => return Err(StateError::io(&path, "create it", &error)),
        }
    }
}
