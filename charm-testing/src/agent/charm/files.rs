//! The files that the units of a charm get a copy of.

use std::fs;
use std::io::{self, Read as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use super::archive::Archive;
use super::directory;
use super::error::CharmError;

/// The most that a file with declarations may hold; real ones have some kilobytes.
pub(super) const MAX_DECLARATION: u64 = 4 << 20;

/// The files of a charm, wherever they lie. Nothing is read before it is asked for.
#[derive(Debug, Clone)]
pub struct CharmFiles {
    pub(super) content: Content,
    pub(super) made: Vec<Made>,
}

/// Where most of the files are.
#[derive(Debug, Clone)]
pub(super) enum Content {
    Directory(PathBuf),
    Archive(Archive),
    /// Only a program, which is to be `dispatch`.
    Program(PathBuf),
}

/// A file that the charm lacks.
#[derive(Debug, Clone)]
pub(super) struct Made {
    name: &'static str,
    content: Vec<u8>,
    mode: u32,
}

impl Made {
    pub(super) fn file(name: &'static str, text: &str) -> Self {
        Self { name, content: text.as_bytes().to_vec(), mode: 0o644 }
    }

    pub(super) fn executable(name: &'static str, content: &[u8]) -> Self {
        Self { name, content: content.to_vec(), mode: 0o755 }
    }
}

impl Content {
    /// Where it lies, for messages.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Directory(path) | Self::Program(path) => path,
            Self::Archive(archive) => archive.path(),
        }
    }

    /// Whether there is a file or directory of that name. A link to nowhere is there, and fails as what it is.
    pub(super) fn has(&self, name: &str) -> bool {
        match self {
            Self::Directory(path) => path.join(name).symlink_metadata().is_ok(),
            Self::Archive(archive) => archive.has(name),
            Self::Program(_) => name == "dispatch",
        }
    }

    /// The text of a file, if there is one.
    pub(super) fn read_text(&self, name: &str) -> Result<Option<String>, CharmError> {
        let bytes = match self {
            Self::Directory(path) => match fs::File::open(path.join(name)) {
                Ok(file) => {
                    let mut bytes = Vec::new();
                    file.take(MAX_DECLARATION + 1)
                        .read_to_end(&mut bytes)
                        .map_err(|error| CharmError::io("read", &path.join(name), error))?;
                    bytes
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(CharmError::io("read", &path.join(name), error)),
            },
            Self::Archive(archive) => match archive.read(name)? {
                Some(bytes) => bytes,
                None => return Ok(None),
            },
            Self::Program(_) => return Ok(None),
        };
        let file = self.path().join(name);
        if bytes.len() as u64 > MAX_DECLARATION {
            return Err(CharmError::Refused(format!(
                "{} is larger than {} MiB, which no declaration is",
                file.display(),
                MAX_DECLARATION >> 20
            )));
        }
        let text = String::from_utf8(bytes);
        let text =
            text.map_err(|_| CharmError::Refused(format!("{} is no text in UTF-8", file.display())))?;
        Ok(Some(text))
    }
}

impl CharmFiles {
    /// All that lies in a directory, as it is.
    pub fn of_directory(directory: &Path) -> Self {
        Self { content: Content::Directory(directory.to_owned()), made: Vec::new() }
    }

    /// Where they lie: the directory, the `.charm`, or the built program.
    pub fn path(&self) -> &Path {
        self.content.path()
    }

    /// Copies them to the directory `to`, which it makes; modes and links are kept. What version control and build tools
    /// keep beside a charm stays behind, and so does the directory `except` should it lie within.
    pub fn copy_to(&self, to: &Path, except: Option<&Path>) -> Result<(), CharmError> {
        directory::create_private(to)?;
        match &self.content {
            Content::Directory(from) => directory::copy(from, to, except)?,
            Content::Archive(archive) => archive.unpack(to)?,
            Content::Program(program) => {
                let dispatch = to.join("dispatch");
                fs::copy(program, &dispatch).map_err(|error| CharmError::io("copy", program, error))?;
            }
        }
        for Made { name, content, mode } in &self.made {
            write(&to.join(name), content, *mode)?;
        }
        Ok(())
    }
}

impl From<&Path> for CharmFiles {
    fn from(directory: &Path) -> Self {
        Self::of_directory(directory)
    }
}

impl From<&PathBuf> for CharmFiles {
    fn from(directory: &PathBuf) -> Self {
        Self::of_directory(directory)
    }
}

impl From<super::CharmSource> for CharmFiles {
    fn from(charm: super::CharmSource) -> Self {
        charm.files
    }
}

fn write(path: &Path, content: &[u8], mode: u32) -> Result<(), CharmError> {
    let written = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(path)
        .and_then(|mut file| io::Write::write_all(&mut file, content))
        // Whatever umask this process has.
        .and_then(|()| fs::set_permissions(path, fs::Permissions::from_mode(mode)));
    written.map_err(|error| CharmError::io("write", path, error))
}
