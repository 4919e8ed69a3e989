//! `juju config`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use charm_meta::ConfigValue;
use serde::Serialize;
use serde_json::Value;

use super::Client;
use super::output::Output;
use super::pairs::{self, Pair};

/// Show, set or reset the options of an application
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    application: String,
    /// Options to set, as KEY=VALUE or KEY=@FILE, or one to show
    words: Vec<String>,
    /// A YAML file of options to set
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Options to reset to their defaults, joined by commas
    #[arg(long, value_name = "KEYS", value_delimiter = ',')]
    reset: Vec<String>,
    #[command(flatten)]
    output: Output,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    no_color: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    color: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Shown {
    application: String,
    application_config: BTreeMap<&'static str, Setting>,
    charm: String,
    settings: BTreeMap<String, Setting>,
}

#[derive(Debug, Serialize)]
struct Setting {
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<Value>,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    source: &'static str,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Value>,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let (pairs, keys): (Vec<_>, Vec<_>) = options.words.iter().partition(|word| word.contains('='));
    let changes = !pairs.is_empty() || options.file.is_some() || !options.reset.is_empty();
    match (changes, keys.as_slice()) {
        (true, []) => set(options, &pairs, client),
        (true, [key, ..]) => {
            bail!("cannot set options and show {key:?} at once: ask for it in a call of its own")
        }
        (false, [_, other, ..]) => {
            bail!("can show only one option or all: leave out {other:?}, or set it by KEY=VALUE")
        }
        (false, [key]) => show_one(options, key, client),
        (false, []) => {
            let shown = shown(options, client)?;
            options.output.show_yaml(client.out, &shown)
        }
    }
}

fn set(options: &Options, pairs: &[&String], client: &mut Client<'_>) -> Result<()> {
    let mut given: Vec<String> = Vec::new();
    given.extend(options.file.iter().map(|file| file.display().to_string()));
    given.extend(pairs.iter().map(|pair| (*pair).clone()));
    let values = read(&given, &options.application)?;
    if let Some(key) = options.reset.iter().find(|key| values.contains_key(*key)) {
        bail!("cannot set and reset {key:?} at once");
    }
    let mut session = client.open()?;
    let model = &mut session.record.model;
    model.set_config(&options.application, &values)?;
    model.reset_config(&options.application, &options.reset)?;
    session.settle()
}

fn shown(options: &Options, client: &Client<'_>) -> Result<Shown> {
    let record = client.look()?;
    let name = &options.application;
    let Some(application) = record.model.application(name) else {
        bail!("application {name:?} not found");
    };
    let values = record.model.config(name);
    let setting = |(key, option): (&String, &charm_meta::ConfigOption)| {
        let is_set = record.model.is_set(name, key);
        let setting = Setting {
            default: option.default.as_ref().map(value),
            description: option.description.clone().unwrap_or_default(),
            source: match (is_set, &option.default) {
                (true, _) => "user",
                (false, Some(_)) => "default",
                (false, None) => "unset",
            },
            r#type: option.kind.name(),
            value: values.get(key).and_then(Option::as_ref).map(value),
        };
        (key.clone(), setting)
    };
    let trusted = record.model.is_trusted(name);
    let trust = Setting {
        default: Some(false.into()),
        description: "Whether the charm may use the cloud's credentials".to_owned(),
        source: if trusted { "user" } else { "default" },
        r#type: "bool",
        value: Some(trusted.into()),
    };
    Ok(Shown {
        application: name.clone(),
        application_config: BTreeMap::from([("trust", trust)]),
        charm: application.charm.metadata.name.clone(),
        settings: application.charm.metadata.config.iter().map(setting).collect(),
    })
}

fn show_one(options: &Options, key: &str, client: &mut Client<'_>) -> Result<()> {
    let shown = shown(options, client)?;
    let Some(setting) = shown.settings.get(key).or_else(|| shown.application_config.get(key)) else {
        let hint = charm_meta::did_you_mean(key, shown.settings.keys().map(String::as_str));
        let hint = hint.map(|meant| format!(": did you mean {meant:?}?")).unwrap_or_default();
        bail!("key {key:?} not found in the options of {:?}{hint}", options.application);
    };
    let Some(value) = &setting.value else { return Ok(()) };
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    options.output.show(client.out, value, || text + "\n")
}

pub(super) fn value(value: &ConfigValue) -> Value {
    match value {
        ConfigValue::String(text) => text.as_str().into(),
        ConfigValue::Int(number) => (*number).into(),
        ConfigValue::Float(number) => (*number).into(),
        ConfigValue::Boolean(truth) => (*truth).into(),
    }
}

/// The options of an application from `--config`: pairs, and files with the options or with the applications' options.
pub(super) fn read(given: &[String], application: &str) -> Result<BTreeMap<String, String>> {
    let mut options = BTreeMap::new();
    for given in given {
        if let Ok(pair) = given.parse::<Pair>() {
            options.insert(pair.key.clone(), pair.read()?);
            continue;
        }
        let mut map = pairs::read_map(Path::new(given))?;
        if let Some(Value::Object(inner)) = map.get(application) {
            map = inner.clone().into_iter().collect();
        }
        for (key, value) in map {
            let value = pairs::typed(&value).with_context(|| format!("{given}: option {key:?}"))?;
            options.insert(key, value);
        }
    }
    Ok(options)
}
