//! Hooks that an operator of a local model wants to see, due or not.

use super::Model;
use super::error::ModelError;
use super::hook::Hook;
use super::life::Life;
use super::name::UnitName;
use super::unit::Stage;

impl Model {
    /// Has `unit` run `hook` next. Only a unit that has started and has nothing pending takes one: hooks out of their
    /// place in its start or its end would leave it in between.
    pub fn queue_hook(&mut self, unit: &UnitName, hook: Hook) -> Result<(), ModelError> {
        let known = self.units.get_mut(unit);
        let known = known.ok_or_else(|| ModelError::new(format!("unit \"{unit}\" not found")))?;
        if known.stage != Stage::Started || known.life != Life::Alive {
            return Err(ModelError::new(format!("unit \"{unit}\" is not started, or on its way out")));
        }
        if let Some(failure) = &known.failure {
            let failed = failure.hook.name();
            return Err(ModelError::new(format!(
                "unit \"{unit}\" is in error by {failed:?}: resolve it first"
            )));
        }
        if known.queued.is_some() || known.is_running() {
            return Err(ModelError::new(format!("unit \"{unit}\" has a hook to run already")));
        }
        known.queued = Some(hook);
        self.wake(unit);
        Ok(())
    }
}
