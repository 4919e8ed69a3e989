//! `juju run`.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value};

use super::output::Output;
use super::{Client, operation, pairs, unit};

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
        let task = task.map_err(|error| {
            if declared { anyhow::Error::from(error) } else { anyhow::anyhow!("{error} (not found)") }
        })?;
        tasks.push(task.0);
    }
    let summary = format!("{action} run");
    operation::run(session, &summary, tasks, options.background, &options.output, client)
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
