//! A store made anew from its own records, when most of its blobs belong to nothing any more.
//!
//! sled removes a blob that was replaced only when the segment of its replacement has been filled and left behind, by the
//! same process. A dispatch never lives that long, so every replaced blob would stay: with one value of 64 KiB, written a
//! hundred times, 8 MB in 123 files.

use std::fs;

use super::directory::{sync_directory, Directory, Store};
use super::engine;
use super::error::StateError;
use super::records;

/// Fewer blobs are never worth it: copying a store costs about twenty fsyncs.
const LEAST: u64 = 64;

/// True if the store, with this many blobs, holds several times as many as it held when it was made.
pub(super) fn is_worth(directory: &Directory, db: &sled::Db, blobs: usize) -> Result<bool, StateError> {
    let blobs = blobs as u64;
    if blobs < LEAST {
        return Ok(false);
    }
    let needed = records::read_blobs(directory, db)?;
    Ok(blobs >= LEAST + 2 * needed)
}

/// Copies every record, the store's own included, to a new store without a name, durably.
pub(super) fn copy(directory: &Directory, db: &sled::Db) -> Result<Store, StateError> {
    let unborn = directory.unborn_store();
    copy_to(&unborn, directory, db).inspect_err(|_| {
        // What made it fail may be a full disk; what can't be removed now is removed at the next opening.
        let _ = fs::remove_dir_all(unborn.path());
    })?;
    Ok(unborn)
}

fn copy_to(unborn: &Store, directory: &Directory, db: &sled::Db) -> Result<(), StateError> {
    let new = engine::open(directory, unborn)?;
    let copied = engine::guarded(directory, unborn.path(), "copy the store", || {
        // One by one: nobody sees it before it is whole.
        for record in db.iter() {
            let (key, value) = record?;
            new.insert(key, value)?;
        }
        new.flush()
    });
    let counted = copied.and_then(|_| {
        let mut batch = sled::Batch::default();
        records::write_blobs(&mut batch, unborn.blob_names()?.len() as u64);
        engine::guarded(directory, unborn.path(), "copy the store", || {
            new.apply_batch(batch)?;
            new.flush()
        })
    });
    engine::close(new);
    counted?;
    unborn.tighten()?;
    unborn.sync_all()
}

/// Gives `new` the store's name, that of the closed store before it. A kill in between leaves the former one under the
/// name that [`Directory::tidy`] gives it back from.
pub(super) fn replace(directory: &Directory, new: &Store) -> Result<(), StateError> {
    let (store, former) = (directory.store(), directory.former_store());
    fs::rename(store.path(), former.path())
        .and_then(|()| fs::rename(new.path(), store.path()))
        .map_err(|error| StateError::io(store.path(), "put the new store in its place", &error))?;
    sync_directory(directory.path())?;
    fs::remove_dir_all(former.path())
        .map_err(|error| StateError::io(former.path(), "remove the former store", &error))
}
