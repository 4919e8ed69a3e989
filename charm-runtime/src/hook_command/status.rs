//! `status-get` and `status-set`.

use serde::Deserialize;

use super::{read, run, HookCommand, Transport};
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

#[derive(Deserialize)]
struct Shown {
    status: String,
    #[serde(default)]
    message: String,
}

#[derive(Deserialize)]
struct ShownApplication {
    #[serde(rename = "application-status")]
    application: Shown,
}

/// `status-get --include-data`: `None` where Juju shows a status that no charm can set, such as `unknown`.
///
/// Juju reads the unit's status once per hook: a `status-set` is not seen afterwards (Juju 3.6).
#[track_caller]
pub fn status_get(juju: &dyn Transport, of: StatusOf) -> Result<Option<Status>, Error> {
    let command = HookCommand::new("status-get").arg("--include-data").json();
    let shown: Shown = match of {
        StatusOf::Unit => read(juju, &command)?,
        StatusOf::App => read::<ShownApplication>(juju, &command.arg("--application"))?.application,
    };
    Ok(Status::parse(&shown.status, shown.message))
}

/// `status-set`. Immediate: it stays although the dispatch fails.
#[track_caller]
pub fn status_set(juju: &dyn Transport, of: StatusOf, status: &Status) -> Result<(), Error> {
    let mut command = HookCommand::new("status-set");
    if of == StatusOf::App {
        command = command.arg("--application");
    }
    run(juju, &command.arg("--").arg(status.name()).arg(status.message())).map(drop)
}
