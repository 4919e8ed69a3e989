//! Which events can wait.

use super::marker::Several;
use super::{
    ConfigChanged, Install, LeaderElected, PebbleCheckFailed, PebbleCheckRecovered, PebbleCustomNotice,
    PebbleReady, RelationChanged, RelationCreated, RelationJoined, SecretChanged, Start, StorageAttached,
    UpdateStatus, UpgradeCharm,
};

/// An event that a handler can defer: it still means something later.
///
/// The others don't: what they tell of is gone by then, or Juju itself sends them again.
#[diagnostic::on_unimplemented(
    message = "this event can't be deferred",
    label = "`Outcome` is for events that can wait",
    note = "what goes away (relation-departed, relation-broken, storage-detaching, stop, remove) must be handled now, or is found gone by the next `#[on(any)]`",
    note = "secret-rotate and secret-expired come again by themselves until the secret has a new revision, or the old one is removed",
    note = "an action answers now: return `ActionFailed`, and the operator runs it again",
    note = "`#[on(any)]` runs in the next dispatch anyway: return `Ok(())`, or a `Halt` that shows what is missing",
    note = "a method with several `#[on(..)]` can defer only if all of its events can wait"
)]
pub trait Deferrable {}

impl Deferrable for Install {}
impl Deferrable for Start {}
impl Deferrable for ConfigChanged {}
impl Deferrable for UpdateStatus {}
impl Deferrable for UpgradeCharm {}
impl Deferrable for LeaderElected {}
impl<E> Deferrable for RelationCreated<E> {}
impl<E> Deferrable for RelationJoined<E> {}
impl<E> Deferrable for RelationChanged<E> {}
impl<S> Deferrable for StorageAttached<S> {}
impl Deferrable for SecretChanged {}
impl<C> Deferrable for PebbleReady<C> {}
impl<C> Deferrable for PebbleCustomNotice<C> {}
impl<C> Deferrable for PebbleCheckFailed<C> {}
impl<C> Deferrable for PebbleCheckRecovered<C> {}
impl Deferrable for Several {}
