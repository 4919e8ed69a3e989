//! Packed charms: `.charm` files, which are zip archives.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _, symlink};
use std::path::{Component, Path, PathBuf};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::CharmError;
use super::files::MAX_DECLARATION;

/// More than any charm holds: what claims to be larger is meant to fill the disk.
const MAX_UNPACKED: u64 = 4 << 30;
const MAX_ENTRIES: usize = 200_000;
/// The longest path that Linux takes.
const MAX_LINK: u64 = 4096;

/// A packed charm. Read anew at each use: a charm isn't deployed often.
#[derive(Debug, Clone)]
pub(super) struct Archive {
    path: PathBuf,
    /// What is in it, directories that are only implied included.
    names: BTreeSet<PathBuf>,
}

type Zip = ZipArchive<BufReader<File>>;

impl Archive {
    /// Looks at what is in an archive. One of whose entries would leave its directory is refused as a whole.
    pub(super) fn open(path: &Path) -> Result<Self, CharmError> {
        let mut this = Self { path: path.to_owned(), names: BTreeSet::new() };
        let mut zip = this.zip()?;
        if zip.len() > MAX_ENTRIES {
            return Err(this.refused(&format!("it has more than {MAX_ENTRIES} entries")));
        }
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|error| this.broken(error))?;
            let name = this.place(entry.name_raw())?;
            if !entry.is_dir() && this.names.contains(&name) {
                return Err(this.refused(&format!("it has {} twice", name.display())));
            }
            this.names.extend(name.ancestors().map(Path::to_owned));
        }
        Ok(this)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(Path::new(name))
    }

    /// The beginning of a file, one byte more of it than a declaration may have.
    pub(super) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, CharmError> {
        if !self.has(name) {
            return Ok(None);
        }
        let mut zip = self.zip()?;
        let entry = match zip.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(self.broken(error)),
        };
        let mut bytes = Vec::new();
        entry.take(MAX_DECLARATION + 1).read_to_end(&mut bytes).map_err(|error| self.broken(error))?;
        Ok(Some(bytes))
    }

    /// Writes everything below `to`.
    pub(super) fn unpack(&self, to: &Path) -> Result<(), CharmError> {
        let mut zip = self.zip()?;
        let mut room = MAX_UNPACKED;
        let (mut links, mut directories) = (Vec::new(), Vec::new());
        for index in 0..zip.len() {
            let mut entry = zip.by_index(index).map_err(|error| self.broken(error))?;
            let path = to.join(self.place(entry.name_raw())?);
            let mode = entry.unix_mode().map(|mode| mode & 0o777);
            if entry.is_dir() {
                create_directory(&path)?;
                directories.extend(mode.map(|mode| (path, mode)));
                continue;
            }
            create_directory(path.parent().unwrap_or(to))?;
            if entry.is_symlink() {
                let mut target = Vec::new();
                let read = entry.take(MAX_LINK).read_to_end(&mut target);
                read.map_err(|error| self.broken(error))?;
                links.push((path, PathBuf::from(std::ffi::OsStr::from_bytes(&target))));
                continue;
            }
            let mode = mode.unwrap_or(0o644);
            let mut file = fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&path)
                .map_err(|error| CharmError::io("write", &path, error))?;
            // What it says of its size is not to be believed.
            let copied = io::copy(&mut entry.by_ref().take(room + 1), &mut file);
            let copied = copied.map_err(|error| self.broken(error))?;
            if copied > room {
                return Err(self.refused(&format!("unpacked it is larger than {} GiB", MAX_UNPACKED >> 30)));
            }
            room -= copied;
            set_mode(&path, mode)?;
        }
        // Only now: nothing is ever written through a link.
        self.link(to, links)?;
        for (path, mode) in directories {
            // A directory that its owner may not change could not be removed again.
            set_mode(&path, mode | 0o700)?;
        }
        Ok(())
    }

    /// Makes the links. Where one leads is known for sure only when all are there, as they may lead through each other.
    fn link(&self, to: &Path, links: Vec<(PathBuf, PathBuf)>) -> Result<(), CharmError> {
        let to = to.canonicalize().map_err(|error| CharmError::io("find", to, error))?;
        for (path, target) in &links {
            if target.is_absolute() {
                return Err(self.refused(&leaves(path, target)));
            }
            symlink(target, path).map_err(|error| CharmError::io("create link", path, error))?;
        }
        for (path, target) in &links {
            let inside = match path.canonicalize() {
                Ok(end) => end.starts_with(&to),
                // To nowhere, or in a circle: harmless as long as its own words stay inside.
                Err(_) => path.strip_prefix(&to).ok().is_some_and(|link| stays_inside(link, target)),
            };
            if !inside {
                return Err(self.refused(&leaves(path, target)));
            }
        }
        Ok(())
    }

    fn zip(&self) -> Result<Zip, CharmError> {
        let file = File::open(&self.path).map_err(|error| CharmError::io("open", &self.path, error))?;
        ZipArchive::new(BufReader::new(file)).map_err(|error| self.broken(error))
    }

    /// The relative path that an entry's name means, without anything that could lead elsewhere.
    fn place(&self, name: &[u8]) -> Result<PathBuf, CharmError> {
        let path = Path::new(std::ffi::OsStr::from_bytes(name));
        let mut place = PathBuf::new();
        for component in path.components() {
            match component {
                Component::Normal(part) if !name.contains(&0) => place.push(part),
                Component::CurDir => {}
                _ => {
                    let name = String::from_utf8_lossy(name);
                    return Err(
                        self.refused(&format!("its entry {name:?} lies outside the charm's directory"))
                    );
                }
            }
        }
        Ok(place)
    }

    fn broken(&self, error: impl std::fmt::Display) -> CharmError {
        let path = self.path.display();
        CharmError::Refused(format!("cannot read {path} as a packed charm: {error}; pack it again"))
    }

    fn refused(&self, why: &str) -> CharmError {
        CharmError::Refused(format!("will not unpack {}: {why}", self.path.display()))
    }
}

fn leaves(path: &Path, target: &Path) -> String {
    let name = path.file_name().unwrap_or_default().display();
    format!("its link {name} leads out of the charm's directory, to {}", target.display())
}

/// Whether a link at the relative path `link` stays in its directory, as far as its words say.
fn stays_inside(link: &Path, target: &Path) -> bool {
    let mut depth = link.components().count() - 1;
    for component in target.components() {
        match component {
            Component::Normal(_) => depth += 1,
            Component::CurDir => {}
            Component::ParentDir if depth > 0 => depth -= 1,
            _ => return false,
        }
    }
    true
}

fn create_directory(path: &Path) -> Result<(), CharmError> {
    fs::create_dir_all(path).map_err(|error| CharmError::io("create directory", path, error))
}

fn set_mode(path: &Path, mode: u32) -> Result<(), CharmError> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(|error| CharmError::io("set mode of", path, error))
}
