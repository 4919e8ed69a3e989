//! The records of one dispatch: the store as it was, and what the handlers have written over it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use super::schema::{Fields, Schema};
use crate::error::Error;
use crate::home::StateHome;
use crate::log;
use crate::state::{Batch, Record, StateError, StateStore};

/// What has been written to one key and not committed: `None` deletes.
type Written = Option<Rc<[u8]>>;

/// A moment of the dispatch that its writes can be rolled back to.
#[derive(Clone, Copy)]
pub(crate) struct Savepoint(usize);

/// Under which the version of the charm's fields is kept.
const SCHEMA: &[u8] = b"schema";

/// The records of one dispatch.
///
/// The store behind them is opened at the first access. Writes stay in memory until the one commit at the end, with a
/// journal of what each replaced: a savepoint is a place in it, and a roll-back undoes what came after.
#[derive(Clone)]
pub struct Records(Rc<Inner>);

struct Inner {
    home: Rc<dyn StateHome>,
    /// None for an operator, who looks at the records as they are.
    schema: Option<Schema>,
    store: RefCell<Open>,
    /// Nothing was stored before this dispatch.
    is_new: Cell<bool>,
    /// Why this charm must not touch what is stored, once that is known: it holds for the whole dispatch.
    refused: RefCell<Option<String>>,
    overlay: RefCell<BTreeMap<Vec<u8>, Written>>,
    /// For each write its key, and what the overlay had there before.
    journal: RefCell<Vec<(Vec<u8>, Option<Written>)>>,
}

enum Open {
    NotYet,
    /// Nothing was ever stored: reading needs no store, and creates none.
    Nothing,
    Store(Box<dyn StateStore>),
}

impl Records {
    /// The records of a charm, brought to its version when they are first read.
    pub(crate) fn new(home: Rc<dyn StateHome>, schema: Schema) -> Self {
        Self::with(home, Some(schema))
    }

    /// The records as they are.
    pub(crate) fn unchecked(home: Rc<dyn StateHome>) -> Self {
        Self::with(home, None)
    }

    fn with(home: Rc<dyn StateHome>, schema: Option<Schema>) -> Self {
        Self(Rc::new(Inner {
            home,
            schema,
            store: RefCell::new(Open::NotYet),
            is_new: Cell::new(false),
            refused: RefCell::new(None),
            overlay: RefCell::default(),
            journal: RefCell::default(),
        }))
    }

    /// Reads the store, which is open.
    #[track_caller]
    fn read<T: Default>(
        &self,
        act: impl FnOnce(&dyn StateStore) -> Result<T, StateError>,
    ) -> Result<T, Error> {
        match &*self.0.store.borrow() {
            Open::Store(store) => Ok(act(&**store)?),
            _ => Ok(T::default()),
        }
    }

    /// Opens the store if nobody has; before the overlay is looked at, since a migration writes there.
    #[track_caller]
    fn open(&self) -> Result<(), Error> {
        self.check()?;
        if !matches!(*self.0.store.borrow(), Open::NotYet) {
            return Ok(());
        }
        let opened = if self.0.home.exists()? { Open::Store(self.0.home.open()?) } else { Open::Nothing };
        let is_new = matches!(opened, Open::Nothing);
        self.0.is_new.set(is_new);
        *self.0.store.borrow_mut() = opened;
        match &self.0.schema {
            Some(schema) if !is_new => {
                let before = Savepoint(self.0.journal.borrow().len());
                self.migrate(schema).inspect_err(|error| {
                    self.roll_back(before);
                    *self.0.refused.borrow_mut() = Some(error.to_string());
                })
            }
            _ => Ok(()),
        }
    }

    /// Fails where this charm must not touch what is stored, whatever a handler made of being told so.
    #[track_caller]
    pub(crate) fn check(&self) -> Result<(), Error> {
        match &*self.0.refused.borrow() {
            Some(why) => Err(Error::said(why.clone())),
            None => Ok(()),
        }
    }

    /// Brings the fields to the charm's version. The store is open: what this reads doesn't come back here.
    #[track_caller]
    fn migrate(&self, schema: &Schema) -> Result<(), Error> {
        let stored = match self.get(SCHEMA)? {
            None => 0,
            Some(stored) => {
                let version = std::str::from_utf8(&stored).ok().and_then(|stored| stored.parse().ok());
                let Some(version) = version else {
                    return Err(Error::invalid(
                        "stored state",
                        "its version is not a number; `./dispatch state reset` puts it aside",
                    ));
                };
                version
            }
        };
        if stored > schema.version {
            let problem = format!(
                "it was written by a newer revision of this charm (version {stored}, and this one knows {}); refresh to that revision, or put the state aside with `./dispatch state reset`",
                schema.version
            );
            return Err(Error::invalid("stored state", problem));
        }
        if stored < schema.version {
            log::info(format_args!("bringing stored state from version {stored} to {}", schema.version));
            if let Err(error) = (schema.migrate)(stored, &Fields::new(self)) {
                let problem = format!("it can't be brought to version {}: {error:#}", schema.version);
                return Err(Error::invalid("stored state", problem));
            }
            self.put(SCHEMA, schema.version.to_string().into_bytes())?;
        }
        Ok(())
    }

    #[track_caller]
    pub(crate) fn get(&self, key: &[u8]) -> Result<Option<Rc<[u8]>>, Error> {
        self.open()?;
        if let Some(written) = self.0.overlay.borrow().get(key) {
            return Ok(written.clone());
        }
        self.read(|store| Ok(store.get(key)?.map(Rc::from)))
    }

    /// All records whose key begins so, by key.
    #[track_caller]
    pub(crate) fn scan(&self, prefix: &[u8]) -> Result<Vec<Record>, Error> {
        self.open()?;
        let overlay = self.0.overlay.borrow();
        // Both are sorted, so they are merged.
        let mut stored = self.read(|store| store.scan(prefix))?.into_iter().peekable();
        let mut found = Vec::new();
        for (key, written) in overlay.range(prefix.to_vec()..).take_while(|(key, _)| key.starts_with(prefix))
        {
            while let Some(record) = stored.next_if(|(stored, _)| stored <= key) {
                if record.0 != *key {
                    found.push(record);
                }
            }
            if let Some(value) = written {
                found.push((key.clone(), value.to_vec()));
            }
        }
        found.extend(stored);
        Ok(found)
    }

    /// Writes a record; one that is there already, byte by byte, is no write.
    #[track_caller]
    pub(crate) fn put(&self, key: &[u8], value: Vec<u8>) -> Result<(), Error> {
        if self.get(key)?.as_deref() != Some(value.as_slice()) {
            self.write(key, Some(Rc::from(value)));
        }
        Ok(())
    }

    #[track_caller]
    pub(crate) fn delete(&self, key: &[u8]) -> Result<(), Error> {
        if self.get(key)?.is_some() {
            self.write(key, None);
        }
        Ok(())
    }

    fn write(&self, key: &[u8], written: Written) {
        let before = self.0.overlay.borrow_mut().insert(key.to_vec(), written);
        self.0.journal.borrow_mut().push((key.to_vec(), before));
    }

    /// This moment. A migration comes before it: it must not be rolled back with a handler.
    #[track_caller]
    pub(crate) fn savepoint(&self) -> Result<Savepoint, Error> {
        if self.0.schema.is_some_and(|schema| schema.version > 0) {
            self.open()?;
        }
        Ok(Savepoint(self.0.journal.borrow().len()))
    }

    pub(crate) fn roll_back(&self, savepoint: Savepoint) {
        let mut overlay = self.0.overlay.borrow_mut();
        for (key, before) in self.0.journal.borrow_mut().drain(savepoint.0..).rev() {
            match before {
                Some(written) => overlay.insert(key, written),
                None => overlay.remove(&key),
            };
        }
    }

    /// Makes all writes durable, in one transaction; without writes nothing is opened.
    #[track_caller]
    pub(crate) fn commit(&self) -> Result<(), Error> {
        let overlay = std::mem::take(&mut *self.0.overlay.borrow_mut());
        if overlay.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::from(overlay);
        if let (true, Some(schema)) = (self.0.is_new.replace(false), &self.0.schema) {
            // A store begins with the version of who makes it.
            if schema.version > 0 {
                batch.put(SCHEMA, schema.version.to_string().into_bytes());
            }
        }
        self.open_to_write()?;
        match &mut *self.0.store.borrow_mut() {
            Open::Store(store) => Ok(store.commit(batch)?),
            // Opened just above.
            Open::NotYet | Open::Nothing => Ok(()),
        }
    }

    /// Opens the store, creating it where nothing was ever stored.
    #[track_caller]
    pub(crate) fn open_to_write(&self) -> Result<(), Error> {
        self.check()?;
        let mut open = self.0.store.borrow_mut();
        if !matches!(*open, Open::Store(_)) {
            *open = Open::Store(self.0.home.open()?);
        }
        Ok(())
    }

    pub(crate) fn has_writes(&self) -> bool {
        !self.0.overlay.borrow().is_empty()
    }
}

impl fmt::Debug for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Records")
    }
}
