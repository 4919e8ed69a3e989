//! One unit between two hooks, as plain data.

use std::collections::BTreeMap;

use charm_meta::ConfigValue;
use charm_runtime::Memory;

use super::relation::RelationState;
use super::status::ShownStatus;
use crate::model::{
    CloudSpec, JujuVersion, Network, OpenPorts, Secret, SecretId, Storage, StorageId, UnitName,
};

/// One unit between two hooks: all that Juju knows of it, and all that it remembers itself.
///
/// [`State`](super::State) makes one with the charm's own types; reading is plain field access. What a field holds that
/// Juju could not is refused when the state is run.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitState {
    /// Its name; the charm's name and `/0` unless the state says otherwise.
    pub name: UnitName,
    /// Whether it leads its application.
    pub leader: bool,
    /// The options that an operator has set. The others have their defaults.
    pub config: BTreeMap<String, ConfigValue>,
    /// The relations that it takes part in, by id: peer relations too, which exist as long as their application does.
    pub relations: BTreeMap<u32, RelationState>,
    /// The secrets that it owns, reads, or could read.
    pub secrets: BTreeMap<SecretId, Secret>,
    /// The unit's status.
    pub unit_status: ShownStatus,
    /// The application's status, where a leader has set one.
    pub app_status: Option<ShownStatus>,
    /// The version of the workload, as a unit last reported it.
    pub workload_version: String,
    /// The ports that it has opened.
    pub ports: OpenPorts,
    /// The storage instances that are attached to it.
    pub storages: BTreeMap<StorageId, Storage>,
    /// The resources that an operator has attached, by name: the paths at which they are found.
    pub resources: BTreeMap<String, String>,
    /// Endpoints and extra bindings with a network of their own.
    pub networks: BTreeMap<String, Network>,
    /// How many units the application is to have; as many as are known if nothing is said.
    pub planned_units: Option<u32>,
    /// The cloud, for an application that is trusted with it.
    pub cloud: Option<CloudSpec>,
    /// What `state-get` reads: Juju's own store for the unit, where the framework keeps what ties the unit's stored
    /// fields to Juju's transaction.
    pub charm_state: BTreeMap<String, String>,
    /// The Juju that its model has.
    pub juju: JujuVersion,
    /// What the unit remembers itself: stored fields, deferred events, dead letters.
    pub memory: Memory,
}

impl UnitState {
    pub(super) fn new(charm: &str) -> Self {
        Self {
            name: UnitName::new(charm, 0),
            leader: false,
            config: BTreeMap::new(),
            relations: BTreeMap::new(),
            secrets: BTreeMap::new(),
            unit_status: ShownStatus::default(),
            app_status: None,
            workload_version: String::new(),
            ports: OpenPorts::default(),
            storages: BTreeMap::new(),
            resources: BTreeMap::new(),
            networks: BTreeMap::new(),
            planned_units: None,
            cloud: None,
            charm_state: BTreeMap::new(),
            juju: JujuVersion::default(),
            memory: Memory::default(),
        }
    }

    /// The relations at `endpoint`, by id.
    pub fn relations_at<'s>(&'s self, endpoint: &'s str) -> impl Iterator<Item = (u32, &'s RelationState)> {
        let at = self.relations.iter().filter(move |(_, relation)| relation.endpoint == endpoint);
        at.map(|(id, relation)| (*id, relation))
    }
}
