//! Juju in memory.
//!
//! Pure and deterministic: no file, no clock, no thread, and where Juju's order is arbitrary the seed chooses. Whoever
//! runs hooks, in processes or in-process, asks [`Model::next`] what to run, answers its hook commands from
//! [`Model::view`], and reports its end to [`Model::finish`].
//!
//! It follows Juju 3.6 and 4, on machines and on Kubernetes. What it does not have yet: the contents of workload
//! containers, cross-model relations, and the hooks that Juju 4 removed, save those of metrics.

mod action;
mod alarm;
mod application;
mod arrange;
mod awake;
mod base64;
mod charm_state;
mod choice;
mod clock;
mod cloud;
mod commit;
mod config;
mod context;
mod databag;
mod endpoint;
mod error;
mod exec;
mod fact;
mod fire;
mod goal;
mod hook;
mod journal;
mod k8s_spec;
mod leader_settings;
mod leadership;
mod life;
mod log;
mod machine;
mod name;
mod network;
mod pairs;
mod payload;
mod pebble;
mod port;
mod quote;
mod random;
mod reboot;
mod relation;
mod relation_order;
mod removal;
mod resolve;
mod resolver;
mod resource;
mod restart;
mod retry;
mod secret;
mod status;
mod storage;
mod subordinate;
mod substrate;
mod suspension;
mod unit;
mod update_status;
mod upgrade;
mod version;
mod view;
mod visibility;
mod workload;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use action::REFUSED_COMMIT;
pub use action::{Action, ActionId, ActionResult, ActionStatus, Results};
pub use application::{Application, Charm};
pub(crate) use arrange::own_keys_removed;
pub(crate) use base64::{decode as decode_base64, encode as encode_base64};
pub use clock::Moment;
pub(crate) use clock::days_before;
pub use cloud::{CloudCredential, CloudSpec};
pub(crate) use config::parse_bool;
pub use context::HookContext;
pub use databag::{Databag, Writes};
pub use error::{ModelError, Refusal};
pub use exec::{Exec, ExecHook, ExecId};
pub use fact::Fact;
pub use goal::{GoalState, GoalStatus, Goals};
pub use hook::{
    Exit, Hook, RelationHook, RelationHookKind, SecretHook, SecretHookKind, StorageHook, StorageHookKind,
};
pub use journal::{Actor, Entry, Happening, Journal};
pub use k8s_spec::K8sSpecKind;
pub use life::Life;
pub use log::{Level, LogLine};
pub use machine::Machine;
pub use name::{InvalidUnitName, UnitName, is_application_name};
pub use network::{Address, BindAddress, Network};
pub use payload::{Payload, Payloads};
pub use pebble::{PebbleHook, PebbleHookKind};
pub use port::{OpenPorts, PortConflict, PortRange, Protocol};
pub(crate) use quote::quoted;
pub use reboot::Reboot;
pub use relation::{End, Relation, RelationId};
pub use retry::Failure;
pub use secret::{
    Consumer, Grant, Revision, RotatePolicy, Secret, SecretContent, SecretEdit, SecretId, SecretInfo,
    SecretOwner, Subject,
};
pub use status::{AgentStatus, Status, StatusKind};
pub(crate) use storage::parse_directives as parse_storage_directives;
pub use storage::{InvalidStorageId, Storage, StorageId};
pub use substrate::Substrate;
pub use unit::Unit;
pub use version::JujuVersion;
pub use view::View;

pub(crate) use random::Random;

/// A model: applications, their units and their relations.
///
/// It can be written down and read again, and then goes on as if it had not been. What is written holds the contents of
/// secrets: nobody else may read it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Model {
    name: String,
    uuid: String,
    version: JujuVersion,
    substrate: Substrate,
    cloud: CloudSpec,
    applications: BTreeMap<String, Application>,
    units: BTreeMap<UnitName, Unit>,
    machines: BTreeMap<u32, Machine>,
    relations: BTreeMap<RelationId, Relation>,
    #[serde(with = "pairs")]
    networks: BTreeMap<(UnitName, String), Network>,
    #[serde(with = "pairs")]
    relation_networks: BTreeMap<(UnitName, RelationId), Network>,
    secrets: BTreeMap<SecretId, Secret>,
    storages: BTreeMap<StorageId, Storage>,
    actions: BTreeMap<ActionId, Action>,
    execs: BTreeMap<ExecId, Exec>,
    next_relation: u32,
    next_machine: u32,
    next_storage: u32,
    /// Actions and runs of commands are numbered as one: Juju calls both tasks.
    last_task: u32,
    last_unit: u32,
    retries: u32,
    automatic_retries: bool,
    /// When leaders whose agents are lost lose their leadership.
    leases: alarm::Alarms<UnitName>,
    given_time: bool,
    update_status_interval: update_status::Interval,
    now: Moment,
    random: Random,
    awake: awake::Awake,
    log: Vec<LogLine>,
    /// Kept by the process that asked for it, and not written down with the model.
    #[serde(skip)]
    journal: Option<Box<Journal>>,
}

impl Model {
    /// An empty model. The same seed and the same charms make the same run.
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        Self {
            name: "local".to_owned(),
            uuid: random.uuid(),
            version: JujuVersion::default(),
            substrate: Substrate::default(),
            cloud: CloudSpec::local(),
            applications: BTreeMap::new(),
            units: BTreeMap::new(),
            machines: BTreeMap::new(),
            relations: BTreeMap::new(),
            networks: BTreeMap::new(),
            relation_networks: BTreeMap::new(),
            secrets: BTreeMap::new(),
            storages: BTreeMap::new(),
            actions: BTreeMap::new(),
            execs: BTreeMap::new(),
            next_relation: 0,
            next_machine: 0,
            next_storage: 0,
            last_task: 0,
            last_unit: 0,
            retries: 3,
            automatic_retries: true,
            leases: alarm::Alarms::default(),
            given_time: false,
            update_status_interval: update_status::Interval::default(),
            now: Moment::default(),
            random,
            awake: awake::Awake::default(),
            log: Vec::new(),
            journal: None,
        }
    }

    /// The name of the model: `local`, unless told otherwise.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Names the model.
    pub fn set_name(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    /// The UUID of the model, made from the seed.
    pub fn uuid(&self) -> &str {
        &self.uuid
    }

    /// The model's time.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// Writes a line to the log.
    pub fn log(&mut self, unit: &UnitName, level: Level, module: &str, message: impl Into<String>) {
        let line = LogLine { unit: unit.clone(), level, module: module.to_owned(), message: message.into() };
        self.note_line(&line);
        self.log.push(line);
    }

    /// Takes the lines that were logged since the last call.
    pub fn take_log(&mut self) -> Vec<LogLine> {
        std::mem::take(&mut self.log)
    }
}
