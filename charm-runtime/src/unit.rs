//! The unit that this charm runs as.

use crate::error::Error;
use crate::hook_command::StatusOf;
use crate::juju::Juju;
use crate::status::Status;

/// This unit.
#[derive(Debug, Clone)]
pub struct Unit {
    juju: Juju,
}

impl Unit {
    pub(crate) fn new(juju: &Juju) -> Self {
        Self { juju: juju.clone() }
    }

    /// Its name, such as `hello/0`.
    #[track_caller]
    pub fn name(&self) -> Result<&str, Error> {
        self.juju.unit_name()
    }

    /// Shows a status at once, while a handler is still at work; it stays although the dispatch fails.
    ///
    /// The status at the end of a dispatch is for `#[status]` methods and [`Halt`](crate::Halt).
    #[track_caller]
    pub fn set_status(&self, status: &Status) -> Result<(), Error> {
        self.juju.set_status(StatusOf::Unit, status)
    }
}
