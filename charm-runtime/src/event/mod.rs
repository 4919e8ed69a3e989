//! The events that Juju sends, as types.
//!
//! A [`Payload`] is what the hook environment says of an event, as data: it is what the queue keeps. The typed
//! events around it carry the charm's own names as types, and the relation, storage or action that they are about.

pub(crate) mod action;
mod deferrable;
mod lifecycle;
mod payload;
mod relation;
mod secret;
mod storage;
mod workload;

pub use action::{Action, ActionName};
pub use deferrable::Deferrable;
pub use lifecycle::{
    CollectMetrics, ConfigChanged, Install, LeaderElected, LeaderSettingsChanged, MeterStatusChanged,
    PostSeriesUpgrade, PreSeriesUpgrade, Remove, Start, Stop, UpdateStatus, UpgradeCharm,
};
pub use payload::{Kind, Payload};
pub use relation::{
    Departing, RelationBroken, RelationChanged, RelationCreated, RelationDeparted, RelationJoined,
};
pub use secret::{AnySecret, SecretChanged, SecretExpired, SecretRemove, SecretRotate};
pub use storage::{StorageAttached, StorageDetaching};
pub use workload::{Container, PebbleCheckFailed, PebbleCheckRecovered, PebbleCustomNotice, PebbleReady};

use crate::error::Error;
use crate::juju::Juju;

/// An event as a handler's argument.
pub trait Event: Sized {
    /// The event from what the hook environment said.
    #[track_caller]
    fn from_payload(juju: &Juju, payload: &Payload) -> Result<Self, Error>;
}

/// Markers that stand for "the event" where it is not one event alone.
///
/// They are never made; they say which arguments and outcomes a handler may have.
pub mod marker {
    /// A method with `#[on(any)]`.
    #[derive(Debug)]
    pub enum Any {}
    /// A method with several `#[on(..)]`, all of events that can wait.
    #[derive(Debug)]
    pub enum Several {}
    /// A method with several `#[on(..)]`, at least one of an event that can't wait.
    #[derive(Debug)]
    pub enum SeveralOfWhichSomeCannotWait {}
    /// A method with several `#[on(action = "..")]` and no other.
    #[derive(Debug)]
    pub enum SeveralActions {}
    /// A method with `#[status]`.
    #[derive(Debug)]
    pub enum UnitStatus {}
    /// A method with `#[status(app)]`.
    #[derive(Debug)]
    pub enum AppStatus {}
}
