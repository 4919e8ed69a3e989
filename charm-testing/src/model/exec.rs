//! `juju exec`: commands of an operator that run where a unit's hooks run.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Model;
use super::action::{ActionId, ActionStatus, REFUSED_COMMIT};
use super::context::HookContext;
use super::error::ModelError;
use super::hook::{Exit, Hook, RelationHook, RelationHookKind};
use super::name::UnitName;
use super::relation::RelationId;
use super::resolve::unknown_unit;

/// The number of one run of commands, unique in its model, among actions too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ExecId(pub u32);

impl fmt::Display for ExecId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Commands as a unit is to run them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExecHook {
    /// Which run of commands.
    pub id: ExecId,
    /// What the shell is given.
    pub commands: String,
    /// The relation that hook commands mean where none is named. Nothing has happened to it: the kind of the hook says
    /// nothing.
    pub relation: Option<RelationHook>,
}

/// One run of commands and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exec {
    /// Its number.
    pub id: ExecId,
    /// The unit it runs on.
    pub unit: UnitName,
    /// What the shell is given.
    pub commands: String,
    /// How far it has come. It has failed if the shell could not be run or what it staged was refused; an exit code is
    /// an answer.
    pub status: ActionStatus,
    /// The exit code of the shell.
    pub code: Option<i32>,
    /// What was printed.
    pub stdout: String,
    /// What was complained of.
    pub stderr: String,
    /// Why it failed.
    pub message: String,
    relation: Option<RelationHook>,
}

impl Model {
    /// Has `unit` run commands by its shell, in its charm's directory and with the hook commands at hand, as `juju exec`
    /// does. They run in any state of the unit, in error and before `install` too, and never put it into error. What they
    /// stage is published if the shell exits with 0. A relation that they are given stands for the one that hook commands
    /// name by `-r`; if it has one member, that is its remote unit.
    pub fn exec(
        &mut self,
        unit: &UnitName,
        commands: &str,
        relation: Option<RelationId>,
    ) -> Result<ExecId, ModelError> {
        if !self.units.contains_key(unit) {
            return Err(unknown_unit(unit));
        }
        let relation = relation.map(|id| self.exec_relation(unit, id)).transpose()?;
        self.last_task += 1;
        let id = ExecId(self.last_task);
        let exec = Exec {
            id,
            unit: unit.clone(),
            commands: commands.to_owned(),
            status: ActionStatus::Pending,
            code: None,
            stdout: String::new(),
            stderr: String::new(),
            message: String::new(),
            relation,
        };
        self.execs.insert(id, exec);
        if let Some(unit) = self.units.get_mut(unit) {
            unit.execs.push_back(id);
        }
        self.wake(unit);
        Ok(id)
    }

    fn exec_relation(&self, name: &UnitName, id: RelationId) -> Result<RelationHook, ModelError> {
        let local = self.units.get(name).and_then(|unit| unit.relations.get(&id));
        let relation = self.relation(id);
        let ends = relation.and_then(|relation| {
            Some((relation.end_of(name.application())?, relation.remote_of(name.application())?))
        });
        let (Some(local), Some((own, remote))) = (local, ends) else {
            return Err(ModelError::new(format!("unit \"{name}\" takes part in no relation {id}")));
        };
        let mut members = local.members.keys();
        Ok(RelationHook {
            kind: RelationHookKind::Created,
            relation: id,
            endpoint: own.endpoint.clone(),
            remote_application: remote.application.clone(),
            remote_unit: members.next().filter(|_| members.next().is_none()).cloned(),
            departing_unit: None,
            version: 0,
        })
    }

    /// A run of commands, kept after its end.
    pub fn exec_result(&self, id: ExecId) -> Option<&Exec> {
        self.execs.get(&id)
    }

    /// Forgets an action or a run of commands by its number, as Juju does with what is old; not before it has ended.
    pub fn forget_task(&mut self, number: u32) {
        let ended = |status: ActionStatus| {
            !matches!(status, ActionStatus::Pending | ActionStatus::Running | ActionStatus::Aborting)
        };
        let (action, exec) = (ActionId(number), ExecId(number));
        if self.actions.get(&action).is_some_and(|action| ended(action.status)) {
            self.actions.remove(&action);
        }
        if self.execs.get(&exec).is_some_and(|exec| ended(exec.status)) {
            self.execs.remove(&exec);
        }
    }

    /// The commands that `unit` is to run next.
    pub(crate) fn next_exec(&mut self, unit: &UnitName) -> Option<Hook> {
        let id = self.units.get_mut(unit)?.execs.pop_front()?;
        let exec = self.execs.get_mut(&id)?;
        exec.status = ActionStatus::Running;
        let (commands, relation) = (exec.commands.clone(), exec.relation.clone());
        Some(Hook::Exec(ExecHook { id, commands, relation }))
    }

    /// Records what commands printed.
    pub fn record_exec_output(&mut self, id: ExecId, stdout: &str, stderr: &str) {
        if let Some(exec) = self.execs.get_mut(&id) {
            exec.stdout.push_str(stdout);
            exec.stderr.push_str(stderr);
        }
    }

    /// Ends a run of commands: what it staged counts if all went well.
    pub(crate) fn finish_exec(&mut self, context: HookContext, id: ExecId, exit: &Exit) {
        let reboots = context.reboot.is_some();
        let name = context.unit.clone();
        let refusal = if *exit == Exit::Code(0) { self.commit(context).err() } else { None };
        if let Some(exec) = self.execs.get_mut(&id) {
            exec.code = match exit {
                Exit::Code(code) => Some(*code),
                Exit::Signal(_) | Exit::Missing | Exit::Failed(_) => None,
            };
            exec.message = match &refusal {
                Some(refusal) => format!("{REFUSED_COMMIT}: {refusal}"),
                None if exec.code.is_none() => exit.to_string(),
                None => String::new(),
            };
            exec.status =
                if exec.message.is_empty() { ActionStatus::Completed } else { ActionStatus::Failed };
        }
        if reboots {
            self.reboot(&name);
        }
    }
}
