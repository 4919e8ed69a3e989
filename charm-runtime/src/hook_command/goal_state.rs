//! `goal-state`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{read, HookCommand, Transport};
use crate::error::Error;

/// `goal-state`: how far one of the application's own units is on its way, in Juju's word (`active`, `dying`, ..); `None`
/// for a unit that isn't there.
#[track_caller]
pub(crate) fn goal_status_of_unit(juju: &dyn Transport, unit: &str) -> Result<Option<String>, Error> {
    #[derive(Deserialize)]
    struct Goals {
        #[serde(default)]
        units: Option<BTreeMap<String, Goal>>,
    }
    #[derive(Deserialize)]
    struct Goal {
        status: String,
    }
    let goals: Option<Goals> = read(juju, &HookCommand::new("goal-state").json())?;
    let mut units = goals.and_then(|goals| goals.units).unwrap_or_default();
    Ok(units.remove(unit).map(|goal| goal.status))
}
