//! Why the state can't be read or written, and the way out.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// An error of the state. Its text is one line: where, what, and, as the last words, what leads out of it, wherever
/// possible the exact command.
pub struct StateError(Box<Inner>);

struct Inner {
    kind: Kind,
    text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Locked,
    Damaged,
    Older,
    Gone,
    NewerFormat,
    Io,
    Misuse,
}

impl StateError {
    /// Another process has the state open, and kept it open for the whole time-out.
    pub fn is_locked(&self) -> bool {
        self.0.kind == Kind::Locked
    }

    /// What is on the disk isn't what was written there: an operator decides what becomes of it.
    pub fn is_damaged(&self) -> bool {
        self.0.kind == Kind::Damaged
    }

    /// The store opens, but lacks commits that were acknowledged.
    pub fn is_older(&self) -> bool {
        self.0.kind == Kind::Older
    }

    /// Commits were acknowledged, and the store that held them isn't there any more.
    pub fn is_gone(&self) -> bool {
        self.0.kind == Kind::Gone
    }

    /// The state was written by a newer revision in a format that this one can't read.
    pub fn is_newer_format(&self) -> bool {
        self.0.kind == Kind::NewerFormat
    }

    /// The operating system refused: disk full, read-only, permission, input/output error.
    pub fn is_io(&self) -> bool {
        self.0.kind == Kind::Io
    }

    fn new(kind: Kind, path: &Path, what: impl fmt::Display, way_out: impl fmt::Display) -> Self {
        Self(Box::new(Inner { kind, text: one_line(&format!("{}: {what}; {way_out}", path.display())) }))
    }

    pub(super) fn io(path: &Path, doing: &str, error: &io::Error) -> Self {
        let way_out = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                "nothing acknowledged is lost: free space on this disk, the next dispatch goes on from there"
            }
            ErrorKind::ReadOnlyFilesystem => "remount this file system writable",
            ErrorKind::PermissionDenied => {
                "it must belong to the user that the charm runs as, and be writable for it: chown -R that user"
            }
            _ => "check the disk under it",
        };
        Self::new(Kind::Io, path, format_args!("can't {doing}: {error}"), way_out)
    }

    pub(super) fn not_a_directory(path: &Path) -> Self {
        let way_out = "the unit's state is a directory of this name: move away what is there";
        Self::new(Kind::Io, path, "is not a directory", way_out)
    }

    pub(super) fn foreign(path: &Path, owner: u32) -> Self {
        let what = format_args!("belongs to another user (uid {owner})");
        Self::new(Kind::Io, path, what, "give it to the user that the charm runs as: chown -R")
    }

    pub(super) fn locked(path: &Path, holder: Option<u32>, seconds: u64) -> Self {
        let holder = holder.map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"));
        let what = format_args!("held by {holder} for more than {seconds} s");
        Self::new(Kind::Locked, path, what, format_args!("let {holder} end, or end it, then run this again"))
    }

    pub(super) fn damaged(dir: &Path, path: &Path, what: impl fmt::Display) -> Self {
        Self::new(Kind::Damaged, path, format_args!("the state is damaged: {what}"), reset(dir))
    }

    pub(super) fn counter_unreadable(dir: &Path, path: &Path, what: &str, seq: u64) -> Self {
        let what = format_args!("{what}, so nothing tells whether the store (at commit {seq}) is the newest");
        Self::new(Kind::Damaged, path, what, accept(dir))
    }

    pub(super) fn older(dir: &Path, path: &Path, inside: u64, outside: u64) -> Self {
        let what = format_args!("the store is at commit {inside}, but commit {outside} was acknowledged");
        Self::new(Kind::Older, path, what, accept(dir))
    }

    pub(super) fn gone(dir: &Path, path: &Path, outside: u64) -> Self {
        let what =
            format_args!("the state is gone: {outside} commits were acknowledged, and there is no store");
        Self::new(Kind::Gone, path, what, reset(dir))
    }

    pub(super) fn newer_format(path: &Path, found: u64, known: u64) -> Self {
        let what = format_args!("written by a newer revision (format {found}, this one knows {known})");
        Self::new(Kind::NewerFormat, path, what, "refresh the charm to that revision or a later one")
    }

    pub(super) fn reserved_key(key: &[u8]) -> Self {
        let what = format!("key {:?} begins with a zero byte", String::from_utf8_lossy(key));
        Self(Box::new(Inner {
            kind: Kind::Misuse,
            text: format!("{what}, which the store keeps for itself; choose another key"),
        }))
    }

    pub(super) fn after_failure(path: &Path) -> Self {
        let what = "an earlier commit of this process failed, so what the store would answer isn't durable";
        Self::new(Kind::Misuse, path, what, "end the dispatch with an error")
    }

    pub(super) fn nothing_there(path: &Path) -> Self {
        Self::new(Kind::Misuse, path, "there is no state here", "nothing to do")
    }

    pub(super) fn sled(dir: &Path, path: &Path, doing: &str, error: &sled::Error) -> Self {
        match error {
            // A blob shorter than its own header, or missing, shows as one of these two.
            sled::Error::Io(error)
                if matches!(
                    error.kind(),
                    ErrorKind::UnexpectedEof | ErrorKind::NotFound | ErrorKind::InvalidData
                ) =>
            {
                Self::damaged(dir, path, format_args!("can't {doing}: {error}"))
            }
            sled::Error::Io(error) => Self::io(path, doing, error),
            other => Self::damaged(dir, path, format_args!("can't {doing}: {other}")),
        }
    }
}

/// Nothing is deleted by it: what is there is set aside.
fn reset(dir: &Path) -> String {
    command(dir, "set it aside and start empty", "reset")
}

fn accept(dir: &Path) -> String {
    command(dir, "take the store as it is", "accept")
}

fn command(dir: &Path, effect: &str, verb: &str) -> String {
    let charm_dir = dir.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    format!("to {effect}, run in {}: ./dispatch state {verb}", charm_dir.display())
}

/// Names of files and texts of other crates may hold anything; a log line may not.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

impl fmt::Debug for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StateError({:?}: {})", self.0.kind, self.0.text)
    }
}

/// The cause is part of the text already, so there is no `source`.
impl std::error::Error for StateError {}
