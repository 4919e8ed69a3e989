//! Hooks that failed, and when they are tried again.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Model;
use super::clock::Moment;
use super::context::HookContext;
use super::hook::Hook;
use super::name::UnitName;

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
    }

    /// The failed hook that is due first, the model's time being moved to that moment: nothing else is left to do
    /// until then.
    pub(crate) fn next_retry(&mut self) -> Option<HookContext> {
        let retries = self.retries;
        let due = |unit: &&super::unit::Unit| {
            !self.machine_is_busy(unit.machine)
                && unit.failure.as_ref().is_some_and(|failure| failure.attempts <= retries)
        };
        let retry_at = |unit: &&super::unit::Unit| unit.failure.as_ref().map(|failure| failure.retry_at);
        let name: UnitName = self.units.values().filter(due).min_by_key(retry_at)?.name.clone();
        let failure = self.units.get(&name)?.failure.clone()?;
        self.advance_to(failure.retry_at);
        let stands = self.stands(&name, &failure.hook);
        let context = self.begin(&name, failure.hook);
        if stands {
            return Some(context);
        }
        // It counts as run: Juju skips what concerns an application and reaches one that leads it no more.
        self.remember(&context);
        self.next()
    }

    fn stands(&self, unit: &UnitName, hook: &Hook) -> bool {
        match hook {
            Hook::LeaderElected => self.leader(unit.application()) == Some(unit),
            Hook::Secret(hook) => self.secret_hook_stands(unit, hook),
            _ => true,
        }
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
