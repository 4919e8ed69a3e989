//! Databags of our own side.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::error::Error;
use crate::hook_command;
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
    #[track_caller]
    pub fn all(&self) -> Result<BTreeMap<String, String>, Error> {
        self.juju.bag(self.id, &self.owner)
    }

    /// One value.
    #[track_caller]
    pub fn get(&self, key: &str) -> Result<Option<String>, Error> {
        Ok(self.all()?.remove(key))
    }

    /// Sets a key. To Juju an empty value is none: it deletes the key.
    ///
    /// Fails where the key is empty or over 1000 bytes long, which Juju's reader doesn't take.
    #[track_caller]
    pub fn set(&self, key: &str, value: impl Into<String>) -> Result<(), Error> {
        self.juju.stage_bag(self.id, &self.owner, key, value.into())
    }

    /// Deletes a key.
    #[track_caller]
    pub fn remove(&self, key: &str) -> Result<(), Error> {
        self.set(key, "")
    }
}

/// A databag, as Juju has it.
type Bag = BTreeMap<String, String>;

/// What has been read of databags.
#[derive(Default)]
pub(crate) struct Kept {
    bags: RefCell<BTreeMap<(RelationId, BagOwner), Rc<Bag>>>,
}

/// What is to be written to databags: keys that differ from what Juju has; an empty value deletes.
pub(crate) type StagedBags = BTreeMap<(RelationId, BagOwner), Bag>;

impl Juju {
    /// A databag as Juju has it, read once.
    #[track_caller]
    fn juju_bag(&self, relation: &RelationId, owner: &BagOwner) -> Result<Rc<Bag>, Error> {
        let key = (relation.clone(), owner.clone());
        if let Some(bag) = self.0.databag.bags.borrow().get(&key) {
            return Ok(Rc::clone(bag));
        }
        let bag = match owner {
            BagOwner::Unit(unit) => hook_command::relation_get(self, relation, unit),
            BagOwner::App(app) => hook_command::relation_get_app(self, relation, app),
        };
        let bag = Rc::new(match bag {
            // Data of a relation that is gone reads as absent. Juju 3.6 says `permission denied` then, as it does to a
            // unit that reads its own application's databag and doesn't lead; that one is an error.
            Err(error) if error.is_relation_gone() => Bag::new(),
            Err(error) if error.is_permission_denied() && !self.is_own(owner)? => Bag::new(),
            bag => bag?,
        });
        self.0.databag.bags.borrow_mut().insert(key, Rc::clone(&bag));
        Ok(bag)
    }

    #[track_caller]
    fn is_own(&self, owner: &BagOwner) -> Result<bool, Error> {
        Ok(match owner {
            BagOwner::Unit(unit) => unit == self.unit_name()?,
            BagOwner::App(app) => app == self.app_name()?,
        })
    }

    /// A databag with what is staged on it.
    #[track_caller]
    pub(crate) fn bag(&self, relation: &RelationId, owner: &BagOwner) -> Result<Bag, Error> {
        let mut bag = Bag::clone(&*self.juju_bag(relation, owner)?);
        if let Some(staged) = self.0.stage.borrow().bags.get(&(relation.clone(), owner.clone())) {
            for (key, value) in staged {
                if value.is_empty() {
                    bag.remove(key);
                } else {
                    bag.insert(key.clone(), value.clone());
                }
            }
        }
        Ok(bag)
    }

    /// Stages one key of an own databag; staging what Juju has already takes it off the stage.
    #[track_caller]
    pub(crate) fn stage_bag(
        &self,
        relation: &RelationId,
        owner: &BagOwner,
        key: &str,
        value: String,
    ) -> Result<(), Error> {
        hook_command::check_bag_key(relation, key)?;
        let current = self.juju_bag(relation, owner)?;
        let mut stage = self.0.stage.borrow_mut();
        let bag = (relation.clone(), owner.clone());
        if current.get(key).map_or("", String::as_str) != value {
            stage.bags.entry(bag).or_default().insert(key.to_owned(), value);
        } else if let Some(staged) = stage.bags.get_mut(&bag) {
            staged.remove(key);
        }
        Ok(())
    }

    #[track_caller]
    pub(crate) fn send_bags(&self, bags: &StagedBags) -> Result<(), Error> {
        for ((relation, owner), values) in bags {
            if !values.is_empty() {
                hook_command::relation_set(self, relation, matches!(owner, BagOwner::App(_)), values)?;
            }
        }
        Ok(())
    }
}
