//! The hook that comes when nothing else does.

use std::time::Duration;

use super::Model;
use super::name::UnitName;
use super::unit::Stage;

/// How often Juju runs update-status unless its model says otherwise.
const INTERVAL: Duration = Duration::from_secs(5 * 60);

/// By how many percent Juju lets the interval vary, so that not all units run at once.
const JITTER: u32 = 20;

/// When update-status is due, in a model.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub(crate) struct Interval(Option<Duration>);

impl Default for Interval {
    fn default() -> Self {
        Self(Some(INTERVAL))
    }
}

impl Model {
    /// Says how often units that are at rest run update-status (`update-status-hook-interval`, 5 minutes unless told
    /// otherwise); never without an interval. It counts from now on.
    pub fn set_update_status_interval(&mut self, interval: Option<Duration>) {
        self.update_status_interval = Interval(interval);
        let installed = self.units.values().filter(|unit| unit.stage > Stage::New);
        let names: Vec<UnitName> = installed.map(|unit| unit.name.clone()).collect();
        for name in names {
            self.restart_update_status(&name);
        }
    }

    /// Has all units that are at rest run update-status.
    pub fn request_update_status(&mut self) {
        for unit in self.units.values_mut() {
            unit.update_status_due = true;
            self.awake.wake(unit);
        }
    }

    pub(crate) fn update_status_is_due(&self, name: &UnitName) -> bool {
        self.units.get(name).is_some_and(|unit| unit.update_status_due)
    }

    pub(crate) fn make_update_status_due(&mut self, name: &UnitName) {
        if let Some(unit) = self.units.get_mut(name) {
            unit.update_status_due = true;
            self.awake.wake(unit);
        }
    }

    /// Starts the unit's timer anew. A unit that is busy needs no update-status: any hook counts for one.
    pub(crate) fn restart_update_status(&mut self, name: &UnitName) {
        let moment = self
            .update_status_interval
            .0
            .map(|interval| self.now.after(self.random.around(interval, JITTER)));
        let Some(unit) = self.units.get_mut(name) else { return };
        unit.update_status_due = false;
        self.set_timer(name, moment);
    }
}
