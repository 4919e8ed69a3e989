//! The settings that a leader keeps for its fellows, in Juju 3 (`leader-get`, `leader-set`). Peer relations took their
//! place.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::databag::Writes;
use super::error::Refusal;
use super::{Application, View};

/// What the leader has written, and how often.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct LeaderSettings {
    pub(crate) content: BTreeMap<String, String>,
    pub(crate) version: u64,
}

impl Application {
    /// What `leader-get` reads, in Juju 3.
    pub fn leader_settings(&self) -> &BTreeMap<String, String> {
        &self.leader_settings.content
    }
}

impl View<'_> {
    /// The leader's settings, as they were when this hook first asked for them or last wrote any.
    pub fn leader_settings(&mut self) -> &BTreeMap<String, String> {
        if self.context.leader_settings.is_none() {
            let current = self.application_mut().leader_settings.content.clone();
            self.context.leader_settings = Some(current);
        }
        self.context.leader_settings.get_or_insert_default()
    }

    /// Writes some of the leader's settings. At once: they stay if the hook fails. An empty value deletes its key.
    pub fn write_leader_settings(&mut self, settings: BTreeMap<String, String>) -> Result<(), Refusal> {
        if !self.is_leader() {
            return Err(Refusal::CannotWriteLeaderSettings);
        }
        let mut writes = Writes::default();
        for (key, value) in settings {
            writes.set(key, value);
        }
        let known = &mut self.application_mut().leader_settings;
        let content = writes.over(&known.content);
        if content != known.content {
            known.content = content;
            known.version += 1;
            let application = self.context.unit().application().to_owned();
            self.model.wake_application(&application);
        }
        self.context.leader_settings = None;
        Ok(())
    }
}
