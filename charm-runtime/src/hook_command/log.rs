//! `juju-log`.

use super::{argument, cut_at, run, HookCommand, Transport};
use crate::error::Error;

/// The longest single argument that Linux passes to a process is 128 KiB.
const LONGEST_MESSAGE: usize = 100_000;

/// Juju's log levels, most talkative first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // the names are Juju's and say it all
pub enum LogLevel {
    Trace,
    Debug,
    Info,
    Warning,
    Error,
}

impl LogLevel {
    /// Juju's name for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Trace => "TRACE",
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
        }
    }
}

/// `juju-log`: adds to the model's log; a message longer than an argument may be goes out in pieces.
#[track_caller]
pub fn juju_log(juju: &dyn Transport, level: LogLevel, message: &str) -> Result<(), Error> {
    let mut rest = message;
    loop {
        let (piece, after) = rest.split_at(cut_at(rest, LONGEST_MESSAGE));
        let piece = argument(piece, LONGEST_MESSAGE);
        run(juju, &HookCommand::new("juju-log").arg("--log-level").arg(level.name()).arg("--").arg(piece))?;
        if after.is_empty() {
            return Ok(());
        }
        rest = after;
    }
}
