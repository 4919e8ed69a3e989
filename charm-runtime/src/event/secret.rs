//! Events of secrets (Juju 3 and later).

use std::fmt;
use std::marker::PhantomData;

use super::{Event, Payload};
use crate::error::Error;
use crate::juju::Juju;
use crate::secret::{DeclaredSecret, Secret, SecretId};

/// `secret-changed`: a secret that this unit reads has a newer revision than the one that it tracks, which stays so until
/// it tracks the new one ([`ConsumedSecret::track`](crate::ConsumedSecret::track)).
#[derive(Debug, Clone)]
pub struct SecretChanged {
    /// The secret; `event.id.typed()` says what its content is.
    pub id: SecretId,
    /// This unit's label for it, if it gave one.
    pub label: Option<String>,
}

impl Event for SecretChanged {
    #[track_caller]
    fn from_payload(_: &Juju, payload: &Payload) -> Result<Self, Error> {
        match payload {
            Payload::Secret { id, label, .. } => Ok(Self { id: id.clone(), label: label.clone() }),
            other => Err(other.mismatch("secret-changed")),
        }
    }
}

/// Stands for the declared secret in an event that may be about any own secret.
#[derive(Debug)]
pub enum AnySecret {}

macro_rules! own_secret_events {
    ($($(#[$doc:meta])* $name:ident($juju_name:literal) { $($(#[$field_doc:meta])* $field:ident: $type:ty),* };)*) => {$(
        $(#[$doc])*
        pub struct $name<S = AnySecret> {
            /// The secret's id.
            pub id: SecretId,
            /// The charm's label for it, if it gave one.
            pub label: Option<String>,
            $($(#[$field_doc])* pub $field: $type,)*
            juju: Juju,
            secret: PhantomData<fn() -> S>,
        }

        impl<S: 'static> Event for $name<S> {
            #[track_caller]
            fn from_payload(juju: &Juju, payload: &Payload) -> Result<Self, Error> {
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
                    juju: juju.clone(),
                    secret: PhantomData,
                })
            }
        }

        impl<S: DeclaredSecret> $name<S> {
            /// The secret; of those that are declared per relation, the one that the event is about.
            pub fn secret(&self) -> Secret<S> {
                // It was found by its label.
                let label = self.label.clone().unwrap_or_else(|| S::NAME.to_owned());
                Secret::labelled(&self.juju, label)
            }
        }

        // By hand: a derive would ask it of the secret's type too.
        impl<S> Clone for $name<S> {
            fn clone(&self) -> Self {
                Self {
                    id: self.id.clone(),
                    label: self.label.clone(),
                    $($field: self.$field.clone(),)*
                    juju: self.juju.clone(),
                    secret: PhantomData,
                }
            }
        }

        impl<S> fmt::Debug for $name<S> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))
                    .field("id", &self.id)
                    .field("label", &self.label)
                    $(.field(stringify!($field), &self.$field))*
                    .finish()
            }
        }
    )*};
}

own_secret_events! {
    /// `secret-rotate`: an own secret is to get a new revision. Juju asks again every five minutes until it has one.
    ///
    /// `#[on(secret_rotate = "admin")]` handles it for the declared secret `admin`, as `SecretRotate<secret::Admin>`;
    /// `#[on(secret_rotate)]` for every own secret.
    SecretRotate("secret-rotate") {};
    /// `secret-expired`: a revision of an own secret has expired and is to be removed. Juju asks again every five minutes
    /// until it is.
    ///
    /// While it is the newest, those who read the secret need a newer one first: `ensure` makes that. Once they have
    /// moved on, Juju sends secret-remove, and the framework removes the old one. If they are not to be waited for, a
    /// later secret-expired removes it ([`Secret::remove_revision`]); not the same one, since Juju doesn't take both in
    /// one dispatch.
    ///
    /// `#[on(secret_expired = "admin")]` handles it for one declared secret.
    ///
    /// ```
    /// # use charm_runtime::prelude::*;
    /// # #[derive(SecretContent)]
    /// # struct Credentials { password: SecretString }
    /// # impl Credentials { fn generate() -> Self { Self { password: "x".into() } } }
    /// # #[charm(metadata = "../doc.yaml", secret(admin, content = Credentials, owner = app, expire = days(90)))]
    /// # #[derive(Default)]
    /// # struct Webapp;
    /// # #[charm(metadata = "../doc.yaml")]
    /// # impl Webapp {
    /// #[on(secret_expired = "admin")]
    /// fn expired(&mut self, event: SecretExpired<secret::Admin>, leader: Option<Leader>) -> Result<()> {
    ///     let leader = leader.context("Juju asks the leader")?;
    ///     let admin = event.secret();
    ///     if admin.info()?.is_some_and(|info| info.revision > event.revision) {
    ///         admin.remove_revision(&leader, event.revision)?;
    ///     } else {
    ///         admin.ensure(&leader, &Credentials::generate())?;
    ///     }
    ///     Ok(())
    /// }
    /// #   #[on(action = "reset")]
    /// #   fn reset(&mut self) {}
    /// # }
    /// ```
    SecretExpired("secret-expired") {
        /// The revision.
        revision: u64
    };
    /// `secret-remove`: nobody tracks this revision of an own secret any more. It is removed when the handlers have run,
    /// if any, unless one says [`SecretRemove::keep`].
    ///
    /// `#[on(secret_remove = "admin")]` handles it for one declared secret. Juju may send it more than once.
    SecretRemove("secret-remove") {
        /// The revision.
        revision: u64
    };
}

impl<S> SecretRemove<S> {
    /// Lets the revision live on. Juju doesn't ask again.
    pub fn keep(&self) {
        self.juju.keep_secret_revision(&self.id, self.revision);
    }
}
