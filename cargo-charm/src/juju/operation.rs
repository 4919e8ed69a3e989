//! `juju operations`, `juju show-operation` and `juju show-task`.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use serde::Serialize;

use super::output::{self, Output};
use super::record::{Operation, Record};
use super::session::Session;
use super::task::Task;
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
        let tasks = tasks(record, operation);
        let gravest = ["failed", "pending", "running"];
        let status = gravest.into_iter().find(|status| tasks.iter().any(|task| task.status() == *status));
        let mut timing = BTreeMap::from([("enqueued", time::of_operation(operation.enqueued))]);
        timing.extend(operation.completed.map(|at| ("completed", time::of_operation(at))));
        let tasks = tasks.into_iter().map(|task| (task.id().to_owned(), task)).collect();
        Self { summary: operation.summary.clone(), status: status.unwrap_or("completed"), timing, tasks }
    }
}

fn tasks(record: &Record, operation: &Operation) -> Vec<Task> {
    operation.tasks.iter().filter_map(|number| Task::of(&record.model, *number, Some(operation))).collect()
}

/// Has units run their tasks, as one operation, and shows what they answer. An error if one of them failed.
pub(super) fn run(
    mut session: Session,
    summary: &str,
    tasks: Vec<u32>,
    background: bool,
    output: &Output,
    client: &mut Client<'_>,
) -> Result<()> {
    let number = session.record.operations.keys().next_back().map_or(1, |last| last + 1);
    let count = tasks.len();
    let enqueued = session.record.model.now();
    let operation = Operation { summary: summary.to_owned(), tasks, enqueued, completed: None };
    session.record.operations.insert(number, operation);
    // The record takes notice of the operation's end with the hooks that lead to it.
    session.settle()?;
    if background {
        let words = "see what became of it with";
        return client.print(&format!(
            "Scheduled operation {number} with {count} task(s): {words} juju show-operation {number}\n"
        ));
    }
    let record = &session.record;
    let tasks = record.operations.get(&number).map(|operation| self::tasks(record, operation));
    let tasks = tasks.unwrap_or_default();
    let by_unit: BTreeMap<&str, &Task> = tasks.iter().map(|task| (task.unit(), task)).collect();
    output.show(client.out, &by_unit, || for_people(&tasks))?;
    if let Some(waiting) = tasks.iter().find(|task| task.is_under_way()) {
        bail!("timed out waiting for task {}: unit \"{}\" does not get to it", waiting.id(), waiting.unit());
    }
    let failed: Vec<String> = tasks.iter().filter_map(Task::failure).collect();
    match failed.as_slice() {
        [] => Ok(()),
        [one] => bail!("the following task failed: {one}; see `juju show-task` and `juju debug-log`"),
        several => bail!("the following tasks failed: {}; see `juju debug-log`", several.join(", ")),
    }
}

/// The answers, each below its unit's name if there are several.
fn for_people(tasks: &[Task]) -> String {
    let mut lines = Vec::new();
    for task in tasks {
        lines.extend((tasks.len() > 1).then(|| format!("{}:", task.unit())));
        lines.extend(task.lines());
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

pub(crate) fn list(options: &OperationsOptions, client: &mut Client<'_>) -> Result<()> {
    let record = client.look()?;
    let shown: BTreeMap<u32, Shown> = record
        .operations
        .iter()
        .map(|(number, operation)| (*number, Shown::of(&record, operation)))
        .collect();
    options.output.show(client.out, &shown, || {
        let mut rows = vec![output::row(["Id", "Status", "Started", "Tasks", "Summary"])];
        for ((number, shown), operation) in shown.iter().zip(record.operations.values()) {
            let tasks: Vec<String> = operation.tasks.iter().map(ToString::to_string).collect();
            let started = time::rfc3339(operation.enqueued);
            let row = [&number.to_string(), shown.status, &started, &tasks.join(","), &shown.summary];
            rows.push(output::row(row));
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
    let number = options.task;
    let operation = record.operations.values().find(|operation| operation.tasks.contains(&number));
    let task = Task::of(&record.model, number, operation);
    let task = task.with_context(|| format!("task {number} not found: see `juju operations`"))?;
    options.output.show_yaml(client.out, &task)
}
