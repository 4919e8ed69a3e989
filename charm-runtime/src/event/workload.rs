//! Events of Pebble, in the workload's containers (Kubernetes).

use std::marker::PhantomData;

use super::{Event, Payload};
use crate::error::Error;
use crate::juju::Juju;

/// A container of the charm, as a type: `#[charm]` makes one for each that `charmcraft.yaml` declares.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a container",
    note = "the charm's containers are the types in the module `container` beside the struct with `#[charm]`"
)]
pub trait Container: 'static {
    /// The name in `charmcraft.yaml`.
    const NAME: &'static str;
}

/// `pebble-ready`: Pebble answers in the container. It comes again after every restart of the container or the agent.
#[derive(Debug, Clone)]
pub struct PebbleReady<C> {
    container: PhantomData<fn() -> C>,
}

impl<C: Container> Event for PebbleReady<C> {
    #[track_caller]
    fn from_payload(_: &Juju, payload: &Payload) -> Result<Self, Error> {
        match payload {
            Payload::Workload { .. } => Ok(Self { container: PhantomData }),
            other => Err(other.mismatch("pebble-ready")),
        }
    }
}

/// `pebble-custom-notice`: a notice of type `custom` occurred, the first time or again.
#[derive(Debug, Clone)]
pub struct PebbleCustomNotice<C> {
    /// The notice's id in its Pebble.
    pub id: String,
    /// Its type: `custom`.
    pub kind: String,
    /// Its key, such as `example.com/backup-done`.
    pub key: String,
    container: PhantomData<fn() -> C>,
}

impl<C: Container> Event for PebbleCustomNotice<C> {
    #[track_caller]
    fn from_payload(_: &Juju, payload: &Payload) -> Result<Self, Error> {
        match payload {
            Payload::Workload { notice: Some(notice), .. } => Ok(Self {
                id: notice.id.clone(),
                kind: notice.kind.clone(),
                key: notice.key.clone(),
                container: PhantomData,
            }),
            other => Err(other.mismatch("pebble-custom-notice")),
        }
    }
}

macro_rules! check_events {
    ($($(#[$doc:meta])* $name:ident($juju_name:literal);)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name<C> {
            /// The check's name in the plan.
            pub check: String,
            container: PhantomData<fn() -> C>,
        }

        impl<C: Container> Event for $name<C> {
            #[track_caller]
            fn from_payload(_: &Juju, payload: &Payload) -> Result<Self, Error> {
                match payload {
                    Payload::Workload { check: Some(check), .. } => {
                        Ok(Self { check: check.clone(), container: PhantomData })
                    }
                    other => Err(other.mismatch($juju_name)),
                }
            }
        }
    )*};
}

check_events! {
    /// `pebble-check-failed`: a check failed as often as its threshold says (Juju 3.6 and later).
    PebbleCheckFailed("pebble-check-failed");
    /// `pebble-check-recovered`: a check that had failed succeeds again (Juju 3.6 and later).
    PebbleCheckRecovered("pebble-check-recovered");
}
