//! The directories of the agents: each unit's own copy of its charm, and the tools.

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _, symlink};
use std::path::Path;

use super::error::AgentError;
use crate::hook_command;
use crate::model::JujuVersion;

/// Makes a directory that only its owner may enter.
pub(super) fn create_private(path: &Path) -> Result<(), AgentError> {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(|error| AgentError::io("create directory", path, error))
}

/// Fills `tools` with the names of all hook commands, each a link to `program`.
pub(super) fn link_tools(tools: &Path, program: &Path) -> Result<(), AgentError> {
    create_private(tools)?;
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

/// Copies the charm in `from` to `to`, modes and links included. What version control and Cargo keep beside it, and the
/// directory `except` should it lie within, stay behind.
pub(super) fn copy_charm(from: &Path, to: &Path, except: &Path) -> Result<(), AgentError> {
    create_private(to)?;
    let entries = fs::read_dir(from).map_err(|error| AgentError::io("read directory", from, error))?;
    for entry in entries {
        let entry = entry.map_err(|error| AgentError::io("read directory", from, error))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let name = entry.file_name();
        if source == except || name == ".git" || name == "target" {
            continue;
        }
        let kind = entry.file_type().map_err(|error| AgentError::io("look at", &source, error))?;
        if kind.is_dir() {
            copy_charm(&source, &target, except)?;
            let mode = fs::metadata(&source)
                .map_err(|error| AgentError::io("look at", &source, error))?
                .permissions();
            // A directory that its owner may not change could not be removed again.
            let mode = fs::Permissions::from_mode(mode.mode() | 0o700);
            fs::set_permissions(&target, mode)
                .map_err(|error| AgentError::io("set mode of", &target, error))?;
        } else if kind.is_symlink() {
            let link = fs::read_link(&source).map_err(|error| AgentError::io("read link", &source, error))?;
            symlink(link, &target).map_err(|error| AgentError::io("create link", &target, error))?;
        } else if kind.is_file() {
            fs::copy(&source, &target).map_err(|error| AgentError::io("copy", &source, error))?;
        }
        // Sockets, pipes and devices are no part of a charm.
    }
    Ok(())
}
