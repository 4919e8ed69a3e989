//! What keeps a charm from being read.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use charm_meta::Problem;

/// Why a charm can't be used.
#[derive(Debug)]
pub enum CharmError {
    /// One of its files can't be read, or a copy of it can't be written.
    Io {
        /// What was tried.
        what: &'static str,
        /// On what.
        path: PathBuf,
        /// How it failed.
        error: io::Error,
    },
    /// What it declares is wrong.
    Invalid {
        /// The file that declares it.
        file: PathBuf,
        /// All that is wrong with it. Where it is made of several files, the places in it are of no use and the keys
        /// have to do.
        problems: Vec<Problem>,
        /// Whether the places are those of the file.
        placed: bool,
    },
    /// It is no charm, or not one that can run, or an archive that must not be unpacked.
    Refused(String),
}

impl CharmError {
    pub(super) fn io(what: &'static str, path: &Path, error: io::Error) -> Self {
        Self::Io { what, path: path.to_owned(), error }
    }
}

impl fmt::Display for CharmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { what, path, error } => write!(f, "cannot {what} {}: {error}", path.display()),
            Self::Invalid { file, problems, placed } => {
                for (n, problem) in problems.iter().enumerate() {
                    // A line each, where an editor can jump to.
                    f.write_str(if n == 0 { "" } else { "\nerror: " })?;
                    if *placed {
                        write!(f, "{}:{problem}", file.display())?;
                    } else {
                        write!(f, "{}: {}: {}", file.display(), problem.path, problem.message)?;
                    }
                }
                Ok(())
            }
            Self::Refused(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for CharmError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}
