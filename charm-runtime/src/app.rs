//! The application that this unit belongs to.

use crate::error::Error;
use crate::hook_command;
use crate::juju::Juju;

/// This unit's application.
#[derive(Debug, Clone)]
pub struct App {
    juju: Juju,
}

impl App {
    pub(crate) fn new(juju: &Juju) -> Self {
        Self { juju: juju.clone() }
    }

    /// Its name.
    #[track_caller]
    pub fn name(&self) -> Result<&str, Error> {
        self.juju.app_name()
    }

    /// The version of the workload, shown in `juju status`. Immediate: it stays although the dispatch fails.
    #[track_caller]
    pub fn set_workload_version(&self, version: &str) -> Result<(), Error> {
        hook_command::application_version_set(&self.juju, version)
    }
}
