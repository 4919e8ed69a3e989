//! What is around a unit: its application's other units, resources, networks, the cloud.

use charm_runtime::{Charm, Endpoint};

use super::state::State;
use crate::model::{CloudSpec, Network};

impl<C: Charm> State<C> {
    /// How many units the application is to have, this one included (`goal-state`). Otherwise it is as many as there
    /// are peers, and this one.
    #[must_use]
    pub fn planned_units(mut self, count: u32) -> Self {
        self.unit.planned_units = Some(count);
        self
    }

    /// Attaches a resource: `resource-get` answers with this path. Nothing is made there.
    #[must_use]
    pub fn resource(mut self, name: &str, path: &str) -> Self {
        self.unit.resources.insert(name.to_owned(), path.to_owned());
        self
    }

    /// Gives an endpoint a network of its own. Otherwise all are in one flat subnet.
    #[must_use]
    pub fn network<E: Endpoint>(self, network: Network) -> Self {
        self.binding(E::NAME, network)
    }

    /// Gives an extra binding a network of its own.
    #[must_use]
    pub fn binding(mut self, name: &str, network: Network) -> Self {
        self.unit.networks.insert(name.to_owned(), network);
        self
    }

    /// The operator trusts the application with the cloud (`juju trust`): `credential-get` answers with this.
    #[must_use]
    pub fn cloud(mut self, cloud: CloudSpec) -> Self {
        self.unit.cloud = Some(cloud);
        self
    }
}
