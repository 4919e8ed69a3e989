//! Where a unit is, as Juju shows it.

use charm_testing::model::{Model, Unit};
use serde::Serialize;

use super::cloud;

/// A machine and its address, or a pod and its address.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Place {
    #[serde(skip_serializing_if = "String::is_empty")]
    machine: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    public_address: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    provider_id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    address: String,
}

impl Place {
    pub(super) fn of(model: &Model, unit: &Unit) -> Self {
        let address = unit.address.to_string();
        if cloud::is_kubernetes(model) {
            let pod = unit.name.to_string().replace('/', "-");
            return Self { provider_id: pod, address, ..Self::default() };
        }
        // A subordinate's is its principal's, below which it stands.
        let machine = if unit.principal.is_none() { unit.machine.to_string() } else { String::new() };
        Self { machine, public_address: address, ..Self::default() }
    }

    pub(super) fn machine(&self) -> &str {
        &self.machine
    }

    /// The address, of whichever kind.
    pub(super) fn address(&self) -> &str {
        if self.address.is_empty() { &self.public_address } else { &self.address }
    }
}
