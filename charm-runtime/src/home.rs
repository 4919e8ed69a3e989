//! Where a unit's state lives: handed to a dispatch, opened only when it is needed.

use std::cell::RefCell;
use std::path::PathBuf;

use crate::state::{pending, Attempts, SledStore, StateError, StateStore};

/// The place of a unit's state: the store, and the two small files beside it that must outlive a roll-back.
pub trait StateHome {
    /// Whether the marker stands: something waits in the store for any next event. One `stat`.
    fn is_pending(&self) -> Result<bool, StateError>;
    /// Puts the marker up, durably: called before the commit that needs it.
    fn raise_pending(&self) -> Result<(), StateError>;
    /// Takes the marker down: called after the commit that emptied the queue.
    fn clear_pending(&self) -> Result<(), StateError>;
    /// Whether anything was ever stored here, so that the first reads of a new unit create nothing.
    fn exists(&self) -> Result<bool, StateError>;
    /// Opens the store, creating it where nothing was ever stored.
    fn open(&self) -> Result<Box<dyn StateStore>, StateError>;
    /// Counts an attempt at a deferred event before its handler runs, and returns how many there were, this included.
    fn begin_attempt(&self, entry: u64) -> Result<u32, StateError>;
    /// Forgets the attempts at an entry.
    fn forget_attempts(&self, entry: u64) -> Result<(), StateError>;
}

/// The directory `.unit-state` in the charm directory.
#[derive(Debug)]
pub struct DiskHome {
    directory: PathBuf,
    attempts: RefCell<Option<Attempts>>,
}

impl DiskHome {
    /// The state of the unit whose charm directory this is. Nothing is touched yet.
    pub fn new(charm_dir: impl Into<PathBuf>) -> Self {
        Self { directory: charm_dir.into().join(".unit-state"), attempts: RefCell::new(None) }
    }

    /// The directory.
    pub fn directory(&self) -> &std::path::Path {
        &self.directory
    }

    fn with_attempts<T>(
        &self,
        act: impl FnOnce(&mut Attempts) -> Result<T, StateError>,
    ) -> Result<T, StateError> {
        let mut loaded = self.attempts.borrow_mut();
        let attempts = match &mut *loaded {
            Some(attempts) => attempts,
            none => none.insert(Attempts::load(&self.directory)?),
        };
        act(attempts)
    }
}

impl StateHome for DiskHome {
    fn is_pending(&self) -> Result<bool, StateError> {
        pending::exists(&self.directory)
    }

    fn raise_pending(&self) -> Result<(), StateError> {
        pending::raise(&self.directory)
    }

    fn clear_pending(&self) -> Result<(), StateError> {
        pending::clear(&self.directory)
    }

    fn exists(&self) -> Result<bool, StateError> {
        SledStore::exists(&self.directory)
    }

    fn open(&self) -> Result<Box<dyn StateStore>, StateError> {
        Ok(Box::new(SledStore::open(&self.directory)?))
    }

    fn begin_attempt(&self, entry: u64) -> Result<u32, StateError> {
        self.with_attempts(|attempts| attempts.begin(entry))
    }

    fn forget_attempts(&self, entry: u64) -> Result<(), StateError> {
        self.with_attempts(|attempts| attempts.succeeded(entry))
    }
}
