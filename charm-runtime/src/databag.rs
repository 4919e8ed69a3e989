//! Databags of our own side.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::juju::Juju;
use crate::relation::RelationId;

/// Whose databag.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum BagOwner {
    Unit(String),
    App(String),
}

/// A databag of our own side: readable and writable.
///
/// Writes are staged: they go out together when the handlers have run, only what differs, and Juju passes them on
/// when the dispatch has ended well. What has been staged is read back.
#[derive(Debug)]
pub struct LocalDatabag<'r> {
    juju: &'r Juju,
    id: &'r RelationId,
    owner: BagOwner,
}

impl<'r> LocalDatabag<'r> {
    pub(crate) fn new(juju: &'r Juju, id: &'r RelationId, owner: BagOwner) -> Self {
        Self { juju, id, owner }
    }

    /// All of it, own writes included.
    pub fn all(&self) -> Result<BTreeMap<String, String>, Error> {
        self.juju.bag(self.id, &self.owner)
    }

    /// One value.
    pub fn get(&self, key: &str) -> Result<Option<String>, Error> {
        Ok(self.all()?.remove(key))
    }

    /// Sets a key. To Juju an empty value is none: it deletes the key.
    ///
    /// Fails where the key is empty or over 1000 bytes long, which Juju's reader doesn't take.
    pub fn set(&self, key: &str, value: impl Into<String>) -> Result<(), Error> {
        self.juju.stage_bag(self.id, &self.owner, key, value.into())
    }

    /// Deletes a key.
    pub fn remove(&self, key: &str) -> Result<(), Error> {
        self.set(key, "")
    }
}
