//! The events that a state can be run with: the same words as in `#[on(..)]`.
//!
//! ```
//! # use charm_runtime::prelude::*;
//! # #[charm(metadata_str = "{name: web, summary: A., description: A., requires: {db: {interface: pg}}}")]
//! # #[derive(Default)]
//! # pub struct Web {}
//! # #[charm(metadata_str = "{name: web, summary: A., description: A., requires: {db: {interface: pg}}}")]
//! # impl Web {
//! #     #[status]
//! #     fn status(&self) -> Status {
//! #         Status::active("")
//! #     }
//! # }
//! use charm_testing::{Relation, State, on};
//!
//! let state = State::<Web>::new().relation(Relation::<endpoint::Db>::new("postgresql").remote_units([0, 1]));
//! state.run(on::config_changed()).succeeded();
//! state.run(on::relation_changed::<endpoint::Db>()).succeeded();
//! state.run(on::relation_changed::<endpoint::Db>().unit(1)).succeeded();
//! ```

use std::marker::PhantomData;

use charm_runtime::Endpoint;
use charm_runtime::StorageName;
use charm_runtime::event::{ActionName, Container};
use serde::Serialize;
use serde_json::{Map, Value};

use super::secret::SecretName;
use super::stop_test;
use super::storage::StorageEvent;
use crate::model::{PebbleHook, PebbleHookKind, RelationHookKind, SecretHookKind, StorageHookKind};

/// An event that Juju sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Event(pub(super) What);

#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    Install,
    Start,
    Stop,
    Remove,
    ConfigChanged,
    UpdateStatus,
    LeaderElected,
    UpgradeCharm,
    CollectMetrics,
    MeterStatusChanged,
    Relation(RelationEvent),
    Secret(SecretEvent),
    Storage(StorageEvent),
    Pebble(PebbleHook),
    Action { name: &'static str, params: Map<String, Value> },
}

macro_rules! plain_events {
    ($($(#[$doc:meta])* $name:ident = $what:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name() -> Event {
            Event(What::$what)
        }
    )*};
}

plain_events! {
    /// `install`
    install = Install;
    /// `start`
    start = Start;
    /// `stop`: the unit goes.
    stop = Stop;
    /// `remove`: the unit's last hook.
    remove = Remove;
    /// `config-changed`
    config_changed = ConfigChanged;
    /// `update-status`
    update_status = UpdateStatus;
    /// `upgrade-charm`
    upgrade_charm = UpgradeCharm;
    /// `collect-metrics`, in Juju 3: hook commands are refused in it.
    collect_metrics = CollectMetrics;
    /// `meter-status-changed`, in Juju 3: hook commands are refused in it.
    meter_status_changed = MeterStatusChanged;
    /// `leader-elected`, for a unit that leads.
    leader_elected = LeaderElected;
}

/// An event of a relation.
///
/// It is about the one relation of its endpoint; where the state has several, [`of`](Self::of) says which.
#[derive(Debug, Clone, PartialEq)]
pub struct RelationEvent {
    pub(super) kind: RelationHookKind,
    pub(super) endpoint: &'static str,
    pub(super) relation: Option<u32>,
    pub(super) unit: Option<u32>,
    pub(super) this_unit_goes: bool,
}

impl RelationEvent {
    fn new<E: Endpoint>(kind: RelationHookKind) -> Self {
        Self { kind, endpoint: E::NAME, relation: None, unit: None, this_unit_goes: false }
    }

    /// The relation with this id.
    #[must_use]
    pub fn of(mut self, relation: u32) -> Self {
        self.relation = Some(relation);
        self
    }

    /// The remote unit with this number. A relation-joined and a relation-departed are about the one remote unit
    /// unless this names another; a relation-changed is about the remote application's data unless this names a unit;
    /// the others are about no unit.
    #[must_use]
    pub fn unit(mut self, number: u32) -> Self {
        self.unit = Some(number);
        self
    }

    /// Says that it is this very unit that goes (`juju remove-unit`): why a remote unit departs, or the relation
    /// breaks. Otherwise the remote unit goes, or the relation was removed.
    #[must_use]
    pub fn because_this_unit_goes(mut self) -> Self {
        self.this_unit_goes = true;
        self
    }
}

impl From<RelationEvent> for Event {
    fn from(event: RelationEvent) -> Self {
        Self(What::Relation(event))
    }
}

/// `relation-created`: no remote unit has joined yet, whatever units the state's relation has.
pub fn relation_created<E: Endpoint>() -> RelationEvent {
    RelationEvent::new::<E>(RelationHookKind::Created)
}

/// `relation-joined`, of the one remote unit or the one that [`unit`](RelationEvent::unit) names.
pub fn relation_joined<E: Endpoint>() -> RelationEvent {
    RelationEvent::new::<E>(RelationHookKind::Joined)
}

/// `relation-changed`: of the remote application's data, or of the unit that [`unit`](RelationEvent::unit) names.
pub fn relation_changed<E: Endpoint>() -> RelationEvent {
    RelationEvent::new::<E>(RelationHookKind::Changed)
}

/// `relation-departed`, of the one remote unit or the one that [`unit`](RelationEvent::unit) names. It is no member any
/// more and its databag can still be read; afterwards the state has it no more.
pub fn relation_departed<E: Endpoint>() -> RelationEvent {
    RelationEvent::new::<E>(RelationHookKind::Departed)
}

/// `relation-broken`: all remote units have departed, and what they wrote can still be read. Afterwards the state has
/// the relation no more. Peer relations never break.
pub fn relation_broken<E: Endpoint>() -> RelationEvent {
    const {
        assert!(
            !matches!(E::ROLE, charm_runtime::Role::Peers),
            "a peer relation goes with its application, and never breaks"
        );
    }
    RelationEvent::new::<E>(RelationHookKind::Broken)
}

/// An event of a secret.
#[derive(Debug, Clone, PartialEq)]
pub struct SecretEvent {
    pub(super) kind: SecretHookKind,
    pub(super) secret: SecretName,
    pub(super) revision: Option<u32>,
}

impl SecretEvent {
    fn new(kind: SecretHookKind, secret: impl Into<SecretName>) -> Self {
        Self { kind, secret: secret.into(), revision: None }
    }

    /// The revision that a secret-expired (otherwise of the latest) or a secret-remove (otherwise of the first that
    /// nobody tracks) is about.
    #[must_use]
    pub fn revision(mut self, revision: u32) -> Self {
        self.revision = Some(revision);
        self
    }
}

impl From<SecretEvent> for Event {
    fn from(event: SecretEvent) -> Self {
        Self(What::Secret(event))
    }
}

/// `secret-changed`, of a secret that the unit has read and does not own.
pub fn secret_changed(secret: impl Into<SecretName>) -> SecretEvent {
    SecretEvent::new(SecretHookKind::Changed, secret)
}

/// `secret-rotate`, of a secret that the unit manages.
pub fn secret_rotate(secret: impl Into<SecretName>) -> SecretEvent {
    SecretEvent::new(SecretHookKind::Rotate, secret)
}

/// `secret-expired`, of a secret that the unit manages.
pub fn secret_expired(secret: impl Into<SecretName>) -> SecretEvent {
    SecretEvent::new(SecretHookKind::Expired, secret)
}

/// `secret-remove`, of a secret that the unit manages: nobody tracks the revision any more.
pub fn secret_remove(secret: impl Into<SecretName>) -> SecretEvent {
    SecretEvent::new(SecretHookKind::Remove, secret)
}

/// `storage-attached`
pub fn storage_attached<S: StorageName>() -> StorageEvent {
    StorageEvent::new::<S>(StorageHookKind::Attached)
}

/// `storage-detaching`. Afterwards the state has the instance no more.
pub fn storage_detaching<S: StorageName>() -> StorageEvent {
    StorageEvent::new::<S>(StorageHookKind::Detaching)
}

fn pebble<C: Container>(kind: PebbleHookKind) -> Event {
    Event(What::Pebble(PebbleHook { container: C::NAME.to_owned(), kind }))
}

/// `pebble-ready`
pub fn pebble_ready<C: Container>() -> Event {
    pebble::<C>(PebbleHookKind::Ready)
}

/// `pebble-custom-notice`, of a notice with this key, such as `example.com/backup-done`.
pub fn pebble_custom_notice<C: Container>(key: &str) -> Event {
    let (id, kind) = ("1".to_owned(), "custom".to_owned());
    pebble::<C>(PebbleHookKind::CustomNotice { id, kind, key: key.to_owned() })
}

/// `pebble-check-failed`, of the check with this name.
pub fn pebble_check_failed<C: Container>(check: &str) -> Event {
    pebble::<C>(PebbleHookKind::CheckFailed { check: check.to_owned() })
}

/// `pebble-check-recovered`, of the check with this name.
pub fn pebble_check_recovered<C: Container>(check: &str) -> Event {
    pebble::<C>(PebbleHookKind::CheckRecovered { check: check.to_owned() })
}

/// A run of the action `A`.
pub struct ActionEvent<A> {
    params: Map<String, Value>,
    action: PhantomData<fn() -> A>,
}

/// A run of the action `A`. Parameters that are not given have their defaults.
pub fn action<A: ActionName>() -> ActionEvent<A> {
    ActionEvent { params: Map::new(), action: PhantomData }
}

impl<A: ActionName> ActionEvent<A> {
    /// The parameters that it was given.
    pub(crate) fn given(&self) -> &Map<String, Value> {
        &self.params
    }

    /// Gives it a parameter: a value, or `serde_json::json!({"host": "db"})` for an object.
    ///
    /// One that the action doesn't declare, or whose value isn't of its type or `enum`, is refused, as `juju run` does.
    /// What else its schema says (a `pattern`, a `minimum`) is not checked here.
    #[must_use]
    pub fn param(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// Gives it parameters, as the fields of a struct, the keys of a map or a `json!({..})`; each as [`param`](Self::param)
    /// does.
    ///
    /// # Panics
    ///
    /// Panics if it is nothing of that.
    #[must_use]
    #[track_caller]
    pub fn params(mut self, params: impl Serialize) -> Self {
        match serde_json::to_value(params) {
            Ok(Value::Object(params)) => self.params.extend(params),
            Ok(_) => stop_test("the parameters are no struct and no map: each has a name"),
            Err(error) => stop_test(&format!("the parameters can't be written as JSON: {error}")),
        }
        self
    }
}

impl<A: ActionName> From<ActionEvent<A>> for Event {
    fn from(event: ActionEvent<A>) -> Self {
        Self(What::Action { name: A::NAME, params: event.params })
    }
}

impl<A> Clone for ActionEvent<A> {
    fn clone(&self) -> Self {
        Self { params: self.params.clone(), action: PhantomData }
    }
}

impl<A> std::fmt::Debug for ActionEvent<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ActionEvent").field("params", &self.params).finish()
    }
}
