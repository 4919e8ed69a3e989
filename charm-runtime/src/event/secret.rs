//! Events of secrets (Juju 3 and later).

use super::{Event, Payload};
use crate::error::Error;
use crate::juju::Juju;

macro_rules! secret_events {
    ($($(#[$doc:meta])* $name:ident($juju_name:literal) { $($(#[$field_doc:meta])* $field:ident: $type:ty),* };)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            /// The secret's id, such as `secret:9m4e2mr0ui3e8a215n4g`.
            pub id: String,
            /// This unit's label for it, if it gave one.
            pub label: Option<String>,
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl Event for $name {
            #[track_caller]
            fn from_payload(_: &Juju, payload: &Payload) -> Result<Self, Error> {
                #[allow(unused_variables)]
                let Payload::Secret { id, label, revision } = payload else {
                    return Err(payload.mismatch($juju_name));
                };
                Ok(Self {
                    id: id.clone(),
                    label: label.clone(),
                    $($field: match revision {
                        Some(revision) => *revision,
                        None => return Err(payload.mismatch($juju_name)),
                    },)*
                })
            }
        }
    )*};
}

secret_events! {
    /// `secret-changed`: a secret that this unit reads has a new revision; the old one stays pinned until it is refreshed.
    SecretChanged("secret-changed") {};
    /// `secret-rotate`: an own secret is to get a new revision. Juju asks again every five minutes until it has one.
    SecretRotate("secret-rotate") {};
    /// `secret-expired`: a revision of an own secret has expired and is to be removed. Juju asks again every five minutes.
    SecretExpired("secret-expired") {
        /// The revision.
        revision: u64
    };
    /// `secret-remove`: nobody reads this revision of an own secret any more; it can be removed.
    SecretRemove("secret-remove") {
        /// The revision.
        revision: u64
    };
}
