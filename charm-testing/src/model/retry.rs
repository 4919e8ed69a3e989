//! Hooks that failed, and when they are tried again.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Model;
use super::clock::Moment;
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

    /// Moves the model's time on to the moment at which something that failed is tried once more. False if nothing is.
    pub(crate) fn pass_time_to_retry(&mut self) -> bool {
        let comes_again = |(_, name): &&(Moment, UnitName)| {
            self.units.get(name).is_some_and(|unit| self.next_moment(unit).is_some())
        };
        let next = self.retry_alarms().find(comes_again).map(|(moment, _)| *moment);
        let Some(moment) = next.filter(|_| !self.given_time) else { return false };
        self.advance_to(moment);
        true
    }

    /// When a unit will have something to do though nothing happens; none if no time alone brings that.
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
        failure.map(|failure| failure.retry_at).into_iter().chain(unit.workload_events.retries()).min()
    }
}

impl Unit {
    /// When what failed is to be tried once more.
    pub(crate) fn retries(&self) -> impl Iterator<Item = Moment> {
        let failure = self.failure.as_ref().map(|failure| failure.retry_at);
        failure.into_iter().chain(self.workload_events.retries())
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
