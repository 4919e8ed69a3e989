//! `juju model-config`.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde::Serialize;

use super::Client;
use super::output::{self, Output};
use super::pairs::Pair;

/// Show, set or reset the model's configuration; it is kept and shown, and changes nothing here
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

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let (pairs, keys): (Vec<&String>, Vec<&String>) =
        options.words.iter().partition(|word| word.contains('='));
    if !pairs.is_empty() || !options.reset.is_empty() {
        let mut session = client.open()?;
        for pair in pairs {
            let pair: Pair = pair.parse().map_err(anyhow::Error::msg)?;
            let value = pair.read()?;
            session.record.config.insert(pair.key, value);
        }
        for key in &options.reset {
            session.record.config.remove(key);
        }
        return session.settle();
    }
    let record = client.look()?;
    let mut settings: BTreeMap<String, Setting> = [
        ("agent-version", record.model.version().to_string()),
        ("name", record.model.name().to_owned()),
        ("type", "lxd".to_owned()),
        ("uuid", record.model.uuid().to_owned()),
    ]
    .map(|(key, value)| (key.to_owned(), Setting { value, source: "model" }))
    .into();
    for (key, value) in &record.config {
        settings.insert(key.clone(), Setting { value: value.clone(), source: "model" });
    }
    if let [key] = keys.as_slice() {
        let Some(setting) = settings.get(*key) else {
            bail!("key {key:?} not found in the model's configuration")
        };
        return client.print(&format!("{}\n", setting.value));
    }
    options.output.show(client.out, &settings, || {
        let mut rows = vec![output::row(["Attribute", "From", "Value"])];
        rows.extend(settings.iter().map(|(key, setting)| output::row([key, setting.source, &setting.value])));
        output::table(&rows)
    })
}
