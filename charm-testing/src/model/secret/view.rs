//! Secrets as a hook sees them.

use std::collections::BTreeMap;

use super::change::Create;
use super::{
    Consumer, Grant, RotatePolicy, Secret, SecretContent, SecretEdit, SecretId, SecretOwner, Subject,
};
use crate::model::clock::Moment;
use crate::model::error::Refusal;
use crate::model::name::UnitName;
use crate::model::relation::RelationId;
use crate::model::{Model, View};

/// What an owner can learn of its secret without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretInfo {
    /// Whose it is.
    pub owner: SecretOwner,
    /// The number of the latest revision that has been committed; 1 for a secret made in this hook.
    pub revision: u32,
    /// Its owner's name for it; empty if there is none.
    pub label: String,
    /// For people; empty if there is none.
    pub description: String,
    /// How often it is to be rotated, if that was said.
    pub rotate: Option<RotatePolicy>,
    /// When the latest revision expires.
    pub expires: Option<Moment>,
    /// When the next rotation is due.
    pub rotates: Option<Moment>,
    /// Who else may read it.
    pub access: Vec<Grant>,
}

impl SecretInfo {
    fn of(secret: &Secret) -> Self {
        Self {
            owner: secret.owner.clone(),
            revision: secret.latest,
            label: secret.label.clone(),
            description: secret.description.clone(),
            rotate: secret.rotate,
            expires: secret.expires(),
            rotates: secret.rotates,
            access: secret.grants.clone(),
        }
    }

    fn created(create: &Create) -> Self {
        let info = Self {
            owner: create.owner.clone(),
            revision: 1,
            label: String::new(),
            description: String::new(),
            rotate: None,
            expires: None,
            rotates: None,
            access: Vec::new(),
        };
        info.edited(&create.edit)
    }

    /// With what is staged for it. The number of the revision stays: no new one is committed yet.
    fn edited(mut self, edit: &SecretEdit) -> Self {
        if let Some(label) = &edit.label {
            self.label.clone_from(label);
        }
        if let Some(description) = &edit.description {
            self.description.clone_from(description);
        }
        self.rotate = edit.rotate.or(self.rotate);
        self.expires = edit.expires.or(self.expires);
        self
    }
}

impl Model {
    /// The secrets that `unit` manages, as its agent reads them when a hook begins: its own, and its application's if
    /// it leads.
    pub(crate) fn secrets_managed_by(&self, unit: &UnitName) -> BTreeMap<SecretId, SecretInfo> {
        let leads = self.leader(unit.application()) == Some(unit);
        let found = self.secrets_around(unit).filter(|secret| secret.is_managed_by(unit, leads));
        found.map(|secret| (secret.id.clone(), SecretInfo::of(secret))).collect()
    }
}

impl View<'_> {
    /// The secrets that the unit manages, as they were when the hook began, with what it has staged since.
    pub fn secret_infos(&self) -> BTreeMap<SecretId, SecretInfo> {
        let changes = &self.context.secret_changes;
        let mut infos: BTreeMap<SecretId, SecretInfo> =
            changes.creates.iter().map(|(id, create)| (id.clone(), SecretInfo::created(create))).collect();
        for (id, info) in &self.context.secrets {
            if changes.removals.contains_key(id) {
                continue;
            }
            let edit = changes.updates.get(id).cloned().unwrap_or_default();
            infos.insert(id.clone(), info.clone().edited(&edit));
        }
        for (id, info) in &mut infos {
            info.access = changes.access(id, &info.access);
        }
        infos
    }

    /// Their ids, in no order: Juju's is that of a Go map.
    pub fn secret_ids(&mut self) -> Vec<SecretId> {
        let mut ids: Vec<SecretId> = self.secret_infos().into_keys().collect();
        self.model.random.shuffle(&mut ids);
        ids
    }

    /// Stages a new secret, of the application or of the unit. Its id is known at once.
    pub fn add_secret(&mut self, for_unit: bool, edit: SecretEdit) -> Result<SecretId, Refusal> {
        let unit = self.context.unit().clone();
        let owner = match for_unit {
            true => SecretOwner::Unit(unit),
            false if !self.is_leader() => return Err(Refusal::NotLeader),
            false => SecretOwner::Application(unit.application().to_owned()),
        };
        let id = SecretId::random(&mut self.model.random);
        self.context.secret_changes.create(id.clone(), Create { owner, edit })?;
        Ok(id)
    }

    /// Stages changes to a secret. One that the unit doesn't manage is found out only at the commit.
    pub fn set_secret(&mut self, id: &SecretId, edit: SecretEdit) -> Result<(), Refusal> {
        self.require_leadership_for(id)?;
        self.context.secret_changes.update(id, edit);
        Ok(())
    }

    /// Stages the removal of a revision, or of all. One that is not there is found out only at the commit.
    pub fn remove_secret(&mut self, id: &SecretId, revision: Option<u32>) -> Result<(), Refusal> {
        self.require_leadership_for(id)?;
        self.context.secret_changes.remove(id, revision);
        Ok(())
    }

    /// Stages the permission to read a secret for those at the other end of a relation.
    pub fn grant_secret(
        &mut self,
        id: &SecretId,
        relation: RelationId,
        subject: Subject,
    ) -> Result<(), Refusal> {
        let info = self.secret_infos().remove(id).ok_or_else(|| Refusal::SecretNotFound(id.to_string()))?;
        if matches!(info.owner, SecretOwner::Application(_)) && !self.is_leader() {
            return Err(Refusal::NotLeader);
        }
        for granted in info.access.iter().filter(|grant| grant.relation == Some(relation)) {
            match (&granted.subject, &subject) {
                (granted, wanted) if granted == wanted => return Ok(()),
                (Subject::Application(_), _) => return Ok(()),
                (Subject::Unit(_), Subject::Application(_)) => return Err(Refusal::SecretGrantedToUnits),
                (Subject::Unit(_), Subject::Unit(_)) => {}
            }
        }
        self.context.secret_changes.grant(id, relation, subject);
        Ok(())
    }

    /// Stages the end of a permission.
    pub fn revoke_secret(&mut self, id: &SecretId, subject: Subject) -> Result<(), Refusal> {
        self.require_leadership_for(id)?;
        self.context.secret_changes.revoke(id, subject);
        Ok(())
    }

    fn require_leadership_for(&mut self, id: &SecretId) -> Result<(), Refusal> {
        let of_application = self
            .context
            .secrets
            .get(id)
            .is_some_and(|info| matches!(info.owner, SecretOwner::Application(_)));
        if of_application && !self.is_leader() { Err(Refusal::NotLeader) } else { Ok(()) }
    }

    /// Reads a secret, named by its id or a label. With both the label becomes the unit's name for it. The revision is
    /// the tracked one; `refresh` tracks the latest from now on, `peek` only looks at it.
    pub fn read_secret(
        &mut self,
        id: Option<&SecretId>,
        label: &str,
        refresh: bool,
        peek: bool,
    ) -> Result<SecretContent, Refusal> {
        let staged =
            id.is_some().then(|| self.staged_content(id, label, refresh, peek)).flatten().or_else(|| {
                (!label.is_empty()).then(|| self.staged_content(None, label, refresh, peek)).flatten()
            });
        if let Some(staged) = staged {
            return Ok(staged);
        }
        match id {
            Some(id) => self.read_published(&id.clone(), label, refresh, peek),
            None => {
                let id = self.id_of_label(label)?;
                self.read_published(&id, "", refresh, peek)
            }
        }
    }

    /// The content that this hook has staged: of a new secret always, of a new revision only where the latest is asked
    /// for.
    fn staged_content(
        &mut self,
        id: Option<&SecretId>,
        label: &str,
        refresh: bool,
        peek: bool,
    ) -> Option<SecretContent> {
        let changes = &mut self.context.secret_changes;
        let meant = |known: &SecretId, edit: &SecretEdit| {
            id.is_some_and(|id| id == known) || (!label.is_empty() && edit.label.as_deref() == Some(label))
        };
        let rename = |named: bool, edit: &mut SecretEdit| {
            if named && !label.is_empty() {
                edit.label = Some(label.to_owned());
            }
        };
        for (known, create) in &mut changes.creates {
            if meant(known, &create.edit) {
                rename(id == Some(known), &mut create.edit);
                return create.edit.content.clone();
            }
        }
        if !refresh && !peek {
            return None;
        }
        let (known, edit) = changes.updates.iter_mut().find(|(known, edit)| meant(known, edit))?;
        rename(id == Some(known), edit);
        if refresh {
            changes.track_latest.insert(known.clone());
        }
        edit.content.clone()
    }

    /// The secret that the unit knows by `label`: its own or its application's, one whose staged name that is, or one
    /// that it has read under that name.
    fn id_of_label(&self, label: &str) -> Result<SecretId, Refusal> {
        let unit = self.context.unit();
        let secrets = || self.model.secrets_of(unit.application());
        let own = secrets().find(|secret| secret.is_own(unit) && secret.label == label);
        let staged = self.context.secret_changes.updates.iter();
        let staged = staged.filter(|(_, edit)| edit.label.as_deref() == Some(label)).map(|(id, _)| id);
        let read = secrets()
            .find(|secret| secret.consumers.get(unit).is_some_and(|consumer| consumer.label == label));
        let found = own.map(|secret| &secret.id).or_else(|| staged.into_iter().next());
        let found = found.or(read.map(|secret| &secret.id));
        found.cloned().ok_or_else(|| Refusal::ConsumerLabelNotFound(label.to_owned()))
    }

    fn read_published(
        &mut self,
        id: &SecretId,
        label: &str,
        refresh: bool,
        peek: bool,
    ) -> Result<SecretContent, Refusal> {
        let unit = self.context.unit().clone();
        let leads = self.model.leader(unit.application()) == Some(&unit);
        let secret = self.model.secrets.get(id).ok_or_else(|| Refusal::SecretNotFound(id.to_string()))?;
        if !secret.is_readable(&unit) {
            return Err(Refusal::PermissionDenied);
        }
        let names = match &secret.owner {
            _ if label.is_empty() => None,
            SecretOwner::Unit(_) if secret.is_own(&unit) => Some(Names::Owner),
            SecretOwner::Application(_) if secret.is_own(&unit) => leads.then_some(Names::Owner),
            _ => Some(Names::Consumer),
        };
        let owner = match names {
            Some(Names::Owner) => secret.owner.clone(),
            _ => SecretOwner::Unit(unit.clone()),
        };
        if names.is_some() && self.model.label_is_taken(id, &owner, label) {
            return Err(match names {
                Some(Names::Owner) => Refusal::SecretLabelExists(label.to_owned()),
                _ => Refusal::ConsumerLabelExists { label: label.to_owned(), unit },
            });
        }
        let secret = self.model.secrets.get_mut(id).ok_or_else(|| Refusal::SecretNotFound(id.to_string()))?;
        let latest = secret.latest;
        let first = !secret.consumers.contains_key(&unit);
        let consumer = secret.consumers.entry(unit).or_insert_with(|| Consumer::new("", latest));
        if refresh || first {
            (consumer.tracked, consumer.told) = (latest, latest);
        }
        let revision = if peek { latest } else { consumer.tracked };
        match names {
            Some(Names::Owner) => label.clone_into(&mut secret.label),
            Some(Names::Consumer) => label.clone_into(&mut consumer.label),
            None => {}
        }
        let found = secret.revisions.get(&revision).map(|revision| revision.content.clone());
        // Its owner may now have a revision that nobody reads any more.
        let moved = refresh || first;
        if moved {
            self.model.index_secret(id, &self.context.unit);
            self.model.wake_secret(id);
        }
        found.ok_or_else(|| Refusal::SecretRevisionNotFound { secret: id.to_string(), revision })
    }
}

/// Whose name for the secret a label becomes.
enum Names {
    Owner,
    Consumer,
}
