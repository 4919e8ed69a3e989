//! Databags of the own side.

use std::collections::BTreeMap;
use std::fmt;

use super::read_only::{Own, Owner};
use super::{BagOwner, Databag, Entries, ReadOnlyDatabag};
use crate::error::Error;
use crate::juju::Juju;
use crate::relation::RelationId;

/// A databag of the own side: readable and writable.
///
/// Writes are staged: they go out when the handlers have run, only what differs, in one `relation-set` for each databag;
/// Juju passes them on when the dispatch has ended well. What has been staged is read back.
pub struct LocalDatabag<'r, T> {
    juju: &'r Juju,
    id: &'r RelationId,
    own: Own,
    content: ReadOnlyDatabag<'r, T>,
}

impl<'r, T: Databag> LocalDatabag<'r, T> {
    pub(crate) fn new(juju: &'r Juju, id: &'r RelationId, own: Own) -> Self {
        Self { juju, id, own, content: ReadOnlyDatabag::new(juju, id, Owner::Own(own)) }
    }

    /// What is in it, own writes included. `None` where a key that the type needs is absent, as before the first
    /// [`set`](Self::set).
    ///
    /// Fails where a value is not of the form that the type wants ([`Error::is_databag`]), as one that another revision
    /// of the charm wrote, and where Juju refuses.
    #[track_caller]
    pub fn load(&self) -> Result<Option<T>, Error> {
        self.content.load()
    }

    /// Writes all of the type's keys; a field that is `None` has its key deleted. Keys that are not the type's stay as
    /// they are.
    ///
    /// Nothing is staged, and the error says why, where a value is an empty text, which Juju takes for none, or can't be
    /// written as JSON; where a key is empty; or where the databag would exceed the 16 MiB that
    /// Juju keeps ([`Error::is_too_large`]).
    #[track_caller]
    pub fn set(&self, value: &T) -> Result<(), Error> {
        let owner = self.own.resolve(self.juju)?;
        match value.to_entries() {
            Ok(entries) => self.juju.stage_bag(self.id, &owner, &entries),
            Err(error) => Err(Error::databag(owner.databag(self.id), &error)),
        }
    }

    /// Changes what is in it; a key that the type needs and that is absent begins with what the type's default has for
    /// it. What the change takes out of a [`RawDatabag`](crate::RawDatabag) is deleted. Fails as [`load`](Self::load)
    /// and [`set`](Self::set) do.
    ///
    /// ```
    /// use charm_runtime::prelude::*;
    /// use charm_runtime::{Error, LocalDatabag};
    ///
    /// #[derive(Default, Databag)]
    /// struct Member {
    ///     ready: bool,
    ///     shards: Vec<u32>,
    /// }
    ///
    /// fn add_shard(member: &LocalDatabag<'_, Member>, shard: u32) -> Result<(), Error> {
    ///     member.update(|member| member.shards.push(shard))
    /// }
    /// ```
    #[track_caller]
    pub fn update<R>(&self, change: impl FnOnce(&mut T) -> R) -> Result<R, Error>
    where
        T: Default,
    {
        let owner = self.own.resolve(self.juju)?;
        let mut value = match self.load()? {
            Some(value) => value,
            None => self.completed(&owner)?,
        };
        // One that can't be written has no key that could be taken out.
        let before = value.to_entries().unwrap_or_default();
        let result = change(&mut value);
        match value.to_entries() {
            Ok(mut entries) => {
                for key in before.into_keys() {
                    entries.entry(key).or_insert(None);
                }
                self.juju.stage_bag(self.id, &owner, &entries)?;
            }
            Err(error) => return Err(Error::databag(owner.databag(self.id), &error)),
        }
        Ok(result)
    }

    /// What is there, completed by the type's default: a type that has got one more field since must not cost the others.
    #[track_caller]
    fn completed(&self, owner: &BagOwner) -> Result<T, Error>
    where
        T: Default,
    {
        let bag = self.entries()?;
        let default = T::default();
        let mut whole: BTreeMap<String, String> = match default.to_entries() {
            Ok(entries) => entries.into_iter().filter_map(|(key, value)| Some((key, value?))).collect(),
            Err(error) => return Err(Error::databag(owner.databag(self.id), &error)),
        };
        if !whole.keys().any(|key| bag.contains_key(key)) {
            return Ok(default);
        }
        whole.extend(bag);
        match T::from_entries(&whole) {
            Ok(value) => Ok(value),
            Err(error) if error.is_missing() => Ok(default),
            Err(error) => Err(Error::databag(owner.databag(self.id), &error)),
        }
    }

    /// All entries as Juju has them, own writes included.
    #[track_caller]
    pub fn entries(&self) -> Result<BTreeMap<String, String>, Error> {
        self.content.entries()
    }

    /// One entry, own writes included.
    #[track_caller]
    pub fn get(&self, key: &str) -> Result<Option<String>, Error> {
        self.content.get(key)
    }

    /// Sets one entry to a text, whatever the type says of it. Fails as [`set`](Self::set) does.
    #[track_caller]
    pub fn insert(&self, key: impl Into<String>, value: impl Into<String>) -> Result<(), Error> {
        self.stage(key.into(), Some(value.into()))
    }

    /// Deletes one entry.
    #[track_caller]
    pub fn remove(&self, key: impl Into<String>) -> Result<(), Error> {
        self.stage(key.into(), None)
    }

    #[track_caller]
    fn stage(&self, key: String, value: Option<String>) -> Result<(), Error> {
        self.juju.stage_bag(self.id, &self.own.resolve(self.juju)?, &Entries::from([(key, value)]))
    }
}

/// Not its content, which may hold passwords.
impl<T> fmt::Debug for LocalDatabag<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LocalDatabag({}, {:?})", self.id, self.own)
    }
}
