//! Many records of state under one name.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::Serialize;

use super::field::{unbound, Binding, Field};
use super::Records;
use crate::error::Error;

/// A map that lasts from dispatch to dispatch, one record for each key: reading or writing one costs that one.
///
/// For many or large values; a small collection is simpler in a [`Stored`](super::Stored). A key is anything that reads
/// back from its own `to_string`.
pub struct StoredMap<K, V> {
    binding: Option<Binding>,
    /// What has been written and not handed on; `None` removes.
    written: RefCell<BTreeMap<String, Option<Vec<u8>>>>,
    types: PhantomData<fn() -> (K, V)>,
}

impl<K: fmt::Display + std::str::FromStr, V: Serialize + DeserializeOwned> StoredMap<K, V> {
    #[track_caller]
    fn binding(&self) -> Result<&Binding, Error> {
        match &self.binding {
            Some(binding) => Ok(binding),
            None => Err(unbound()),
        }
    }

    /// One value.
    #[track_caller]
    pub fn get(&self, key: &K) -> Result<Option<V>, Error> {
        let binding = self.binding()?;
        let part = key.to_string();
        if let Some(written) = self.written.borrow().get(&part) {
            return match written {
                Some(bytes) => binding.decode(bytes).map(Some),
                None => Ok(None),
            };
        }
        let mut bytes = binding.records.get(&binding.key(Some(&part)))?;
        for former in binding.former(Some(&part)) {
            if bytes.is_none() {
                bytes = binding.records.get(&former)?;
            }
        }
        match bytes {
            Some(bytes) => binding.decode(&bytes).map(Some),
            None => Ok(None),
        }
    }

    /// Sets one value.
    #[track_caller]
    pub fn insert(&mut self, key: &K, value: &V) -> Result<(), Error> {
        let bytes = self.binding()?.encode(value)?;
        self.written.get_mut().insert(key.to_string(), Some(bytes));
        Ok(())
    }

    /// Removes one value.
    #[track_caller]
    pub fn remove(&mut self, key: &K) -> Result<(), Error> {
        self.binding()?;
        self.written.get_mut().insert(key.to_string(), None);
        Ok(())
    }

    /// All entries, by key as text.
    #[track_caller]
    pub fn entries(&self) -> Result<Vec<(K, V)>, Error> {
        let binding = self.binding()?;
        let mut found: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        // The oldest name first, so that newer ones win.
        let mut prefixes: Vec<Vec<u8>> = binding.former(Some("")).collect();
        prefixes.reverse();
        prefixes.push(binding.key(Some("")));
        for prefix in prefixes {
            for (key, value) in binding.records.scan(&prefix)? {
                let part = String::from_utf8_lossy(&key[prefix.len()..]).into_owned();
                found.insert(part, value);
            }
        }
        for (part, written) in &*self.written.borrow() {
            match written {
                Some(bytes) => found.insert(part.clone(), bytes.clone()),
                None => found.remove(part),
            };
        }
        let mut entries = Vec::with_capacity(found.len());
        for (part, bytes) in found {
            let Ok(key) = part.parse() else {
                let problem = format!("its key `{part}` is not of the map's key type any more");
                return Err(Error::invalid("stored map", problem));
            };
            entries.push((key, binding.decode(&bytes)?));
        }
        Ok(entries)
    }
}

impl<K, V> Field for StoredMap<K, V> {
    fn bind(&mut self, records: &Records, name: &'static str, was: &'static [&'static str]) {
        self.binding = Some(Binding::new(records, name, was));
    }

    #[track_caller]
    fn save(&self) -> Result<(), Error> {
        let Some(binding) = &self.binding else { return Ok(()) };
        for (part, written) in std::mem::take(&mut *self.written.borrow_mut()) {
            let key = binding.key(Some(&part));
            match written {
                Some(bytes) => binding.records.put(&key, bytes)?,
                None => binding.records.delete(&key)?,
            }
            for former in binding.former(Some(&part)) {
                binding.records.delete(&former)?;
            }
        }
        Ok(())
    }
}

impl<K, V> Default for StoredMap<K, V> {
    fn default() -> Self {
        Self { binding: None, written: RefCell::default(), types: PhantomData }
    }
}

impl<K, V> fmt::Debug for StoredMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredMap")
    }
}
