//! The hook commands: how a charm talks to Juju.
//!
//! This layer hides nothing: one function per command, with the command's own name, one file per group.
//! What is kept for the dispatch or staged to its end is the business of [`Juju`](crate::Juju) above it.
//! Output is always asked for as JSON, since Juju's other formats print the number 1000000 as `1e+06`.
//!
//! | group | functions |
//! |---|---|
//! | actions | [`action_get`], [`action_get_key`], [`action_set`], [`action_fail`], [`action_log`] |
//! | application and unit | [`application_version_set`], [`goal_state`], [`is_leader`], [`juju_reboot`], [`status_get`], [`status_get_app`], [`status_set`], [`unit_get`] |
//! | configuration | [`config_get`], [`config_get_all`], [`config_get_key`] |
//! | log | [`juju_log`] |
//! | model | [`credential_get`] |
//! | network and ports | [`network_get`], [`open_port`], [`close_port`], [`opened_ports`], [`opened_ports_by_endpoint`] |
//! | relations | [`relation_ids`], [`relation_list`], [`relation_remote_app`], [`relation_get`], [`relation_get_app`], [`relation_set`], [`relation_model_get`] |
//! | resources | [`resource_get`] |
//! | secrets | [`secret_add`], [`secret_set`], [`secret_get`], [`secret_info_get`], [`secret_ids`], [`secret_grant`], [`secret_revoke`], [`secret_remove`] |
//! | state that the controller keeps | [`state_get`], [`state_get_key`], [`state_set`], [`state_delete`] |
//! | storages | [`storage_list`], [`storage_get`], [`storage_add`] |
//!
//! All are there in Juju 3.6 and 4, unless one says otherwise. Each takes a [`Transport`], the way to Juju: in a handler
//! that is [`&Juju`](crate::Juju), in a test it may be [`Scripted`]. Each fails where Juju refuses, with an
//! [`Error`] whose predicates tell why, where the command can't be run, and where its answer is not what Juju
//! documents. In a restricted hook of Juju 3 (collect-metrics, meter-status-changed) all but `juju-log` and `status-get`
//! fail with [`Error::is_restricted`]. What is not in this table is reached by [`HookCommand`] and
//! [`Juju::hook_command`](crate::Juju::hook_command).

mod action;
mod application;
mod config;
mod credential;
mod exec;
#[cfg(test)]
pub(crate) mod fake;
mod goal_state;
mod leader;
mod log;
mod network;
mod port;
mod reboot;
mod refusal;
mod relation;
mod resource;
mod scripted;
mod secret;
mod secret_content;
mod state;
mod status;
mod stdin;
mod storage;

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

pub use action::{action_fail, action_get, action_get_key, action_log, action_set};
pub use application::application_version_set;
pub use config::{config_get, config_get_all, config_get_key};
pub use credential::{credential_get, CloudCredential, CloudSpec};
pub use exec::Exec;
pub use goal_state::{goal_state, Goal, GoalState};
pub use leader::is_leader;
pub use log::{juju_log, LogLevel};
pub use network::{network_get, unit_get, Address, BindAddress, NetworkInfo, UnitAddress};
pub use port::{close_port, open_port, opened_ports, opened_ports_by_endpoint, OpenedPort};
pub use reboot::{juju_reboot, RebootWhen};
pub use relation::{
    relation_get, relation_get_app, relation_ids, relation_list, relation_model_get, relation_remote_app,
    relation_set,
};
pub use resource::resource_get;
pub use scripted::Scripted;
pub use secret::{
    secret_add, secret_get, secret_grant, secret_ids, secret_info_get, secret_remove, secret_revoke,
    secret_set, OwnSecret, SecretAdd, SecretGet, SecretRevoke, SecretSet,
};
pub use state::{state_delete, state_get, state_get_key, state_set};
pub use status::{status_get, status_get_app, status_set, ShownAppStatus, ShownStatus, StatusOf};
pub use storage::{storage_add, storage_get, storage_list, StorageInfo};

pub(crate) use action::check_result;
pub(crate) use log::messages;
pub(crate) use refusal::Refusal;
pub(crate) use relation::check_bag_key;
pub(crate) use secret::check_text as check_secret_text;

use crate::error::{shape, Error};
use crate::secret::RawSecret;

/// One call of a hook command.
///
/// Its `Display` and `Debug` are the command with its arguments, but neither its standard input, where databags travel,
/// nor a secret's content: errors are logged. Secret content must never become an argument of a process.
#[derive(Clone, PartialEq, Eq)]
pub struct HookCommand {
    name: Cow<'static, str>,
    arguments: Vec<String>,
    stdin: Option<Vec<u8>>,
    secret_content: Option<RawSecret>,
}

impl HookCommand {
    /// A call without arguments.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), arguments: Vec::new(), stdin: None, secret_content: None }
    }

    /// One more argument.
    #[must_use]
    pub fn arg(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Several more arguments.
    #[must_use]
    pub fn args<A: Into<String>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// What the command reads from its standard input.
    #[must_use]
    pub fn stdin(mut self, stdin: impl Into<Vec<u8>>) -> Self {
        self.stdin = Some(stdin.into());
        self
    }

    /// The content of the secret that the command writes: as if each were an argument `KEY=VALUE`, but each way to Juju
    /// passes it on so that nobody sees it. By exec it goes by files.
    #[must_use]
    pub fn secret_content(mut self, content: RawSecret) -> Self {
        self.secret_content = Some(content);
        self
    }

    /// The arguments as they may be shown, and beside each what is hidden of it: of `key=value` the value, where it may
    /// be something that only its receiver should see. That is a secret's content, an action's results, and databags, in
    /// which passwords travel.
    fn shown(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let holds_data = matches!(
            self.name(),
            "action-set" | "leader-set" | "relation-set" | "secret-add" | "secret-set" | "state-set"
        );
        let mut are_options_over = false;
        self.arguments.iter().map(move |argument| {
            are_options_over |= argument == "--";
            let is_option = argument.starts_with('-') && !are_options_over;
            match argument.split_once('=') {
                Some((key, value)) if holds_data && !is_option => (key, Some(value)),
                _ => (argument.as_str(), None),
            }
        })
    }

    /// A text without what no log should hold of this command's arguments and standard input.
    pub(crate) fn without_values(&self, mut text: String) -> String {
        let stdin = self.stdin.as_deref().map(stdin::values).unwrap_or_default();
        let arguments = self.shown().filter_map(|(_, hidden)| hidden);
        let content = self.secret_content.iter().flat_map(|content| content.iter().map(|(_, value)| value));
        let mut values: Vec<&str> = Vec::new();
        for value in arguments.chain(stdin.iter().map(String::as_str)).chain(content) {
            // The longest first: one may hold another.
            values.insert(values.partition_point(|before| before.len() >= value.len()), value);
        }
        for value in values {
            // What is shorter is a part of too many words, and no secret.
            if value.len() >= 4 {
                text = text.replace(value, "…");
            }
        }
        text
    }

    fn json(self) -> Self {
        self.arg("--format=json")
    }

    /// The command's name, such as `relation-get`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The arguments, in order.
    pub fn arguments(&self) -> &[String] {
        &self.arguments
    }

    /// What the command is given on its standard input; `None` is an empty one.
    pub fn standard_input(&self) -> Option<&[u8]> {
        self.stdin.as_deref()
    }

    /// The secret content that goes with the arguments.
    pub fn content(&self) -> Option<&RawSecret> {
        self.secret_content.as_ref()
    }

    /// The arguments and, as `KEY#base64=VALUE`, the secret content: for a way to Juju that starts no process, since
    /// everybody on the machine sees a process's arguments.
    pub fn arguments_with_content(&self) -> Vec<String> {
        let content = self.secret_content.iter().flat_map(secret_content::as_arguments);
        self.arguments.iter().cloned().chain(content).collect()
    }

    /// Whether Juju keeps what the command does back until the process has exited 0 (Juju 3.6 and 4).
    ///
    /// Such a write can't be taken back within a dispatch once it has been sent. `juju-reboot` is among them unless it
    /// says `--now`.
    pub fn is_buffered(&self) -> bool {
        match self.name() {
            "juju-reboot" => !self.reboots_now(),
            "relation-set" | "open-port" | "close-port" | "state-set" | "state-delete" | "storage-add"
            | "secret-add" | "secret-set" | "secret-remove" | "secret-grant" | "secret-revoke"
            | "k8s-spec-set" | "k8s-raw-set" | "pod-spec-set" => true,
            _ => false,
        }
    }

    /// Whether what the command does stays although the dispatch fails (Juju 3.6 and 4): log lines are sent before it, so
    /// that the log tells what led to it.
    ///
    /// What is neither this nor [buffered](Self::is_buffered) reads, or says something of the action that runs, which
    /// Juju sends when the action ends, failed or not (`action-set`, `action-fail`).
    pub fn is_immediate(&self) -> bool {
        match self.name() {
            "juju-reboot" => self.reboots_now(),
            "status-set"
            | "application-version-set"
            | "action-log"
            | "juju-log"
            | "leader-set"
            | "payload-register"
            | "payload-unregister"
            | "payload-status-set"
            | "resource-get" => true,
            _ => false,
        }
    }

    fn reboots_now(&self) -> bool {
        let mut options = self.arguments.iter().take_while(|argument| *argument != "--");
        options.any(|option| option.trim_start_matches('-') == "now")
    }
}

impl fmt::Display for HookCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        for (argument, _) in self.shown() {
            // An error stays one short line, whatever a charm passed.
            let shown: String = argument.chars().take(80).collect();
            let cut = if shown.len() < argument.len() { "…" } else { "" };
            if !shown.is_empty() && shown.chars().all(|c| c.is_ascii_graphic()) {
                write!(f, " {shown}{cut}")?;
            } else {
                write!(f, " {:?}", format!("{shown}{cut}"))?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for HookCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HookCommand({self})")
    }
}

/// What a hook command answered.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// The exit code: 0, 1 for a refusal, 2 for wrong arguments.
    pub code: i32,
    /// Standard output.
    pub stdout: Vec<u8>,
    /// Standard error; Juju's own lines begin with `ERROR `.
    pub stderr: Vec<u8>,
}

/// Not what was printed: it may be a secret's content.
impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, stdout, stderr } = self;
        write!(f, "Output({code}, {} and {} bytes)", stdout.len(), stderr.len())
    }
}

/// A way to Juju.
pub trait Transport {
    /// Runs one command to its end. Fails only where there is no answer; a refusal is an answer.
    #[track_caller]
    fn run(&self, command: &HookCommand) -> Result<Output, Error>;
}

/// Runs a command and takes a refusal as an error.
#[track_caller]
pub(crate) fn run(transport: &dyn Transport, command: &HookCommand) -> Result<Vec<u8>, Error> {
    match transport.run(command) {
        Ok(output) if output.code == 0 => Ok(output.stdout),
        Ok(output) => Err(Error::refused(command, output.code, &output.stderr)),
        // Which way to Juju it is is found at run time: the caller's location is lost on it.
        Err(error) => Err(error.here()),
    }
}

/// Text as an argument takes it: without NUL, which none can hold, and not longer than `most` bytes.
pub(crate) fn argument(text: &str, most: usize) -> String {
    let text = without_nul(text);
    text[..cut_at(&text, most)].to_owned()
}

fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        text.replace('\0', "␀").into()
    } else {
        text.into()
    }
}

/// Where to cut a text that is to have at most `most` bytes: its end, or the last boundary of characters before.
pub(crate) fn cut_at(text: &str, most: usize) -> usize {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

#[track_caller]
fn read<T: DeserializeOwned>(transport: &dyn Transport, command: &HookCommand) -> Result<T, Error> {
    let stdout = run(transport, command)?;
    match serde_json::from_slice(&stdout) {
        Ok(answer) => Ok(answer),
        Err(error) => Err(undocumented(command, &stdout, &shape(&error))),
    }
}

/// The same by hand, with `of`, which fails with what is wrong.
#[track_caller]
fn read_by<T>(
    transport: &dyn Transport,
    command: &HookCommand,
    of: fn(&Value) -> Result<T, String>,
) -> Result<T, Error> {
    let stdout = run(transport, command)?;
    let problem = match serde_json::from_slice(&stdout) {
        Ok(answer) => match of(&answer) {
            Ok(answer) => return Ok(answer),
            Err(problem) => problem,
        },
        Err(error) => shape(&error),
    };
    Err(undocumented(command, &stdout, &problem))
}

#[cold]
#[track_caller]
fn undocumented(command: &HookCommand, stdout: &[u8], problem: &str) -> Error {
    // Only what can't hold a password is quoted.
    let is_plain = matches!(
        command.name(),
        "goal-state"
            | "is-leader"
            | "network-get"
            | "opened-ports"
            | "relation-ids"
            | "relation-list"
            | "status-get"
            | "storage-get"
            | "storage-list"
            | "unit-get"
    );
    let shown: String = String::from_utf8_lossy(stdout).chars().take(60).collect();
    let shown = if is_plain { format!(" {shown:?}") } else { String::new() };
    let problem = format!("its answer is not what Juju documents:{shown} ({problem})");
    Error::hook_command(command, problem)
}

/// A field that Juju leaves out, or prints as `null`, where it has nothing to say.
fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_waits_for_the_end_or_does_not_or_reads() {
        for (line, is_buffered, is_immediate) in [
            ("action-fail", false, false),
            ("action-get", false, false),
            ("action-log", false, true),
            ("action-set", false, false),
            ("application-version-set", false, true),
            ("close-port", true, false),
            ("config-get", false, false),
            ("credential-get", false, false),
            ("goal-state", false, false),
            ("is-leader", false, false),
            ("juju-log", false, true),
            ("juju-reboot", true, false),
            ("juju-reboot --now", false, true),
            ("juju-reboot -- --now", true, false),
            ("network-get", false, false),
            ("open-port", true, false),
            ("opened-ports", false, false),
            ("relation-get", false, false),
            ("relation-ids", false, false),
            ("relation-list", false, false),
            ("relation-model-get", false, false),
            ("relation-set", true, false),
            ("resource-get", false, true),
            ("secret-add", true, false),
            ("secret-get", false, false),
            ("secret-grant", true, false),
            ("secret-ids", false, false),
            ("secret-info-get", false, false),
            ("secret-remove", true, false),
            ("secret-revoke", true, false),
            ("secret-set", true, false),
            ("state-delete", true, false),
            ("state-get", false, false),
            ("state-set", true, false),
            ("status-get", false, false),
            ("status-set", false, true),
            ("storage-add", true, false),
            ("storage-get", false, false),
            ("storage-list", false, false),
            ("unit-get", false, false),
        ] {
            let mut words = line.split(' ').map(str::to_owned);
            let command = HookCommand::new(words.next().unwrap_or_default()).args(words);
            let is = (command.is_buffered(), command.is_immediate());
            assert_eq!(is, (is_buffered, is_immediate), "{line}");
        }
    }
}
