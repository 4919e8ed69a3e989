//! The unit that this charm runs as.

use std::convert::Infallible;

use crate::environment::Environment;
use crate::error::Error;
use crate::hook_command::{application_version_set, ShownStatus, StatusOf};
use crate::juju::Juju;
use crate::status::Status;

/// This unit: an argument of handlers.
#[derive(Debug, Clone)]
pub struct Unit {
    juju: Juju,
}

impl Unit {
    pub(crate) fn new(juju: &Juju) -> Self {
        Self { juju: juju.clone() }
    }

    fn environment(&self) -> &Environment {
        self.juju.environment()
    }

    /// Its name, such as `hello/0`.
    #[track_caller]
    pub fn name(&self) -> Result<&str, Error> {
        self.juju.unit_name()
    }

    /// Its number: 0 for `hello/0`. No other unit of the application ever had it, on machines; on Kubernetes it is the
    /// pod's and comes again.
    #[track_caller]
    pub fn number(&self) -> Result<u64, Error> {
        let name = self.juju.unit_name()?;
        match name.rsplit_once('/').map(|(_, number)| number.parse()) {
            Some(Ok(number)) => Ok(number),
            _ => Err(Error::environment("JUJU_UNIT_NAME", format!("the number of `{name}` is too large"))),
        }
    }

    /// Its application's name.
    #[track_caller]
    pub fn app_name(&self) -> Result<&str, Error> {
        self.juju.app_name()
    }

    /// Juju's id of its machine, such as `0` or `0/lxd/1`; `None` on Kubernetes. From `JUJU_MACHINE_ID`.
    #[track_caller]
    pub fn machine_id(&self) -> Result<Option<&str>, Error> {
        self.environment().get("JUJU_MACHINE_ID")
    }

    /// The cloud's availability zone, where it has some. From `JUJU_AVAILABILITY_ZONE`.
    #[track_caller]
    pub fn availability_zone(&self) -> Result<Option<&str>, Error> {
        self.environment().get("JUJU_AVAILABILITY_ZONE")
    }

    /// For a subordinate, the unit that it lives beside; `None` for all others. From `JUJU_PRINCIPAL_UNIT`.
    #[track_caller]
    pub fn principal(&self) -> Result<Option<&str>, Error> {
        self.environment().get("JUJU_PRINCIPAL_UNIT")
    }

    /// The status that Juju shows for it, what was set in this dispatch included.
    #[track_caller]
    pub fn status(&self) -> Result<ShownStatus, Error> {
        self.juju.unit_status()
    }

    /// Shows a status at once, while a handler is still at work; it stays although the dispatch fails.
    ///
    /// The status at the end of a dispatch is for `#[status]` methods and [`Halt`](crate::Halt).
    #[track_caller]
    pub fn set_status(&self, status: &Status) -> Result<(), Error> {
        self.juju.set_status(StatusOf::Unit, status)
    }

    /// Tells Juju the version of the workload, which `juju status` shows for the application. Immediate: it stays
    /// although the dispatch fails.
    ///
    /// Juju gives no way to ask which version it has been told, so every call is a command: call it where the version
    /// can have changed, as after an installation, and not in every dispatch.
    #[track_caller]
    pub fn set_workload_version(&self, version: &str) -> Result<(), Error> {
        application_version_set(&self.juju, version)
    }

    /// Reboots the unit's machine at once, and never returns unless Juju refuses.
    ///
    /// Nothing of this dispatch is kept: no stored field, no staged write, no status but what was set at once. Juju
    /// runs the event again afterwards, so the handler must be able to tell that the reboot has been, as by a file. What
    /// is immediate in this framework's words stays done. Fails with [`Error::is_not_supported`], before Juju is asked,
    /// in an action and on Kubernetes.
    ///
    /// ```
    /// # use charm_runtime::prelude::*;
    /// fn load_new_kernel(unit: &Unit) -> Result<()> {
    ///     if std::path::Path::new("/run/reboot-required").exists() {
    ///         unit.reboot_now()?;
    ///     }
    ///     Ok(())
    /// }
    /// ```
    #[track_caller]
    pub fn reboot_now(&self) -> Result<Infallible, Error> {
        self.juju.reboot_now()
    }

    /// Reboots the unit's machine when this dispatch has ended well.
    ///
    /// Staged: a handler that is rolled back, or a dispatch that fails, reboots nothing. Fails with
    /// [`Error::is_not_supported`], before Juju is asked, in an action and on Kubernetes.
    #[track_caller]
    pub fn reboot_after_hook(&self) -> Result<(), Error> {
        self.juju.reboot_after_hook()
    }
}

impl Juju {
    /// This unit. Handlers take [`Unit`] as an argument instead.
    pub fn unit(&self) -> Unit {
        Unit::new(self)
    }
}
