//! `application-version-set`.

use super::{argument, run, HookCommand, Transport};
use crate::error::Error;

/// `application-version-set`: the workload's version, shown in `juju status`. Immediate.
#[track_caller]
pub fn application_version_set(juju: &dyn Transport, version: &str) -> Result<(), Error> {
    run(juju, &HookCommand::new("application-version-set").arg("--").arg(argument(version, 1000))).map(drop)
}
