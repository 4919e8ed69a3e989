//! How often each waiting event was begun and not finished.
//!
//! A handler that kills its process on a deferred event would do so for ever: nothing of that dispatch is committed, a
//! count in the store neither. So the count lies beside the store, outside of transaction and undo, and is written
//! before the handler runs. It isn't synced: a power cut isn't the handler's doing, and counting one attempt too few
//! costs one attempt more.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::directory::{open_private, ATTEMPTS};
use super::error::StateError;
use crate::log;

/// The counts of all entries that were begun and not yet succeeded.
#[derive(Debug)]
pub struct Attempts {
    path: PathBuf,
    failures: BTreeMap<u64, u32>,
}

impl Attempts {
    /// The counts in the state directory `dir`. Damaged ones read as none, with a warning: what hangs on them is only when
    /// an entry counts as dead.
    pub fn load(dir: &Path) -> Result<Self, StateError> {
        let path = dir.join(ATTEMPTS);
        let failures = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                log::warn(format_args!("{}: damaged ({error}), counting attempts anew", path.display()));
                BTreeMap::new()
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(StateError::io(&path, "read it", &error)),
        };
        Ok(Self { path, failures })
    }

    /// How often entry `id` was begun since it last succeeded.
    pub fn count(&self, id: u64) -> u32 {
        self.failures.get(&id).copied().unwrap_or(0)
    }

    /// Counts an attempt before it is made, so that it counts even if the process doesn't live to say more. Returns the
    /// count with this one.
    pub fn begin(&mut self, id: u64) -> Result<u32, StateError> {
        let failures = self.failures.entry(id).or_default();
        *failures = failures.saturating_add(1);
        let count = *failures;
        self.write()?;
        Ok(count)
    }

    /// Forgets the attempts of entry `id`: it succeeded, or it is no longer waiting.
    pub fn succeeded(&mut self, id: u64) -> Result<(), StateError> {
        match self.failures.remove(&id) {
            Some(_) => self.write(),
            None => Ok(()),
        }
    }

    /// Under another name first, since a half-written file would count for none. No file stands for no attempts.
    fn write(&self) -> Result<(), StateError> {
        if self.failures.is_empty() {
            return match fs::remove_file(&self.path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    Err(StateError::io(&self.path, "remove it", &error))
                }
                _ => Ok(()),
            };
        }
        let unfinished = self.path.with_extension("new");
        let mut file = open_private(&unfinished)?;
        let failed = |error| StateError::io(&self.path, "write it", &error);
        let bytes = serde_json::to_vec(&self.failures).map_err(|error| failed(error.into()))?;
        file.set_len(0).and_then(|()| file.write_all(&bytes)).map_err(failed)?;
        fs::rename(&unfinished, &self.path).map_err(failed)
    }
}
