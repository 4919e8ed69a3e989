//! What Juju makes a unit run.

use std::fmt;

use charm_meta::StorageKind;
use serde::{Deserialize, Serialize};

use super::action::ActionId;
use super::databag::Databag;
use super::exec::ExecHook;
use super::name::UnitName;
use super::pebble::PebbleHook;
use super::relation::{Relation, RelationId};
use super::secret::SecretId;
use super::storage::StorageId;

/// A hook or an action, with all that its environment says about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hook {
    /// The first hook of a unit.
    Install,
    /// The unit has become the leader.
    LeaderElected,
    /// The configuration may have changed. Also runs once before `start`.
    ConfigChanged,
    /// The unit is set up.
    Start,
    /// The charm has another revision, or a resource another file. config-changed follows.
    UpgradeCharm,
    /// Time has passed.
    UpdateStatus,
    /// The unit goes; its relations are gone already.
    Stop,
    /// The last hook of a unit.
    Remove,
    /// Something happened to a relation.
    Relation(RelationHook),
    /// Something happened to a secret.
    Secret(SecretHook),
    /// Numbers about the workload are collected (Juju 3). Hook commands can do next to nothing in it.
    CollectMetrics,
    /// The state of the metering has changed (Juju 3). Hook commands can do next to nothing in it.
    MeterStatusChanged,
    /// Something happened in a workload container.
    Pebble(PebbleHook),
    /// Something happened to a storage.
    Storage(StorageHook),
    /// An operator runs an action.
    Action {
        /// Which run of it.
        id: ActionId,
        /// The action's name in the charm.
        name: String,
    },
    /// An operator runs commands, by `juju exec`.
    Exec(ExecHook),
}

/// What happened to a relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationHook {
    /// The happening.
    pub kind: RelationHookKind,
    /// The relation.
    pub relation: RelationId,
    /// The unit's own end of it.
    pub endpoint: String,
    /// The application at the other end; the own one on a peer relation.
    pub remote_application: String,
    /// The unit it is about; none for created, broken and a change of application data.
    pub remote_unit: Option<UnitName>,
    /// For departed: who leaves, which is the unit itself if it is being removed.
    pub departing_unit: Option<UnitName>,
    /// The version of the databag that this hook tells of, remembered when the hook has ended well.
    pub(crate) version: u64,
}

impl RelationHook {
    /// A relation-changed as Juju would run it, whatever is due: of a unit's data, or of the application's.
    pub fn changed(relation: &Relation, endpoint: &str, application: &str, unit: Option<UnitName>) -> Self {
        let version = match &unit {
            Some(unit) => relation.units.get(unit),
            None => relation.applications.get(application),
        };
        Self {
            kind: RelationHookKind::Changed,
            relation: relation.id,
            endpoint: endpoint.to_owned(),
            remote_application: application.to_owned(),
            remote_unit: unit,
            departing_unit: None,
            version: version.map_or(0, Databag::version),
        }
    }

    /// The relation as the environment and the log name it: `db:7`.
    pub fn relation_key(&self) -> String {
        format!("{}:{}", self.endpoint, self.relation)
    }
}

/// The five relation hooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RelationHookKind {
    /// The relation exists.
    Created,
    /// A remote unit takes part.
    Joined,
    /// A remote databag differs from what was last told.
    Changed,
    /// A remote unit takes part no more.
    Departed,
    /// The relation is gone for this unit.
    Broken,
}

impl fmt::Display for RelationHookKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Created => "created",
            Self::Joined => "joined",
            Self::Changed => "changed",
            Self::Departed => "departed",
            Self::Broken => "broken",
        })
    }
}

/// What happened to a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretHook {
    /// The happening.
    pub kind: SecretHookKind,
    /// The secret.
    pub secret: SecretId,
    /// The unit's name for it; empty if it has none.
    pub label: String,
    /// For expired and remove: the revision.
    pub revision: Option<u32>,
    /// The latest revision when the hook became due, remembered when it has ended well.
    pub(crate) latest: u32,
}

/// The four secret hooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecretHookKind {
    /// A secret that the unit has read has a new revision.
    Changed,
    /// An own secret is to get a new revision.
    Rotate,
    /// A revision of an own secret has expired.
    Expired,
    /// Nobody tracks a revision of an own secret any more: it can be removed.
    Remove,
}

impl SecretHook {
    /// A hook as Juju would run it for `secret`, whatever is due. `revision` is for expired and remove.
    pub fn new(kind: SecretHookKind, secret: SecretId, label: &str, revision: Option<u32>) -> Self {
        Self { kind, secret, label: label.to_owned(), revision, latest: 0 }
    }
}

impl fmt::Display for SecretHookKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Changed => "changed",
            Self::Rotate => "rotate",
            Self::Expired => "expired",
            Self::Remove => "remove",
        })
    }
}

/// What happened to a storage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StorageHook {
    /// The happening.
    pub kind: StorageHookKind,
    /// The instance.
    pub storage: StorageId,
    /// What it is.
    pub storage_kind: StorageKind,
    /// Where the unit finds it.
    pub location: String,
}

/// The two storage hooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StorageHookKind {
    /// It is there.
    Attached,
    /// It is about to be taken away.
    Detaching,
}

impl fmt::Display for StorageHookKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Attached => "attached",
            Self::Detaching => "detaching",
        })
    }
}

impl Hook {
    /// The name of the hook or of the action: `config-changed`, `db-relation-joined`.
    pub fn name(&self) -> String {
        match self {
            Self::Install => "install".to_owned(),
            Self::LeaderElected => "leader-elected".to_owned(),
            Self::ConfigChanged => "config-changed".to_owned(),
            Self::Start => "start".to_owned(),
            Self::UpgradeCharm => "upgrade-charm".to_owned(),
            Self::UpdateStatus => "update-status".to_owned(),
            Self::CollectMetrics => "collect-metrics".to_owned(),
            Self::MeterStatusChanged => "meter-status-changed".to_owned(),
            Self::Stop => "stop".to_owned(),
            Self::Remove => "remove".to_owned(),
            Self::Relation(hook) => format!("{}-relation-{}", hook.endpoint, hook.kind),
            Self::Secret(hook) => format!("secret-{}", hook.kind),
            Self::Pebble(hook) => format!("{}-pebble-{}", hook.container, hook.kind),
            Self::Storage(hook) => format!("{}-storage-{}", hook.storage.name(), hook.kind),
            Self::Action { name, .. } => name.clone(),
            Self::Exec(_) => "run-commands".to_owned(),
        }
    }

    /// Where a charm without `dispatch` has the script for it, and what `JUJU_DISPATCH_PATH` says. Means nothing for
    /// [`Exec`](Self::Exec), which runs no part of the charm.
    pub fn dispatch_path(&self) -> String {
        let folder = if matches!(self, Self::Action { .. }) { "actions" } else { "hooks" };
        format!("{folder}/{}", self.name())
    }

    /// Whether it runs in what Juju calls a restricted context: apart from `juju-log` no hook command works.
    pub fn is_restricted(&self) -> bool {
        matches!(self, Self::CollectMetrics | Self::MeterStatusChanged)
    }

    /// Whether it is a hook in the narrow sense: its failure puts the unit into error, other than that of an action or of
    /// commands, which run beside what the unit is at.
    pub(crate) fn is_of_lifecycle(&self) -> bool {
        !matches!(self, Self::Action { .. } | Self::Exec(_))
    }

    /// The relation it is about, if it is a relation hook, or commands that were given one.
    pub fn relation(&self) -> Option<&RelationHook> {
        match self {
            Self::Relation(hook) => Some(hook),
            Self::Exec(exec) => exec.relation.as_ref(),
            _ => None,
        }
    }
}

/// How running a hook ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exit {
    /// The process exited with this code.
    Code(i32),
    /// A signal ended the process.
    Signal(i32),
    /// The charm has neither `dispatch` nor a script of that name. For a hook that is success.
    Missing,
    /// It could not be run, or not to its end.
    Failed(String),
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "exit status {code}"),
            Self::Signal(signal) => write!(f, "signal: {signal}"),
            Self::Missing => f.write_str("not implemented by the charm"),
            Self::Failed(why) => f.write_str(why),
        }
    }
}
