//! `juju show-application`.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use charm_testing::model::Life;
use serde::Serialize;

use super::Client;
use super::output::Output;

/// Show applications
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    #[arg(required = true)]
    applications: Vec<String>,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Shown {
    charm: String,
    base: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    constraints: String,
    principal: bool,
    exposed: bool,
    remote: bool,
    life: &'static str,
    endpoint_bindings: BTreeMap<String, &'static str>,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let record = client.look()?;
    let mut shown = BTreeMap::new();
    for name in &options.applications {
        let (Some(known), Some(deployed)) = (record.model.application(name), record.applications.get(name))
        else {
            bail!("application {name:?} not found");
        };
        let endpoints = known.charm.metadata.endpoints.keys().cloned();
        shown.insert(
            name,
            Shown {
                charm: deployed.charm.clone(),
                base: deployed.base.clone(),
                constraints: deployed.constraints.clone(),
                principal: !known.charm.metadata.subordinate,
                exposed: false,
                remote: false,
                life: if known.life == Life::Alive { "alive" } else { "dying" },
                endpoint_bindings: std::iter::once(String::new())
                    .chain(endpoints)
                    .map(|name| (name, "alpha"))
                    .collect(),
            },
        );
    }
    options.output.show_yaml(client.out, &shown)
}
