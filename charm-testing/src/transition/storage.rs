//! Storage: given to a state, and its events.

use std::path::Path;

use charm_runtime::{Charm, StorageName};

use super::metadata;
use super::on::{Event, What};
use super::state::State;
use super::surroundings::no_text;
use crate::model::{self, StorageHookKind, StorageId};

impl<C: Charm> State<C> {
    /// Attaches an instance of the storage `S`, by its number, where the unit finds it at `location`: a mount point, or
    /// a device. Nothing is made there.
    #[must_use]
    pub fn storage<S: StorageName>(mut self, number: u32, location: impl AsRef<Path>) -> Self {
        let Some(location) = location.as_ref().to_str() else {
            self.problems.push(no_text(S::NAME, location.as_ref()));
            return self;
        };
        let declared =
            metadata::of::<C>().ok().and_then(|metadata| Some(metadata.storages.get(S::NAME)?.kind));
        match declared {
            Some(kind) => {
                let id = StorageId::new(S::NAME, number);
                let storage = model::Storage::new(id.clone(), self.unit.name.clone(), kind, location);
                if let Some(other) = self.unit.storages.insert(id, storage) {
                    self.problems
                        .push(format!("the storage {} is attached twice: give one another number", other.id));
                }
            }
            None => self.problems.push(format!("the charm has no storage `{}`", S::NAME)),
        }
        self
    }
}

/// An event of a storage: of its one instance, or of the one that [`number`](Self::number) names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageEvent {
    pub(super) kind: StorageHookKind,
    pub(super) storage: &'static str,
    pub(super) number: Option<u32>,
}

impl StorageEvent {
    pub(super) fn new<S: StorageName>(kind: StorageHookKind) -> Self {
        Self { kind, storage: S::NAME, number: None }
    }

    /// The instance with this number.
    #[must_use]
    pub fn number(mut self, number: u32) -> Self {
        self.number = Some(number);
        self
    }
}

impl From<StorageEvent> for Event {
    fn from(event: StorageEvent) -> Self {
        Self(What::Storage(event))
    }
}
