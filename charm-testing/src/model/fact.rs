//! What there is to see of a model, as single facts: what an operator could look up, and never what a secret holds.

use std::collections::BTreeMap;

use super::Model;
use super::action::{ActionId, ActionStatus};
use super::life::Life;
use super::name::UnitName;
use super::port::PortRange;
use super::relation::RelationId;
use super::secret::{SecretId, SecretOwner, Subject};
use super::storage::{Storage, StorageId};

/// Something that can be true of a model. Its value is a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// There is an application. Its value is the name of its charm; `dying` follows once it is being removed.
    Application(String),
    /// How often the charm of an application has been refreshed, or one of its resources.
    CharmRevision(String),
    /// There is a relation. Its value names its ends, the provider first; `dying` follows.
    Relation(RelationId),
    /// An option of an application has been set, to this value.
    Option(String, String),
    /// There is a unit. Its value is empty, or `dying`.
    Unit(UnitName),
    /// Who leads an application.
    Leader(String),
    /// The status of a unit as it is shown: a word and maybe a message.
    UnitStatus(UnitName),
    /// The status that the leader set for its application.
    ApplicationStatus(String),
    /// The version of an application's workload.
    WorkloadVersion(String),
    /// A key in the databag of a unit.
    UnitData(RelationId, UnitName, String),
    /// A key in the databag of an application.
    ApplicationData(RelationId, String, String),
    /// A unit has opened a port. Its value names the endpoints, or is empty for all.
    Port(UnitName, PortRange),
    /// There is a secret. Its value names its owner, and its label if there is one.
    Secret(SecretId),
    /// A secret has a revision.
    SecretRevision(SecretId, u32),
    /// Somebody may read a secret.
    Grant(SecretId, Subject),
    /// There is a storage instance. Its value tells its unit and where it is.
    Storage(StorageId),
    /// There is a run of an action. Its value is the unit, the action, and how far it has come.
    Action(ActionId),
}

fn with_life(text: &str, life: Life) -> String {
    let dying = if life == Life::Dying { " dying" } else { "" };
    format!("{text}{dying}").trim_start().to_owned()
}

/// A word and, if there is one, a message.
fn said(word: &str, message: &str) -> String {
    format!("{word} {message}").trim_end().to_owned()
}

impl Model {
    /// All that there is to see.
    pub(super) fn facts(&self) -> BTreeMap<Fact, String> {
        let mut facts = BTreeMap::new();
        self.facts_of_applications(&mut facts);
        self.facts_of_units(&mut facts);
        self.facts_of_relations(&mut facts);
        self.facts_of_secrets(&mut facts);
        for storage in self.storages.values() {
            let Storage { id, unit, location, life, .. } = storage;
            let place = location.as_deref().unwrap_or("pending");
            facts.insert(Fact::Storage(id.clone()), with_life(&format!("{unit} {place}"), *life));
        }
        for action in self.actions.values() {
            let status = match action.status {
                ActionStatus::Pending => "pending",
                ActionStatus::Running => "running",
                ActionStatus::Completed => "completed",
                ActionStatus::Failed => "failed",
                ActionStatus::Cancelled => "cancelled",
                ActionStatus::Aborting => "aborting",
                ActionStatus::Aborted => "aborted",
            };
            facts.insert(Fact::Action(action.id), format!("{} {} {status}", action.unit, action.name));
        }
        facts
    }

    fn facts_of_applications(&self, facts: &mut BTreeMap<Fact, String>) {
        for application in self.applications.values() {
            let name = &application.name;
            let charm = with_life(&application.charm.metadata.name, application.life);
            facts.insert(Fact::Application(name.clone()), charm);
            facts.insert(Fact::CharmRevision(name.clone()), application.charm_version.to_string());
            for (key, value) in &application.config {
                facts.insert(Fact::Option(name.clone(), key.clone()), value.to_string());
            }
            if let Some(leader) = &application.leader {
                facts.insert(Fact::Leader(name.clone()), leader.to_string());
            }
            if let Some(status) = &application.status {
                let status = said(status.kind.as_str(), &status.message);
                facts.insert(Fact::ApplicationStatus(name.clone()), status);
            }
            if !application.version.is_empty() {
                facts.insert(Fact::WorkloadVersion(name.clone()), application.version.clone());
            }
        }
    }

    fn facts_of_units(&self, facts: &mut BTreeMap<Fact, String>) {
        for unit in self.units.values() {
            let name = &unit.name;
            let (kind, message) = unit.shown_status();
            facts.insert(Fact::Unit(name.clone()), with_life("", unit.life));
            facts.insert(Fact::UnitStatus(name.clone()), said(kind.as_str(), &message));
            for (range, endpoints) in unit.ports.iter() {
                let endpoints: Vec<&str> = endpoints.iter().map(String::as_str).collect();
                facts.insert(Fact::Port(name.clone(), range), endpoints.join(", "));
            }
        }
    }

    fn facts_of_relations(&self, facts: &mut BTreeMap<Fact, String>) {
        for (id, relation) in &self.relations {
            let ends: Vec<String> = relation.ends().map(ToString::to_string).collect();
            facts.insert(Fact::Relation(*id), with_life(&ends.join(" "), relation.life));
            for (unit, bag) in &relation.units {
                for (key, value) in bag.content() {
                    facts.insert(Fact::UnitData(*id, unit.clone(), key.clone()), value.clone());
                }
            }
            for (application, bag) in &relation.applications {
                for (key, value) in bag.content() {
                    let fact = Fact::ApplicationData(*id, application.clone(), key.clone());
                    facts.insert(fact, value.clone());
                }
            }
        }
    }

    fn facts_of_secrets(&self, facts: &mut BTreeMap<Fact, String>) {
        for (id, secret) in &self.secrets {
            let owner = match &secret.owner {
                SecretOwner::Application(name) => name.clone(),
                SecretOwner::Unit(unit) => unit.to_string(),
                SecretOwner::Model => "the operator".to_owned(),
            };
            let label = if secret.label.is_empty() { String::new() } else { format!(" {:?}", secret.label) };
            facts.insert(Fact::Secret(id.clone()), format!("{owner}{label}"));
            for revision in secret.revisions.keys() {
                facts.insert(Fact::SecretRevision(id.clone(), *revision), String::new());
            }
            for grant in &secret.grants {
                let relation = grant.relation.map_or_else(String::new, |id| format!("relation {id}"));
                facts.insert(Fact::Grant(id.clone(), grant.subject.clone()), relation);
            }
        }
    }
}
