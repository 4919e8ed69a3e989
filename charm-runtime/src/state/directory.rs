//! `.unit-state/`: what lies where, for whose eyes, and how a name in it becomes durable.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::error::StateError;

const PRIVATE_DIRECTORY: u32 = 0o700;
const PRIVATE_FILE: u32 = 0o600;

/// What `./dispatch state reset` sets aside: everything but the lock, which its holder needs to the end.
pub(super) const CONTENTS: [&str; 5] = [STORE, FORMER_STORE, SEQUENCE, ATTEMPTS, PENDING];

pub(super) const STORE: &str = "store";
const FORMER_STORE: &str = "store.old";
pub(super) const SEQUENCE: &str = "sequence";
pub(super) const ATTEMPTS: &str = "attempts";
pub(super) const PENDING: &str = "pending";

/// Names of things under construction begin with these; whoever holds the lock may remove them.
const UNFINISHED: [&str; 2] = ["store.new-", "sequence.new"];

/// The directory of one unit's state.
#[derive(Debug, Clone)]
pub(super) struct Directory {
    path: PathBuf,
}

impl Directory {
    /// The directory at `path`, made if it isn't there, closed to other users.
    pub(super) fn prepare(path: &Path) -> Result<Self, StateError> {
        let path = absolute(path)?;
        match DirBuilder::new().mode(PRIVATE_DIRECTORY).create(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(StateError::io(&path, "create it", &error)),
        }
        Self::check(path)
    }

    /// The directory at `path`, which must be there: an operator's command creates nothing.
    pub(super) fn existing(path: &Path) -> Result<Self, StateError> {
        let path = absolute(path)?;
        if !present(&path)? {
            return Err(StateError::nothing_there(&path));
        }
        Self::check(path)
    }

    fn check(path: PathBuf) -> Result<Self, StateError> {
        // Not through a link: whoever could place one would choose where the charm's secrets go.
        let found =
            fs::symlink_metadata(&path).map_err(|error| StateError::io(&path, "look at it", &error))?;
        if !found.is_dir() {
            return Err(StateError::not_a_directory(&path));
        }
        tighten(&path, PRIVATE_DIRECTORY)?;
        Ok(Self { path })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn charm(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.path.join("lock")
    }

    pub(super) fn sequence(&self) -> PathBuf {
        self.path.join(SEQUENCE)
    }

    pub(super) fn store(&self) -> Store {
        Store { path: self.path.join(STORE) }
    }

    /// Where a store is built before it gets its name.
    pub(super) fn unborn_store(&self) -> Store {
        Store { path: self.path.join(format!("{}{}", UNFINISHED[0], std::process::id())) }
    }

    /// The store that a rebuilt one replaces, for the moment between two names.
    pub(super) fn former_store(&self) -> Store {
        Store { path: self.path.join(FORMER_STORE) }
    }

    pub(super) fn unborn_sequence(&self) -> PathBuf {
        self.path.join(UNFINISHED[1])
    }

    /// Puts in order what a killed process left unfinished. Only under the lock.
    pub(super) fn tidy(&self) -> Result<(), StateError> {
        let (store, former) = (self.store(), self.former_store());
        if former.exists()? {
            let done = if store.exists()? {
                // The rebuilt one has its name; before the former goes, so that no power cut takes both.
                sync_directory(&self.path)?;
                fs::remove_dir_all(&former.path)
            } else {
                fs::rename(&former.path, &store.path)
            };
            done.map_err(|error| StateError::io(&former.path, "put this former store in order", &error))?;
        }
        for name in names(&self.path)? {
            if UNFINISHED.iter().any(|start| name.to_string_lossy().starts_with(start)) {
                let path = self.path.join(name);
                let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
                removed.map_err(|error| StateError::io(&path, "remove this unfinished file", &error))?;
            }
        }
        Ok(())
    }

    /// Makes everything durable whose fate an earlier, killed process left open.
    pub(super) fn sync_all(&self) -> Result<(), StateError> {
        self.store().sync_all()?;
        sync_directory(&self.path)?;
        sync_directory(self.charm())
    }
}

/// The directory that sled keeps its files in.
#[derive(Debug, Clone)]
pub(super) struct Store {
    path: PathBuf,
}

impl Store {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// sled's log: every commit goes there.
    pub(super) fn db(&self) -> PathBuf {
        self.path.join("db")
    }

    /// sled's settings: written once, at its creation.
    pub(super) fn conf(&self) -> PathBuf {
        self.path.join("conf")
    }

    /// sled's large pages, one file each, never changed after they are written.
    pub(super) fn blobs(&self) -> PathBuf {
        self.path.join("blobs")
    }

    pub(super) fn exists(&self) -> Result<bool, StateError> {
        present(&self.path)
    }

    /// sled 0.34.7 writes a snapshot as `snap.X.generating` but skips other names when it looks for the newest one, so
    /// that one left by a kill makes every later opening fail. The snapshot before it is still there.
    pub(super) fn remove_unfinished_snapshots(&self) -> Result<(), StateError> {
        for name in names(&self.path)? {
            let name = name.to_string_lossy();
            if name.starts_with("snap.") && name.ends_with(".generating") {
                let path = self.path.join(&*name);
                fs::remove_file(&path)
                    .map_err(|error| StateError::io(&path, "remove this unfinished snapshot", &error))?;
            }
        }
        Ok(())
    }

    /// Closes every file to other users, sled having made them as the umask said.
    pub(super) fn tighten(&self) -> Result<(), StateError> {
        tighten(&self.path, PRIVATE_DIRECTORY)?;
        tighten(&self.blobs(), PRIVATE_DIRECTORY)?;
        self.each_file(|path| tighten(path, PRIVATE_FILE))
    }

    pub(super) fn sync_all(&self) -> Result<(), StateError> {
        self.each_file(sync_file)?;
        sync_directory(&self.blobs())?;
        sync_directory(&self.path)
    }

    /// Makes the blobs durable that were written since `known` was taken, and their names, and adds them to `known`, which
    /// is of no use after an error.
    pub(super) fn sync_new_blobs(&self, known: &mut Blobs) -> Result<(), StateError> {
        let blobs = self.blobs();
        let mut is_any_new = false;
        for name in names(&blobs)? {
            let path = blobs.join(&name);
            if known.add(name) {
                tighten(&path, PRIVATE_FILE)?;
                sync_file(&path)?;
                is_any_new = true;
            }
        }
        if is_any_new {
            sync_directory(&blobs)?;
        }
        Ok(())
    }

    pub(super) fn blob_names(&self) -> Result<Blobs, StateError> {
        let mut blobs = Blobs::default();
        for name in names(&self.blobs())? {
            blobs.add(name);
        }
        Ok(blobs)
    }

    fn each_file(&self, mut visit: impl FnMut(&Path) -> Result<(), StateError>) -> Result<(), StateError> {
        for directory in [&self.path, &self.blobs()] {
            for name in names(directory)? {
                let path = directory.join(name);
                if !path.is_dir() {
                    visit(&path)?;
                }
            }
        }
        Ok(())
    }
}

/// Names of blobs, sorted. Of a few hundred, which doesn't pay for the 10 KB of code of a `BTreeSet`.
#[derive(Default)]
pub(super) struct Blobs(Vec<OsString>);

impl Blobs {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds a name; `false` where it is there already.
    fn add(&mut self, name: OsString) -> bool {
        match self.0.binary_search(&name) {
            Ok(_) => false,
            Err(at) => {
                self.0.insert(at, name);
                true
            }
        }
    }
}

fn absolute(path: &Path) -> Result<PathBuf, StateError> {
    std::path::absolute(path).map_err(|error| StateError::io(path, "find it", &error))
}

/// True if something has this name. An error to look is none: "can't tell" must never read as "empty".
pub(super) fn present(path: &Path) -> Result<bool, StateError> {
    // One system call, where std's own asks the kernel twice when nothing is there: most dispatches do only this.
    match rustix::fs::lstat(path) {
        Ok(_) => Ok(true),
        Err(rustix::io::Errno::NOENT) => Ok(false),
        Err(error) => Err(StateError::io(path, "look at it", &error.into())),
    }
}

fn names(directory: &Path) -> Result<Vec<OsString>, StateError> {
    let read = || fs::read_dir(directory)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<_>>();
    read().map_err(|error| StateError::io(directory, "list it", &error))
}

/// A file for the charm's user alone, whatever the umask, made if it isn't there.
pub(super) fn open_private(path: &Path) -> Result<File, StateError> {
    let file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(PRIVATE_FILE).open(path);
    let file = file.map_err(|error| StateError::io(path, "open it for writing", &error))?;
    tighten(path, PRIVATE_FILE)?;
    Ok(file)
}

fn tighten(path: &Path, mode: u32) -> Result<(), StateError> {
    let found = match fs::metadata(path) {
        Ok(found) => found,
        // sled's worker threads remove blobs that no page needs any more.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StateError::io(path, "look at it", &error)),
    };
    if found.permissions().mode() & 0o7777 == mode {
        return Ok(());
    }
    match fs::set_permissions(path, Permissions::from_mode(mode)) {
        Ok(()) => Ok(()),
        // Only the owner and root may.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            Err(StateError::foreign(path, found.uid()))
        }
        Err(error) => Err(StateError::io(path, "close it to other users", &error)),
    }
}

fn sync_file(path: &Path) -> Result<(), StateError> {
    match File::open(path).and_then(|file| file.sync_all()) {
        Ok(()) => Ok(()),
        // As in `tighten`; what the store needs it would miss at its next reading, and say so.
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(StateError::io(path, "make it durable", &error)),
    }
}

/// Makes durable which names the directory has.
pub(super) fn sync_directory(path: &Path) -> Result<(), StateError> {
    let synced = File::open(path).and_then(|directory| directory.sync_all());
    synced.map_err(|error| StateError::io(path, "make its names durable", &error))
}
