//! One unit's part of an operation: an action that it runs, or commands.

use std::collections::BTreeMap;

use charm_testing::model::{
    Action, ActionId, ActionResult, ActionStatus, Exec, ExecId, Model, Results, UnitName,
};
use serde::Serialize;
use serde_json::{Map, Value};

use super::record::Operation;
use super::time;

/// A task as Juju shows it.
#[derive(Debug, Serialize)]
pub(super) struct Task {
    id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    log: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    message: String,
    results: Map<String, Value>,
    status: &'static str,
    timing: BTreeMap<&'static str, String>,
    unit: String,
}

/// What a unit answers besides an action's own results.
const OUTPUT: [&str; 3] = ["return-code", "stdout", "stderr"];

impl Task {
    /// The task of that number.
    pub(super) fn of(model: &Model, number: u32, operation: Option<&Operation>) -> Option<Self> {
        let mut task = match model.action(ActionId(number)) {
            Some(action) => Self::of_action(action),
            None => Self::of_exec(model.exec_result(ExecId(number))?),
        };
        if let Some(operation) = operation {
            task.timing.insert("enqueued", time::of_operation(operation.enqueued));
            task.timing.insert("started", time::of_operation(operation.enqueued));
            task.timing.extend(operation.completed.map(|at| ("completed", time::of_operation(at))));
        }
        Some(task)
    }

    fn new(number: u32, unit: &UnitName, is: ActionStatus, message: &str) -> Self {
        Self {
            id: number.to_string(),
            log: Vec::new(),
            message: message.to_owned(),
            results: Map::new(),
            status: status(is),
            timing: BTreeMap::new(),
            unit: unit.to_string(),
        }
    }

    fn of_action(action: &Action) -> Self {
        let mut task = Self::new(action.id.0, &action.unit, action.status, &action.message);
        task.log.clone_from(&action.log);
        task.results = plain(&action.results);
        // The only number that Juju gives.
        if let Some(code) = task.results.get_mut("return-code")
            && let Some(number) = code.as_str().and_then(|code| code.parse::<i64>().ok())
        {
            *code = number.into();
        }
        task
    }

    fn of_exec(exec: &Exec) -> Self {
        let mut task = Self::new(exec.id.0, &exec.unit, exec.status, &exec.message);
        let code = exec.code.map(|code| ("return-code".to_owned(), code.into()));
        let outputs = [("stdout", &exec.stdout), ("stderr", &exec.stderr)];
        let outputs = outputs.into_iter().filter(|(_, text)| !text.is_empty());
        task.results.extend(code);
        task.results.extend(outputs.map(|(key, text)| (key.to_owned(), text.as_str().into())));
        task
    }

    /// Its number.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Whose it is.
    pub(super) fn unit(&self) -> &str {
        &self.unit
    }

    pub(super) fn status(&self) -> &'static str {
        self.status
    }

    /// Whether its unit hasn't got to it, or is at it.
    pub(super) fn is_under_way(&self) -> bool {
        ["pending", "running"].contains(&self.status)
    }

    /// How it failed, if it did. An exit code is an answer, and one other than 0 is told all the same.
    pub(super) fn failure(&self) -> Option<String> {
        let code = self.results.get("return-code").filter(|code| **code != 0);
        let failed = ["failed", "cancelled", "aborted"].contains(&self.status);
        let code = code.map(|code| format!(" with return code {code}"));
        (failed || code.is_some())
            .then(|| format!("\"{}\" on {}{}", self.id, self.unit, code.unwrap_or_default()))
    }

    /// For people: what was said on the way, the results, what was printed, why it failed.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = self.log.clone();
        let own: Map<String, Value> = self
            .results
            .iter()
            .filter(|(key, _)| !OUTPUT.contains(&key.as_str()))
            .map(|(key, result)| (key.clone(), result.clone()))
            .collect();
        if !own.is_empty() {
            lines.push(serde_saphyr::to_string(&own).unwrap_or_default());
        }
        let printed = ["stdout", "stderr"].map(|key| self.results.get(key).and_then(Value::as_str));
        lines.extend(printed.into_iter().flatten().chain([self.message.as_str()]).map(str::to_owned));
        lines.retain(|part| !part.is_empty());
        // What was printed is shown as it is, but ends its line.
        lines.into_iter().map(|part| part.strip_suffix('\n').map_or(part.clone(), str::to_owned)).collect()
    }
}

fn status(status: ActionStatus) -> &'static str {
    match status {
        ActionStatus::Pending => "pending",
        ActionStatus::Running => "running",
        ActionStatus::Completed => "completed",
        ActionStatus::Failed => "failed",
        ActionStatus::Cancelled => "cancelled",
        ActionStatus::Aborting => "aborting",
        ActionStatus::Aborted => "aborted",
    }
}

fn plain(results: &Results) -> Map<String, Value> {
    let value = |result: &ActionResult| match result {
        ActionResult::Text(text) => text.as_str().into(),
        ActionResult::Map(map) => plain(map).into(),
    };
    results.iter().map(|(key, result)| (key.clone(), value(result))).collect()
}
