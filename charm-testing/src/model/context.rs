//! One run of a hook: what it is, what it has staged, what it has read.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use charm_meta::ConfigValue;

use super::action::RunningAction;
use super::databag::Writes;
use super::hook::Hook;
use super::k8s_spec::K8sSpecKind;
use super::name::UnitName;
use super::port::PortChanges;
use super::reboot::Reboot;
use super::relation::RelationId;
use super::secret::{SecretChanges, SecretId, SecretInfo};
use super::status::Status;
use super::storage::StorageId;

/// One run of a hook, from [`Model::next`](super::Model::next) to [`Model::finish`](super::Model::finish).
#[derive(Debug, Clone)]
#[must_use = "the unit runs nothing else until the context is handed to `Model::finish`"]
pub struct HookContext {
    pub(crate) unit: UnitName,
    pub(crate) hook: Hook,
    pub(crate) id: String,
    /// Whose it is among all that have had the unit's name; nobody's if the model has no such unit.
    pub(crate) serial: Option<u32>,
    // What the agent knew when the hook began, remembered when it has ended well.
    pub(crate) config_hash: u64,
    pub(crate) address: Option<Ipv4Addr>,
    pub(crate) charm_version: u64,

    pub(crate) unit_writes: BTreeMap<RelationId, Writes>,
    pub(crate) application_writes: BTreeMap<RelationId, Writes>,
    pub(crate) state_writes: BTreeMap<String, Option<String>>,
    pub(crate) ports: PortChanges,
    pub(crate) secret_changes: SecretChanges,
    /// How many more instances of each storage are wanted.
    pub(crate) storages: BTreeMap<String, u32>,
    pub(crate) k8s_spec: BTreeMap<K8sSpecKind, String>,
    pub(crate) reboot: Option<Reboot>,
    pub(crate) action: Option<RunningAction>,

    pub(crate) application_data: BTreeMap<(RelationId, String), BTreeMap<String, String>>,
    pub(crate) config: Option<BTreeMap<String, Option<ConfigValue>>>,
    pub(crate) secrets: BTreeMap<SecretId, SecretInfo>,
    pub(crate) storage_ids: Option<Vec<StorageId>>,
    pub(crate) status: Option<Status>,
    pub(crate) leader_settings: Option<BTreeMap<String, String>>,
    pub(crate) denied_leadership: bool,
}

impl HookContext {
    pub(crate) fn new(unit: UnitName, hook: Hook) -> Self {
        let action = matches!(hook, Hook::Action { .. }).then(RunningAction::default);
        Self {
            unit,
            hook,
            id: String::new(),
            serial: None,
            config_hash: 0,
            address: None,
            charm_version: 0,
            unit_writes: BTreeMap::new(),
            application_writes: BTreeMap::new(),
            state_writes: BTreeMap::new(),
            ports: PortChanges::default(),
            secret_changes: SecretChanges::default(),
            storages: BTreeMap::new(),
            k8s_spec: BTreeMap::new(),
            reboot: None,
            action,
            application_data: BTreeMap::new(),
            config: None,
            secrets: BTreeMap::new(),
            storage_ids: None,
            status: None,
            leader_settings: None,
            denied_leadership: false,
        }
    }

    /// Whose hook it is.
    pub fn unit(&self) -> &UnitName {
        &self.unit
    }

    /// The hook.
    pub fn hook(&self) -> &Hook {
        &self.hook
    }

    /// What `JUJU_CONTEXT_ID` says: `hello/0-install-` and 32 hexadecimal digits.
    pub fn id(&self) -> &str {
        &self.id
    }
}
