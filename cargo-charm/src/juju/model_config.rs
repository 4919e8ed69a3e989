//! `juju model-config`.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use charm_testing::model::Model;
use serde::Serialize;

use super::output::{self, Output};
use super::pairs::Pair;
use super::record::Record;
use super::{Client, time};

/// Show, set or reset the model's configuration; `update-status-hook-interval` and `automatically-retry-hooks` count, all
/// else is kept and shown
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Keys to set, as KEY=VALUE, or one to show
    words: Vec<String>,
    /// Keys to reset, joined by commas
    #[arg(long, value_name = "KEYS", value_delimiter = ',')]
    reset: Vec<String>,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Serialize)]
struct Setting {
    #[serde(rename = "Value")]
    value: String,
    #[serde(rename = "Source")]
    source: &'static str,
}

/// What says what the model is, and can't be changed.
const FIXED: [&str; 4] = ["agent-version", "name", "type", "uuid"];

/// How often update-status runs.
const INTERVAL: &str = "update-status-hook-interval";
/// Whether failed hooks are tried again by themselves.
const RETRIES: &str = "automatically-retry-hooks";

/// What Juju does without being told otherwise.
const DEFAULTS: [(&str, &str); 2] = [(RETRIES, "true"), (INTERVAL, "5m")];

/// Sets a key, for the model too if it means something to it.
pub(super) fn set(record: &mut Record, key: &str, value: &str) -> Result<()> {
    if FIXED.contains(&key) {
        bail!("{key:?} is fixed: it was chosen when the model was added");
    }
    apply(&mut record.model, key, value)?;
    record.config.insert(key.to_owned(), value.to_owned());
    Ok(())
}

fn reset(record: &mut Record, key: &str) -> Result<()> {
    if let Some((_, default)) = DEFAULTS.iter().find(|(known, _)| *known == key) {
        apply(&mut record.model, key, default)?;
    }
    record.config.remove(key);
    Ok(())
}

fn apply(model: &mut Model, key: &str, value: &str) -> Result<()> {
    match key {
        INTERVAL => {
            let interval = time::duration(value).with_context(|| format!("key {key:?}"))?;
            if !(60..=3600).contains(&interval.as_secs()) {
                bail!("key {key:?}: {value} is not from 1m to 60m");
            }
            model.set_update_status_interval(Some(interval));
        }
        RETRIES => match value.to_ascii_lowercase().as_str() {
            "true" => model.set_automatic_retries(true),
            "false" => model.set_automatic_retries(false),
            _ => bail!("key {key:?}: {value:?} is neither true nor false"),
        },
        _ => {}
    }
    Ok(())
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let (pairs, keys): (Vec<&String>, Vec<&String>) =
        options.words.iter().partition(|word| word.contains('='));
    match (pairs.is_empty() && options.reset.is_empty(), keys.as_slice()) {
        (false, []) => {
            let mut session = client.open()?;
            for pair in pairs {
                let pair: Pair = pair.parse().map_err(anyhow::Error::msg)?;
                set(&mut session.record, &pair.key, &pair.read()?)?;
            }
            for key in &options.reset {
                reset(&mut session.record, key)?;
            }
            session.settle()
        }
        (false, [key, ..]) => {
            bail!("cannot set keys and show {key:?} at once: ask for it in a call of its own")
        }
        (true, [_, other, ..]) => {
            bail!("can show only one key or all: leave out {other:?}, or set it by KEY=VALUE")
        }
        (true, shown) => show(shown.first().copied(), options, client),
    }
}

fn show(key: Option<&String>, options: &Options, client: &mut Client<'_>) -> Result<()> {
    let record = client.look()?;
    let setting = |source| move |(key, value): (&str, String)| (key.to_owned(), Setting { value, source });
    let mut settings: BTreeMap<String, Setting> =
        DEFAULTS.map(|(key, value)| (key, value.to_owned())).map(setting("default")).into();
    let fixed = [
        ("agent-version", record.model.version().to_string()),
        ("name", record.model.name().to_owned()),
        ("type", record.model.cloud().kind.clone()),
        ("uuid", record.model.uuid().to_owned()),
    ];
    settings.extend(fixed.map(setting("model")));
    settings
        .extend(record.config.iter().map(|(key, value)| (key.as_str(), value.clone())).map(setting("model")));
    if let Some(key) = key {
        let Some(setting) = settings.get(key) else {
            let hint = charm_meta::did_you_mean(key, settings.keys().map(String::as_str));
            let hint = hint.map(|meant| format!(": did you mean {meant:?}?")).unwrap_or_default();
            bail!("key {key:?} not found in the model's configuration{hint}")
        };
        return options.output.show(client.out, &setting.value, || format!("{}\n", setting.value));
    }
    options.output.show(client.out, &settings, || {
        let mut rows = vec![output::row(["Attribute", "From", "Value"])];
        rows.extend(settings.iter().map(|(key, setting)| output::row([key, setting.source, &setting.value])));
        output::table(&rows)
    })
}
