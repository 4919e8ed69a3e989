//! Upgrades: an application gets another revision of its charm.

use super::Model;
use super::application::{Charm, unknown_application};
use super::error::ModelError;

impl Model {
    /// Gives an application another revision of its charm, as `juju refresh` does. Its units run upgrade-charm and then
    /// config-changed; one in error does so when its hook has succeeded. Peer relations and storages that only the new
    /// revision declares are not added.
    pub fn refresh(&mut self, application: &str, charm: impl Into<Charm>) -> Result<(), ModelError> {
        let known = self.applications.get_mut(application).ok_or_else(|| unknown_application(application))?;
        known.charm = charm.into();
        known.charm_version += 1;
        self.wake_application(application);
        Ok(())
    }
}
