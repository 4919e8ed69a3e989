//! Resources: files that an operator gives an application beside its charm.

use super::application::unknown_application;
use super::error::{ModelError, Refusal};
use super::{Model, View};

impl Model {
    /// Gives an application a resource: the path at which its units find the file, as `juju attach-resource` does with
    /// the file. What the charm gets is the path as given. Units that are installed run upgrade-charm for it.
    pub fn attach_resource(&mut self, application: &str, name: &str, path: &str) -> Result<(), ModelError> {
        let known = self.applications.get_mut(application).ok_or_else(|| unknown_application(application))?;
        if !known.charm.metadata.resources.contains_key(name) {
            let names: Vec<&str> = known.charm.metadata.resources.keys().map(String::as_str).collect();
            return Err(ModelError::new(format!(
                "application {application:?} has no resource {name:?} (its charm has: {})",
                if names.is_empty() { "none".to_owned() } else { names.join(", ") }
            )));
        }
        known.resources.insert(name.to_owned(), path.to_owned());
        known.charm_version += 1;
        self.wake_application(application);
        Ok(())
    }
}

impl View<'_> {
    /// The path of a resource's file, fetched at once.
    pub fn resource(&self, name: &str) -> Result<&str, Refusal> {
        let application = self.model.applications.get(self.context.unit().application());
        let path = application.and_then(|application| application.resources.get(name));
        path.map(String::as_str).ok_or_else(|| Refusal::ResourceNotFound(name.to_owned()))
    }
}
