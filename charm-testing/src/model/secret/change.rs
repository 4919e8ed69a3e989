//! What a hook has staged for its secrets.
//!
//! Juju keeps one change of each kind per secret and merges what follows into it; some of what that loses looks like
//! a slip, but it is what a charm gets.

use std::collections::{BTreeMap, BTreeSet};

use super::{Grant, RotatePolicy, SecretContent, SecretId, SecretOwner, Subject};
use crate::model::clock::Moment;
use crate::model::error::Refusal;
use crate::model::relation::RelationId;

/// What `secret-add` and `secret-set` say of a secret; what they don't say stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SecretEdit {
    /// New content.
    pub content: Option<SecretContent>,
    /// Its owner's name for it.
    pub label: Option<String>,
    /// For people.
    pub description: Option<String>,
    /// How often it is to be rotated.
    pub rotate: Option<RotatePolicy>,
    /// When its latest revision expires.
    pub expires: Option<Moment>,
}

impl SecretEdit {
    /// Lays a later edit over this one.
    fn merge(&mut self, later: Self) {
        fn keep<T>(slot: &mut Option<T>, later: Option<T>) {
            if later.is_some() {
                *slot = later;
            }
        }
        keep(&mut self.content, later.content.filter(|content| !content.is_empty()));
        keep(&mut self.label, later.label);
        keep(&mut self.description, later.description);
        keep(&mut self.rotate, later.rotate);
        keep(&mut self.expires, later.expires);
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A secret that does not exist before the commit.
#[derive(Debug, Clone)]
pub(crate) struct Create {
    pub(crate) owner: SecretOwner,
    pub(crate) edit: SecretEdit,
}

/// The staged changes.
#[derive(Debug, Clone, Default)]
pub(crate) struct SecretChanges {
    pub(crate) creates: BTreeMap<SecretId, Create>,
    pub(crate) updates: BTreeMap<SecretId, SecretEdit>,
    /// All revisions, or one: only the last one named.
    pub(crate) removals: BTreeMap<SecretId, Option<u32>>,
    /// One grant per secret and relation: only the last one.
    pub(crate) grants: BTreeMap<SecretId, BTreeMap<RelationId, Subject>>,
    pub(crate) revokes: BTreeMap<SecretId, Vec<Subject>>,
    /// Own secrets whose staged revision the unit wants to track.
    pub(crate) track_latest: BTreeSet<SecretId>,
}

impl SecretChanges {
    /// The secrets that are to change.
    pub(crate) fn ids(&self) -> BTreeSet<&SecretId> {
        let (creates, updates, removals) = (self.creates.keys(), self.updates.keys(), self.removals.keys());
        let permissions = self.grants.keys().chain(self.revokes.keys());
        creates.chain(updates).chain(removals).chain(permissions).chain(&self.track_latest).collect()
    }

    pub(super) fn create(&mut self, id: SecretId, create: Create) -> Result<(), Refusal> {
        if let Some(label) = &create.edit.label
            && self.creates.values().any(|other| other.edit.label.as_ref() == Some(label))
        {
            return Err(Refusal::SecretLabelExists(label.clone()));
        }
        self.creates.insert(id, create);
        Ok(())
    }

    pub(super) fn update(&mut self, id: &SecretId, edit: SecretEdit) {
        self.removals.remove(id);
        match self.creates.get_mut(id) {
            Some(create) => create.edit.merge(edit),
            None => self.updates.entry(id.clone()).or_default().merge(edit),
        }
    }

    /// Takes back all that was staged for the secret and stages its removal, also of one that was to be created only
    /// now: the commit then finds nothing to remove, and fails.
    pub(super) fn remove(&mut self, id: &SecretId, revision: Option<u32>) {
        self.creates.remove(id);
        self.updates.remove(id);
        self.grants.remove(id);
        self.revokes.remove(id);
        self.track_latest.remove(id);
        self.removals.insert(id.clone(), revision);
    }

    pub(super) fn grant(&mut self, id: &SecretId, relation: RelationId, subject: Subject) {
        self.grants.entry(id.clone()).or_default().insert(relation, subject);
    }

    pub(super) fn revoke(&mut self, id: &SecretId, subject: Subject) {
        let revokes = self.revokes.entry(id.clone()).or_default();
        // Who loses the application's permission needs no revoking of the unit's.
        let covered = |revoked: &Subject| {
            *revoked == subject
                || matches!(revoked, Subject::Application(name) if name == subject.application())
        };
        if !revokes.iter().any(covered) {
            revokes.push(subject);
        }
    }

    /// The grants as they are going to be, as far as Juju's agent can tell.
    pub(super) fn access(&self, id: &SecretId, granted: &[Grant]) -> Vec<Grant> {
        let mut access = granted.to_vec();
        let staged = self.grants.get(id).into_iter().flatten();
        access.extend(
            staged.map(|(relation, subject)| Grant { subject: subject.clone(), relation: Some(*relation) }),
        );
        for revoked in self.revokes.get(id).into_iter().flatten() {
            if let Some(at) = access.iter().position(|grant| grant.subject == *revoked) {
                access.remove(at);
            }
        }
        access
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::random::Random;

    fn edit(key: &str) -> SecretEdit {
        SecretEdit { content: Some([(key, "v")].into_iter().collect()), ..SecretEdit::default() }
    }

    #[test]
    fn a_second_edit_adds_to_the_first() {
        let id = SecretId::random(&mut Random::new(0));
        let mut changes = SecretChanges::default();
        changes.update(&id, edit("one"));
        changes.update(&id, SecretEdit { label: Some("l".to_owned()), ..SecretEdit::default() });
        changes.update(&id, edit("two"));
        assert_eq!(changes.updates[&id], SecretEdit { label: Some("l".to_owned()), ..edit("two") });
    }

    #[test]
    fn of_several_removals_the_last_counts() {
        let id = SecretId::random(&mut Random::new(0));
        let mut changes = SecretChanges::default();
        changes.update(&id, edit("one"));
        changes.remove(&id, Some(1));
        changes.remove(&id, Some(2));
        assert_eq!(changes.removals[&id], Some(2));
        assert!(changes.updates.is_empty());
        changes.update(&id, edit("one"));
        assert!(changes.removals.is_empty());
    }

    #[test]
    fn a_unit_s_permission_goes_with_its_application_s() {
        let id = SecretId::random(&mut Random::new(0));
        let mut changes = SecretChanges::default();
        let application = Subject::Application("web".to_owned());
        changes.revoke(&id, application.clone());
        changes.revoke(&id, Subject::Unit(crate::model::UnitName::new("web", 0)));
        assert_eq!(changes.revokes[&id], [application]);
    }
}
