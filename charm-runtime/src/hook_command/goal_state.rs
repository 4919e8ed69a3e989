//! `goal-state`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{or_default, read, HookCommand, Transport};
use crate::error::Error;

/// What the model is to become, as far as this application sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct GoalState {
    /// The units of this application, this one included.
    #[serde(deserialize_with = "or_default")]
    pub units: BTreeMap<String, Goal>,
    /// For each endpoint that has relations, the remote applications and their units.
    #[serde(deserialize_with = "or_default")]
    pub relations: BTreeMap<String, BTreeMap<String, Goal>>,
}

/// How far a unit or a relation has come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Goal {
    /// Of a unit `allocating`, `active`, `waiting`, `blocked`, `error`, `dying` and so on; of a relation `joining`,
    /// `joined`, `broken`, `suspended` or `error`.
    #[serde(deserialize_with = "or_default")]
    pub status: String,
    /// Since when, as Juju writes it: `2026-05-01 10:00:00Z`.
    #[serde(deserialize_with = "or_default")]
    pub since: String,
}

/// `goal-state`: the units and relations that there are to be, those included whose events are yet to come.
///
/// Asked of the controller anew each time (Juju 3.6 and 4).
///
/// ```
/// use charm_runtime::hook_command::{goal_state, HookCommand, Scripted};
///
/// let juju = Scripted::new()
///     .answer(r#"{"units":{"a/0":{"status":"active","since":"2026-05-01 10:00:00Z"}},"relations":{}}"#);
/// assert_eq!(goal_state(&juju)?.units["a/0"].status, "active");
/// assert_eq!(juju.calls(), [HookCommand::new("goal-state").arg("--format=json")]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn goal_state(juju: &dyn Transport) -> Result<GoalState, Error> {
    let state: Option<GoalState> = read(juju, &HookCommand::new("goal-state").json())?;
    Ok(state.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook_command::Scripted;

    #[test]
    fn whatever_is_left_out_is_empty() {
        for answer in ["null", "{}", r#"{"units":null,"relations":null,"new":0}"#] {
            assert_eq!(goal_state(&Scripted::new().answer(answer)).unwrap(), GoalState::default());
        }
        let answer =
            r#"{"units":{"a/0":{}},"relations":{"db":{"pg":{"status":"joined"},"pg/0":{"status":null}}}}"#;
        let state = goal_state(&Scripted::new().answer(answer)).unwrap();
        assert_eq!(state.units["a/0"], Goal::default());
        assert_eq!(state.relations["db"]["pg"].status, "joined");
    }

    #[test]
    fn what_is_no_goal_state_is_an_error() {
        let juju = Scripted::new().answer("[1]").refuse(1, "connection is shut down");
        assert!(goal_state(&juju).unwrap_err().to_string().contains("not what Juju documents"));
        assert!(goal_state(&juju).unwrap_err().to_string().contains("connection is shut down"));
    }
}
