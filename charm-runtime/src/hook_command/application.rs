//! `application-version-set`.

use super::{argument, run, HookCommand, Transport};
use crate::error::Error;

/// What is passed on of a version, in bytes: Juju has no limit of its own, and `juju status` shows it in a column.
const LONGEST_VERSION: usize = 1000;

/// `application-version-set`: the workload's version, shown in `juju status`. Immediate.
///
/// NUL, which no argument can hold, is replaced by `␀`, and what is over 1000 bytes is cut.
///
/// ```
/// use charm_runtime::hook_command::{application_version_set, HookCommand, Scripted};
///
/// let juju = Scripted::new();
/// application_version_set(&juju, "14.2")?;
/// assert_eq!(juju.calls(), [HookCommand::new("application-version-set").args(["--", "14.2"])]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn application_version_set(juju: &dyn Transport, version: &str) -> Result<(), Error> {
    let version = argument(version, LONGEST_VERSION);
    run(juju, &HookCommand::new("application-version-set").arg("--").arg(version)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook_command::Scripted;

    #[test]
    fn whatever_it_is_it_is_one_argument() {
        let juju = Scripted::new().answer("").answer("").refuse(1, "connection is shut down");
        application_version_set(&juju, "-1\0").unwrap();
        application_version_set(&juju, &"é".repeat(600)).unwrap();
        let calls = juju.calls();
        assert_eq!(calls[0], HookCommand::new("application-version-set").args(["--", "-1␀"]));
        assert_eq!(calls[1].arguments()[1].len(), 1000);
        assert!(application_version_set(&juju, "1").unwrap_err().to_string().contains("shut down"));
    }
}
