//! Databags that are read.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use super::{BagOwner, Databag};
use crate::error::Error;
use crate::juju::Juju;
use crate::log;
use crate::relation::RelationId;

/// A databag that this unit may read and not write: one of the other side's; the own application's in a peer relation,
/// for every unit; any of a relation that is over.
///
/// It is read at the first use and kept for the dispatch. Data of a relation that is gone is absent, as Juju 3.6 and 4
/// say in different words. What Juju shows of a unit may be older than what that unit has written: its relation-changed
/// is then still to come.
pub struct ReadOnlyDatabag<'r, T> {
    juju: &'r Juju,
    id: &'r RelationId,
    owner: Owner,
    of: PhantomData<fn() -> T>,
}

/// Whose it is, before Juju has been asked for names.
#[derive(Debug, Clone)]
pub(crate) enum Owner {
    Own(Own),
    /// The application at the other side; its name, where an event said it.
    RemoteApp(Option<String>),
    Unit(String),
}

/// One of the two databags that are this unit's to write.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Own {
    App,
    Unit,
}

impl Own {
    #[track_caller]
    pub(crate) fn resolve(self, juju: &Juju) -> Result<BagOwner, Error> {
        Ok(match self {
            Self::App => BagOwner::App(juju.app_name()?.to_owned()),
            Self::Unit => BagOwner::Unit(juju.unit_name()?.to_owned()),
        })
    }
}

impl Owner {
    /// `None` for an application that Juju doesn't name.
    #[track_caller]
    fn resolve(&self, juju: &Juju, relation: &RelationId) -> Result<Option<BagOwner>, Error> {
        Ok(match self {
            Self::Own(own) => Some(own.resolve(juju)?),
            Self::RemoteApp(Some(app)) => Some(BagOwner::App(app.clone())),
            Self::RemoteApp(None) => juju.remote_app(relation)?.map(BagOwner::App),
            Self::Unit(unit) => Some(BagOwner::Unit(unit.clone())),
        })
    }
}

impl<'r, T: Databag> ReadOnlyDatabag<'r, T> {
    pub(crate) fn new(juju: &'r Juju, id: &'r RelationId, owner: Owner) -> Self {
        Self { juju, id, owner, of: PhantomData }
    }

    /// What is in it. `None` while a key that the type needs is absent; the log says at debug level which.
    ///
    /// Fails where a value is not of the form that the type wants ([`Error::is_databag`]), and where Juju refuses.
    #[track_caller]
    pub fn load(&self) -> Result<Option<T>, Error> {
        let owner = self.owner.resolve(self.juju, self.id)?;
        let bag = match &owner {
            Some(owner) => self.juju.bag(self.id, owner)?,
            None => BTreeMap::new(),
        };
        match T::from_entries(&bag) {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.is_missing() => {
                let key = error.key();
                match owner {
                    Some(owner) => log::debug(format_args!("{}: no key `{key}` yet", owner.databag(self.id))),
                    None => {
                        log::debug(format_args!(
                            "relation {}: Juju names no remote application yet",
                            self.id
                        ));
                    }
                }
                Ok(None)
            }
            Err(error) => {
                let bag = owner.map_or_else(|| self.id.to_string(), |owner| owner.databag(self.id));
                Err(Error::databag(bag, &error))
            }
        }
    }

    /// All entries as Juju has them, also those that the type doesn't know; empty where Juju doesn't name the
    /// application.
    #[track_caller]
    pub fn entries(&self) -> Result<BTreeMap<String, String>, Error> {
        match self.owner.resolve(self.juju, self.id)? {
            Some(owner) => self.juju.bag(self.id, &owner),
            None => Ok(BTreeMap::new()),
        }
    }

    /// One entry, as Juju has it.
    #[track_caller]
    pub fn get(&self, key: &str) -> Result<Option<String>, Error> {
        Ok(self.entries()?.remove(key))
    }

    /// For the compiler's message alone: nothing meets the condition.
    #[doc(hidden)]
    pub fn set(&self, _: &T)
    where
        Self: Writable,
    {
    }
}

/// What can be written: no [`ReadOnlyDatabag`].
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this databag can only be read",
    label = "not this unit's to write",
    note = "write to the own side of a relation that lives: `relation.local_unit()`, or as the leader `relation.local_app(&leader)`"
)]
pub trait Writable {}

/// Not its content, which may hold passwords.
impl<T> fmt::Debug for ReadOnlyDatabag<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReadOnlyDatabag({}, {:?})", self.id, self.owner)
    }
}
