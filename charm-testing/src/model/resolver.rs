//! What a unit runs next: Juju's priorities.

use super::Model;
use super::context::HookContext;
use super::hook::Hook;
use super::journal::Actor;
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
        // What has changed since the last hook ended is the operator's doing; what changes without leading to one, Juju's.
        self.note(Actor::Operator, None);
        let found = loop {
            if let Some(found) = self.pick_hook() {
                break Some(found);
            }
            if !self.pass_time_to_retry() {
                break self.overlooked_hook();
            }
        };
        let Some((unit, hook)) = found else {
            self.note(Actor::Juju, None);
            return None;
        };
        Some(self.begin(&unit, hook))
    }

    pub(crate) fn next_hook_of(&mut self, name: &UnitName) -> Option<Hook> {
        let hook = self.resolve_hook(name)?;
        if self.stands(name, &hook) {
            return Some(hook);
        }
        self.skip(name, hook);
        self.next_hook_of(name)
    }

    /// What is due, in the order in which Juju asks: the first answer counts.
    fn resolve_hook(&mut self, name: &UnitName) -> Option<Hook> {
        let unit = self.units.get(name)?;
        if unit.is_running() || unit.agent == AgentStatus::Lost {
            return None;
        }
        if unit.stage == Stage::Removed {
            self.go_after_subordinates(name);
            return None;
        }
        if self.machine_is_busy(unit.machine) {
            return self.next_parallel_action(name);
        }
        if let Some(start) = self.next_start_after_reboot(name) {
            return Some(start);
        }
        let unit = self.units.get(name)?;
        if unit.is_between_hooks() && unit.life == Life::Alive {
            self.enter_relations(name);
            if let Some(hook) = self.next_relation_created(name) {
                return Some(hook);
            }
        }
        self.take_notice_of_leadership(name);
        // Only now: taking over the leadership queues leader-elected, and a subordinate may just have found that it is to
        // go.
        let unit = self.units.get(name)?;
        let (idle, dying) = (unit.is_between_hooks(), unit.life == Life::Dying);
        if idle {
            if let Some(hook) = self.next_workload_hook(name) {
                return Some(hook);
            }
            if !dying && let Some(hook) = self.next_secret_hook(name) {
                return Some(hook);
            }
        }
        let in_error = self.units.get(name)?.failure.is_some();
        if (idle || in_error)
            && let Some(action) = self.next_action(name)
        {
            return Some(action);
        }
        if let Some(commands) = self.next_exec(name) {
            return Some(commands);
        }
        self.drop_untold_storages(name);
        if self.runs_storage_hooks(name) {
            if let Some(hook) = self.next_storage_hook(name) {
                return Some(hook);
            }
            if self.waits_for_storage(name) {
                return None;
            }
        }
        let unit = self.units.get(name)?;
        if unit.shutting_down && !dying {
            return self.next_hook_of_shutdown(name);
        }
        if in_error {
            return self.next_after_error(name);
        }
        match &unit.queued {
            Some(hook) => Some(hook.clone()),
            None if dying => self.next_last_hook(name),
            None => self.next_ordinary_hook(name),
        }
    }

    fn next_ordinary_hook(&mut self, name: &UnitName) -> Option<Hook> {
        let unit = self.units.get(name)?;
        if unit.stage == Stage::New {
            return Some(Hook::Install);
        }
        let application = self.applications.get(name.application())?;
        if unit.has_other_charm(application) {
            self.upgrade_charm_of(name);
            return Some(Hook::UpgradeCharm);
        }
        if unit.told_config != Some(application.config_hash) || unit.told_address != Some(unit.address) {
            return Some(Hook::ConfigChanged);
        }
        let due = self.update_status_is_due(name);
        let hook = self.next_relation_hook(name).or_else(|| due.then_some(Hook::UpdateStatus));
        // Containers have started by the time when there is nothing else to do.
        hook.or_else(|| self.start_containers(name))
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
        self.go_after_subordinates(name);
        None
    }

    /// The end of a unit that has nothing left to run: it waits for its subordinates and does nothing more.
    fn go_after_subordinates(&mut self, name: &UnitName) {
        self.let_subordinates_go(name);
        if self.subordinates_of(name).next().is_none() {
            self.remove_dead_unit(name);
        }
    }

    /// Its agent learns at once that the unit leads no more, but that it leads only between two hooks.
    fn take_notice_of_leadership(&mut self, name: &UnitName) {
        let leads = self.leader(name.application()) == Some(name);
        let Some(unit) = self.units.get_mut(name) else { return };
        let takes_over = leads && unit.life == Life::Alive;
        if !takes_over {
            unit.knows_it_leads = false;
        } else if !unit.knows_it_leads && unit.is_between_hooks() {
            unit.knows_it_leads = true;
            unit.queued = Some(Hook::LeaderElected);
        }
    }

    /// A hook's run, as far as it is known before it begins: with what the unit's agent remembers if it ends well.
    pub(crate) fn context_of(&self, name: &UnitName, hook: Hook) -> HookContext {
        let mut context = HookContext::new(name.clone(), hook);
        if let Some(application) = self.applications.get(name.application()) {
            context.config_hash = application.config_hash;
            context.charm_version = application.charm_version;
        }
        if let Some(unit) = self.units.get(name) {
            context.address = Some(unit.address);
            context.serial = Some(unit.serial);
        }
        context
    }

    /// Starts a hook, whether it is due or not: Juju sets some statuses by itself, and fixes what the hook will see. For
    /// a unit that the model hasn't, the hook sees nothing.
    pub fn begin(&mut self, name: &UnitName, hook: Hook) -> HookContext {
        self.note(Actor::Juju, None);
        let context = self.start(name, hook);
        self.note_beginning(&context);
        context
    }

    fn start(&mut self, name: &UnitName, hook: Hook) -> HookContext {
        let mut context = self.context_of(name, hook);
        context.id = format!("{name}-{}-{}", context.hook.name(), self.random.hex());
        context.secrets = self.secrets_managed_by(name);
        let now = self.now;
        let parallel =
            matches!(&context.hook, Hook::Action { name: action, .. } if self.is_parallel(name, action));
        let revision =
            self.applications.get(name.application()).map(|application| application.charm_revision);
        let Some(unit) = self.units.get_mut(name) else { return context };
        // Its agent fetches the charm when it first needs it.
        unit.charm_revision = unit.charm_revision.or(revision);
        unit.agent = AgentStatus::Executing;
        unit.runs_without_lock = parallel;
        if context.hook.is_of_lifecycle() {
            // From here on it is what the agent is at, and nothing else.
            unit.queued = None;
        } else {
            unit.task = Some(context.hook.clone());
        }
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
