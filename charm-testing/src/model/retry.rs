//! Hooks that failed, and when they are tried again.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Model;
use super::clock::Moment;
use super::context::HookContext;
use super::hook::Hook;
use super::name::UnitName;
use super::status::AgentStatus;
use super::unit::Unit;

/// A hook that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The hook. It is run again as it was: same relation, same unit.
    pub hook: Hook,
    /// How it ended, last time.
    pub cause: String,
    /// How often it has been run.
    pub attempts: u32,
    /// When it is due again.
    pub(crate) retry_at: Moment,
}

/// When a hook is due again after having failed `attempts` times: as in Juju 5 s, doubled each time, 5 min at most.
pub(crate) fn delay(attempts: u32) -> Duration {
    let factor = 1u64.checked_shl(attempts.saturating_sub(1)).unwrap_or(u64::MAX);
    Duration::from_secs(factor.saturating_mul(5).min(300))
}

impl Model {
    /// How often a failed hook is tried again before its unit is left in error. Juju never gives up; a model that is
    /// to come to rest must. The default is 3.
    pub fn set_retries(&mut self, retries: u32) {
        self.retries = retries;
        self.wake_failed();
    }

    /// Says whether the model's time is somebody else's: then only [`Model::advance`] moves it, failed hooks wait until
    /// it has come to the end of their back-off, and a model can be at rest with a retry ahead. Otherwise time moves on to
    /// what is due next once nothing else is left to do.
    pub fn set_given_time(&mut self, given: bool) {
        self.given_time = given;
    }

    /// What is due first by the passing of time alone, the model's time being moved to that moment: nothing else is left
    /// to do until then.
    pub(crate) fn next_retry(&mut self) -> Option<HookContext> {
        let moments = self.units.values().filter_map(|unit| Some((self.next_moment(unit)?, &unit.name)));
        let (moment, name) = moments.min()?;
        if self.given_time && moment > self.now {
            return None;
        }
        let name = name.clone();
        self.pass_until(moment, &name);
        self.next()
    }

    /// Moves the model's time to the moment at which this unit has something to do.
    pub(super) fn pass_until(&mut self, moment: Moment, name: &UnitName) {
        self.advance_to(moment);
        let now = self.now;
        if let Some(unit) = self.units.get_mut(name) {
            unit.workload_events.queue_again(now);
        }
        self.wake(name);
    }

    /// When a unit will have something to do though nothing happens.
    pub(super) fn next_moment(&self, unit: &Unit) -> Option<Moment> {
        if unit.agent == AgentStatus::Lost {
            return None;
        }
        let failure = unit.failure.as_ref().filter(|failure| {
            self.automatic_retries
                && failure.attempts <= self.retries
                && !self.machine_is_busy(unit.machine)
                && !unit.is_running()
        });
        let moments = [failure.map(|failure| failure.retry_at), unit.workload_events.next_again()];
        moments.into_iter().flatten().min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_back_off_as_in_juju() {
        let seconds: Vec<u64> = [1, 2, 3, 6, 7, 8, 200].into_iter().map(|n| delay(n).as_secs()).collect();
        assert_eq!(seconds, [5, 10, 20, 160, 300, 300, 300]);
    }
}
