//! What the units of a model run on: machines, or pods of Kubernetes.

use serde::{Deserialize, Serialize};

use super::Model;
use super::cloud::CloudSpec;
use super::error::ModelError;
use super::name::UnitName;

/// What a model is made of. It decides when storage is told, whether there are workload containers, and what
/// `JUJU_MACHINE_ID` and some hook commands say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Substrate {
    /// Machines: storage comes before `install`, and a charm's containers don't exist.
    #[default]
    Machines,
    /// Kubernetes, with charms that run beside their workload: one pod per unit, storage only after `install`, workload
    /// containers with a Pebble each.
    Kubernetes,
}

impl Model {
    /// What the units of this model run on: machines, unless told otherwise.
    pub fn substrate(&self) -> Substrate {
        self.substrate
    }

    /// Says what the model is made of, before anything is deployed to it. Its cloud becomes one of that kind.
    pub fn set_substrate(&mut self, substrate: Substrate) -> Result<(), ModelError> {
        if let Some(name) = self.applications.keys().next() {
            return Err(ModelError::new(format!(
                "the model has application {name:?} already: choose its substrate before the first one is deployed"
            )));
        }
        if self.substrate != substrate {
            self.substrate = substrate;
            self.cloud = match substrate {
                Substrate::Machines => CloudSpec::local(),
                Substrate::Kubernetes => CloudSpec::local_kubernetes(),
            };
        }
        Ok(())
    }

    pub(crate) fn is_kubernetes(&self) -> bool {
        self.substrate == Substrate::Kubernetes
    }

    /// What `JUJU_MACHINE_ID` says: a pod is no machine.
    pub(crate) fn machine_id(&self, unit: &UnitName) -> String {
        let unit = self.units.get(unit).filter(|_| !self.is_kubernetes());
        unit.map(|unit| unit.machine.to_string()).unwrap_or_default()
    }
}
