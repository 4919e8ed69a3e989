//! What ties a field to the store.

use serde::de::DeserializeOwned;
use serde::Serialize;

use super::Records;
use crate::error::{shape, Error};

/// A field that is state. `#[charm]` binds each before the first handler and saves it after every one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a stored field",
    label = "expected `Stored<T>` or `StoredMap<K, V>`"
)]
pub trait Field {
    /// Ties the field to its record. Nothing is read.
    fn bind(&mut self, records: &Records, name: &'static str, was: &'static [&'static str]);
    /// Hands on what was written.
    #[track_caller]
    fn save(&self) -> Result<(), Error>;
}

/// The record, or records, that a field is kept in.
#[derive(Debug, Clone)]
pub(super) struct Binding {
    pub(super) records: Records,
    name: &'static str,
    was: &'static [&'static str],
}

impl Binding {
    pub(super) fn new(records: &Records, name: &'static str, was: &'static [&'static str]) -> Self {
        Self { records: records.clone(), name, was }
    }

    /// The key of this field, or with `part` of one of its parts.
    pub(super) fn key(&self, part: Option<&str>) -> Vec<u8> {
        key(self.name, part)
    }

    /// The keys that this field had under its former names.
    pub(super) fn former(&self, part: Option<&str>) -> impl Iterator<Item = Vec<u8>> + '_ {
        let part = part.map(str::to_owned);
        self.was.iter().map(move |name| key(name, part.as_deref()))
    }

    #[track_caller]
    pub(super) fn decode<T: DeserializeOwned>(&self, bytes: &[u8]) -> Result<T, Error> {
        decode(self.name, bytes)
    }

    #[track_caller]
    pub(super) fn encode<T: Serialize>(&self, value: &T) -> Result<Vec<u8>, Error> {
        encode(self.name, value)
    }
}

pub(super) fn key(name: &str, part: Option<&str>) -> Vec<u8> {
    match part {
        None => format!("field/{name}").into_bytes(),
        Some(part) => format!("field/{name}/{part}").into_bytes(),
    }
}

#[track_caller]
pub(super) fn decode<T: DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<T, Error> {
    match serde_json::from_slice(bytes) {
        Ok(value) => Ok(value),
        Err(error) => Err(Error::invalid(
            format!("stored field `{name}`"),
            // The value is not quoted: it goes to the log.
            format!("what is stored is not of the field's type any more ({}); rename the field, or give it back its type", shape(&error)),
        )),
    }
}

#[track_caller]
pub(super) fn encode<T: Serialize>(name: &str, value: &T) -> Result<Vec<u8>, Error> {
    match serde_json::to_vec(value) {
        Ok(bytes) => Ok(bytes),
        Err(error) => Err(Error::invalid(
            format!("stored field `{name}`"),
            format!("its value can't be stored: {error}"),
        )),
    }
}

/// For a field that nothing has bound.
#[cold]
#[track_caller]
pub(super) fn unbound() -> Error {
    Error::invalid(
        "stored field",
        "it is not tied to a store: `#[charm]` on the struct binds fields written as `Stored<..>` or \
         `StoredMap<..>`; a field of a type alias needs `#[charm(stored)]`",
    )
}
