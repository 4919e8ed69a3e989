//! Applications: a charm deployed under a name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use charm_meta::{ConfigValue, Metadata, Role};
use serde::{Deserialize, Serialize};

use super::error::ModelError;
use super::k8s_spec::K8sSpecKind;
use super::leader_settings::LeaderSettings;
use super::life::Life;
use super::name::{UnitName, is_application_name};
use super::relation::{End, Relation, RelationId};
use super::secret::SecretId;
use super::status::{self, Status};
use super::{Model, View};

/// A charm as the model knows it: what its metadata says. Its files are the business of who runs its hooks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Charm {
    /// Its `charmcraft.yaml`, which the models of many tests share.
    pub metadata: Arc<Metadata>,
}

impl From<Metadata> for Charm {
    fn from(metadata: Metadata) -> Self {
        Self { metadata: Arc::new(metadata) }
    }
}

impl From<Arc<Metadata>> for Charm {
    fn from(metadata: Arc<Metadata>) -> Self {
        Self { metadata }
    }
}

/// An application.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Application {
    /// Its name, not necessarily its charm's.
    pub name: String,
    /// Its charm.
    pub charm: Charm,
    /// Dying once it has been removed and until its last unit is gone.
    pub life: Life,
    /// The version of the workload, as a unit last reported it.
    pub version: String,
    pub(crate) next_unit: u32,
    pub(crate) config: BTreeMap<String, ConfigValue>,
    /// Says whether two configurations are the same one, so that going back and forth is no change.
    pub(crate) config_hash: u64,
    /// Counts the revisions of the charm.
    pub(crate) charm_revision: u64,
    /// Counts the revisions of the charm and of its resources.
    pub(crate) charm_version: u64,
    /// Whether units in error upgrade too.
    pub(crate) forced: bool,
    /// The earlier revisions that units still run.
    pub(crate) charms: BTreeMap<u64, Charm>,
    pub(crate) resources: BTreeMap<String, String>,
    /// Whether it may know how to use the cloud.
    pub(crate) trusted: bool,
    pub(crate) leader: Option<UnitName>,
    pub(crate) status: Option<Status>,
    pub(crate) leader_settings: LeaderSettings,
    pub(crate) k8s_spec: BTreeMap<K8sSpecKind, String>,
    pub(crate) relations: BTreeSet<RelationId>,
    /// The secrets that it or a unit of it owns or has read.
    pub(crate) secrets: BTreeSet<SecretId>,
}

impl Application {
    /// Refuses what can't be asked of an application that goes.
    pub(crate) fn check_alive(&self) -> Result<(), ModelError> {
        let name = &self.name;
        match self.life {
            Life::Alive => Ok(()),
            Life::Dying => Err(ModelError::new(format!(
                "application {name:?} is being removed: wait until it is gone, and deploy it again"
            ))),
        }
    }
}

impl Model {
    /// Deploys `charm` as `name`, with as many units. Its peer relations come with it. A subordinate charm takes 0 units:
    /// each unit of a principal brings one when it enters their relation.
    pub fn deploy(&mut self, name: &str, charm: impl Into<Charm>, units: u32) -> Result<(), ModelError> {
        let charm = charm.into();
        if !is_application_name(name) {
            return Err(ModelError::new(format!(
                "invalid application name {name:?}: use lower-case letters, digits and hyphens, starting with a letter, \
                 and a letter in each part after a hyphen"
            )));
        }
        if self.applications.contains_key(name) {
            return Err(ModelError::new(format!(
                "application {name:?} already exists: deploy it under another name"
            )));
        }
        let peers = charm.metadata.endpoints.iter().filter(|(_, endpoint)| endpoint.role == Role::Peers);
        let peers: Vec<(String, String)> =
            peers.map(|(name, endpoint)| (name.clone(), endpoint.interface.clone())).collect();
        let application = Application {
            name: name.to_owned(),
            charm,
            life: Life::Alive,
            version: String::new(),
            next_unit: 0,
            config: BTreeMap::new(),
            config_hash: 0,
            charm_revision: 0,
            charm_version: 0,
            forced: false,
            charms: BTreeMap::new(),
            resources: BTreeMap::new(),
            trusted: false,
            leader: None,
            status: None,
            leader_settings: LeaderSettings::default(),
            k8s_spec: BTreeMap::new(),
            relations: BTreeSet::new(),
            secrets: BTreeSet::new(),
        };
        application.check_takes_units(units)?;
        self.applications.insert(name.to_owned(), application);
        for (endpoint, interface) in peers {
            let id = self.new_relation_id();
            let end = End { application: name.to_owned(), endpoint };
            self.put_relation(Relation::new(id, interface, end, None));
        }
        self.hash_config(name);
        self.add_units(name, units)
    }

    /// Adds units to an application, each on a machine of its own. Not to a subordinate, nor to one that goes.
    pub fn add_units(&mut self, application: &str, count: u32) -> Result<(), ModelError> {
        let known = self.applications.get_mut(application).ok_or_else(|| unknown_application(application))?;
        known.check_takes_units(count)?;
        known.check_alive()?;
        let first = known.next_unit;
        known.next_unit += count;
        for number in first..first + count {
            let name = UnitName::new(application, number);
            let unit = self.unit_on_new_machine(&name);
            self.units.insert(name.clone(), unit);
            self.add_first_storages(&name, &|_| true);
            self.find_containers(&name);
            self.wake(&name);
        }
        self.elect_leader(application);
        Ok(())
    }

    /// An application by its name.
    pub fn application(&self, name: &str) -> Option<&Application> {
        self.applications.get(name)
    }

    /// All applications, by name.
    pub fn applications(&self) -> impl Iterator<Item = &Application> {
        self.applications.values()
    }

    /// The status of an application: its leader's word, or else the gravest of its units'.
    pub fn application_status(&self, name: &str) -> Status {
        let set = self.applications.get(name).and_then(|application| application.status.as_ref());
        status::of_application(set, self.units_of(name).map(|unit| &unit.workload), self.now())
    }

    pub(crate) fn new_relation_id(&mut self) -> RelationId {
        let id = RelationId(self.next_relation);
        self.next_relation += 1;
        id
    }
}

impl View<'_> {
    /// Reports the version of the workload, at once.
    pub fn set_workload_version(&mut self, version: &str) {
        version.clone_into(&mut self.application_mut().version);
    }
}

pub(crate) fn unknown_application(name: &str) -> ModelError {
    ModelError::new(format!("application {name:?} not found: deploy it first"))
}
