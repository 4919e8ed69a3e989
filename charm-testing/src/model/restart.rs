//! Ends of a unit's agent, its machine and its pod, and what a new agent remembers.

use super::Model;
use super::context::HookContext;
use super::error::ModelError;
use super::hook::Hook;
use super::name::UnitName;
use super::network;
use super::resolve::unknown_unit;
use super::retry;
use super::unit::{Stage, Unit};

impl Model {
    /// Ends the agent of a unit and starts it again. It remembers which hooks have run, but no remote databag that it has
    /// read, no update-status that was due, and no resource that it has not told its charm of; and it finds the Pebble of
    /// each container anew. On Kubernetes a started unit runs `start` again. An agent in the middle of a hook is ended by
    /// [`Model::kill_agent`].
    pub fn restart_agent(&mut self, unit: &UnitName) -> Result<(), ModelError> {
        self.check_at_rest(self.known_unit(unit)?)?;
        self.start_agent(unit);
        Ok(())
    }

    /// Kills the agent of a unit in the middle of a hook, and starts it again. Nothing that the hook staged is published.
    /// Whether it had ended well nobody knows: the unit is in error, and the hook is tried again like one that failed.
    /// An action or commands that ran are not: they have failed.
    pub fn kill_agent(&mut self, context: HookContext) {
        if self.is_present(&context) {
            let name = context.unit.clone();
            self.abort(context);
            self.start_agent(&name);
        }
    }

    /// Reboots the machine that `unit` is on, and so restarts the agents there. Those that have run `start` run it once
    /// more. For what a hook asks for itself there is `juju-reboot`.
    pub fn reboot_machine(&mut self, unit: &UnitName) -> Result<(), ModelError> {
        let machine = self.known_unit(unit)?.machine;
        if self.is_kubernetes() {
            return Err(ModelError::new(format!(
                "unit \"{unit}\" is in a pod and on no machine: replace the pod"
            )));
        }
        self.units_on(machine).try_for_each(|unit| self.check_at_rest(unit))?;
        self.restart_machine(machine);
        Ok(())
    }

    /// Starts all units of a machine anew.
    pub(crate) fn restart_machine(&mut self, machine: u32) {
        let names: Vec<UnitName> = self.units_on(machine).map(|unit| unit.name.clone()).collect();
        for name in names {
            self.start_agent(&name);
            if let Some(unit) = self.units.get_mut(&name) {
                unit.rebooted = true;
            }
        }
    }

    /// Has Kubernetes replace the pod of a unit, as it does when its node is emptied. The old one gets SIGTERM: a started
    /// unit runs `stop` before other hooks that are due, even in error. In the new one, which has another address and an
    /// empty disk, its agent fetches the charm again, which to Juju is an upgrade: it runs `upgrade-charm`,
    /// `config-changed` and `start`.
    pub fn replace_pod(&mut self, unit: &UnitName) -> Result<(), ModelError> {
        self.known_unit(unit)?;
        if !self.is_kubernetes() {
            return Err(ModelError::new(format!("unit \"{unit}\" runs on a machine and is in no pod")));
        }
        if let Some(unit) = self.units.get_mut(unit) {
            unit.shutting_down = true;
        }
        self.wake(unit);
        Ok(())
    }

    fn known_unit(&self, unit: &UnitName) -> Result<&Unit, ModelError> {
        self.units.get(unit).ok_or_else(|| unknown_unit(unit))
    }

    fn check_at_rest(&self, unit: &Unit) -> Result<(), ModelError> {
        if unit.is_running() {
            return Err(ModelError::new(format!(
                "unit \"{}\" runs a hook: hand its context to `kill_agent`, or to `finish` first",
                unit.name
            )));
        }
        Ok(())
    }

    /// What a unit whose pod is to go runs: `stop`, once. Then it goes on in another one.
    pub(crate) fn next_hook_of_shutdown(&mut self, name: &UnitName) -> Option<Hook> {
        let unit = self.units.get(name)?;
        let failed = unit.failure.as_ref().is_some_and(|failure| failure.hook == Hook::Stop);
        if unit.stage == Stage::Started && !failed {
            return Some(Hook::Stop);
        }
        // Kubernetes waits for a `stop` that fails only for so long.
        let address = network::address_of(self.next_machine);
        self.next_machine += 1;
        let unit = self.units.get_mut(name)?;
        unit.shutting_down = false;
        unit.pods += 1;
        let machine = unit.machine;
        self.move_machine(machine, address);
        self.start_agent(name);
        if self.units.get(name)?.is_between_hooks() {
            self.upgrade_charm_of(name);
            self.units.get_mut(name)?.queued = Some(Hook::UpgradeCharm);
        }
        self.next_hook_of(name)
    }

    /// Makes a unit's agent one that has just begun.
    pub(crate) fn start_agent(&mut self, name: &UnitName) {
        let (kubernetes, now) = (self.is_kubernetes(), self.now);
        if self.units.get(name).is_some_and(|unit| unit.stage > Stage::New) {
            self.restart_update_status(name);
        }
        let charm_version = self.applications.get(name.application()).map(|known| known.charm_version);
        let Some(unit) = self.units.get_mut(name) else { return };
        unit.remote_units.clear();
        // What has become of the charm's resources since, it doesn't know.
        unit.charm_version = charm_version.unwrap_or_default();
        // For Juju an agent in a pod can't tell its own restart from the pod's.
        unit.rebooted |= kubernetes;
        let retry_at = now.after(retry::delay(1));
        if let Some(failure) = &mut unit.failure {
            failure.attempts = 1;
            failure.retry_at = retry_at;
        }
        self.find_containers(name);
        self.set_retry_alarm(name);
        self.wake(name);
    }

    /// The start that tells of a reboot. A unit that isn't started yet needs none.
    pub(crate) fn next_start_after_reboot(&mut self, name: &UnitName) -> Option<Hook> {
        let unit = self.units.get_mut(name).filter(|unit| unit.rebooted)?;
        let started = matches!(unit.stage, Stage::Started | Stage::Stopped);
        if started && (unit.queued.is_some() || unit.failure.is_some()) {
            return None;
        }
        unit.rebooted = false;
        started.then_some(Hook::Start)
    }
}
