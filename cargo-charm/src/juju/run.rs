//! `juju run` and `juju actions`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use charm_testing::model::{Action, ActionId, ActionResult, ActionStatus, Results};
use serde::Serialize;
use serde_json::{Map, Value};

use super::output::{self, Format, Output};
use super::record::Operation;
use super::{Client, pairs, time, unit};

/// Run an action on units and show what it answers
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(crate) struct Options {
    /// Units (APPLICATION/leader means the leader), the action, and its parameters as KEY=VALUE or KEY.INNER=VALUE
    #[arg(required = true)]
    words: Vec<String>,
    /// A YAML file of parameters
    #[arg(long, value_name = "FILE")]
    params: Option<PathBuf>,
    /// Take the values of parameters as texts, and not as YAML
    #[arg(long)]
    string_args: bool,
    /// Only say which operation it is; `show-operation` shows what became of it
    #[arg(long)]
    background: bool,
    /// Accepted: an action runs to its end, or until its time is up
    #[arg(long, value_name = "DURATION")]
    wait: Option<String>,
    #[command(flatten)]
    output: Output,
    /// Accepted: times are UTC
    #[arg(long, hide = true)]
    utc: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    color: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    no_color: bool,
}

/// What a task became.
#[derive(Debug, Serialize)]
pub(super) struct Task {
    id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    log: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    message: String,
    results: Map<String, Value>,
    pub(super) status: &'static str,
    timing: BTreeMap<&'static str, String>,
    unit: String,
}

impl Task {
    pub(super) fn of(action: &Action, operation: Option<&Operation>) -> Self {
        let mut timing = BTreeMap::new();
        if let Some(operation) = operation {
            timing.insert("enqueued", time::of_operation(operation.enqueued));
            timing.insert("started", time::of_operation(operation.enqueued));
            timing.extend(operation.completed.map(|at| ("completed", time::of_operation(at))));
        }
        let mut results = Map::new();
        for (key, result) in &action.results {
            let value = match result {
                // The only number that Juju gives.
                ActionResult::Text(code) if key == "return-code" => {
                    code.parse::<i64>().map_or_else(|_| code.as_str().into(), Value::from)
                }
                result => plain(result),
            };
            results.insert(key.clone(), value);
        }
        Self {
            id: action.id.to_string(),
            log: action.log.clone(),
            message: action.message.clone(),
            results,
            status: status(action.status),
            timing,
            unit: action.unit.to_string(),
        }
    }
}

pub(super) fn status(status: ActionStatus) -> &'static str {
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

fn plain(result: &ActionResult) -> Value {
    match result {
        ActionResult::Text(text) => text.as_str().into(),
        ActionResult::Map(map) => map.iter().map(|(key, result)| (key.clone(), plain(result))).collect(),
    }
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let is_unit = |word: &&String| word.contains('/') && !word.contains('=');
    let units: Vec<&String> = options.words.iter().take_while(is_unit).collect();
    let mut rest = options.words.iter().skip(units.len());
    let (Some(action), false) = (rest.next(), units.is_empty()) else {
        bail!("name at least one unit and the action: juju run hello/0 greet name=you");
    };
    let params = read_params(options, rest)?;
    let mut session = client.open()?;
    let model = &mut session.record.model;
    let mut tasks = Vec::new();
    for name in units {
        let unit = unit::find(model, name)?;
        let task = model.run_action(&unit, action, params.clone());
        // Tools tell by these words an action that isn't there from one that failed.
        let declared = model.application(unit.application());
        let declared = declared.is_none_or(|known| known.charm.metadata.actions.contains_key(action));
        tasks.push(task.map_err(|error| {
            if declared { anyhow::Error::from(error) } else { anyhow::anyhow!("{error} (not found)") }
        })?);
    }
    let number = enqueue(&mut session.record, format!("{action} run"), tasks.clone());
    session.settle()?;
    complete(&mut session.record, number);
    session.save()?;
    let record = &session.record;
    if options.background {
        let words = format!(
            "Scheduled operation {number} with {} task(s): juju show-operation {number}\n",
            tasks.len()
        );
        return client.print(&words);
    }
    let operation = record.operations.get(&number);
    let actions: Vec<&Action> = tasks.iter().filter_map(|id| record.model.action(*id)).collect();
    show(&actions, operation, &options.output, client)
}

/// Records an operation.
pub(super) fn enqueue(record: &mut super::Record, summary: String, tasks: Vec<ActionId>) -> u32 {
    let number = record.operations.keys().next_back().map_or(1, |last| last + 1);
    let enqueued = record.model.now();
    record.operations.insert(number, Operation { summary, tasks, enqueued, completed: None });
    number
}

/// Records the end of an operation, if all of it has ended.
pub(super) fn complete(record: &mut super::Record, number: u32) {
    let ended = |id: &ActionId| {
        let status = record.model.action(*id).map(|action| action.status);
        !matches!(status, Some(ActionStatus::Pending | ActionStatus::Running))
    };
    let Some(operation) = record.operations.get(&number) else { return };
    if operation.tasks.iter().all(ended) {
        let now = record.model.now();
        record.operations.entry(number).and_modify(|operation| operation.completed = Some(now));
    }
}

/// Shows what units answered; an error if one of them failed.
pub(super) fn show(
    actions: &[&Action],
    operation: Option<&Operation>,
    output: &Output,
    client: &mut Client<'_>,
) -> Result<()> {
    let tasks: BTreeMap<String, Task> =
        actions.iter().map(|action| (action.unit.to_string(), Task::of(action, operation))).collect();
    output.show(client.out, &tasks, || for_people(actions))?;
    if let Some(waiting) = actions.iter().find(|action| action.status == ActionStatus::Pending) {
        bail!("timed out waiting for task {}: unit \"{}\" does not get to it", waiting.id, waiting.unit);
    }
    let failed: Vec<String> = actions
        .iter()
        .filter_map(|action| {
            let code = action.results.get("return-code");
            let code = code.and_then(|code| plain(code).as_str().map(str::to_owned));
            let broken = code.as_deref().is_some_and(|code| code != "0");
            let failed = matches!(action.status, ActionStatus::Failed | ActionStatus::Cancelled) || broken;
            let code = code.map(|code| format!(" with return code {code}")).unwrap_or_default();
            failed.then(|| format!("\"{}\" on {}{code}", action.id, action.unit))
        })
        .collect();
    match (failed.as_slice(), output.format()) {
        ([], _) => Ok(()),
        ([one], _) => bail!("the following task failed: {one}; see `juju show-task` and `juju debug-log`"),
        (several, _) => bail!("the following task failed, and others: {}", several.join(", ")),
    }
}

fn for_people(actions: &[&Action]) -> String {
    let mut lines = Vec::new();
    for action in actions {
        if actions.len() > 1 {
            lines.push(format!("{}:", action.unit));
        }
        lines.extend(action.log.iter().cloned());
        let special = |key: &str| match action.results.get(key) {
            Some(ActionResult::Text(text)) => text.trim_end().to_owned(),
            _ => String::new(),
        };
        let results: Results = action
            .results
            .iter()
            .filter(|(key, _)| !["return-code", "stdout", "stderr"].contains(&key.as_str()))
            .map(|(key, result)| (key.clone(), result.clone()))
            .collect();
        if !results.is_empty() {
            let shown: BTreeMap<&String, Value> =
                results.iter().map(|(key, result)| (key, plain(result))).collect();
            lines.push(serde_saphyr::to_string(&shown).unwrap_or_default().trim_end().to_owned());
        }
        let rest = [special("stdout"), special("stderr"), action.message.clone()];
        lines.extend(rest.into_iter().filter(|part| !part.is_empty()));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn read_params<'a>(options: &Options, pairs: impl Iterator<Item = &'a String>) -> Result<Map<String, Value>> {
    let mut params: Map<String, Value> = match &options.params {
        Some(file) => pairs::read_map(file)?.into_iter().collect(),
        None => Map::new(),
    };
    for word in pairs {
        let pair: pairs::Pair =
            word.parse().map_err(|_| anyhow::anyhow!("parameter {word:?}: write KEY=VALUE"))?;
        let value = if options.string_args {
            Value::String(pair.value)
        } else {
            serde_saphyr::from_str(&pair.value)
                .map_err(|_| anyhow::anyhow!("parameter {:?}: its value is no YAML: quote it", pair.key))?
        };
        let path: Vec<&str> = pair.key.split('.').collect();
        insert(&mut params, &path, value).with_context(|| format!("parameter {:?}", pair.key))?;
    }
    Ok(params)
}

fn insert(params: &mut Map<String, Value>, path: &[&str], value: Value) -> Result<()> {
    match path {
        [] => Ok(()),
        [key] => {
            params.insert((*key).to_owned(), value);
            Ok(())
        }
        [key, rest @ ..] => match params.entry(*key).or_insert_with(|| Map::new().into()) {
            Value::Object(inner) => insert(inner, rest, value),
            _ => bail!("{key:?} has a value of its own already"),
        },
    }
}

/// Show the actions of an application's charm
#[derive(Debug, clap::Args)]
pub(crate) struct ActionsOptions {
    application: String,
    /// Also show the schemas of their parameters
    #[arg(long)]
    schema: bool,
    #[command(flatten)]
    output: Output,
}

pub(crate) fn actions(options: &ActionsOptions, client: &mut Client<'_>) -> Result<()> {
    let record = client.look()?;
    let name = &options.application;
    let Some(application) = record.model.application(name) else { bail!("application {name:?} not found") };
    let actions = &application.charm.metadata.actions;
    if options.schema {
        let schemas: BTreeMap<&String, Value> =
            actions.iter().map(|(name, action)| (name, action.schema())).collect();
        return options.output.show_yaml(client.out, &schemas);
    }
    let described: BTreeMap<&String, String> =
        actions.iter().map(|(name, action)| (name, action.description.clone().unwrap_or_default())).collect();
    if described.is_empty() && options.output.format() != Some(Format::Json) {
        client.say(&format!("No actions defined for {name}."));
        return Ok(());
    }
    options.output.show(client.out, &described, || {
        let mut rows = vec![output::row(["Action", "Description"])];
        rows.extend(described.iter().map(|(name, text)| output::row([name.as_str(), text.trim()])));
        output::table(&rows)
    })
}
