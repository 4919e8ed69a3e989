//! The model that this unit lives in.

use crate::error::Error;
use crate::hook_command::{credential_get, CloudSpec};
use crate::juju::Juju;

/// The model: an argument of handlers.
#[derive(Debug, Clone)]
pub struct Model {
    juju: Juju,
}

impl Model {
    pub(crate) fn new(juju: &Juju) -> Self {
        Self { juju: juju.clone() }
    }

    /// Its name, from `JUJU_MODEL_NAME`. Models of different users, or controllers, may share one.
    #[track_caller]
    pub fn name(&self) -> Result<&str, Error> {
        self.juju.environment().require("JUJU_MODEL_NAME")
    }

    /// Its id, which no other model has, from `JUJU_MODEL_UUID`.
    #[track_caller]
    pub fn uuid(&self) -> Result<&str, Error> {
        self.juju.environment().require("JUJU_MODEL_UUID")
    }

    /// The cloud that it lives in, and how to log in there. Asked anew each time; its `Debug` shows no credential.
    ///
    /// Fails with [`Error::is_permission_denied`] unless the operator trusts the application (`juju trust`), and with
    /// [`Error::is_not_supported`] on Kubernetes (Juju 4).
    ///
    /// ```
    /// # use charm_runtime::prelude::*;
    /// # use charm_runtime::{hook_command::CloudSpec, Model};
    /// fn cloud(model: &Model) -> Result<CloudSpec> {
    ///     match model.cloud_spec() {
    ///         Err(error) if error.is_permission_denied() => error_to_status(),
    ///         cloud => Ok(cloud?),
    ///     }
    /// }
    ///
    /// fn error_to_status() -> Result<CloudSpec> {
    ///     bail!(Halt::blocked("run `juju trust` for this application"))
    /// }
    /// ```
    #[track_caller]
    pub fn cloud_spec(&self) -> Result<CloudSpec, Error> {
        credential_get(&self.juju)
    }
}
