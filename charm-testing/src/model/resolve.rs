//! The way out of error: `juju resolve`, with and without another run of the hook.

use serde::{Deserialize, Serialize};

use super::Model;
use super::error::ModelError;
use super::hook::Hook;
use super::name::UnitName;

/// What an operator has decided about a failed hook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Resolved {
    /// It is run again at once.
    RetryHook,
    /// It counts as run.
    NoHook,
}

impl Model {
    /// Takes a unit out of error, as `juju resolve` does: with `retry` the failed hook is run again at once, and its
    /// back-off begins anew; without, as with `--no-retry`, it counts as run although nothing that it staged is
    /// published. What always follows such a hook does follow then: relation-changed after relation-joined, start after
    /// config-changed, the end of the relation after relation-broken.
    pub fn resolve(&mut self, unit: &UnitName, retry: bool) -> Result<(), ModelError> {
        let known = self.units.get_mut(unit).ok_or_else(|| unknown_unit(unit))?;
        if known.failure.is_none() {
            return Err(ModelError::new(format!("unit \"{unit}\" is not in an error state")));
        }
        known.resolved = Some(if retry { Resolved::RetryHook } else { Resolved::NoHook });
        self.wake(unit);
        Ok(())
    }

    /// Whether failed hooks are tried again by themselves: the model's setting `automatically-retry-hooks`, which is
    /// true unless an operator says otherwise. A unit in error then waits for [`Model::resolve`].
    pub fn set_automatic_retries(&mut self, automatic: bool) {
        self.automatic_retries = automatic;
        self.wake_failed();
    }

    /// Has units in error look whether it is time for another try.
    pub(crate) fn wake_failed(&mut self) {
        for unit in self.units.values_mut().filter(|unit| unit.failure.is_some()) {
            self.awake.wake(unit);
        }
    }

    /// What a unit in error runs next of its own.
    pub(crate) fn next_after_error(&mut self, name: &UnitName) -> Option<Hook> {
        self.force_upgrade(name);
        let (now, retries, automatic) = (self.now, self.retries, self.automatic_retries);
        let unit = self.units.get_mut(name)?;
        let resolved = unit.resolved.take();
        let failure = unit.failure.as_mut()?;
        match resolved {
            Some(Resolved::RetryHook) => {
                failure.attempts = 0;
                Some(failure.hook.clone())
            }
            Some(Resolved::NoHook) => {
                let hook = failure.hook.clone();
                self.skip(name, hook);
                self.next_hook_of(name)
            }
            None => {
                let due = automatic && failure.attempts <= retries && failure.retry_at <= now;
                due.then(|| failure.hook.clone())
            }
        }
    }

    /// Has a hook count as run.
    pub(crate) fn skip(&mut self, name: &UnitName, hook: Hook) {
        let context = self.context_of(name, hook);
        self.remember(&context);
    }

    /// Whether a hook still has a reason to run: Juju skips what concerns an application once it reaches a unit that
    /// leads it no more.
    pub(crate) fn stands(&self, unit: &UnitName, hook: &Hook) -> bool {
        match hook {
            Hook::LeaderElected => self.leader(unit.application()) == Some(unit),
            Hook::Secret(hook) => self.secret_hook_stands(unit, hook),
            _ => true,
        }
    }
}

pub(crate) fn unknown_unit(name: &UnitName) -> ModelError {
    ModelError::new(format!("unit \"{name}\" not found"))
}
