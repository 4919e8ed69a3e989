//! Writes that wait for the end of the handlers.

use crate::databag::{BagOwner, StagedBags};
use crate::event::action;
use crate::{port, reboot, secret, storage};

/// What is to be sent to Juju when the handlers have run.
///
/// A value: a savepoint is a clone, a roll-back puts the clone back.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Stage {
    pub(crate) action: action::Staged,
    pub(crate) bags: StagedBags,
    pub(crate) ports: port::Staged,
    pub(crate) reboot: reboot::Staged,
    pub(crate) secrets: secret::Staged,
    pub(crate) storages: storage::Staged,
}

impl Stage {
    /// Whether only a leader may send this.
    pub(crate) fn needs_leadership(&self) -> bool {
        self.secrets.needs_leadership()
            || self.bags.keys().any(|(_, owner)| matches!(owner, BagOwner::App(_)))
    }
}
