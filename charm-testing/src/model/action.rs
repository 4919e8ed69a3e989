//! Actions: what an operator runs on a unit.

use std::collections::BTreeMap;
use std::fmt;

use charm_meta::Others;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::context::HookContext;
use super::error::{ModelError, Refusal};
use super::hook::{Exit, Hook};
use super::log::Level;
use super::name::UnitName;
use super::{Model, View, encode_base64};

/// What Juju says of an action that ended well and whose changes it didn't take.
pub(crate) const REFUSED_COMMIT: &str = "committing requested changes failed";

/// The number of one run of an action, unique in its model, among runs of commands too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ActionId(pub u32);

impl fmt::Display for ActionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How far a run of an action has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ActionStatus {
    /// It waits for its unit.
    Pending,
    /// It runs.
    Running,
    /// It ended well.
    Completed,
    /// It failed. Actions are never retried.
    Failed,
    /// It was cancelled before it ran, or its unit was removed before it could end.
    Cancelled,
    /// It was cancelled while it ran: whoever runs it is to kill it.
    Aborting,
    /// It was killed because it had been cancelled.
    Aborted,
}

/// One run of an action.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Action {
    /// Its number.
    pub id: ActionId,
    /// The unit it runs on.
    pub unit: UnitName,
    /// The action's name.
    pub name: String,
    /// Its parameters.
    pub params: Map<String, Value>,
    /// How far it has come.
    pub status: ActionStatus,
    /// What it answered: texts, or maps of texts.
    pub results: Results,
    /// Why it failed or was cancelled.
    pub message: String,
    /// What it said on its way, by `action-log`.
    pub log: Vec<String>,
}

/// The results of an action: a key of several parts makes nested maps.
pub type Results = BTreeMap<String, ActionResult>;

/// A result of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ActionResult {
    /// A value.
    Text(String),
    /// Values below a common part of their keys.
    Map(Results),
}

/// Puts `value` at the place that `path` names, over what is in its way.
fn insert(results: &mut Results, path: &[&str], value: &str) {
    match path {
        [] => {}
        [key] => {
            results.insert((*key).to_owned(), ActionResult::Text(value.to_owned()));
        }
        [key, rest @ ..] => {
            let inner = results.entry((*key).to_owned()).or_insert_with(|| ActionResult::Map(Results::new()));
            if let ActionResult::Text(_) = inner {
                *inner = ActionResult::Map(Results::new());
            }
            if let ActionResult::Map(inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

/// Whether the parameters are of the declared types. Juju 4 takes none that are not declared, unless the charm says
/// otherwise.
fn check_params(
    name: &str,
    declared: &charm_meta::Action,
    params: &Map<String, Value>,
    is_4: bool,
) -> Result<(), ModelError> {
    let parameters = declared.parameters();
    let silent = declared.additional_properties.is_none()
        && !declared
            .constraints
            .keys()
            .any(|key| matches!(key.as_str(), "additionalProperties" | "patternProperties"));
    for (param, value) in params {
        let kind = parameters.declared.iter().find(|known| known.name == *param).map(|known| &known.kind);
        let problem = match (kind, &parameters.others) {
            (Some(kind), _) if kind.fits(value) => continue,
            (Some(_), _) => format!("has not the declared type, given {value}"),
            (None, Others::Refused) => "is not declared".to_owned(),
            (None, Others::Ignored) if silent && is_4 => "is not declared".to_owned(),
            (None, Others::Kept(kind)) if !kind.fits(value) => {
                format!("has not the type of `additionalProperties`, given {value}")
            }
            (None, _) => continue,
        };
        return Err(ModelError::new(format!(
            "action {name:?}: the parameter {param:?} {problem}; see `actions` in charmcraft.yaml"
        )));
    }
    Ok(())
}

/// What a running action has said so far; sent when it ends, also if it fails.
#[derive(Debug, Clone, Default)]
pub(crate) struct RunningAction {
    pub(crate) results: Results,
    pub(crate) failed: bool,
    pub(crate) message: String,
}

impl Model {
    /// Has `unit` run an action, after those already asked for. Parameters that are not given get their defaults. They
    /// must have the types that the charm declares; what its schema says beyond that isn't looked at.
    pub fn run_action(
        &mut self,
        unit: &UnitName,
        name: &str,
        mut params: Map<String, Value>,
    ) -> Result<ActionId, ModelError> {
        let application = unit.application();
        if !self.units.contains_key(unit) {
            return Err(ModelError::new(format!("unit \"{unit}\" not found")));
        }
        let actions =
            self.applications.get(application).map(|application| &application.charm.metadata.actions);
        let declared = actions.and_then(|actions| actions.get(name)).ok_or_else(|| {
            ModelError::new(format!(
                "action {name:?} not defined on unit \"{unit}\": its charm declares no such key under `actions`"
            ))
        })?;
        let defaults =
            declared.params.iter().filter_map(|(param, schema)| Some((param, schema.get("default")?)));
        for (param, default) in defaults {
            params.entry(param.clone()).or_insert_with(|| default.clone());
        }
        if let Some(missing) = declared.required.iter().find(|param| !params.contains_key(*param)) {
            return Err(ModelError::new(format!(
                "action {name:?} needs the parameter {missing:?}: give it a value"
            )));
        }
        check_params(name, declared, &params, self.version.is_4())?;
        self.last_task += 1;
        let id = ActionId(self.last_task);
        self.actions.insert(
            id,
            Action {
                id,
                unit: unit.clone(),
                name: name.to_owned(),
                params,
                status: ActionStatus::Pending,
                results: Results::new(),
                message: String::new(),
                log: Vec::new(),
            },
        );
        if let Some(unit) = self.units.get_mut(unit) {
            unit.actions.push_back(id);
        }
        self.wake(unit);
        Ok(id)
    }

    /// Cancels a run of an action, as `juju cancel-task` does. One that waits never runs; one that runs is to be killed by
    /// whoever runs it; one that has ended is left as it is.
    pub fn cancel_action(&mut self, id: ActionId) -> Result<ActionStatus, ModelError> {
        let action = self.actions.get_mut(&id);
        let action = action.ok_or_else(|| ModelError::new(format!("action \"{id}\" not found")))?;
        match action.status {
            ActionStatus::Pending => {
                action.status = ActionStatus::Cancelled;
                "action cancelled via the API".clone_into(&mut action.message);
                if let Some(unit) = self.units.get_mut(&action.unit) {
                    unit.actions.retain(|waiting| *waiting != id);
                }
            }
            ActionStatus::Running => action.status = ActionStatus::Aborting,
            _ => {}
        }
        Ok(action.status)
    }

    /// A run of an action, kept after its end.
    pub fn action(&self, id: ActionId) -> Option<&Action> {
        self.actions.get(&id)
    }

    /// The action that `unit` is to run next.
    pub(crate) fn next_action(&mut self, unit: &UnitName) -> Option<Hook> {
        let id = self.units.get_mut(unit)?.actions.pop_front()?;
        let action = self.actions.get_mut(&id)?;
        action.status = ActionStatus::Running;
        Some(Hook::Action { id, name: action.name.clone() })
    }

    /// An action that `unit` can run while another unit has its machine's lock: its charm says that it may.
    pub(crate) fn next_parallel_action(&mut self, unit: &UnitName) -> Option<Hook> {
        let known = self.units.get(unit)?;
        let waiting = self.actions.get(known.actions.front()?)?;
        let free = known.is_between_hooks() || known.failure.is_some();
        if free && self.is_parallel(unit, &waiting.name) { self.next_action(unit) } else { None }
    }

    /// Whether an action needs no lock of its machine. Those of one execution group exclude each other; here they are run
    /// like any other.
    pub(crate) fn is_parallel(&self, unit: &UnitName, action: &str) -> bool {
        let declared = self.charm_of(unit).and_then(|charm| charm.metadata.actions.get(action));
        declared.is_some_and(|declared| declared.parallel && declared.execution_group.is_none())
    }

    /// Ends an action: its results count however it ended, what it staged only if all went well. A failed action puts
    /// no unit into error.
    pub(crate) fn finish_action(&mut self, context: HookContext, id: ActionId, exit: &Exit) {
        let said = context.action.clone().unwrap_or_default();
        let unit = context.unit().clone();
        let name = context.hook().name();
        let mut failure = said.failed.then_some(said.message);
        let (mut return_code, mut complaint) = (None, None);
        match exit {
            Exit::Code(0) => {
                if let Err(refusal) = self.commit(context) {
                    failure = Some(REFUSED_COMMIT.to_owned());
                    complaint = Some(refusal.to_string());
                    return_code = Some(1);
                } else {
                    return_code = Some(0);
                }
            }
            Exit::Code(code) => {
                failure = Some(exit.to_string());
                return_code = Some(*code);
            }
            Exit::Missing => failure = Some(format!("action not implemented on unit \"{unit}\"")),
            Exit::Signal(_) | Exit::Failed(_) => failure = Some(exit.to_string()),
        }
        if let Some(failure) = &failure {
            let message = format!("action {name:?} failed: {failure}");
            self.log(&unit, Level::Warning, "juju.worker.uniter.operation", message);
        }
        let Some(action) = self.actions.get_mut(&id) else { return };
        action.results.extend(said.results);
        if let Some(code) = return_code {
            action.results.insert("return-code".to_owned(), ActionResult::Text(code.to_string()));
        }
        if let Some(complaint) = complaint {
            let stderr = action.results.remove("stderr");
            let before = match stderr {
                Some(ActionResult::Text(text)) => text,
                Some(ActionResult::Map(_)) | None => String::new(),
            };
            action.results.insert("stderr".to_owned(), ActionResult::Text(format!("{before}{complaint}\n")));
        }
        action.status = match &failure {
            _ if action.status == ActionStatus::Aborting => ActionStatus::Aborted,
            Some(_) => ActionStatus::Failed,
            None => ActionStatus::Completed,
        };
        action.message = failure.unwrap_or_default();
    }

    /// Records what an action printed, which Juju adds to its results: what is no UTF-8 in base64, which `stdout-encoding`
    /// or `stderr-encoding` then says. Empty output isn't recorded.
    pub fn record_action_output(&mut self, id: ActionId, stdout: &[u8], stderr: &[u8]) {
        let Some(action) = self.actions.get_mut(&id) else { return };
        for (key, bytes) in [("stdout", stdout), ("stderr", stderr)] {
            let mut record = |key: String, text: String| action.results.insert(key, ActionResult::Text(text));
            match str::from_utf8(bytes) {
                Ok("") => {}
                Ok(text) => drop(record(key.to_owned(), text.to_owned())),
                Err(_) => {
                    record(key.to_owned(), encode_base64(bytes));
                    record(format!("{key}-encoding"), "base64".to_owned());
                }
            }
        }
    }
}

impl View<'_> {
    fn action_id(&self) -> Result<ActionId, Refusal> {
        match self.context.hook() {
            Hook::Action { id, .. } => Ok(*id),
            _ => Err(Refusal::NoAction),
        }
    }

    fn running_action(&mut self) -> Result<&mut RunningAction, Refusal> {
        self.context.action.as_mut().ok_or(Refusal::NoAction)
    }

    /// The parameters of the running action.
    pub fn action_params(&self) -> Result<&Map<String, Value>, Refusal> {
        let id = self.action_id()?;
        Ok(&self.model.action(id).ok_or(Refusal::NoAction)?.params)
    }

    /// Sets a result of the running action.
    pub fn set_action_result(&mut self, path: &[&str], value: &str) -> Result<(), Refusal> {
        insert(&mut self.running_action()?.results, path, value);
        Ok(())
    }

    /// Has the running action count as failed. It runs on.
    pub fn fail_action(&mut self, message: &str) -> Result<(), Refusal> {
        let action = self.running_action()?;
        action.failed = true;
        message.clone_into(&mut action.message);
        Ok(())
    }

    /// Tells the operator something while the action runs.
    pub fn log_action(&mut self, message: &str) -> Result<(), Refusal> {
        let id = self.action_id()?;
        let action = self.model.actions.get_mut(&id).ok_or(Refusal::NoAction)?;
        action.log.push(message.to_owned());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_several_parts_nest() {
        let mut results = Results::new();
        insert(&mut results, &["a"], "1");
        insert(&mut results, &["a", "b"], "2");
        insert(&mut results, &["a", "c"], "3");
        let inner = [("b", "2"), ("c", "3")]
            .map(|(key, value)| (key.to_owned(), ActionResult::Text(value.to_owned())));
        assert_eq!(results, Results::from([("a".to_owned(), ActionResult::Map(Results::from(inner)))]));
    }
}
