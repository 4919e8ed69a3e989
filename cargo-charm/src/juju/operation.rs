//! `juju operations`, `juju show-operation` and `juju show-task`.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use charm_testing::model::{Action, ActionId};
use serde::Serialize;

use super::output::{self, Output};
use super::record::{Operation, Record};
use super::run::Task;
use super::{Client, time};

/// List what actions and commands were run
#[derive(Debug, clap::Args)]
pub(crate) struct OperationsOptions {
    #[command(flatten)]
    output: Output,
}

/// Show an operation with its tasks
#[derive(Debug, clap::Args)]
pub(crate) struct ShowOperationOptions {
    /// Its number
    operation: u32,
    #[command(flatten)]
    output: Output,
    /// Accepted: an operation runs to its end in the call that began it
    #[arg(long, hide = true)]
    wait: Option<String>,
    /// Accepted: times are UTC
    #[arg(long, hide = true)]
    utc: bool,
}

/// Show what became of one unit's part of an operation
#[derive(Debug, clap::Args)]
pub(crate) struct ShowTaskOptions {
    /// Its number
    task: u32,
    #[command(flatten)]
    output: Output,
    /// Accepted: a task runs to its end in the call that began it
    #[arg(long, hide = true)]
    wait: Option<String>,
    /// Accepted: times are UTC
    #[arg(long, hide = true)]
    utc: bool,
}

#[derive(Debug, Serialize)]
struct Shown {
    summary: String,
    status: &'static str,
    timing: BTreeMap<&'static str, String>,
    tasks: BTreeMap<String, Task>,
}

impl Shown {
    fn of(record: &Record, operation: &Operation) -> Self {
        let tasks: BTreeMap<String, Task> = actions(record, operation)
            .map(|action| (action.id.to_string(), Task::of(action, Some(operation))))
            .collect();
        let gravest = ["failed", "pending", "running"];
        let status = gravest.into_iter().find(|status| tasks.values().any(|task| task.status == *status));
        let mut timing = BTreeMap::from([("enqueued", time::of_operation(operation.enqueued))]);
        timing.extend(operation.completed.map(|at| ("completed", time::of_operation(at))));
        Self { summary: operation.summary.clone(), status: status.unwrap_or("completed"), timing, tasks }
    }
}

fn actions<'a>(record: &'a Record, operation: &'a Operation) -> impl Iterator<Item = &'a Action> {
    operation.tasks.iter().filter_map(|id| record.model.action(*id))
}

pub(crate) fn list(options: &OperationsOptions, client: &mut Client<'_>) -> Result<()> {
    let record = client.look()?;
    let shown: BTreeMap<String, Shown> = record
        .operations
        .iter()
        .map(|(number, operation)| (number.to_string(), Shown::of(&record, operation)))
        .collect();
    options.output.show(client.out, &shown, || {
        let mut rows = vec![output::row(["Id", "Status", "Started", "Tasks", "Summary"])];
        for (number, operation) in &record.operations {
            let shown = Shown::of(&record, operation);
            let tasks: Vec<&str> = shown.tasks.keys().map(String::as_str).collect();
            let started = time::rfc3339(operation.enqueued);
            rows.push(output::row([
                &number.to_string(),
                shown.status,
                &started,
                &tasks.join(","),
                &shown.summary,
            ]));
        }
        output::table(&rows)
    })
}

pub(crate) fn show(options: &ShowOperationOptions, client: &mut Client<'_>) -> Result<()> {
    let record = client.look()?;
    let number = options.operation;
    let operation = record.operations.get(&number);
    let operation =
        operation.with_context(|| format!("operation {number} not found: see `juju operations`"))?;
    options.output.show_yaml(client.out, &Shown::of(&record, operation))
}

pub(crate) fn show_task(options: &ShowTaskOptions, client: &mut Client<'_>) -> Result<()> {
    let record = client.look()?;
    let id = ActionId(options.task);
    let action = record.model.action(id);
    let action = action.with_context(|| format!("task {id} not found: see `juju operations`"))?;
    let operation = record.operations.values().find(|operation| operation.tasks.contains(&id));
    options.output.show_yaml(client.out, &Task::of(action, operation))
}
