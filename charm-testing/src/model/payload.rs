//! Payloads: what a charm of Juju 3 says it runs beside its workload. Nothing but `juju list-payloads` shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::View;
use super::error::Refusal;
use super::unit::Unit;

/// Something that a charm runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// What kind of thing it is: `docker`.
    pub kind: String,
    /// The charm's own labels.
    pub labels: Vec<String>,
    /// `starting`, `running`, `stopping` or `stopped`.
    pub status: String,
}

/// Payloads by their class in the charm's metadata, then by id.
pub type Payloads = BTreeMap<String, BTreeMap<String, Payload>>;

impl Unit {
    /// What the charm has registered.
    pub fn payloads(&self) -> &Payloads {
        &self.payloads
    }
}

impl View<'_> {
    /// Registers a payload, at once, in place of one of the same class and id.
    pub fn register_payload(&mut self, class: &str, id: &str, payload: Payload) {
        let of_class = self.unit_mut().payloads.entry(class.to_owned()).or_default();
        of_class.insert(id.to_owned(), payload);
    }

    /// Forgets a payload, at once; one that isn't there is no error.
    pub fn unregister_payload(&mut self, class: &str, id: &str) {
        if let Some(of_class) = self.unit_mut().payloads.get_mut(class) {
            of_class.remove(id);
        }
    }

    /// Says how a payload is, at once.
    pub fn set_payload_status(&mut self, class: &str, id: &str, status: &str) -> Result<(), Refusal> {
        let found = self.unit_mut().payloads.get_mut(class).and_then(|of_class| of_class.get_mut(id));
        let payload = found.ok_or_else(|| Refusal::PayloadNotFound(format!("{class}/{id}")))?;
        status.clone_into(&mut payload.status);
        Ok(())
    }
}
