//! Bringing stored fields from one version of a charm to the next.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::Serialize;

use super::field::{decode, encode, key};
use super::Records;
use crate::error::Error;
use crate::Result;

/// The version of a charm's stored fields, and how older ones are brought to it.
///
/// Adding and removing a field needs no version: a field that a revision doesn't know is left alone, and one that isn't
/// stored yet has its default. A version is for a change that an older revision would misread: it refuses then.
#[derive(Clone, Copy)]
pub struct Schema {
    /// The version, 0 unless the charm says otherwise (`#[charm(state_version = 1, migrate = upgrade)]`).
    pub version: u32,
    /// Brings the fields from an older version to this one. Runs once, when the store is opened; what it writes is
    /// committed with the dispatch, or not at all.
    pub migrate: fn(from: u32, fields: &Fields<'_>) -> Result<()>,
}

impl Schema {
    /// For a charm that never raised its version.
    pub const FIRST: Self = Self { version: 0, migrate: |_, _| Ok(()) };
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Schema({})", self.version)
    }
}

/// The stored fields by their names, for a migration.
#[derive(Debug)]
pub struct Fields<'r> {
    records: &'r Records,
}

impl<'r> Fields<'r> {
    pub(super) fn new(records: &'r Records) -> Self {
        Self { records }
    }

    /// A field's value, where one is stored.
    #[track_caller]
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Error> {
        match self.records.get(&key(name, None))? {
            Some(bytes) => decode(name, &bytes).map(Some),
            None => Ok(None),
        }
    }

    /// Sets a field's value.
    #[track_caller]
    pub fn set<T: Serialize>(&self, name: &str, value: &T) -> Result<(), Error> {
        self.records.put(&key(name, None), encode(name, value)?)
    }

    /// Removes a field.
    #[track_caller]
    pub fn remove(&self, name: &str) -> Result<(), Error> {
        self.records.delete(&key(name, None))
    }
}
