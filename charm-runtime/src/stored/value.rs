//! One value of state.

use std::cell::{Cell, OnceCell};
use std::fmt;

use serde::de::DeserializeOwned;
use serde::Serialize;

use super::field::{unbound, Binding, Field};
use super::Records;
use crate::error::Error;

/// A field of the charm's struct that lasts from dispatch to dispatch.
///
/// It is loaded when it is first read, which opens the store and can fail; a dispatch that reads none opens nothing.
/// It is kept under its name in the struct (rename with `#[charm(was = "old_name")]`), as JSON. What nobody has
/// written yet reads as `T::default()`. All writes of a dispatch are committed together at its end, or not at all.
pub struct Stored<T> {
    binding: Option<Binding>,
    value: OnceCell<T>,
    is_written: Cell<bool>,
}

impl<T: Serialize + DeserializeOwned + Default> Stored<T> {
    /// The value.
    #[track_caller]
    pub fn get(&self) -> Result<&T, Error> {
        if self.value.get().is_none() {
            let value = self.load()?;
            // Nobody else has set it: loading doesn't come back here.
            let _ = self.value.set(value);
        }
        Ok(self.value.get_or_init(T::default))
    }

    #[track_caller]
    fn load(&self) -> Result<T, Error> {
        let Some(binding) = &self.binding else { return Err(unbound()) };
        let mut bytes = binding.records.get(&binding.key(None))?;
        for former in binding.former(None) {
            if bytes.is_none() {
                bytes = binding.records.get(&former)?;
            }
        }
        match bytes {
            Some(bytes) => binding.decode(&bytes),
            None => Ok(T::default()),
        }
    }

    /// The value, to be changed in place.
    #[track_caller]
    pub fn get_mut(&mut self) -> Result<&mut T, Error> {
        self.get()?;
        self.is_written.set(true);
        // Loaded just above; a default would only stand in for the impossible.
        match self.value.get_mut() {
            Some(value) => Ok(value),
            None => Err(unbound()),
        }
    }

    /// Replaces the value.
    pub fn set(&mut self, value: T) {
        self.value = OnceCell::from(value);
        self.is_written.set(true);
    }
}

impl<T: Serialize + DeserializeOwned + Default> Field for Stored<T> {
    fn bind(&mut self, records: &Records, name: &'static str, was: &'static [&'static str]) {
        self.binding = Some(Binding::new(records, name, was));
    }

    #[track_caller]
    fn save(&self) -> Result<(), Error> {
        let (true, Some(value)) = (self.is_written.get(), self.value.get()) else { return Ok(()) };
        let Some(binding) = &self.binding else { return Err(unbound()) };
        binding.records.put(&binding.key(None), binding.encode(value)?)?;
        for former in binding.former(None) {
            binding.records.delete(&former)?;
        }
        self.is_written.set(false);
        Ok(())
    }
}

impl<T> Default for Stored<T> {
    fn default() -> Self {
        Self { binding: None, value: OnceCell::new(), is_written: Cell::new(false) }
    }
}

/// Not the value: state may hold what no log should.
impl<T> fmt::Debug for Stored<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stored")
    }
}
