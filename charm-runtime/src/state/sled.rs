//! The default store: sled, on the unit's own disk.

use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::mem;
use std::path::Path;

use super::batch::Batch;
use super::directory::{present, Blobs, Directory, Store, SEQUENCE, STORE};
use super::error::StateError;
use super::lock::Lock;
use super::sequence::{Found, Sequence};
use super::store::{is_reserved, Record, StateStore};
use super::{birth, engine, rebuild, records};
use crate::log;

/// The state of one unit in its directory `.unit-state/`, locked against every other process while this value lives.
///
/// Dropping it closes sled and frees the lock, at the price of one more fsync; a process that is about to exit calls
/// [`forget`](SledStore::forget) instead. After a failed commit sled stays open, and the state can't be opened again, until
/// the process ends.
pub struct SledStore {
    directory: Directory,
    store: Store,
    /// `Some` until it is dropped.
    db: Option<sled::Db>,
    /// Our own descriptor of sled's log: it reports a failing disk, where sled's `flush` never asks the disk at all.
    log: File,
    /// The blobs that are durable.
    blobs: Blobs,
    sequence: Sequence,
    seq: u64,
    failed: bool,
    /// Last, so that it is freed when everything else is closed.
    _lock: Lock,
}

/// Whom to believe about how new the store must be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// The counter outside: a store behind it, or without one, isn't opened.
    Counter,
    /// The operator, who said `state accept`: any store that opens will do.
    Operator,
}

impl SledStore {
    /// False where nothing was ever stored: then reading needs no store, and must not make one.
    pub fn exists(dir: &Path) -> Result<bool, StateError> {
        Ok(present(&dir.join(STORE))? || present(&dir.join(SEQUENCE))?)
    }

    /// Opens the state in `dir`, which lies in the charm's directory; the first time, makes it. Waits up to 5 s for another
    /// process to let go of it.
    ///
    /// # Errors
    ///
    /// See the predicates of [`StateError`]. Whatever is wrong, nothing is deleted and no state is silently replaced by an
    /// empty or an older one.
    pub fn open(dir: &Path) -> Result<Self, StateError> {
        let directory = Directory::prepare(dir)?;
        let lock = Lock::acquire(&directory)?;
        directory.tidy()?;
        if !directory.store().exists()? {
            Self::begin(&directory)?;
        }
        let mut store = Self::open_locked(directory, lock, Trust::Counter)?;
        if rebuild::is_worth(&store.directory, store.db()?, store.blobs.len())? {
            store.rebuild()?;
        }
        Ok(store)
    }

    /// Rids the store of blobs that belong to nothing. Where that fails (a full disk), it stays as it was.
    fn rebuild(&mut self) -> Result<(), StateError> {
        let new = match rebuild::copy(&self.directory, self.db()?) {
            Ok(new) => new,
            Err(error) => {
                log::warn(format_args!(
                    "the state can't be rebuilt, and stays larger than it need be: {error}"
                ));
                return Ok(());
            }
        };
        if let Some(former) = self.db.take() {
            engine::close(former);
        }
        rebuild::replace(&self.directory, &new)?;
        self.log = open_log(&self.directory, &self.store, Trust::Counter)?;
        self.db = Some(engine::open(&self.directory, &self.store)?);
        self.store.tighten()?;
        self.blobs = self.store.blob_names()?;
        Ok(())
    }

    /// Makes the first store ever, unless there must have been one.
    fn begin(directory: &Directory) -> Result<(), StateError> {
        match Sequence::find(directory)? {
            // The counter comes first: whatever is killed from here on, a store never stands without one.
            Found::Nothing => drop(Sequence::create(directory, 0)?),
            Found::Intact(sequence) if sequence.acknowledged() == 0 => {}
            Found::Intact(sequence) => {
                let outside = sequence.acknowledged();
                return Err(StateError::gone(directory.path(), directory.store().path(), outside));
            }
            Found::Unreadable => {
                let path = directory.sequence();
                let what = "the counter of commits is unreadable, and there is no store";
                return Err(StateError::damaged(directory.path(), &path, what));
            }
        }
        birth::make_store(directory)
    }

    pub(super) fn open_locked(directory: Directory, lock: Lock, trust: Trust) -> Result<Self, StateError> {
        let store = directory.store();
        let log = open_log(&directory, &store, trust)?;
        let found = Sequence::find(&directory)?;
        let synced = matches!(&found, Found::Intact(sequence) if !sequence.is_unsynced());
        if !synced {
            // Before sled opens: it would build its next snapshot on pages that a power cut can still take away.
            directory.sync_all()?;
        }
        store.remove_unfinished_snapshots()?;
        let db = engine::open(&directory, &store)?;
        match check(&directory, &db, found, trust) {
            Ok((seq, sequence)) => {
                let blobs = store.blob_names()?;
                let db = Some(db);
                Ok(Self { directory, store, db, log, blobs, sequence, seq, failed: false, _lock: lock })
            }
            Err(error) => {
                engine::close(db);
                Err(error)
            }
        }
    }

    /// The number of commits so far, roll-backs included. It never falls.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Leaves the store as it is, for a process that exits next. Everything committed is durable already; sled's
    /// destructor would only sync it again, and panic if the disk has failed since. Until the process ends, its lock
    /// stays.
    pub fn forget(self) {
        mem::forget(self);
    }

    fn db(&self) -> Result<&sled::Db, StateError> {
        match &self.db {
            Some(db) if !self.failed => Ok(db),
            _ => Err(StateError::after_failure(self.store.path())),
        }
    }

    fn read<T>(&self, call: impl FnOnce(&sled::Db) -> sled::Result<T>) -> Result<T, StateError> {
        let db = self.db()?;
        engine::guarded(&self.directory, self.store.path(), "read it", || call(db))
    }

    /// Every step of a commit in its order; the module's documentation says what each is for.
    fn write(&mut self, batch: sled::Batch, seq: u64) -> Result<(), StateError> {
        self.sequence.mark_unsynced()?;
        let (db, path) = (self.db()?.clone(), self.store.db());
        engine::guarded(&self.directory, &path, "write it", || db.apply_batch(batch))?;
        self.store.sync_new_blobs(&mut self.blobs)?;
        engine::guarded(&self.directory, &path, "write it", || db.flush())?;
        self.log.sync_all().map_err(|error| StateError::io(&path, "make it durable", &error))?;
        self.sequence.acknowledge(seq)
    }
}

impl StateStore for SledStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StateError> {
        if is_reserved(key) {
            return Ok(None);
        }
        Ok(self.read(|db| db.get(key))?.map(|value| value.to_vec()))
    }

    fn scan(&self, prefix: &[u8]) -> Result<Vec<Record>, StateError> {
        let records: Vec<_> = self.read(|db| db.scan_prefix(prefix).collect())?;
        let visible = records.into_iter().filter(|(key, _)| !is_reserved(key));
        Ok(visible.map(|(key, value)| (key.to_vec(), value.to_vec())).collect())
    }

    fn commit(&mut self, batch: Batch) -> Result<(), StateError> {
        batch.refuse_reserved_keys()?;
        self.db()?;
        if batch.is_empty() {
            return Ok(());
        }
        let seq = self.seq + 1;
        let mut changes = sled::Batch::default();
        for (key, value) in batch.iter() {
            match value {
                Some(value) => changes.insert(key, value),
                None => changes.remove(key),
            }
        }
        records::write_seq(&mut changes, seq);
        // A commit that failed half-way may still show in what sled answers, and isn't durable: nothing is asked again.
        self.write(changes, seq).inspect_err(|_| self.failed = true)?;
        self.seq = seq;
        Ok(())
    }
}

impl Drop for SledStore {
    fn drop(&mut self) {
        match self.db.take() {
            // Its destructor would try the failed disk again, and panic.
            Some(db) if self.failed => mem::forget(db),
            Some(db) => engine::close(db),
            None => {}
        }
    }
}

impl std::fmt::Debug for SledStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SledStore")
            .field("path", &self.store.path())
            .field("seq", &self.seq)
            .finish_non_exhaustive()
    }
}

/// Sees that everything is there that a store is born with, and opens its log: sled would silently make what is missing,
/// and so turn lost state into empty state; settings even in two steps that a kill can part.
fn open_log(directory: &Directory, store: &Store, trust: Trust) -> Result<File, StateError> {
    let checks = if trust == Trust::Counter { 3 } else { 2 };
    // sled takes settings of up to eight bytes for none. An operator may take a store without: there is one set only.
    let settings = (store.conf(), 9);
    for (path, least) in [(store.db(), 1), (store.blobs(), 0), settings].into_iter().take(checks) {
        let damaged = |what| Err(StateError::damaged(directory.path(), &path, what));
        match fs::metadata(&path) {
            Ok(found) if found.len() >= least => {}
            Ok(_) => return damaged("it is cut short"),
            Err(error) if error.kind() == ErrorKind::NotFound => return damaged("it is missing"),
            Err(error) => return Err(StateError::io(&path, "look at it", &error)),
        }
    }
    let log = OpenOptions::new().read(true).write(true).open(store.db());
    log.map_err(|error| StateError::io(&store.db(), "open it for writing", &error))
}

/// The number of the newest commit, if the store is the one that it should be, and the counter outside.
fn check(
    directory: &Directory,
    db: &sled::Db,
    found: Found,
    trust: Trust,
) -> Result<(u64, Sequence), StateError> {
    let seq = records::read_seq(directory, db)?;
    let sequence = reconcile(directory, found, seq, trust)?;
    directory.store().tighten()?;
    Ok((seq, sequence))
}

/// Compares the store's own count with the one outside, and returns the latter, brought up to the store.
fn reconcile(directory: &Directory, found: Found, inside: u64, trust: Trust) -> Result<Sequence, StateError> {
    let missing = match found {
        Found::Intact(mut sequence) => {
            let outside = sequence.acknowledged();
            if outside > inside {
                return match trust {
                    Trust::Counter => {
                        Err(StateError::older(directory.path(), directory.store().path(), inside, outside))
                    }
                    Trust::Operator => Sequence::create(directory, inside),
                };
            }
            if inside > outside + 1 {
                log::warn(format_args!(
                    "{}: the counter was behind (at {outside}, the store at {inside}); nothing is missing",
                    directory.sequence().display()
                ));
            }
            if inside != outside {
                sequence.acknowledge(inside)?;
            } else if sequence.is_unsynced() {
                sequence.mark_synced()?;
            }
            return Ok(sequence);
        }
        Found::Nothing => "the counter of commits is missing",
        Found::Unreadable => "the counter of commits is unreadable",
    };
    // A store at 0 has acknowledged nothing, so nothing can be missing from it.
    if inside > 0 && trust == Trust::Counter {
        return Err(StateError::counter_unreadable(directory.path(), &directory.sequence(), missing, inside));
    }
    Sequence::create(directory, inside)
}
