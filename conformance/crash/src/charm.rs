//! A charm's directory around the executable that is driven, and what Juju would be to it.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

/// Answers every hook command that a charm under this contract may need.
const HOOK_COMMAND: &str = r#"#!/bin/sh
case ${0##*/} in
status-set) for message; do :; done; echo "$message" >> "$CRASH_ACKNOWLEDGED" ;;
config-get) echo "{\"size\":$CRASH_SIZE,\"defer\":$CRASH_DEFER}" ;;
status-get) echo '{"status":"unknown","message":"","status-data":{}}' ;;
is-leader) echo true ;;
relation-ids | relation-list) echo '[]' ;;
juju-log | application-version-set) ;;
*) echo "ERROR no fake of ${0##*/}" >&2; exit 1 ;;
esac
"#;

const HOOK_COMMANDS: [&str; 8] = [
    "status-set",
    "config-get",
    "status-get",
    "is-leader",
    "relation-ids",
    "relation-list",
    "juju-log",
    "application-version-set",
];

/// What one dispatch is asked to do.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    /// Bytes of the value that is committed.
    pub size: usize,
    /// Entries that are deferred.
    pub defer: usize,
    /// True to let the dispatch find so many stale blobs that it rebuilds its store first.
    pub rebuild: bool,
}

/// How many files are laid into `blobs/` for that.
const STALE_BLOBS: u32 = 64;

/// The executable that is driven, with hook commands and a record of acknowledgements outside the reach of a crash.
pub struct Subject {
    executable: PathBuf,
    outside: PathBuf,
    variables: Vec<(String, String)>,
}

impl Subject {
    /// Drives `executable`; `outside` is a directory that no crash touches.
    pub fn new(executable: &Path, outside: &Path) -> Result<Self> {
        let commands = outside.join("bin");
        fs::create_dir_all(&commands)?;
        for name in HOOK_COMMANDS {
            let path = commands.join(name);
            fs::write(&path, HOOK_COMMAND)?;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
        }
        let executable = fs::canonicalize(executable).with_context(|| {
            format!(
                "{} isn't there: build it first (cargo build -p charm-conformance-crash)",
                executable.display()
            )
        })?;
        Ok(Self { executable, outside: outside.to_owned(), variables: Vec::new() })
    }

    /// Sets one more variable of the environment, for the stand-in.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Makes the charm's directory at `directory`.
    pub fn install(&self, directory: &Path) -> Result<Charm<'_>> {
        fs::create_dir_all(directory)?;
        let dispatch = directory.join("dispatch");
        if !dispatch.exists() {
            symlink(&self.executable, &dispatch)?;
        }
        Ok(Charm { subject: self, directory: directory.to_owned() })
    }

    fn acknowledgements(&self) -> PathBuf {
        self.outside.join("acknowledged")
    }

    /// Forgets all acknowledgements, for a charm that begins anew.
    pub fn begin(&self, acknowledged: u64) -> Result<()> {
        Ok(fs::write(self.acknowledgements(), format!("generation {acknowledged}\n"))?)
    }

    /// The newest generation that was acknowledged.
    pub fn acknowledged(&self) -> Result<u64> {
        let text = fs::read_to_string(self.acknowledgements())?;
        let generations = text.lines().filter_map(|line| line.strip_prefix("generation ")?.parse().ok());
        generations.max().context("no acknowledgement was ever written")
    }
}

/// One unit's charm directory.
pub struct Charm<'subject> {
    subject: &'subject Subject,
    directory: PathBuf,
}

impl Charm<'_> {
    /// The charm's directory.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The dispatch as a command line, behind `wrapper` (strace and its arguments, or nothing).
    pub fn command(&self, wrapper: &[String], work: Work) -> Result<Command> {
        let blobs = self.directory.join(".unit-state/store/blobs");
        for name in 0..if work.rebuild { STALE_BLOBS } else { 0 } {
            // sled names blobs by their place in the log, where nothing is so near the beginning.
            fs::write(blobs.join(name.to_string()), "stale")?;
        }
        let dispatch = self.directory.join("dispatch");
        let mut command = match wrapper {
            [] => Command::new(dispatch),
            [program, arguments @ ..] => {
                let mut command = Command::new(program);
                command.args(arguments).arg(dispatch);
                command
            }
        };
        let path = std::env::var("PATH").unwrap_or_default();
        command.env_clear().current_dir(&self.directory).stdin(Stdio::null());
        command.env("PATH", format!("{}:{path}", self.subject.outside.join("bin").display()));
        command.envs(juju_environment(&self.directory));
        command.env("CRASH_ACKNOWLEDGED", self.subject.acknowledgements());
        command.env("CRASH_SIZE", work.size.to_string()).env("CRASH_DEFER", work.defer.to_string());
        command.envs(self.subject.variables.iter().map(|(name, value)| (name, value)));
        Ok(command)
    }

    /// One whole dispatch, which must succeed and acknowledge the next generation. Returns that.
    pub fn dispatch(&self, wrapper: &[String], work: Work) -> Result<u64> {
        let before = self.subject.acknowledged()?;
        let output = self.command(wrapper, work)?.output()?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("the dispatch failed ({}): {}", output.status, said.trim());
        }
        let after = self.subject.acknowledged()?;
        ensure!(after > before, "generation {before} was acknowledged, and lost: the newest is now {after}");
        Ok(after)
    }

    /// After a crash: what was acknowledged must be there, at most one commit more, and the charm must go on.
    pub fn recover(&self, work: Work) -> Result<()> {
        let acknowledged = self.subject.acknowledged()?;
        let work = Work { rebuild: false, ..work };
        let first = self.dispatch(&[], work)?;
        ensure!(
            first <= acknowledged + 2,
            "generation {first} after {acknowledged}: a commit that nobody made"
        );
        let second = self.dispatch(&[], work)?;
        ensure!(second == first + 1, "generation {second} after {first}");
        Ok(())
    }
}

/// What Juju 3.6 sets for config-changed on a machine, less the agent's socket.
fn juju_environment(directory: &Path) -> Vec<(&'static str, String)> {
    let directory = directory.display().to_string();
    vec![
        ("JUJU_DISPATCH_PATH", "hooks/config-changed".into()),
        ("JUJU_HOOK_NAME", "config-changed".into()),
        ("JUJU_CHARM_DIR", directory.clone()),
        ("CHARM_DIR", directory),
        ("JUJU_UNIT_NAME", "crash/0".into()),
        ("JUJU_MODEL_NAME", "conformance".into()),
        ("JUJU_MODEL_UUID", "5ec4a2a0-0d9c-4c0e-8e8b-0d7d7c6f0001".into()),
        ("JUJU_VERSION", "3.6.9".into()),
        ("JUJU_CONTEXT_ID", "crash/0-config-changed-1".into()),
        ("JUJU_MACHINE_ID", "0".into()),
        ("JUJU_PRINCIPAL_UNIT", String::new()),
        ("JUJU_AVAILABILITY_ZONE", String::new()),
        ("JUJU_CHARM_HTTP_PROXY", String::new()),
        ("CLOUD_API_VERSION", String::new()),
    ]
}
