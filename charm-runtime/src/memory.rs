//! A unit's state in memory, and what is in it: for tests.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;

use crate::charm::Charm;
use crate::dispatch::queue::{self, Entry};
use crate::error::Error;
use crate::event::Payload;
use crate::home::StateHome;
use crate::state::{Batch, MemoryStore, Record, StateError, StateStore};
use crate::stored::Records;
use crate::Result;

/// All that a unit remembers from one dispatch to the next, as a value: stored fields, deferred events, dead letters.
///
/// A [`MemoryHome`] is made of one, and gives one back after a dispatch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    store: MemoryStore,
    is_pending: bool,
    attempts: BTreeMap<u64, u32>,
    has_committed: bool,
}

/// An event that waits for a handler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deferred {
    /// What `./dispatch queue` calls it.
    pub id: u64,
    /// The event's name as Juju dispatches it, such as `db-relation-changed`.
    pub event: String,
    /// The handler.
    pub handler: String,
    /// Why the handler deferred it.
    pub reason: String,
    /// What the event carried, as it is kept.
    pub payload: Value,
    /// How often its handler was begun and has not ended well since it was deferred.
    pub attempts: u32,
}

/// A deferred event that was given up: it waits for an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// The event.
    pub event: Deferred,
    /// Why it was given up.
    pub cause: String,
}

impl Memory {
    /// What is stored, record by record.
    pub fn store(&self) -> &MemoryStore {
        &self.store
    }

    /// The deferred events, in the order in which they come again.
    pub fn deferred(&self) -> Result<Vec<Deferred>, Error> {
        let entries = queue::entries(&self.records())?;
        Ok(entries.into_iter().map(|(id, entry)| self.deferred_of(id, entry)).collect())
    }

    /// The deferred events that were given up.
    pub fn dead_letters(&self) -> Result<Vec<DeadLetter>, Error> {
        let letters = queue::dead_letters(&self.records())?.into_iter();
        let letter = |(id, letter): (u64, Entry)| DeadLetter {
            cause: letter.cause().to_owned(),
            event: self.deferred_of(id, letter),
        };
        Ok(letters.map(letter).collect())
    }

    /// Puts an event at the end of the queue, as if `handler` had deferred it; one that waits already is left alone.
    ///
    /// `event` is its name as Juju dispatches it. Nothing is checked: a handler that no revision has becomes a dead
    /// letter in the next dispatch, as it would in production.
    pub fn defer(
        &mut self,
        event: &str,
        handler: &str,
        payload: &Payload,
        reason: &str,
    ) -> Result<(), Error> {
        let home = MemoryHome::new(self.clone());
        let records = Records::unchecked(Rc::new(home.clone()));
        queue::push(&records, &Entry::new(event, handler, payload, reason)?)?;
        records.commit()?;
        *self = home.memory();
        self.is_pending = true;
        Ok(())
    }

    /// Shows the charm's stored fields to `look`. What it writes to them is not kept.
    ///
    /// Fails as `look` does, or where the charm can't read what is stored.
    pub fn read<C: Charm, T>(&self, look: impl FnOnce(&C) -> Result<T>) -> Result<T> {
        let mut charm = C::default();
        charm.bind(&Records::new(Rc::new(MemoryHome::new(self.clone())), C::SCHEMA));
        look(&charm)
    }

    /// Has `change` write the charm's stored fields. Nothing is kept if it fails.
    pub fn write<C: Charm, T>(&mut self, change: impl FnOnce(&mut C) -> Result<T>) -> Result<T> {
        let home = MemoryHome::new(self.clone());
        let records = Records::new(Rc::new(home.clone()), C::SCHEMA);
        let mut charm = C::default();
        charm.bind(&records);
        let changed = change(&mut charm)?;
        charm.save()?;
        records.commit()?;
        *self = home.memory();
        Ok(changed)
    }

    fn records(&self) -> Records {
        Records::unchecked(Rc::new(MemoryHome::new(self.clone())))
    }

    fn deferred_of(&self, id: u64, entry: Entry) -> Deferred {
        let Entry { event, handler, payload, reason, cause: _ } = entry;
        let attempts = self.attempts.get(&id).copied().unwrap_or_default();
        Deferred { id, event, handler, reason, payload, attempts }
    }
}

/// A unit's state in memory, for tests: it lasts as long as any clone of this value, which all share it.
#[derive(Debug, Clone, Default)]
pub struct MemoryHome {
    shared: Rc<RefCell<Memory>>,
}

impl MemoryHome {
    /// The home of a unit that remembers this.
    pub fn new(memory: Memory) -> Self {
        Self { shared: Rc::new(RefCell::new(memory)) }
    }

    /// A copy of what the unit remembers.
    pub fn memory(&self) -> Memory {
        self.shared.borrow().clone()
    }

    /// A copy of what is stored.
    pub fn store(&self) -> MemoryStore {
        self.shared.borrow().store.clone()
    }
}

impl StateHome for MemoryHome {
    fn is_pending(&self) -> Result<bool, StateError> {
        Ok(self.shared.borrow().is_pending)
    }

    fn raise_pending(&self) -> Result<(), StateError> {
        self.shared.borrow_mut().is_pending = true;
        Ok(())
    }

    fn clear_pending(&self) -> Result<(), StateError> {
        self.shared.borrow_mut().is_pending = false;
        Ok(())
    }

    fn exists(&self) -> Result<bool, StateError> {
        Ok(self.shared.borrow().has_committed)
    }

    fn open(&self) -> Result<Box<dyn StateStore>, StateError> {
        Ok(Box::new(self.clone()))
    }

    fn begin_attempt(&self, entry: u64) -> Result<u32, StateError> {
        let mut shared = self.shared.borrow_mut();
        let count = shared.attempts.entry(entry).or_default();
        *count += 1;
        Ok(*count)
    }

    fn forget_attempts(&self, entry: u64) -> Result<(), StateError> {
        self.shared.borrow_mut().attempts.remove(&entry);
        Ok(())
    }
}

impl StateStore for MemoryHome {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StateError> {
        self.shared.borrow().store.get(key)
    }

    fn scan(&self, prefix: &[u8]) -> Result<Vec<Record>, StateError> {
        self.shared.borrow().store.scan(prefix)
    }

    fn commit(&mut self, batch: Batch) -> Result<(), StateError> {
        let mut shared = self.shared.borrow_mut();
        shared.has_committed = true;
        shared.store.commit(batch)
    }
}
