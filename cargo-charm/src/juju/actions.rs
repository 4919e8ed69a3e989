//! `juju actions`.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde_json::Value;

use super::Client;
use super::output::{self, Format, Output};

/// Show the actions of an application's charm
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    application: String,
    /// Also show the schemas of their parameters
    #[arg(long)]
    schema: bool,
    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
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
