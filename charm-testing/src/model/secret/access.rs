//! Who may read and who may manage a secret, and whose labels must differ.

use super::{Secret, SecretId, SecretOwner, Subject};
use crate::model::Model;
use crate::model::error::Refusal;
use crate::model::name::UnitName;

impl Secret {
    /// Whether `unit` is the owner, or one of the application that is.
    pub(super) fn is_own(&self, unit: &UnitName) -> bool {
        match &self.owner {
            SecretOwner::Application(name) => name == unit.application(),
            SecretOwner::Unit(owner) => owner == unit,
            SecretOwner::Model => false,
        }
    }

    /// Whether `unit` manages it. An application's secrets are its leader's business.
    pub(super) fn is_managed_by(&self, unit: &UnitName, leads: bool) -> bool {
        match &self.owner {
            SecretOwner::Application(name) => leads && name == unit.application(),
            SecretOwner::Unit(owner) => owner == unit,
            SecretOwner::Model => false,
        }
    }

    /// Whether `unit` may read it.
    pub(super) fn is_readable(&self, unit: &UnitName) -> bool {
        let granted = |subject: &Subject| match subject {
            Subject::Application(name) => name == unit.application(),
            Subject::Unit(name) => name == unit,
        };
        self.is_own(unit) || self.grants.iter().any(|grant| granted(&grant.subject))
    }

    /// Whether one of the names in use for this secret would be taken for another secret's `label` of `owner`: an
    /// application and its units share their names for secrets.
    fn uses_label(&self, owner: &SecretOwner, label: &str) -> bool {
        let shares = |unit: &UnitName| match owner {
            SecretOwner::Application(name) => name == unit.application(),
            SecretOwner::Unit(owner) => owner == unit,
            SecretOwner::Model => false,
        };
        let own = self.label == label
            && match (&self.owner, owner) {
                (SecretOwner::Unit(unit), _) => shares(unit),
                (SecretOwner::Application(name), SecretOwner::Unit(unit)) => name == unit.application(),
                (mine, theirs) => mine == theirs,
            };
        own || self.consumers.iter().any(|(unit, consumer)| consumer.label == label && shares(unit))
    }
}

impl Model {
    /// Whether `unit` may manage a secret, in the words of a refused commit.
    pub(super) fn manageable(&mut self, unit: &UnitName, id: &SecretId) -> Result<&mut Secret, Refusal> {
        let leads = self.leader(unit.application()) == Some(unit);
        let secret = self.secrets.get_mut(id).ok_or_else(|| Refusal::SecretNotFound(id.to_string()))?;
        match &secret.owner {
            _ if !secret.is_own(unit) => Err(Refusal::PermissionDenied),
            SecretOwner::Application(_) if !leads => Err(Refusal::LostLeadership(unit.clone())),
            _ => Ok(secret),
        }
    }

    /// Whether `label` is in use for another secret than `id` where `owner` would look for it.
    pub(super) fn label_is_taken(&self, id: &SecretId, owner: &SecretOwner, label: &str) -> bool {
        let taken = |secret: &Secret| secret.id != *id && secret.uses_label(owner, label);
        let application = match owner {
            SecretOwner::Application(name) => name,
            SecretOwner::Unit(unit) => unit.application(),
            SecretOwner::Model => return !label.is_empty() && self.secrets.values().any(taken),
        };
        !label.is_empty() && self.secrets_of(application).any(taken)
    }
}
