//! The hook commands on a hook's PATH.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::charm;
use super::error::AgentError;
use crate::hook_command;
use crate::model::JujuVersion;

/// The directory below `tools` with the names of all hook commands that this version has, each a link to `program`.
pub(super) fn link(tools: &Path, program: &Path, version: JujuVersion) -> Result<PathBuf, AgentError> {
    let directory = tools.join(version.to_string());
    // Those of an earlier agent may lead to a program that lies elsewhere by now.
    let is_current = |name: &str| fs::read_link(directory.join(name)).is_ok_and(|target| target == program);
    if hook_command::names(version).all(is_current) {
        return Ok(directory);
    }
    charm::create_private(&directory)?;
    for name in hook_command::names(version).filter(|name| !is_current(name)) {
        let link = directory.join(name);
        charm::remove(&link)?;
        symlink(program, &link).map_err(|error| AgentError::io("create link", &link, error))?;
    }
    Ok(directory)
}
