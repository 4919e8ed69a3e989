//! Charms as they lie on a disk: what they declare, and the files that their units get a copy of.
//!
//! A directory or a packed `.charm` is read without being changed. What Juju wants and the author left to the packing is
//! made for the copies: the three files that are split from `charmcraft.yaml`, and the `dispatch` of a Python charm. A
//! file that the author wrote wins.

mod archive;
mod declaration;
mod directory;
mod error;
mod files;
mod python;

use std::path::{Path, PathBuf};

use charm_meta::Metadata;

use archive::Archive;
use declaration::Declaration;
pub(super) use directory::{create_private, paths_below, remove};
pub use error::CharmError;
pub use files::CharmFiles;
use files::{Content, Made};

/// What a charm's directory doesn't say about how it is run.
#[derive(Debug, Clone, Default)]
pub struct CharmOptions {
    /// The Python that runs `src/charm.py` of a charm without `dispatch`: an interpreter, or the directory of a virtual
    /// environment. Without it that is the charm's own `venv` if it is a virtual environment, or else `python3`.
    pub python: Option<PathBuf>,
    /// The program built from a charm's sources, which becomes `dispatch`. Units then get it and what the charm declares,
    /// and not the sources.
    pub executable: Option<PathBuf>,
}

/// A charm that can be deployed.
#[derive(Debug, Clone)]
pub struct CharmSource {
    /// What it declares.
    pub metadata: Metadata,
    /// What its units get.
    pub files: CharmFiles,
}

impl CharmSource {
    /// Whether `path` looks like a charm: a directory that declares one, or a file `*.charm`.
    pub fn is_charm(path: &Path) -> bool {
        if path.is_file() {
            return path.extension().is_some_and(|extension| extension == "charm");
        }
        [declaration::CHARMCRAFT, declaration::METADATA].iter().any(|file| path.join(file).is_file())
    }

    /// Reads what the charm in a directory or `.charm` declares, whether it could be run or not.
    pub fn metadata(path: &Path) -> Result<Metadata, CharmError> {
        let content = Self::content(path)?;
        Ok(Declaration::read(&content)?.metadata)
    }

    /// Reads a charm from its directory or its `.charm`.
    pub fn open(path: &Path, options: &CharmOptions) -> Result<Self, CharmError> {
        let content = Self::content(path)?;
        let declaration = Declaration::read(&content)?;
        let mut made = declaration.made;
        let content = match &options.executable {
            Some(executable) => {
                made.extend(declaration.written);
                Content::Program(executable.clone())
            }
            None => {
                made.extend(Self::dispatch(&content, options)?);
                content
            }
        };
        Ok(Self { metadata: declaration.metadata, files: CharmFiles { content, made } })
    }

    fn content(path: &Path) -> Result<Content, CharmError> {
        let about = path.metadata().map_err(|error| CharmError::io("find the charm", path, error))?;
        if about.is_dir() {
            return Ok(Content::Directory(path.to_owned()));
        }
        Ok(Content::Archive(Archive::open(path)?))
    }

    /// The `dispatch` that a charm needs and lacks.
    fn dispatch(content: &Content, options: &CharmOptions) -> Result<Option<Made>, CharmError> {
        if content.has("dispatch") || content.has("hooks") {
            return Ok(None);
        }
        if content.has(python::CHARM) {
            return Ok(Some(Made::executable("dispatch", &python::dispatch(content, options)?)));
        }
        let place = content.path().display();
        if content.has("Cargo.toml") {
            return Err(CharmError::Refused(format!(
                "{place} holds the sources of a Rust charm: build it first, as `cargo charm` does"
            )));
        }
        Err(CharmError::Refused(format!(
            "{place} has nothing to run: no Cargo.toml to build, no `dispatch`, no `hooks` and no `{}`",
            python::CHARM
        )))
    }
}
