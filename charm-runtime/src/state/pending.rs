//! The marker that says, to a dispatch that opens nothing else: something is waiting in the store.
//!
//! Most dispatches of most charms have nothing to do, and opening the store costs ten times the rest of such a dispatch.
//! The marker is raised, durably, before the commit that queues something, and cleared after an empty queue is durable:
//! whatever is killed in between, a marker may stand for nothing (that costs one opening), but nothing ever waits
//! without one.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::directory::{open_private, present, sync_directory, PENDING};
use super::error::StateError;

/// Written into the marker once its name is durable. An empty marker was raised by a process that was killed before it
/// could make sure of that.
const CONTENT: &[u8] = b"A deferred event or a component's event is waiting in this unit's state.\n";

fn path(dir: &Path) -> PathBuf {
    dir.join(PENDING)
}

/// True if the marker stands: one `stat`. False where there is no state at all.
pub fn exists(dir: &Path) -> Result<bool, StateError> {
    present(&path(dir))
}

/// Raises the marker; when this returns, no power cut takes it away. With a marker that stands it costs one `stat`.
pub fn raise(dir: &Path) -> Result<(), StateError> {
    let path = path(dir);
    if fs::metadata(&path).is_ok_and(|marker| marker.len() > 0) {
        return Ok(());
    }
    let mut file = open_private(&path)?;
    let failed = |error| StateError::io(&path, "raise this marker", &error);
    File::sync_all(&file).map_err(failed)?;
    sync_directory(dir)?;
    file.write_all(CONTENT).map_err(failed)
}

/// Clears the marker. Only after a commit that left nothing waiting; if a power cut takes the clearing back, that costs
/// one opening.
pub fn clear(dir: &Path) -> Result<(), StateError> {
    let path = path(dir);
    match fs::remove_file(&path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(StateError::io(&path, "clear this marker", &error)),
    }
}
