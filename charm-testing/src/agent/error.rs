//! What keeps an agent from running hooks.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::charm::CharmError;

/// Why the agent can't go on. A hook that fails is not one of these: that is the unit's state.
#[derive(Debug)]
pub enum AgentError {
    /// A file or directory of the agent's own.
    Io {
        /// What was tried.
        what: &'static str,
        /// On what.
        path: PathBuf,
        /// How it failed.
        error: io::Error,
    },
    /// A charm's files, or a unit's copy of them.
    Charm(CharmError),
    /// The path of the socket is longer than the system allows.
    SocketPathTooLong(PathBuf),
    /// A unit of an application whose charm directory was never told.
    UnknownCharm(String),
    /// It was told to stop.
    Interrupted,
}

impl AgentError {
    pub(super) fn io(what: &'static str, path: &Path, error: io::Error) -> Self {
        Self::Io { what, path: path.to_owned(), error }
    }
}

impl From<CharmError> for AgentError {
    fn from(error: CharmError) -> Self {
        Self::Charm(error)
    }
}

impl fmt::Display for AgentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { what, path, error } => write!(f, "cannot {what} {}: {error}", path.display()),
            Self::Charm(error) => error.fmt(f),
            Self::SocketPathTooLong(path) => {
                write!(
                    f,
                    "the path of the agent's socket is too long: {}; set TMPDIR to a shorter one",
                    path.display()
                )
            }
            Self::UnknownCharm(application) => {
                write!(f, "application {application:?} has no charm: give the agent its files before it runs")
            }
            Self::Interrupted => f.write_str("interrupted"),
        }
    }
}

impl std::error::Error for AgentError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            Self::Charm(error) => error.source(),
            _ => None,
        }
    }
}
