//! Events of storage.

use std::path::PathBuf;

use super::{Event, Payload};
use crate::error::Error;
use crate::hook_command::StorageInfo;
use crate::juju::Juju;
use crate::storage::{Storage, StorageKind, StorageName};

macro_rules! storage_events {
    ($($(#[$doc:meta])* $name:ident($juju_name:literal);)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name<S> {
            /// The storage.
            pub storage: Storage<S>,
        }

        impl<S> Clone for $name<S> {
            fn clone(&self) -> Self {
                Self { storage: self.storage.clone() }
            }
        }

        impl<S: StorageName> Event for $name<S> {
            #[track_caller]
            fn from_payload(juju: &Juju, payload: &Payload) -> Result<Self, Error> {
                let Payload::Storage { id, location, kind } = payload else {
                    return Err(payload.mismatch($juju_name));
                };
                let said = StorageInfo {
                    kind: kind.as_deref().and_then(StorageKind::parse),
                    location: location.as_ref().map(PathBuf::from),
                };
                Ok(Self { storage: Storage::new(juju, id.clone(), said) })
            }
        }
    )*};
}

storage_events! {
    /// `storage-attached`: a storage is there. On machines it comes before install for storage that the unit was
    /// deployed with.
    StorageAttached("storage-attached");
    /// `storage-detaching`: a storage is about to go, and is still there during this event.
    StorageDetaching("storage-detaching");
}
