//! Fake hook commands: what they answer, and what they note of being called.
//!
//! All of them are one executable under many names, in the one directory that is on the charm's PATH. Beside that
//! directory lie the files named here.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The file with the [`Answer`]s, as JSON, beside the directory of the commands.
pub const ANSWERS: &str = "answers.json";
/// The file that each call appends one line to: a [`Call`], as JSON.
pub const CALLS: &str = "calls";

/// What a command does, whose name and first arguments are these.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Answer {
    /// The command's name, and as many of its arguments as matter.
    pub begins: Vec<String>,
    /// What it prints.
    pub stdout: String,
    /// What it prints as an error.
    pub stderr: String,
    /// How it ends.
    pub end: End,
}

/// How a command ends.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum End {
    /// With this code.
    Exit(i32),
    /// By a signal.
    Signal,
    /// Once it has printed so many bytes more, if they are taken.
    Flood(usize),
    /// Never by itself.
    Hang,
}

impl Answer {
    /// The answer with which a command succeeds.
    pub fn says(begins: &str, stdout: &str) -> Self {
        let begins = begins.split_whitespace().map(str::to_owned).collect();
        Self { begins, stdout: stdout.to_owned(), stderr: String::new(), end: End::Exit(0) }
    }

    /// The answer with which a command refuses.
    pub fn refuses(begins: &str, stderr: &str) -> Self {
        Self { stderr: stderr.to_owned(), end: End::Exit(1), ..Self::says(begins, "") }
    }

    /// How a command ends that says nothing.
    pub fn ends(begins: &str, end: End) -> Self {
        Self { end, ..Self::says(begins, "") }
    }

    /// Whether it is the answer to this call.
    pub fn is_for(&self, call: &Call) -> bool {
        self.begins.iter().zip(&call.argv).filter(|(begun, word)| begun == word).count() == self.begins.len()
    }
}

/// A file that an argument names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadFile {
    /// Where it was.
    pub path: PathBuf,
    /// What stood in it.
    pub text: String,
    /// Who may do what with it, as `0o600`; and with the directory that it is in.
    pub modes: (u32, u32),
}

impl ReadFile {
    /// Reads it, as the agent does while the command runs.
    pub fn of(path: &Path) -> std::io::Result<Self> {
        let mode = |path: &Path| Ok::<_, std::io::Error>(fs::metadata(path)?.permissions().mode() & 0o777);
        let modes = (mode(path)?, mode(path.parent().unwrap_or(path))?);
        Ok(Self { path: path.to_owned(), text: fs::read_to_string(path)?, modes })
    }
}

/// One call of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Its name and arguments.
    pub argv: Vec<String>,
    /// What stood on its standard input.
    pub stdin: String,
    /// The files that its arguments name as `KEY#file=PATH`: the agent opens them.
    pub files: Vec<ReadFile>,
    /// The recursion guard that it inherited.
    pub guard: Option<String>,
}
