//! The application that this unit belongs to.

use crate::error::Error;
use crate::hook_command::{goal_state, status_get_app, GoalState, ShownAppStatus, StatusOf};
use crate::juju::Juju;
use crate::leader::Leader;
use crate::status::Status;

/// This unit's application: an argument of handlers.
#[derive(Debug, Clone)]
pub struct App {
    juju: Juju,
}

impl App {
    pub(crate) fn new(juju: &Juju) -> Self {
        Self { juju: juju.clone() }
    }

    /// Its name.
    #[track_caller]
    pub fn name(&self) -> Result<&str, Error> {
        self.juju.app_name()
    }

    /// How many units it is to have, as far as Juju knows: those that are there, this one included, and those that are
    /// on their way, but not those that are going.
    ///
    /// Asked of the controller anew each time. So the first of three units that are deployed together learns of the
    /// others before it sees them in a peer relation.
    ///
    /// ```
    /// # use charm_runtime::prelude::*;
    /// fn quorum(app: &App) -> Result<usize> {
    ///     Ok(app.planned_units()? / 2 + 1)
    /// }
    /// ```
    #[track_caller]
    pub fn planned_units(&self) -> Result<usize, Error> {
        let state = self.goal_state()?;
        Ok(state.units.values().filter(|unit| unit.status != "dying").count())
    }

    /// The units and relations that there are to be, those included whose events are yet to come. Asked of the
    /// controller anew each time.
    #[track_caller]
    pub fn goal_state(&self) -> Result<GoalState, Error> {
        goal_state(&self.juju)
    }

    /// The status that Juju shows for it, and for each of its units. Asked anew each time.
    #[track_caller]
    pub fn status(&self, _proof: &Leader<'_>) -> Result<ShownAppStatus, Error> {
        status_get_app(&self.juju)
    }

    /// Shows a status at once, while a handler is still at work; it stays although the dispatch fails.
    ///
    /// The status at the end of a dispatch is for `#[status(app)]` methods.
    #[track_caller]
    pub fn set_status(&self, _proof: &Leader<'_>, status: &Status) -> Result<(), Error> {
        self.juju.set_status(StatusOf::App, status)
    }
}
