//! Events of storage.

use std::marker::PhantomData;
use std::path::PathBuf;

use super::{Event, Payload};
use crate::error::Error;
use crate::juju::Juju;

/// A storage of the charm, as a type: `#[charm]` makes one for each that `charmcraft.yaml` declares.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a storage",
    note = "the charm's storages are the types in the module `storage` beside the struct with `#[charm]`"
)]
pub trait Storage: 'static {
    /// The name in `charmcraft.yaml`.
    const NAME: &'static str;
}

/// How a storage is given to the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageKind {
    /// A mounted file system.
    Filesystem,
    /// A block device.
    Block,
}

macro_rules! storage_events {
    ($($(#[$doc:meta])* $name:ident($juju_name:literal);)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name<S> {
            /// The storage's id, such as `data/0`.
            pub id: String,
            /// Where it is mounted, or its device; `None` while it is not provisioned.
            pub location: Option<PathBuf>,
            /// How it is given; `None` while it is not provisioned.
            pub kind: Option<StorageKind>,
            storage: PhantomData<fn() -> S>,
        }

        impl<S: Storage> Event for $name<S> {
            #[track_caller]
            fn from_payload(_: &Juju, payload: &Payload) -> Result<Self, Error> {
                let Payload::Storage { id, location, kind } = payload else {
                    return Err(payload.mismatch($juju_name));
                };
                Ok(Self {
                    id: id.clone(),
                    location: location.as_ref().map(PathBuf::from),
                    kind: kind.as_deref().and_then(storage_kind),
                    storage: PhantomData,
                })
            }
        }
    )*};
}

fn storage_kind(kind: &str) -> Option<StorageKind> {
    match kind {
        "filesystem" => Some(StorageKind::Filesystem),
        "block" => Some(StorageKind::Block),
        _ => None,
    }
}

storage_events! {
    /// `storage-attached`: a storage is there. On machines it comes before install for storage that the unit was deployed with.
    StorageAttached("storage-attached");
    /// `storage-detaching`: a storage is about to go.
    StorageDetaching("storage-detaching");
}
