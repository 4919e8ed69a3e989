//! sled 0.34.7 at arm's length: how it is opened, called and closed here.

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::path::Path;
use std::thread;
use std::time::Instant;

use super::directory::{Directory, Store};
use super::error::StateError;
use super::lock;
use crate::log;

/// Fixed at a store's creation for good: sled refuses to open with another one. Every small commit writes about one
/// segment; what exceeds a quarter of one becomes a file in `blobs/`, with two fsyncs of its own. Ten thousand queue
/// entries of 176 B need no blob at 16 KiB, and 2,400 at 4 KiB.
const SEGMENT_SIZE: usize = 16 * 1024;

/// Bytes of pages that sled keeps in memory: a unit's whole state, usually.
const CACHE: u64 = 1024 * 1024;

/// Opens the store in `store`, making one if there is none. Only under the lock.
pub(super) fn open(directory: &Directory, store: &Store) -> Result<sled::Db, StateError> {
    // No periodic flush: one thread and one fsync less, and what is durable when is decided here.
    let config = sled::Config::new()
        .path(store.path())
        .segment_size(SEGMENT_SIZE)
        .cache_capacity(CACHE)
        .flush_every_ms(None);
    let deadline = Instant::now() + lock::TIMEOUT;
    loop {
        // Whoever holds our lock is alone here, except for one's own past: a store that this process closed is let go
        // by sled's worker threads, a moment later.
        match guarded(directory, store.path(), "open the store", || match config.open() {
            Err(error) if is_held(&error) => Ok(None),
            opened => opened.map(Some),
        })? {
            Some(db) => return Ok(db),
            None if Instant::now() < deadline => thread::sleep(lock::RETRY),
            None => return Err(StateError::locked(&store.db(), None, lock::TIMEOUT.as_secs())),
        }
    }
}

fn is_held(error: &sled::Error) -> bool {
    matches!(error, sled::Error::Io(error) if error.to_string().contains("could not acquire lock"))
}

/// Calls sled; what it answers with an error, or on damaged files with a panic, becomes our error.
pub(super) fn guarded<T>(
    directory: &Directory,
    path: &Path,
    doing: &str,
    call: impl FnOnce() -> sled::Result<T>,
) -> Result<T, StateError> {
    // Unwind-safe: after an error nothing of what the call touched is used again.
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result.map_err(|error| StateError::sled(directory.path(), path, doing, &error)),
        Err(_) => {
            Err(StateError::damaged(directory.path(), path, format_args!("can't {doing}: sled panicked")))
        }
    }
}

/// Runs sled's destructor, which flushes, syncs and unwraps the result: everything that matters was synced and checked
/// before, so its panic tells nothing new.
pub(super) fn close(db: sled::Db) {
    if catch_unwind(AssertUnwindSafe(move || drop(db))).is_err() {
        log::warn(format_args!("sled panicked while closing the state; every commit so far is durable"));
    }
}
