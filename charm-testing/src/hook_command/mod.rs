//! The hook commands: what a charm calls during a hook, with Juju's flags, outputs, exit codes and words.
//!
//! [`run`] answers one call from a [`View`]. How the call comes here, as a process or in-process, is not its business.

mod action;
mod cloud;
mod config;
mod flags;
mod format;
mod goal_state;
mod json;
mod k8s_spec;
mod leader_settings;
mod leadership;
mod log;
mod metric;
mod network;
mod number;
mod payload;
mod port;
mod reboot;
mod relation;
mod resource;
mod secret;
mod settings;
mod state;
mod status;
mod storage;
mod value;
mod yaml;

use std::fmt::Display;
use std::path::Path;

use crate::model::{Hook, JujuVersion, Refusal, View, quoted};
use format::Format;
pub(crate) use secret::check as check_secret_content;
use value::Value;

/// One call of a hook command.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The name of the command: `config-get`.
    pub command: &'a str,
    /// What it was called with.
    pub args: &'a [String],
    /// Where it was called: files are named from there.
    pub dir: &'a Path,
    /// What it got on stdin, if that has been read.
    pub stdin: Option<&'a [u8]>,
}

/// What a hook command prints, and how it ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The exit code: 0, or 1 for what can't be done, or 2 for what was wrongly asked.
    pub code: i32,
    /// What goes to stdout.
    pub stdout: Vec<u8>,
    /// What goes to stderr.
    pub stderr: Vec<u8>,
}

/// Why a call has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallError {
    /// The command reads stdin: call again with it.
    NeedsStdin,
    /// There is no such command. The text is Juju's.
    UnknownCommand(String),
}

impl Display for CallError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NeedsStdin => f.write_str("hook tool requires stdin, none supplied"),
            Self::UnknownCommand(name) => write!(f, "bad request: {name}"),
        }
    }
}

impl std::error::Error for CallError {}

/// How a command fails.
#[derive(Debug)]
enum Failure {
    /// Wrongly asked: exit code 2.
    Usage(String),
    /// Rightly asked, but it can't be done: exit code 1.
    Run(String),
    Help,
    NeedsStdin,
}

impl Failure {
    fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into())
    }

    fn run(message: impl Into<String>) -> Self {
        Self::Run(message.into())
    }

    #[cfg(test)]
    fn message(self) -> String {
        match self {
            Self::Usage(message) | Self::Run(message) => message,
            Self::Help => "help".to_owned(),
            Self::NeedsStdin => "stdin".to_owned(),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Run(refusal.to_string())
    }
}

/// The flags that send the output to a file.
const OUTPUT: &[&str] = &["o", "output"];

/// What a command answers, and in which form.
struct Output {
    format: Format,
    file: Option<String>,
    value: Option<Value>,
    warning: String,
}

impl Output {
    fn new(format: Format) -> Self {
        Self { format, file: None, value: None, warning: String::new() }
    }

    fn none() -> Self {
        Self::new(Format::Smart)
    }

    fn with(self, value: Value) -> Self {
        Self { value: Some(value), ..self }
    }

    /// Says that `--format`, kept for the sake of old charms, does nothing. Juju ends no line here.
    fn without_format(mut self, call: &Call<'_>, format: Option<String>) -> Self {
        if format.is_some_and(|format| !format.is_empty()) {
            self.warning = format!("--format flag deprecated for command {}", quoted(call.command));
        }
        self
    }

    /// The bytes for stdout; none if they went to a file.
    fn deliver(self, dir: &Path) -> Result<Vec<u8>, Failure> {
        let text = self.value.map(|value| self.format.render(&value)).unwrap_or_default();
        let Some(file) = self.file.filter(|file| !file.is_empty()) else { return Ok(text.into_bytes()) };
        let path = dir.join(file);
        std::fs::write(&path, text).map_err(|error| Failure::run(open_error(&path, &error)))?;
        Ok(Vec::new())
    }
}

type Reply = Result<Output, Failure>;
type Command = fn(&mut View<'_>, &Call<'_>) -> Reply;

/// The commands of every Juju, by name.
const COMMANDS: &[(&str, Command)] = &[
    ("action-fail", action::action_fail),
    ("action-get", action::action_get),
    ("action-log", action::action_log),
    ("action-set", action::action_set),
    ("application-version-set", status::application_version_set),
    ("close-port", port::close_port),
    ("config-get", config::config_get),
    ("credential-get", cloud::credential_get),
    ("goal-state", goal_state::goal_state),
    ("is-leader", leadership::is_leader),
    ("juju-log", log::juju_log),
    ("juju-reboot", reboot::juju_reboot),
    ("network-get", network::network_get),
    ("open-port", port::open_port),
    ("opened-ports", port::opened_ports),
    ("relation-get", relation::relation_get),
    ("relation-ids", relation::relation_ids),
    ("relation-list", relation::relation_list),
    ("relation-model-get", relation::relation_model_get),
    ("relation-set", relation::relation_set),
    ("resource-get", resource::resource_get),
    ("secret-add", secret::secret_add),
    ("secret-get", secret::secret_get),
    ("secret-grant", secret::secret_grant),
    ("secret-ids", secret::secret_ids),
    ("secret-info-get", secret::secret_info_get),
    ("secret-remove", secret::secret_remove),
    ("secret-revoke", secret::secret_revoke),
    ("secret-set", secret::secret_set),
    ("state-delete", state::state_delete),
    ("state-get", state::state_get),
    ("state-set", state::state_set),
    ("status-get", status::status_get),
    ("status-set", status::status_set),
    ("storage-add", storage::storage_add),
    ("storage-get", storage::storage_get),
    ("storage-list", storage::storage_list),
    ("unit-get", network::unit_get),
];

/// Those that Juju 4 has no more.
const JUJU_3_COMMANDS: &[(&str, Command)] = &[
    ("add-metric", metric::add_metric),
    ("k8s-raw-get", k8s_spec::k8s_raw_get),
    ("k8s-raw-set", k8s_spec::k8s_raw_set),
    ("k8s-spec-get", k8s_spec::k8s_spec_get),
    ("k8s-spec-set", k8s_spec::k8s_spec_set),
    ("leader-get", leader_settings::leader_get),
    ("leader-set", leader_settings::leader_set),
    ("payload-register", payload::payload_register),
    ("payload-status-set", payload::payload_status_set),
    ("payload-unregister", payload::payload_unregister),
    ("pod-spec-get", k8s_spec::k8s_spec_get),
    ("pod-spec-set", k8s_spec::k8s_spec_set),
];

fn commands(version: JujuVersion) -> impl Iterator<Item = &'static (&'static str, Command)> {
    let old = if version.is_4() { &[] } else { JUJU_3_COMMANDS };
    COMMANDS.iter().chain(old)
}

/// The names of all commands that a version of Juju has, for those who put them on a hook's PATH. Juju 3 has all of
/// Juju 4's.
pub fn names(version: JujuVersion) -> impl Iterator<Item = &'static str> {
    commands(version).map(|(name, _)| *name)
}

/// Answers a call.
pub fn run(view: &mut View<'_>, call: &Call<'_>) -> Result<Answer, CallError> {
    let version = view.model().version();
    let command = commands(version).find(|(name, _)| *name == call.command);
    let unknown = || {
        let kind = if version.is_4() { "hook command" } else { "command" };
        CallError::UnknownCommand(format!("unknown {kind}: {}", call.command))
    };
    let (name, command) = command.ok_or_else(unknown)?;
    let failed = |code, message: &str| Answer {
        code,
        stdout: Vec::new(),
        stderr: format!("ERROR {message}\n").into_bytes(),
    };
    let hook = view.context().hook();
    let is_allowed =
        matches!(*name, "juju-log" | "status-get") || *name == "add-metric" && *hook == Hook::CollectMetrics;
    if hook.is_restricted() && !is_allowed {
        // Said twice, as Juju does.
        return Ok(failed(1, "not implemented for restricted context not implemented"));
    }
    let done = command(view, call).and_then(|mut output| {
        let warning = std::mem::take(&mut output.warning);
        Ok((output.deliver(call.dir)?, warning))
    });
    match done {
        Ok((stdout, warning)) => Ok(Answer { code: 0, stdout, stderr: warning.into_bytes() }),
        Err(Failure::Help) => Ok(Answer {
            stdout: format!("Usage: {name} [options] [arguments]\n").into_bytes(),
            ..Answer::default()
        }),
        Err(Failure::Usage(message)) => Ok(failed(2, &message)),
        Err(Failure::Run(message)) => Ok(failed(1, &message)),
        Err(Failure::NeedsStdin) => Err(CallError::NeedsStdin),
    }
}

/// A file that can't be opened, in the words of Go: `open /x: no such file or directory`.
fn open_error(path: &Path, error: &std::io::Error) -> String {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        std::io::ErrorKind::IsADirectory => "is a directory".to_owned(),
        _ => error.to_string(),
    };
    format!("open {}: {reason}", path.display())
}
