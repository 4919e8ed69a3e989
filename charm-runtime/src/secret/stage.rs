//! What a dispatch knows of secrets, and what it is to tell Juju of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::Location;

use super::consumed::Name;
use super::content::{Limits, RawSecret};
use super::id::SecretId;
use super::info::{RotatePolicy, SecretInfo, SecretOwner};
use super::time::Expiry;
use crate::error::Error;
use crate::hook_command::{
    secret_add, secret_get, secret_grant, secret_ids, secret_info_get, secret_remove, secret_revoke,
    secret_set, OwnSecret, SecretAdd, SecretGet, SecretRevoke, SecretSet,
};
use crate::juju::{Juju, OwnWay};
use crate::log;
use crate::relation::RelationId;

/// What has been read of secrets. Never what was peeked at: that is to be the newest each time.
#[derive(Default)]
pub(crate) struct Kept {
    /// Own ones, by label; `None` for one that isn't there.
    own: RefCell<BTreeMap<String, Option<SecretInfo>>>,
    /// The revisions of others' that this unit tracks.
    pub(super) tracked: RefCell<BTreeMap<Name, RawSecret>>,
}

/// What is to be told to Juju about secrets.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Staged {
    /// Those that Juju has been told of already, by label, since their ids were wanted.
    added: BTreeMap<String, Added>,
    edits: BTreeMap<SecretId, Edit>,
    /// Obsolete revisions that a handler wants to live on.
    kept_revisions: BTreeSet<(SecretId, u64)>,
    /// Others' secrets whose newest revision is to be tracked, and what was read of it.
    pub(super) tracked: BTreeMap<Name, RawSecret>,
}

#[derive(Clone, PartialEq, Eq)]
struct Added {
    id: SecretId,
    owner: SecretOwner,
}

/// What is to change about an own secret.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Edit {
    owner: SecretOwner,
    pub(super) content: Option<RawSecret>,
    pub(super) description: Option<String>,
    pub(super) rotate: Option<RotatePolicy>,
    pub(super) expire: Option<Expiry>,
    /// To be granted (`true`) or revoked, to the remote application of a relation or to one of its units.
    pub(super) grants: BTreeMap<(RelationId, Option<String>), bool>,
    pub(super) removal: Option<Removal>,
    /// Where the charm asked for the last of it.
    at: &'static Location<'static>,
}

/// What of a secret is to be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Removal {
    Revision(u64),
    All,
}

impl Staged {
    /// A roll-back leaves the secrets that were added since.
    ///
    /// Juju can't take one back: a `secret-remove` in the same hook drops the pending secret and is sent all the same,
    /// and Juju refuses the whole hook for a secret that isn't there (Juju 3.6 and 4). It does no harm: the next
    /// `ensure` finds it by its label and gives it its content.
    pub(crate) fn keep_added(&mut self, rolled_back: Self) {
        self.added.extend(rolled_back.added);
    }

    /// Whether only a leader may have this.
    pub(crate) fn needs_leadership(&self) -> bool {
        let owners = self.edits.values().filter(|edit| !edit.is_empty()).map(|edit| edit.owner);
        owners
            .chain(self.added.values().map(|added| added.owner))
            .any(|owner| owner == SecretOwner::Application)
    }
}

impl Edit {
    fn is_empty(&self) -> bool {
        !self.changes() && self.removal.is_none()
    }

    /// Whether it leaves the secret there, and changes it.
    pub(super) fn changes(&self) -> bool {
        self.sets() || !self.grants.is_empty()
    }

    /// Whether there is anything for `secret-set`.
    fn sets(&self) -> bool {
        self.content.is_some() || self.description.is_some() || self.rotate.is_some() || self.expire.is_some()
    }

    fn send(&self, juju: &OwnWay<'_>, id: &SecretId, is_new: bool) -> Result<(), Error> {
        match self.removal {
            Some(Removal::All) => return secret_remove(juju, id, None),
            Some(Removal::Revision(revision)) => return secret_remove(juju, id, Some(revision)),
            None => {}
        }
        if self.sets() {
            let Self { description, rotate, expire, .. } = self;
            let description = description.as_deref();
            let options = SecretSet { label: None, description, expire: *expire, rotate: *rotate };
            secret_set(juju, id, self.content.as_ref(), &options)?;
            if self.content.is_some() && !is_new {
                // To Juju this unit reads the secret too, and tracks what it read: nobody would ever be told that the
                // revision is obsolete. After `secret-set` this is buffered with it.
                secret_get(juju, &SecretGet::of(id).refresh())?;
            }
        }
        // What is taken back first: an application can't have a grant beside its units.
        for ((relation, unit), _) in self.grants.iter().filter(|(_, is_grant)| !**is_grant) {
            let from = match unit {
                Some(unit) => SecretRevoke::RelationUnit(relation, unit),
                None => SecretRevoke::Relation(relation),
            };
            secret_revoke(juju, id, from)?;
        }
        for ((relation, unit), _) in self.grants.iter().filter(|(_, is_grant)| **is_grant) {
            secret_grant(juju, id, relation, unit.as_deref())?;
        }
        Ok(())
    }
}

impl Juju {
    /// Juju's limits for secrets.
    #[track_caller]
    pub(super) fn secret_limits(&self) -> Result<Limits, Error> {
        Ok(Limits::of(self.environment().get("JUJU_VERSION")?))
    }

    /// What Juju knows of the own secret with this label; read once.
    #[track_caller]
    pub(super) fn own_secret_info(&self, label: &str) -> Result<Option<SecretInfo>, Error> {
        if let Some(info) = self.0.secret.own.borrow().get(label) {
            return Ok(info.clone());
        }
        let info = match secret_info_get(self, OwnSecret::Label(label)) {
            Ok(info) => Some(info),
            Err(error) if error.is_not_found() => None,
            Err(error) => return Err(error),
        };
        self.0.secret.own.borrow_mut().insert(label.to_owned(), info.clone());
        Ok(info)
    }

    /// Adds a secret at once, or finds the one that has the label already: a dispatch that Juju 3 refused in the end
    /// leaves its secrets behind. The second value says whether it was there.
    #[track_caller]
    pub(super) fn add_or_adopt_secret(
        &self,
        content: &RawSecret,
        options: &SecretAdd<'_>,
    ) -> Result<(SecretInfo, bool), Error> {
        let SecretAdd { owner, label, description, expire: _, rotate } = *options;
        let label = label.unwrap_or_default();
        let (info, was_there) = match secret_add(&OwnWay(self), content, options) {
            Ok(id) => {
                let added = Added { id: id.clone(), owner };
                self.0.stage.borrow_mut().secrets.added.insert(label.to_owned(), added);
                let description = description.map(str::to_owned);
                (SecretInfo::of_new(id, label, owner, description, rotate.unwrap_or_default()), false)
            }
            Err(error) if error.is_already_exists() => match self.find_secret_labelled(label)? {
                Some(info) => (info, true),
                None => return Err(error),
            },
            Err(error) => return Err(error),
        };
        self.0.secret.own.borrow_mut().insert(label.to_owned(), Some(info.clone()));
        Ok((info, was_there))
    }

    /// Whether the own secret with this label was added in this dispatch.
    pub(super) fn has_added_secret(&self, label: &str) -> bool {
        self.0.stage.borrow().secrets.added.contains_key(label)
    }

    /// Among all own secrets: Juju may know the label's owner where it doesn't find the secret by it.
    #[track_caller]
    fn find_secret_labelled(&self, label: &str) -> Result<Option<SecretInfo>, Error> {
        for id in secret_ids(self)? {
            match secret_info_get(self, OwnSecret::Id(&id)) {
                Ok(info) if info.label.as_deref() == Some(label) => return Ok(Some(info)),
                Ok(_) => {}
                // Removed by now.
                Err(error) if error.is_not_found() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// The newest content of an own secret as Juju has it, without what is staged; `None` where there is no such secret.
    ///
    /// It is tracked from now on: a peek would let this unit track for ever what it saw first.
    #[track_caller]
    pub(super) fn newest_content(&self, secret: &SecretGet<'_>) -> Result<Option<RawSecret>, Error> {
        match secret_get(self, &secret.refresh()) {
            Ok(content) => Ok(Some(content)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What is staged for an own secret.
    pub(super) fn secret_edit(&self, id: &SecretId) -> Option<Edit> {
        self.0.stage.borrow().secrets.edits.get(id).cloned()
    }

    /// Changes what is staged for an own secret.
    ///
    /// Juju doesn't take a change of a secret and the removal of one of its revisions in one dispatch: at `secret-remove`
    /// it drops the change, at `secret-set` the removal, and a secret of which something is removed it doesn't grant. The
    /// change is what is kept: nothing else would bring it again.
    #[track_caller]
    pub(super) fn edit_secret(&self, id: &SecretId, owner: SecretOwner, change: impl FnOnce(&mut Edit)) {
        let at = Location::caller();
        let mut stage = self.0.stage.borrow_mut();
        let edit = stage.secrets.edits.entry(id.clone()).or_insert_with(|| Edit {
            owner,
            content: None,
            description: None,
            rotate: None,
            expire: None,
            grants: BTreeMap::new(),
            removal: None,
            at,
        });
        edit.at = at;
        change(edit);
        if let (true, Some(Removal::Revision(revision))) = (edit.changes(), edit.removal) {
            edit.removal = None;
            log::warn(format_args!(
                "revision {revision} of {id} stays: Juju removes none in a dispatch that changes the secret"
            ));
        }
        if edit.is_empty() {
            stage.secrets.edits.remove(id);
        }
    }

    /// Leaves an obsolete revision alone at the end of this dispatch.
    pub(crate) fn keep_secret_revision(&self, id: &SecretId, revision: u64) {
        self.0.stage.borrow_mut().secrets.kept_revisions.insert((id.clone(), revision));
    }

    /// Removes a revision that nobody reads any more, unless a handler wants it to live on.
    ///
    /// Juju says so of a revision more than once, and refuses a whole dispatch for a secret that is gone: so it is asked
    /// first.
    pub(crate) fn remove_obsolete_revision(&self, id: &SecretId, revision: u64) -> Result<(), Error> {
        if self.0.stage.borrow().secrets.kept_revisions.contains(&(id.clone(), revision)) {
            return Ok(());
        }
        let info = match secret_info_get(self, OwnSecret::Id(id)) {
            Ok(info) => info,
            Err(error) if error.is_not_found() || error.is_permission_denied() => {
                log::info(format_args!(
                    "{id} is gone, or no secret of this unit: its revision {revision} is left alone"
                ));
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        if revision >= info.revision {
            log::info(format_args!("revision {revision} of {id} is its newest: it is left alone"));
            return Ok(());
        }
        self.edit_secret(id, info.owner, |edit| match edit.removal {
            None => edit.removal = Some(Removal::Revision(revision)),
            Some(Removal::Revision(other)) if other != revision => log::warn(format_args!(
                "revision {revision} of {id} stays: a handler removes revision {other}, and Juju takes one in a dispatch"
            )),
            Some(_) => {}
        });
        Ok(())
    }

    /// Whether a secret that this unit reads is still there, and granted.
    pub(crate) fn has_secret(&self, id: &SecretId) -> Result<bool, Error> {
        match secret_get(self, &SecretGet::of(id).peek()) {
            Ok(_) => Ok(true),
            Err(error) if error.is_not_found() || error.is_permission_denied() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Sends what Juju buffers.
    pub(crate) fn send_secrets(&self, secrets: &Staged) -> Result<(), Error> {
        for (id, edit) in &secrets.edits {
            let is_new = secrets.added.values().any(|added| added.id == *id);
            if let Err(error) = edit.send(&OwnWay(self), id, is_new) {
                return Err(error.at(edit.at));
            }
        }
        Ok(())
    }

    /// Sends what Juju does at once and never undoes: the last thing of a dispatch that can fail elsewhere.
    pub(crate) fn send_tracking(&self) -> Result<(), Error> {
        let tracked = self.0.stage.borrow().secrets.tracked.clone();
        for (name, seen) in &tracked {
            // Juju sends no further secret-changed for what is tracked: a revision that came meanwhile would never be
            // seen. The same event tried again sees it.
            if secret_get(self, &name.get().refresh())? != *seen {
                let problem = "it changed once more while this dispatch ran; Juju retries the event";
                return Err(Error::invalid(name.to_string(), problem));
            }
        }
        Ok(())
    }
}
