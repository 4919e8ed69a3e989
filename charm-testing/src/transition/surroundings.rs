//! What is around a unit: its application's other units, resources, networks, the cloud.

use std::path::Path;

use charm_runtime::{Binding, Charm, ResourceName};

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

    /// Attaches the resource `R`: `resource-get` answers with this path. Nothing is made there.
    #[must_use]
    pub fn resource<R: ResourceName>(mut self, path: impl AsRef<Path>) -> Self {
        match path.as_ref().to_str() {
            Some(path) => drop(self.unit.resources.insert(R::NAME.to_owned(), path.to_owned())),
            None => self.problems.push(no_text(R::NAME, path.as_ref())),
        }
        self
    }

    /// Gives an endpoint or an extra binding a network of its own. Otherwise all are in one flat subnet.
    #[must_use]
    pub fn network<B: Binding>(mut self, network: Network) -> Self {
        self.unit.networks.insert(B::NAME.to_owned(), network);
        self
    }

    /// The operator trusts the application with the cloud (`juju trust`): `credential-get` answers with this.
    #[must_use]
    pub fn cloud(mut self, cloud: CloudSpec) -> Self {
        self.unit.cloud = Some(cloud);
        self
    }
}

/// Juju says where things are in JSON.
pub(super) fn no_text(name: &str, path: &Path) -> String {
    format!("the path of `{name}` is no UTF-8: {}", path.display())
}
