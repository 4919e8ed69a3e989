//! The end of a hook: what it staged is published if it exited 0, and forgotten otherwise.

use std::collections::BTreeSet;

use super::Model;
use super::context::HookContext;
use super::databag::Databag;
use super::error::Refusal;
use super::hook::{Exit, Hook, RelationHook, RelationHookKind};
use super::log::Level;
use super::name::UnitName;
use super::reboot::Reboot;
use super::retry::{self, Failure};
use super::secret::{Secret, SecretId};
use super::status::{AgentStatus, Status, StatusKind};
use super::unit::Stage;

/// The signals that Juju sends to a hook that is to run again: its end by one of them is no failure of the charm.
const TERMINATED: [i32; 2] = [15, 9];

/// How many bytes a unit's charm may keep with Juju, unless its controller says otherwise.
pub(crate) const MAX_CHARM_STATE: usize = 2 * 1024 * 1024;

/// How many bytes Juju 4 takes in one databag, keys and values.
pub(crate) const MAX_DATABAG: usize = 16 * 1024 * 1024;

/// Where Juju logs what became of hooks.
const OPERATION: &str = "juju.worker.uniter.operation";

impl Model {
    /// Ends a hook that [`Model::next`] began. An exit with 0 publishes what it staged and makes the unit's agent
    /// remember it; a failure discards all that and puts the unit into error, from which it is retried; an action's
    /// failure is recorded with the action.
    pub fn finish(&mut self, context: HookContext, exit: &Exit) {
        let (unit, hook) = (context.unit.clone(), context.hook.clone());
        let of_namesake = self.units.contains_key(&unit) && !self.is_present(&context);
        self.end(context, exit);
        if !of_namesake {
            self.note_end(&unit, &hook, exit);
        }
    }

    fn end(&mut self, context: HookContext, exit: &Exit) {
        if !self.is_present(&context) {
            // The unit has been taken away by force: what its hook did is in vain.
            return;
        }
        let name = context.unit.clone();
        self.wake_machine(&name);
        if let Some(unit) = self.units.get_mut(&name) {
            unit.agent = if unit.failure.is_some() { AgentStatus::Error } else { AgentStatus::Idle };
            unit.task = None;
        }
        let hook = context.hook.clone();
        match &hook {
            Hook::Action { id, .. } => return self.finish_action(context, *id, exit),
            Hook::Exec(exec) => return self.finish_exec(context, exec.id, exit),
            _ => {}
        }
        match exit {
            _ if context.reboot == Some(Reboot::Now) => {
                // It has been killed and runs again from its beginning.
                self.requeue(&name, hook);
                self.reboot(&name);
            }
            Exit::Missing => {
                self.log(&name, Level::Info, OPERATION, format!("skipped {:?} hook (missing)", hook.name()));
                self.after_hook(&context);
                self.remember(&context);
            }
            Exit::Code(0) => match self.commit(context) {
                Ok(context) => {
                    self.log(&name, Level::Info, OPERATION, format!("ran {:?} hook", hook.name()));
                    self.after_hook(&context);
                    self.remember(&context);
                    if context.reboot.is_some() {
                        self.reboot(&name);
                    }
                }
                Err(refusal) => self.fail(&name, hook, format!("cannot apply changes: {refusal}")),
            },
            Exit::Signal(signal) if TERMINATED.contains(signal) => {
                self.log(
                    &name,
                    Level::Warning,
                    OPERATION,
                    format!("{:?} hook was killed, queued again", hook.name()),
                );
                self.requeue(&name, hook);
            }
            Exit::Code(_) | Exit::Signal(_) | Exit::Failed(_) => self.fail(&name, hook, exit.to_string()),
        }
    }

    /// Has the next commit of `unit` be refused, for the reason given: what the hook staged is lost. Not so its
    /// secrets in Juju 3, which publishes them before the rest: the next attempt meets them.
    pub fn refuse_commit(&mut self, unit: &UnitName, reason: &str) {
        if let Some(unit) = self.units.get_mut(unit) {
            unit.refuse_commit = Some(reason.to_owned());
        }
    }

    /// Publishes what the hook staged: all of it, or on an error nothing but secrets, and those in Juju 3 only.
    pub(crate) fn commit(&mut self, context: HookContext) -> Result<HookContext, Refusal> {
        let changed = if self.version.is_4() { context.secret_changes.ids() } else { BTreeSet::new() };
        let before: Vec<(SecretId, Option<Secret>)> =
            changed.into_iter().map(|id| (id.clone(), self.secrets.get(id).cloned())).collect();
        let committed = self.commit_all(context);
        if committed.is_err() {
            for (id, secret) in before {
                self.drop_secret(&id);
                if let Some(secret) = secret {
                    self.put_secret(secret);
                }
            }
        }
        committed
    }

    fn commit_all(&mut self, context: HookContext) -> Result<HookContext, Refusal> {
        let name = &context.unit;
        self.commit_secrets(name, &context.secret_changes)?;
        // Leadership may have been lost since the data was staged.
        if !context.application_writes.is_empty() && self.leader(name.application()) != Some(name) {
            return Err(Refusal::NotLeader);
        }
        if let Some(reason) = self.units.get_mut(name).and_then(|unit| unit.refuse_commit.take()) {
            return Err(Refusal::Told(reason));
        }
        self.check_sizes(&context)?;
        self.check_databags(&context)?;
        self.check_k8s_spec(&context)?;
        self.check_storages(name, &context.storages)?;
        self.commit_ports(name, &context.ports)?;
        self.commit_storages(name, &context.storages);
        if context.hook == Hook::ConfigChanged {
            self.refresh_addresses(name);
        }
        self.commit_k8s_spec(&context);
        let dying = self.units.get(name).is_some_and(|unit| unit.life == super::life::Life::Dying);
        for (id, writes) in &context.unit_writes {
            // A relation that ended during the hook takes the data with it, and nobody reads what a departing unit
            // writes.
            let Some(relation) = self.relations.get_mut(id).filter(|_| !dying) else { continue };
            if relation.units.entry(name.clone()).or_default().apply(writes) {
                self.wake_relation(*id);
            }
        }
        for (id, writes) in &context.application_writes {
            let Some(relation) = self.relations.get_mut(id) else { continue };
            let bag = relation.applications.entry(name.application().to_owned()).or_default();
            let changed = bag.apply(writes);
            // The writer isn't told of its own words; on a peer relation its fellows are.
            let version = bag.version();
            let local = self.units.get_mut(name).and_then(|unit| unit.relations.get_mut(id));
            if let Some(local) = local {
                local.applications.insert(name.application().to_owned(), version);
            }
            if changed {
                self.wake_relation(*id);
            }
        }
        if let Some(unit) = self.units.get_mut(name) {
            for (key, value) in &context.state_writes {
                match value {
                    Some(value) => unit.charm_state.insert(key.clone(), value.clone()),
                    None => unit.charm_state.remove(key),
                };
            }
        }
        Ok(context)
    }

    /// Whether what is kept with Juju stays within its limits, which it looks at only now.
    fn check_sizes(&self, context: &HookContext) -> Result<(), Refusal> {
        let Some(unit) = self.units.get(&context.unit).filter(|_| !context.state_writes.is_empty()) else {
            return Ok(());
        };
        let kept = unit.charm_state.iter().filter(|(key, _)| !context.state_writes.contains_key(*key));
        let written = context.state_writes.iter().filter_map(|(key, value)| Some((key, value.as_ref()?)));
        let size: usize = kept.chain(written).map(|(key, value)| key.len() + value.len()).sum();
        if size > MAX_CHARM_STATE { Err(Refusal::CharmStateTooLarge { size }) } else { Ok(()) }
    }

    /// Ends what runs because its agent is killed.
    pub(crate) fn abort(&mut self, context: HookContext) {
        let why = "the unit's agent was killed";
        match context.hook.clone() {
            Hook::Action { .. } => self.finish(context, &Exit::Failed("action terminated".to_owned())),
            Hook::Exec(_) => self.finish(context, &Exit::Failed(why.to_owned())),
            hook => {
                self.wake_machine(&context.unit);
                self.fail(&context.unit, hook.clone(), why.to_owned());
                self.note_end(&context.unit, &hook, &Exit::Failed(why.to_owned()));
            }
        }
    }

    /// Whether each databag stays within what Juju 4 takes.
    fn check_databags(&self, context: &HookContext) -> Result<(), Refusal> {
        let name = &context.unit;
        let of_unit = context.unit_writes.iter().map(|(id, writes)| {
            let bag = self.relations.get(id).and_then(|relation| relation.units.get(name));
            (bag, writes)
        });
        let of_application = context.application_writes.iter().map(|(id, writes)| {
            let bag =
                self.relations.get(id).and_then(|relation| relation.applications.get(name.application()));
            (bag, writes)
        });
        let too_large =
            of_unit.chain(of_application).any(|(bag, writes)| Databag::size_with(bag, writes) > MAX_DATABAG);
        if self.version.is_4() && too_large { Err(Refusal::DatabagTooLarge) } else { Ok(()) }
    }

    fn requeue(&mut self, name: &UnitName, hook: Hook) {
        if let Hook::Pebble(pebble) = &hook {
            self.end_workload_hook(name, pebble, true);
            return self.skip(name, hook);
        }
        if let Some(unit) = self.units.get_mut(name) {
            // Before it is installed a unit has nothing else to run anyway.
            unit.queued = Some(hook).filter(|hook| *hook != Hook::Install);
            unit.failure = None;
            unit.agent = AgentStatus::Idle;
        }
    }

    fn fail(&mut self, name: &UnitName, hook: Hook, cause: String) {
        let message = format!("hook {:?} failed: {cause}", hook.name());
        self.log(name, Level::Error, OPERATION, message);
        if let Hook::Pebble(pebble) = &hook {
            self.end_workload_hook(name, pebble, true);
            return self.skip(name, hook);
        }
        let now = self.now;
        if let Some(unit) = self.units.get_mut(name) {
            // The stop of a pod that goes can come over another hook's failure, and fail itself.
            let again = unit.failure.as_ref().filter(|failure| failure.hook == hook);
            let attempts = again.map_or(0, |failure| failure.attempts) + 1;
            let retry_at = now.after(self.random.around(retry::delay(attempts), 3));
            unit.failure = Some(Failure { hook, cause, attempts, retry_at });
            unit.agent = AgentStatus::Error;
            unit.queued = None;
        }
        self.set_retry_alarm(name);
    }

    /// What Juju says of a unit whose hook has run.
    fn after_hook(&mut self, context: &HookContext) {
        let now = self.now;
        let Some(unit) = self.units.get_mut(&context.unit) else { return };
        unit.workload = match context.hook {
            Hook::Start if !unit.status_set => Status::new(StatusKind::Unknown, "", now),
            Hook::Stop => Status::new(StatusKind::Maintenance, "", now),
            Hook::Remove => Status::new(StatusKind::Terminated, "", now),
            _ => return,
        };
    }

    /// Makes the unit's agent remember that the hook has run, and queues what always follows it.
    pub(crate) fn remember(&mut self, context: &HookContext) {
        self.restart_update_status(&context.unit);
        let Some(unit) = self.units.get_mut(&context.unit) else { return };
        unit.failure = None;
        unit.resolved = None;
        unit.agent = AgentStatus::Idle;
        unit.queued = None;
        // Nor does it learn of a resource that was there when the hook began.
        unit.charm_version = context.charm_version;
        match &context.hook {
            Hook::Install => unit.stage = Stage::Installed,
            Hook::UpgradeCharm => unit.queued = Some(Hook::ConfigChanged),
            Hook::ConfigChanged => {
                unit.told_config = Some(context.config_hash);
                unit.told_address = context.address;
                if unit.stage < Stage::Started {
                    unit.queued = Some(Hook::Start);
                }
            }
            Hook::Start => unit.stage = Stage::Started,
            Hook::Stop => unit.stage = Stage::Stopped,
            Hook::Remove => unit.stage = Stage::Removed,
            Hook::Pebble(hook) => self.end_workload_hook(&context.unit, hook, false),
            Hook::Relation(hook) => self.remember_relation(&context.unit, hook),
            Hook::Storage(hook) => self.remember_storage_hook(hook),
            Hook::Secret(hook) => self.remember_secret_hook(&context.unit, hook),
            Hook::LeaderElected
            | Hook::UpdateStatus
            | Hook::CollectMetrics
            | Hook::MeterStatusChanged
            | Hook::Action { .. }
            | Hook::Exec(_) => {}
        }
    }

    fn remember_relation(&mut self, name: &UnitName, hook: &RelationHook) {
        let Some(unit) = self.units.get_mut(name) else { return };
        if hook.kind == RelationHookKind::Broken {
            return self.leave_relation(name, hook.relation);
        }
        let Some(local) = unit.relations.get_mut(&hook.relation) else { return };
        match (hook.kind, &hook.remote_unit) {
            (RelationHookKind::Created, _) => local.created = true,
            (RelationHookKind::Joined, Some(remote)) => {
                local.members.insert(remote.clone(), hook.version);
                local.changed_pending = Some(remote.clone());
            }
            (RelationHookKind::Changed, Some(remote)) => {
                if local.members.contains_key(remote) {
                    local.members.insert(remote.clone(), hook.version);
                }
                local.changed_pending.take_if(|pending| pending == remote);
            }
            (RelationHookKind::Changed, None) => {
                local.applications.insert(hook.remote_application.clone(), hook.version);
            }
            (RelationHookKind::Departed, Some(remote)) => {
                local.members.remove(remote);
            }
            (RelationHookKind::Joined | RelationHookKind::Departed, None) | (RelationHookKind::Broken, _) => {
            }
        }
    }
}
