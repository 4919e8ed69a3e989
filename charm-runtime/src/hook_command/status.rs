//! `status-get` and `status-set`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{read_by, run, HookCommand, Transport};
use crate::error::Error;
use crate::status::Status;
use crate::value::{optional_text, unexpected};

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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShownStatus {
    /// Juju's word for it.
    pub name: String,
    /// The message; mostly empty for `active`.
    pub message: String,
    /// What Juju adds, such as the failed hook's name.
    pub data: Map<String, Value>,
}

impl ShownStatus {
    /// The status, where it is one that a charm can set.
    pub fn as_status(&self) -> Option<Status> {
        Status::parse(&self.name, self.message.clone())
    }

    /// As Juju prints it: `null` for none, and in a restricted hook its name alone.
    fn read(shown: &Value) -> Result<Self, String> {
        match shown {
            Value::Null => return Ok(Self::default()),
            Value::String(name) => return Ok(Self { name: name.clone(), ..Self::default() }),
            _ => {}
        }
        Ok(Self {
            name: optional_text(shown, "status")?.unwrap_or_default(),
            message: optional_text(shown, "message")?.unwrap_or_default(),
            data: match &shown["status-data"] {
                Value::Null => Map::new(),
                Value::Object(data) => data.clone(),
                _ => return Err(unexpected("status-data")),
            },
        })
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

impl ShownAppStatus {
    /// As Juju prints it: the units' stand beside the application's own. In a restricted hook it is a name alone.
    fn read(answer: &Value) -> Result<Self, String> {
        const NAME: &str = "application-status";
        let shown = match answer {
            Value::String(_) => answer,
            _ => &answer[NAME],
        };
        if shown.is_null() {
            return Err(unexpected(NAME));
        }
        let mut units = BTreeMap::new();
        match &shown["units"] {
            Value::Null => {}
            Value::Object(shown) => {
                for (unit, shown) in shown {
                    units.insert(unit.clone(), ShownStatus::read(shown)?);
                }
            }
            _ => return Err(unexpected("units")),
        }
        Ok(Self { status: ShownStatus::read(shown)?, units })
    }
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
    read_by(juju, &HookCommand::new("status-get").arg("--include-data").json(), ShownStatus::read)
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
    let command = HookCommand::new("status-get").arg("--include-data").json().arg("--application");
    read_by(juju, &command, ShownAppStatus::read)
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
