//! Directories of charms: copied, looked through and removed.

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _, symlink};
use std::path::{Component, Path, PathBuf};

use super::error::CharmError;

/// What lies at the top of a charm's directory and is no part of the charm.
const LEFT_BEHIND: &[&str] = &[".bzr", ".git", ".hg", ".jj", ".svn", ".tox", ".venv"];
/// The file by which build tools mark directories that can be made anew, such as Cargo's `target`.
const CACHE_TAG: &str = "CACHEDIR.TAG";

/// Makes a directory that only its owner may enter.
pub(in crate::agent) fn create_private(path: &Path) -> Result<(), CharmError> {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(|error| CharmError::io("create directory", path, error))
}

/// Copies what lies in `from` to `to`, modes and links included.
pub(super) fn copy(from: &Path, to: &Path, except: Option<&Path>) -> Result<(), CharmError> {
    let from = from.canonicalize().map_err(|error| CharmError::io("find the charm", from, error))?;
    copy_below(&from, &from, to, except)
}

fn copy_below(root: &Path, from: &Path, to: &Path, except: Option<&Path>) -> Result<(), CharmError> {
    for (name, kind) in entries(from)? {
        let (source, target) = (from.join(&name), to.join(&name));
        let left_behind = from == root && LEFT_BEHIND.iter().any(|left| name == *left);
        if left_behind || Some(source.as_path()) == except {
            continue;
        }
        if kind.is_dir() {
            if source.join(CACHE_TAG).is_file() {
                continue;
            }
            create_private(&target)?;
            copy_below(root, &source, &target, except)?;
            let mode = fs::metadata(&source).map_err(|error| CharmError::io("look at", &source, error))?;
            // A directory that its owner may not change could not be removed again.
            let mode = fs::Permissions::from_mode(mode.permissions().mode() | 0o700);
            fs::set_permissions(&target, mode)
                .map_err(|error| CharmError::io("set mode of", &target, error))?;
        } else if kind.is_symlink() {
            let link = fs::read_link(&source).map_err(|error| CharmError::io("read link", &source, error))?;
            let link = if leaves(root, &source, &link) { from.join(link) } else { link };
            symlink(link, &target).map_err(|error| CharmError::io("create link", &target, error))?;
        } else if kind.is_file() {
            fs::copy(&source, &target).map_err(|error| CharmError::io("copy", &source, error))?;
        }
        // Sockets, pipes and devices are no part of a charm.
    }
    Ok(())
}

/// Whether a link leads to what lies beside the charm, as it may while the charm is being developed. From a copy it has
/// to lead to the same place.
fn leaves(root: &Path, source: &Path, link: &Path) -> bool {
    let below = source.strip_prefix(root).unwrap_or(source);
    let mut depth = below.components().count().saturating_sub(1);
    for component in link.components() {
        match component {
            Component::Normal(_) => depth += 1,
            Component::ParentDir if depth == 0 => return true,
            Component::ParentDir => depth -= 1,
            // One that is absolute leads there already.
            Component::RootDir | Component::Prefix(_) => return false,
            Component::CurDir => {}
        }
    }
    false
}

/// All that lies below a directory, each before what it holds; links are not followed.
pub(in crate::agent) fn paths_below(root: &Path) -> Result<Vec<PathBuf>, CharmError> {
    let mut paths = Vec::new();
    collect(root, Path::new(""), &mut paths)?;
    Ok(paths)
}

fn collect(root: &Path, below: &Path, paths: &mut Vec<PathBuf>) -> Result<(), CharmError> {
    for (name, kind) in entries(&root.join(below))? {
        let path = below.join(name);
        paths.push(path.clone());
        if kind.is_dir() {
            collect(root, &path, paths)?;
        }
    }
    Ok(())
}

/// The names in a directory in order, so that what is done with them has one.
fn entries(directory: &Path) -> Result<Vec<(std::ffi::OsString, fs::FileType)>, CharmError> {
    let failed = |error| CharmError::io("read directory", directory, error);
    let mut entries = Vec::new();
    for entry in fs::read_dir(directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        entries.push((entry.file_name(), entry.file_type().map_err(failed)?));
    }
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(entries)
}

/// Removes what is at `path`, if anything is: also directories that a charm has forbidden itself to change.
pub(in crate::agent) fn remove(path: &Path) -> Result<(), CharmError> {
    let removed = match path.symlink_metadata() {
        Ok(about) if about.is_dir() => match fs::remove_dir_all(path) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                open_up(path);
                fs::remove_dir_all(path)
            }
            other => other,
        },
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(CharmError::io("remove", path, error)),
        _ => Ok(()),
    }
}

/// Allows everything in all directories that can be reached. What can't be is told when it can't be removed.
fn open_up(directory: &Path) {
    let _ = fs::set_permissions(directory, fs::Permissions::from_mode(0o700));
    for (name, kind) in entries(directory).unwrap_or_default() {
        if kind.is_dir() {
            open_up(&directory.join(name));
        }
    }
}
