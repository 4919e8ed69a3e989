//! Reboots that a charm asks for.

use super::context::HookContext;
use super::error::Refusal;
use super::hook::Hook;
use super::log::Level;
use super::name::UnitName;
use super::{Model, View};

/// When a machine is to reboot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reboot {
    /// When the hook has ended well. Afterwards a started unit runs start again.
    AfterHook,
    /// Now: the hook is killed, nothing of it is kept, and it runs again after the reboot.
    Now,
}

impl HookContext {
    /// The reboot that the hook has asked for. Who runs it must kill it at once for [`Reboot::Now`].
    pub fn reboot(&self) -> Option<Reboot> {
        self.reboot
    }
}

impl View<'_> {
    /// Asks for a reboot. Not in an action.
    pub fn request_reboot(&mut self, reboot: Reboot) -> Result<(), Refusal> {
        if matches!(self.context.hook, Hook::Action { .. }) {
            return Err(Refusal::RebootInAction);
        }
        self.context.reboot = Some(reboot);
        Ok(())
    }
}

impl Model {
    /// Reboots the machine of a unit whose hook asked for it. All units that are on it notice.
    pub(crate) fn reboot(&mut self, name: &UnitName) {
        self.log(name, Level::Info, "juju.worker.uniter", "reboot requested");
        if let Some(machine) = self.units.get(name).map(|unit| unit.machine) {
            self.restart_machine(machine);
        }
    }
}
