//! What a unit runs next: Juju's priorities.

use super::Model;
use super::context::HookContext;
use super::hook::Hook;
use super::life::Life;
use super::name::UnitName;
use super::status::{AgentStatus, Status, StatusKind};
use super::unit::Stage;
use super::visibility;

impl Model {
    /// The next hook or action that some unit has to run; among units the seed chooses. Run it, answer its hook
    /// commands from [`Model::view`], and hand the context to [`Model::finish`]. None if all units are at rest: they
    /// have nothing to do, or stay in error, or run a hook that isn't finished.
    ///
    /// A failed hook is due again when nothing else is, and the model's time then moves on to that moment.
    #[expect(
        clippy::should_implement_trait,
        reason = "more hooks can come after none, so a model is no iterator"
    )]
    pub fn next(&mut self) -> Option<HookContext> {
        self.next_due().or_else(|| self.next_retry())
    }

    /// As [`next`](Self::next), but a failed hook waits until its moment has come: time doesn't move on.
    pub fn next_due(&mut self) -> Option<HookContext> {
        let (unit, hook) = self.pick_hook()?;
        Some(self.begin(&unit, hook))
    }

    pub(crate) fn next_hook_of(&mut self, name: &UnitName) -> Option<Hook> {
        let unit = self.units.get(name)?;
        if self.machine_is_busy(unit.machine) {
            return None;
        }
        if unit.failure.is_some() {
            // In error a unit still runs actions, and nothing else until the retry.
            return self.next_action(name);
        }
        if unit.rebooted && unit.queued.is_none() {
            let started = unit.stage == Stage::Started;
            self.units.get_mut(name)?.rebooted = false;
            if started {
                return Some(Hook::Start);
            }
        }
        let unit = self.units.get(name)?;
        if unit.queued.is_none() {
            if unit.stage >= Stage::Installed && unit.life == Life::Alive {
                self.enter_relations(name);
                if let Some(hook) = self.next_relation_created(name) {
                    return Some(hook);
                }
            }
            self.take_notice_of_leadership(name);
        }
        let leads = self.leader(name.application()) == Some(name);
        let unit = self.units.get_mut(name)?;
        // A subordinate may just have found that it is to go.
        let dying = unit.life == Life::Dying;
        match &unit.queued {
            Some(Hook::LeaderElected) if !leads => unit.queued = None,
            Some(hook) => return Some(hook.clone()),
            None => {}
        }
        if !dying
            && unit.stage >= Stage::Installed
            && let Some(hook) = self.next_secret_hook(name)
        {
            return Some(hook);
        }
        if let Some(action) = self.next_action(name) {
            return Some(action);
        }
        self.drop_untold_storages(name);
        if let Some(hook) = self.next_storage_hook(name) {
            return Some(hook);
        }
        if dying { self.next_last_hook(name) } else { self.next_ordinary_hook(name) }
    }

    fn next_ordinary_hook(&mut self, name: &UnitName) -> Option<Hook> {
        let unit = self.units.get(name)?;
        if unit.stage == Stage::New {
            // On machines a charm is installed when its storage is there.
            return (!self.waits_for_storage(name)).then_some(Hook::Install);
        }
        let application = self.applications.get(name.application())?;
        if unit.charm_version != application.charm_version {
            return Some(Hook::UpgradeCharm);
        }
        let config_version = application.config_version;
        if unit.config_version != Some(config_version) {
            return Some(Hook::ConfigChanged);
        }
        let due = self.update_status_is_due(name);
        self.next_relation_hook(name).or_else(|| due.then_some(Hook::UpdateStatus))
    }

    /// The hooks of a unit that goes: relations end, then `stop`, then `remove`, then it is gone once its subordinates
    /// are.
    fn next_last_hook(&mut self, name: &UnitName) -> Option<Hook> {
        self.let_subordinates_go(name);
        if let Some(hook) = self.next_relation_hook(name) {
            return Some(hook);
        }
        let unit = self.units.get(name)?;
        if unit.stage == Stage::Started {
            return Some(Hook::Stop);
        }
        if (Stage::Installed..Stage::Removed).contains(&unit.stage) {
            return Some(Hook::Remove);
        }
        if self.subordinates_of(name).next().is_none() {
            self.remove_dead_unit(name);
        }
        None
    }

    fn take_notice_of_leadership(&mut self, name: &UnitName) {
        let leads = self.leader(name.application()) == Some(name);
        let Some(unit) = self.units.get_mut(name).filter(|unit| unit.stage >= Stage::Installed) else {
            return;
        };
        let alive = unit.life == Life::Alive;
        if leads && alive && !unit.knows_it_leads {
            unit.queued = Some(Hook::LeaderElected);
        }
        unit.knows_it_leads = leads && alive;
    }

    /// Starts a hook, whether it is due or not: Juju sets some statuses by itself, and fixes what the hook will see. For
    /// a unit that the model hasn't, the hook sees nothing.
    pub fn begin(&mut self, name: &UnitName, hook: Hook) -> HookContext {
        let id = format!("{name}-{}-{}", hook.name(), self.random.hex());
        let config_version =
            self.applications.get(name.application()).map_or(0, |application| application.config_version);
        let mut context = HookContext::new(name.clone(), hook, id, config_version);
        context.charm_version =
            self.applications.get(name.application()).map_or(0, |application| application.charm_version);
        context.secrets = self.secrets_managed_by(name);
        let now = self.now;
        let Some(unit) = self.units.get_mut(name) else { return context };
        unit.agent = AgentStatus::Executing;
        let message = match context.hook {
            Hook::Install if !unit.status_set => Some("installing charm software"),
            Hook::Stop => Some("stopping charm software"),
            Hook::Remove => Some("cleaning up prior to charm deletion"),
            _ => None,
        };
        if let Some(message) = message {
            unit.workload = Status::new(StatusKind::Maintenance, message, now);
        }
        visibility::before_hook(unit, &context.hook);
        context
    }
}
