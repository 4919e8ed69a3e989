//! Publishing what a hook has staged for its secrets.

use super::change::Create;
use super::{Grant, Revision, Secret, SecretChanges, SecretEdit, SecretId, SecretOwner, Subject};
use crate::model::Model;
use crate::model::clock::Moment;
use crate::model::error::Refusal;
use crate::model::life::Life;
use crate::model::name::UnitName;
use crate::model::relation::{Relation, RelationId};

/// One kind of change, with what Juju says when it fails.
type Step = (&'static str, fn(&mut Model, &UnitName, &SecretChanges) -> Result<(), Refusal>);

const REMOVE: Step = ("removing secrets", Model::remove_secrets);
const CREATE: Step = ("creating secrets", Model::create_secrets);
const UPDATE: Step = ("updating secrets", Model::update_secrets);
const TRACK: Step = ("updating secret tracked revisions", Model::track_latest);
const GRANT: Step = ("granting secrets access", Model::grant_secrets);
const REVOKE: Step = ("revoking secrets access", Model::revoke_secrets);

impl Model {
    /// Publishes `changes` one after the other. What went before a refusal stays: whoever wants all or nothing keeps a
    /// copy of the secrets.
    pub(crate) fn commit_secrets(&mut self, unit: &UnitName, changes: &SecretChanges) -> Result<(), Refusal> {
        let steps: &[Step] = if self.version.is_4() {
            &[CREATE, UPDATE, TRACK, GRANT, REVOKE, REMOVE]
        } else {
            &[REMOVE, CREATE, UPDATE, TRACK, GRANT, REVOKE]
        };
        let published = steps.iter().try_for_each(|(doing, step)| {
            step(self, unit, changes).map_err(|cause| Refusal::While(doing, Box::new(cause)))
        });
        // Those concerned are told of what stays, too.
        for id in changes.ids() {
            self.wake_secret(id);
        }
        published
    }

    fn remove_secrets(&mut self, unit: &UnitName, changes: &SecretChanges) -> Result<(), Refusal> {
        for (id, revision) in &changes.removals {
            let secret = self.manageable(unit, id)?;
            match revision {
                Some(revision) => secret.revisions.remove(revision),
                None => {
                    secret.revisions.clear();
                    None
                }
            };
            if secret.revisions.is_empty() {
                self.drop_secret(id);
            }
        }
        Ok(())
    }

    fn create_secrets(&mut self, unit: &UnitName, changes: &SecretChanges) -> Result<(), Refusal> {
        for (id, Create { owner, edit }) in &changes.creates {
            if matches!(owner, SecretOwner::Application(name) if self.leader(name) != Some(unit)) {
                return Err(Refusal::LostLeadership(unit.clone()));
            }
            self.check_label(id, owner, edit)?;
            let mut secret = Secret::new(id.clone(), owner.clone(), edit.content.clone().unwrap_or_default());
            describe(&mut secret, edit, self.now());
            self.put_secret(secret);
        }
        Ok(())
    }

    fn update_secrets(&mut self, unit: &UnitName, changes: &SecretChanges) -> Result<(), Refusal> {
        let now = self.now();
        for (id, edit) in &changes.updates {
            if edit.is_empty() {
                return Err(Refusal::NothingToUpdate);
            }
            let owner = self.manageable(unit, id)?.owner.clone();
            self.check_label(id, &owner, edit)?;
            let secret = self.manageable(unit, id)?;
            if let Some(content) = &edit.content {
                secret.revise(content, edit.expires);
            }
            describe(secret, edit, now);
        }
        Ok(())
    }

    fn track_latest(&mut self, unit: &UnitName, changes: &SecretChanges) -> Result<(), Refusal> {
        for id in &changes.track_latest {
            let secret = self.manageable(unit, id)?;
            let latest = secret.latest;
            let consumer = secret.consumers.entry(unit.clone()).or_default();
            (consumer.tracked, consumer.told) = (latest, latest);
            self.index_secret(id, unit);
        }
        Ok(())
    }

    fn grant_secrets(&mut self, unit: &UnitName, changes: &SecretChanges) -> Result<(), Refusal> {
        for (id, grants) in &changes.grants {
            for (relation, subject) in grants {
                self.grant_to(unit, id, *relation, subject)
                    .map_err(|cause| cannot_change(id, subject, cause))?;
            }
        }
        Ok(())
    }

    fn grant_to(
        &mut self,
        unit: &UnitName,
        id: &SecretId,
        relation: RelationId,
        subject: &Subject,
    ) -> Result<(), Refusal> {
        let alive = self.relation(relation).is_some_and(|relation| relation.life == Life::Alive);
        let secret = self.manageable(unit, id)?;
        match secret.grants.iter().find(|grant| grant.subject == *subject) {
            // Juju keeps one permission per subject, and it belongs to one relation.
            Some(grant) if grant.relation != Some(relation) => Err(Refusal::SecretScope),
            Some(_) => Ok(()),
            None if !alive => Err(Refusal::RelationNotAlive),
            None => {
                secret.grants.push(Grant { subject: subject.clone(), relation: Some(relation) });
                if let Some(relation) = self.relations.get_mut(&relation) {
                    relation.secrets.insert(id.clone());
                }
                Ok(())
            }
        }
    }

    fn revoke_secrets(&mut self, unit: &UnitName, changes: &SecretChanges) -> Result<(), Refusal> {
        for (id, subjects) in &changes.revokes {
            let secret = self.manageable(unit, id)?;
            let revoked = secret.grants.extract_if(.., |grant| subjects.contains(&grant.subject));
            let ended: Vec<RelationId> = revoked.filter_map(|grant| grant.relation).collect();
            for relation in ended {
                let kept = self
                    .secrets
                    .get(id)
                    .is_some_and(|secret| secret.grants.iter().any(|grant| grant.relation == Some(relation)));
                if let Some(relation) = self.relations.get_mut(&relation).filter(|_| !kept) {
                    relation.secrets.remove(id);
                }
            }
        }
        Ok(())
    }

    fn check_label(&self, id: &SecretId, owner: &SecretOwner, edit: &SecretEdit) -> Result<(), Refusal> {
        match &edit.label {
            Some(label) if self.label_is_taken(id, owner, label) => {
                Err(Refusal::SecretLabelExists(label.clone()))
            }
            _ => Ok(()),
        }
    }

    /// Ends the permissions that belong to a relation which is gone.
    pub(crate) fn end_grants(&mut self, relation: &Relation) {
        for id in &relation.secrets {
            if let Some(secret) = self.secrets.get_mut(id) {
                secret.grants.retain(|grant| grant.relation != Some(relation.id));
            }
        }
    }
}

fn cannot_change(id: &SecretId, subject: &Subject, cause: Refusal) -> Refusal {
    Refusal::SecretAccess { secret: id.uri(), subject: subject.tag(), cause: Box::new(cause) }
}

/// Sets what of an edit is no content.
fn describe(secret: &mut Secret, edit: &SecretEdit, now: Moment) {
    if let Some(label) = &edit.label {
        secret.label.clone_from(label);
    }
    if let Some(description) = &edit.description {
        secret.description.clone_from(description);
    }
    if let Some(rotate) = edit.rotate {
        // A change of the interval counts from the next rotation on.
        secret.rotates = match secret.rotates {
            Some(due) => rotate.after(now).map(|_| due),
            None => rotate.after(now),
        };
        secret.rotate = Some(rotate);
    }
    if let (Some(expires), Some(Revision { expires: set, expiry_due, .. })) =
        (edit.expires, secret.revisions.get_mut(&secret.latest))
    {
        (*set, *expiry_due) = (Some(expires), Some(expires));
    }
}
