//! `status-get` and `status-set`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{or_default, read, run, HookCommand, Transport};
use crate::error::Error;
use crate::status::Status;

/// Whose status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusOf {
    /// This unit's.
    Unit,
    /// The application's: only for the leader.
    App,
}

/// A status as Juju shows it.
///
/// It may be one that no charm sets, such as `unknown`, `error` or `terminated`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct ShownStatus {
    /// Juju's word for it.
    #[serde(rename = "status", deserialize_with = "or_default")]
    pub name: String,
    /// The message; mostly empty for `active`.
    #[serde(deserialize_with = "or_default")]
    pub message: String,
    /// What Juju adds, such as the failed hook's name.
    #[serde(rename = "status-data", deserialize_with = "or_default")]
    pub data: Map<String, Value>,
}

impl ShownStatus {
    /// The status, where it is one that a charm can set.
    pub fn as_status(&self) -> Option<Status> {
        Status::parse(&self.name, self.message.clone())
    }
}

/// The status of an application, and of each of its units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShownAppStatus {
    /// The application's own. Where the charm has set none, Juju takes its most urgent unit's.
    pub status: ShownStatus,
    /// The units', by their names.
    pub units: BTreeMap<String, ShownStatus>,
}

/// `status-get --include-data`: this unit's status.
///
/// Juju reads it once per hook: a `status-set` is not seen afterwards (Juju 3.6 and 4). In a restricted hook, such as
/// collect-metrics, Juju 3 says `unknown` and nothing else.
///
/// ```
/// use charm_runtime::hook_command::{status_get, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer(r#"{"status":"unknown","message":"","status-data":{}}"#);
/// let status = status_get(&juju)?;
/// assert!(status.name == "unknown" && status.as_status().is_none());
/// assert_eq!(juju.calls(), [HookCommand::new("status-get").args(["--include-data", "--format=json"])]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn status_get(juju: &dyn Transport) -> Result<ShownStatus, Error> {
    let shown: Option<Shown<ShownStatus>> =
        read(juju, &HookCommand::new("status-get").arg("--include-data").json())?;
    Ok(match shown {
        Some(Shown::Whole(status)) => status,
        Some(Shown::Name(name)) => ShownStatus { name, ..ShownStatus::default() },
        None => ShownStatus::default(),
    })
}

/// What a status is asked for in a restricted hook is its name alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Shown<S> {
    Name(String),
    Whole(S),
}

/// `status-get --include-data --application`: the application's status and its units', as they are now.
///
/// Fails with [`Error::is_not_leader`] on a unit that is not the leader (Juju 3.6 and 4). In a restricted hook, such as
/// collect-metrics, Juju 3 says `unknown` and nothing else.
///
/// ```
/// use charm_runtime::hook_command::{status_get_app, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer(
///     r#"{"application-status":{"status":"active","message":"","units":{"a/0":{"status":"waiting","message":"db"}}}}"#,
/// );
/// let app = status_get_app(&juju)?;
/// assert_eq!((app.status.name.as_str(), app.units["a/0"].message.as_str()), ("active", "db"));
/// let expected = HookCommand::new("status-get").args(["--include-data", "--format=json", "--application"]);
/// assert_eq!(juju.calls(), [expected]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn status_get_app(juju: &dyn Transport) -> Result<ShownAppStatus, Error> {
    #[derive(Deserialize)]
    struct Answer {
        #[serde(rename = "application-status")]
        application: App,
    }
    #[derive(Deserialize)]
    struct App {
        #[serde(flatten)]
        status: ShownStatus,
        #[serde(default, deserialize_with = "or_default")]
        units: BTreeMap<String, ShownStatus>,
    }
    let command = HookCommand::new("status-get").arg("--include-data").json().arg("--application");
    Ok(match read(juju, &command)? {
        Shown::Whole(Answer { application: App { status, units } }) => ShownAppStatus { status, units },
        Shown::Name(name) => {
            let status = ShownStatus { name, ..ShownStatus::default() };
            ShownAppStatus { status, units: BTreeMap::new() }
        }
    })
}

/// `status-set [--application]`: shows a status. Immediate: it stays although the dispatch fails.
///
/// Messages are up to 8000 bytes long, as [`Status`] keeps them. Fails with [`Error::is_not_leader`] where it is the
/// application's and this unit is not the leader (Juju 3.6 and 4), and with [`Error::is_restricted`] in a restricted
/// hook of Juju 3.
///
/// ```
/// use charm_runtime::hook_command::{status_set, HookCommand, Scripted, StatusOf};
/// use charm_runtime::Status;
///
/// let juju = Scripted::new();
/// status_set(&juju, StatusOf::App, &Status::waiting("for the database"))?;
/// let expected = HookCommand::new("status-set").args(["--application", "--", "waiting", "for the database"]);
/// assert_eq!(juju.calls(), [expected]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn status_set(juju: &dyn Transport, of: StatusOf, status: &Status) -> Result<(), Error> {
    let mut command = HookCommand::new("status-set");
    if of == StatusOf::App {
        command = command.arg("--application");
    }
    run(juju, &command.arg("--").arg(status.name()).arg(status.message())).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook_command::Scripted;

    #[test]
    fn a_message_travels_as_it_is() {
        let juju = Scripted::new();
        status_set(&juju, StatusOf::Unit, &Status::blocked(" --set \0 ")).unwrap();
        assert_eq!(juju.calls(), [HookCommand::new("status-set").args(["--", "blocked", " --set ␀ "])]);
    }

    #[test]
    fn data_is_kept_and_what_is_left_out_is_empty() {
        let answer = r#"{"status":"error","message":"hook failed","status-data":{"hook":"install"},"new":0}"#;
        let juju = Scripted::new().answer(answer).answer("null").answer(r#"{"status":"active"}"#);
        assert_eq!(status_get(&juju).unwrap().data["hook"], "install");
        assert_eq!(status_get(&juju).unwrap(), ShownStatus::default());
        assert_eq!(status_get(&juju).unwrap().as_status(), Some(Status::active("")));
    }

    #[test]
    fn a_restricted_hook_is_told_a_name_and_no_more() {
        let juju = Scripted::new().answer("\"unknown\"\n").answer("\"unknown\"\n");
        let unknown = ShownStatus { name: "unknown".to_owned(), ..ShownStatus::default() };
        assert_eq!(status_get(&juju).unwrap(), unknown);
        assert_eq!(status_get_app(&juju).unwrap().status, unknown);
    }

    #[test]
    fn refusals_are_typed() {
        let juju = Scripted::new()
            .refuse(1, "finding application status: this unit is not the leader")
            .refuse(1, "this unit is not the leader")
            .answer("{}");
        assert!(status_get_app(&juju).unwrap_err().is_not_leader());
        assert!(status_set(&juju, StatusOf::App, &Status::active("")).unwrap_err().is_not_leader());
        assert!(status_get_app(&juju).unwrap_err().to_string().contains("not what Juju documents"));
    }
}
