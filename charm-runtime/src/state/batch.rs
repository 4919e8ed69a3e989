//! What one dispatch changes.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::error::StateError;
use super::store::is_reserved;

/// The changes of one commit: all of them become durable together, or none does.
///
/// A key stands once: a later [`put`](Batch::put) or [`delete`](Batch::delete) of the same key replaces the earlier.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// Of the type that a dispatch's writes have, so that they are handed on as they are.
    changes: BTreeMap<Vec<u8>, Option<Rc<[u8]>>>,
}

impl Batch {
    /// A batch without changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes `value` under `key`. Keys that begin with a zero byte belong to the store: committing one is an error.
    pub fn put(&mut self, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.changes.insert(key.into(), Some(value.into().into()));
    }

    /// Removes `key`; a key that isn't there is no error.
    pub fn delete(&mut self, key: impl Into<Vec<u8>>) {
        self.changes.insert(key.into(), None);
    }

    /// True without any change.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes in the order of their keys; `None` stands for a removal.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], Option<&[u8]>)> {
        self.changes.iter().map(|(key, value)| (key.as_slice(), value.as_deref()))
    }

    /// Every store asks this before it changes anything, so that they all refuse alike.
    pub(super) fn refuse_reserved_keys(&self) -> Result<(), StateError> {
        match self.changes.keys().find(|key| is_reserved(key)) {
            Some(key) => Err(StateError::reserved_key(key)),
            None => Ok(()),
        }
    }
}

impl From<BTreeMap<Vec<u8>, Option<Rc<[u8]>>>> for Batch {
    fn from(changes: BTreeMap<Vec<u8>, Option<Rc<[u8]>>>) -> Self {
        Self { changes }
    }
}

/// Keys and sizes only: values may be secret.
impl std::fmt::Debug for Batch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sizes = self.iter().map(|(key, value)| (String::from_utf8_lossy(key), value.map(<[u8]>::len)));
        f.debug_map().entries(sizes).finish()
    }
}
