//! The hooks that secrets make due.

use std::time::Duration;

use super::{Secret, SecretId, SecretOwner};
use crate::model::Model;
use crate::model::clock::Moment;
use crate::model::error::ModelError;
use crate::model::hook::{Hook, SecretHook, SecretHookKind};
use crate::model::name::UnitName;

/// How long Juju waits before it tells once more of a rotation or an expiry that the charm did nothing about.
const RETRY: Duration = Duration::from_secs(5 * 60);

impl Model {
    /// Makes the rotation of a secret due now. Its owner is told by the next [`Model::next`].
    pub fn rotate_due(&mut self, id: &SecretId) -> Result<(), ModelError> {
        let now = self.now();
        let secret = self.charm_secret(id)?;
        secret.rotates = Some(now);
        self.wake_secret(id);
        Ok(())
    }

    /// Makes the latest revision of a secret expire now. Its owner is told by the next [`Model::next`].
    pub fn expire(&mut self, id: &SecretId) -> Result<(), ModelError> {
        let now = self.now();
        let secret = self.charm_secret(id)?;
        let latest = secret.latest;
        if let Some(revision) = secret.revisions.get_mut(&latest) {
            revision.expires = Some(revision.expires.map_or(now, |expires| expires.min(now)));
            revision.expiry_due = Some(now);
        }
        self.wake_secret(id);
        Ok(())
    }

    fn charm_secret(&mut self, id: &SecretId) -> Result<&mut Secret, ModelError> {
        let found = self.secrets.get_mut(id);
        let found = found.filter(|secret| secret.owner != SecretOwner::Model);
        found.ok_or_else(|| ModelError::new(format!("no charm owns a secret \"{id}\"")))
    }

    /// The next hook for `unit` because of a secret: expired, rotate, changed, remove.
    pub(crate) fn next_secret_hook(&self, name: &UnitName) -> Option<Hook> {
        let unit = self.units.get(name)?;
        let leads = self.leader(name.application()) == Some(name);
        // An application's secrets are its leader's business.
        let managed: Vec<&Secret> =
            self.secrets_around(name).filter(|secret| secret.is_managed_by(name, leads)).collect();
        let due = |moment: Option<Moment>| moment.is_some_and(|moment| moment <= self.now());
        let expired = managed.iter().find_map(|secret| {
            let revision = secret.revisions.iter().find(|(_, revision)| due(revision.expiry_due));
            revision.map(|(number, _)| hook(SecretHookKind::Expired, secret, &secret.label, Some(*number)))
        });
        let rotate = || {
            let secret = managed.iter().find(|secret| due(secret.rotates))?;
            Some(hook(SecretHookKind::Rotate, secret, &secret.label, None))
        };
        let changed = || {
            self.secrets_around(name).find_map(|secret| {
                let consumer = secret.consumers.get(name)?;
                let own = managed.iter().any(|managed| managed.id == secret.id);
                let news = secret.latest != consumer.tracked && secret.latest != consumer.told;
                if own || !news || !secret.is_readable(name) {
                    return None;
                }
                // The fellows of an owner know the secret by its owner's label.
                let of_fellow = consumer.label.is_empty() && secret.is_own(name);
                let label = if of_fellow { &secret.label } else { &consumer.label };
                Some(hook(SecretHookKind::Changed, secret, label, None))
            })
        };
        let remove = || {
            managed.iter().find_map(|secret| {
                let told = unit.obsolete_secrets.get(&secret.id);
                let told = |revision: &u32| told.is_some_and(|told| told.contains(revision));
                let revision = secret.obsolete().find(|revision| !told(revision))?;
                Some(hook(SecretHookKind::Remove, secret, &secret.label, Some(revision)))
            })
        };
        expired.or_else(rotate).or_else(changed).or_else(remove)
    }

    /// Whether such a hook still has a reason to run: what concerns an application's secret is skipped by who leads no
    /// more.
    pub(crate) fn secret_hook_stands(&self, unit: &UnitName, hook: &SecretHook) -> bool {
        let Some(secret) = self.secrets.get(&hook.secret) else { return false };
        match (&secret.owner, hook.kind) {
            (_, SecretHookKind::Changed) => true,
            (SecretOwner::Application(name), _) => self.leader(name) == Some(unit),
            _ => true,
        }
    }

    /// Makes the model remember that such a hook has run.
    pub(crate) fn remember_secret_hook(&mut self, unit: &UnitName, hook: &SecretHook) {
        let now = self.now();
        if hook.kind == SecretHookKind::Remove {
            if let (Some(unit), Some(revision)) = (self.units.get_mut(unit), hook.revision) {
                unit.obsolete_secrets.entry(hook.secret.clone()).or_default().insert(revision);
                // What is gone nobody is told of again.
                unit.obsolete_secrets.retain(|id, revisions| {
                    let secret = self.secrets.get(id);
                    revisions.retain(|it| secret.is_some_and(|secret| secret.revisions.contains_key(it)));
                    !revisions.is_empty()
                });
            }
            return;
        }
        let Some(secret) = self.secrets.get_mut(&hook.secret) else { return };
        match (hook.kind, hook.revision) {
            (SecretHookKind::Changed, _) => {
                if let Some(consumer) = secret.consumers.get_mut(unit) {
                    consumer.told = hook.latest;
                }
            }
            (SecretHookKind::Expired, Some(revision)) => {
                // It is told again until the charm has removed the revision.
                if let Some(revision) = secret.revisions.get_mut(&revision) {
                    revision.expiry_due = Some(now.after(RETRY));
                }
            }
            (SecretHookKind::Rotate, _) => {
                let next = secret.rotate.and_then(|policy| policy.after(now));
                let again = now.after(RETRY);
                let expires_first = secret
                    .expires()
                    .zip(next)
                    .is_some_and(|(expires, next)| expires < next && again < expires);
                // Without a new revision the charm is asked again soon.
                let unanswered = secret.latest == hook.latest;
                secret.rotates =
                    if next.is_some() && (unanswered || expires_first) { Some(again) } else { next };
            }
            (SecretHookKind::Expired | SecretHookKind::Remove, _) => {}
        }
        self.wake_secret(&hook.secret);
    }
}

fn hook(kind: SecretHookKind, secret: &Secret, label: &str, revision: Option<u32>) -> Hook {
    Hook::Secret(SecretHook {
        kind,
        secret: secret.id.clone(),
        label: label.to_owned(),
        revision,
        latest: secret.latest,
    })
}
