//! `juju-reboot`.

use super::{run, HookCommand, Transport};
use crate::error::Error;

/// When the machine is to reboot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RebootWhen {
    /// At once: Juju kills this process (SIGKILL), drops what it buffered, and runs the hook again afterwards.
    Now,
    /// When the hook has ended well; if it fails, there is no reboot.
    AfterHook,
}

/// `juju-reboot [--now]`: the unit's machine reboots. Immediate with [`RebootWhen::Now`], else buffered until the process
/// has exited 0. Machines only.
///
/// Fails with [`Error::is_not_supported`] in an action (Juju 3.6 and 4). With [`RebootWhen::Now`] this process is about to
/// be killed when the function returns: [`Unit::reboot_now`](crate::Unit::reboot_now) takes care of that.
///
/// ```
/// use charm_runtime::hook_command::{juju_reboot, HookCommand, RebootWhen, Scripted};
///
/// let juju = Scripted::new();
/// juju_reboot(&juju, RebootWhen::AfterHook)?;
/// juju_reboot(&juju, RebootWhen::Now)?;
/// assert_eq!(juju.calls(), [HookCommand::new("juju-reboot"), HookCommand::new("juju-reboot").arg("--now")]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn juju_reboot(juju: &dyn Transport, when: RebootWhen) -> Result<(), Error> {
    let command = HookCommand::new("juju-reboot");
    let command = match when {
        RebootWhen::Now => command.arg("--now"),
        RebootWhen::AfterHook => command,
    };
    run(juju, &command).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook_command::Scripted;

    #[test]
    fn a_refusal_is_typed() {
        let juju = Scripted::new().refuse(1, "juju-reboot is not supported when running an action.");
        assert!(juju_reboot(&juju, RebootWhen::Now).unwrap_err().is_not_supported());
    }
}
