//! Units, and what their agents remember.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::Model;
use super::action::ActionId;
use super::clock::Moment;
use super::exec::ExecId;
use super::hook::Hook;
use super::life::Life;
use super::name::UnitName;
use super::payload::Payloads;
use super::port::{OpenPorts, PortRange};
use super::relation::{LocalRelation, RelationId};
use super::resolve::Resolved;
use super::retry::Failure;
use super::secret::SecretId;
use super::status::{AgentStatus, Status, StatusKind};
use super::storage::StorageId;
use super::visibility::RemoteUnits;
use super::workload::Workload;

/// The last of the hooks that come once in a unit's life and have run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Stage {
    New,
    Installed,
    Started,
    Stopped,
    Removed,
}

/// A unit of an application.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that a unit's agent remembers")]
pub struct Unit {
    /// Its name.
    pub name: UnitName,
    /// Tells it from one of the same name that was in the model before it.
    pub(crate) serial: u32,
    /// Dying once it has been removed.
    pub life: Life,
    /// The unit whose subordinate it is, if it is one.
    pub principal: Option<UnitName>,
    /// The machine it is on, by itself or with its principal and that unit's other subordinates.
    pub machine: u32,
    /// Its only address, which is its machine's.
    pub address: Ipv4Addr,
    /// What its charm says.
    pub workload: Status,
    /// What its agent does.
    pub agent: AgentStatus,
    /// The hook that failed, until it has been retried with success.
    pub failure: Option<Failure>,
    pub(crate) resolved: Option<Resolved>,
    /// The action or the commands that it runs.
    pub(crate) task: Option<Hook>,
    /// Whether what it runs leaves its machine to others: an action that may run beside them.
    pub(crate) runs_without_lock: bool,
    pub(crate) stage: Stage,
    /// Whether it is to be asked for its next hook.
    pub(crate) is_awake: bool,
    /// Whether its agent has taken notice of the leadership, so that leader-elected runs once for it.
    pub(crate) knows_it_leads: bool,
    /// Whether the charm has ever set a status, since Juju then sets none of its own around start.
    pub(crate) status_set: bool,
    pub(crate) queued: Option<Hook>,
    /// The configuration and the address that the last config-changed told of.
    pub(crate) told_config: Option<u64>,
    pub(crate) told_address: Option<Ipv4Addr>,
    /// None before its first hook: its agent has fetched no charm yet.
    pub(crate) charm_revision: Option<u64>,
    pub(crate) charm_version: u64,
    /// Whether its machine has rebooted and start is to tell it.
    pub(crate) rebooted: bool,
    /// Whether its pod is to be replaced.
    pub(crate) shutting_down: bool,
    pub(crate) pods: u32,
    /// An operator wants an update-status, or it is time for one.
    pub(crate) update_status_due: bool,
    pub(crate) relations: BTreeMap<RelationId, LocalRelation>,
    #[serde(with = "super::pairs")]
    pub(crate) remote_units: RemoteUnits,
    pub(crate) storages: BTreeSet<StorageId>,
    pub(crate) actions: VecDeque<ActionId>,
    pub(crate) execs: VecDeque<ExecId>,
    pub(crate) workload_events: Workload,
    pub(crate) charm_state: BTreeMap<String, String>,
    pub(crate) ports: OpenPorts,
    pub(crate) payloads: Payloads,
    /// The secrets that it owns or has read.
    pub(crate) secrets: BTreeSet<SecretId>,
    /// The revisions whose secret-remove has been run: once each is enough.
    pub(crate) obsolete_secrets: BTreeMap<SecretId, BTreeSet<u32>>,
    /// Why its next commit is to be refused, if it is.
    pub(crate) refuse_commit: Option<String>,
}

impl Unit {
    /// Whether a hook or an action of it has begun and isn't finished.
    pub(crate) fn is_running(&self) -> bool {
        self.agent == AgentStatus::Executing
    }

    pub(crate) fn new(name: UnitName, serial: u32, machine: u32, address: Ipv4Addr, now: Moment) -> Self {
        Self {
            name,
            serial,
            life: Life::Alive,
            principal: None,
            machine,
            address,
            workload: Status::new(StatusKind::Waiting, "waiting for machine", now),
            agent: AgentStatus::Allocating,
            failure: None,
            resolved: None,
            task: None,
            runs_without_lock: false,
            stage: Stage::New,
            is_awake: false,
            knows_it_leads: false,
            status_set: false,
            queued: None,
            told_config: None,
            told_address: None,
            charm_revision: None,
            charm_version: 0,
            rebooted: false,
            shutting_down: false,
            pods: 0,
            update_status_due: false,
            relations: BTreeMap::new(),
            remote_units: BTreeMap::new(),
            storages: BTreeSet::new(),
            actions: VecDeque::new(),
            execs: VecDeque::new(),
            workload_events: Workload::default(),
            charm_state: BTreeMap::new(),
            ports: OpenPorts::default(),
            payloads: Payloads::new(),
            secrets: BTreeSet::new(),
            obsolete_secrets: BTreeMap::new(),
            refuse_commit: None,
        }
    }

    /// Whether its agent is past install and free for what happens next: no hook of it is queued or failed.
    pub(crate) fn is_between_hooks(&self) -> bool {
        self.stage > Stage::New && self.queued.is_none() && self.failure.is_none()
    }

    /// How often its pod has been replaced, on Kubernetes: what lay on the disk of an old one is gone.
    pub fn replaced_pods(&self) -> u32 {
        self.pods
    }

    /// The status that `juju status` shows: a failed hook hides what the charm said, and so does a lost agent.
    pub fn shown_status(&self) -> (StatusKind, String) {
        if self.agent == AgentStatus::Lost {
            let name = &self.name;
            return (StatusKind::Unknown, format!("agent lost, see 'juju show-status-log {name}'"));
        }
        match &self.failure {
            Some(failure) => (StatusKind::Error, format!("hook failed: {:?}", failure.hook.name())),
            None => (self.workload.kind, self.workload.message.clone()),
        }
    }

    /// What `state-get` reads.
    pub fn charm_state(&self) -> &BTreeMap<String, String> {
        &self.charm_state
    }

    /// The ports it has opened.
    pub fn ports(&self) -> impl Iterator<Item = &PortRange> {
        self.ports.ranges()
    }

    /// The ports it has opened, with the endpoints they are for.
    pub fn open_ports(&self) -> &OpenPorts {
        &self.ports
    }
}

impl Model {
    /// A unit by its name.
    pub fn unit(&self, name: &UnitName) -> Option<&Unit> {
        self.units.get(name)
    }

    /// All units, by application and number.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// The units of `application`, by number.
    pub fn units_of<'m>(&'m self, application: &str) -> impl Iterator<Item = &'m Unit> + use<'m> {
        self.units.range(UnitName::all_of(application)).map(|(_, unit)| unit)
    }
}
