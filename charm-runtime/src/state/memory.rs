//! State that lives as long as its value: for tests and the local model.

use std::collections::BTreeMap;

use super::batch::Batch;
use super::error::StateError;
use super::store::{Record, StateStore};

/// A [`StateStore`] in memory. A clone is a copy: the two go separate ways.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct MemoryStore {
    records: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl MemoryStore {
    /// A store without records.
    pub fn new() -> Self {
        Self::default()
    }

    /// All records in the order of their keys.
    pub fn records(&self) -> &BTreeMap<Vec<u8>, Vec<u8>> {
        &self.records
    }
}

impl From<BTreeMap<Vec<u8>, Vec<u8>>> for MemoryStore {
    fn from(records: BTreeMap<Vec<u8>, Vec<u8>>) -> Self {
        Self { records }
    }
}

impl StateStore for MemoryStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StateError> {
        Ok(self.records.get(key).cloned())
    }

    fn scan(&self, prefix: &[u8]) -> Result<Vec<Record>, StateError> {
        let from_prefix = self.records.range(prefix.to_vec()..);
        let with_prefix = from_prefix.take_while(|(key, _)| key.starts_with(prefix));
        Ok(with_prefix.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    fn commit(&mut self, batch: Batch) -> Result<(), StateError> {
        batch.refuse_reserved_keys()?;
        for (key, value) in batch.iter() {
            match value {
                Some(value) => self.records.insert(key.to_vec(), value.to_vec()),
                None => self.records.remove(key),
            };
        }
        Ok(())
    }
}

/// Keys and sizes only: values may be secret.
impl std::fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sizes = self.records.iter().map(|(key, value)| (String::from_utf8_lossy(key), value.len()));
        f.debug_map().entries(sizes).finish()
    }
}
