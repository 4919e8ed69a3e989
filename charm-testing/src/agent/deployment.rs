//! A unit's own copy of its charm.
//!
//! Beside the copy stands which revision it is of and which paths came with it. So the files of another revision can take
//! their place while what the charm itself has made stays, as in Juju.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use super::charm::{self, CharmFiles};
use super::error::AgentError;

/// The directory of a unit's agent.
#[derive(Debug)]
pub(super) struct Deployment {
    directory: PathBuf,
}

/// What was deployed.
struct Manifest {
    /// None while a deployment is under way, or was when it was cut short.
    revision: Option<u64>,
    paths: BTreeSet<PathBuf>,
}

impl Deployment {
    pub(super) fn new(directory: PathBuf) -> Self {
        Self { directory }
    }

    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    pub(super) fn charm(&self) -> PathBuf {
        self.directory.join("charm")
    }

    /// The revision that is there as a whole, if any is.
    pub(super) fn revision(&self) -> Result<Option<u64>, AgentError> {
        Ok(self.manifest()?.and_then(|manifest| manifest.revision))
    }

    /// Makes the charm's directory that of a revision. Files of the one before that this one hasn't are removed, and
    /// what the charm has made stays.
    pub(super) fn deploy(&self, files: &CharmFiles, revision: u64, except: &Path) -> Result<(), AgentError> {
        charm::create_private(&self.directory)?;
        // Elsewhere first: what can't be copied must not leave half a charm.
        let staged = self.directory.join("staged");
        charm::remove(&staged)?;
        files.copy_to(&staged, Some(except))?;
        let paths: BTreeSet<PathBuf> = charm::paths_below(&staged)?.into_iter().collect();
        let (target, before) = (self.charm(), self.manifest()?);
        match before.filter(|_| target.is_dir()) {
            None => {
                // What may be there is of a unit that had the same name.
                charm::remove(&target)?;
                fs::rename(&staged, &target).map_err(|error| AgentError::io("rename", &staged, error))?;
            }
            Some(before) => {
                // Should this be cut short, the next try knows of all that can be there.
                let all = paths.union(&before.paths).cloned().collect();
                self.write_manifest(&Manifest { revision: None, paths: all })?;
                // Not even what the charm has forbidden itself may stand in the way.
                allow(&target)?;
                before.paths.iter().try_for_each(|path| allow(&target.join(path)))?;
                for gone in before.paths.iter().rev().filter(|path| !paths.contains(*path)) {
                    remove_deployed(&target.join(gone))?;
                }
                for path in &paths {
                    put(&staged.join(path), &target.join(path))?;
                }
                charm::remove(&staged)?;
            }
        }
        self.write_manifest(&Manifest { revision: Some(revision), paths })
    }

    /// Forgets that anything is there: the unit is gone, and the next of its name begins anew.
    pub(super) fn retire(&self) -> Result<(), AgentError> {
        Ok(charm::remove(&self.manifest_file())?)
    }

    fn manifest_file(&self) -> PathBuf {
        self.directory.join("deployed")
    }

    /// A line with the revision, then the paths, which may be any bytes but 0.
    fn manifest(&self) -> Result<Option<Manifest>, AgentError> {
        let file = self.manifest_file();
        let bytes = match fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(AgentError::io("read", &file, error)),
        };
        let mut lines = bytes.splitn(2, |byte| *byte == b'\n');
        let revision = lines.next().and_then(|line| str::from_utf8(line).ok()?.parse().ok());
        let paths = lines.next().unwrap_or_default().split(|byte| *byte == 0).filter(|path| !path.is_empty());
        let paths = paths.map(|path| PathBuf::from(OsString::from_vec(path.to_vec()))).collect();
        Ok(Some(Manifest { revision, paths }))
    }

    fn write_manifest(&self, manifest: &Manifest) -> Result<(), AgentError> {
        let mut bytes =
            manifest.revision.map(|revision| revision.to_string()).unwrap_or_default().into_bytes();
        bytes.push(b'\n');
        for path in &manifest.paths {
            bytes.extend_from_slice(path.as_os_str().as_bytes());
            bytes.push(0);
        }
        let (file, new) = (self.manifest_file(), self.directory.join("deployed.new"));
        fs::write(&new, bytes)
            .and_then(|()| fs::rename(&new, &file))
            .map_err(|error| AgentError::io("write", &file, error))
    }
}

/// Lets a directory, if it is one, be changed by its owner.
fn allow(path: &Path) -> Result<(), AgentError> {
    match path.symlink_metadata() {
        Ok(about) if about.is_dir() && about.permissions().mode() & 0o700 != 0o700 => {
            let mode = fs::Permissions::from_mode(about.permissions().mode() | 0o700);
            fs::set_permissions(path, mode).map_err(|error| AgentError::io("set mode of", path, error))
        }
        _ => Ok(()),
    }
}

/// Removes what a revision brought, but no directory in which something else lies.
fn remove_deployed(path: &Path) -> Result<(), AgentError> {
    match path.symlink_metadata() {
        Ok(about) if about.is_dir() => match fs::remove_dir(path) {
            Err(error) if error.kind() != io::ErrorKind::DirectoryNotEmpty => {
                Err(AgentError::io("remove", path, error))
            }
            _ => Ok(()),
        },
        // The charm may have removed it itself.
        Err(_) => Ok(()),
        Ok(_) => Ok(charm::remove(path)?),
    }
}

/// Puts a staged file or directory to its place, whatever the charm has made of that.
fn put(staged: &Path, target: &Path) -> Result<(), AgentError> {
    let about = staged.symlink_metadata().map_err(|error| AgentError::io("look at", staged, error))?;
    let there = target.symlink_metadata().ok();
    if there.is_some_and(|there| there.is_dir() != about.is_dir()) {
        charm::remove(target)?;
    }
    if about.is_dir() {
        charm::create_private(target)?;
        return fs::set_permissions(target, about.permissions())
            .map_err(|error| AgentError::io("set mode of", target, error));
    }
    fs::rename(staged, target).map_err(|error| AgentError::io("replace", target, error))
}
