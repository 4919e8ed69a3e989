//! Secrets: content that its owner hands to those it grants.
//!
//! An owner makes revisions; a consumer reads the one it tracks, the latest at its first reading, until it asks for a
//! later one. What a hook does to its own secrets is staged in [`change`] and published by [`commit`]; what it does as
//! a consumer counts at once.

mod access;
mod change;
mod commit;
mod content;
mod event;
mod id;
mod rotation;
mod view;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use change::SecretChanges;
pub use change::SecretEdit;
pub use content::SecretContent;
pub use id::SecretId;
pub use rotation::RotatePolicy;
pub use view::SecretInfo;

use super::Model;
use super::clock::Moment;
use super::error::ModelError;
use super::name::UnitName;
use super::relation::RelationId;

/// Whose a secret is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SecretOwner {
    /// An application's: its leader manages it, all its units read it.
    Application(String),
    /// One unit's.
    Unit(UnitName),
    /// The operator's (`juju add-secret`).
    Model,
}

impl SecretOwner {
    /// The word that `secret-info-get` has for it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Application(_) => "application",
            Self::Unit(_) => "unit",
            Self::Model => "model",
        }
    }
}

/// Who may read a secret.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Subject {
    /// All units of an application.
    Application(String),
    /// One unit.
    Unit(UnitName),
}

impl Subject {
    /// The name of the application.
    pub fn application(&self) -> &str {
        match self {
            Self::Application(name) => name,
            Self::Unit(unit) => unit.application(),
        }
    }

    /// The name as Juju's agents carry it: `application-web`, `unit-web-0`.
    pub(crate) fn tag(&self) -> String {
        match self {
            Self::Application(name) => format!("application-{name}"),
            Self::Unit(unit) => unit.tag(),
        }
    }
}

/// One permission to read a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Who may read it.
    pub subject: Subject,
    /// The relation with which the permission ends; none for a secret of the operator.
    pub relation: Option<RelationId>,
}

/// One revision of a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// What it holds.
    pub content: SecretContent,
    /// When it expires.
    pub expires: Option<Moment>,
    /// When its expiry is told, or told again.
    pub(crate) expiry_due: Option<Moment>,
}

impl Revision {
    /// A revision with that content and expiry.
    pub fn new(content: SecretContent, expires: Option<Moment>) -> Self {
        Self { content, expires, expiry_due: expires }
    }
}

/// What a unit that has read a secret keeps with Juju.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consumer {
    /// Its own name for the secret; empty if it gave none.
    pub label: String,
    /// The revision that it reads.
    pub tracked: u32,
    /// The latest revision that it has been told of.
    pub(crate) told: u32,
}

impl Consumer {
    /// A consumer that has read `revision` and been told of no later one.
    pub fn new(label: &str, revision: u32) -> Self {
        Self { label: label.to_owned(), tracked: revision, told: revision }
    }
}

/// A secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret {
    /// Its id.
    pub id: SecretId,
    /// Whose it is.
    pub owner: SecretOwner,
    /// Its owner's name for it; empty if there is none.
    pub label: String,
    /// For people.
    pub description: String,
    /// How often it is to be rotated, if that was ever said.
    pub rotate: Option<RotatePolicy>,
    /// When its rotation is due.
    pub rotates: Option<Moment>,
    /// The number of its latest revision, also if that has been removed.
    pub latest: u32,
    /// Its revisions, by number.
    pub revisions: BTreeMap<u32, Revision>,
    /// Who else may read it.
    pub grants: Vec<Grant>,
    /// Who has read it.
    pub consumers: BTreeMap<UnitName, Consumer>,
}

impl Secret {
    /// A secret with one revision.
    pub fn new(id: SecretId, owner: SecretOwner, content: SecretContent) -> Self {
        Self {
            id,
            owner,
            label: String::new(),
            description: String::new(),
            rotate: None,
            rotates: None,
            latest: 1,
            revisions: BTreeMap::from([(1, Revision::new(content, None))]),
            grants: Vec::new(),
            consumers: BTreeMap::new(),
        }
    }

    /// The applications that it concerns: its owner's, and its readers'.
    pub(crate) fn applications(&self) -> impl Iterator<Item = &str> {
        let owner = match &self.owner {
            SecretOwner::Application(name) => Some(name.as_str()),
            SecretOwner::Unit(unit) => Some(unit.application()),
            SecretOwner::Model => None,
        };
        owner.into_iter().chain(self.consumers.keys().map(UnitName::application))
    }

    /// When the latest revision expires.
    pub fn expires(&self) -> Option<Moment> {
        self.revisions.get(&self.latest)?.expires
    }

    /// The revisions that nobody tracks and that aren't the latest: their owner may remove them.
    pub fn obsolete(&self) -> impl Iterator<Item = u32> {
        let tracked = |revision: &u32| self.consumers.values().any(|consumer| consumer.tracked == *revision);
        self.revisions.keys().copied().filter(move |revision| *revision != self.latest && !tracked(revision))
    }

    /// Adds a revision unless the latest holds the same: Juju compares checksums and then makes none.
    pub(crate) fn revise(&mut self, content: &SecretContent, expires: Option<Moment>) {
        if self.revisions.get(&self.latest).is_some_and(|latest| latest.content == *content) {
            return;
        }
        self.latest += 1;
        self.revisions.insert(self.latest, Revision::new(content.clone(), expires));
    }
}

impl Model {
    /// A secret by its id.
    pub fn secret(&self, id: &SecretId) -> Option<&Secret> {
        self.secrets.get(id)
    }

    /// All secrets, by id.
    pub fn secrets(&self) -> impl Iterator<Item = &Secret> {
        self.secrets.values()
    }

    /// Puts a secret into the model as it is, in place of one of the same id.
    pub fn put_secret(&mut self, secret: Secret) {
        let id = secret.id.clone();
        match &secret.owner {
            SecretOwner::Application(name) => self.index_secret_of_application(&id, name),
            SecretOwner::Unit(unit) => self.index_secret(&id, unit),
            SecretOwner::Model => {}
        }
        for consumer in secret.consumers.keys() {
            self.index_secret(&id, consumer);
        }
        for relation in secret.grants.iter().filter_map(|grant| grant.relation) {
            if let Some(relation) = self.relations.get_mut(&relation) {
                relation.secrets.insert(id.clone());
            }
        }
        self.secrets.insert(id.clone(), secret);
        self.wake_secret(&id);
    }

    /// Remembers that a unit, and with it its application, has to do with a secret.
    pub(crate) fn index_secret(&mut self, id: &SecretId, unit: &UnitName) {
        self.index_secret_of_application(id, unit.application());
        if let Some(unit) = self.units.get_mut(unit).filter(|known| !known.secrets.contains(id)) {
            unit.secrets.insert(id.clone());
        }
    }

    fn index_secret_of_application(&mut self, id: &SecretId, application: &str) {
        if let Some(application) =
            self.applications.get_mut(application).filter(|known| !known.secrets.contains(id))
        {
            application.secrets.insert(id.clone());
        }
    }

    /// The secrets that an application or its units own or have read.
    pub(crate) fn secrets_of(&self, application: &str) -> impl Iterator<Item = &Secret> {
        let ids = self.applications.get(application).into_iter().flat_map(|known| &known.secrets);
        ids.filter_map(|id| self.secrets.get(id))
    }

    /// The secrets that can give a unit something to do: those that it owns or has read, and whoever leads has those of
    /// its application.
    fn secrets_around(&self, unit: &UnitName) -> impl Iterator<Item = &Secret> {
        let leads = self.leader(unit.application()) == Some(unit);
        let of_unit = self.units.get(unit).map(|known| &known.secrets).filter(|_| !leads);
        let of_application = self.applications.get(unit.application()).map(|known| &known.secrets);
        let ids = of_unit.or(of_application.filter(|_| leads));
        ids.into_iter().flatten().filter_map(|id| self.secrets.get(id))
    }

    /// Takes a secret out of the model.
    pub(crate) fn drop_secret(&mut self, id: &SecretId) {
        let Some(secret) = self.secrets.remove(id) else { return };
        self.set_secret_alarm(id, None);
        for application in secret.applications() {
            if let Some(application) = self.applications.get_mut(application) {
                application.secrets.remove(id);
            }
        }
        let owner = match &secret.owner {
            SecretOwner::Unit(unit) => Some(unit),
            SecretOwner::Application(_) | SecretOwner::Model => None,
        };
        for unit in secret.consumers.keys().chain(owner) {
            if let Some(unit) = self.units.get_mut(unit) {
                unit.secrets.remove(id);
            }
        }
        for relation in secret.grants.iter().filter_map(|grant| grant.relation) {
            if let Some(relation) = self.relations.get_mut(&relation) {
                relation.secrets.remove(id);
            }
        }
    }

    /// Has those be asked for their next hook whom a change of a secret can concern, now or when something of it is due.
    pub(crate) fn wake_secret(&mut self, id: &SecretId) {
        let Some(secret) = self.secrets.get(id) else { return };
        for name in secret.consumers.keys() {
            if let Some(unit) = self.units.get_mut(name) {
                self.awake.wake(unit);
            }
        }
        self.wake_owner(id);
    }

    /// Has the unit that manages a secret be asked for its next hook, now and when the next thing of it is due. Who
    /// becomes the leader later is asked anyway.
    pub(crate) fn wake_owner(&mut self, id: &SecretId) {
        let now = self.now;
        let Some(secret) = self.secrets.get(id) else { return };
        let owner = match &secret.owner {
            SecretOwner::Application(name) => self.leader(name).cloned(),
            SecretOwner::Unit(unit) => Some(unit.clone()),
            SecretOwner::Model => return,
        };
        let expiries = secret.revisions.values().filter_map(|revision| revision.expiry_due);
        let next = expiries.chain(secret.rotates).filter(|moment| *moment > now).min();
        self.set_secret_alarm(id, next);
        if let Some(owner) = owner {
            self.wake(&owner);
        }
    }

    /// Makes a secret of the operator's, as `juju add-secret` does.
    pub fn add_secret(&mut self, name: &str, content: SecretContent) -> SecretId {
        let id = SecretId::random(&mut self.random);
        let mut secret = Secret::new(id.clone(), SecretOwner::Model, content);
        name.clone_into(&mut secret.label);
        self.put_secret(secret);
        id
    }

    /// Gives a secret of the operator's new content, as `juju update-secret` does.
    pub fn update_secret(&mut self, id: &SecretId, content: &SecretContent) -> Result<(), ModelError> {
        self.operator_s_secret(id)?.revise(content, None);
        self.wake_secret(id);
        Ok(())
    }

    /// Removes a secret of the operator's, or one revision of it, as `juju remove-secret` does. With its last revision
    /// the secret goes.
    pub fn remove_secret(&mut self, id: &SecretId, revision: Option<u32>) -> Result<(), ModelError> {
        let secret = self.operator_s_secret(id)?;
        let mut empty = true;
        if let Some(revision) = revision {
            if secret.revisions.remove(&revision).is_none() {
                return Err(ModelError::new(format!("secret revision \"{id}/{revision}\" not found")));
            }
            empty = secret.revisions.is_empty();
        }
        if empty {
            self.drop_secret(id);
        }
        Ok(())
    }

    /// Lets an application read a secret of the operator's, as `juju grant-secret` does.
    pub fn grant_secret(&mut self, id: &SecretId, application: &str) -> Result<(), ModelError> {
        if !self.applications.contains_key(application) {
            return Err(super::application::unknown_application(application));
        }
        let secret = self.operator_s_secret(id)?;
        let grant = Grant { subject: Subject::Application(application.to_owned()), relation: None };
        if !secret.grants.contains(&grant) {
            secret.grants.push(grant);
        }
        Ok(())
    }

    /// Takes that back, as `juju revoke-secret` does.
    pub fn revoke_secret(&mut self, id: &SecretId, application: &str) -> Result<(), ModelError> {
        let secret = self.operator_s_secret(id)?;
        secret.grants.retain(|grant| grant.subject.application() != application);
        Ok(())
    }

    fn operator_s_secret(&mut self, id: &SecretId) -> Result<&mut Secret, ModelError> {
        let found =
            self.secrets.get_mut(id).ok_or_else(|| ModelError::new(format!("secret \"{id}\" not found")))?;
        if found.owner != SecretOwner::Model {
            return Err(ModelError::new(format!(
                "secret \"{id}\" is a charm's: only its owner can change it"
            )));
        }
        Ok(found)
    }
}
