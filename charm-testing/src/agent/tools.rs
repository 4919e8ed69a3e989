//! The hook commands on a hook's PATH.

use std::io;
use std::os::unix::fs::symlink;
use std::path::Path;

use super::charm;
use super::error::AgentError;
use crate::hook_command;
use crate::model::JujuVersion;

/// Fills `tools` with the names of all hook commands, each a link to `program`.
pub(super) fn link(tools: &Path, program: &Path) -> Result<(), AgentError> {
    charm::create_private(tools)?;
    for name in hook_command::names(JujuVersion::V3_6) {
        let link = tools.join(name);
        match symlink(program, &link) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(AgentError::io("create link", &link, error)),
        }
    }
    Ok(())
}
