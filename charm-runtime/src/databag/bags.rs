//! The databags of a dispatch: what has been read of them, and what is to be written.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::panic::Location;
use std::rc::Rc;

use super::{Entries, EntryError};
use crate::error::Error;
use crate::hook_command;
use crate::juju::{Juju, OwnWay};
use crate::relation::RelationId;

/// Juju 4 keeps so many bytes of a databag, and a document of Juju 3's database has no more.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Whose databag.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum BagOwner {
    Unit(String),
    App(String),
}

impl BagOwner {
    /// What errors call the databag.
    pub(crate) fn databag(&self, relation: &RelationId) -> String {
        format!("databag of {self} in relation {relation}")
    }
}

impl fmt::Display for BagOwner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unit(unit) => write!(f, "unit {unit}"),
            Self::App(app) => write!(f, "application {app}"),
        }
    }
}

/// A databag, as Juju has it.
type Bag = BTreeMap<String, String>;

/// What has been read of databags.
#[derive(Default)]
pub(crate) struct Kept {
    bags: RefCell<BTreeMap<(RelationId, BagOwner), Rc<Bag>>>,
}

/// What is to be written to databags.
pub(crate) type StagedBags = BTreeMap<(RelationId, BagOwner), StagedBag>;

/// What is to be written to one databag.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct StagedBag {
    /// Keys that differ from what Juju has, none empty; an empty value deletes.
    entries: Bag,
    /// Where the charm wrote the last of it: what Juju refuses later is told from there.
    location: &'static Location<'static>,
}

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
            // Data of a relation that is gone reads as absent, and so does that of a unit which isn't there, or isn't any
            // more. Juju 3.6 says `permission denied` of a relation that is gone, as it does to a unit that reads its own
            // application's databag and doesn't lead; that one is an error, unless the relation is known to be over.
            Err(error) if error.is_relation_gone() => Bag::new(),
            Err(error)
                if (error.is_permission_denied() || error.is_not_found())
                    && (!self.is_own(owner)? || self.breaking_id().as_ref() == Some(relation)) =>
            {
                Bag::new()
            }
            bag => bag?,
        });
        self.0.databag.bags.borrow_mut().insert(key, Rc::clone(&bag));
        Ok(bag)
    }

    pub(crate) fn forget_bags(&self) {
        self.0.databag.bags.borrow_mut().clear();
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
            for (key, value) in &staged.entries {
                if value.is_empty() {
                    bag.remove(key);
                } else {
                    bag.insert(key.clone(), value.clone());
                }
            }
        }
        Ok(bag)
    }

    /// Stages entries of an own databag, all or none; staging what Juju has already takes it off the stage.
    #[track_caller]
    pub(crate) fn stage_bag(
        &self,
        relation: &RelationId,
        owner: &BagOwner,
        entries: &Entries,
    ) -> Result<(), Error> {
        for (key, value) in entries {
            hook_command::check_bag_key(relation, key)?;
            if value.as_deref() == Some("") {
                let problem = "its value is empty, which to Juju is none; leave the key out (an `Option` that is `None`, or `remove`), \
                               or write the value as JSON, without `raw`";
                return Err(Error::databag(owner.databag(relation), &EntryError::invalid(key, problem)));
            }
        }
        let current = self.juju_bag(relation, owner)?;
        let mut whole = self.bag(relation, owner)?;
        for (key, value) in entries {
            match value {
                Some(value) => whole.insert(key.clone(), value.clone()),
                None => whole.remove(key),
            };
        }
        let size: usize = whole.iter().map(|(key, value)| key.len() + value.len()).sum();
        if size > MOST_BYTES {
            return Err(Error::too_large(owner.databag(relation), size, MOST_BYTES));
        }
        let bag = (relation.clone(), owner.clone());
        let mut stage = self.0.stage.borrow_mut();
        let before = stage.bags.remove(&bag);
        let mut staged = before.as_ref().map_or_else(Bag::new, |before| before.entries.clone());
        for (key, value) in entries {
            let value = value.as_deref().unwrap_or_default();
            if current.get(key).map_or("", String::as_str) == value {
                staged.remove(key);
            } else {
                staged.insert(key.clone(), value.to_owned());
            }
        }
        // Two stages that would send the same are equal.
        if !staged.is_empty() {
            let same = before.filter(|before| before.entries == staged);
            let staged = same.unwrap_or(StagedBag { entries: staged, location: Location::caller() });
            stage.bags.insert(bag, staged);
        }
        Ok(())
    }

    pub(crate) fn send_bags(&self, bags: &StagedBags) -> Result<(), Error> {
        for ((relation, owner), StagedBag { entries, location }) in bags {
            let is_app = matches!(owner, BagOwner::App(_));
            hook_command::relation_set(&OwnWay(self), relation, is_app, entries)
                .map_err(|error| error.at(location))?;
        }
        Ok(())
    }
}
