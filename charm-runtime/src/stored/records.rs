//! The records of one dispatch: the store as it was, and what the handlers have written over it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use crate::error::Error;
use crate::home::StateHome;
use crate::state::{Batch, StateStore};

/// What has been written and not committed: `None` deletes.
pub(crate) type Overlay = BTreeMap<Vec<u8>, Option<Rc<[u8]>>>;

/// The records of one dispatch.
///
/// The store behind them is opened at the first access. Writes stay in memory until the one commit at the end; a
/// savepoint is a copy of them, a roll-back puts the copy back.
#[derive(Clone)]
pub struct Records(Rc<Inner>);

struct Inner {
    home: Rc<dyn StateHome>,
    store: RefCell<Open>,
    overlay: RefCell<Overlay>,
}

enum Open {
    NotYet,
    /// Nothing was ever stored: reading needs no store, and creates none.
    Nothing,
    Store(Box<dyn StateStore>),
}

impl Records {
    pub(crate) fn new(home: Rc<dyn StateHome>) -> Self {
        Self(Rc::new(Inner { home, store: RefCell::new(Open::NotYet), overlay: RefCell::default() }))
    }

    fn read<T: Default>(&self, act: impl FnOnce(&dyn StateStore) -> Result<T, Error>) -> Result<T, Error> {
        let mut open = self.0.store.borrow_mut();
        if let Open::NotYet = *open {
            *open = if self.0.home.exists()? { Open::Store(self.0.home.open()?) } else { Open::Nothing };
        }
        match &*open {
            Open::Store(store) => act(&**store),
            _ => Ok(T::default()),
        }
    }

    pub(crate) fn get(&self, key: &[u8]) -> Result<Option<Rc<[u8]>>, Error> {
        if let Some(written) = self.0.overlay.borrow().get(key) {
            return Ok(written.clone());
        }
        self.read(|store| Ok(store.get(key)?.map(Rc::from)))
    }

    /// All records whose key begins so, by key.
    pub(crate) fn scan(&self, prefix: &[u8]) -> Result<BTreeMap<Vec<u8>, Rc<[u8]>>, Error> {
        let stored = self.read(|store| Ok(store.scan(prefix)?))?;
        let mut found: BTreeMap<Vec<u8>, Rc<[u8]>> =
            stored.into_iter().map(|(key, value)| (key, Rc::from(value))).collect();
        let overlay = self.0.overlay.borrow();
        for (key, written) in overlay.range(prefix.to_vec()..).take_while(|(key, _)| key.starts_with(prefix))
        {
            match written {
                Some(value) => found.insert(key.clone(), Rc::clone(value)),
                None => found.remove(key),
            };
        }
        Ok(found)
    }

    /// Writes a record; one that is there already, byte by byte, is no write.
    pub(crate) fn put(&self, key: &[u8], value: Vec<u8>) -> Result<(), Error> {
        if self.get(key)?.as_deref() != Some(value.as_slice()) {
            self.0.overlay.borrow_mut().insert(key.to_vec(), Some(Rc::from(value)));
        }
        Ok(())
    }

    pub(crate) fn delete(&self, key: &[u8]) -> Result<(), Error> {
        if self.get(key)?.is_some() {
            self.0.overlay.borrow_mut().insert(key.to_vec(), None);
        }
        Ok(())
    }

    pub(crate) fn savepoint(&self) -> Overlay {
        self.0.overlay.borrow().clone()
    }

    pub(crate) fn roll_back(&self, savepoint: Overlay) {
        *self.0.overlay.borrow_mut() = savepoint;
    }

    /// Makes all writes durable, in one transaction; without writes nothing is opened.
    pub(crate) fn commit(&self) -> Result<(), Error> {
        let overlay = std::mem::take(&mut *self.0.overlay.borrow_mut());
        if overlay.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::new();
        for (key, written) in overlay {
            match written {
                Some(value) => batch.put(key, &*value),
                None => batch.delete(key),
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
    pub(crate) fn open_to_write(&self) -> Result<(), Error> {
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
