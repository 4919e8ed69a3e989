//! How a store comes into being: whole, or not at all.
//!
//! sled writes its settings in two steps and syncs none of its first files: killed in between, it leaves a directory
//! that it never opens again. So a store is made under a name that nobody reads, and gets its own when it is durable.

use std::fs;

use super::directory::{sync_directory, Directory};
use super::engine;
use super::error::StateError;
use super::records;

/// Makes an empty store in `directory`, which has none. A kill leaves at most a directory that the next opening removes.
pub(super) fn make_store(directory: &Directory) -> Result<(), StateError> {
    let unborn = directory.unborn_store();
    let db = engine::open(directory, &unborn)?;
    let mut first = sled::Batch::default();
    records::write_format(&mut first);
    records::write_seq(&mut first, 0);
    let written = engine::guarded(directory, &unborn.db(), "write the new store", || {
        db.apply_batch(first)?;
        db.flush()
    });
    // Closed before it moves, because sled finds its blobs by the path that it was opened with.
    engine::close(db);
    written?;

    unborn.tighten()?;
    unborn.sync_all()?;
    let store = directory.store();
    fs::rename(unborn.path(), store.path())
        .map_err(|error| StateError::io(store.path(), "give the new store its name", &error))?;
    sync_directory(directory.path())?;
    sync_directory(directory.charm())
}
