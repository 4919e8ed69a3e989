//! The store's own records, in the same tree as the charm's and changed in the same batch.

use super::directory::Directory;
use super::engine;
use super::error::StateError;

/// The form of everything this module writes. Raised only when an older revision would misread a newer one's store.
pub(super) const FORMAT: u64 = 1;

const FORMAT_KEY: &[u8] = b"\0format";
const SEQ_KEY: &[u8] = b"\0seq";
const BLOBS_KEY: &[u8] = b"\0blobs";

pub(super) fn write_format(batch: &mut sled::Batch) {
    batch.insert(FORMAT_KEY, &FORMAT.to_be_bytes());
}

pub(super) fn write_seq(batch: &mut sled::Batch, seq: u64) {
    batch.insert(SEQ_KEY, &seq.to_be_bytes());
}

/// How many blobs the store needed when it was last rebuilt.
pub(super) fn write_blobs(batch: &mut sled::Batch, blobs: u64) {
    batch.insert(BLOBS_KEY, &blobs.to_be_bytes());
}

/// See [`write_blobs`]; 0 for a store that never was.
pub(super) fn read_blobs(directory: &Directory, db: &sled::Db) -> Result<u64, StateError> {
    Ok(find(directory, db, BLOBS_KEY)?.unwrap_or(0))
}

/// Checks the format and returns the number of the newest commit.
///
/// Every store was born with both records, so one without them is not an empty store but the remains of one: sled,
/// finding its files gone, silently begins anew.
pub(super) fn read_seq(directory: &Directory, db: &sled::Db) -> Result<u64, StateError> {
    let format = read(directory, db, FORMAT_KEY)?;
    if format > FORMAT {
        return Err(StateError::newer_format(directory.store().path(), format, FORMAT));
    }
    read(directory, db, SEQ_KEY)
}

fn read(directory: &Directory, db: &sled::Db, key: &[u8]) -> Result<u64, StateError> {
    let lost = || StateError::damaged(directory.path(), directory.store().path(), "what it held is missing");
    find(directory, db, key)?.ok_or_else(lost)
}

fn find(directory: &Directory, db: &sled::Db, key: &[u8]) -> Result<Option<u64>, StateError> {
    let store = directory.store();
    let value = engine::guarded(directory, store.path(), "read it", || db.get(key))?;
    Ok(value.and_then(|value| value.as_ref().try_into().ok()).map(u64::from_be_bytes))
}
